"""Reading: by position, by stream, by type, by time of recording; following the log misses nothing."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from ledger import instants
from ledger.append import Command
from ledger.database import Database, open_database
from ledger.entry import Actor, EventDraft
from ledger.ledger import Ledger
from tests.support.ledgers import NOON, SetClock, assert_whole, note, noted


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    """Ten entries: versions 1 to 5 of two streams in turns, the second of another type."""
    for version in range(1, 6):
        ledger.append(Command([noted("minutes/a", version), EventDraft("minutes/b", version, "minutes.closed/1", {})]))
    return ledger


class TestReading:
    @pytest.mark.parametrize(
        ("after", "limit", "until", "expected"),
        [
            (0, 1000, None, range(1, 11)),
            (0, 3, None, range(1, 4)),
            (3, 4, None, range(4, 8)),
            (8, 100, None, range(9, 11)),
            (10, 100, None, range(0)),
            (2, 100, 6, range(3, 7)),
            (6, 100, 6, range(0)),
            (0, 0, None, range(0)),
        ],
    )
    def test_a_page(self, filled: Ledger, after: int, limit: int, until: int | None, expected: range) -> None:
        page = filled.read(after, limit, until)
        raw = filled.read_raw(after, limit, until)

        assert [entry.position for entry in page] == list(expected)
        assert [(position, recorded, bytes_) for position, _, recorded, _, bytes_ in raw] == [
            (entry.position, instants.to_microseconds(entry.recorded_at), entry.raw) for entry in page
        ]

    def test_some_types(self, filled: Ledger) -> None:
        closed = filled.read(types=["minutes.closed/1", "minutes.never/1"])

        assert [entry.position for entry in closed] == [2, 4, 6, 8, 10]
        assert filled.read(types=["minutes.never/1"]) == []

    def test_a_stream(self, filled: Ledger) -> None:
        assert [entry.position for entry in filled.read_stream("minutes/b")] == [2, 4, 6, 8, 10]
        assert [entry.version for entry in filled.read_stream("minutes/b", after=2, until=4)] == [3, 4]
        assert filled.read_stream("minutes/never") == []

    def test_everything_a_page_at_a_time(self, filled: Ledger) -> None:
        assert [entry.position for entry in filled.feed.all(page=3)] == list(range(1, 11))
        assert [entry.position for entry in filled.all(after=4, until=9)] == [5, 6, 7, 8, 9]

    def test_the_version_of_a_stream(self, filled: Ledger) -> None:
        assert filled.stream_version("minutes/a") == 5
        assert filled.stream_version("minutes/never") == 0


class TestEntries:
    def test_say_everything_that_was_handed_in(self, timed_ledger: Ledger) -> None:
        draft = EventDraft(
            "publication/I-2025-0001",
            1,
            "publication.noted/1",
            {"title": "关于…的通知", "pages": 3, "channels": ["platform", None, True]},
            Actor("P05", "publisher", "U01", "cli"),
            on_behalf_of="U02",
            occurred_at=datetime(2025, 1, 20, 8, 30, 0, 123456, UTC),
            ruleset="RS-143/1",
            workflow="WF-U05/2",
        )

        timed_ledger.append(Command([draft], command_id="c1", correlation_id="case 7"))
        entry = timed_ledger.entry(1)

        for name in (
            "stream",
            "version",
            "type",
            "data",
            "actor",
            "on_behalf_of",
            "occurred_at",
            "ruleset",
            "workflow",
        ):
            assert getattr(entry, name) == getattr(draft, name), name
        assert (entry.command_id, entry.correlation_id, entry.recorded_at) == ("c1", "case 7", NOON)
        assert entry.state is None
        assert_whole(timed_ledger)

    @pytest.mark.parametrize("state", [b"", b"\x00\xff", "文".encode(), b'{"b":1, "a":2}'])
    def test_keep_any_bytes(self, ledger: Ledger, state: bytes) -> None:
        ledger.append(Command([EventDraft("minutes/1", 1, "minutes.noted/1", state)]))

        assert (ledger.entry(1).state, ledger.entry(1).state_bytes, ledger.entry(1).data) == (state, state, None)
        assert_whole(ledger)

    @pytest.mark.parametrize("data", [None, {}, [], "recorded_at", {"recorded_at": "0001-01-01T00:00:00.000000Z"}, 7])
    def test_keep_any_json(self, ledger: Ledger, data: object) -> None:
        ledger.append(Command([EventDraft("minutes/1", 1, "minutes.noted/1", data)]))

        assert ledger.entry(1).data == data
        assert_whole(ledger)

    def test_keep_text_that_looks_like_their_own_members(self, ledger: Ledger) -> None:
        trap = '","recorded_at":"0001-01-01T00:00:00.000000Z'
        draft = EventDraft(trap, 1, trap, {trap: trap}, on_behalf_of=trap, ruleset=trap, workflow=trap)

        ledger.append(Command([draft], command_id=trap, correlation_id=trap))

        entry = ledger.entry(1)
        assert (entry.stream, entry.type, entry.workflow, entry.data) == (trap, trap, trap, {trap: trap})
        assert entry.recorded_at.year > 2000
        assert_whole(ledger)


class TestPositionAt:
    def test_of_any_instant(self, timed_ledger: Ledger, clock: SetClock) -> None:
        instants_of_entries = []
        for version in range(1, 9):
            instants_of_entries.append(clock.now)
            timed_ledger.append(note(version=version))
            clock.advance(seconds=10 * (version % 3))

        for instant in [NOON + timedelta(seconds=second) for second in range(-1, 100, 3)] + instants_of_entries:
            expected = sum(1 for recorded_at in instants_of_entries if recorded_at <= instant)
            assert timed_ledger.position_at(instant) == expected, instant

    def test_of_an_empty_log(self, ledger: Ledger) -> None:
        assert ledger.position_at(NOON) == 0


class TestFollowing:
    WRITERS, EACH, READERS = 64, 12, 4

    def test_sees_every_position_once_and_in_order(self, ledger: Ledger) -> None:
        total = self.WRITERS * self.EACH
        reading_apart = Ledger(ledger.database, ledger.name)

        def follow(reader: int) -> list[int]:
            own = (ledger, reading_apart)[reader % 2]
            seen: list[int] = []
            while len(seen) < total:
                page = own.read(seen[-1] if seen else 0, limit=7 + 50 * reader)
                seen += [entry.position for entry in page]
                if not page:
                    assert own.wait_beyond(len(seen), 20)
            return seen

        def write(stream: int) -> None:
            for version in range(1, self.EACH + 1):
                ledger.append(note(f"minutes/{stream}", version))

        with ThreadPoolExecutor(self.READERS) as readers, ThreadPoolExecutor(self.WRITERS) as writers:
            following = [readers.submit(follow, reader) for reader in range(self.READERS)]
            list(writers.map(write, range(self.WRITERS)))
            seen = [reader.result(30) for reader in following]
        reading_apart.close()

        assert seen == [list(range(1, total + 1))] * self.READERS
        assert_whole(ledger)


class TestWaiting:
    def test_is_over_at_once_where_the_log_is_longer_already(self, ledger: Ledger) -> None:
        ledger.append(note())

        assert ledger.wait_beyond(0, 5)
        with Ledger(ledger.database, ledger.name) as other:
            assert other.wait_beyond(0, 5)

    def test_is_over_when_the_time_is(self, ledger: Ledger) -> None:
        ledger.append(note())
        began = time.monotonic()

        assert not ledger.wait_beyond(1, 0.2)
        assert 0.15 < time.monotonic() - began < 2

    def test_wakes_for_an_entry_of_this_process(self, ledger: Ledger) -> None:
        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(ledger.wait_beyond, 0, 10)
            time.sleep(0.05)
            ledger.append(note())
            recorded_at = time.monotonic()

            assert waiting.result()
            assert time.monotonic() - recorded_at < 0.2

    def test_wakes_for_an_entry_of_another_process(self, store_url: str, ledger: Ledger) -> None:
        # The line of output stands for the moment of the acknowledgement.
        waiter = subprocess.Popen(
            [sys.executable, "-c", WAITER, store_url, ledger.name], stdout=subprocess.PIPE, text=True
        )
        assert waiter.stdout is not None
        with waiter, waiter.stdout as output:
            assert output.readline() == "waiting\n"
            time.sleep(0.3)
            ledger.append(note())
            recorded_at = time.time()

            woken_at = float(output.readline())

        # LISTEN needs milliseconds, the poll on SQLite a tenth of a second; the rest is for a busy machine.
        assert woken_at - recorded_at < 1.5

    def test_ends_when_the_ledger_is_closed(self, ledger: Ledger) -> None:
        closing = Ledger(ledger.database, ledger.name)
        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(closing.wait_beyond, 0, 20)
            time.sleep(0.05)
            closing.close()

            assert waiting.result(5) is False

    # SQLite is polled; there is no listener to lose.
    @pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)
    def test_survives_a_lost_listener(self, database: Database, ledger: Ledger, store_url: str) -> None:
        with Ledger(database, ledger.name) as reader:
            assert not reader.wait_beyond(0, 0.3)
            administrator = open_database(store_url)
            with administrator.engine.begin() as connection:
                connection.exec_driver_sql(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND query LIKE 'LISTEN%%'"
                )
            administrator.close()
            threading.Timer(0.3, lambda: ledger.append(note())).start()

            assert reader.wait_beyond(0, 10)


WAITER = """
import sys, time
from ledger.database import open_database
from ledger.ledger import Ledger
database = open_database(sys.argv[1])
with Ledger(database, sys.argv[2]) as ledger:
    ledger.wait_beyond(0, 0.1)
    print("waiting", flush=True)
    assert ledger.wait_beyond(0, 30)
    print(time.time(), flush=True)
database.close()
"""
