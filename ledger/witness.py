"""A witness (C2SP tlog-witness): signs that a log's tree only ever grew, and keeps one tree a log.

Its whole state is the largest checkpoint it has cosigned of each log.  Comparing and keeping is one
step under a lock, on the disk before the answer is given: a witness that forgot could be led to
sign two pasts.
"""

import fcntl
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path

from ledger.checkpoint import Checkpoint, parse_checkpoint
from ledger.durable_file import write_durably
from ledger.note import ED25519, Note, NoteRefused, Signer, Verifier, open_note, parse_note
from ledger.proof import ProofFailed, check_consistency
from ledger.tree import EMPTY_ROOT

MOST_PROOF_HASHES = 63
SIZE_TYPE = "text/x.tlog.size"


@dataclass(frozen=True, slots=True)
class WitnessAnswer:
    """The answer to one add-checkpoint request, as HTTP carries it."""

    status: HTTPStatus
    body: str = ""
    content_type: str = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class AddCheckpoint:
    """A request: the size the log believes we know, the proof from there, and the new checkpoint."""

    old_size: int
    proof: tuple[bytes, ...]
    note: str

    def to_text(self) -> str:
        """The request's body."""
        hashes = "".join(f"{b64encode(hash_).decode()}\n" for hash_ in self.proof)
        return f"old {self.old_size}\n{hashes}\n{self.note}"


def parse_add_checkpoint(body: str) -> AddCheckpoint:
    """Read a request's body.  Raises NoteRefused for what is none."""
    head, blank, note = body.partition("\n\n")
    lines = head.split("\n")
    word, _, size = lines[0].partition(" ")
    if not blank or word != "old" or not size.isdecimal() or size != str(int(size)):
        raise NoteRefused("the request does not begin with 'old' and a size, a proof, a blank line and a checkpoint")
    if len(lines) - 1 > MOST_PROOF_HASHES:
        raise NoteRefused(f"the proof has {len(lines) - 1} hashes, at most {MOST_PROOF_HASHES} are read")
    try:
        proof = tuple(b64decode(line, validate=True) for line in lines[1:])
    except ValueError:
        raise NoteRefused("a hash of the proof is not base64") from None
    return AddCheckpoint(int(size), proof, note)


class WitnessState:
    """The last cosigned checkpoint of every log, one file each, in a directory of the witness's own."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        directory.mkdir(parents=True, exist_ok=True)

    def last(self, origin: str) -> str | None:
        """The last cosigned note of a log, or None."""
        try:
            return self._file(origin).read_text()
        except FileNotFoundError:
            return None

    @contextmanager
    def held(self, origin: str) -> Iterator[Callable[[str], None]]:
        """Keep every other process and thread from this log's state; the function handed out writes it."""
        lock = self._file(origin).with_suffix(".lock")
        with lock.open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield lambda note: write_durably(self._file(origin), note)

    def _file(self, origin: str) -> Path:
        return self._directory / f"{sha256(origin.encode()).hexdigest()}.checkpoint"


class WitnessServer:
    """Answers add-checkpoint requests for the logs it knows; ``logs`` maps an origin to its keys."""

    def __init__(
        self, logs: Mapping[str, tuple[Verifier, ...]], signer: Signer, state: WitnessState, clock_s: Callable[[], int]
    ) -> None:
        self._logs, self._signer, self._state, self._clock_s = logs, signer, state, clock_s

    def add_checkpoint(self, body: str) -> WitnessAnswer:
        """Judge a request and, if the tree has only grown, keep the checkpoint and cosign it."""
        try:
            request = parse_add_checkpoint(body)
            unchecked = parse_checkpoint(parse_note(request.note).text)
        except NoteRefused as error:
            return WitnessAnswer(HTTPStatus.BAD_REQUEST, f"{error}\n")
        keys = self._logs.get(unchecked.origin)
        if keys is None:
            return WitnessAnswer(HTTPStatus.NOT_FOUND, f"the log {unchecked.origin} is not known here\n")
        try:
            note, signed = open_note(request.note, keys)
        except NoteRefused as error:
            return WitnessAnswer(HTTPStatus.FORBIDDEN, f"{error}\n")
        if not any(verifier.kind == ED25519 for verifier, _ in signed):
            return WitnessAnswer(HTTPStatus.FORBIDDEN, "the log's own Ed25519 signature is missing\n")
        checkpoint = parse_checkpoint(note.text)
        if request.old_size > checkpoint.size:
            sentence = f"the old size {request.old_size} is above the checkpoint's {checkpoint.size}\n"
            return WitnessAnswer(HTTPStatus.BAD_REQUEST, sentence)
        return self._compare_and_keep(request, note, checkpoint)

    def last(self, origin_sha256: str) -> str | None:
        """The last cosigned note of the log whose origin hashes so (hexadecimal), for whoever monitors."""
        for origin in self._logs:
            if sha256(origin.encode()).hexdigest() == origin_sha256:
                return self._state.last(origin)
        return None

    def _compare_and_keep(self, request: AddCheckpoint, note: Note, checkpoint: Checkpoint) -> WitnessAnswer:
        with self._state.held(checkpoint.origin) as keep:
            last_text = self._state.last(checkpoint.origin)
            last = parse_checkpoint(parse_note(last_text).text) if last_text else Checkpoint("", 0, EMPTY_ROOT)
            if request.old_size != last.size:
                return WitnessAnswer(HTTPStatus.CONFLICT, f"{last.size}\n", SIZE_TYPE)
            if (fault := _growth_fault(last, checkpoint, request)) is not None:
                return WitnessAnswer(HTTPStatus.UNPROCESSABLE_ENTITY, f"{fault}\n")
            cosignature = self._signer.sign(note.text, self._clock_s())
            keep(note.with_signatures([cosignature]).to_text())
        # The state is on the disk.  From here another tree of this size can no longer be signed.
        return WitnessAnswer(HTTPStatus.OK, f"{cosignature.line()}\n")


def _growth_fault(last: Checkpoint, checkpoint: Checkpoint, request: AddCheckpoint) -> str | None:
    """Why a checkpoint does not continue the tree we know, or None when it does."""
    if checkpoint.size == 0 and checkpoint.root != EMPTY_ROOT:
        return "a tree of size 0 has only one root, and this is not it"
    if last.size == 0:
        return "from size 0 there is nothing to prove, and yet the request brings a proof" if request.proof else None
    try:
        check_consistency(last.size, checkpoint.size, last.root, checkpoint.root, request.proof)
    except ProofFailed as error:
        return str(error)
    return None
