"""The moment: what a page shows as of it, how it says so, and that it stays in every link."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.pages.house import House, Page

BEFORE_THE_CORRECTION = "2025-03-01T09:00"


def told(page: Page) -> list[str]:
    """The events of a timeline, by name."""
    return [one.text.split()[0] for one in page.all("h3")]


class TestWhatIsShown:
    def test_is_what_was_known_then(self, house: House) -> None:
        then = house.page(f"/catalogue?known_at={BEFORE_THE_CORRECTION}")
        now = house.page("/catalogue")

        assert "I-2025-0009" in then.text
        assert "I-2025-0012" not in then.text
        assert "I-2025-0012" in now.text

    def test_is_the_state_at_a_position(self, house: House) -> None:
        page = house.page("/register?as_of_position=74")

        assert "I-2025-0001#1" in page.text
        assert "I-2025-0005#1" not in page.text
        assert "台账中 1 次发布，登记簿 1 行" in page.text

    def test_tells_what_had_happened_from_what_was_known(self, house: House) -> None:
        """The unregistered publication happened on the 23rd and was recorded on the 24th, late."""
        as_known = house.page("/items/I-2025-0005?known_at=2025-01-24T12:00", "J01")
        as_it_was = house.page("/items/I-2025-0005?as_at=2025-01-24T12:00", "J01")

        assert told(as_known) == ["公文起草", "操作被拒"]
        assert told(as_it_was) == ["公文起草", "操作被拒", "未登记发布"]

    def test_shows_an_item_as_it_was_titled_and_standing(self, house: House) -> None:
        then = house.page(f"/items/I-2025-0009?known_at={BEFORE_THE_CORRECTION}")
        now = house.page("/items/I-2025-0009")

        assert "已发布" in then.text
        assert "已更正" not in then.text
        assert "已更正" in now.text

    def test_has_no_item_before_it_was_there(self, house: House) -> None:
        assert house.get("/items/I-2025-0009?as_of_position=5").status_code == 404

    def test_has_no_entry_beyond_it(self, house: House) -> None:
        assert house.get("/entries/20?as_of_position=10", "J01").status_code == 404
        assert "下一条" not in house.page("/entries/10?as_of_position=10", "J01").text


class TestHowItIsSaid:
    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ("known_at=2025-03-01T09:00", "您正在查看 2025年3月1日（星期六）09:00 的状态（#92）"),
            ("known_at=2025-03-01T01:00:00Z", "您正在查看 2025年3月1日（星期六）09:00 的状态（#92）"),
            ("known_at=2025-03-01T09:00:00+08:00", "您正在查看 2025年3月1日（星期六）09:00 的状态（#92）"),
            ("as_of_position=74", "您正在查看台账第 74 条时的状态（#74）"),
            ("as_at=2025-03-01T09:00&as_of_position=80", "2025年3月1日（星期六）09:00 的实际状态（按 #80 时所知）"),
            ("lang=en&known_at=2025-03-01T09:00", "You are looking at the state of Sat 1 Mar 2025, 09:00 (#92)"),
        ],
    )
    def test_names_the_moment(self, sqlite_house: House, query: str, said: str) -> None:
        page = sqlite_house.page(f"/catalogue?{query}")

        assert said in page.text

    def test_leads_back_to_now_and_leaves_the_rest(self, sqlite_house: House) -> None:
        page = sqlite_house.page("/catalogue?unit=U05&known_at=2025-03-01T09:00&lang=en")
        (back,) = [one for one in page.all("a") if one.text == "Back to now"]

        assert back.attributes["href"] == "/catalogue?unit=U05&lang=en"

    def test_fills_the_form_with_what_was_asked(self, sqlite_house: House) -> None:
        page = sqlite_house.page("/catalogue?known_at=2025-03-01T01:00:00Z&unit=U05&as_at=2025-02-01T00:00")

        assert page.all("input", id="known_at")[0].attributes["value"] == "2025-03-01T09:00:00"
        assert page.all("input", id="as_at")[0].attributes["value"] == "2025-02-01T00:00:00"
        assert page.all("input", type="hidden", name="unit", value="U05")

    def test_is_silent_about_fields_left_empty(self, sqlite_house: House) -> None:
        page = sqlite_house.page("/catalogue?known_at=&as_at=&as_of_position=")

        assert "查看时点： 现在" in page.text


class TestLinks:
    @pytest.mark.parametrize("path", ["/", "/catalogue", "/register", "/units", "/items/I-2025-0001", "/entries/10"])
    def test_keep_the_moment(self, sqlite_house: House, path: str) -> None:
        page = sqlite_house.page(f"{path}?known_at=2025-03-01T09%3A00", "J01")

        lost = [
            one.attributes["href"]
            for one in page.all("a")
            if one.attributes["href"].startswith("/")
            and not one.attributes["href"].startswith(("/api/", "/tlog/"))
            and one.text != "回到现在"
            and parse_qs(urlsplit(one.attributes["href"]).query).get("known_at") != ["2025-03-01T09:00"]
        ]
        assert lost == []


class TestWhatCannotBeMeant:
    @pytest.mark.parametrize(
        "query",
        [
            "known_at=yesterday",
            "as_at=2025-13-01T00:00",
            "as_of_position=-1",
            "as_of_position=1e9",
            "known_at=0001-01-01",
        ],
    )
    def test_is_explained(self, sqlite_house: House, query: str) -> None:
        answer = sqlite_house.get(f"/catalogue?{query}")

        assert answer.status_code in {200, 422}
        assert answer.headers["content-type"].startswith("text/html")

    def test_position_and_instant_at_once_are_a_contradiction(self, sqlite_house: House) -> None:
        answer = sqlite_house.get("/catalogue?as_of_position=5&known_at=2025-03-01T09:00")

        assert answer.status_code == 422
        assert "时点填写有矛盾" in answer.text

    def test_a_moment_before_everything_is_empty_and_no_error(self, sqlite_house: House) -> None:
        page = sqlite_house.page("/catalogue?as_of_position=0")

        assert "没有符合条件的事项" in page.text
