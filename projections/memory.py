"""What a worker may keep in memory between pages, and what it should not do while folding one."""

import gc
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from projections.temporal import Key, Sheet, Version

CELLS = 150_000
"""Values, over all rows and columns, that a rebuild's page may write, and that it may remember of a table:
some tens of megabytes of Python objects, however wide the table."""

CELLS_OF_A_FOLLOWER = CELLS // 5
"""What may be remembered of a table by a worker that follows the log with many projections at once."""


class Remembered:
    """The open rows of one table that its only writer has in hand, so that they need not be read again.

    ``complete`` means that these are all there are: the table began empty under this writer's eyes.
    """

    def __init__(self, most: int, *, complete: bool) -> None:
        self.complete = complete
        self._most = most
        self._open: dict[Key, Version] = {}

    def recall(self, keys: Iterable[Key]) -> tuple[dict[Key, Version], list[Key]]:
        """The versions kept for these keys, and the keys that must be looked up."""
        kept, missing = {}, []
        for key in keys:
            version = self._open.get(key)
            if version is not None:
                kept[key] = version
            elif not self.complete:
                missing.append(key)
        return kept, missing

    def remember(self, sheet: Sheet) -> None:
        """Keep what a page has written; the rows least recently touched are let go."""
        for _, version in sheet.fresh:
            version.stored, version.before = True, None
        kept = self._open
        for key, version in sheet.open.items():
            kept.pop(key, None)
            kept[key] = version
        excess = len(kept) - self._most
        if excess > 0:
            self.complete = False
            for key in list(kept)[:excess]:
                del kept[key]


_pauses = threading.Lock()
_paused = 0


@contextmanager
def no_cycle_collection() -> Iterator[None]:
    """Keep Python's cycle collector from walking a page's rows again and again while they are made.

    A page makes many thousands of objects, none of them in a cycle, and lets all of them go at its end.
    """
    global _paused  # noqa: PLW0603 - the collector is one for the whole process
    with _pauses:
        was_on = gc.isenabled() or _paused > 0
        if was_on:
            _paused += 1
            gc.disable()
    try:
        yield
    finally:
        if was_on:
            with _pauses:
                _paused -= 1
                if _paused == 0:
                    gc.enable()
