"""The button of the evidence package: for supervision, in both languages, without a script."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import httpx
import pytest

from tests.pages.house import OWN_PAGE, House, Page

WITH_BUTTON = ("/items/I-2025-0005", "/officers/P05", "/units/U05", "/entries/75")


def form_of(page: Page) -> tuple[str, dict[str, str]]:
    """Where the button's form goes and what it sends."""
    (form,) = page.all("form", class_="taking")
    at = page.elements.index(form)
    sent = [one.attributes for one in page.elements[at:] if one.tag == "input"]
    names = ("csrf", "subject", "position")
    return form.attributes["action"], {one["name"]: one["value"] for one in sent if one["name"] in names}


def pressed(house: House, page: str, officer: str = "J01", **changes: str) -> httpx.Response:
    """The answer to somebody who opens a page and presses the button."""
    action, fields = form_of(house.page(page, officer))
    return house.client.post(
        action, data={**fields, **changes}, headers={**OWN_PAGE, "Authorization": f"Bearer {house.token(officer)}"}
    )


def manifest_of(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text[:2000]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
    return manifest


class TestTheButton:
    @pytest.mark.parametrize("path", WITH_BUTTON)
    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_is_there_for_supervision(self, sqlite_house: House, path: str, language: str) -> None:
        page = sqlite_house.seen(path if language == "zh" else f"{path}?lang=en", "J01")

        (form,) = page.all("form", class_="taking")
        assert form.attributes["method"] == "post"
        assert form.text.strip() == ("下载证据包" if language == "zh" else "Download the evidence package")

    @pytest.mark.parametrize(
        ("path", "officer"),
        [
            ("/items/I-2025-0001", None),
            ("/items/I-2025-0015", "D05"),
            ("/officers/P05", "P05"),
            ("/units/U05", "G05"),  # may consult the ledger, but watches over nobody
        ],
    )
    def test_is_shown_to_nobody_else(self, sqlite_house: House, path: str, officer: str | None) -> None:
        assert sqlite_house.seen(path, officer).all("form", class_="taking") == []

    def test_gives_the_trail_and_is_recorded(self, sqlite_house: House) -> None:
        answer = pressed(sqlite_house, "/items/I-2025-0005")

        positions = manifest_of(answer)["positions"]
        ledger = sqlite_house.district.ledger
        recorded = ledger.entry(ledger.head().size)
        assert "document.drafted/1" in [ledger.entry(position).type for position in positions]
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert (recorded.type, recorded.data["query"]) == ("ledger.consulted/1", "POST /evidence")
        assert recorded.data["subject"] == "item/I-2025-0005"

    def test_gives_one_entry_with_what_it_relies_on(self, sqlite_house: House) -> None:
        manifest = manifest_of(pressed(sqlite_house, "/entries/75"))

        assert manifest["positions"] == [75]
        assert manifest["registrations"] != []

    def test_gives_what_was_known_at_the_moment_shown(self, sqlite_house: House) -> None:
        manifest = manifest_of(pressed(sqlite_house, "/units/U05?as_of_position=60"))

        assert max(manifest["positions"]) <= 60
        assert max(manifest_of(pressed(sqlite_house, "/units/U05"))["positions"]) > 60

    def test_takes_no_form_of_another_site_and_none_without_a_choice(self, sqlite_house: House) -> None:
        before = sqlite_house.district.ledger.head().size
        headers = {**OWN_PAGE, "Authorization": f"Bearer {sqlite_house.token('J01')}"}

        forged = sqlite_house.client.post("/evidence", data={"csrf": "0" * 64, "position": "3"}, headers=headers)
        action, fields = form_of(sqlite_house.page("/entries/75", "J01"))
        empty = sqlite_house.client.post(action, data={"csrf": fields["csrf"]}, headers=headers)
        unknown = sqlite_house.client.post("/evidence", data={"position": "3"}, headers=OWN_PAGE)
        unit = sqlite_house.client.post(
            "/evidence", data=fields, headers={**OWN_PAGE, "Authorization": f"Bearer {sqlite_house.token('P05')}"}
        )

        assert [one.status_code for one in (forged, empty, unknown, unit)] == [403, 422, 401, 403]
        assert sqlite_house.district.ledger.head().size == before
        assert all(one.headers["Content-Type"].startswith("text/html") for one in (forged, empty, unknown, unit))
