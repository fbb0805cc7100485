"""What the tests of the log share: events to record, a way to fill one batch, and the whole-log auditor."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select, text

from ledger.append import Command
from ledger.audit import audit
from ledger.database import Database
from ledger.entry import EventDraft
from ledger.ledger import Ledger
from ledger.schema import entries

NOON = datetime(2025, 1, 23, 12, tzinfo=UTC)


def noted(stream: str = "minutes/1", version: int = 1, **data: Any) -> EventDraft:
    """One event that says nothing of the programme."""
    return EventDraft(stream, version, "minutes.noted/1", data)


def note(stream: str = "minutes/1", version: int = 1, **conditions: Any) -> Command:
    """A command of one event."""
    return Command([noted(stream, version)], **conditions)


def minutes(stream: str, count: int, first: int = 1) -> list[EventDraft]:
    """That many successive events of one stream."""
    return [noted(stream, version) for version in range(first, first + count)]


def positions_in(ledger: Ledger) -> list[int]:
    """Every position that stands in the table, read past all of the ledger's own code."""
    query = select(entries.c.position).where(entries.c.ledger == ledger.number).order_by(entries.c.position)
    with ledger.database.engine.connect() as connection:
        return list(connection.execute(query).scalars())


def assert_whole(ledger: Ledger) -> None:
    """The whole log: numbered from 1 without a gap, and the audit finds nothing."""
    report = audit(ledger)
    assert [fault.sentence for fault in report.faults] == []
    assert report.size == ledger.head().size
    assert report.root == ledger.head().root
    assert positions_in(ledger) == list(range(1, report.size + 1))


@contextmanager
def sequencer_held(database: Database) -> Iterator[None]:
    """Keep every commit waiting, so that what is submitted meanwhile is committed together afterwards.

    The first command submitted may already have been taken alone; it waits for the lock.
    """
    with database.engine.connect().execution_options(ledger_writes=True) as connection:
        transaction = connection.begin()
        if database.is_postgresql:
            connection.execute(text("SELECT size FROM ledger_head FOR UPDATE"))
        try:
            yield
        finally:
            transaction.rollback()


def submitted_together(ledger: Ledger, commands: Sequence[Command]) -> list[Any]:
    """Commit commands in one batch; answers each one's receipt, or the exception it was refused with."""
    with sequencer_held(ledger.database):
        doorkeeper = ledger.submit(note("minutes/doorkeeper", ledger.stream_version("minutes/doorkeeper") + 1))
        while ledger.waiting:
            time.sleep(0.001)
        futures = [ledger.submit(command) for command in commands]
    doorkeeper.result()
    return [future.exception() or future.result() for future in futures]


class SetClock:
    """A clock that stands where the test has set it."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        """Move on, or back, by a timedelta's arguments."""
        self.now += timedelta(**by)
