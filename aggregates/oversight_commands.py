"""Commands of those who look after the record: old registers, findings, consultations, cases (十) (十七)."""

import hashlib
import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import fields as dataclass_fields
from dataclasses import replace
from datetime import datetime
from typing import Any, cast
from uuid import uuid4

from aggregates import fields
from aggregates.case import Case, pinned
from aggregates.consultation import Consultation
from aggregates.deed import Deed
from aggregates.desk import Data, Desk, Order
from aggregates.erasure import Erasure
from aggregates.found import Found
from aggregates.historic import HistoricRow
from aggregates.office import Office
from aggregates.officer import Officer
from aggregates.publication import Publication
from aggregates.refusal import Refusal, RefusalCode, refuse
from aggregates.vocabulary import Command
from ledger.append import Receipt
from ledger.errors import VersionConflict

ROWS_IN_FLIGHT = 512
"""How many register rows wait for their commit at once; they share the ledger's batches."""


class OversightCommands(Office):
    """What is taken over, found, consulted and pursued."""

    # ── old registers ─────────────────────────────────────────────────────────────────────────────

    def record_historic(self, deed: Deed, *, rows: Iterable[HistoricRow]) -> Iterator[Receipt | Refusal]:
        """Take over rows of an old register, one command each, and answer each in its order.

        Lazy: rows are read and recorded as the answers are taken, a window at a time, so a register of
        any length passes.  A row's command id comes from its source (file, line, hash), so taking the
        same file over again records nothing twice.  A refused row is answered with its Refusal, kept
        as an attempt, and does not stop the others.
        """
        waiting: deque[tuple[Order, HistoricRow, Future[Receipt] | None]] = deque()
        recent: dict[str, Publication] = {}
        for row in rows:
            order = _historic_order(deed, row)
            waiting.append((order, row, self._hand_in(order, row, recent)))
            if len(waiting) >= ROWS_IN_FLIGHT:
                yield self._historic_answer(*waiting.popleft())
            if len(recent) >= ROWS_IN_FLIGHT:
                recent.clear()
        while waiting:
            yield self._historic_answer(*waiting.popleft())

    def _hand_in(self, order: Order, row: HistoricRow, recent: dict[str, Publication]) -> Future[Receipt] | None:
        """Hand a row in without waiting and without looking, taking its item for new unless it is recent.

        Where that was wrong the ledger says so, and the row is decided again with care.
        """

        def shelf(kind: type[Any], stream: str, *, likely_new: bool = False) -> Any:
            if kind is Publication:
                return recent.get(stream) or Publication.blank(stream)
            return self._remembered(kind, stream, likely_new=likely_new)

        desk = Desk(order, shelf)
        try:
            _decide_historic(desk, row)
        except Refusal:
            return None
        future = self.ledger.submit(self._command(order, desk.written(), desk))
        for file in desk.opened:
            file.collect_events()
            recent[file.stream] = cast("Publication", file)
        return future

    def _historic_answer(self, order: Order, row: HistoricRow, future: Future[Receipt] | None) -> Receipt | Refusal:
        try:
            if future is not None and not (receipt := future.result()).replayed:
                return receipt
        except VersionConflict:
            pass
        try:
            return self.carry_out(order, lambda desk: _decide_historic(desk, row))
        except Refusal as refusal:
            return refusal

    # ── findings and consultations ────────────────────────────────────────────────────────────────

    def report_unregistered_publication(
        self,
        deed: Deed,
        *,
        found: str,
        unit: str,
        channel: str,
        title: str,
        source: str,
        item: str | None = None,
        found_at: datetime | str | None = None,
        seen_published_at: datetime | str | None = None,
        evidence: Mapping[str, Any] | None = None,
    ) -> Receipt:
        """Write down that a unit's information was found outside the register, as a breach.

        ``source`` says how it was found (a site crawl, a reader); ``channel`` is text, because it may be
        none of ours; ``evidence`` is a stored content such as a screenshot.
        """
        data: Data = {
            "found": found,
            "unit": unit,
            "channel": channel,
            "title": title,
            "source": source,
            "item": item,
            "found_at": found_at,
            "seen_published_at": seen_published_at,
            "evidence": evidence,
        }

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_unit(unit)
            desk.require_reach(unit)
            desk.open(Found, found, likely_new=True).report(desk.deed, **data)
            if evidence is not None:
                self.require_stored([fields.content(evidence, "evidence")])

        return self.carry_out(Order(Command.REPORT_UNREGISTERED_PUBLICATION, deed, item or found, data), decide)

    def consult_ledger(
        self, deed: Deed, *, query: str, subject: str, result_count: int, as_of: str | None = None
    ) -> Receipt:
        """Write down what somebody asked the record, as of when, and how many answers there were."""
        data: Data = {"query": query, "subject": subject, "result_count": result_count, "as_of": as_of}

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.open(Consultation, str(uuid4()), likely_new=True).record(desk.deed, **data)

        return self.carry_out(Order(Command.CONSULT_LEDGER, deed, subject, data), decide)

    # ── personal values ───────────────────────────────────────────────────────────────────────────

    def erase_personal_values(
        self, deed: Deed, *, record: str, names: Sequence[str], ground: str, approver: str
    ) -> Receipt:
        """Delete values about a person with their salts; the commitments stay and the log still verifies.

        ``record`` is whose values (``officer/P05``), ``names`` which (``name``).  The event is recorded
        first: a crash before the deletion leaves a declared value in place, and repeating the command
        deletes it.  Refuses where nothing of it is stored.
        """
        data: Data = {"record": record, "names": list(names), "ground": ground, "approver": approver}

        def decide(desk: Desk) -> None:
            desk.entitle()
            if not any(self.ledger.personal.get(record, name) for name in names):
                raise refuse(RefusalCode.NOTHING_TO_CHANGE, subject=record)
            erasure = desk.open(Erasure, str(uuid4()), likely_new=True)
            erasure.erase(desk.deed, record=record, names=names, ground=ground, approver=desk.read(Officer, approver))

        receipt = self.carry_out(Order(Command.ERASE_PERSONAL_VALUES, deed, record, data), decide)
        # From here the erasure is on the record.  A crash below leaves the value; repeating the command erases it.
        self.ledger.personal.erase(record, names)
        return receipt

    # ── accountability ────────────────────────────────────────────────────────────────────────────

    def open_case(
        self,
        deed: Deed,
        *,
        case: str,
        ground: str,
        effect: str,
        item: str | None = None,
        evidence_positions: Sequence[int] = (),
        expected_version: int | None = None,
    ) -> Receipt:
        """Open a case of accountability; ``effect`` says what came of it, evidence is positions of this ledger, pinned."""
        data: Data = {
            "case": case,
            "ground": ground,
            "effect": effect,
            "item": item,
            "evidence_positions": evidence_positions,
        }

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_reach(None)
            file = desk.open(Case, case)
            file.open(desk.deed, ledger_size=self.ledger.head().size, **data)
            file.pin(desk.deed, pinned(self.ledger, evidence_positions))

        return self.carry_out(
            Order(Command.OPEN_CASE, deed, case, data, Case.stream_of(case), expected_version), decide
        )

    def determine_responsibility(
        self,
        deed: Deed,
        *,
        case: str,
        officer: str,
        responsibility_class: str,
        finding: str,
        evidence_positions: Sequence[int],
        expected_version: int | None = None,
    ) -> Receipt:
        """Find an officer responsible, SUPERVISOR or DIRECT, by at least one position of this ledger."""
        data: Data = {
            "officer": officer,
            "responsibility_class": responsibility_class,
            "finding": finding,
            "evidence_positions": evidence_positions,
        }

        def decide(desk: Desk) -> None:
            file = _open_case(desk, case)
            if not desk.read(Officer, officer).exists:
                raise refuse(RefusalCode.OFFICER_NOT_REGISTERED, officer=officer)
            file.determine_responsibility(desk.deed, ledger_size=self.ledger.head().size, **data)
            file.pin(desk.deed, pinned(self.ledger, evidence_positions))

        stream = Case.stream_of(case)
        order = Order(Command.DETERMINE_RESPONSIBILITY, deed, case, {"case": case, **data}, stream, expected_version)
        return self.carry_out(order, decide)

    def impose_measure(
        self,
        deed: Deed,
        *,
        case: str,
        officer: str,
        measure: str,
        basis: str,
        expected_version: int | None = None,
    ) -> Receipt:
        """Impose a measure on an officer found responsible in the case."""
        data: Data = {"officer": officer, "measure": measure, "basis": basis}

        def decide(desk: Desk) -> None:
            _open_case(desk, case).impose_measure(desk.deed, **data)

        stream = Case.stream_of(case)
        order = Order(Command.IMPOSE_MEASURE, deed, case, {"case": case, **data}, stream, expected_version)
        return self.carry_out(order, decide)


