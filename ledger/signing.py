"""Signing the log: a key of its own, and a memory outside the database of what was signed last.

The signing directory holds the keys (``ledger.keyring``) and ``checkpoint``, the last signed one.  Keep it
apart from the database and out of its backups: it is what makes a restored or rewritten database notice
itself.  Which of the keys are in force the log itself says (``ledger.rotation``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ledger.anchor import Anchor, Fork, fork_sentence
from ledger.checkpoint import Checkpoint, parse_checkpoint
from ledger.clock import Clock
from ledger.database import normalise_url
from ledger.errors import IntegrityFault
from ledger.keyring import KEY_FILE, VERIFIER_FILE, KeyFileRefused, KeyRing, SigningKeys, open_keys
from ledger.note import NoteRefused, Verifier, open_note, parse_note
from ledger.proof import Subtrees, tree_root
from ledger.rotation import (
    KeyHistory,
    Rotation,
    RotationBroken,
    RotationRefused,
    Statement,
    data_of,
    history_of,
    read_rotation,
)
from ledger.tree import RightEdge

__all__ = [
    "CHECKPOINT_FILE",
    "KEY_FILE",
    "VERIFIER_FILE",
    "KeyFileRefused",
    "KeyMissing",
    "LogSigner",
    "Signing",
    "SigningKeys",
    "open_keys",
    "signing_for",
]

CHECKPOINT_FILE = "checkpoint"


@dataclass(frozen=True, slots=True)
class Signing:
    """Where a log's keys and its last checkpoint are kept, and the name it signs under.

    ``origin`` should be the address at which the log is served, without scheme and trailing slash
    (C2SP tlog-checkpoint); it can never change.  ``post_quantum`` gives keys that are made an ML-DSA-44
    key as a second; keys in force take it up when they are changed.
    """

    directory: Path
    origin: str
    post_quantum: bool = False


def signing_for(
    address: str, name: str, directory: Path | None = None, origin: str | None = None, *, post_quantum: bool = False
) -> Signing | None:
    """How the ledger of a database is signed: as told, and by default beside a SQLite file.

    A ledger in PostgreSQL is signed only where a directory is named: it must not lie with the
    database.  Without an origin the name is one that no address on earth has.
    """
    if directory is None:
        url = normalise_url(address)
        if url.get_backend_name() != "sqlite" or not url.database:
            return None
        directory = Path(f"{url.database}.signing")
    return Signing(directory, origin or f"disclosure-ledger.invalid/{quote(name, safe='')}", post_quantum)


class KeyMissing(IntegrityFault):
    """The log says that other keys are in force than the signing directory holds; nothing may be signed."""


class LogSigner:
    """Signs the checkpoints of one log, and never two that disagree.

    ``subtrees`` reads the tree as the database has it; it is asked only when another process has
    signed in between.
    """

    def __init__(
        self,
        ring: KeyRing,
        keys: SigningKeys,
        subtrees: Subtrees,
        clock: Clock,
        *,
        post_quantum: bool = False,
        made_keys: bool = False,
    ) -> None:
        self._ring, self._keys, self._subtrees, self._clock = ring, keys, subtrees, clock
        self._history = KeyHistory(keys.verifiers)
        self._anchor = Anchor(ring.directory / CHECKPOINT_FILE, self._is_signed_by_us)
        self._known = ring.verifiers()
        self._is_settled = True
        self.post_quantum, self.made_keys = post_quantum, made_keys
        self._last: Checkpoint | None = None

    @classmethod
    def open(cls, signing: Signing, subtrees: Subtrees, clock: Clock) -> "LogSigner":
        """The signer of a signing directory; its keys are made at the first start.

        Raises KeyFileRefused, also where keys are missing that were there: new ones would be nobody's.
        """
        ring = KeyRing(signing.directory, signing.origin)
        keys, made = open_keys(signing.directory, signing.origin, post_quantum=signing.post_quantum)
        return cls(ring, keys, subtrees, clock, post_quantum=signing.post_quantum, made_keys=made)

    @property
    def origin(self) -> str:
        """The log's name."""
        return self._keys.origin

    @property
    def directory(self) -> Path:
        """The signing directory."""
        return self._ring.directory

    @property
    def verifiers(self) -> Sequence[Verifier]:
        """The public keys in force."""
        return self._keys.verifiers

    @property
    def history(self) -> KeyHistory:
        """The keys in force and those before them."""
        return self._history

    # ── the keys in force ─────────────────────────────────────────────────────────────────────────

    def follow(self, rotations: Sequence[Rotation]) -> None:
        """Sign from now on as the log's own changes of keys say.

        Raises RotationBroken for one that its predecessors do not vouch for, KeyMissing where the keys in
        force are not in the directory.
        """
        if rotations:
            self._take_up(history_of(rotations))

    def rotated(self, rotation: Rotation) -> None:
        """A change of keys that this process wrote is durable: from here on the new ones sign."""
        self._take_up(self._history.after(rotation))

    def _take_up(self, history: KeyHistory) -> None:
        self._keys, self._history, self._is_settled = self._found(history), history, False

    def _found(self, history: KeyHistory) -> SigningKeys:
        keys = self._ring.find(history.now)
        if keys is None:
            position = history.rotations[-1].position if history.rotations else 0
            raise KeyMissing(
                position,
                f"by the change of keys at position {position} the log signs with {history.now[0].to_text()}, whose "
                f"private key is not in {self.directory}.  Nothing was signed.  Put the signing directory back as it was "
                "last: an older copy of it cannot sign for this log any more",
            )
        return keys

    def settle(self) -> None:
        """Put the keys in force in their place among the files, the retired ones beside them."""
        if not self._is_settled:
            self._ring.install(self._keys)
            self._known = self._ring.verifiers()
            self._is_settled = True

    def prepare_rotation(self, history: KeyHistory, size: int, root: bytes, ground: str) -> dict[str, Any]:
        """Make new keys, and the data of the event that puts them in the place of those in force.

        ``size`` and ``root`` are the log's as it stands.  The new private keys are on the disk before this
        answers; nothing is signed with them before the event is durable.  Raises KeyMissing.
        """
        old = self._found(history)
        new = self._ring.prepare(post_quantum=self.post_quantum)
        statement = Statement(self.origin, len(history.rotations) + 1, size, root, old.verifiers, new.verifiers)
        return data_of(statement, statement.signed_by([*old.signers, *new.signers]), ground)

    def discard_rotation(self, data: dict[str, Any]) -> None:
        """Remove the keys that were made for a change which was certainly not recorded."""
        self._ring.discard(read_rotation(0, data).statement.new)

    def admit(self, position: int, data: Any) -> Rotation:
        """Judge a change of keys that is about to be written, under the lock.  Raises RotationRefused."""
        try:
            rotation = read_rotation(position, data)
            history = self._history.after(rotation)
            root = tree_root(self._subtrees, rotation.statement.size)
        except (RotationBroken, IndexError) as error:
            raise RotationRefused(f"{error}  Nothing was recorded.") from None
        if root != rotation.statement.root:
            raise RotationRefused("the change of keys follows another tree than this log's; nothing was recorded")
        if self._ring.find(history.now) is None:
            raise RotationRefused(
                f"the new private keys are not in {self.directory}, so nobody could sign with them; nothing was recorded"
            )
        return rotation

    def _is_signed_by_us(self, text: str) -> bool:
        """Whether a text is a whole note that one of the directory's keys signed."""
        try:
            open_note(text, self._known)
        except NoteRefused:
            # Another process may have changed the keys since we looked.
            self._known = self._ring.verifiers()
            try:
                open_note(text, self._known)
            except NoteRefused:
                return False
        return True

    # ── one past only ─────────────────────────────────────────────────────────────────────────────

    def begin(self, note: str | None, size: int, root: bytes) -> None:
        """Hold the tree at hand against the checkpoint that was kept last, once, before anything is signed.

        Raises Fork when the tree does not continue it, or the keys in force at its size have not signed it.
        """
        if note is None:
            return
        last = parse_checkpoint(parse_note(note).text)
        present = Checkpoint(self.origin, size, root)
        if last.origin != self.origin or not self._extends(last, present):
            raise Fork(0, fork_sentence(last, present))
        self.refuse_foreign(note)
        self._last = last

    def refuse_foreign(self, note: str) -> None:
        """Refuse a checkpoint that the keys in force at its size have not signed.  Raises Fork."""
        try:
            self._history.open(note)
        except NoteRefused as error:
            raise Fork(
                0,
                f"a checkpoint that this log is said to have signed was not: {error}.  Nothing was signed.  Either the "
                "signing directory is not the one this log was last signed with, or somebody has put keys or "
                "checkpoints in their place: compare with the verifier keys that inspectors hold",
            ) from None

    def refuse_fork(self, edge: RightEdge) -> None:
        """Under the lock, before anything is written: the tree must not be one we signed past.

        Raises Fork when it is smaller than, or differs from, what this process signed last.
        """
        last = self._last
        if last is None or edge.size > last.size:
            return
        present = Checkpoint(self.origin, edge.size, edge.root())
        if present != last:
            raise Fork(0, fork_sentence(last, present))

    def sign(self, size: int, root: bytes, rotation: Rotation | None = None) -> str:
        """Sign a tree that the open transaction is about to make; not yet shown to anybody.

        With a ``rotation`` among its entries both sign: the new keys, and for the last time the old ones.
        """
        time_s = int(self._clock().timestamp())
        checkpoint = Checkpoint(self.origin, size, root)
        if rotation is None:
            return self._keys.sign(checkpoint, time_s)
        new = self._ring.find(rotation.statement.new)
        assert new is not None, "admitted with its private keys at hand"
        return SigningKeys(self.origin, (*self._keys.signers, *new.signers)).sign(checkpoint, time_s)

    def keep(self, note: str) -> None:
        """Remember a checkpoint outside the database, now that its entries are durable.

        From here on the checkpoint may be shown.  Raises Fork.
        """
        self.settle()
        self._anchor.advance(note, self._extends)
        self._last = parse_checkpoint(note.rpartition("\n\n")[0] + "\n")

    def kept(self) -> str | None:
        """The checkpoint that was kept last, or None."""
        return self._anchor.last()

    def close(self) -> None:
        """Flush what was kept last."""
        self._anchor.close()

    def _extends(self, last: Checkpoint, new: Checkpoint) -> bool:
        """Whether ``new`` begins with all of ``last``, both being of the past that the database holds."""
        if last.size > new.size:
            return False
        if last == self._last:
            # We appended to that very tree under the lock.
            return True
        try:
            return all(tree_root(self._subtrees, checkpoint.size) == checkpoint.root for checkpoint in (last, new))
        except IndexError:
            return False
