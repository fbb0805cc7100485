"""``import``: all of a register or nothing, never twice, and nothing pretends that a review took place."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from aggregates.vocabulary import EventType
from ledger.database import open_database
from ledger.entry import Entry
from ledger.ledger import Ledger
from tests.cli.conftest import SHARED, Operator, Outcome
from tests.support.ledgers import assert_whole

MAPPING = """
name = "old"
key = ["no"]
[columns]
number = "no"
title = "title"
unit_name = "unit"
written_on = "day"
[constants]
channel_name = "旧公报"
"""
VERSIONS = MAPPING + '[supersession]\nseries = ["title"]\norder = "day"\n'
HEADER = "no,title,unit,day\n"
GOOD = HEADER + "1,甲,区财政局,2010-01-01\n2,乙,区财政局,2011-01-01\n,丙,区教育局,\n"
BAD = GOOD + "4,,区教育局,2010-01-01\n5,戊,区教育局,昨天\n"


@pytest.fixture
def register(tmp_path: Path) -> Path:
    (tmp_path / "old.toml").write_text(MAPPING, encoding="utf-8")
    path = tmp_path / "register.csv"
    path.write_text(GOOD, encoding="utf-8")
    return path


@pytest.fixture
def archivist(register: Path, at_fresh_district: Operator) -> Operator:
    return at_fresh_district


def imported(operator: Operator, path: Path, *options: object, officer: str | None = "R01") -> Outcome:
    named = [] if officer is None else ["--officer", officer]
    return operator.types("import", path, "--mapping", path.with_name("old.toml"), *named, *options, "--json")


def recorded(operator: Operator) -> list[Entry]:
    """Every entry that an import wrote, after the whole log was audited."""
    types = (EventType.HISTORIC_RECORDED, EventType.SUPERSEDED, EventType.ATTEMPT_REFUSED)
    database = open_database(operator.database)
    try:
        with Ledger(database) as ledger:
            assert_whole(ledger)
            return ledger.read(limit=100_000, types=[str(type_) for type_ in types])
    finally:
        database.close()


class TestWhole:
    def test_every_row_is_recorded_as_what_it_is(self, archivist: Operator, register: Path) -> None:
        outcome = imported(archivist, register)

        entries = recorded(archivist)
        assert outcome.code == 0
        assert (outcome.json["recorded"], outcome.json["rejected"]) == (3, 0)
        assert {entry.type for entry in entries} == {"publication.historic_recorded/1"}
        assert [entry.data["number"] for entry in entries] == ["1", "2", None]
        assert entries[0].data["source"]["file"] == "register.csv"
        assert [entry.data["source"]["line"] for entry in entries] == [2, 3, 4]
        assert entries[0].actor is not None
        assert (entries[0].actor.officer, entries[0].actor.credential) == ("R01", "cli")
        assert {"reviewer", "secrecy_reviewer", "review"} & entries[0].data.keys() == set()

    def test_a_second_time_records_nothing(self, archivist: Operator, register: Path) -> None:
        imported(archivist, register)

        again = imported(archivist, register)

        assert (again.code, again.json["recorded"], again.json["known_before"]) == (0, 0, 3)
        assert len(recorded(archivist)) == 3

    def test_nor_under_another_name_and_on_other_lines(self, archivist: Operator, register: Path) -> None:
        imported(archivist, register)
        moved = register.with_name("moved.csv")
        moved.write_text(HEADER + "9,新,区教育局,2012-01-01\n" + GOOD.removeprefix(HEADER), encoding="utf-8")

        again = imported(archivist, moved)

        assert (again.json["recorded"], again.json["known_before"]) == (1, 3)

    def test_a_repeated_number_is_another_row(self, archivist: Operator, register: Path) -> None:
        register.write_text(HEADER + "1,甲,区财政局,\n1,乙,区财政局,\n1,甲,区财政局,\n", encoding="utf-8")

        first, again = imported(archivist, register), imported(archivist, register)

        assert (first.json["recorded"], again.json["recorded"]) == (3, 0)
        assert len({entry.data["item"] for entry in recorded(archivist)}) == 3

    def test_what_was_taken_over_stays_whatever_another_mapping_makes_of_it(
        self, archivist: Operator, register: Path
    ) -> None:
        imported(archivist, register)
        other = register.with_name("old.toml")
        other.write_text(MAPPING.replace('"旧公报"', '"新公报"'), encoding="utf-8")

        again = imported(archivist, register)

        assert (again.json["recorded"], again.json["known_before"]) == (0, 3)
        assert {entry.data["channel_name"] for entry in recorded(archivist)} == {"旧公报"}


class TestAllOrNothing:
    def test_one_bad_row_and_nothing_is_recorded(self, archivist: Operator, register: Path) -> None:
        register.write_text(BAD, encoding="utf-8")

        outcome = imported(archivist, register)

        assert outcome.code == 1
        assert "第5行：缺少标题\nline 5: it has no title\n" in outcome.err
        assert "第6行：成文日期“昨天”不是" in outcome.err
        assert (outcome.json["recorded"], outcome.json["rejected"]) == (0, 2)
        assert recorded(archivist) == []

    def test_keeping_going_records_the_rest_and_writes_the_bad_rows(
        self, archivist: Operator, register: Path, tmp_path: Path
    ) -> None:
        register.write_text(BAD, encoding="utf-8")
        rejected = tmp_path / "bad.csv"

        outcome = imported(archivist, register, "--keep-going", "--rejected", rejected)

        assert outcome.code == 1
        assert (outcome.json["recorded"], outcome.json["rejected"]) == (3, 2)
        assert len(recorded(archivist)) == 3
        with rejected.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        assert rows[0] == ["line", "reason_zh", "reason_en", "no", "title", "unit", "day"]
        assert [row[0] for row in rows[1:]] == ["5", "6"]
        assert rows[1][3:] == ["4", "", "区教育局", "2010-01-01"]

    def test_mended_rows_come_in_beside_the_others(self, archivist: Operator, register: Path) -> None:
        register.write_text(BAD, encoding="utf-8")
        imported(archivist, register, "--keep-going", "--rejected", register.with_name("bad.csv"))
        register.write_text(BAD.replace("4,,", "4,丁,").replace("昨天", "2010-02-02"), encoding="utf-8")

        outcome = imported(archivist, register)

        assert (outcome.code, outcome.json["recorded"], outcome.json["known_before"]) == (0, 2, 3)

    def test_a_dry_run_records_nothing_and_needs_no_ledger(
        self, register: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        nowhere = Operator(str(tmp_path / "nowhere.db"), capfd)

        outcome = imported(nowhere, register, "--dry-run", officer=None)

        assert (outcome.code, outcome.json["rows"], outcome.json["recorded"]) == (0, 3, 0)
        assert not (tmp_path / "nowhere.db").exists()

    def test_a_broken_file_records_nothing_whatever_was_asked(self, archivist: Operator, register: Path) -> None:
        register.write_text(GOOD + '6,"己,区教育局,\n', encoding="utf-8")

        outcome = imported(archivist, register, "--keep-going")

        assert outcome.code == 1
        assert "register.csv第5行起无法读取" in outcome.err
        assert recorded(archivist) == []


class TestInWhoseName:
    def test_somebody_must_be_named(self, archivist: Operator, register: Path) -> None:
        outcome = imported(archivist, register, officer=None)

        assert outcome.code == 2
        assert "记录需要--officer" in outcome.err

    @pytest.mark.parametrize(
        ("officer", "sentence"),
        [("X99", "台账中没有人员X99"), ("P05", "没有可以“导入历史登记”的岗位（须为：档案人员、公开机构工作人员）")],
    )
    def test_somebody_without_the_post_is_told_and_nothing_is_kept(
        self, archivist: Operator, register: Path, officer: str, sentence: str
    ) -> None:
        outcome = imported(archivist, register, officer=officer)

        assert outcome.code == 1
        assert sentence in outcome.err
        assert recorded(archivist) == []

    def test_what_reaches_too_far_stops_at_the_first_row(self, archivist: Operator, register: Path) -> None:
        """An archivist of a department takes over no rows that belong to no unit."""
        outcome = imported(archivist, register, officer="R05")

        (attempt,) = recorded(archivist)
        assert outcome.code == 1
        assert "导入中止" in outcome.err
        assert (attempt.type, attempt.data["code"]) == ("attempt.refused/1", "OTHER_UNIT")


class TestSupersession:
    def test_later_versions_supersede_earlier_ones(self, archivist: Operator, register: Path) -> None:
        register.with_name("old.toml").write_text(VERSIONS, encoding="utf-8")
        rows = "1,条例,人大,2020-01-01\n2,条例,人大,2010-01-01\n3,别的,人大,2011-01-01\n4,条例,人大,1990-01-01\n"
        register.write_text(HEADER + rows, encoding="utf-8")

        outcome = imported(archivist, register)

        items = {entry.data["number"]: entry.data["item"] for entry in recorded(archivist) if "number" in entry.data}
        ended = {
            entry.data["item"]: (entry.data["by_item"], entry.data["on_date"])
            for entry in recorded(archivist)
            if entry.type == "publication.superseded/1"
        }
        assert outcome.json["superseded"] == 2
        assert ended == {items["2"]: (items["1"], "2020-01-01"), items["4"]: (items["2"], "2010-01-01")}
        assert imported(archivist, register).json["superseded"] == 0


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the design data is not beside the project")
class TestRealRegisters:
    @pytest.fixture
    def data(self) -> Path:
        return SHARED / "data"

    def test_the_gazette_with_its_blank_and_repeated_numbers(self, archivist: Operator, data: Path) -> None:
        file = data / "gazette_tw_ey_2013_2015.csv"

        first = archivist.types("import", file, "--mapping", "gazette", "--officer", "R01", "--json").json
        again = archivist.types("import", file, "--mapping", "gazette", "--officer", "R01", "--json").json

        numbers = Counter(entry.data["number"] for entry in recorded(archivist))
        assert (first["recorded"], again["recorded"], again["known_before"]) == (9987, 0, 9987)
        assert numbers[None] == 143
        assert len(numbers) == 9987 - 144

    def test_the_laws_with_their_versions(self, archivist: Operator, data: Path) -> None:
        file = data / "cn_laws_metadata.csv"

        outcome = archivist.types("import", file, "--mapping", "laws", "--officer", "R01", "--json").json

        assert (outcome["recorded"], outcome["superseded"]) == (3423, 92)

    @pytest.mark.parametrize(
        ("mapping", "file", "rows"),
        [("pingtan", "pingtan_zwgk_sample.csv", 39), ("shanghai", "shanghai_district_docs_sample.csv", 31)],
    )
    def test_the_samples(self, archivist: Operator, data: Path, mapping: str, file: str, rows: int) -> None:
        outcome = archivist.types("import", data / file, "--mapping", mapping, "--officer", "R01", "--json").json

        assert outcome["recorded"] == rows
