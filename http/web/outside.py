"""What others vouch for: witnesses that cosign the log as it grows, and an authority that stamps its time.

In strict mode no receipt leaves before the policy's quorum has cosigned a checkpoint that covers it.
Waiting costs no thread: one round of questions to the witnesses covers every commit up to it and wakes
all who wait for those.
"""

import asyncio
import threading
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from cryptography import x509

from ledger import instants
from ledger.append import CommitProof
from ledger.ledger import Ledger
from ledger.policy import Policy, PolicyRefused, parse_policy
from ledger.published import TreeAt, checkpoint_of
from ledger.stamping import Stamping
from ledger.witnessing import Witnessing, WitnessStatus
from web.problem_codes import ProblemCode
from web.problems import Problem
from web.receipts import Answerable
from web.settings import Settings, UnusableSettings

OPEN_GAP_S = 0.5
"""In open mode nobody waits for the witnesses, so a busy log is shown to them at most twice a second."""

RETRY_AFTER_S = 5

logger = structlog.get_logger("web")


@dataclass(frozen=True, slots=True)
class Unwitnessed:
    """What no quorum has seen: everything after ``position``, and since when that has been so."""

    since: datetime
    position: int


class Outside:
    """The witnesses and the authority of one running service."""

    def __init__(self, settings: Settings, ledger: Ledger) -> None:
        self._settings, self._ledger = settings, ledger
        self.witnessing = _witnessing(settings, ledger)
        self.stamping = _stamping(settings, ledger)
        self.strict = settings.witness_mode == "strict"
        self._limit = timedelta(seconds=max(settings.witness_limit_s, 2 * settings.witness_interval_s))
        self._waiting: dict[asyncio.Future[None], int] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._first_unseen: tuple[int, datetime] | None = None
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        if self.witnessing is not None:
            self.witnessing.reached = self._reached
            self.witnessing.begin()
            follow = (self._stop, ledger.wait_beyond)
            self._threads.append(threading.Thread(target=self.witnessing.run_forever, args=follow, name="witnesses"))
        if self.stamping is not None:
            self._threads.append(
                threading.Thread(target=self.stamping.run_forever, args=(self._stop,), name="timestamps")
            )

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin to ask; whoever waits, waits on this loop."""
        self._loop = loop
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Stop asking."""
        self._stop.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join()

    async def until_witnessed(self, position: int) -> None:
        """Wait until a quorum has seen a position.  Raises Problem NOT_WITNESSED_YET when the time is over first."""
        assert self.witnessing is not None
        if self.witnessing.quorum_size >= position:
            return
        if len(self._waiting) >= self._settings.backlog + self._settings.command_threads:
            raise not_witnessed_yet(position)
        waiting = asyncio.get_running_loop().create_future()
        self._waiting[waiting] = position
        try:
            await asyncio.wait_for(waiting, self._settings.witness_patience_s)
        except TimeoutError:
            raise not_witnessed_yet(position) from None
        finally:
            del self._waiting[waiting]

    def proven(self, receipt: Answerable) -> Answerable:
        """A receipt under the first checkpoint that covers it and bears the quorum; blocks on the database."""
        assert self.witnessing is not None
        note = self.witnessing.first_quorum(receipt.position)
        if note is None:
            raise not_witnessed_yet(receipt.position)
        tree = TreeAt(self._ledger.published, checkpoint_of(note).size)
        return replace(receipt, proof=CommitProof(tree, note))

    def proof_note(self, position: int) -> str | None:
        """The checkpoint that a proof of this position should lead to: one with the quorum, where there is one.

        None where the newest will do.  Raises Problem NOT_WITNESSED_YET in strict mode.
        """
        if self.witnessing is None:
            return None
        note = self.witnessing.first_quorum(position) if self.witnessing.quorum_size >= position else None
        if note is None and self.strict and position <= self._ledger.feed.size():
            raise not_witnessed_yet(position)
        return note

    def unwitnessed(self, size: int) -> Unwitnessed | None:
        """What has gone unwitnessed for longer than the limit, in a log of that size; None while all is well."""
        if self.witnessing is None or size == 0:
            return None
        seen, seen_at = self.witnessing.quorum_size, self.witnessing.quorum_at
        since = self._recorded_after(seen) if size > seen else seen_at
        if since is None or self._ledger.clock() - since <= self._limit:
            return None
        return Unwitnessed(since, seen)

    def disagreements(self) -> list[str]:
        """What witnesses say who know another past of this log; there is nothing graver."""
        if self.witnessing is None:
            return []
        return [str(status.trouble) for status in list(self.witnessing.statuses.values()) if status.disagrees]

    def notices(self, size: int) -> dict[str, str]:
        """What whoever runs the service should know, in sentences; nothing while all is well."""
        found: dict[str, str] = {}
        unwitnessed, disagreements = self.unwitnessed(size), self.disagreements()
        if unwitnessed is not None:
            since = instants.to_text(unwitnessed.since)
            found["witnesses"] = f"not witnessed since {since}, after position {unwitnessed.position}"
        if disagreements:
            found["witnesses"] = "; ".join(disagreements)
        if self.stamping is not None and self.stamping.trouble is not None:
            found["timestamps"] = self.stamping.trouble
        return found

    def _recorded_after(self, seen: int) -> datetime:
        """When the first entry that no quorum has seen was recorded."""
        known = self._first_unseen
        if known is None or known[0] != seen:
            known = self._first_unseen = seen, self._ledger.entry(seen + 1).recorded_at
        return known[1]

    def _reached(self, _: int) -> None:
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop is closed: nobody waits any more
                self._loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        assert self.witnessing is not None
        for waiting, position in self._waiting.items():
            if position <= self.witnessing.quorum_size and not waiting.done():
                waiting.set_result(None)


