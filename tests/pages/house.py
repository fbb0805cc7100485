"""The pages behind httpx, and a reader of HTML that sees what a browser would."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import httpx
from anyio.from_thread import start_blocking_portal
from fastapi import FastAPI

from ledger.credentials import Tokens
from ledger.database import open_database
from tests.pages.past import District, SlowClock
from tests.web.district import InProcess
from web.app import create_app
from web.settings import Settings

ORIGIN = "http://ledger.test"
BROWSER = {"Accept": "text/html,application/xhtml+xml"}
OWN_PAGE = {**BROWSER, "Sec-Fetch-Site": "same-origin", "Origin": ORIGIN}


class House:
    """Somebody who asks for pages, as the public or with an officer's token."""

    def __init__(self, district: District, tokens: Tokens, client: httpx.Client, app: FastAPI) -> None:
        self.district, self.tokens, self.client, self.app = district, tokens, client, app
        self._texts: dict[str, str] = {}
        self._seen: dict[tuple[str, str | None], Page] = {}

    def settle(self) -> None:
        """Wait until everything written can be read."""
        assert self.app.state.service.projector.wait_for(self.district.ledger.head().size, 60)

    def token(self, officer: str, lifetime: timedelta = timedelta(days=365)) -> str:
        if officer not in self._texts:
            self._texts[officer] = self.tokens.issue(officer, "test", lifetime).text
        return self._texts[officer]

    def get(self, path: str, officer: str | None = None, **headers: str) -> httpx.Response:
        bearer = {"Authorization": f"Bearer {self.token(officer)}"} if officer else {}
        self.client.cookies.clear()
        return self.client.get(path, headers={**BROWSER, **bearer, **headers})

    def page(self, path: str, officer: str | None = None) -> Page:
        """A page that must be there, read."""
        answer = self.get(path, officer)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text[:2000]}"
        return Page.of(answer.text)

    def seen(self, path: str, officer: str | None = None) -> Page:
        """The same, fetched once for all tests that only look at it."""
        if (path, officer) not in self._seen:
            self._seen[path, officer] = self.page(path, officer)
        return self._seen[path, officer]


@contextmanager
def open_house(database_url: str, **settings: Any) -> Iterator[House]:
    """Write the past, fold it, and open the doors."""
    clock = SlowClock()
    database = open_database(database_url)
    district = District(database, clock)
    district.live()
    chosen = {"create_schema": True, "run_projections": True, "credential_memory_s": 0.0, **settings}
    app = create_app(Settings(database_url=database_url, **chosen), clock=clock)
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(app.router.lifespan_context(app)),
        httpx.Client(transport=InProcess(app, portal), base_url=ORIGIN, timeout=60) as client,
    ):
        house = House(district, Tokens(database, clock), client, app)
        if app.state.settings.projects:
            house.settle()
        yield house
    district.close()
    database.close()


@dataclass
class Element:
    """An element as it was opened; ``lang`` is the language in force inside it."""

    tag: str
    attributes: dict[str, str]
    lang: str
    text: str = ""


VOID = frozenset({"meta", "link", "input", "br", "img", "hr", "path", "rect"})


@dataclass
class Page(HTMLParser):
    """A page's elements and texts, in order."""

    elements: list[Element] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    _open: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    @classmethod
    def of(cls, text: str) -> Page:
        page = cls()
        page.feed(text)
        page.close()
        assert page._open == [], f"not closed: {[one.tag for one in page._open]}"
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        assert len(attributes) == len(attrs), f"<{tag}> names an attribute twice"
        lang = attributes.get("lang") or (self._open[-1].lang if self._open else "")
        element = Element(tag, attributes, lang)
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data
        # A title has one language for all its words.
        if data.strip() and not (self._open and self._open[-1].tag == "title"):
            self.texts.append((data, self._open[-1].lang if self._open else ""))

    @property
    def text(self) -> str:
        """Everything that can be read, with single blanks."""
        return " ".join(" ".join(data for data, _ in self.texts).split())

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """The elements with that tag and these attributes."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            one
            for one in self.elements
            if one.tag == tag and all(one.attributes.get(name) == value for name, value in wanted.items())
        ]

    def links(self) -> list[str]:
        """Where the page's links lead."""
        return [one.attributes["href"] for one in self.all("a")]
