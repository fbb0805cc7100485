"""The search box of the catalogue."""

from __future__ import annotations

from tests.pages.house import House


class TestTheSearchBox:
    def test_finds_and_keeps_what_was_typed(self, house: House) -> None:
        page = house.page("/catalogue?q=三年行动 attr:主动公开")
        (box,) = page.all("input", id="q")

        assert box.attributes["value"] == "三年行动 attr:主动公开"
        assert "I-2025-0001" in page.text
        assert "I-2025-0009" not in page.text
        assert [row["item"] for row in house.get("/catalogue.json?q=三年行动").json()["rows"]] == ["I-2025-0001"]

    def test_says_in_a_sentence_what_it_cannot_read(self, house: House) -> None:
        answer = house.get("/catalogue?q=attr:<script>{x}")

        assert answer.status_code == 422
        assert "没有“&lt;script&gt;{x}”" in answer.text
