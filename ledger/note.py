"""Signed notes (C2SP signed-note): a text, and signatures by keys that the reader names.

A note is a text ending in a newline, a blank line, and one line a signature.  The keys say what they
are: ``<name>+<key id>+<base64 of type and key>``.  Signatures by unknown keys are passed over, a
known key's bad signature condemns the whole note, and a note that no known key signed is refused.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from ledger.errors import LedgerError

ED25519 = 0x01
ED25519_COSIGNATURE = 0x04
MLDSA44 = 0x06

KEY_ID_SIZE = 4
SEED_SIZE = 32
_TIME_SIZE = 8

LARGEST_NOTE = 1_000_000
MOST_SIGNATURES = 64
_PRIVATE_PREFIX = "PRIVATE+KEY+"
_SIGNATURE_LINE = re.compile(r"— (?P<name>\S+) (?P<blob>[A-Za-z0-9+/]+={0,2})")


class NoteRefused(LedgerError):
    """The text is not a signed note, or no key we know vouches for it; nothing in it may be believed."""


class KeyRefused(ValueError):
    """The text is not a key."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: who claims to have signed, the four-byte key id, and the rest of it."""

    name: str
    key_id: bytes
    payload: bytes

    def line(self) -> str:
        """The line as it stands in the note, without its newline."""
        return f"— {self.name} {b64encode(self.key_id + self.payload).decode()}"


@dataclass(frozen=True, slots=True)
class Note:
    """A text that ends in a newline, and its signatures in order."""

    text: str
    signatures: tuple[Signature, ...]

    def to_text(self) -> str:
        """The whole note, as it is sent and stored."""
        return self.text + "\n" + "".join(f"{signature.line()}\n" for signature in self.signatures)

    def with_signatures(self, signatures: Iterable[Signature]) -> "Note":
        """The same note with further signatures behind those it has; the same key signs once."""
        kept = {(signature.name, signature.key_id): signature for signature in self.signatures}
        kept.update({(signature.name, signature.key_id): signature for signature in signatures})
        return Note(self.text, tuple(kept.values()))


def parse_note(text: str) -> Note:
    """Read a signed note's form; believes nothing yet.  Raises NoteRefused."""
    if len(text) > LARGEST_NOTE:
        raise NoteRefused(f"the note has {len(text):,} characters, at most {LARGEST_NOTE:,} are read")
    if any(character < " " and character != "\n" for character in text):
        raise NoteRefused("the note holds a control character other than a newline")
    body, blank, lines = text.rpartition("\n\n")
    if not blank or not lines.endswith("\n"):
        raise NoteRefused("the text is no signed note: a blank line and signature lines are expected at its end")
    signature_lines = lines[:-1].split("\n")
    if len(signature_lines) > MOST_SIGNATURES:
        raise NoteRefused(f"the note has {len(signature_lines)} signatures, at most {MOST_SIGNATURES} are read")
    return Note(body + "\n", tuple(parse_signature(line) for line in signature_lines))


