"""Lists as files: the same rows under the same filters and moment, safe to open in an office program."""

from __future__ import annotations

import csv
import io

import pytest

from tests.pages.house import House

FILES = ("/catalogue", "/register", "/items/I-2025-0001", "/units/U05", "/officers/P05")


def rows_of(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


class TestCsv:
    @pytest.mark.parametrize("path", FILES)
    def test_says_its_position_and_its_name(self, house: House, path: str) -> None:
        answer = house.get(f"{path}.csv", "J01")

        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        position = answer.headers["x-ledger-position"]
        assert answer.headers["content-disposition"].endswith(f'-{position}.csv"')
        assert rows_of(answer.text)

    def test_holds_no_formula(self, house: House) -> None:
        (row,) = [row for row in rows_of(house.get("/catalogue.csv").text) if row["事项编号"] == "H-2017-0001"]

        assert row["标题"] == "'=cmd|' /C calc'!A0"

    def test_keeps_filter_moment_and_language(self, house: House) -> None:
        rows = rows_of(house.get("/register.csv?unit=U05&known_at=2025-01-20T00:00&lang=en").text)

        assert [row["Publication"] for row in rows] == ["I-2025-0001#1"]
        assert rows[0]["Reviewed by"] == "A05"
        assert rows[0]["Unit"] == "Housing and Construction Bureau"

    def test_of_a_timeline_tells_refusals(self, house: House) -> None:
        rows = rows_of(house.get("/items/I-2025-0005.csv", "J01").text)

        (refused,) = [row for row in rows if row["拒绝代码"]]
        assert refused["拒绝代码"] == "NOT_REVIEWED"
        assert refused["依据条款"] == "(四)"
        assert "没有保密审查记录" in refused["拒绝理由"]


class TestJson:
    @pytest.mark.parametrize("path", FILES)
    def test_is_whole_json_with_its_position(self, house: House, path: str) -> None:
        answer = house.get(f"{path}.json", "J01")

        assert answer.headers["content-type"] == "application/json"
        assert answer.json()["position"] == int(answer.headers["x-ledger-position"])
        assert answer.json()["rows"]

    def test_of_a_timeline_shows_the_public_what_is_public(self, house: House) -> None:
        rows = house.get("/items/I-2025-0005.json").json()["rows"]

        assert [row["type"] for row in rows] == ["publication.published/1"]


class TestOtherSuffixes:
    @pytest.mark.parametrize("path", ["/catalogue.xml", "/register.exe", "/catalogue.", "/register.csv.exe"])
    def test_are_not_there(self, sqlite_house: House, path: str) -> None:
        assert sqlite_house.get(path).status_code in {404, 422}


class TestPagesOfAList:
    def test_are_walked_by_cursor_without_loss(self, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("web.pages.catalogue._PAGE", 2)
        seen, path = [], "/catalogue"
        while path:
            page = house.page(path)
            seen += [one.text for one in page.all("th", scope="row")]
            path = next((one.attributes["href"] for one in page.all("a", rel="next")), "")

        everything = house.get("/catalogue.json").json()["rows"]
        assert len(seen) == len(set(seen)) == len(everything) == 7

    def test_of_a_file_are_read_as_it_is_written(self, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        whole = house.get("/catalogue.csv").text

        monkeypatch.setattr("web.pages.exports._PAGE", 2)

        assert house.get("/catalogue.csv").text == whole
