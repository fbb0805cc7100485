"""Positions: 1, 2, 3 … without a gap, in commit order, whoever writes and from wherever."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from ledger.append import Command
from ledger.database import open_database
from ledger.errors import VersionConflict
from ledger.ledger import Ledger, NoSuchEntry
from tests.support.ledgers import SetClock, assert_whole, minutes, note, positions_in, submitted_together


class TestNumbering:
    def test_begins_at_one(self, ledger: Ledger) -> None:
        receipt = ledger.append(note())

        assert receipt.position == 1
        assert_whole(ledger)

    def test_gives_a_command_successive_positions(self, ledger: Ledger) -> None:
        ledger.append(note("minutes/before"))

        receipt = ledger.append(Command(minutes("minutes/1", 3)))

        assert list(receipt.positions) == [2, 3, 4]
        assert [entry.version for entry in ledger.read(after=1)] == [1, 2, 3]
        assert_whole(ledger)

    def test_leaves_no_gap_where_a_command_was_refused(self, ledger: Ledger) -> None:
        ledger.append(note())

        with pytest.raises(VersionConflict):
            ledger.append(note())
        receipt = ledger.append(note(version=2))

        assert receipt.position == 2
        assert_whole(ledger)

    def test_is_each_ledgers_own(self, ledger: Ledger) -> None:
        ledger.append(note())

        with Ledger(ledger.database, f"{ledger.name} and another") as another:
            receipt = another.append(note())

            assert receipt.position == 1
            assert_whole(another)
        assert_whole(ledger)

    def test_goes_on_after_a_restart(self, store_url: str, name: str) -> None:
        for life in range(3):
            database = open_database(store_url)
            with Ledger(database, name) as ledger:
                receipt = ledger.append(Command(minutes("minutes/1", 5, first=life * 5 + 1)))

                assert list(receipt.positions) == list(range(life * 5 + 1, life * 5 + 6))
                assert_whole(ledger)
            database.close()


class TestManyWriters:
    THREADS, EACH = 16, 12

    def test_from_sixteen_threads(self, ledger: Ledger) -> None:
        def write(stream: int) -> list[int]:
            return [ledger.append(note(f"minutes/{stream}", version + 1)).position for version in range(self.EACH)]

        with ThreadPoolExecutor(self.THREADS) as pool:
            given = list(pool.map(write, range(self.THREADS)))

        # A caller who was answered first stands first.
        assert all(positions == sorted(positions) for positions in given)
        assert sorted(position for positions in given for position in positions) == positions_in(ledger)
        assert_whole(ledger)

    def test_from_sixteen_threads_on_one_stream(self, ledger: Ledger) -> None:
        def write(_: int) -> int:
            written = 0
            while written < self.EACH // 2:
                try:
                    ledger.append(note(version=ledger.stream_version("minutes/1") + 1))
                    written += 1
                except VersionConflict:
                    continue
            return written

        with ThreadPoolExecutor(self.THREADS) as pool:
            written = sum(pool.map(write, range(self.THREADS)))

        assert [entry.version for entry in ledger.read_stream("minutes/1")] == list(range(1, written + 1))
        assert_whole(ledger)

    def test_from_several_ledgers_open_on_one_database(self, ledger: Ledger) -> None:
        others = [Ledger(ledger.database, ledger.name) for _ in range(3)]

        def write(number: int) -> None:
            for version in range(1, self.EACH + 1):
                others[number % 3].append(note(f"minutes/{number}", version))

        with ThreadPoolExecutor(6) as pool:
            list(pool.map(write, range(6)))
        for other in others:
            other.close()

        assert positions_in(ledger) == list(range(1, 6 * self.EACH + 1))
        assert_whole(ledger)

    def test_from_several_processes(self, store_url: str, ledger: Ledger) -> None:
        writers = [
            subprocess.Popen(
                [sys.executable, "-m", "tests.support.writer", store_url, ledger.name, f"minutes/{number}", "40", "4"],
                stdout=subprocess.PIPE,
                text=True,
            )
            for number in range(3)
        ]

        given = [int(line) for writer in writers for line in writer.communicate(timeout=60)[0].split()]

        assert [writer.returncode for writer in writers] == [0, 0, 0]
        assert sorted(given) == positions_in(ledger) == list(range(1, 121))
        assert_whole(ledger)


class TestTimeOfRecording:
    def test_is_the_clocks(self, timed_ledger: Ledger, clock: SetClock) -> None:
        receipt = timed_ledger.append(note())

        assert receipt.recorded_at == clock.now
        assert timed_ledger.entry(1).recorded_at == clock.now
        assert_whole(timed_ledger)

    @pytest.mark.parametrize("back", [{"seconds": 1}, {"days": 1}, {"days": 5 * 365}])
    def test_never_falls_though_the_clock_jumps_back(
        self, timed_ledger: Ledger, clock: SetClock, back: dict[str, int]
    ) -> None:
        first = timed_ledger.append(note()).recorded_at

        clock.advance(**{unit: -amount for unit, amount in back.items()})
        second = timed_ledger.append(note(version=2)).recorded_at
        clock.advance(**back)
        clock.advance(minutes=1)
        third = timed_ledger.append(note(version=3)).recorded_at

        assert first == second < third
        assert_whole(timed_ledger)

    def test_never_falls_for_a_process_whose_clock_is_behind(self, timed_ledger: Ledger, clock: SetClock) -> None:
        timed_ledger.append(note())

        behind = SetClock(clock.now)
        behind.advance(hours=-3)
        with Ledger(timed_ledger.database, timed_ledger.name, clock=behind) as other:
            receipt = other.append(note(version=2))

        assert receipt.recorded_at == clock.now
        assert_whole(timed_ledger)

    def test_is_when_it_happened_where_nobody_claims_another_time(self, timed_ledger: Ledger, clock: SetClock) -> None:
        timed_ledger.append(note())

        assert timed_ledger.entry(1).occurred_at == clock.now
        assert_whole(timed_ledger)


class TestHead:
    def test_of_an_empty_log(self, ledger: Ledger) -> None:
        head = ledger.head()

        assert (head.size, head.recorded_at) == (0, None)
        assert head.root.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    def test_moves_with_every_command(self, ledger: Ledger) -> None:
        roots = [ledger.head().root]
        for version in range(1, 10):
            ledger.append(note(version=version))
            roots.append(ledger.head().root)
            assert_whole(ledger)

        assert len(set(roots)) == 10
        assert ledger.head().size == 9

    def test_knows_no_entry_beyond(self, ledger: Ledger) -> None:
        ledger.append(note())

        with pytest.raises(NoSuchEntry, match=r"no entry at position 2; it has 1 entries"):
            ledger.entry(2)
        with pytest.raises(NoSuchEntry):
            ledger.entry(0)


class TestBatches:
    def test_carry_what_waits_together(self, ledger: Ledger) -> None:
        batches = ledger.statistics.batches

        receipts = submitted_together(ledger, [note(f"minutes/{number}") for number in range(100)])

        assert [receipt.position for receipt in receipts] == list(range(2, 102))
        # The doorkeeper's, and one for everybody else.
        assert ledger.statistics.batches == batches + 2
        assert_whole(ledger)

    def test_keep_the_order_in_which_commands_came(self, ledger: Ledger) -> None:
        receipts = submitted_together(ledger, [note(version=version) for version in range(1, 51)])

        assert [receipt.position for receipt in receipts] == list(range(2, 52))
        assert_whole(ledger)
