"""The clock of a request: from the facts on the record and a calendar to the day it is due, and why.

Nothing here is stored.  Every event that sets, stops or moves the clock holds the facts, so that after a
correction of the calendar every date can be counted anew: ``deadline(facts, calendar)`` is all of it.
The facts are what the events say, one method an event: ``of_events`` tells them from the bare entries.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from aggregates.requests.regulation import REGULATIONS, Regulation
from aggregates.working_days import CountedDay, Stop, WorkingCalendar, differences

CONFIRMATION, CORRECTION, PAYMENT = "CONFIRMATION", "CORRECTION", "PAYMENT"
"""What a clock waits for that does not run: both sides' confirmation, the corrected request, the fee."""

THIRD_PARTY, CO_PRODUCER = "third_party", "co_producer"
_STOP_NOTES = {THIRD_PARTY: "征求第三方意见", CO_PRODUCER: "征求共同制作机关意见"}


@dataclass(frozen=True, slots=True)
class Consultation:
    """One consultation, for whose time the clock stands still (条例第三十三条第三款).

    It ends with the opinion, and at the latest with the last day on which one could come: ``limit_days``
    working days after the letter was received, or the day ``answer_by`` that the letter named.
    """

    number: int
    kind: str
    sent_on: str
    letter_received_on: str
    limit_days: int | None
    answer_by: str | None
    opinion_on: str | None = None
    opinion: str | None = None
    silent: bool = False

    @property
    def is_open(self) -> bool:
        """Whether neither an opinion nor silence is on the record."""
        return self.opinion_on is None and not self.silent

    def limit(self, calendar: WorkingCalendar) -> date | None:
        """The last day for an opinion; None where the calendar does not reach."""
        if self.answer_by is not None:
            return date.fromisoformat(self.answer_by)
        assert self.limit_days is not None, "a consultation has a day or a number of days"
        return calendar.add_working_days(date.fromisoformat(self.letter_received_on), self.limit_days)

    def stop(self, calendar: WorkingCalendar) -> Stop | None:
        """The time in which the clock stands still; an open one is taken to last to its last day."""
        last = self.limit(calendar)
        if self.opinion_on is not None:
            came = date.fromisoformat(self.opinion_on)
            last = came if last is None or came < last else last
        if last is None:
            return None
        return Stop(date.fromisoformat(self.sent_on), last, _STOP_NOTES[self.kind])


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """What the record holds about a request's clock."""

    regulation: str = ""
    runs_from: str | None = None
    waits_for: str | None = CONFIRMATION
    extension_days: int = 0
    delayed_until: str | None = None
    consultations: tuple[Consultation, ...] = ()
    ended_on: str | None = None

    @property
    def rules(self) -> Regulation:
        """The regulation the request runs under."""
        return REGULATIONS[self.regulation]

    @property
    def working_days(self) -> int:
        """How many working days the organ has in all."""
        return self.rules.reply_days + self.extension_days

    def received(self, *, regulation: str, received_on: str | None, **_: Any) -> "ClockFacts":
        """A request came; it runs from its receipt, once there is one."""
        waits_for = CONFIRMATION if received_on is None else None
        return replace(self, regulation=regulation, runs_from=received_on, waits_for=waits_for)

    def awaits_correction(self, **_: Any) -> "ClockFacts":
        """The applicant was asked to correct."""
        return replace(self, waits_for=CORRECTION)

    def corrected(self, *, received_on: str, **_: Any) -> "ClockFacts":
        """The corrected request came: the period begins anew, whole (条例第三十条)."""
        return replace(self, waits_for=None, runs_from=received_on, extension_days=0, delayed_until=None)

    def awaits_payment(self, **_: Any) -> "ClockFacts":
        """A fee notice went out."""
        return replace(self, waits_for=PAYMENT)

    def paid(self, *, paid_on: str, **_: Any) -> "ClockFacts":
        """The fee was paid: the period is counted anew from the day after (国办函〔2020〕109号)."""
        return replace(self, waits_for=None, runs_from=paid_on, extension_days=0, delayed_until=None)

    def extended(self, *, working_days: int, **_: Any) -> "ClockFacts":
        """The period was extended."""
        return replace(self, extension_days=self.extension_days + working_days)

    def delayed(self, *, until: str, **_: Any) -> "ClockFacts":
        """A reasonable later day was set and told (条例第三十五条)."""
        return replace(self, delayed_until=until)

    def consulted(
        self,
        kind: str,
        *,
        consultation: int,
        sent_on: str,
        letter_received_on: str,
        limit_days: int | None,
        answer_by: str | None,
        **_: Any,
    ) -> "ClockFacts":
        """Somebody's opinion was asked for."""
        asked = Consultation(consultation, kind, sent_on, letter_received_on, limit_days, answer_by)
        return replace(self, consultations=(*self.consultations, asked))

    def answered(self, *, consultation: int, received_on: str, consultation_opinion: str, **_: Any) -> "ClockFacts":
        """An opinion came."""
        return self._with(consultation, opinion_on=received_on, opinion=consultation_opinion)

    def silent(self, *, consultation: int, **_: Any) -> "ClockFacts":
        """None came in time."""
        return self._with(consultation, silent=True)

    def _with(self, number: int, **changes: Any) -> "ClockFacts":
        return replace(
            self,
            consultations=tuple(
                replace(asked, **changes) if asked.number == number else asked for asked in self.consultations
            ),
        )

    def ended(self, *, ended_on: str, **_: Any) -> "ClockFacts":
        """The request was answered, or ended otherwise."""
        return replace(self, ended_on=ended_on)


