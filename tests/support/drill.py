"""Fault drills: a service under load, killed at a random instant, and what was acknowledged held against the log."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from ledger.audit import audit
from ledger.checkpoint import parse_checkpoint
from ledger.database import open_database
from ledger.ledger import Ledger
from ledger.note import open_note, parse_verifier
from ledger.published import checkpoint_of
from ledger.signing import VERIFIER_FILE
from ledger.tree import RightEdge
from tests.support.clients import events_of

PATIENCE_S = 30


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """A command that a client was told is recorded, from which position on, and under which checkpoint."""

    command_id: str
    position: int
    checkpoint: str


@dataclass
class Acknowledgements:
    """What the clients were told, across all lives of the service."""

    all: list[Acknowledgement] = field(default_factory=list)
    arrived: threading.Condition = field(default_factory=threading.Condition)

    def add(self, acknowledgement: Acknowledgement) -> None:
        with self.arrived:
            self.all.append(acknowledgement)
            self.arrived.notify_all()

    def wait_for_more(self, than: int) -> None:
        """Until there are more than that many; fails when the service stays silent."""
        with self.arrived:
            assert self.arrived.wait_for(lambda: len(self.all) > than, PATIENCE_S), (
                f"no acknowledgement for {PATIENCE_S} s; {len(self.all)} in all"
            )


class Service(Protocol):
    """Something that clients write to and that can be killed."""

    acknowledgements: Acknowledgements
    signing: Path

    def start(self) -> None:
        """Bring it up, with its clients at work."""

    def kill(self) -> None:
        """SIGKILL, and nothing else."""

    def events_of(self, command_id: str) -> int:
        """How many entries a command of its clients makes; 0 for a command of somebody else."""


class LedgerWithClients:
    """The ledger itself with eight clients in its own process (tests.support.clients)."""

    def __init__(self, url: str, name: str, signing: Path) -> None:
        self._url, self._name, self.signing = url, name, signing
        self._told: dict[str, int] = {}
        self._process: subprocess.Popen[str] | None = None
        self._listener: threading.Thread | None = None
        self.acknowledgements = Acknowledgements()

    def start(self) -> None:
        """Bring it up; the clients go on after what they were told last."""
        arguments = (self._url, self._name, str(self.signing), json.dumps(self._told))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.clients", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._listener = threading.Thread(target=self._listen, args=(self._process,))
        self._listener.start()

    def kill(self) -> None:
        """SIGKILL; what it had told its clients by then has been heard afterwards."""
        assert self._process is not None
        assert self._process.stdin is not None
        assert self._listener is not None
        self._process.kill()
        self._process.wait()
        self._listener.join()
        self._process.stdin.close()

    def events_of(self, command_id: str) -> int:
        """One, two or three, by the command's number."""
        return events_of(int(command_id.split("-")[1]))

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        with process.stdout as lines:
            for line in lines:
                if line.endswith("\n"):
                    client, number, position, note = line.split()
                    self._told[client] = max(int(number), self._told.get(client, 0))
                    checkpoint = b64decode(note).decode()
                    self.acknowledgements.add(Acknowledgement(f"{client}-{number}", int(position), checkpoint))


@dataclass
class Drill:
    """Kills and restarts, with the log checked after each; ``recoveries_s`` says how long clients waited."""

    service: Service
    url: str
    name: str
    recoveries_s: list[float] = field(default_factory=list)

    def cycle(self, strike: Callable[[], None], repair: Callable[[], None], after_s: float) -> None:
        """Let the clients write for a while, strike, repair, wait until they are answered again, and check."""
        told = self.service.acknowledgements
        told.wait_for_more(len(told.all))
        time.sleep(after_s)
        strike()
        count = len(told.all)
        began = time.monotonic()
        repair()
        told.wait_for_more(count)
        self.recoveries_s.append(time.monotonic() - began)
        self.check()

    def check(self) -> None:
        """Whatever was acknowledged stands there once, where it was said to; the log is whole."""
        told = list(self.service.acknowledgements.all)
        signed = {checkpoint_of(acknowledgement.checkpoint).size for acknowledgement in told}
        database = open_database(self.url, create=False)
        with Ledger(database, self.name) as ledger:
            # The clients write on meanwhile: the log is checked up to where it stood.
            report = audit(ledger)
            assert [fault.sentence for fault in report.faults] == []
            positions_in_all, edge, roots = 0, RightEdge(), {}
            stands: dict[str, list[int]] = {}
            for entry in ledger.all(until=report.size):
                positions_in_all += 1
                assert entry.position == positions_in_all
                edge.append(entry.leaf_hash)
                if edge.size in signed:
                    roots[edge.size] = edge.root()
                stands.setdefault(str(entry.command_id), []).append(entry.position)
            assert positions_in_all == report.size
            for command_id, positions in stands.items():
                assert positions == list(range(positions[0], positions[0] + len(positions)))
                assert len(positions) == (self.service.events_of(command_id) or len(positions))
            for acknowledgement in told:
                assert stands[acknowledgement.command_id][0] == acknowledgement.position
        database.close()
        self._check_checkpoints({acknowledgement.checkpoint for acknowledgement in told}, roots)

    def _check_checkpoints(self, given: set[str], roots: Mapping[int, bytes]) -> None:
        """The log, killed however often, continues every checkpoint that any client was ever given."""
        keys = [parse_verifier(line) for line in (self.service.signing / VERIFIER_FILE).read_text().splitlines()]
        for text in given:
            note, _ = open_note(text, keys)
            checkpoint = parse_checkpoint(note.text)
            assert checkpoint.root == roots[checkpoint.size], text
