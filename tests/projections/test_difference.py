"""Differences of a list between two moments: applied to the earlier answer, they give the later one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.database import open_database
from ledger.ledger import Ledger
from projections.compared import COMPARED
from projections.difference import Beside, Compared, Difference, applied, differences
from projections.engine import Projector
from projections.errors import InvalidCursor
from projections.reading import Reader, View, each
from projections.temporal import NOW, AsOf, Content
from tests.projections.district import MONDAY, PUBLISHER, District, content, corrected
from tests.projections.tally import Happening, Tally, record, replay
from tests.projections.test_temporal import HAPPENINGS

LEDGERS = iter(f"compared-{number}" for number in range(10**6))


@dataclass(frozen=True)
class Count:
    """A row of the tally's first table."""

    name: str
    total: int
    first_minute: int
    folded: tuple[int, ...]
    note: str | None
    listed_on: str
    marked: bool


def compared(projection: Tally) -> Compared:
    return Compared(projection, "counts", each(Count))


class ComparedTally(Tally):
    """The tally with the indexes that comparing asks for."""

    tables = tuple(
        type(shape)(shape.name, shape.key, shape.content, shape.orders, shape.facts, compared=not shape.facts)
        for shape in Tally.tables
    )


def rows_at(happenings: list[Happening], position: int, minute: int | None) -> dict[Any, dict[str, Any]]:
    told = replay(happenings, until=position, by_minute=minute)
    return {(name,): {"name": name, **row, "folded": tuple(row["folded"])} for name, row in told.items()}


def as_of(position: int, minute: int | None) -> AsOf:
    return AsOf(position, occurred_at=None if minute is None else Happening("look", "", minute).occurred_at)


def all_differences(reader: Reader, what: Compared, before: AsOf, after: AsOf, **more: Any) -> list[Difference]:
    found: list[Difference] = []
    cursor = None
    while True:
        page = differences(reader, what, before, after, cursor=cursor, **more)
        found += page.rows
        cursor = page.next_cursor
        if cursor is None:
            return found


class _OnADatabase:
    def check(self, url: str, happenings: list[Happening], data: st.DataObject) -> None:
        database, tally = open_database(url), ComparedTally()
        with Ledger(database, next(LEDGERS)) as ledger:
            record(ledger, happenings)
            Projector(ledger, [tally]).catch_up()
            reader, size = Reader(ledger), len(happenings)
            moments = st.tuples(st.integers(0, size), st.none() | st.integers(-1, 13))
            for _ in range(4):
                before, after = data.draw(moments), data.draw(moments)
                limit = data.draw(st.integers(1, 3))

                found = all_differences(reader, compared(tally), as_of(*before), as_of(*after), limit=limit)

                expected = rows_at(happenings, *after)
                assert len({one.key["name"] for one in found}) == len(found), "each row once"
                assert applied(rows_at(happenings, *before), found) == expected
                assert all(difference.causes for difference in found)
                self._causes_are_what_one_moment_lacks(happenings, before, after, found)
        database.close()

    def _causes_are_what_one_moment_lacks(
        self, happenings: list[Happening], before: tuple, after: tuple, found: list[Difference]
    ) -> None:
        for cause in (cause for difference in found for cause in difference.causes):
            minute = happenings[cause.position - 1].minute
            taken = {cause.position <= p and (m is None or minute <= m) for p, m in (before, after)}
            assert taken == {True, False}


class TestOnSqlite(_OnADatabase):
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(HAPPENINGS, st.data())
    def test_the_earlier_answer_becomes_the_later(
        self, sqlite_url: str, happenings: list[Happening], data: st.DataObject
    ) -> None:
        self.check(sqlite_url, happenings, data)


class TestOnPostgresql(_OnADatabase):
    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(HAPPENINGS, st.data())
    def test_the_earlier_answer_becomes_the_later(
        self, postgres_url: str, happenings: list[Happening], data: st.DataObject
    ) -> None:
        self.check(postgres_url, happenings, data)


def told(found: list[Difference]) -> list[tuple[str, str, tuple[str, ...], list[int]]]:
    return [
        (next(iter(one.key.values())), one.change, one.fields, [cause.position for cause in one.causes])
        for one in found
    ]


def listed(row: Content) -> bool:
    return bool(row["listed"])