def _open_case(desk: Desk, case: str) -> Case:
    desk.entitle()
    desk.require_reach(None)
    file = desk.open(Case, case)
    if not file.exists:
        raise refuse(RefusalCode.CASE_UNKNOWN, case=case)
    return file


def _decide_historic(desk: Desk, row: HistoricRow) -> None:
    desk.entitle()
    desk.require_reach(row.unit)
    desk.open(Publication, row.item).record_historic(desk.deed, row)


def _historic_order(deed: Deed, row: HistoricRow) -> Order:
    """The row as a command of its own, known by where it stands in its source.

    A row that was taken over stays as it was, whatever is made of it a second time; a row that was
    refused may come again once it is mended.
    """
    data = {field.name: getattr(row, field.name) for field in dataclass_fields(HistoricRow)}
    source, asked = _hash_of(row.source), _hash_of([data, deed.officer, deed.actor.post, deed.unit])
    own_deed = replace(deed, command_id=f"historic-{source.hex()}", fingerprint=source)
    stream = Publication.stream_of(row.item)
    refused = f"historic-{source.hex()}-{asked.hex()[:16]}"
    return Order(Command.RECORD_HISTORIC, own_deed, row.item, data, stream, attempt_id=refused)


def _hash_of(value: Any) -> bytes:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).digest()
