"""A ledger on a disk of three MiB that fills: ``unshare --mount python -m tests.support.full_disk FOLDER``.

Run in a mount namespace of its own, so that the disk goes with the process, however that ends.  Exit code 77
says that nothing can be mounted here.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from ledger.append import Command
from ledger.database import open_database
from ledger.errors import LedgerUnavailable
from ledger.ledger import Ledger
from tests.support.ledgers import assert_whole, noted

SIZE_MIB = 3
CANNOT_MOUNT = 77


def large(number: int) -> Command:
    """A command of three events of 20 KiB each."""
    first = 3 * number - 2
    events = [noted("minutes/1", version, text="x" * 20_000) for version in range(first, first + 3)]
    return Command(events, command_id=f"c{number}")


def fill(ledger: Ledger) -> int:
    """Write until there is no room; answers the number of the command that did not fit."""
    for number in range(1, 1000):
        try:
            ledger.append(large(number))
        except LedgerUnavailable:
            return number
    raise AssertionError("the disk never filled")


def main(folder: Path) -> int:
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE_MIB}m", "tmpfs", str(folder)]
    if subprocess.run(command, check=False).returncode != 0:
        return CANNOT_MOUNT
    ballast = folder / "ballast"
    ballast.write_bytes(bytes(1024 * 1024))
    with Ledger(open_database(str(folder / "ledger.db")), patience_s=0.1) as ledger:
        failed = fill(ledger)
        size = ledger.head().size
        assert size == 3 * (failed - 1)
        assert_whole(ledger)

        ballast.unlink()
        receipt = ledger.append(large(failed))

        assert receipt.positions.start == size + 1
        assert_whole(ledger)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
