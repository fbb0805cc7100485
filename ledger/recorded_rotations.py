"""The changes of keys that a log holds, as its database has them and as it is published."""

from collections.abc import Callable, Sequence
from typing import Any

import orjson
from sqlalchemy import Connection, select

from ledger.audit_span import Faults
from ledger.entry import decode_entry
from ledger.errors import IntegrityFault, LedgerError
from ledger.note import KeyRefused, NoteRefused, Verifier, parse_note
from ledger.rotation import STREAM, KeyHistory, Rotation, RotationBroken, parse_statement, rotation_in, vouched
from ledger.schema import entries
from ledger.tree import leaf_hash

KEYS = "keys"
"""The file of a published log that holds its keys and the statements by which they vouch for one another."""


def recorded_rotations(connection: Connection, ledger: int) -> list[Rotation]:
    """Every change of keys in a ledger.  Raises IntegrityFault for an entry that cannot be read as one."""
    query = (
        select(entries.c.position, entries.c.entry)
        .where(entries.c.ledger == ledger, entries.c.stream == STREAM)
        .order_by(entries.c.version)
    )
    return [rotation_at(position, bytes(raw)) for position, raw in connection.execute(query)]


def rotation_at(position: int, raw: bytes) -> Rotation:
    """The change of keys in an entry that the index says to be one.  Raises IntegrityFault."""
    found = rotation_in(decode_entry(position, raw, leaf_hash(raw)))
    if found is None:
        raise IntegrityFault(
            position, f"the index says that position {position} changes the log's keys, its entry does not"
        )
    return found


def audited_history(
    rotations: Sequence[Rotation], trusted: Sequence[Verifier], root_at: Callable[[int], bytes], faults: Faults
) -> KeyHistory | None:
    """The keys by which a log's checkpoints are to be checked; None where nobody's word is taken.

    A change that is not vouched for, or that follows another tree than the log's (``root_at`` a size), is
    a fault, and the keys before it stay the ones to check by.
    """
    held: list[Rotation] = []
    history = KeyHistory(rotations[0].statement.old if rotations else tuple(trusted))
    for rotation in rotations:
        try:
            history = history.after(rotation)
            _hold_tree(rotation, root_at)
        except IntegrityFault as fault:
            faults.add(fault.position, str(fault))
            break
        held.append(rotation)
    if not trusted:
        return None
    try:
        return vouched(held, trusted) if held else KeyHistory(tuple(trusted))
    except NoteRefused as error:
        faults.add(0, str(error))
        return KeyHistory(tuple(trusted))


def _hold_tree(rotation: Rotation, root_at: Callable[[int], bytes]) -> None:
    statement = rotation.statement
    try:
        root = root_at(statement.size)
    except (LedgerError, LookupError, ValueError) as error:
        raise RotationBroken(
            rotation.position, f"the change of keys at position {rotation.position} cannot be checked: {error}"
        ) from None
    if root != statement.root:
        raise RotationBroken(
            rotation.position,
            f"the change of keys at position {rotation.position} was signed over a tree of {statement.size} entries with "
            f"root {statement.root.hex()}, these entries hash to {root.hex()}: this is not the log whose keys vouched",
        )


def published_keys(history: KeyHistory) -> dict[str, Any]:
    """The keys as everybody may read them: which were in force from where to where, and who vouched for them."""
    ends = [*(rotation.position - 1 for rotation in history.rotations), None]
    epochs = [(1, history.first, None), *((each.position, each.statement.new, each.note) for each in history.rotations)]
    return {
        "origin": history.origin,
        "verifier_keys": [key.to_text() for key in history.now],
        "history": [
            {
                "from_position": first,
                "until_position": last,
                "verifier_keys": [key.to_text() for key in keys],
                "statement": note,
            }
            for (first, keys, note), last in zip(epochs, ends, strict=True)
        ],
    }


def parse_published_keys(text: bytes) -> list[Rotation]:
    """The changes of keys in such a file; nothing in it is believed yet.  Raises KeyRefused."""
    try:
        epochs = [epoch for epoch in orjson.loads(text)["history"] if epoch["statement"] is not None]
        return [
            Rotation(
                int(epoch["from_position"]), parse_statement(parse_note(epoch["statement"]).text), epoch["statement"]
            )
            for epoch in epochs
        ]
    except (ValueError, LookupError, TypeError, AttributeError, NoteRefused) as error:
        raise KeyRefused(f"the log's keys cannot be read ({type(error).__name__}: {error})") from None
