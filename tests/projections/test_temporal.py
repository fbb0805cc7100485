"""The temporal algebra: whatever the order in which events arrive, every moment can be asked about again."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.database import open_database
from ledger.instants import to_microseconds
from ledger.ledger import Ledger
from projections import folding
from projections.dump import digest
from projections.engine import Projector
from projections.errors import ContradictoryInstant, FoldFault
from projections.reading import Reader, View
from projections.temporal import OPEN, AsOf, Sheet, Version
from tests.projections.tally import START, Happening, Tally, fold_count, record, replay

NAMES = ("U01", "U05", "U12")
HAPPENINGS = st.lists(
    st.builds(
        Happening,
        kind=st.sampled_from(["add", "add", "mark", "look"]),
        name=st.sampled_from(NAMES),
        minute=st.integers(0, 12),
        other=st.none() | st.sampled_from(NAMES),
    ),
    min_size=1,
    max_size=30,
)
COLUMNS = ("total", "first_minute", "folded", "note", "listed_on", "marked")


class _Telling:
    """An event as the algebra sees it, and the fold that goes with it."""

    def __init__(self, position: int, happening: Happening) -> None:
        self.position, self.happening = position, happening
        self.occurred = to_microseconds(happening.occurred_at)

    def fold(self, _table: str, key: tuple[str], row: dict | None, _event: object) -> dict | None:
        data = {"name": self.happening.name, "minute": self.happening.minute}
        return fold_count(key, row, self.position, f"tally.{self.happening.kind}/1", data)


def told(happenings: list[Happening]) -> list[tuple[tuple[str], Version]]:
    """Every version that a sequence leaves, in memory and without a page's end in between."""
    sheet = Sheet("counts", COLUMNS)
    sheet.telling = {(name,): [] for name in NAMES}
    for position, happening in enumerate(happenings, start=1):
        telling = _Telling(position, happening)
        for name in dict.fromkeys([happening.name, happening.other]):
            if name is not None:
                sheet.tell((name,), telling, telling.fold)
    return sheet.fresh


class TestTheAlgebra:
    @settings(max_examples=300, deadline=None)
    @given(HAPPENINGS, st.data())
    def test_as_of_a_position_is_the_replay_up_to_it(self, happenings: list[Happening], data: st.DataObject) -> None:
        versions = told(happenings)
        until = data.draw(st.integers(0, len(happenings)))

        found = {key[0]: v.content for key, v in versions if v.from_position <= until < v.to_position}

        assert found == replay(happenings, until=until)

    @settings(max_examples=600, deadline=None)
    @given(HAPPENINGS, st.data())
    def test_as_it_was_is_the_replay_of_what_had_occurred(
        self, happenings: list[Happening], data: st.DataObject
    ) -> None:
        versions = told(happenings)
        until = data.draw(st.integers(0, len(happenings)))
        minute = data.draw(st.integers(-1, 13))
        instant = to_microseconds(START) + minute * 60_000_000

        found = [
            (key[0], v.content)
            for key, v in versions
            if v.from_position <= until
            and v.occurred_from <= instant
            and (v.to_position > until or v.occurred_to > instant)
            and v.retold_at > until
        ]

        assert len(found) == len(dict(found)), "one answer for a key, never two"
        assert dict(found) == replay(happenings, until=until, by_minute=minute)

    @settings(max_examples=200, deadline=None)
    @given(HAPPENINGS)
    def test_one_row_of_a_key_is_the_row_now(self, happenings: list[Happening]) -> None:
        opened = [key for key, version in told(happenings) if version.to_position == OPEN]

        assert len(opened) == len(set(opened))


class TestWhatAFoldMayNotDo:
    def test_take_a_row_away(self) -> None:
        sheet = Sheet("counts", COLUMNS)
        first, second = _Telling(1, Happening("add", "U01", 0)), _Telling(2, Happening("add", "U01", 1))
        sheet.tell(("U01",), first, first.fold)

        with pytest.raises(FoldFault, match="an end is a column"):
            sheet.tell(("U01",), second, lambda *_: None)

    def test_leave_a_column_out(self) -> None:
        with pytest.raises(FoldFault, match="told 1 columns, the table has 6"):
            Sheet("counts", COLUMNS).tell(("U01",), _Telling(1, Happening("add", "U01", 0)), lambda *_: {"total": 1})

    def test_name_a_key_twice(self) -> None:
        sheet, telling = Sheet("counts", COLUMNS), _Telling(1, Happening("add", "U01", 0))
        sheet.tell(("U01",), telling, telling.fold)

        with pytest.raises(FoldFault, match="routed twice"):
            sheet.tell(("U01",), telling, telling.fold)


