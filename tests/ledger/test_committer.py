"""The committer: a bounded queue, one poisonous command among many, and closing in good order."""

from __future__ import annotations

import sqlite3
import time
from concurrent.futures import CancelledError

import psycopg2
import pytest

from ledger.append import Command
from ledger.errors import LedgerClosed, PersonalValueTaken, QueueFull
from ledger.ledger import Ledger
from ledger.personal import PersonalValue, PersonalValues
from tests.support.ledgers import (
    assert_whole,
    minutes,
    note,
    noted,
    positions_in,
    sequencer_held,
    submitted_together,
)

POISONS = {
    "an expectation about a stream no database can name": note("minutes/poison", expects={"minutes/\ud800": 0}),
    "two personal values in one place": Command(
        [noted("minutes/poison")],
        personal=[PersonalValues.commit("officer/P01", "name", name) for name in ("王芳", "李明")],
    ),
    "a personal value without its salt": Command(
        [noted("minutes/poison")], personal=[PersonalValue("officer/P01", "name", "text", None)]
    ),
}


class TestPoison:
    @pytest.mark.parametrize("poison", POISONS)
    @pytest.mark.parametrize("place", [0, 7, 15])
    def test_fails_alone(self, ledger: Ledger, poison: str, place: int) -> None:
        commands = [note(f"minutes/{number}") for number in range(15)]
        commands.insert(place, POISONS[poison])

        outcomes = submitted_together(ledger, commands)

        assert isinstance(outcomes.pop(place), (ValueError, sqlite3.IntegrityError, psycopg2.IntegrityError))
        assert [outcome.position for outcome in outcomes] == list(range(2, 17))
        assert_whole(ledger)

    def test_leaves_the_committer_at_work(self, ledger: Ledger) -> None:
        for poison in POISONS.values():
            with pytest.raises((ValueError, sqlite3.IntegrityError, psycopg2.IntegrityError)):
                ledger.append(poison)

        assert ledger.append(note()).position == 1
        assert_whole(ledger)


class TestQueue:
    def test_refuses_beyond_its_capacity(self, ledger: Ledger) -> None:
        with Ledger(ledger.database, ledger.name, capacity=4) as narrow, sequencer_held(ledger.database):
            taken = narrow.submit(note("minutes/taken"))
            while narrow.waiting:
                time.sleep(0.001)
            queued = [narrow.submit(note(f"minutes/{number}")) for number in range(4)]

            with pytest.raises(QueueFull, match=r"4 commands are waiting already; .*nothing was recorded") as refusal:
                narrow.submit(note("minutes/late"))

            assert refusal.value.retry_after_s >= 1
            assert not any(future.done() for future in (taken, *queued))
        assert positions_in(ledger) == [1, 2, 3, 4, 5]
        assert_whole(ledger)

    def test_takes_commands_again_when_it_has_emptied(self, ledger: Ledger) -> None:
        with Ledger(ledger.database, ledger.name, capacity=1) as narrow:
            with sequencer_held(ledger.database):
                narrow.submit(note("minutes/1"))
                while narrow.waiting:
                    time.sleep(0.001)
                narrow.submit(note("minutes/2"))
                with pytest.raises(QueueFull):
                    narrow.submit(note("minutes/3"))
            while narrow.waiting:
                time.sleep(0.001)
            narrow.append(note("minutes/4"))

        assert ledger.head().size == 3
        assert_whole(ledger)

    def test_lets_a_caller_leave_while_it_waits(self, ledger: Ledger) -> None:
        with sequencer_held(ledger.database):
            ledger.submit(note("minutes/1"))
            while ledger.waiting:
                time.sleep(0.001)
            left = ledger.submit(note("minutes/2"))
            stayed = ledger.submit(note("minutes/3"))
            assert left.cancel()

        assert stayed.result().position == 2
        with pytest.raises(CancelledError):
            left.result()
        assert ledger.stream_version("minutes/2") == 0
        assert_whole(ledger)

    def test_is_no_deadlock_for_a_callback_that_submits(self, ledger: Ledger) -> None:
        followers = []

        ledger.submit(note()).add_done_callback(lambda _: followers.append(ledger.submit(note(version=2))))
        ledger.append(note("minutes/2"))
        ledger.append(note("minutes/2", 2))

        assert followers[0].result().positions
        assert_whole(ledger)


class TestClosing:
    def test_commits_what_waits(self, ledger: Ledger) -> None:
        closing = Ledger(ledger.database, ledger.name)
        futures = [closing.submit(note(f"minutes/{number}")) for number in range(50)]

        closing.close()

        assert [future.result(0).position for future in futures] == list(range(1, 51))
        assert_whole(ledger)

    def test_takes_no_more(self, ledger: Ledger) -> None:
        closed = Ledger(ledger.database, ledger.name)
        closed.close()

        with pytest.raises(LedgerClosed):
            closed.submit(note())

        assert positions_in(ledger) == []


class TestLargeBatches:
    def test_of_five_hundred_commands(self, ledger: Ledger) -> None:
        receipts = submitted_together(
            ledger, [note(f"minutes/{number}", command_id=f"c{number}") for number in range(700)]
        )

        assert [receipt.position for receipt in receipts] == list(range(2, 702))
        assert_whole(ledger)

    def test_of_one_command_with_five_thousand_events(self, ledger: Ledger) -> None:
        receipt = ledger.append(Command(minutes("minutes/1", 5000)))

        assert receipt.positions == range(1, 5001)
        assert len(set(receipt.leaf_hashes)) == 5000
        assert_whole(ledger)


class TestPersonalValuesOfACommand:
    def test_are_stored_with_it(self, ledger: Ledger) -> None:
        value = PersonalValues.commit("officer/P01", "name", "王芳")

        ledger.append(Command([noted(name_commitment=value.commitment)], personal=[value]))

        assert ledger.personal.get("officer/P01", "name") == value
        assert_whole(ledger)

    def test_are_not_stored_without_it(self, ledger: Ledger) -> None:
        value = PersonalValues.commit("officer/P01", "name", "王芳")

        outcomes = submitted_together(ledger, [Command([noted(version=7)], personal=[value]), note()])

        assert isinstance(outcomes[0], Exception)
        assert ledger.personal.get("officer/P01", "name") is None
        assert_whole(ledger)

    def test_are_one_a_record_and_field(self, ledger: Ledger) -> None:
        standing = PersonalValues.commit("officer/P01", "name", "王芳")
        ledger.append(Command([noted()], personal=[standing]))
        second = PersonalValues.commit("officer/P01", "name", "李明")

        outcomes = submitted_together(ledger, [Command([noted("minutes/2")], personal=[second]), note("minutes/3")])

        assert isinstance(outcomes[0], PersonalValueTaken)
        assert ledger.personal.get("officer/P01", "name") == standing
        assert ledger.stream_version("minutes/2") == 0
        assert_whole(ledger)

    def test_of_two_commands_in_one_batch_are_one_too(self, ledger: Ledger) -> None:
        first, second = (PersonalValues.commit("officer/P01", "name", name) for name in ("王芳", "李明"))

        outcomes = submitted_together(
            ledger,
            [Command([noted("minutes/1")], personal=[first]), Command([noted("minutes/2")], personal=[second])],
        )

        assert isinstance(outcomes[1], PersonalValueTaken)
        assert ledger.personal.get("officer/P01", "name") == first
        assert_whole(ledger)
