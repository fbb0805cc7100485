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
from ledger.durable_file import write_durably
from ledger.errors import IntegrityFault
from ledger.note import NoteRefused, parse_note

_FLUSH_EVERY_S = 1.0


def _is_a_checkpoint(text: str) -> bool:
    try:
        parse_checkpoint(parse_note(text).text)
    except NoteRefused:
        return False
    return True


class Fork(IntegrityFault):
    """The tree at hand does not continue the one that was signed last; nothing may be signed."""


class Anchor:
    """The file that holds a log's last signed checkpoint; shared by all processes that sign for it.

    It is overwritten in place, because replacing a file makes some file systems flush it each time.
    At most once a second, and at ``close``, a copy is put beside it durably: a write that a power
    loss tore is passed over for that copy.  The machine may so forget the last second of signatures,
    never their order: the tree then only has to extend a slightly older checkpoint.  ``holds`` says
    whether a text is a whole note that this log signed.
    """

    def __init__(self, file: Path, holds: Callable[[str], bool] = _is_a_checkpoint) -> None:
        self._file, self._copy, self._holds = file, file.with_suffix(".copy"), holds
        file.parent.mkdir(parents=True, exist_ok=True)
        self._guard = threading.Lock()
        self._flushed_at = 0.0
        self._written: tuple[str, Checkpoint] | None = None

    @property
    def file(self) -> Path:
        """Where the checkpoint is kept."""
        return self._file

    def last(self) -> str | None:
        """The last signed note, or None before the first."""
        with self._held():
            return self._read()

    def advance(self, note: str, extends: Callable[[Checkpoint, Checkpoint], bool]) -> None:
        """Put a newer checkpoint in the place of the last one.

        ``extends(last, new)`` says whether the new tree begins with all of the last.  A smaller tree
        that the last one extends is passed over: another process has signed further already.
        Raises Fork, and the file stays as it is, when neither continues the other.
        """
        new = parse_checkpoint(parse_note(note).text)
        with self._held():
            last_note = self._read()
            if last_note is not None:
                last = self._checkpoint_of(last_note)
                older, newer = (last, new) if last.size <= new.size else (new, last)
                if last.origin != new.origin or not extends(older, newer):
                    raise Fork(0, fork_sentence(last, new))
                if last.size >= new.size:
                    return
            self._write(note)
            self._written = note, new

    def _checkpoint_of(self, note: str) -> Checkpoint:
        if self._written is not None and note == self._written[0]:
            return self._written[1]
        return parse_checkpoint(parse_note(note).text)

    def close(self) -> None:
        """Put what was written last on the disk."""
        with self._held():
            self._flush(self._read())

    @contextmanager
    def _held(self) -> Iterator[None]:
        with self._guard, self._file.with_suffix(".lock").open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield

    def _read(self) -> str | None:
        """The file, or the durable copy where the file is torn.  Raises Fork when both are there and neither holds."""
        found = False
        for path in (self._file, self._copy):
            try:
                text = path.read_text(errors="replace")
            except FileNotFoundError:
                continue
            found = True
            # What stands there as this process put it, need not be checked once more.
            if (self._written is not None and text == self._written[0]) or self._holds(text):
                return text
        if found:
            raise Fork(0, f"{self._file} holds no checkpoint that this log has signed; nothing was signed: {_RESCUE}")
        return None

    def _write(self, note: str) -> None:
        body = note.encode()
        descriptor = os.open(self._file, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.pwrite(descriptor, body, 0)
            os.ftruncate(descriptor, len(body))
        finally:
            os.close(descriptor)
        if time.monotonic() - self._flushed_at > _FLUSH_EVERY_S:
            self._flush(note)

    def _flush(self, note: str | None) -> None:
        if note is not None:
            write_durably(self._copy, note)
        self._flushed_at = time.monotonic()


_RESCUE = "ask a witness or an inspector for the newest checkpoint of this log, and put it there"


def fork_sentence(last: Checkpoint, present: Checkpoint) -> str:
    """What the person on duty reads when a tree does not continue the one signed last."""
    return (
        f"the log now has {present.size} entries with root {present.root.hex()} and does not continue the checkpoint of "
        f"{last.size} entries with root {last.root.hex()} that was signed last.  Nothing was signed.  Either the "
        "database was restored from a backup or its past was rewritten: keep both, and compare them with the "
        "checkpoints that inspectors and witnesses hold"
    )
