"""Group commit: one thread takes every command that is waiting and commits them together.

A batch is what piled up during the last flush.  So the lock that makes positions gap-free is held
once a batch instead of once a command, and a durable commit is shared by all who wait for it.
"""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import psycopg2
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from ledger.append import PreparedCommand, Receipt
from ledger.clock import Clock
from ledger.command_queue import CommandQueue, Waiting
from ledger.commit import CommitResult, Outcome, commit_batch
from ledger.errors import IntegrityFault, LedgerReadOnly, LedgerUnavailable
from ledger.log_writer import LogWriter
from ledger.signing import LogSigner

_RETRIED_CLASSES = {"08", "40", "53", "55", "57", "58", "25"}
"""SQLSTATE classes after which the whole batch is tried again: connection, serialization and deadlock,
resources, lock not available, operator intervention, system error, read-only transaction."""


@dataclass(slots=True)
class CommitterStatistics:
    """Counters for metrics; only ever written by the committer's thread."""

    batches: int = 0
    commands: int = 0
    events: int = 0
    retries: int = 0
    failures: int = 0
    largest_batch: int = 0


class GroupCommitter:
    """The writer of one ledger in one process.

    ``patience_s`` bounds how long a batch is retried while the database is away; then its callers
    get LedgerUnavailable, and repeating their command ids is safe.
    """

    def __init__(
        self,
        engine: Engine,
        ledger: int,
        clock: Clock,
        *,
        capacity: int = 8192,
        patience_s: float = 5.0,
        committed: Callable[[int], None] = lambda _: None,
        signer: LogSigner | None = None,
    ) -> None:
        self._signer = signer
        self._not_kept: str | None = None
        self._fault: IntegrityFault | None = None
        self._engine, self._ledger, self._clock = engine, ledger, clock
        self._patience_s, self._committed = patience_s, committed
        self._queue = CommandQueue(capacity)
        self._writer: LogWriter | None = None
        self._database_away = False
        self.statistics = CommitterStatistics()
        self._thread = threading.Thread(target=self._run, name=f"ledger-committer-{ledger}", daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """Commands in the queue now."""
        return len(self._queue)

    def submit(self, prepared: PreparedCommand) -> "Future[Receipt]":
        """Queue a command; the future is done only when the outcome is durable.

        Raises QueueFull beyond the capacity, LedgerClosed after ``close``, and LedgerReadOnly once the
        log has been found to be another than was signed.
        """
        if self._fault is not None:
            raise LedgerReadOnly(str(self._fault))
        waiting = Waiting(prepared)
        self._queue.put(waiting)
        return waiting.future

    @property
    def fault(self) -> IntegrityFault | None:
        """Why nothing is recorded any more, or None."""
        return self._fault

    def refuse(self, fault: IntegrityFault) -> None:
        """Record nothing from now on, for this reason."""
        self._fault = fault

    def close(self) -> None:
        """Commit what waits, then stop."""
        self._queue.close()
        self._thread.join()
        self._drop_writer()

    def _run(self) -> None:
        while batch := self._queue.take():
            try:
                self._process(batch)
            except BaseException as error:  # noqa: BLE001 - the writer must outlive every error; callers are told
                _fail(batch, error)

    def _process(self, batch: Sequence[Waiting]) -> None:
        began = time.monotonic()
        try:
            result = self._commit_persistently(batch)
        except LedgerUnavailable as error:
            self.statistics.failures += 1
            _fail(batch, error)
        except IntegrityFault as fault:
            self._fault = fault
            _fail(batch, LedgerReadOnly(str(fault)))
        except Exception as error:  # noqa: BLE001 - one poisonous command must fail alone
            if len(batch) == 1:
                self.statistics.failures += 1
                _fail(batch, error)
                return
            middle = len(batch) // 2
            self._process(batch[:middle])
            self._process(batch[middle:])
        else:
            took_s = time.monotonic() - began
            self._queue.answered(lambda: self._acknowledge(batch, result), len(batch), took_s)

    def _commit_persistently(self, batch: Sequence[Waiting]) -> CommitResult:
        """Commit, trying again while the database is away; every retry re-reads what was recorded."""
        patience = 0.2 if self._database_away else self._patience_s
        deadline = time.monotonic() + patience
        pause = 0.01
        while True:
            try:
                result = self._commit_once(batch)
                self._keep(result.note)
            except Exception as error:
                passing = _is_passing(error)
                self._begin_anew(lost=passing)
                for waiting in batch:
                    waiting.attempted = True
                if not passing:
                    raise
                if time.monotonic() + pause > deadline:
                    self._database_away = True
                    raise LedgerUnavailable(
                        "the database did not answer in time; whether this command was recorded is not known: "
                        "repeat it with the same command id, it is recorded once",
                        retry_after_s=2,
                    ) from error
                self.statistics.retries += 1
                time.sleep(pause)
                pause = min(pause * 2, 0.5)
            else:
                self._database_away = False
                return result

    def _commit_once(self, batch: Sequence[Waiting]) -> CommitResult:
        if self._writer is None:
            self._writer = LogWriter.open(self._engine, self._ledger)
        return commit_batch(self._writer, batch, self._clock, self._signer)

    def _keep(self, note: str | None) -> None:
        """Keep the checkpoint outside the database; until that is done nobody is told of the commit."""
        if self._signer is None or (note is None and self._not_kept is None):
            return
        self._not_kept = note or self._not_kept
        assert self._not_kept is not None
        self._signer.keep(self._not_kept)
        self._not_kept = None

    def _begin_anew(self, *, lost: bool) -> None:
        """Leave no transaction open after an error, nor a connection that may be lost."""
        if self._writer is not None and not lost:
            try:
                self._writer.roll_back()
            except Exception:  # noqa: BLE001 - then it is lost as well
                lost = True
        if lost:
            self._drop_writer()

    def _drop_writer(self) -> None:
        writer, self._writer = self._writer, None
        if writer is not None:
            # Whatever a lost connection has to say, it is given up.
            with suppress(Exception):
                writer.close()

    def _acknowledge(self, batch: Sequence[Waiting], result: CommitResult) -> None:
        statistics = self.statistics
        statistics.batches += 1
        statistics.commands += len(batch)
        statistics.events += sum(len(waiting.prepared.events) for waiting in batch)
        statistics.largest_batch = max(statistics.largest_batch, len(batch))
        self._committed(result.size)
        for waiting, outcome in zip(batch, result.outcomes, strict=True):
            _answer(waiting.future, outcome)


def _answer(future: "Future[Receipt]", outcome: Outcome) -> None:
    if isinstance(outcome, Receipt):
        future.set_result(outcome)
    else:
        future.set_exception(outcome)


def _fail(batch: Sequence[Waiting], error: BaseException) -> None:
    for waiting in batch:
        if not waiting.future.done():
            waiting.future.set_exception(error)


def _is_passing(error: Exception) -> bool:
    """Whether an error is the database's state rather than the batch's fault."""
    # An OSError is the signing directory's: the commit is durable, its checkpoint not yet kept.
    if isinstance(error, (PoolTimeout, OSError)):
        return True
    if isinstance(error, DBAPIError):
        if error.connection_invalidated:
            return True
        error_from_driver: Any = error.orig
    else:
        error_from_driver = error
    if isinstance(error_from_driver, psycopg2.Error):
        sqlstate = error_from_driver.pgcode
        if sqlstate is None:
            return isinstance(error_from_driver, (psycopg2.OperationalError, psycopg2.InterfaceError))
        return sqlstate[:2] in _RETRIED_CLASSES
    # SQLite: busy, full, read-only and I/O errors are all OperationalError; bad values are not.
    return type(error_from_driver).__name__ == "OperationalError"
