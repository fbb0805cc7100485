"""How any command is carried out: answered before?  decide, record, or keep the refused attempt.

A decision is made from remembered files and recorded only if none of them has moved.  Before a refusal
is recorded it is made once more from the ledger itself, so nobody is refused on outdated files.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Any, ClassVar
from uuid import uuid4

from eventsourcing.application import AggregateNotFoundError, Application, Cache
from eventsourcing.utils import Environment

from aggregates.attempt import Attempt
from aggregates.base import LedgerEvent, Record
from aggregates.deed import Deed
from aggregates.desk import AnyRecord, Desk, Order
from aggregates.fields import Content
from aggregates.mapper import RegistryMapper
from aggregates.refusal import Refusal, RefusalCode, refuse
from ledger import append
from ledger.errors import CommandReused, ContentMissing, ContentSealed, EntryTooLarge, VersionConflict
from ledger.ledger import Ledger
from ledger.recorder import LedgerFactory, Upcaster

FILES_REMEMBERED = 4096
ATTEMPTS = 8
"""How often a decision is made anew because somebody else wrote first."""

UPCASTERS: dict[str, Upcaster] = {}
"""From an old version of an event to the next; none has an old version yet."""

originator_topics: dict[str, str] = {}
"""Which event types create which aggregates: none, a file's first event opens it (``aggregates.base``)."""

Decision = Callable[[Desk], None]


