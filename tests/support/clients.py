"""A service and its clients in one process, made to be killed.

``python -m tests.support.clients URL LEDGER SIGNING ACKNOWLEDGED`` opens the ledger (signing into the folder
SIGNING) and lets eight clients write one command after the other, from those after ACKNOWLEDGED (a JSON object,
client to number) on.  Every acknowledgement is one line: client, number, first position.  What was asked and not
acknowledged before a kill is asked again under the same id, as a client does who got no answer.  With the
acknowledgement goes the checkpoint of the receipt, in base64.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from base64 import b64encode
from pathlib import Path

from ledger.append import Command, Receipt
from ledger.database import open_database
from ledger.errors import Unavailable
from ledger.ledger import Ledger
from ledger.signing import Signing
from tests.support.ledgers import minutes

CLIENTS = 8


def events_of(number: int) -> int:
    """How many events a client's command of that number has: one, two or three."""
    return number % 3 + 1


def command_of(client: int, number: int) -> Command:
    """A client's command, the same whenever it is asked."""
    first = 1 + sum(map(events_of, range(1, number)))
    return Command(minutes(f"minutes/{client}", events_of(number), first), f"{client}-{number}", b"as asked")


def acknowledge(client: int, number: int, receipt: Receipt) -> None:
    """One write of a short line: it arrives whole or not at all."""
    assert receipt.checkpoint is not None
    checkpoint = b64encode(receipt.checkpoint.encode()).decode()
    os.write(sys.stdout.fileno(), f"{client} {number} {receipt.positions.start} {checkpoint}\n".encode())


def write_on(ledger: Ledger, client: int, number: int) -> None:
    """Ask for one command after the other, each until it is acknowledged."""
    while True:
        number += 1
        command = command_of(client, number)
        while True:
            try:
                receipt = ledger.append(command)
                break
            except Unavailable:
                time.sleep(0.02)
        acknowledge(client, number, ledger.proven(receipt))


def main(url: str, name: str, signing: str, acknowledged: dict[str, int]) -> None:
    ledger = Ledger(open_database(url), name, signing=Signing(Path(signing), "ledger.example/drill"), patience_s=1)
    for client in range(CLIENTS):
        threading.Thread(target=write_on, args=(ledger, client, acknowledged.get(str(client), 0)), daemon=True).start()
    sys.stdin.read()  # the drill's end of the pipe closes when the drill is over


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], json.loads(sys.argv[4]))
