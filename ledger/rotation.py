"""A log changes its keys: the old ones vouch for the new ones, in a statement that the log itself holds.

The statement names the log, the how-manieth change it is, the tree that the old keys had signed by then,
and the keys before and after.  All of them sign it: the old ones vouch, the new ones show that they are
held.  It stands in an entry, so it is under checkpoints; every checkpoint that covers this entry is signed
by the new keys, and the first of them by the old keys too.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ledger.checkpoint import parse_checkpoint
from ledger.entry import Entry
from ledger.errors import Conflict, IntegrityFault
from ledger.note import ED25519, KeyRefused, Note, NoteRefused, Signer, Verifier, open_note, parse_note, parse_verifier
from ledger.tree import HASH_SIZE

ROTATED = "log.key_rotated/1"
"""The event's type: ``origin``, ``old_verifier_keys``, ``new_verifier_keys``, ``statement``, ``ground``."""

STREAM = "log/keys"
"""Where a log's changes of keys stand, the first at version 1; nothing else stands there."""

_MAGIC = "disclosure-ledger/key-rotation/v1"
_STATEMENT = re.compile(
    rf"{_MAGIC}\norigin (?P<origin>\S+)\nrotation (?P<number>[1-9][0-9]{{0,8}})\n"
    r"tree (?P<size>0|[1-9][0-9]{0,18}) (?P<root>[A-Za-z0-9+/]{43}=)\n"
    r"(?P<old>(?:old \S+\n)+)(?P<new>(?:new \S+\n)+)"
)


class RotationRefused(Conflict):
    """The change of keys was judged and not recorded; the keys are what they were."""


class RotationBroken(IntegrityFault):
    """An entry says that the keys were changed, and the keys before it do not vouch for that."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What old and new keys sign: from the tree of ``size`` entries on, ``new`` takes the place of ``old``."""

    origin: str
    number: int
    size: int
    root: bytes
    old: tuple[Verifier, ...]
    new: tuple[Verifier, ...]

    def to_text(self) -> str:
        """The text, which can never be read as a checkpoint: its second line is no size."""
        keys = [*(f"old {key.to_text()}" for key in self.old), *(f"new {key.to_text()}" for key in self.new)]
        tree = f"tree {self.size} {b64encode(self.root).decode()}"
        return "\n".join([_MAGIC, f"origin {self.origin}", f"rotation {self.number}", tree, *keys]) + "\n"

    def signed_by(self, signers: Iterable[Signer]) -> str:
        """The statement as a signed note."""
        text = self.to_text()
        return Note(text, tuple(signer.vouch(text) for signer in signers)).to_text()


@dataclass(frozen=True, slots=True)
class Rotation:
    """One change of keys as the log holds it; ``position`` is its entry's, ``note`` the signed statement."""

    position: int
    statement: Statement
    note: str

    def check(self) -> None:
        """Every old and every new key must have signed the statement.  Raises RotationBroken."""
        note = parse_note(self.note)
        for verifier, part in (
            *((key, "does not vouch for the new keys") for key in self.statement.old),
            *((key, "has not signed, so nobody has shown to hold it") for key in self.statement.new),
        ):
            lines = [signature for signature in note.signatures if verifier.knows(signature)]
            if not lines:
                raise _broken(self.position, f"the key {_short(verifier)} {part}")
            for signature in lines:
                try:
                    verifier.check_vouching(note.text, signature)
                except NoteRefused as error:
                    raise _broken(self.position, f"the key {_short(verifier)} {part}: {error}") from None


def data_of(statement: Statement, note: str, ground: str) -> dict[str, Any]:
    """What the event of a change of keys holds."""
    return {
        "origin": statement.origin,
        "old_verifier_keys": [key.to_text() for key in statement.old],
        "new_verifier_keys": [key.to_text() for key in statement.new],
        "statement": note,
        "ground": ground,
    }


def read_rotation(position: int, data: Any) -> Rotation:
    """The change of keys that an entry's data hold; nobody's signature is believed yet.  Raises RotationBroken."""
    members: Mapping[str, Any] = data if isinstance(data, dict) else {}
    try:
        text = members["statement"]
        statement = parse_statement(parse_note(text).text)
    except (KeyError, TypeError, AttributeError, ValueError, NoteRefused) as error:
        raise _broken(position, f"its statement cannot be read ({error})") from None
    told = data_of(statement, text, "")
    for name in ("origin", "old_verifier_keys", "new_verifier_keys"):
        if members.get(name) != told[name]:
            raise _broken(position, f"its {name} are not those of the statement that was signed")
    return Rotation(position, statement, text)


def rotation_in(entry: Entry) -> Rotation | None:
    """The change of keys that an entry of a log is; None for every other entry.  Raises RotationBroken."""
    if entry.stream != STREAM:
        return None
    return read_rotation(entry.position, entry.data if entry.type == ROTATED else None)


