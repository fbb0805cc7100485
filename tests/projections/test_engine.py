"""The engine: every event once, whoever folds it; a poisoned one stops one projection; rebuilds go unnoticed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import inspect

from aggregates.office import UPCASTERS
from ledger.append import Command
from ledger.clock import system_clock
from ledger.database import Database, open_database
from ledger.entry import EventDraft
from ledger.ledger import Ledger
from projections import bookkeeping
from projections.dump import digest
from projections.engine import Projector
from projections.errors import NotBuiltYet, RebuildLost, RebuildRunning, RebuildStopped, UnknownProjection
from projections.feed import Event, read_page
from projections.reading import Reader, View
from projections.rebuilding import Rebuild
from projections.tables import Shape, integers, texts
from projections.temporal import NOW, AsOf, Content, Key
from tests.projections.tally import Happening, Tally, record


class Clock:
    """A clock that a test sets forward."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> Any:
        return system_clock() + self.ahead


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(database_url: str, clock: Clock) -> Iterator[Ledger]:
    database = open_database(database_url)
    with Ledger(database, clock=clock) as ledger:
        yield ledger
    database.close()


class Mendable(Tally):
    """A tally whose fold is mended while it runs."""

    mended = False

    def fold(self, table: str, key: Key, row: Content | None, event: Event) -> Content | None:
        return super().fold(table, key, row, unpoisoned(event) if self.mended else event)


class Second(Mendable):
    """The same under another name, mended from the first: what happens to one must not happen to the other."""

    name = "second"
    mended = True


def unpoisoned(event: Event) -> Event:
    data = {name: value for name, value in event.data.items() if name != "poison"}
    healthy = Event(event.position, event.occurred, event.recorded, event.type, b"")
    healthy._members = {**event.members, "data": data}
    return healthy


class Later(Tally):
    """A newer version of the tally, whose notes are written in capitals."""

    version = 2

    def fold(self, table: str, key: Key, row: Content | None, event: Event) -> Content | None:
        after = super().fold(table, key, row, event)
        return after if after is None or after is row else {**after, "note": "LATER"}


def adds(*names: str) -> list[Happening]:
    return [Happening("add", name, minute) for minute, name in enumerate(names)]


def totals(ledger: Ledger, projection: Tally | None = None, as_of: AsOf = NOW) -> dict[str, int]:
    def question(view: View) -> dict[str, int]:
        return {row["name"]: row["total"] for row in view.rows("counts", view.select("counts"))}

    return Reader(ledger).ask(projection or Tally(), as_of, question)


def dumped(ledger: Ledger, projection: Tally | None = None) -> str:
    return Reader(ledger).ask(projection or Tally(), NOW, lambda view: digest(view, ("counts", "facts")))


