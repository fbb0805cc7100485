"""Asking witnesses: send a log's newest checkpoint to those of the policy, and keep what they sign.

The addresses come from the policy file alone, never from a request.  One round asks every witness about
the same checkpoint, so that a quorum comes together on it and covers every commit up to there.  A witness
that is behind is brought up to date with a consistency proof; one that knows more of this log than there
is, or another tree, is a sign of tampering and is said so.
"""

import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from itertools import islice
from typing import Protocol

from sqlalchemy.exc import DBAPIError

from ledger import outgoing
from ledger.errors import LedgerError
from ledger.note import NoteRefused, Signature, Verifier, parse_note, parse_signature
from ledger.outgoing import Unreachable
from ledger.policy import Policy, Witness
from ledger.published import PublishedLog, checkpoint_of
from ledger.witness import AddCheckpoint

MEDIA_TYPE = "text/plain; charset=utf-8"
FIRST_PAUSE_S = 0.5
"""After a witness's first failure; each further one doubles it, up to the interval."""

_SHORTEST_LOOK_S = 0.05
_LONGEST_DEAF_S = 0.5
"""How long a service that is told to stop may have to wait for us."""
_TRIES = 3
_LOOK_BACK = 2000
"""Cosigned checkpoints that are looked through at the start for the newest with a quorum."""


class WitnessUnreachable(LedgerError):
    """The witness gave no usable answer; the checkpoint stays without its signature for now."""


class WitnessDisagrees(LedgerError):
    """The witness knows another tree under our name, or a longer one: compare the two checkpoints."""


class WitnessAhead(LedgerError):
    """The witness has been shown a newer checkpoint meanwhile, by another process of this very log."""


class Post(Protocol):
    """Sends a body to an address and answers status and body; the network is behind this."""

    def __call__(self, url: str, body: bytes, timeout_s: float) -> tuple[int, str]: ...  # noqa: D102


def post_over_http(url: str, body: bytes, timeout_s: float) -> tuple[int, str]:
    """POST to an http or https address, following no redirect.  Raises WitnessUnreachable."""
    try:
        status, answer = outgoing.post(url, body, MEDIA_TYPE, timeout_s)
    except Unreachable as error:
        raise WitnessUnreachable(f"the witness at {error}") from None
    return status, answer.decode(errors="replace")


@dataclass(slots=True)
class WitnessStatus:
    """How one witness stands: the size it last cosigned and when, and what went wrong since.

    ``due`` is when it may be asked again, by the monotonic clock; ``pause_s`` grows while it fails.
    """

    name: str
    size: int = 0
    cosigned_at: datetime | None = None
    trouble: str | None = None
    disagrees: bool = False
    due: float = 0.0
    pause_s: float = FIRST_PAUSE_S
    asked: bool = False