class Office(Application[str]):
    """The machinery under the Registry: an eventsourcing Application over a Ledger."""

    name = "registry"
    env: ClassVar[dict[str, str]] = {
        "ORIGINATOR_ID_TYPE": "text",
        "AGGREGATE_CACHE_MAXSIZE": str(FILES_REMEMBERED),
        # A remembered file may be behind the ledger: the append is what finds out.
        "AGGREGATE_CACHE_FASTFORWARD": "n",
    }

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._envelopes = RegistryMapper(originator_topics=originator_topics, upcasters=UPCASTERS)
        super().__init__()

    def construct_factory(self, env: Environment) -> Any:
        """Make the recorders over the ledger that was handed in."""
        return LedgerFactory(env, self.ledger)

    def construct_mapper(self) -> RegistryMapper:
        """Map the envelope to where the entry has it."""
        return self._envelopes

    # ── one command ───────────────────────────────────────────────────────────────────────────────

    def carry_out(self, order: Order, decide: Decision) -> append.Receipt:
        """Carry out one command.

        Raises Refusal (the attempt is recorded), CommandReused, VersionConflict when the caller's
        expected version is not the stream's, and what ``Ledger.append`` raises when it cannot.

        Whether the command was answered before is not asked first: the append finds out, and where
        nothing can be appended, the answer given then goes before any given now.
        """
        order = fingerprinted(order)
        last: VersionConflict | None = None
        for attempt in range(ATTEMPTS):
            desk = Desk(order, self._remembered if attempt == 0 else self._fetched)
            try:
                return self._decide_and_record(order, desk, decide)
            except Refusal as refusal:
                if attempt > 0:
                    return self._keep_attempt(order, desk.deed, refusal)
            except VersionConflict as conflict:
                last = conflict
                if attempt > 0 and conflict.stream == order.target and order.expected_version is not None:
                    break
        if (receipt := self._answered(order)) is not None:
            return receipt
        assert last is not None, "the loop ends without an answer only by conflicts"
        raise last

    def _decide_and_record(self, order: Order, desk: Desk, decide: Decision) -> append.Receipt:
        decide(desk)
        events = desk.written()
        receipt = self._append(order, events, desk)
        if receipt.replayed:
            # The command was recorded before, by us or by a twin: its first answer stands.
            answered = self._answered(order)
            assert answered is not None
            return answered
        for file in desk.opened:
            file.collect_events()
            self._remember(file)
        return receipt

    def _command(self, order: Order, events: Iterable[LedgerEvent], desk: Desk) -> append.Command:
        deed = order.deed
        return append.Command(
            events=[self._envelopes.to_stored_event(event).draft for event in events],
            command_id=deed.command_id,
            fingerprint=deed.fingerprint,
            correlation_id=deed.correlation_id,
            expects=desk.expects,
            personal=desk.personal,
        )

    def _append(self, order: Order, events: Iterable[LedgerEvent], desk: Desk) -> append.Receipt:
        try:
            return self.ledger.append(self._command(order, events, desk))
        except EntryTooLarge as error:
            raise refuse(
                RefusalCode.INVALID,
                field="*",
                problem_zh=f"内容过长，一条记录最多{error.limit}字节，现为{error.size}字节",
                problem=f"an entry holds {error.limit} bytes at most, this has {error.size}",
            ) from error

    def _keep_attempt(self, order: Order, deed: Deed, refusal: Refusal) -> append.Receipt:
        """Record the refused attempt under the command's own id, and raise the refusal."""
        if (receipt := self._answered(order)) is not None:
            return receipt
        if order.attempt_id is not None:
            own_id = f"{order.attempt_id}-{refusal.code}"
            order = replace(order, deed=replace(order.deed, command_id=own_id), attempt_id=None)
            return self._keep_attempt(order, deed, refusal)
        attempt = Attempt.blank(Attempt.stream_of(str(uuid4())))
        attempt.record(deed, refusal, command=str(order.command), subject=_legible(order.subject), unit=deed.unit)
        receipt = self._append(order, attempt.written(), Desk(order, self._fetched))
        if receipt.replayed and (answered := self._answered(order)) is not None:
            return answered
        raise refusal

    def _answered(self, order: Order) -> append.Receipt | None:
        """The first answer to this command id, if it was given: a receipt, or the same refusal raised again."""
        deed = order.deed
        if deed.command_id is None or (recorded := self.ledger.find_command(deed.command_id)) is None:
            return None
        if recorded.fingerprint != deed.fingerprint:
            raise CommandReused(deed.command_id)
        first = self.ledger.entry(recorded.positions.start)
        if first.type == Attempt.Refused.TOPIC:
            raise Refusal.as_recorded(first.data)
        return self.ledger.receipt(recorded)

    # ── remembered files ──────────────────────────────────────────────────────────────────────────

    def _remembered(self, kind: type[AnyRecord], stream: str, *, likely_new: bool = False) -> AnyRecord:
        """A file as this process last saw it; shared, so nobody writes in it."""
        if likely_new and not self._is_remembered(stream):
            return kind.blank(stream)
        try:
            return self.repository.get(stream, deepcopy_from_cache=False)
        except AggregateNotFoundError:
            blank = kind.blank(stream)
            self._remember(blank)
            return blank

    def _fetched(self, kind: type[AnyRecord], stream: str, *, likely_new: bool = False) -> AnyRecord:  # noqa: ARG002
        """A file as it stands in the ledger now, whatever it is likely to be."""
        self._forget(stream)
        return self._remembered(kind, stream)

    @property
    def _files(self) -> Cache[str, Any]:
        assert self.repository.cache is not None, "the environment above asks for a cache"
        return self.repository.cache

    def _is_remembered(self, stream: str) -> bool:
        return stream in self._files.cache

    def _remember(self, file: Record) -> None:
        self._files.put(file.stream, file)

    def _forget(self, stream: str) -> None:
        with suppress(KeyError):
            self._files.get(stream, evict=True)

    # ── what commands ask of the ledger itself ────────────────────────────────────────────────────

    def require_stored(self, contents: Iterable[Content]) -> None:
        """Refuse contents that the store does not hold as they are described (信息原始内容)."""
        for content in contents:
            if self._stored_size(content["sha256"]) != content["size"]:
                raise refuse(RefusalCode.CONTENT_NOT_STORED, sha256=content["sha256"])

    def require_stored_hash(self, sha256: str) -> None:
        """Refuse a hash under which the store holds nothing that can be read."""
        if self._stored_size(sha256) is None:
            raise refuse(RefusalCode.CONTENT_NOT_STORED, sha256=sha256)

    def _stored_size(self, sha256: str) -> int | None:
        try:
            return len(self.ledger.contents.get(sha256))
        except (ContentMissing, ContentSealed):
            return None


def fingerprinted(order: Order) -> Order:
    """The order with a fingerprint of what was asked, where its deed has an id and brings none.

    The time of the deed is left out: a repetition comes later and is still the same command.
    """
    deed = order.deed
    if deed.command_id is None or deed.fingerprint is not None:
        return order
    actor = deed.actor
    asked = [str(order.command), actor.officer, actor.post, actor.unit, deed.on_behalf_of, dict(order.data)]
    text = json.dumps(asked, sort_keys=True, default=_plain)
    return replace(order, deed=replace(deed, fingerprint=hashlib.sha256(text.encode()).digest()))


def _plain(value: Any) -> Any:
    return dict(value) if hasattr(value, "keys") else str(value)


def _legible(subject: object) -> str:
    """A subject as it can be recorded, whatever was typed: printable, 64 characters at most."""
    return "".join(character for character in str(subject)[:64] if character.isprintable()) or "—"
