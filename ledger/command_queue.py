"""The commands that wait for their commit, and when the next batch is full enough to be taken."""

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field

from ledger.append import Receipt
from ledger.commit import Pending
from ledger.errors import LedgerClosed, QueueFull

LARGEST_BATCH_COMMANDS = 512
LARGEST_BATCH_BYTES = 4 * 1024 * 1024

_WORTH_OF_A_COMMIT = 0.2
"""The part of a commit's time for which those just answered are waited for."""

_WORTH_A_COMMIT = 64 * 1024
"""Bytes that wait for nobody."""

_LONGEST_WAIT_S = 0.005
_TOO_FEW_RETURN = 0.25
_ASK_AGAIN_AFTER = 64


@dataclass(slots=True)
class Waiting(Pending):
    """A pending command with the future its caller holds."""

    future: "Future[Receipt]" = field(default_factory=Future)


class CommandQueue:
    """A bounded queue that many callers fill and one committer empties, a batch at a time.

    A caller who has been answered often comes back at once with the next command.  Taken without a
    pause, batches would then hold one half of the callers and the other half in turns; so a batch
    waits a small part of a commit's time for those just answered, as long as they do come back.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._queue: deque[Waiting] = deque()
        self._bytes = 0
        self._wake = threading.Condition()
        self._wanted = 1
        self._closing = False
        self._returning = _Returning()

    def __len__(self) -> int:
        """Commands that wait now."""
        return len(self._queue)

    def put(self, waiting: Waiting) -> None:
        """Add a command.  Raises QueueFull beyond the capacity and LedgerClosed after ``close``."""
        with self._wake:
            if self._closing:
                raise LedgerClosed
            if len(self._queue) >= self._capacity:
                raise QueueFull(len(self._queue))
            self._queue.append(waiting)
            self._bytes += waiting.prepared.size
            if self._is_full_enough():
                self._wake.notify()

    def answered(self, answer: Callable[[], None], commands: int, commit_s: float) -> None:
        """Answer the commands of a batch, and remember how many callers may now come back."""
        self._returning.begin(len(self._queue), commands, commit_s)
        answer()

    def take(self) -> list[Waiting]:
        """The next batch, as soon as there is one; empty when the queue is closed and done."""
        with self._wake:
            while True:
                self._await(1, None)
                if (left_s := self._returning.until - time.monotonic()) > 0:
                    self._await(self._returning.expected, left_s)
                self._returning.end(len(self._queue), in_time=left_s > 0)
                if batch := self._taken():
                    return batch
                if self._closing and not self._queue:
                    return []

    def close(self) -> None:
        """Take no more; what waits is still to be taken."""
        with self._wake:
            self._closing = True
            self._wake.notify()

    def _await(self, wanted: int, timeout_s: float | None) -> None:
        self._wanted = min(wanted, LARGEST_BATCH_COMMANDS, self._capacity)
        self._wake.wait_for(lambda: self._is_full_enough() or self._closing, timeout_s)
        self._wanted = 1

    def _is_full_enough(self) -> bool:
        return len(self._queue) >= self._wanted or self._bytes >= _WORTH_A_COMMIT

    def _taken(self) -> list[Waiting]:
        batch: list[Waiting] = []
        size = 0
        while self._queue and len(batch) < LARGEST_BATCH_COMMANDS and size < LARGEST_BATCH_BYTES:
            waiting = self._queue.popleft()
            self._bytes -= waiting.prepared.size
            if waiting.future.set_running_or_notify_cancel():
                batch.append(waiting)
                size += waiting.prepared.size
        return batch


class _Returning:
    """How many of those just answered come back soon, as far as the last batches tell."""

    def __init__(self) -> None:
        self.expected, self.until = 1, 0.0
        self._queued = self._answered = 0
        self._share = 1.0
        self._passed_over = 0

    def begin(self, queued: int, answered: int, commit_s: float) -> None:
        """A batch is being answered while so many wait already."""
        self._queued, self._answered, self.expected = queued, answered, queued + answered
        # One lonely caller has nobody to share a commit with.
        if self.expected == 1 or not self._is_worth_while():
            self._answered, self.until = 0, 0.0
        else:
            self.until = time.monotonic() + min(commit_s * _WORTH_OF_A_COMMIT, _LONGEST_WAIT_S)

    def end(self, queued: int, *, in_time: bool) -> None:
        """The next batch is taken; so many wait, and the first of them came in time or too late."""
        if self._answered:
            returned = max(queued - self._queued, 0) / self._answered if in_time else 0.0
            self._share += (returned - self._share) / 8
            self._answered, self.until = 0, 0.0

    def _is_worth_while(self) -> bool:
        if self._share >= _TOO_FEW_RETURN or self._passed_over >= _ASK_AGAIN_AFTER:
            self._passed_over = 0
            return True
        self._passed_over += 1
        return False