class TestAMoment:
    def test_is_named_once(self) -> None:
        with pytest.raises(ContradictoryInstant, match="name one of them"):
            AsOf(position=3, recorded_at=START).resolve(_Nothing())

    def test_is_not_before_the_log(self) -> None:
        with pytest.raises(ContradictoryInstant, match="its first entry is 1"):
            AsOf(position=-1).resolve(_Nothing())

    def test_of_recording_is_the_last_position_by_then(self) -> None:
        assert AsOf(recorded_at=START, occurred_at=START).resolve(_Nothing()) == (7, to_microseconds(START))


class _Nothing:
    def position_at(self, _recorded_at: object) -> int:
        return 7


LEDGERS = iter(f"district-{number}" for number in range(10**6))


class _OnADatabase:
    """The same promises, through pages of random size, restarts and a rebuild, on one kind of database."""

    def check(self, url: str, happenings: list[Happening], data: st.DataObject) -> None:
        database = open_database(url)
        with Ledger(database, next(LEDGERS)) as ledger, pytest.MonkeyPatch.context() as patch:
            patch.setattr(folding, "HANDFUL", data.draw(st.integers(1, 5), label="folded together"))
            self._record_and_fold(ledger, happenings, data)
            reader, size = Reader(ledger), len(happenings)

            assert answers(reader, AsOf()) == replay(happenings, until=size)
            for until in {0, size // 2, data.draw(st.integers(0, size), label="until")}:
                assert answers(reader, AsOf(position=until)) == replay(happenings, until=until)
                minute = data.draw(st.integers(-1, 13), label="minute")
                as_of = AsOf(position=until, occurred_at=Happening("look", "", minute).occurred_at)
                assert answers(reader, as_of) == replay(happenings, until=until, by_minute=minute)

            live = reader.ask(Tally(), AsOf(), _digest)
            page = data.draw(st.integers(1, 30), label="rebuild page")
            Projector(ledger, [Tally()], rebuild_page_size=page).rebuild("tally")
            assert reader.ask(Tally(), AsOf(), _digest) == live
        database.close()

    def _record_and_fold(self, ledger: Ledger, happenings: list[Happening], data: st.DataObject) -> None:
        """Record in several commands; after each, workers of random page size take a random number of pages."""
        remaining = list(happenings)
        while remaining:
            count = data.draw(st.integers(1, len(remaining)), label="recorded")
            record(ledger, remaining[:count])
            del remaining[:count]
            worker = Projector(ledger, [Tally()], page_size=data.draw(st.integers(1, 9), label="page"))
            for _ in range(data.draw(st.integers(0, 4), label="pages")):
                worker.run_once()
        Projector(ledger, [Tally()], page_size=data.draw(st.integers(1, 9), label="last page")).catch_up()


def _digest(view: View) -> str:
    return digest(view, ("counts", "facts"))


def answers(reader: Reader, as_of: AsOf) -> dict[str, dict]:
    def question(view: View) -> dict[str, dict]:
        rows = view.rows("counts", view.select("counts"))
        assert len(rows) == len({row["name"] for row in rows})
        return {row.pop("name"): row for row in rows}

    return reader.ask(Tally(), as_of, question)


class TestOnSqlite(_OnADatabase):
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(HAPPENINGS, st.data())
    def test_every_moment_is_a_replay(self, sqlite_url: str, happenings: list[Happening], data: st.DataObject) -> None:
        self.check(sqlite_url, happenings, data)


class TestOnPostgresql(_OnADatabase):
    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(HAPPENINGS, st.data())
    def test_every_moment_is_a_replay(
        self, postgres_url: str, happenings: list[Happening], data: st.DataObject
    ) -> None:
        self.check(postgres_url, happenings, data)
