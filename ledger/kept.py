"""Checkpoints that somebody kept: what an inspector holds against the log, years later."""

from collections.abc import Iterable

from ledger.audit_span import Faults
from ledger.checkpoint import Checkpoint, parse_checkpoint
from ledger.note import NoteRefused, parse_note
from ledger.rotation import KeyHistory


def read_kept(
    kept: Iterable[tuple[str, str]], size: int, keys: KeyHistory | None, faults: Faults
) -> list[tuple[str, Checkpoint]]:
    """The kept checkpoints that can be held against a log of ``size`` entries, each with its name.

    One that the ``keys`` in force at its size have not signed is a fault, and so is one of more entries than the log has: a rollback.
    """
    held: list[tuple[str, Checkpoint]] = []
    for name, text in kept:
        try:
            note = keys.open(text)[0] if keys else parse_note(text)
            checkpoint = parse_checkpoint(note.text)
        except NoteRefused as error:
            faults.add(0, f"the kept checkpoint {name} cannot be held against the log: {error}")
            continue
        if checkpoint.size > size:
            faults.add(
                size + 1,
                f"ROLLBACK: the kept checkpoint {name} covers {checkpoint.size} entries, the log has {size}: the last "
                f"{checkpoint.size - size} have been taken away",
            )
        else:
            held.append((name, checkpoint))
    return held


def hold(name: str, checkpoint: Checkpoint, root: bytes, faults: Faults) -> None:
    """Hold a kept checkpoint against the root that the log's own entries have at its size."""
    if checkpoint.root != root:
        faults.add(
            0,
            f"the kept checkpoint {name} of {checkpoint.size} entries has root {checkpoint.root.hex()}, these entries "
            f"hash to {root.hex()}: the log's past has been rewritten since it was kept",
        )
