"""A full disk: callers are told to come back, nothing is half recorded, and room is all it takes to go on."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from ledger.database import Database, open_database
from ledger.errors import LedgerUnavailable
from ledger.ledger import Ledger
from tests.support.full_disk import CANNOT_MOUNT, fill, large
from tests.support.ledgers import assert_whole


class Quota:
    """How many pages of SQLite's file there may be; the disk of a test that cannot mount one."""

    def __init__(self, database: Database) -> None:
        self.pages = 2**30
        database.engine.dispose()

        @event.listens_for(database.engine, "connect")
        def connect(connection: Any, _: object) -> None:
            connection.execute(f"PRAGMA max_page_count = {self.pages}").close()


def test_a_quota_refuses_keeps_and_recovers(sqlite_url: str) -> None:
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


@pytest.mark.skipif(shutil.which("unshare") is None, reason="no mount namespaces here")
def test_a_real_disk_refuses_keeps_and_recovers(tmp_path: Path) -> None:
    done = subprocess.run(
        ["unshare", "--mount", sys.executable, "-m", "tests.support.full_disk", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )

    if done.returncode == CANNOT_MOUNT or "unshare failed" in done.stderr:
        pytest.skip(f"no disk can be mounted here ({done.stderr.strip()})")
    assert done.returncode == 0, done.stderr