@dataclass(slots=True)
class Witnessing:
    """Keeps the newest checkpoint cosigned by the policy's witnesses that have an address.

    ``told`` is called with a witness's status whenever its trouble begins, changes or ends; ``reached``
    with the size of every checkpoint on which the quorum has come together.  ``quorum_size`` is the largest
    such, ``quorum_at`` the moment for which the quorum has last vouched for it.
    """

    published: PublishedLog
    policy: Policy
    post: Post = post_over_http
    timeout_s: float = 5.0
    interval_s: float = 60.0
    gap_s: float = 0.0
    told: Callable[[WitnessStatus], None] = lambda _: None
    reached: Callable[[int], None] = lambda _: None
    statuses: dict[str, WitnessStatus] = field(default_factory=dict)
    quorum_size: int = 0
    quorum_at: datetime | None = None
    _pool: ThreadPoolExecutor | None = None
    _busy: threading.Lock = field(default_factory=threading.Lock)
    _filing: threading.Lock = field(default_factory=threading.Lock)

    def run_once(self, *, patient: bool = False) -> str | None:
        """Ask every witness about the newest checkpoint; answers it with the signatures it has now.

        Answers as soon as the quorum has come together; whoever is slower is not waited for.  With
        ``patient``, a witness that has failed is left alone until its pause is over.
        """
        with self._busy:
            note = self.published.checkpoint()
            if note is None:
                return None
            asked = [self._submit(witness, note) for witness in self._to_ask(checkpoint_of(note).size, patient)]
            size = checkpoint_of(note).size
            while asked:
                done, left = wait(asked, return_when=FIRST_COMPLETED)
                for future in done:
                    future.result()
                asked = list(left)
                if self.policy.quorum is not None and self._take_stock(size):
                    break
            self._take_stock(size)
        return self.published.checkpoint(size)

    def run_forever(self, stop: threading.Event, grown: Callable[[int, float], bool]) -> None:
        """Ask whenever the log has grown, and again once an interval; ``grown(position, timeout_s)`` waits.

        A witness that has failed is asked again after a pause that doubles up to the interval.
        """
        while not stop.is_set():
            try:
                note = self.run_once(patient=True)
                size = 0 if note is None else checkpoint_of(note).size
            except Exception as error:  # noqa: BLE001 - a database that is away comes back; the witnesses are asked then
                self._tell_all(f"the newest checkpoint could not be read: {type(error).__name__}")
                size = 0
                stop.wait(FIRST_PAUSE_S)
            stop.wait(self.gap_s)
            due = time.monotonic() + self._until_due()
            while not stop.is_set() and (left := due - time.monotonic()) > 0:
                if grown(size, min(left, _LONGEST_DEAF_S)):
                    break
        self.close()

    def close(self) -> None:
        """Wait for whoever is being asked, and ask nobody more."""
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None

    def begin(self) -> None:
        """Take up what was reached before: the newest checkpoint on which the quorum stands already."""
        found = self._first_with_quorum(islice(self.published.cosigned_sizes(newest_first=True), _LOOK_BACK))
        if found is not None:
            self._reach(found)

    def first_quorum(self, position: int) -> str | None:
        """The first checkpoint that covers a position and bears the quorum, with its cosignatures; None without."""
        return self._first_with_quorum(self.published.cosigned_sizes(position))

    def has_quorum(self, note: str) -> bool:
        """Whether a checkpoint of ours bears the cosignatures that the policy asks for; checks them.

        A policy that names no quorum is content with any one of its witnesses.
        """
        return self._quorum_at(note) is not None

    def _quorum_at(self, note: str) -> datetime | None:
        """Since when the quorum stands on a checkpoint: the latest moment that enough witnesses vouch for."""
        parsed = parse_note(note)
        keys = [witness.verifier for witness in self.policy.witnesses.values()]
        found = [
            (key.check(parsed.text, signature) or 0, key)
            for key in keys
            for signature in parsed.signatures
            if key.knows(signature)
        ]
        found.sort(key=lambda one: one[0], reverse=True)
        for enough in range(1, len(found) + 1):
            if self._content_with([verifier for _, verifier in found[:enough]]):
                return datetime.fromtimestamp(found[enough - 1][0], UTC)
        return None

    def _content_with(self, cosigners: Sequence[Verifier]) -> bool:
        return bool(cosigners) and self.policy.satisfied_by(cosigners)

    def _first_with_quorum(self, sizes: Iterable[tuple[int, set[str]]]) -> str | None:
        for size, keys in sizes:
            cosigners = [each.verifier for each in self.policy.witnesses.values() if each.verifier.to_text() in keys]
            if self._content_with(cosigners):
                note = self.published.checkpoint(size)
                if note is not None and self.has_quorum(note):
                    return note
        return None

    def _take_stock(self, size: int) -> bool:
        """Whether the quorum stands on the checkpoint of a size; remembers the largest such."""
        note = self.published.checkpoint(size)
        return note is not None and checkpoint_of(note).size == size and self._reach(note)

    def _reach(self, note: str) -> bool:
        size, at = checkpoint_of(note).size, self._quorum_at(note)
        if at is None:
            return False
        if size > self.quorum_size:
            self.quorum_size, self.quorum_at = size, at
            self.reached(size)
        elif size == self.quorum_size:
            self.quorum_at = at
        return True

    def _to_ask(self, size: int, patient: bool) -> Iterator[Witness]:
        """Whoever has an address, is not being asked already, and has something to be asked."""
        now = time.monotonic()
        for witness in self.policy.witnesses.values():
            status = self.statuses.setdefault(witness.name, WitnessStatus(witness.name))
            if witness.url is None or status.asked:
                continue
            if status.trouble is None and status.size == size and status.cosigned_at is not None and now < status.due:
                continue
            if patient and status.trouble is not None and now < status.due:
                continue
            yield witness

    def _until_due(self) -> float:
        """Seconds until somebody is to be asked even if the log does not grow."""
        if any(status.asked for status in self.statuses.values()):
            return _SHORTEST_LOOK_S
        dues = [one.due for one in self.statuses.values() if self.policy.witnesses[one.name].url is not None]
        soonest = min(dues, default=time.monotonic() + self.interval_s)
        return min(max(soonest - time.monotonic(), _SHORTEST_LOOK_S), self.interval_s)

    def _submit(self, witness: Witness, note: str) -> "Future[None]":
        if self._pool is None:
            self._pool = ThreadPoolExecutor(max(len(self.policy.witnesses), 1), "witness")
        self.statuses[witness.name].asked = True
        return self._pool.submit(self._ask, witness, note)

    def _ask(self, witness: Witness, note: str) -> None:
        status = self.statuses[witness.name]
        try:
            self._have_cosigned(witness, note, status)
        except WitnessAhead:
            # The log has grown past this checkpoint; the next round asks about a newer one.
            self._settle(status, None, disagrees=False)
        except (WitnessUnreachable, WitnessDisagrees, NoteRefused) as error:
            self._settle(status, str(error), disagrees=isinstance(error, WitnessDisagrees))
        except Exception as error:  # noqa: BLE001 - whatever it is, the others are asked and this one is named
            self._settle(status, f"asking the witness {witness.name} failed: {type(error).__name__}", disagrees=False)
        finally:
            status.asked = False

    def _have_cosigned(self, witness: Witness, note: str, status: WitnessStatus) -> None:
        size = checkpoint_of(note).size
        signature, cosigned_at = self._cosigned(witness, note, status.size)
        self._keep(size, witness, signature, cosigned_at)
        status.size, status.cosigned_at = size, cosigned_at
        self._settle(status, None, disagrees=False)

    def _keep(self, size: int, witness: Witness, signature: Signature, cosigned_at: datetime) -> None:
        """File a cosignature; two that come at once may get into one another's way in the database."""
        for left in reversed(range(_TRIES)):
            try:
                with self._filing:
                    self.published.add_cosignature(size, witness.verifier, signature, cosigned_at)
            except DBAPIError:
                if not left:
                    raise
            else:
                return

    def _settle(self, status: WitnessStatus, trouble: str | None, *, disagrees: bool) -> None:
        changed = (trouble, disagrees) != (status.trouble, status.disagrees)
        status.trouble, status.disagrees = trouble, disagrees
        if trouble is None:
            status.pause_s, status.due = FIRST_PAUSE_S, time.monotonic() + self.interval_s
        else:
            status.due = time.monotonic() + min(status.pause_s, self.interval_s)
            status.pause_s *= 2
        if changed:
            self.told(status)

    def _tell_all(self, trouble: str) -> None:
        for status in self.statuses.values():
            self._settle(status, trouble, disagrees=status.disagrees)

    def _cosigned(self, witness: Witness, note: str, known: int) -> tuple[Signature, datetime]:
        """The witness's signature; told once which size it knows, the proof starts from there."""
        answer = self._send(witness, note, known)
        if answer[0] == HTTPStatus.CONFLICT:
            answer = self._send(witness, note, self._size_it_knows(witness, note, answer[1]))
        status, body = answer
        if status == HTTPStatus.CONFLICT:
            # Between our two requests somebody else of this log has asked it; the size is judged next time.
            self._size_it_knows(witness, note, body)
            raise WitnessAhead
        if status == HTTPStatus.UNPROCESSABLE_ENTITY:
            raise WitnessDisagrees(
                f"the witness {witness.name} knows another tree under our name: {body.strip()[:200]}.  Its checkpoint "
                "and ours are the evidence; keep both"
            )
        if status == HTTPStatus.FORBIDDEN:
            raise WitnessUnreachable(
                f"the witness {witness.name} does not know the log's key: {body.strip()[:200]}.  Where the key was changed, "
                "give its operator the new one"
            )
        if status != HTTPStatus.OK:
            raise WitnessUnreachable(f"the witness {witness.name} answered {status}: {body.strip()[:200]}")
        return self._checked(witness, note, body)

    def _send(self, witness: Witness, note: str, known: int) -> tuple[int, str]:
        size = checkpoint_of(note).size
        if known > size:
            # What we know of it is newer than the checkpoint at hand, which was read before.
            raise WitnessAhead
        proof = tuple(self.published.consistency(known, size)) if 0 < known < size else ()
        body = AddCheckpoint(known, proof, _by_the_log_alone(note)).to_text()
        assert witness.url is not None
        return self.post(f"{witness.url.rstrip('/')}/add-checkpoint", body.encode(), self.timeout_s)

    def _size_it_knows(self, witness: Witness, note: str, body: str) -> int:
        text = body.strip()
        if not text.isdecimal():
            raise WitnessUnreachable(f"the witness {witness.name} did not say which size it knows")
        if (known := int(text)) <= checkpoint_of(note).size:
            return known
        newest = self.published.checkpoint()
        if newest is not None and known <= (size := checkpoint_of(newest).size):
            raise WitnessAhead
        size = 0 if newest is None else checkpoint_of(newest).size
        raise WitnessDisagrees(
            f"the witness {witness.name} has cosigned {known} entries of this log, it has {size} now: entries that "
            "were shown to it are gone.  Its checkpoint is the evidence; ask it for a copy"
        )

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