def not_witnessed_yet(position: int) -> Problem:
    """The answer to a command that stands in the log and has no quorum yet."""
    return Problem(ProblemCode.NOT_WITNESSED_YET, position=position, headers={"Retry-After": str(RETRY_AFTER_S)})


def _witnessing(settings: Settings, ledger: Ledger) -> Witnessing | None:
    """The witnesses that the policy names, where the log is signed and a policy is set.  Raises UnusableSettings."""
    if settings.witness_policy is None or ledger.signer is None:
        if settings.witness_mode == "strict":
            raise UnusableSettings(
                "LEDGER_WITNESS_MODE is strict, which needs a signed log (LEDGER_SIGNING_DIRECTORY) and a policy "
                "(LEDGER_WITNESS_POLICY); the service was not started"
            )
        return None
    policy = _policy(settings.witness_policy)
    if settings.witness_mode == "strict":
        _check_quorum(policy)
    return Witnessing(
        ledger.published,
        policy,
        interval_s=settings.witness_interval_s,
        gap_s=0.0 if settings.witness_mode == "strict" else OPEN_GAP_S,
        told=_tell_of_witness,
    )


def _policy(file: Path) -> Policy:
    try:
        return parse_policy(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, PolicyRefused) as error:
        raise UnusableSettings(
            f"LEDGER_WITNESS_POLICY: {file} cannot be followed ({error}); the service was not started"
        ) from None


def _check_quorum(policy: Policy) -> None:
    reachable = [witness.verifier for witness in policy.witnesses.values() if witness.url is not None]
    if policy.quorum is None or not policy.satisfied_by(reachable):
        raise UnusableSettings(
            "LEDGER_WITNESS_MODE is strict, but the policy names no quorum, or one that the witnesses with an address "
            "cannot make up: no command could ever be answered; the service was not started"
        )


def _stamping(settings: Settings, ledger: Ledger) -> Stamping | None:
    """The authority that the settings name, where the log is signed.  Raises UnusableSettings."""
    if settings.timestamp_url is None or ledger.signer is None:
        return None
    if settings.timestamp_roots is None:
        raise UnusableSettings(
            "LEDGER_TIMESTAMP_URL needs LEDGER_TIMESTAMP_ROOTS, the certificates that vouch for the authority; "
            "the service was not started"
        )
    try:
        roots = x509.load_pem_x509_certificates(settings.timestamp_roots.read_bytes())
    except (OSError, ValueError) as error:
        raise UnusableSettings(
            f"LEDGER_TIMESTAMP_ROOTS: {settings.timestamp_roots} holds no certificates ({error}); "
            "the service was not started"
        ) from None
    interval = timedelta(seconds=settings.timestamp_interval_s)
    return Stamping(ledger.published, settings.timestamp_url, roots, ledger.clock, interval, told=_tell_of_authority)


def _tell_of_witness(status: WitnessStatus) -> None:
    """Say it once when it begins and once when it is over; a disagreement must wake somebody."""
    if status.disagrees:
        logger.critical("witness_disagrees", witness=status.name, sentence=status.trouble)
    elif status.trouble is not None:
        logger.warning("witness_away", witness=status.name, sentence=status.trouble)
    else:
        logger.info("witness_cosigns", witness=status.name, size=status.size)


def _tell_of_authority(trouble: str | None) -> None:
    if trouble is None:
        logger.info("timestamping_again")
    else:
        logger.warning("timestamping_failed", sentence=trouble)