def parse_signature(line: str) -> Signature:
    """Read one signature line.  Raises NoteRefused."""
    found = _SIGNATURE_LINE.fullmatch(line)
    blob = _decode(found["blob"]) if found and _is_key_name(found["name"]) else None
    if found is None or blob is None or len(blob) <= KEY_ID_SIZE:
        raise NoteRefused("a signature line of the note cannot be read: expected '— name base64'")
    return Signature(found["name"], blob[:KEY_ID_SIZE], blob[KEY_ID_SIZE:])


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key that anyone may hold: checks a note's signatures that bear its name and id."""

    name: str
    kind: int
    public_key: bytes

    @property
    def key_id(self) -> bytes:
        """The first four bytes of SHA-256(name || newline || type || key)."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public_key).digest()[:KEY_ID_SIZE]

    def to_text(self) -> str:
        """The verifier key as it is printed and pinned."""
        return f"{self.name}+{self.key_id.hex()}+{b64encode(bytes([self.kind]) + self.public_key).decode()}"

    def knows(self, signature: Signature) -> bool:
        """Whether a signature claims to be this key's."""
        return signature.name == self.name and signature.key_id == self.key_id

    def check(self, text: str, signature: Signature) -> int | None:
        """Check a signature over a note's text; a cosignature answers its time in seconds since 1970.

        Raises NoteRefused for a signature that is not this key's over this text.
        """
        try:
            if self.kind == ED25519:
                Ed25519PublicKey.from_public_bytes(self.public_key).verify(signature.payload, text.encode())
                return None
            return self._check_cosignature(text, signature.payload)
        except (InvalidSignature, ValueError):
            raise NoteRefused(
                f"the signature of {self.name} ({self.key_id.hex()}) is not one over this text; the note was changed "
                "or the signature made up, and nothing in it may be believed"
            ) from None

    def check_vouching(self, text: str, signature: Signature) -> None:
        """Check the signature of a log's key over a text that is no checkpoint.  Raises NoteRefused.

        An ML-DSA-44 key has signed the text itself here, without the form it gives to checkpoints.
        """
        if self.kind != MLDSA44:
            self.check(text, signature)
            return
        try:
            MLDSA44PublicKey.from_public_bytes(self.public_key).verify(signature.payload, text.encode())
        except (InvalidSignature, ValueError):
            raise NoteRefused(f"the signature of {self.name} ({self.key_id.hex()}) is not one over this text") from None

    def _check_cosignature(self, text: str, payload: bytes) -> int:
        time, signature = int.from_bytes(payload[:_TIME_SIZE], "big"), payload[_TIME_SIZE:]
        if self.kind == ED25519_COSIGNATURE:
            message = cosignature_message(text, time)
            Ed25519PublicKey.from_public_bytes(self.public_key).verify(signature, message)
        else:
            message = subtree_message(self.name, text, time)
            MLDSA44PublicKey.from_public_bytes(self.public_key).verify(signature, message)
        return time


def parse_verifier(text: str) -> Verifier:
    """Read a verifier key.  Raises KeyRefused for what is no key, or a key whose id does not follow from it."""
    name, _, rest = text.strip().partition("+")
    key_id, _, encoded = rest.partition("+")
    blob = _decode(encoded)
    sizes = {ED25519: 32, ED25519_COSIGNATURE: 32, MLDSA44: 1312}
    if not _is_key_name(name) or not blob or sizes.get(blob[0]) != len(blob) - 1:
        raise KeyRefused("the text is no verifier key: expected name+8 hexadecimal digits+base64 of a known kind")
    verifier = Verifier(name, blob[0], blob[1:])
    if verifier.key_id.hex() != key_id:
        raise KeyRefused(f"the key of {name} has the id {verifier.key_id.hex()}, the text says {key_id}")
    return verifier


class Signer(Protocol):
    """Something that holds a private key: a file here, an HSM or a signature server elsewhere."""

    @property
    def verifier(self) -> Verifier:
        """The public half."""
        ...

    def sign(self, text: str, time: int = 0) -> Signature:
        """Sign a note's text; cosigning kinds also state the time, in seconds since 1970."""
        ...

    def vouch(self, text: str) -> Signature:
        """Sign a text that is no checkpoint, as ``Verifier.check_vouching`` checks it."""
        ...


