"""A rectification (整改): ordered by the district office with a due date, closed by evidence alone (四).

区政府办公室……对发现的应公开未公开等问题及时督促整改.
"""

from collections.abc import Iterable
from datetime import date, datetime

from eventsourcing.domain import event

from aggregates import fields
from aggregates.base import Record
from aggregates.deed import CHINA, Deed
from aggregates.refusal import RefusalCode, refuse
from aggregates.supervision.refusals import SupervisionRefusal
from aggregates.supervision.words import DutyCause, SupervisionFlag
from ledger.entry import Entry


class Rectification(Record):
    """One order and what became of it; its stream is ``rectification/<number>``."""

    TOPIC = "rectification"
    STREAM = "rectification"
    IDENTIFIER = "rectification"

    class Ordered(Record.Event):
        """The unit must put this right by that day (督促整改)."""

        TOPIC = "rectification.ordered/1"
        rectification: str
        unit: str
        item: str | None
        cause: str
        spot_check: str | None
        problem: str
        demand: str
        due_on: str
        evidence_positions: list[int]

    class Confirmed(Record.Event):
        """The office saw that it was put right, by entries of this very ledger (整改销号)."""

        TOPIC = "rectification.confirmed/1"
        rectification: str
        unit: str
        evidence_positions: list[int]
        note: str | None
        days_late: int
        flags: list[str]

    def __init__(self) -> None:
        self.rectification = ""
        self.unit = ""
        self.item: str | None = None
        self.due_on = ""
        self.closed_on: str | None = None

    def order(
        self,
        deed: Deed,
        *,
        rectification: str,
        unit: str,
        problem: str,
        demand: str,
        due_on: str | date,
        cause: str,
        item: str | None = None,
        spot_check: str | None = None,
        evidence_positions: Iterable[int] = (),
    ) -> None:
        """Order it, by a day that is not over; the positions are where the problem shows."""
        if self.exists:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=self.stream)
        number, due = fields.code(rectification, "rectification"), fields.day(due_on, "due_on")
        if due < deed.day:
            raise refuse(SupervisionRefusal.DUE_DATE_PAST, rectification=number, due_on=due, day=deed.day)
        self.write(
            self.Ordered,
            deed,
            rectification=number,
            unit=unit,
            item=fields.optional_code(item, "item"),
            cause=fields.term(DutyCause, cause, "cause"),
            spot_check=fields.optional_code(spot_check, "spot_check"),
            problem=fields.text(problem, "problem", longest=fields.LONG),
            demand=fields.text(demand, "demand", longest=fields.LONG),
            due_on=due,
            evidence_positions=fields.numbers(evidence_positions, "evidence_positions"),
        )

    @event(Ordered)
    def _ordered(self, *, rectification: str, unit: str, item: str | None, due_on: str) -> None:
        self.rectification, self.unit, self.item, self.due_on = rectification, unit, item, due_on

    def confirm(self, deed: Deed, *, evidence: Iterable[Entry], note: str | None = None) -> None:
        """Close it, on entries that happened since the order and concern the unit or the item.

        Refused RECTIFICATION_EVIDENCE_MISSING where one of them does not, or there is none.
        """
        if self.closed_on is not None:
            raise refuse(
                SupervisionRefusal.RECTIFICATION_CLOSED, rectification=self.rectification, closed_on=self.closed_on
            )
        self.refuse_back_dating(deed)
        entries = list(evidence)
        if not entries or not all(self._is_evidence(entry) for entry in entries):
            raise refuse(
                SupervisionRefusal.RECTIFICATION_EVIDENCE_MISSING, rectification=self.rectification, unit=self.unit
            )
        late = max(0, (date.fromisoformat(deed.day) - date.fromisoformat(self.due_on)).days)
        self.write(
            self.Confirmed,
            deed,
            rectification=self.rectification,
            unit=self.unit,
            evidence_positions=sorted({entry.position for entry in entries}),
            note=fields.optional_text(note, "note", longest=fields.LONG),
            days_late=late,
            flags=[str(SupervisionFlag.RECTIFIED_LATE)] if late else [],
        )

    def _is_evidence(self, entry: Entry) -> bool:
        """Whether an entry can show that it was put right: later than the order, not refused, of this unit or item."""
        if entry.occurred_at < self.modified_on or entry.stream == self.stream or entry.type == "attempt.refused/1":
            return False
        data = entry.data if isinstance(entry.data, dict) else {}
        by_unit = entry.actor is not None and entry.actor.unit == self.unit
        return by_unit or data.get("unit") == self.unit or (self.item is not None and data.get("item") == self.item)

    @event(Confirmed)
    def _confirmed(self, timestamp: datetime) -> None:
        self.closed_on = timestamp.astimezone(CHINA).date().isoformat()
