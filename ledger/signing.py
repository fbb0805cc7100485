"""Signing the log: a key of its own, and a memory outside the database of what was signed last.

The signing directory holds ``log.key`` (the private keys, one a line), ``log.vkey`` (what inspectors
pin) and ``checkpoint`` (the last signed one).  Keep it apart from the database and out of its backups:
it is what makes a restored or rewritten database notice itself.
"""

import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from ledger.anchor import Anchor, Fork, fork_sentence
from ledger.checkpoint import Checkpoint, parse_checkpoint
from ledger.clock import Clock
from ledger.database import normalise_url
from ledger.note import (
    ED25519,
    MLDSA44,
    KeySigner,
    Note,
    NoteRefused,
    Signer,
    Verifier,
    open_note,
    parse_signer,
    signer_of,
)
from ledger.proof import Subtrees, tree_root
from ledger.tree import RightEdge

KEY_FILE = "log.key"
VERIFIER_FILE = "log.vkey"
CHECKPOINT_FILE = "checkpoint"


@dataclass(frozen=True, slots=True)
class Signing:
    """Where a log's keys and its last checkpoint are kept, and the name it signs under.

    ``origin`` should be the address at which the log is served, without scheme and trailing slash
    (C2SP tlog-checkpoint); it can never change.  ``post_quantum`` adds an ML-DSA-44 signature.
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


class KeyFileRefused(ValueError):
    """The signing directory does not hold what it must; nothing was signed."""


@dataclass(frozen=True, slots=True)
class SigningKeys:
    """The keys a log signs with, all under its origin as their name; the first is its Ed25519 key."""

    origin: str
    signers: tuple[Signer, ...]

    @property
    def verifiers(self) -> tuple[Verifier, ...]:
        """The public halves, which inspectors pin."""
        return tuple(signer.verifier for signer in self.signers)

    def signed(self, text: str) -> bool:
        """Whether a text is a whole note that these keys signed."""
        try:
            open_note(text, self.verifiers)
        except NoteRefused:
            return False
        return True

    def sign(self, checkpoint: Checkpoint, time_s: int) -> str:
        """The signed note of a checkpoint."""
        text = checkpoint.to_text()
        return Note(text, tuple(signer.sign(text, time_s) for signer in self.signers)).to_text()


def open_keys(directory: Path, origin: str, *, post_quantum: bool = False) -> tuple[SigningKeys, bool]:
    """The keys in a signing directory, made at the first start; the second answer says whether they were.

    ``post_quantum`` adds an ML-DSA-44 key as a second signature.  Raises KeyFileRefused when the file
    is readable by others, belongs to another origin, or cannot be read.
    """
    file = directory / KEY_FILE
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not file.exists():
        kinds = [ED25519, MLDSA44] if post_quantum else [ED25519]
        keys = SigningKeys(origin, tuple(signer_of(origin, kind, secrets.token_bytes(32)) for kind in kinds))
        _write_keys(directory, keys)
        return keys, True
    if file.stat().st_mode & 0o077:
        raise KeyFileRefused(f"{file} can be read by others than its owner; nothing was signed: chmod 600 it")
    try:
        signers = tuple(parse_signer(line) for line in file.read_text().splitlines() if line.strip())
    except ValueError as error:
        raise KeyFileRefused(f"{file} cannot be read as keys ({error}); nothing was signed") from None
    if not signers or any(signer.verifier.name != origin for signer in signers):
        names = ", ".join(sorted({signer.verifier.name for signer in signers})) or "nobody"
        raise KeyFileRefused(f"{file} holds keys of {names}, the log's origin is {origin}; nothing was signed")
    return SigningKeys(origin, signers), False


def replace_keys(directory: Path, keys: SigningKeys) -> None:
    """Put new keys in the place of the old, which are kept beside them under their key id."""
    file = directory / KEY_FILE
    if file.exists():
        file.rename(directory / f"{KEY_FILE}.{open_keys(directory, keys.origin)[0].verifiers[0].key_id.hex()}")
    _write_keys(directory, keys)


def _write_keys(directory: Path, keys: SigningKeys) -> None:
    text = "".join(f"{signer.to_text()}\n" for signer in keys.signers if isinstance(signer, KeySigner))
    descriptor = os.open(directory / KEY_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    (directory / VERIFIER_FILE).write_text("".join(f"{verifier.to_text()}\n" for verifier in keys.verifiers))


class LogSigner:
    """Signs the checkpoints of one log, and never two that disagree.

    ``subtrees`` reads the tree as the database has it; it is asked only when another process has
    signed in between.
    """

    def __init__(
        self, keys: SigningKeys, anchor: Anchor, subtrees: Subtrees, clock: Clock, *, made_keys: bool = False
    ) -> None:
        self._keys, self._anchor, self._subtrees, self._clock = keys, anchor, subtrees, clock
        self.made_keys = made_keys
        self._last: Checkpoint | None = None

    @classmethod
    def open(cls, signing: Signing, subtrees: Subtrees, clock: Clock) -> "LogSigner":
        """The signer of a signing directory; its keys are made at the first start."""
        keys, made = open_keys(signing.directory, signing.origin, post_quantum=signing.post_quantum)
        anchor = Anchor(signing.directory / CHECKPOINT_FILE, keys.signed)
        return cls(keys, anchor, subtrees, clock, made_keys=made)

    @property
    def origin(self) -> str:
        """The log's name."""
        return self._keys.origin

    @property
    def directory(self) -> Path:
        """The signing directory."""
        return self._anchor.file.parent

    @property
    def verifiers(self) -> Sequence[Verifier]:
        """The public keys."""
        return self._keys.verifiers

    def begin(self, size: int, root: bytes) -> None:
        """Hold the tree at hand against the last signed checkpoint, once, before anything is signed.

        Raises Fork when the tree does not continue it.
        """
        note = self._anchor.last()
        if note is None:
            return
        last = parse_checkpoint(open_note(note, list(self._keys.verifiers))[0].text)
        present = Checkpoint(self.origin, size, root)
        if last.origin != self.origin or not self._extends(last, present):
            raise Fork(0, fork_sentence(last, present))
        self._last = last

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

    def sign(self, size: int, root: bytes) -> str:
        """Sign a tree that the open transaction is about to make; not yet shown to anybody."""
        return self._keys.sign(Checkpoint(self.origin, size, root), int(self._clock().timestamp()))

    def keep(self, note: str) -> None:
        """Remember a checkpoint outside the database, now that its entries are durable.

        From here on the checkpoint may be shown.  Raises Fork.
        """
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