class TestTheDistrict:
    @pytest.fixture
    def year(self, district_everywhere: District) -> tuple[District, list[int]]:
        """One publication, a second one corrected late, sealed, and a draft on its way."""
        district = district_everywhere
        marks = [district.publish("I-1"), district.publish("I-2")]
        marks.append(district.record("publication.corrected/1", corrected("I-1", title="改正后的标题"), PUBLISHER))
        seal = {"item": "I-2", "publication": "I-2#1", "sha256s": ["a" * 64], "reason": "查", "readers": []}
        marks.append(district.record("publication.sealed/1", seal, PUBLISHER))
        district.record("document.drafted/1", {**_draft("I-3")})
        district.fold()
        return district, marks

    def test_of_the_register_are_told_field_by_field(self, year: tuple[District, list[int]]) -> None:
        district, (first, second, correction, seal) = year

        found = all_differences(district.reader, COMPARED["register"], AsOf(first), NOW)

        assert told(found) == [
            ("I-1#1", "changed", ("status", "corrections"), [correction]),
            ("I-2#1", "added", (), [second, seal]),
        ]
        assert found[0].before["status"] == "published"
        assert found[0].after["status"] == "corrected"
        assert told(all_differences(district.reader, COMPARED["register"], AsOf(correction), NOW)) == [
            ("I-2#1", "changed", ("sealed",), [seal])
        ]

    def test_backwards_take_away_what_had_come(self, year: tuple[District, list[int]]) -> None:
        district, (first, *_) = year

        found = all_differences(district.reader, COMPARED["register"], NOW, AsOf(first))

        assert [(one.key["publication"], one.change) for one in found] == [("I-1#1", "changed"), ("I-2#1", "removed")]

    def test_go_by_what_happened_where_only_that_is_named(self, year: tuple[District, list[int]]) -> None:
        district, (_, second, correction, seal) = year
        instant = district.ledger.entry(second - 1).occurred_at

        found = all_differences(district.reader, COMPARED["register"], AsOf(occurred_at=instant), NOW)

        assert told(found) == [
            ("I-1#1", "changed", ("status", "corrections"), [correction]),
            ("I-2#1", "added", (), [second, seal]),
        ]

    def test_show_nobody_what_they_may_not_see(self, year: tuple[District, list[int]]) -> None:
        district, (first, second, *_) = year
        items = COMPARED["catalogue"]

        public = all_differences(district.reader, items, AsOf(first), NOW, sees=listed, told=frozenset())
        everything = all_differences(district.reader, items, AsOf(first), NOW)

        assert [one.key["item"] for one in public] == ["I-1", "I-2"]
        assert [one.key["item"] for one in everything] == ["I-1", "I-2", "I-3"]
        assert {cause for one in public for cause in one.causes} == set()
        assert second in {cause.position for cause in everything[1].causes}

    def test_of_what_the_public_no_longer_sees_are_removals(self, year: tuple[District, list[int]]) -> None:
        district, (*_, seal) = year
        determined = {"item": "I-1", "draft_version": 1, "conclusion": "SECRET", "level": None, "ground": "有密点"}
        district.record("document.secrecy_determined/1", determined, PUBLISHER)
        district.fold()

        (gone,) = [
            one
            for one in all_differences(district.reader, COMPARED["catalogue"], AsOf(seal), NOW, sees=listed)
            if one.key["item"] == "I-1"
        ]

        assert (gone.change, gone.after) == ("removed", None)
        assert gone.before["title"] == "改正后的标题"

    def test_a_foreign_cursor_is_refused(self, year: tuple[District, list[int]]) -> None:
        with pytest.raises(InvalidCursor):
            differences(year[0].reader, COMPARED["register"], AsOf(1), NOW, cursor="W251bGwsImEiLCJiIl0")

    @pytest.mark.parametrize("name", COMPARED)
    def test_every_list_is_indexed_for_it(self, district: District, name: str) -> None:
        district.fold()
        what = COMPARED[name]

        def plans(view: View) -> str:
            tables = [what.table, *(beside.table for beside in what.beside)]
            return " ".join(
                str(row)
                for table in tables
                for axis in ("from_position", "occurred_from")
                for row in view.connection.exec_driver_sql(
                    f"EXPLAIN QUERY PLAN SELECT 1 FROM {view.table(table).name} WHERE {axis} > 5 AND {axis} <= 9"
                )
            )

        plan = district.reader.ask(what.projection, NOW, plans)

        assert "SCAN" not in plan
        assert isinstance(what.beside, tuple)
        assert all(isinstance(beside, Beside) for beside in what.beside)

    def test_of_a_quiet_time_are_none(self, year: tuple[District, list[int]]) -> None:
        district, (first, *_) = year
        for what in COMPARED.values():
            assert all_differences(district.reader, what, AsOf(first), AsOf(first)) == []
        assert all_differences(district.reader, COMPARED["register"], AsOf(occurred_at=MONDAY), AsOf(0)) == []


def _draft(item: str) -> dict[str, Any]:
    return {"item": item, "unit": "U05", "title": "在办", "version": 1, "content": content("a"), "attachments": []}
