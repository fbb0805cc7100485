"""A Chromium that has no WebCrypto and no network, as on an intranet page or a file on a desk."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WITHOUT_WEBCRYPTO = (
    "Object.defineProperty(Crypto.prototype, 'subtle', { get() { throw new Error('no WebCrypto here'); } })"
)
PATIENCE_MS = 60_000


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's Chromium; without one the test is skipped, but never where the whole check runs (CI)."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None and "CI" not in os.environ:
        pytest.skip("no Chromium is installed here; the page was not looked at")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield browser
        browser.close()


class Visit:
    """A page that was opened, and everything it tried that it should not."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.troubles = page, list[str]()
        page.add_init_script(WITHOUT_WEBCRYPTO)
        page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        page.on("console", lambda message: self.troubles.append(f"console: {message.text}"))
        page.on("dialog", lambda dialog: (self.troubles.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: self._asked(request.url, url))
        page.goto(url)

    def _asked(self, asked: str, url: str) -> None:
        if asked != url:
            self.troubles.append(f"request: {asked}")

    @property
    def verdict(self) -> str:
        """``verified`` or ``failed``, once the page has come to one."""
        self.page.wait_for_selector("html:not([data-verdict=checking])", timeout=PATIENCE_MS)
        return str(self.page.get_attribute("html", "data-verdict"))

    def told(self, selector: str = "#verdict") -> str:
        return self.page.inner_text(selector)


@contextmanager
def visit(browser: Browser, target: Path | str, **conditions: object) -> Iterator[Visit]:
    context = browser.new_context(**conditions)
    try:
        yield Visit(context.new_page(), target.as_uri() if isinstance(target, Path) else target)
    finally:
        context.close()