_BY_EVENT: Mapping[str, Callable[..., ClockFacts]] = MappingProxyType(
    {
        "request.received/1": ClockFacts.received,
        "request.receipt_confirmed/1": ClockFacts.received,
        "request.correction_requested/1": ClockFacts.awaits_correction,
        "request.correction_received/1": ClockFacts.corrected,
        "request.fee_notice_issued/1": ClockFacts.awaits_payment,
        "request.fee_paid/1": ClockFacts.paid,
        "request.deadline_extended/1": ClockFacts.extended,
        "request.reply_delayed/1": ClockFacts.delayed,
        "request.third_party_consulted/1": lambda facts, /, **data: facts.consulted(THIRD_PARTY, **data),
        "request.co_producer_consulted/1": lambda facts, /, **data: facts.consulted(CO_PRODUCER, **data),
        "request.third_party_opinion_received/1": ClockFacts.answered,
        "request.co_producer_opinion_received/1": ClockFacts.answered,
        "request.third_party_silent/1": ClockFacts.silent,
        "request.co_producer_deemed_consenting/1": ClockFacts.silent,
        "request.replied/1": lambda facts, /, **data: facts.ended(ended_on=data["replied_on"]),
        "request.closed/1": lambda facts, /, **data: facts.ended(ended_on=data["closed_on"]),
    }
)


def after(facts: ClockFacts, type_: str, data: Mapping[str, Any]) -> ClockFacts:
    """The facts after one more event of a request's stream; events that do not touch the clock leave them."""
    change = _BY_EVENT.get(type_)
    return facts if change is None else change(facts, **data)


def of_events(events: Iterable[tuple[str, Mapping[str, Any]]]) -> ClockFacts:
    """The facts from types and data of a request's events, in their order."""
    facts = ClockFacts()
    for type_, data in events:
        facts = after(facts, type_, data)
    return facts


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a request is due by a calendar: the day, or None and why not; and every day of the count.

    ``waits_for`` is what must happen before the clock runs.  ``projected`` says that a consultation is
    open and the day holds if no opinion comes before its last day.
    """

    regulation: str
    working_days: int
    runs_from: date | None
    due_on: date | None
    waits_for: str | None
    projected: bool
    days: tuple[CountedDay, ...]

    @property
    def text(self) -> str | None:
        """The due day as events state it."""
        return None if self.due_on is None else self.due_on.isoformat()


def deadline(facts: ClockFacts, calendar: WorkingCalendar) -> Deadline:
    """Count a request's clock by a calendar."""
    runs_from = None if facts.runs_from is None else date.fromisoformat(facts.runs_from)
    days: tuple[CountedDay, ...] = ()
    due_on = None
    if facts.waits_for is None and runs_from is not None:
        days = calendar.explain(runs_from, facts.working_days, stops(facts, calendar))
        due_on = _due_on(facts, calendar)
    return Deadline(
        facts.regulation,
        facts.working_days,
        runs_from,
        due_on,
        facts.waits_for,
        any(asked.is_open for asked in facts.consultations),
        days,
    )


def _due_on(facts: ClockFacts, calendar: WorkingCalendar) -> date | None:
    if facts.delayed_until is not None:
        return date.fromisoformat(facts.delayed_until)
    if facts.runs_from is None or any(asked.stop(calendar) is None for asked in facts.consultations):
        return None
    return calendar.add_working_days(date.fromisoformat(facts.runs_from), facts.working_days, stops(facts, calendar))


def stops(facts: ClockFacts, calendar: WorkingCalendar) -> tuple[Stop, ...]:
    """The times in which the clock stood or stands still."""
    return tuple(stop for asked in facts.consultations if (stop := asked.stop(calendar)) is not None)


@dataclass(frozen=True, slots=True)
class Timeliness:
    """How a reply on a day stands to the period: working days used, and by how many it came late.

    Both are None where the calendar does not reach; ``late_by`` is 0 for a reply in time.
    """

    working_days_used: int | None
    late_by: int | None


def timeliness(facts: ClockFacts, replied_on: date, calendar: WorkingCalendar) -> Timeliness:
    """Judge a reply by a calendar; also long after it was given, by a corrected one."""
    if facts.runs_from is None:
        return Timeliness(0, 0)
    runs_from = date.fromisoformat(facts.runs_from)
    used = calendar.working_days_between(runs_from, replied_on, stops(facts, calendar))
    if facts.waits_for is not None:
        return Timeliness(used, 0)
    due_on = _due_on(facts, calendar)
    return Timeliness(used, None if due_on is None else calendar.working_days_between(due_on, replied_on))


@dataclass(frozen=True, slots=True)
class Recount:
    """What a corrected calendar makes of a request's due day, and the days that explain it."""

    before: date | None
    now: date | None
    because: tuple[tuple[CountedDay, CountedDay], ...]

    @property
    def has_moved(self) -> bool:
        """Whether the due day is another one."""
        return self.before != self.now


def recount(facts: ClockFacts, before: WorkingCalendar, now: WorkingCalendar) -> Recount:
    """Count a request anew after a correction of the calendar, and show the days that are seen otherwise."""
    then, today = deadline(facts, before), deadline(facts, now)
    return Recount(then.due_on, today.due_on, differences(then.days, today.days))
