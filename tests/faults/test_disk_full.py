"""A full disk: callers are told to come back, nothing is half recorded, and room is all it takes to go on."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from ledger.append import Command
from ledger.database import Database, open_database
from ledger.errors import LedgerUnavailable
from ledger.ledger import Ledger
from tests.support.ledgers import assert_whole, noted

TMPFS_MIB = 3


class Quota:
    """How many pages of SQLite's file there may be; the disk of a test that cannot mount one."""

    def __init__(self, database: Database) -> None:
        self.pages = 2**30
        database.engine.dispose()

        @event.listens_for(database.engine, "connect")
        def connect(connection: Any, _: object) -> None:
            connection.execute(f"PRAGMA max_page_count = {self.pages}").close()


@pytest.fixture
def tmpfs(tmp_path: Path) -> Iterator[Path]:
    """A real disk of three MiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={TMPFS_MIB}m", "tmpfs", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    if mounted.returncode != 0:
        pytest.skip(f"no tmpfs can be mounted here ({mounted.stderr.strip()})")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def large(version: int) -> Command:
    """A command of three events of 20 KiB each."""
    first = 3 * version - 2
    events = [noted("minutes/1", number, text="x" * 20_000) for number in range(first, first + 3)]
    return Command(events, command_id=f"c{version}")


def fill(ledger: Ledger) -> int:
    """Write until there is no room; answers the number of the command that did not fit."""
    for version in range(1, 1000):
        try:
            ledger.append(large(version))
        except LedgerUnavailable:
            return version
    pytest.fail("the disk never filled")


class TestQuota:
    def test_refuses_keeps_and_recovers(self, sqlite_url: str) -> None:
        database = open_database(sqlite_url)
        quota = Quota(database)
        quota.pages = 400
        with Ledger(database, patience_s=0.1) as ledger:
            failed = fill(ledger)

            assert_whole(ledger)
            assert ledger.head().size == 3 * (failed - 1)
            assert ledger.entry(1).data["text"] == "x" * 20_000
            with pytest.raises(LedgerUnavailable) as unavailable:
                ledger.append(large(failed))
            assert unavailable.value.retry_after_s > 0

            quota.pages = 2**30
            receipt = ledger.append(large(failed))

            assert receipt.positions.start == 3 * failed - 2
            assert_whole(ledger)
        database.close()


class TestRealDisk:
    def test_refuses_keeps_and_recovers(self, tmpfs: Path) -> None:
        ballast = tmpfs / "ballast"
        ballast.write_bytes(bytes(1024 * 1024))
        database = open_database(str(tmpfs / "ledger.db"))
        with Ledger(database, patience_s=0.1) as ledger:
            failed = fill(ledger)

            assert_whole(ledger)
            size = ledger.head().size
            assert size == 3 * (failed - 1)

            ballast.unlink()
            receipt = ledger.append(large(failed))

            assert receipt.positions.start == size + 1
            assert_whole(ledger)
        database.close()