def parse_statement(text: str) -> Statement:
    """Read a statement's text.  Raises KeyRefused for what is none."""
    found = _STATEMENT.fullmatch(text)
    if found is None:
        raise KeyRefused(f"the text is no statement of a change of keys, {_MAGIC} is expected")
    root = b64decode(found["root"])
    if len(root) != HASH_SIZE:
        raise KeyRefused("the statement's root is no hash")
    old, new = (tuple(parse_verifier(line[4:]) for line in found[part].splitlines()) for part in ("old", "new"))
    for keys in (old, new):
        if keys[0].kind != ED25519 or any(key.name != found["origin"] for key in keys):
            raise KeyRefused(f"the statement's keys are not of {found['origin']}, each beginning with an Ed25519 key")
    return Statement(found["origin"], int(found["number"]), int(found["size"]), root, old, new)


@dataclass(frozen=True, slots=True)
class KeyHistory:
    """The keys a log signs with: ``first``, and from each of ``rotations`` on those that it names."""

    first: tuple[Verifier, ...]
    rotations: tuple[Rotation, ...] = ()

    def after(self, rotation: Rotation) -> "KeyHistory":
        """The history with one change more.  Raises RotationBroken when the last keys do not vouch for it."""
        statement, last = rotation.statement, self.rotations[-1] if self.rotations else None
        expected = (self.origin, len(self.rotations) + 1)
        if (statement.origin, statement.number) != expected:
            raise _broken(
                rotation.position, f"it says to be change {statement.number} of {statement.origin}, expected {expected}"
            )
        if statement.old != self.now:
            raise _broken(
                rotation.position,
                f"it takes the place of {_names(statement.old)}, the log signed with {_names(self.now)} until then",
            )
        if not (last.position if last else 0) <= statement.size < rotation.position:
            raise _broken(rotation.position, f"it follows a tree of {statement.size} entries, which is not before it")
        rotation.check()
        return KeyHistory(self.first, (*self.rotations, rotation))

    @property
    def origin(self) -> str:
        """The log's name."""
        return self.first[0].name

    @property
    def now(self) -> tuple[Verifier, ...]:
        """The keys in force."""
        return self.rotations[-1].statement.new if self.rotations else self.first

    @property
    def every(self) -> tuple[Verifier, ...]:
        """All keys there have been, the first ones first."""
        return (*self.first, *(key for rotation in self.rotations for key in rotation.statement.new))

    def at(self, size: int) -> tuple[Verifier, ...]:
        """The keys that must have signed a checkpoint of that size."""
        passed = [rotation for rotation in self.rotations if rotation.position <= size]
        return passed[-1].statement.new if passed else self.first

    def open(self, text: str, others: Sequence[Verifier] = ()) -> tuple[Note, list[tuple[Verifier, int | None]]]:
        """Read a checkpoint that the keys in force at its size have signed, as ``open_note`` does.

        ``others`` are keys beside the log's own (witnesses).  Raises NoteRefused, also for the word of a
        key that was retired by then or not yet in force.
        """
        note, signed = open_note(text, [*dict.fromkeys((*self.every, *others))])
        if not self.rotations:
            return note, signed
        size = parse_checkpoint(note.text).size
        by = {verifier for verifier, _ in signed}
        missing = [key for key in self.at(size) if key not in by]
        if missing:
            raise NoteRefused(self._sentence(size, [key for key in self.every if key in by], missing))
        return note, signed

    def _sentence(self, size: int, by: Sequence[Verifier], missing: Sequence[Verifier]) -> str:
        return (
            f"the checkpoint of {size} entries is signed by {_names(by) or 'nobody of the log'}; at that size only "
            f"{_names(missing)} speaks for {self.origin}, by the change of keys at position "
            f"{', '.join(str(rotation.position) for rotation in self.rotations)}.  Whoever still holds a retired key can "
            "sign with it: keep this checkpoint as evidence"
        )


def history_of(rotations: Sequence[Rotation], first: Sequence[Verifier] = ()) -> KeyHistory:
    """The history that changes of keys make, in their order.

    It begins with ``first``; where the log has changed its keys, the first change says with which it began.
    Raises RotationBroken, naming the change that the keys before it do not vouch for.
    """
    history = KeyHistory(rotations[0].statement.old if rotations else tuple(first))
    for rotation in rotations:
        history = history.after(rotation)
    return history


def vouched(rotations: Sequence[Rotation], trusted: Sequence[Verifier]) -> KeyHistory:
    """The history as somebody sees it who was given some of its keys: any of them leads to all others.

    From a key forwards every change is vouched for by the keys before it; backwards the keys before it are
    named by entries under the checkpoints that it signs.  Raises RotationBroken, and NoteRefused when none
    of the keys that are ``trusted`` is one of the log's.
    """
    history = history_of(rotations, trusted)
    if rotations and not {key for key in trusted if key.kind == ED25519} & set(history.every):
        raise NoteRefused(
            f"none of the keys given ({_names(trusted)}) is one that {history.origin} has signed with "
            f"({_names(history.every)}): this is another log, or one made up under its name"
        )
    return history


def _broken(position: int, what: str) -> RotationBroken:
    return RotationBroken(
        position,
        f"the change of the log's keys at position {position} is not vouched for: {what}.  The keys before it stay the "
        "only ones to believe.  Write nothing more, keep the database and the signing directory, and compare with "
        "the checkpoints that inspectors and witnesses hold",
    )


def _names(keys: Iterable[Verifier]) -> str:
    return ", ".join(_short(key) for key in keys)


def _short(key: Verifier) -> str:
    return f"{key.name}+{key.key_id.hex()}"
