"""What a writer remembers of the streams is always what they are, whoever else writes to them."""

from __future__ import annotations

import random
import time

import pytest

from ledger.append import Command, Receipt
from ledger.database import Database, open_database
from ledger.errors import VersionConflict
from ledger.ledger import Ledger
from ledger.log_writer import LogWriter
from tests.support.ledgers import assert_whole, minutes, note, noted
from tests.support.postgres import PostgresDatabases

STREAMS = [f"minutes/{number}" for number in range(6)]


@pytest.fixture(params=[(5000, 50_000), (2, 50_000), (5000, 3), (0, 0)])
def memory(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer of a usual memory, and writers who soon forget."""
    news, known = request.param
    monkeypatch.setattr("ledger.log_writer._MOST_NEWS", news)
    monkeypatch.setattr("ledger.log_writer._MOST_KNOWN", known)


@pytest.mark.usefixtures("memory")
@pytest.mark.parametrize("seed", range(3))
def test_writers_in_turns_are_judged_as_one_would_be(ledger: Ledger, seed: int) -> None:
    random_ = random.Random(seed)
    versions = dict.fromkeys(STREAMS, 1)
    ledger.append(Command([noted(stream) for stream in STREAMS]))
    with Ledger(ledger.database, ledger.name) as other, Ledger(ledger.database, ledger.name) as third:
        for _ in range(60):
            writer = random_.choice([ledger, ledger, ledger, other, third])
            chosen = random_.sample(STREAMS, random_.randint(1, 3))
            off_by = random_.choice([0, 0, 0, -1, 1])
            command = Command(
                [noted(stream, versions[stream] + 1 + off_by) for stream in chosen],
                expects={stream: versions[stream] for stream in random_.sample(STREAMS, 2)},
            )

            outcome = writer.submit(command).exception()

            if off_by == 0:
                assert outcome is None
                for stream in chosen:
                    versions[stream] += 1
            else:
                assert isinstance(outcome, VersionConflict)
                assert outcome.actual == versions[outcome.stream]

    assert {stream: ledger.stream_version(stream) for stream in STREAMS} == versions
    assert_whole(ledger)


def test_a_rolled_back_batch_is_not_remembered(ledger: Ledger) -> None:
    ledger.append(note())
    writer = LogWriter.open(ledger.database.engine, ledger.number)
    for _ in range(2):
        standing = writer.begin(["minutes/1", "minutes/2"], ["c1"])
        standing.versions["minutes/1"] = 99
        writer.roll_back()

    assert writer.begin(["minutes/1", "minutes/2"], []).versions == {"minutes/1": 1}
    writer.roll_back()
    writer.close()


@pytest.mark.parametrize("events", [1, 199, 200, 201, 1000])
def test_few_and_many_entries_are_written_alike(ledger: Ledger, events: int) -> None:
    # From 200 on PostgreSQL takes them by COPY.
    awkward = noted("minutes/'%s'\\", 1, text="'; COMMIT; -- % %% \\ 文 😀")

    ledger.append(Command([awkward, *minutes("minutes/1", events - 1)], command_id="c'%s"))

    assert ledger.entry(1).data == awkward.data
    assert ledger.read_stream(awkward.stream)[0].command_id == "c'%s"
    assert ledger.head().size == events
    assert_whole(ledger)


class TestConnection:
    def test_waits_for_the_disk_though_the_server_would_not(self, postgres_databases: PostgresDatabases) -> None:
        url = postgres_databases.create(settings={"synchronous_commit": "off"})
        database = open_database(url)
        with Ledger(database) as ledger:
            ledger.append(note())
            writer = LogWriter.open(database.engine, ledger.number)

            assert writer.fetch("SHOW synchronous_commit", ()) == [("on",)]
            writer.close()
        database.close()
        postgres_databases.drop(url)

    @pytest.mark.parametrize("setting", ["on", "remote_apply", "local"])
    def test_leaves_a_stricter_server_as_it_is(self, postgres_databases: PostgresDatabases, setting: str) -> None:
        url = postgres_databases.create(settings={"synchronous_commit": setting})
        database = open_database(url)
        with Ledger(database) as ledger:
            writer = LogWriter.open(database.engine, ledger.number)

            assert writer.fetch("SHOW synchronous_commit", ()) == [(setting,)]
            writer.close()
        database.close()
        postgres_databases.drop(url)

    @pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)
    def test_of_a_stopped_process_does_not_keep_the_sequencer(
        self, database: Database, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("ledger.log_writer._LONGEST_SILENCE", "300ms")
        stopped = LogWriter.open(database.engine, ledger.number)
        stopped.begin([], [])
        began = time.monotonic()

        receipt = ledger.append(note())

        assert isinstance(receipt, Receipt)
        assert time.monotonic() - began < 5
        stopped.close()
        assert_whole(ledger)