class TestFollowingTheLog:
    def test_every_event_is_folded_or_skipped_and_counted(self, ledger: Ledger) -> None:
        record(ledger, adds("U01", "U05", "U01"))
        record(ledger, [Happening("unheard", "U01", 1)])
        projector = Projector(ledger, [Tally()])

        taken = projector.catch_up()

        (status,) = projector.status()
        assert taken == 4
        assert totals(ledger) == {"U01": 2, "U05": 1}
        assert (status.position, status.lag, status.folded, status.skipped) == (4, 0, 3, 1)
        assert (status.state, status.generation, status.dead_letter) == ("live", 1, None)

    def test_lag_counts_what_is_still_to_come(self, ledger: Ledger) -> None:
        projector = Projector(ledger, [Tally()])
        (before,) = projector.status()
        record(ledger, adds("U01", "U05"))
        (behind,) = projector.status()

        assert (before.state, before.generation, before.lag) == ("building", 0, 0)
        assert behind.lag == 2

    def test_follows_until_told_to_stop(self, ledger: Ledger) -> None:
        projector, stop = Projector(ledger, [Tally(), Second()]), threading.Event()
        worker = threading.Thread(target=projector.run_forever, args=(stop,))
        worker.start()
        try:
            last = record(ledger, adds("U01", "U05"))[-1]
            assert projector.wait_for(last, 10)
            last = record(ledger, adds("U01"))[-1]
            assert projector.wait_for(last, 10, names=["second"])
        finally:
            stop.set()
            worker.join()

        assert totals(ledger, Second()) == {"U01": 2, "U05": 1}

    def test_waiting_ends_with_the_time(self, ledger: Ledger) -> None:
        projector = Projector(ledger, [Tally()])
        record(ledger, adds("U01"))

        assert not projector.wait_for(1, 0.05)
        projector.catch_up()
        assert projector.wait_for(1, 0)

    def test_several_workers_fold_each_event_once(self, ledger: Ledger) -> None:
        last = record(ledger, [Happening("add", f"U{number % 7}", number) for number in range(400)])[-1]
        workers = [Projector(ledger, [Tally()], page_size=7) for _ in range(4)]
        stop = threading.Event()
        threads = [threading.Thread(target=worker.run_forever, args=(stop,)) for worker in workers]

        for thread in threads:
            thread.start()
        assert workers[0].wait_for(last, 60)
        stop.set()
        for thread in threads:
            thread.join()

        assert sum(totals(ledger).values()) == 400
        live = dumped(ledger)
        Projector(ledger, [Tally()]).rebuild("tally")
        assert dumped(ledger) == live

    def test_several_workers_begin_at_once(self, ledger: Ledger) -> None:
        record(ledger, adds("U01"))
        threads = [threading.Thread(target=lambda: Projector(ledger, [Tally()]).catch_up()) for _ in range(6)]

        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        with ledger.database.engine.connect() as connection:
            assert len(bookkeeping.generations(connection, ledger.number)) == 1
        assert totals(ledger) == {"U01": 1}

    def test_two_ledgers_of_one_database_keep_apart(self, ledger: Ledger) -> None:
        with Ledger(ledger.database, "neighbour") as neighbour:
            record(ledger, adds("U01"))
            record(neighbour, adds("X1", "X1"))
            for each in (ledger, neighbour):
                Projector(each, [Tally()]).catch_up()
            Projector(ledger, [Tally()]).rebuild("tally")

            assert totals(ledger) == {"U01": 1}
            assert totals(neighbour) == {"X1": 2}

    def test_control_characters_are_made_visible(self, ledger: Ledger) -> None:
        record(ledger, adds("U01"), note="一\x01二\x1a三\\N\t四\r\n五\\")
        Projector(ledger, [Tally()]).catch_up()

        def note(view: View) -> object:
            row = view.one("counts", "U01")
            assert row is not None
            return row["note"]

        assert Reader(ledger).ask(Tally(), NOW, note) == "一␁二␚三\\N\t四\r\n五\\"

    def test_an_event_of_an_old_version_is_folded_in_its_newest(
        self, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        oldest, old = "tally.counted/1", "tally.counted/2"
        monkeypatch.setitem(UPCASTERS, oldest, lambda data: (old, {"name": data["whom"]}))
        monkeypatch.setitem(UPCASTERS, old, lambda data: ("tally.add/1", {**data, "minute": 0}))
        drafts = [EventDraft("tally/U01", 1, oldest, {"whom": "U01"}), EventDraft("tally/U01", 2, old, {"name": "U01"})]
        ledger.append(Command(drafts))
        projector = Projector(ledger, [Tally(), Second()])

        projector.catch_up()
        live = dumped(ledger)
        projector.rebuild("tally")

        assert totals(ledger) == totals(ledger, Second()) == {"U01": 2}
        assert dumped(ledger) == live

    def test_an_event_that_cannot_be_brought_up_to_date_stops_its_projection(
        self, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(UPCASTERS, "tally.counted/1", lambda data: ("tally.add/1", {"name": data["whom"]}))
        ledger.append(Command([EventDraft("tally/U01", 1, "tally.counted/1", {"who": "U01"})]))
        projector = Projector(ledger, [Tally()])

        projector.catch_up()

        letter = projector.status()[0].dead_letter
        assert letter is not None
        assert (letter.position, letter.type) == (1, "tally.counted/1")

    def test_a_page_ends_early_when_its_entries_are_heavy(
        self, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("projections.feed._HEAVIEST_PAGE", 1000)
        monkeypatch.setattr("projections.feed._READ_AT_ONCE", 2)
        record(ledger, adds("U01", "U01", "U01", "U01", "U01", "U01"), note="x" * 600)

        page = read_page(ledger, 0, 100)

        assert (len(page.events), page.until, page.full) == (2, 2, True)


def test_serializable_transactions_are_repeated(serializable_postgres_url: str) -> None:
    database = open_database(serializable_postgres_url)
    with Ledger(database) as ledger:
        last = record(ledger, [Happening("add", f"U{number % 7}", number) for number in range(200)])[-1]
        workers = [Projector(ledger, [Tally(), Second()], page_size=5) for _ in range(3)]
        stop = threading.Event()
        threads = [threading.Thread(target=worker.run_forever, args=(stop,)) for worker in workers]

        for thread in threads:
            thread.start()
        assert workers[0].wait_for(last, 60)
        stop.set()
        for thread in threads:
            thread.join()
        workers[0].rebuild("tally")

        assert sum(totals(ledger).values()) == sum(totals(ledger, Second()).values()) == 200
    database.close()


class TestAPoisonedEvent:
    def poison(self, ledger: Ledger) -> Projector:
        record(ledger, adds("U01", "U05"))
        record(ledger, adds("U01"), poison=True)
        record(ledger, adds("U05"))
        return Projector(ledger, [Tally(), Second()])

    def test_stops_its_projection_alone_with_a_dead_letter(self, ledger: Ledger) -> None:
        projector = self.poison(ledger)

        projector.catch_up()

        stopped, other = projector.status()
        assert (stopped.state, stopped.position, stopped.lag) == ("stopped", 2, 2)
        assert stopped.dead_letter is not None
        assert (stopped.dead_letter.position, stopped.dead_letter.type) == (3, "tally.add/1")
        assert stopped.dead_letter.error.startswith("ValueError at tests.projections.tally:")
        assert "U01" not in stopped.dead_letter.error, "an error says nothing of what the event says"
        assert (other.state, other.position) == ("live", 4)
        assert totals(ledger) == {"U01": 1, "U05": 1}, "what came before is served"
        assert not projector.wait_for(4, 5), "nobody waits for what has stopped"

    def test_goes_on_where_it_stopped(self, ledger: Ledger) -> None:
        self.poison(ledger)
        tally = Mendable()
        projector = Projector(ledger, [tally])
        projector.catch_up()
        projector.retry("tally")
        projector.catch_up()
        (still,) = projector.status()

        tally.mended = True
        projector.retry("tally")
        projector.catch_up()

        (status,) = projector.status()
        assert (still.state, still.position) == ("stopped", 2)
        assert (status.state, status.position, status.dead_letter) == ("live", 4, None)
        assert totals(ledger) == {"U01": 2, "U05": 2}

    def test_a_row_the_database_refuses_is_found_among_its_neighbours(self, ledger: Ledger) -> None:
        record(ledger, [Happening("add", f"U{number}", number) for number in range(20)])
        record(ledger, adds("huge"))
        record(ledger, [Happening("add", f"X{number}", number) for number in range(20)])
        projector = Projector(ledger, [Huge()])

        projector.catch_up()

        (status,) = projector.status()
        assert (status.state, status.position) == ("stopped", 20)
        assert status.dead_letter is not None
        assert status.dead_letter.position == 21
        assert len(totals(ledger, Huge())) == 20

    def test_bytes_that_are_no_entry_stop_whoever_reads_them(self, ledger: Ledger) -> None:
        record(ledger, adds("U01"))
        page = read_page(ledger, 0, 10)
        page.events[0]._raw = b"\xff"

        with pytest.raises(ValueError, match="UTF-8|unexpected|invalid"):
            _ = page.events[0].data

    def test_nobody_retries_what_is_not_kept(self, ledger: Ledger) -> None:
        with pytest.raises(UnknownProjection, match="there are: tally"):
            Projector(ledger, [Tally()]).retry("nothing")


class Huge(Tally):
    """Counts beyond what the database's integers hold, for one name."""

    name = "huge"

    def fold(self, table: str, key: Key, row: Content | None, event: Event) -> Content | None:
        after = super().fold(table, key, row, event)
        return {**after, "total": 2**70} if after and key == ("huge",) else after


class TestRebuilding:
    def test_writes_what_the_live_tables_hold_and_drops_the_one_before_last(self, ledger: Ledger) -> None:
        record(ledger, adds("U01", "U05", "U01"))
        projector = Projector(ledger, [Tally()], rebuild_page_size=2)
        projector.catch_up()
        live = dumped(ledger)
        seen: list[tuple[int, int]] = []

        projector.rebuild("tally", lambda position, size: seen.append((position, size)))
        assert tables(ledger.database) == {"tally_counts_g1", "tally_counts_g2", "tally_facts_g1", "tally_facts_g2"}
        projector.rebuild("tally")

        assert dumped(ledger) == live
        assert seen == [(2, 3), (3, 3)]
        assert tables(ledger.database) == {"tally_counts_g2", "tally_counts_g3", "tally_facts_g2", "tally_facts_g3"}
        assert projector.status()[0].generation == 3

    def test_the_old_tables_serve_and_follow_meanwhile(self, ledger: Ledger) -> None:
        record(ledger, adds("U01", "U05"))
        projector = Projector(ledger, [Tally()])
        projector.catch_up()
        rebuild = Rebuild(ledger, Tally(), page_size=1)
        rebuild.begin()
        rebuild.step()

        record(ledger, adds("U01", "U01"))
        projector.catch_up()

        (status,) = projector.status()
        assert (status.state, status.building_position, status.position) == ("building", 1, 4)
        assert totals(ledger) == {"U01": 3, "U05": 1}
        live = dumped(ledger)
        rebuild.run()
        assert dumped(ledger) == live
        assert projector.status()[0].position == 4

    def test_never_falls_behind_what_it_replaces(self, ledger: Ledger) -> None:
        record(ledger, adds("U01"))
        projector = Projector(ledger, [Tally()])
        projector.catch_up()
        rebuild = Rebuild(ledger, Tally(), page_size=10)
        rebuild.begin()
        rebuild._take(rebuild._begun(), rebuild._page(0))
        # Between the rebuild's last page and its swap the live tables go on.
        record(ledger, adds("U05", "U05"))
        projector.catch_up()

        ledger.database.locked(rebuild._swap)
        rebuild.close()

        (status,) = projector.status()
        assert (status.position, status.generation) == (3, 2)
        assert totals(ledger) == {"U01": 1, "U05": 2}

    def test_two_cannot_run_at_once_unless_one_has_fallen_silent(self, ledger: Ledger, clock: Clock) -> None:
        record(ledger, adds("U01", "U05", "U12"))
        projector = Projector(ledger, [Tally()])
        projector.catch_up()
        first = Rebuild(ledger, Tally(), page_size=1)
        first.begin()
        first.step()

        with pytest.raises(RebuildRunning, match="last sign of life 0 s ago; nothing was begun"):
            projector.rebuild("tally")
        clock.ahead = timedelta(seconds=61)
        projector.rebuild("tally")

        with pytest.raises(RebuildLost, match="another worker has taken over"):
            first.run()
        assert totals(ledger) == {"U01": 1, "U05": 1, "U12": 1}

    def test_stopped_by_an_event_leaves_everything_as_it_was(
        self, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        record(ledger, adds("U01", "U05"))
        projector = Projector(ledger, [Tally()])
        projector.catch_up()

        def refuse(*_: object) -> None:
            raise KeyError("secret")

        monkeypatch.setattr(Tally, "fold", refuse)
        with pytest.raises(RebuildStopped, match="position 1 .tally.add/1.: KeyError") as stopped:
            projector.rebuild("tally")

        assert "secret" not in str(stopped.value)
        assert tables(ledger.database) == {"tally_counts_g1", "tally_facts_g1"}
        assert totals(ledger) == {"U01": 1, "U05": 1}

    def test_a_row_the_database_refuses_is_found_among_its_neighbours(self, ledger: Ledger) -> None:
        record(ledger, [Happening("add", f"U{number}", number) for number in range(20)])
        record(ledger, adds("huge"))
        record(ledger, [Happening("add", f"X{number}", number) for number in range(20)])

        for page_size in (1, 7, 50):
            with pytest.raises(RebuildStopped) as stopped:
                Projector(ledger, [Huge()], rebuild_page_size=page_size).rebuild("huge")
            assert stopped.value.position == 21

    def test_unknown_projections_are_not_rebuilt(self, ledger: Ledger) -> None:
        with pytest.raises(UnknownProjection):
            Projector(ledger, [Tally()]).rebuild("nothing")


class TestANewVersion:
    def test_is_built_by_itself_while_the_old_one_serves(self, ledger: Ledger) -> None:
        record(ledger, adds("U01", "U05", "U01"))
        Projector(ledger, [Tally()]).catch_up()
        newer = Projector(ledger, [Later()], page_size=1, rebuild_page_size=2)

        newer.run_once()
        (between,) = newer.status()
        served = totals(ledger)
        newer.catch_up()

        (after,) = newer.status()
        assert (between.version, between.state, between.building_position) == (1, "building", 2)
        assert served == {"U01": 2, "U05": 1}
        assert (after.version, after.state, after.generation) == (2, "live", 2)
        assert notes(ledger, Later()) == {"LATER"}

    def test_goes_on_where_a_worker_that_died_left_it(self, ledger: Ledger, clock: Clock) -> None:
        record(ledger, adds("U01", "U05", "U01"))
        Projector(ledger, [Tally()]).catch_up()
        died = Projector(ledger, [Later()], rebuild_page_size=2)
        died.run_once()

        second = Projector(ledger, [Later()], rebuild_page_size=2)
        assert second.catch_up() == 0, "the first may still be at it"
        clock.ahead = timedelta(seconds=61)
        second.catch_up()

        (after,) = second.status()
        assert (after.version, after.generation, after.folded) == (2, 2, 3)

    def test_a_program_that_is_older_than_the_tables_leaves_them_alone(self, ledger: Ledger) -> None:
        record(ledger, adds("U01"))
        Projector(ledger, [Later()]).catch_up()
        record(ledger, adds("U05"))

        older = Projector(ledger, [Tally()])

        assert older.catch_up() == 0
        assert not older.wait_for(2, 5)
        older.rebuild("tally")
        assert older.status()[0].version == 1, "going back is for an operator to say"

    def test_stopped_by_an_event_waits_for_a_mend(self, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
        record(ledger, adds("U01", "U05"))
        Projector(ledger, [Tally()]).catch_up()
        mended = Later.fold

        def refuse(*_: object) -> None:
            raise KeyError

        monkeypatch.setattr(Later, "fold", refuse)
        newer = Projector(ledger, [Later()])
        newer.catch_up()
        (stopped,) = newer.status()
        monkeypatch.setattr(Later, "fold", mended)
        assert newer.catch_up() == 0
        newer.retry("tally")
        newer.catch_up()

        assert (stopped.state, stopped.version, stopped.position) == ("stopped", 1, 2)
        assert stopped.dead_letter is not None
        assert stopped.dead_letter.position == 1
        assert newer.status()[0].version == 2

    def test_tables_of_another_shape_are_not_read(self, ledger: Ledger) -> None:
        class Wider(Tally):
            version = 3
            tables = (
                Shape("counts", key=texts("name"), content=(*Tally.tables[0].content, *integers("more"))),
                Tally.tables[1],
            )

        record(ledger, adds("U01"))
        with pytest.raises(NotBuiltYet, match="tally has no tables of version 1"):
            totals(ledger)
        Projector(ledger, [Tally()]).catch_up()

        with pytest.raises(NotBuiltYet, match="version 3"):
            totals(ledger, Wider())


class TestReaders:
    def test_one_that_holds_an_old_name_finds_the_new_tables(self, ledger: Ledger) -> None:
        record(ledger, adds("U01"))
        projector = Projector(ledger, [Tally()])
        projector.catch_up()
        asked: list[str] = []

        def question(view: View) -> int:
            asked.append(view.table("counts").name)
            if len(asked) == 1:
                # Read the name, and lose the tables before using it.
                view.connection.exec_driver_sql("SELECT * FROM tally_counts_g0")
            return len(view.rows("counts", view.select("counts")))

        assert Reader(ledger).ask(Tally(), NOW, question) == 1
        assert len(asked) == 2

    def test_an_answer_speaks_for_no_more_than_is_folded(self, ledger: Ledger) -> None:
        record(ledger, adds("U01"))
        Projector(ledger, [Tally()]).catch_up()
        record(ledger, adds("U01"))

        beyond = Reader(ledger).ask(Tally(), AsOf(position=99), lambda view: view.position)
        recorded = Reader(ledger).ask(Tally(), AsOf(recorded_at=system_clock()), lambda view: view.position)

        assert (beyond, recorded) == (1, 1)
        assert totals(ledger, as_of=AsOf(position=99)) == {"U01": 1}


def tables(database: Database) -> set[str]:
    with database.engine.connect() as connection:
        return {name for name in inspect(connection).get_table_names() if name.startswith("tally_")}


def notes(ledger: Ledger, projection: Tally) -> set[str]:
    return Reader(ledger).ask(
        projection, NOW, lambda view: {row["note"] for row in view.rows("counts", view.select("counts"))}
    )
