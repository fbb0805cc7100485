"""A process that changes a log's keys without end: ``python -m tests.support.rotator URL LEDGER SIGNING``; it is killed."""

from __future__ import annotations

import sys
from pathlib import Path

from ledger.append import Command
from ledger.database import open_database
from ledger.entry import EventDraft
from ledger.errors import Conflict
from ledger.ledger import Ledger
from ledger.rotation import ROTATED, STREAM
from ledger.signing import Signing
from tests.support.ledgers import note


def main(url: str, name: str, directory: str) -> None:
    with Ledger(open_database(url), name, signing=Signing(Path(directory), "ledger.example/district")) as ledger:
        while ledger.fault is None:
            try:
                change = EventDraft(STREAM, ledger.stream_version(STREAM) + 1, ROTATED, ledger.prepare_rotation("…"))
                position = ledger.append(Command([change])).position
                ledger.append(note("minutes/rotator", ledger.stream_version("minutes/rotator") + 1))
            except Conflict:
                continue  # the other one was faster
            sys.stdout.write(f"{position}\n")
            sys.stdout.flush()
        sys.exit(ledger.fault)


if __name__ == "__main__":
    main(*sys.argv[1:])
