"""The last signed checkpoint, kept outside the database: what makes a restored backup notice itself.

A database restored from a backup looks whole.  Signing on from there would give two pasts to one log.
So every signed checkpoint is also written to a file of the log's own, by compare-and-swap under a
lock; a tree that does not extend the one in the file is never signed.
"""

import fcntl
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ledger.checkpoint import Checkpoint, parse_checkpoint
from ledger.errors import IntegrityFault
from ledger.note import parse_note

_FLUSH_EVERY_S = 1.0


class Fork(IntegrityFault):
    """The tree at hand does not continue the one that was signed last; nothing may be signed."""


class Anchor:
    """The file that holds a log's last signed checkpoint; shared by all processes that sign for it.

    Each write replaces the file; it is flushed to the disk at most once a second and at ``close``.
    A machine that loses its power may so forget the last second of signatures, never an order of
    them: the tree then only has to extend a slightly older checkpoint.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        file.parent.mkdir(parents=True, exist_ok=True)
        self._guard = threading.Lock()
        self._flushed_at = 0.0

    @property
    def file(self) -> Path:
        """Where the checkpoint is kept."""
        return self._file

    def last(self) -> str | None:
        """The last signed note, or None before the first."""
        try:
            return self._file.read_text()
        except FileNotFoundError:
            return None

    def advance(self, note: str, extends: Callable[[Checkpoint, Checkpoint], bool]) -> None:
        """Put a newer checkpoint in the place of the last one.

        ``extends(last, new)`` says whether the new tree begins with all of the last.  A smaller tree
        that the last one extends is passed over: another process has signed further already.
        Raises Fork, and the file stays as it is, when neither continues the other.
        """
        new = parse_checkpoint(parse_note(note).text)
        with self._held():
            last_note = self.last()
            if last_note is not None:
                last = parse_checkpoint(parse_note(last_note).text)
                older, newer = (last, new) if last.size <= new.size else (new, last)
                if last.origin != new.origin or not extends(older, newer):
                    raise Fork(0, fork_sentence(last, new))
                if last.size >= new.size:
                    return
            self._replace(note)

    def close(self) -> None:
        """Flush what was written last to the disk."""
        with self._guard:
            self._flush()

    @contextmanager
    def _held(self) -> Iterator[None]:
        with self._guard, self._file.with_suffix(".lock").open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield

    def _replace(self, note: str) -> None:
        fresh = self._file.with_suffix(".new")
        fresh.write_text(note)
        fresh.replace(self._file)
        if time.monotonic() - self._flushed_at > _FLUSH_EVERY_S:
            self._flush()

    def _flush(self) -> None:
        for path in (self._file, self._file.parent):
            if path.exists():
                descriptor = os.open(path, os.O_RDONLY)
                try:
                    os.fsync(descriptor)
                finally:
                    os.close(descriptor)
        self._flushed_at = time.monotonic()


def fork_sentence(last: Checkpoint, present: Checkpoint) -> str:
    """What the person on duty reads when a tree does not continue the one signed last."""
    return (
        f"the log now has {present.size} entries with root {present.root.hex()} and does not continue the checkpoint of "
        f"{last.size} entries with root {last.root.hex()} that was signed last.  Nothing was signed.  Either the "
        "database was restored from a backup or its past was rewritten: keep both, and compare them with the "
        "checkpoints that inspectors and witnesses hold"
    )
