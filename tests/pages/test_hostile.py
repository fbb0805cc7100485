"""What somebody wrote to do harm is shown, as the text it is."""

from __future__ import annotations

import pytest

from tests.pages.house import House
from tests.pages.past import HOSTILE_TITLE

SHOWN = HOSTILE_TITLE.replace("\u202e", "⟨U+202E⟩").replace("\u2066", "⟨U+2066⟩")


class TestHostileTitle:
    @pytest.mark.parametrize("path", ["/", "/catalogue", "/register", "/items/I-2025-0666"])
    @pytest.mark.parametrize("officer", [None, "J01"])
    def test_is_text_everywhere(self, house: House, path: str, officer: str | None) -> None:
        page = house.page(path, officer)
        marks = [one for one in page.all("svg") if one.attributes.get("aria-hidden") != "true"]

        assert page.all("script") == marks == []
        assert SHOWN in page.text

    def test_is_text_in_its_entry(self, house: House) -> None:
        (entry,) = [one for one in house.district.ledger.read_stream("publication/I-2025-0666") if one.version == 1]

        page = house.page(f"/entries/{entry.position}", "J01")

        assert page.all("script") == page.all("b") == []
        assert "⟨U+202E⟩" in page.text
        assert house.get(f"/entries/{entry.position}.json", "J01").content == entry.raw

    @pytest.mark.parametrize("path", ["/", "/catalogue", "/register", "/items/I-2025-0666", "/entries"])
    def test_steers_no_line(self, sqlite_house: House, path: str) -> None:
        text = sqlite_house.get(path, "J01").text

        assert [character for character in "\u202e\u2066\u202d\u2067\ufeff" if character in text] == []


class TestHostileAddress:
    @pytest.mark.parametrize(
        "path",
        [
            "/catalogue?text=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
            "/catalogue?unit=%22%20onfocus=alert(1)%20autofocus=%22",
            "/register?officer='%20OR%201=1--",
            "/catalogue?lang=%3Cscript%3E",
            "/catalogue?as_of_position=5&x=%22%3E%3Cscript%3E",
            "/sign-in?next=javascript:alert(1)",
            "/?known_at=2025-03-01T09:00&%22%3E%3Cscript%3E=1",
        ],
    )
    def test_is_put_nowhere_unescaped(self, house: House, path: str) -> None:
        page = house.page(path)

        assert page.all("script") == []
        assert [one for one in page.elements if any(name.startswith("on") for name in one.attributes)] == []
        assert [link for link in page.links() if link.startswith("javascript")] == []

    @pytest.mark.parametrize(
        "path",
        [
            "/items/%3Cscript%3E",
            "/units/..%2F..%2Fetc",
            "/problems/%22%3E",
            "/officers/%00",
            "/catalogue?cursor=x",
            "/catalogue?text=%00",
        ],
    )
    def test_that_leads_nowhere_is_answered_with_a_page(self, house: House, path: str) -> None:
        answer = house.get(path, "J01")

        assert answer.status_code in {400, 404, 422}
        assert answer.headers["content-type"].startswith("text/html")
        assert "<script" not in answer.text

    @pytest.mark.parametrize("text", ["%F0%9F%98%80", "%25", "_", "%5C", "x" * 100])
    def test_searches_for_anything(self, house: House, text: str) -> None:
        assert house.get(f"/catalogue?text={text}").status_code == 200
