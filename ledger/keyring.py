"""The private keys of a log, in its signing directory; which of them are in force the log itself says.

``log.key`` holds the keys in force, one a line, and ``log.vkey`` their public halves, which inspectors pin.
``log.key.<key id>`` holds keys that were made for a change, and keys that were retired by one.  No key that
has ever signed is overwritten or deleted here.
"""

import fcntl
import re
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ledger.checkpoint import Checkpoint
from ledger.durable_file import write_durably
from ledger.note import ED25519, MLDSA44, KeySigner, Note, Signer, Verifier, parse_signer, signer_of

KEY_FILE = "log.key"
VERIFIER_FILE = "log.vkey"
_LOCK = "keys.lock"
_ASIDE = re.compile(rf"{re.escape(KEY_FILE)}\.[0-9a-f]{{8}}")


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

    def sign(self, checkpoint: Checkpoint, time_s: int) -> str:
        """The signed note of a checkpoint."""
        text = checkpoint.to_text()
        return Note(text, tuple(signer.sign(text, time_s) for signer in self.signers)).to_text()


def open_keys(directory: Path, origin: str, *, post_quantum: bool = False) -> tuple[SigningKeys, bool]:
    """The keys in a signing directory, made at the first start; the second answer says whether they were.

    ``post_quantum`` adds an ML-DSA-44 key as a second signature.  Raises KeyFileRefused when the file
    is readable by others, belongs to another origin, or cannot be read.
    """
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    ring = KeyRing(directory, origin)
    with ring.held():
        if (directory / KEY_FILE).exists():
            return ring.read(directory / KEY_FILE), False
        ring.refuse_to_begin_anew()
        keys = _made(origin, post_quantum=post_quantum)
        ring.write(directory / KEY_FILE, keys)
        ring.publish(keys)
    return keys, True


def _made(origin: str, *, post_quantum: bool) -> SigningKeys:
    kinds = [ED25519, MLDSA44] if post_quantum else [ED25519]
    return SigningKeys(origin, tuple(signer_of(origin, kind, secrets.token_bytes(32)) for kind in kinds))


class KeyRing:
    """All keys of one signing directory; several processes may share it."""

    def __init__(self, directory: Path, origin: str) -> None:
        self.directory, self.origin = directory, origin

    def find(self, verifiers: Sequence[Verifier]) -> SigningKeys | None:
        """The private halves of these keys, or None when they are not all in one of the files."""
        for file in (self.directory / KEY_FILE, self._set_aside(verifiers)):
            if file.exists() and (keys := self.read(file)).verifiers == tuple(verifiers):
                return keys
        return None

    def verifiers(self) -> tuple[Verifier, ...]:
        """The public halves of every key that can be read here, those in force first."""
        found: list[Verifier] = []
        for file in sorted(self.directory.glob(f"{KEY_FILE}*")):
            if file.name == KEY_FILE or _ASIDE.fullmatch(file.name):
                with suppress(KeyFileRefused):
                    found += self.read(file).verifiers
        return tuple(dict.fromkeys(found))

    def prepare(self, *, post_quantum: bool) -> SigningKeys:
        """Make new keys and put them on the disk beside those in force."""
        keys = _made(self.origin, post_quantum=post_quantum)
        self.write(self._set_aside(keys.verifiers), keys)
        return keys

    def discard(self, verifiers: Sequence[Verifier]) -> None:
        """Remove keys that were made for a change that was not recorded."""
        self._set_aside(verifiers).unlink(missing_ok=True)

    def install(self, keys: SigningKeys) -> None:
        """Put keys in force in their place; what stood there is kept under its key id.

        Whatever step a crash interrupts, ``log.key`` holds whole keys and no key is lost.
        """
        file = self.directory / KEY_FILE
        with self.held():
            present = self.read(file) if file.exists() else None
            if present is not None and present.verifiers != keys.verifiers:
                self.write(self._set_aside(present.verifiers), present)
            if present is None or present.verifiers != keys.verifiers:
                self.write(file, keys)
            self.publish(keys)

    def publish(self, keys: SigningKeys) -> None:
        """Write down for inspectors which keys are in force."""
        text = "".join(f"{verifier.to_text()}\n" for verifier in keys.verifiers)
        file = self.directory / VERIFIER_FILE
        if not file.exists() or file.read_text() != text:
            write_durably(file, text)

    def refuse_to_begin_anew(self) -> None:
        """Refuse a directory that has signed before and has no ``log.key`` now.  Raises KeyFileRefused."""
        others = [file.name for file in self.directory.glob(f"{KEY_FILE}.*") if _ASIDE.fullmatch(file.name)]
        signed = [name for name in (*others, "checkpoint") if (self.directory / name).exists()]
        if signed and not (self.directory / KEY_FILE).exists():
            raise KeyFileRefused(
                f"{self.directory} holds {', '.join(signed)} and no {KEY_FILE}: this log has been signed before.  Nothing "
                f"was signed and no new key was made: put {KEY_FILE} back"
            )

    def read(self, file: Path) -> SigningKeys:
        """The keys in a file.  Raises KeyFileRefused."""
        if file.stat().st_mode & 0o077:
            raise KeyFileRefused(f"{file} can be read by others than its owner; nothing was signed: chmod 600 it")
        try:
            signers = tuple(parse_signer(line) for line in file.read_text().splitlines() if line.strip())
        except ValueError as error:
            raise KeyFileRefused(f"{file} cannot be read as keys ({error}); nothing was signed") from None
        if not signers or any(signer.verifier.name != self.origin for signer in signers):
            names = ", ".join(sorted({signer.verifier.name for signer in signers})) or "nobody"
            raise KeyFileRefused(f"{file} holds keys of {names}, the log's origin is {self.origin}; nothing was signed")
        return SigningKeys(self.origin, signers)

    @staticmethod
    def write(file: Path, keys: SigningKeys) -> None:
        """Write keys that nobody else may read; after a crash the file is wholly the old or the new one."""
        text = "".join(f"{signer.to_text()}\n" for signer in keys.signers if isinstance(signer, KeySigner))
        write_durably(file, text, mode=0o600)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep every other process from the files."""
        with (self.directory / _LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _set_aside(self, verifiers: Sequence[Verifier]) -> Path:
        return self.directory / f"{KEY_FILE}.{verifiers[0].key_id.hex()}"
