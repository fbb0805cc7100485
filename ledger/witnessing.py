"""Asking witnesses: send a log's newest checkpoint to those of the policy, and keep what they sign.

The addresses come from the policy file alone, never from a request.  A witness that is behind is
brought up to date with a consistency proof; one that is ahead of us, or that finds our tree to be
another than it knows, is a sign of tampering and is said so.
"""

import threading
from base64 import b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from ledger.errors import LedgerError
from ledger.note import NoteRefused, Signature, parse_note, parse_signature
from ledger.policy import Policy, Witness
from ledger.published import PublishedLog, checkpoint_of
from ledger.witness import AddCheckpoint

_LARGEST_ANSWER = 65_536


class WitnessUnreachable(LedgerError):
    """The witness gave no usable answer; the checkpoint stays without its signature for now."""


class WitnessDisagrees(LedgerError):
    """The witness knows another tree under our name, or a longer one: compare the two checkpoints."""


class Post(Protocol):
    """Sends a body to an address and answers status and body; the network is behind this."""

    def __call__(self, url: str, body: bytes, timeout_s: float) -> tuple[int, str]: ...  # noqa: D102


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_: object, **__: object) -> None:
        """Follow nobody: a witness is where the policy says it is."""


def post_over_http(url: str, body: bytes, timeout_s: float) -> tuple[int, str]:
    """POST to an http or https address, following no redirect.  Raises WitnessUnreachable."""
    if urlsplit(url).scheme not in {"http", "https"}:
        raise WitnessUnreachable(f"the witness address {url} is neither http nor https")
    request = Request(url, data=body, headers={"Content-Type": "text/plain; charset=utf-8"})  # noqa: S310 - scheme checked
    try:
        with build_opener(_NoRedirects).open(request, timeout=timeout_s) as answer:
            return answer.status, answer.read(_LARGEST_ANSWER).decode()
    except HTTPError as error:
        with error:
            return error.code, error.read(_LARGEST_ANSWER).decode(errors="replace")
    except (URLError, OSError, ValueError) as error:
        raise WitnessUnreachable(f"the witness at {url} did not answer: {error}") from None


@dataclass(slots=True)
class WitnessStatus:
    """How one witness stands: the size it last cosigned and when, and what went wrong since."""

    name: str
    size: int = 0
    cosigned_at: datetime | None = None
    trouble: str | None = None
    disagrees: bool = False


@dataclass(slots=True)
class Witnessing:
    """Keeps the newest checkpoint cosigned by the policy's witnesses that have an address."""

    published: PublishedLog
    policy: Policy
    post: Post = post_over_http
    timeout_s: float = 5.0
    statuses: dict[str, WitnessStatus] = field(default_factory=dict)
    _busy: threading.Lock = field(default_factory=threading.Lock)

    def run_once(self) -> str | None:
        """Ask every witness about the newest checkpoint; answers it with the signatures it has now."""
        with self._busy:
            note = self.published.checkpoint()
            if note is None:
                return None
            for witness in self._reachable():
                self._ask(witness, note)
        return self.published.checkpoint(checkpoint_of(note).size)

    def run_forever(self, stop: threading.Event, grown: Callable[[int, float], bool], interval_s: float) -> None:
        """Ask whenever the log has grown, and at least once an interval; ``grown(position, timeout_s)`` waits."""
        while not stop.is_set():
            note = self.run_once()
            size = 0 if note is None else checkpoint_of(note).size
            grown(size, interval_s)

    def has_quorum(self, note: str) -> bool:
        """Whether a checkpoint of ours bears the cosignatures that the policy asks for; checks them."""
        parsed = parse_note(note)
        cosigners = []
        for witness in self.policy.witnesses.values():
            for signature in parsed.signatures:
                if witness.verifier.knows(signature):
                    witness.verifier.check(parsed.text, signature)
                    cosigners.append(witness.verifier)
        return self.policy.satisfied_by(cosigners)

    def _reachable(self) -> Iterable[Witness]:
        return (witness for witness in self.policy.witnesses.values() if witness.url is not None)

    def _ask(self, witness: Witness, note: str) -> None:
        status = self.statuses.setdefault(witness.name, WitnessStatus(witness.name))
        size = checkpoint_of(note).size
        if status.size == size and status.trouble is None and status.cosigned_at is not None:
            return
        try:
            signature, cosigned_at = self._cosigned(witness, note, status.size)
        except (WitnessUnreachable, WitnessDisagrees, NoteRefused) as error:
            status.trouble, status.disagrees = str(error), isinstance(error, WitnessDisagrees)
            return
        self.published.add_cosignature(size, witness.verifier, signature, cosigned_at)
        status.size, status.cosigned_at, status.trouble, status.disagrees = size, cosigned_at, None, False

    def _cosigned(self, witness: Witness, note: str, known: int) -> tuple[Signature, datetime]:
        """The witness's signature; told once which size it knows, the proof starts from there."""
        answer = self._send(witness, note, known)
        if answer[0] == HTTPStatus.CONFLICT:
            answer = self._send(witness, note, self._size_it_knows(witness, note, answer[1]))
        status, body = answer
        if status == HTTPStatus.UNPROCESSABLE_ENTITY:
            raise WitnessDisagrees(
                f"the witness {witness.name} knows another tree under our name: {body.strip()[:200]}.  Its checkpoint "
                "and ours are the evidence; keep both"
            )
        if status != HTTPStatus.OK:
            raise WitnessUnreachable(f"the witness {witness.name} answered {status}: {body.strip()[:200]}")
        return self._checked(witness, note, body)

    def _send(self, witness: Witness, note: str, known: int) -> tuple[int, str]:
        size = checkpoint_of(note).size
        proof = tuple(self.published.consistency(known, size)) if 0 < known < size else ()
        body = AddCheckpoint(known, proof, _by_the_log_alone(note)).to_text()
        assert witness.url is not None
        return self.post(f"{witness.url.rstrip('/')}/add-checkpoint", body.encode(), self.timeout_s)

    @staticmethod
    def _size_it_knows(witness: Witness, note: str, body: str) -> int:
        text = body.strip()
        if not text.isdecimal():
            raise WitnessUnreachable(f"the witness {witness.name} did not say which size it knows")
        if (known := int(text)) > (size := checkpoint_of(note).size):
            raise WitnessDisagrees(
                f"the witness {witness.name} has cosigned {known} entries of this log, it has {size} now: entries that "
                "were shown to it are gone.  Its checkpoint is the evidence; ask it for a copy"
            )
        return known

    @staticmethod
    def _checked(witness: Witness, note: str, body: str) -> tuple[Signature, datetime]:
        text = parse_note(note).text
        for line in body.splitlines():
            signature = parse_signature(line)
            if witness.verifier.knows(signature):
                time_s = witness.verifier.check(text, signature)
                return signature, datetime.fromtimestamp(time_s or 0, UTC)
        raise WitnessUnreachable(f"the witness {witness.name} answered without a signature by the key of the policy")


def _by_the_log_alone(note: str) -> str:
    """The checkpoint without cosignatures, which a witness does not ask for; keys stay under the log's name."""
    parsed = parse_note(note)
    origin = checkpoint_of(note).origin
    own = [signature for signature in parsed.signatures if signature.name == origin]
    lines = (f"— {signature.name} {b64encode(signature.key_id + signature.payload).decode()}\n" for signature in own)
    return parsed.text + "\n" + "".join(lines)
