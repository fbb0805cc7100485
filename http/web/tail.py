"""Following the log on the event loop: one thread waits for the ledger, any number of streams wait for it."""

import asyncio
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from sqlalchemy.exc import SQLAlchemyError

from ledger.ledger import Ledger
from web.metrics import Metrics
from web.problem_codes import ProblemCode
from web.problems import Problem

_LOOK_S = 0.5


class Tail:
    """Wakes event streams when the log has grown, and counts them."""

    def __init__(self, ledger: Ledger, loop: asyncio.AbstractEventLoop, metrics: Metrics) -> None:
        self._ledger, self._loop, self._metrics = ledger, loop, metrics
        self._grown = asyncio.Event()
        self.size = 0
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._open: Counter[str] = Counter()
        self.closing = False

    async def growth(self, position: int, timeout_s: float) -> bool:
        """Wait until the log is longer than ``position`` or the service closes; false when the time is over first."""
        self._start()
        if self.size > position or self.closing:
            return True
        try:
            await asyncio.wait_for(self._grown.wait(), timeout_s)
        except TimeoutError:
            return False
        return True

    @contextmanager
    def slot(self, officer: str, *, each: int, altogether: int) -> Iterator[None]:
        """A place among the open streams.  Raises Problem TOO_MANY_STREAMS."""
        if self._open[officer] >= each or self._open.total() >= altogether:
            raise Problem(ProblemCode.TOO_MANY_STREAMS, headers={"Retry-After": "30"})
        self._open[officer] += 1
        self._metrics.streams.inc()
        try:
            yield
        finally:
            self._open[officer] -= 1
            self._metrics.streams.dec()

    def end_streams(self) -> None:
        """Let every stream end at its next breath; may be called from a signal handler."""
        self.closing = True
        self._loop.call_soon_threadsafe(self._wake, 0)

    def close(self) -> None:
        """Stop the thread."""
        self.closing = True
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._follow, name="tail", daemon=True)
            self._thread.start()

    def _follow(self) -> None:
        position = -1
        while not self._stop.is_set():
            try:
                size = self._ledger.feed.size()
                if size > position:
                    position = size
                    self._loop.call_soon_threadsafe(self._wake, size)
                self._ledger.wait_beyond(position, _LOOK_S)
            except SQLAlchemyError:
                self._stop.wait(_LOOK_S)

    def _wake(self, size: int) -> None:
        """Wake everybody who waits now; whoever comes later waits for the next growth."""
        self.size = max(size, self.size)
        self._grown.set()
        self._grown = asyncio.Event()


@contextmanager
def ending_streams_on_signals(tail: Tail) -> Iterator[None]:
    """End the open streams as soon as the process is told to stop.

    A server waits for every answer to end before it closes, and a stream would never end by itself.
    The server's own handlers stay in force behind ours.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def end(number: int, frame: FrameType | None) -> None:
        tail.end_streams()
        handler = before[signal.Signals(number)]
        if callable(handler):
            handler(number, frame)
        else:
            signal.signal(number, handler)
            signal.raise_signal(number)

    for number in before:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
