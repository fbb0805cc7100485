"""Checkpoints (C2SP tlog-checkpoint): the log's name, size and root, signed."""

import re
from base64 import b64decode, b64encode
from dataclasses import dataclass

from ledger.note import NoteRefused
from ledger.tree import HASH_SIZE

_LINES = ("origin", "size", "root")
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log says of itself at one moment: ``size`` entries hash to ``root``."""

    origin: str
    size: int
    root: bytes

    def to_text(self) -> str:
        """The note's text: origin, size in decimal, root in base64, each on its line."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


def parse_checkpoint(text: str) -> Checkpoint:
    """Read a checkpoint from a note's text.  Raises NoteRefused.

    Extension lines are read over: no witness audits them, so nothing here says anything in them.
    """
    lines = text.removesuffix("\n").split("\n")
    if len(lines) < len(_LINES) or not lines[0] or not _SIZE.fullmatch(lines[1]) or "" in lines:
        raise NoteRefused("the note is no checkpoint: origin, size and root are expected, each on its own line")
    try:
        root = b64decode(lines[2], validate=True)
    except ValueError:
        root = b""
    if len(root) != HASH_SIZE:
        raise NoteRefused(f"the checkpoint's root is not the base64 of {HASH_SIZE} bytes")
    return Checkpoint(lines[0], int(lines[1]), root)