@dataclass(frozen=True, slots=True)
class KeySigner:
    """A signer whose 32-byte seed is in memory."""

    verifier: Verifier
    seed: bytes

    def __repr__(self) -> str:
        """Name the key and never the seed."""
        return f"KeySigner({self.verifier.name!r}, …)"

    def sign(self, text: str, time: int = 0) -> Signature:
        """Sign a note's text as the key's kind prescribes."""
        if self.verifier.kind == ED25519:
            payload = Ed25519PrivateKey.from_private_bytes(self.seed).sign(text.encode())
        elif self.verifier.kind == ED25519_COSIGNATURE:
            signed = Ed25519PrivateKey.from_private_bytes(self.seed).sign(cosignature_message(text, time))
            payload = time.to_bytes(_TIME_SIZE, "big") + signed
        else:
            message = subtree_message(self.verifier.name, text, time)
            payload = time.to_bytes(_TIME_SIZE, "big") + MLDSA44PrivateKey.from_seed_bytes(self.seed).sign(message)
        return Signature(self.verifier.name, self.verifier.key_id, payload)

    def vouch(self, text: str) -> Signature:
        """Sign a text that is no checkpoint."""
        if self.verifier.kind != MLDSA44:
            return self.sign(text)
        payload = MLDSA44PrivateKey.from_seed_bytes(self.seed).sign(text.encode())
        return Signature(self.verifier.name, self.verifier.key_id, payload)

    def to_text(self) -> str:
        """The private key as its file holds it."""
        key = b64encode(bytes([self.verifier.kind]) + self.seed).decode()
        return f"{_PRIVATE_PREFIX}{self.verifier.name}+{self.verifier.key_id.hex()}+{key}"


def signer_of(name: str, kind: int, seed: bytes) -> KeySigner:
    """A signer from a 32-byte seed.  Raises KeyRefused for a name that no key may bear."""
    if not _is_key_name(name):
        raise KeyRefused(f"{name!r} cannot name a key: it must not be empty nor hold a space or a plus sign")
    public: Ed25519PublicKey | MLDSA44PublicKey
    if kind in {ED25519, ED25519_COSIGNATURE}:
        public = Ed25519PrivateKey.from_private_bytes(seed).public_key()
    else:
        public = MLDSA44PrivateKey.from_seed_bytes(seed).public_key()
    return KeySigner(Verifier(name, kind, public.public_bytes(Encoding.Raw, PublicFormat.Raw)), seed)


def parse_signer(text: str) -> KeySigner:
    """Read a private key from its file's text.  Raises KeyRefused; the message shows nothing of the key."""
    name, _, rest = text.strip().removeprefix(_PRIVATE_PREFIX).partition("+")
    key_id, _, encoded = rest.partition("+")
    blob = _decode(encoded)
    if not text.startswith(_PRIVATE_PREFIX) or not blob or len(blob) != 1 + SEED_SIZE:
        raise KeyRefused(f"the text is no private key: expected {_PRIVATE_PREFIX}name+id+base64")
    signer = signer_of(name, blob[0], blob[1:])
    if signer.verifier.key_id.hex() != key_id:
        raise KeyRefused(f"the private key of {name} does not belong to the id {key_id}")
    return signer


def open_note(text: str, verifiers: Sequence[Verifier]) -> tuple[Note, list[tuple[Verifier, int | None]]]:
    """Read a note and check every signature of a known key.

    Answers the note and, for each known key that signed it, the key and its time (None for a key
    that states none).  Raises NoteRefused for no known signature at all, or a known one that is bad.
    """
    note = parse_note(text)
    checked = [
        (verifier, verifier.check(note.text, signature))
        for signature in note.signatures
        for verifier in verifiers
        if verifier.knows(signature)
    ]
    if not checked:
        names = ", ".join(sorted({signature.name for signature in note.signatures}))
        raise NoteRefused(f"no key we know has signed this note; its signatures claim to be of {names}")
    return note, checked


def cosignature_message(text: str, time: int) -> bytes:
    """What an Ed25519 cosigner signs (C2SP tlog-cosignature): the time and the checkpoint's text."""
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def subtree_message(cosigner: str, text: str, time: int) -> bytes:
    """What an ML-DSA-44 cosigner signs (C2SP tlog-cosignature, subtree/v1), for a whole checkpoint."""
    origin, size, root = text.split("\n")[:3]
    names = [len(name.encode()).to_bytes(1, "big") + name.encode() for name in (cosigner, origin)]
    span = bytes(8) + int(size).to_bytes(8, "big")
    return b"subtree/v1\n\0" + names[0] + time.to_bytes(8, "big") + names[1] + span + b64decode(root)


def _is_key_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(character.isspace() for character in name)


def _decode(encoded: str) -> bytes | None:
    try:
        return b64decode(encoded, validate=True)
    except (Base64Error, ValueError):
        return None
