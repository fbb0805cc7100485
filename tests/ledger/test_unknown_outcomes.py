"""A connection lost in the commit: nobody knows whether it was recorded, until the ledger has looked."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from ledger.append import Command
from ledger.database import Database, open_database
from ledger.errors import LedgerUnavailable, VersionConflict
from ledger.ledger import Ledger
from ledger.personal import PersonalValues
from tests.support.faulty import Faults, make_faulty
from tests.support.ledgers import assert_whole, minutes, note, noted, positions_in, submitted_together


@pytest.fixture
def faulty_database(store_url: str) -> Iterator[Database]:
    database = open_database(store_url)
    yield database
    database.close()


@pytest.fixture
def faults(faulty_database: Database) -> Faults:
    return make_faulty(faulty_database)


@pytest.fixture
def faulty(faulty_database: Database, faults: Faults, name: str) -> Iterator[Ledger]:
    """A ledger whose connection fails as told, with its committer already at work."""
    with Ledger(faulty_database, name) as ledger:
        ledger.append(note("minutes/before"))
        faults.forget()
        yield ledger
        assert_whole(ledger)


@pytest.fixture
def impatient(faulty_database: Database, faults: Faults, name: str) -> Iterator[Ledger]:
    """The same, giving up at the first failure."""
    with Ledger(faulty_database, name, patience_s=0) as ledger:
        ledger.append(note("minutes/before"))
        faults.forget()
        yield ledger
        assert_whole(ledger)


@pytest.mark.parametrize("command_id", ["c1", None])
class TestLostInTheCommit:
    def test_before_it_arrived(self, faulty: Ledger, faults: Faults, command_id: str | None) -> None:
        faults.fail_at(1, commits_only=True)

        receipt = faulty.append(Command(minutes("minutes/1", 3), command_id=command_id))

        assert list(receipt.positions) == [2, 3, 4]
        assert faulty.statistics.retries == 1
        assert_whole(faulty)

    def test_after_it_was_done(self, faulty: Ledger, faults: Faults, command_id: str | None) -> None:
        faults.fail_after(1, commits_only=True)

        receipt = faulty.append(Command(minutes("minutes/1", 3), command_id=command_id))

        assert list(receipt.positions) == [2, 3, 4]
        assert receipt.leaf_hashes == tuple(entry.leaf_hash for entry in faulty.read_stream("minutes/1"))
        assert faulty.stream_version("minutes/1") == 3
        assert_whole(faulty)

    def test_with_many_in_the_batch(self, faulty: Ledger, faults: Faults, command_id: str | None) -> None:
        commands = [
            note(f"minutes/{number}", command_id=None if command_id is None else f"c{number}") for number in range(30)
        ]
        # The first commit is the doorkeeper's.
        faults.fail_after(2, commits_only=True)

        receipts = submitted_together(faulty, commands)

        assert [receipt.position for receipt in receipts] == list(range(3, 33))
        assert_whole(faulty)

    def test_while_others_write_on(self, faulty: Ledger, faults: Faults, command_id: str | None) -> None:
        faults.fail_after(3, commits_only=True)
        with ThreadPoolExecutor(8) as pool:

            def write(thread: int) -> list[int]:
                given = []
                for version in range(1, 11):
                    own = None if command_id is None else f"c{thread}-{version}"
                    given.append(faulty.append(note(f"minutes/{thread}", version, command_id=own)).position)
                return given

            given = sorted(position for positions in pool.map(write, range(8)) for position in positions)

        assert given == list(range(2, 82))
        assert_whole(faulty)


class TestOutcomesTold:
    def test_a_refusal_stays_a_refusal(self, faulty: Ledger, faults: Faults) -> None:
        faulty.append(note())
        faults.fail_after(1, commits_only=True)

        outcomes = submitted_together(faulty, [note(), note("minutes/2")])

        assert isinstance(outcomes[0], VersionConflict)
        assert outcomes[1].positions
        assert_whole(faulty)

    def test_personal_values_are_stored_once(self, faulty: Ledger, faults: Faults) -> None:
        value = PersonalValues.commit("officer/P01", "name", "王芳")
        faults.fail_after(1, commits_only=True)

        receipt = faulty.append(Command([noted()], personal=[value]))

        assert receipt.position == 2
        assert faulty.personal.get(value.record, value.field) == value
        assert_whole(faulty)

    def test_unavailable_says_that_the_outcome_is_unknown(self, impatient: Ledger, faults: Faults) -> None:
        faults.fail_after(1, commits_only=True)

        with pytest.raises(LedgerUnavailable, match="is not known: repeat it with the same command id") as unavailable:
            impatient.append(note(command_id="c1"))
        again = impatient.append(note(command_id="c1"))

        assert unavailable.value.retry_after_s > 0
        assert again.replayed
        assert impatient.stream_version("minutes/1") == 1
        assert_whole(impatient)


# SQLite has no backends.
@pytest.mark.parametrize("store_url", ["postgresql", "serializable"], indirect=True)
class TestBackendEnded:
    @pytest.mark.parametrize("command_id", [True, False])
    def test_again_and_again_while_writers_write(self, faulty: Ledger, command_id: bool) -> None:
        over = threading.Event()

        def end_backends() -> None:
            administrator = open_database(faulty.database.url.render_as_string(hide_password=False))
            ending = text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = :application"
            )
            while not over.wait(0.05):
                with administrator.engine.begin() as connection:
                    connection.execute(text("SET application_name = 'administrator'"))
                    connection.execute(ending, {"application": "disclosure-ledger"})
            administrator.close()

        def write(thread: int) -> list[int]:
            given: list[int] = []
            while faulty.statistics.retries < 5:
                version = len(given) + 1
                own = f"c{thread}-{version}" if command_id else None
                given.append(faulty.append(note(f"minutes/{thread}", version, command_id=own)).position)
            return given

        ending = threading.Thread(target=end_backends)
        ending.start()
        with ThreadPoolExecutor(6) as pool:
            given = sorted(position for positions in pool.map(write, range(6)) for position in positions)
        over.set()
        ending.join()

        assert given == positions_in(faulty)[1:]
        assert_whole(faulty)


class TestDatabaseAway:
    def test_is_told_in_time_and_comes_back_by_itself(self, faulty_database: Database, name: str) -> None:
        faults = make_faulty(faulty_database)
        with Ledger(faulty_database, name, patience_s=0.3) as ledger:
            ledger.append(note())
            faults.stay_away()
            began = time.monotonic()

            with pytest.raises(LedgerUnavailable):
                ledger.append(note(version=2, command_id="c2"))
            told_after_s = time.monotonic() - began
            faults.forget()
            receipt = ledger.append(note(version=2, command_id="c2"))

            assert told_after_s < 2
            assert receipt.position == 2
            assert_whole(ledger)


class TestEveryCall:
    """The N-th call to the database fails, for every N that one append makes."""

    @staticmethod
    def whole_command(attempt: int) -> Command:
        value = PersonalValues.commit(f"officer/{attempt}", "name", "王芳")
        return Command(
            [noted(f"minutes/{attempt}", 1), noted(f"minutes/{attempt}", 2), noted(f"annex/{attempt}", 1)],
            command_id=f"c{attempt}",
            fingerprint=b"asked",
            expects={"minutes/before": 1},
            personal=[value],
        )

    def calls_of_one_append(self, ledger: Ledger, faults: Faults) -> int:
        faults.forget()
        ledger.append(self.whole_command(0))
        return faults.calls

    @pytest.mark.parametrize("answer_lost", [False, True])
    def test_leaves_all_or_nothing_and_repeating_converges(
        self, impatient: Ledger, faults: Faults, answer_lost: bool
    ) -> None:
        calls = self.calls_of_one_append(impatient, faults)
        assert calls >= 3
        for call in range(1, calls + 1):
            size = impatient.head().size
            command = self.whole_command(call)
            (faults.fail_after if answer_lost else faults.fail_at)(call)

            with pytest.raises(LedgerUnavailable):
                impatient.append(command)
            faults.forget()

            stands = impatient.find_command(f"c{call}")
            assert impatient.head().size == size + (0 if stands is None else 3)
            assert (impatient.personal.get(f"officer/{call}", "name") is None) == (stands is None)
            assert_whole(impatient)
            receipt = impatient.append(command)
            assert receipt.replayed == (stands is not None)
            assert list(receipt.positions) == [size + 1, size + 2, size + 3]
            assert_whole(impatient)

    @pytest.mark.parametrize("answer_lost", [False, True])
    def test_is_no_concern_of_the_caller_while_there_is_patience(
        self, faulty: Ledger, faults: Faults, answer_lost: bool
    ) -> None:
        for call in range(1, self.calls_of_one_append(faulty, faults) + 1):
            size = faulty.head().size
            (faults.fail_after if answer_lost else faults.fail_at)(call)

            receipt = faulty.append(self.whole_command(call))

            assert list(receipt.positions) == [size + 1, size + 2, size + 3]
            assert faulty.head().size == size + 3
            assert_whole(faulty)
