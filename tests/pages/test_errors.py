"""What cannot be shown is a page, too: in both languages, with what to do, and nothing of our inside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.errors import LedgerUnavailable
from tests.pages.house import House, Page, open_house


class TestNotFound:
    @pytest.mark.parametrize("path", ["/nothing", "/items/NOPE", "/units/U99", "/problems/NOPE", "/entries/999999"])
    def test_is_a_page_in_the_reader_s_language(self, house: House, path: str) -> None:
        chinese, english = house.get(path, "J01"), house.get(f"{path}?lang=en", "J01")

        assert chinese.status_code == english.status_code == 404
        assert 'lang="zh-CN"' in chinese.text
        assert Page.of(english.text).all("html")[0].attributes["lang"] == "en"
        assert len(Page.of(english.text).all("h1")) == 1

    def test_stays_json_for_programs(self, sqlite_house: House) -> None:
        for path, accept in (("/nothing", "application/json"), ("/api/nothing", "text/html")):
            answer = sqlite_house.get(path, Accept=accept)

            assert answer.status_code == 404
            assert answer.headers["content-type"] == "application/problem+json"


class TestSomethingUnforeseen:
    def test_says_nothing_of_our_inside(self, sqlite_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        def fails(*_: object, **__: object) -> None:
            raise RuntimeError("the password is 12345")

        monkeypatch.setattr("web.pages.catalogue._search", fails)

        answer = sqlite_house.get("/catalogue")

        assert answer.status_code == 500
        assert "内部错误" in answer.text
        assert "12345" not in answer.text
        assert "RuntimeError" not in answer.text
        assert answer.headers["x-request-id"] in answer.text


class TestTheDatabaseAway:
    def test_says_when_to_come_back_without_claiming_a_position(
        self, sqlite_house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def away(*_: object, **__: object) -> None:
            raise LedgerUnavailable("the database did not answer", 3)

        monkeypatch.setattr(sqlite_house.app.state.service.ledger, "head", away)

        answer = sqlite_house.get("/catalogue")

        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "3"
        assert "数据库暂不可用" in answer.text
        assert "根哈希" not in answer.text


class TestNotPermitted:
    def test_is_said_to_who_has_signed_in_as_such(self, sqlite_house: House) -> None:
        answer = sqlite_house.get("/entries", "D05")
        page = Page.of(answer.text)

        assert answer.status_code == 403
        assert "无权查阅" in page.text
        assert "D05" in page.text
        assert page.all("form", action="/sign-out")


class TestBeforeTheProjectionsAreWritten:
    @pytest.fixture
    def empty(self, tmp_path: Path) -> Iterator[House]:
        with open_house(f"sqlite:///{tmp_path / 'ledger.db'}", run_projections=False) as house:
            yield house

    def test_pages_of_data_say_when_to_come_back(self, empty: House) -> None:
        for path in ("/", "/catalogue", "/register", "/items/I-2025-0001", "/units"):
            answer = empty.get(path)

            assert answer.status_code == 503, path
            assert answer.headers["retry-after"]
            assert "查询数据尚未跟上" in answer.text

    def test_the_log_and_the_status_are_still_shown(self, empty: House) -> None:
        assert "重建中" in empty.page("/status").text
        assert empty.get("/entries/1", "J01").status_code == 200


class TestReasons:
    def test_are_read_as_a_page_or_as_json(self, sqlite_house: House) -> None:
        page = sqlite_house.page("/problems/NOT_REVIEWED")
        members = sqlite_house.get("/problems/NOT_REVIEWED", Accept="application/json").json()

        assert "未经保密审查" in page.text
        assert members["article"] == "(四)"
        assert members["status"] == 409
