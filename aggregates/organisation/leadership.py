"""Who leads a unit's disclosure work, and what the leaders do for it (十四).

A unit has exactly one deputy in charge (明确一位分管负责人).  The rule is a duty of the unit: two at once,
or none, are recorded and flagged, never refused, for a hand-over may need a day of both.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from eventsourcing.domain import event

from aggregates import fields
from aggregates.base import Record
from aggregates.deed import CHINA, Deed
from aggregates.organisation.words_lists import LeadershipActionKind, OrganisationFlag
from aggregates.organisation.words_refusals import OrganisationRefusal
from aggregates.refusal import RefusalCode, refuse
from ledger import instants

MOST_RESOLUTIONS = 50


@dataclass(frozen=True, slots=True)
class Term:
    """A deputy's time in charge, both days included; no last day yet means it goes on."""

    officer: str
    from_date: str
    until_date: str | None

    def overlaps(self, first: str, last: str | None) -> bool:
        """Whether some day lies in both times."""
        return (last is None or self.from_date <= last) and (self.until_date is None or first <= self.until_date)


@dataclass(frozen=True, slots=True)
class Shown:
    """A publication by which a unit makes something public, and when it went out."""

    item: str
    publication: str
    published_at: datetime

    @property
    def day(self) -> date:
        """The civil day of the publication in the district."""
        return self.published_at.astimezone(CHINA).date()


class LeadershipEvents(Record):
    """What is written in a unit's leadership file; what may be written is in ``Leadership``."""

    class DeputyAppointed(Record.Event):
        """An officer is in charge of disclosure; ``in_charge`` are all who are so at some time of the term."""

        TOPIC = "leadership.deputy_appointed/1"
        unit: str
        officer: str
        from_date: str
        until_date: str | None
        in_charge: list[str]
        flags: list[str]

    class DeputyRelieved(Record.Event):
        """An officer's charge ends; ``in_charge`` are those who have it on the day after."""

        TOPIC = "leadership.deputy_relieved/1"
        unit: str
        officer: str
        until_date: str
        in_charge: list[str]
        flags: list[str]

    class DivisionPublished(Record.Event):
        """The deputy's division of work is before the public, so many days after the appointment (分工公布)."""

        TOPIC = "leadership.division_published/1"
        unit: str
        officer: str
        item: str
        publication: str
        published_at: str
        appointed_on: str
        lag_days: int

    class ActionRecorded(Record.Event):
        """A leader pushed the work forward (推动工作)."""

        TOPIC = "leadership.action_recorded/1"
        unit: str
        officer: str
        acted_on: str
        action_kind: str
        description: str

    class AgendaItemRecorded(Record.Event):
        """Disclosure was on the agenda of a leadership meeting (重要议事日程)."""

        TOPIC = "leadership.agenda_item_recorded/1"
        unit: str
        meeting: str
        held_on: str
        subject: str
        note: str | None

    class HearingHeld(Record.Event):
        """The unit's principal heard a report on disclosure (听取工作汇报)."""

        TOPIC = "leadership.hearing_held/1"
        unit: str
        hearing: str
        officer: str
        held_on: str
        subject: str

    class HearingResolutionRecorded(Record.Event):
        """What was decided at a hearing, who sees to it, and until when (研究推动工作)."""

        TOPIC = "leadership.hearing_resolution_recorded/1"
        unit: str
        hearing: str
        resolution: str
        decided: str
        resolution_owner: str
        due_date: str

    class HearingNoticePublished(Record.Event):
        """The facts of the hearing are before the public, so many days after it (有关情况公布)."""

        TOPIC = "leadership.hearing_notice_published/1"
        unit: str
        hearing: str
        item: str
        publication: str
        published_at: str
        held_on: str
        lag_days: int


class Leadership(LeadershipEvents):
    """A unit's leadership of disclosure; the stream is ``leadership/<unit>``."""

    TOPIC = "leadership"
    STREAM = "leadership"
    IDENTIFIER = "unit"

    def __init__(self) -> None:
        self.terms: list[Term] = []
        self.hearings: dict[str, str] = {}
        self.resolutions: dict[str, int] = {}

    # ── the deputy in charge ──────────────────────────────────────────────────────────────────────

    def in_charge_on(self, day: str) -> list[str]:
        """Who is in charge on that day (``YYYY-MM-DD``)."""
        return sorted({term.officer for term in self.terms if term.overlaps(day, day)})

    def note_appointment(self, deed: Deed, *, unit: str, officer: str, first: str, last: str | None) -> None:
        """Note the deputy whom an appointment put in charge; more than one at a time is flagged."""
        others = {term.officer for term in self.terms if term.overlaps(first, last)}
        in_charge = sorted(others | {officer})
        flags = [str(OrganisationFlag.TWO_DEPUTIES_IN_CHARGE)] if len(in_charge) > 1 else []
        self.write(
            self.DeputyAppointed,
            deed,
            unit=unit,
            officer=officer,
            from_date=first,
            until_date=last,
            in_charge=in_charge,
            flags=flags,
        )

    @event(LeadershipEvents.DeputyAppointed)
    def _deputy_appointed(self, officer: str, from_date: str, until_date: str | None) -> None:
        self.terms.append(Term(officer, from_date, until_date))

    def note_relief(self, deed: Deed, *, unit: str, officer: str, last: str) -> None:
        """Note that a deputy's charge ends; a unit left without one is flagged."""
        day_after = (date.fromisoformat(last) + timedelta(days=1)).isoformat()
        in_charge = [other for other in self.in_charge_on(day_after) if other != officer]
        flags = [] if in_charge else [str(OrganisationFlag.NO_DEPUTY_IN_CHARGE)]
        self.write(
            self.DeputyRelieved, deed, unit=unit, officer=officer, until_date=last, in_charge=in_charge, flags=flags
        )

    @event(LeadershipEvents.DeputyRelieved)
    def _deputy_relieved(self, officer: str, until_date: str) -> None:
        terms = [
            replace(term, until_date=until_date)
            if term.officer == officer and term.overlaps(until_date, None)
            else term
            for term in self.terms
        ]
        # A term that ends before it began never was one.
        self.terms = [term for term in terms if term.until_date is None or term.from_date <= term.until_date]

    def publish_division(self, deed: Deed, *, unit: str, officer: str, shown: Shown) -> None:
        """Note the publication of the deputy's division of work, and how long it took from the appointment."""
        held = [term for term in self.terms if term.officer == officer and term.overlaps(deed.day, deed.day)]
        if not held:
            raise refuse(OrganisationRefusal.NOT_DEPUTY_IN_CHARGE, officer=officer, unit=unit, day=deed.day)
        self.write(
            self.DivisionPublished,
            deed,
            unit=unit,
            officer=officer,
            item=shown.item,
            publication=shown.publication,
            published_at=instants.to_text(shown.published_at),
            appointed_on=held[-1].from_date,
            lag_days=_days_between(held[-1].from_date, shown),
        )

    # ── what the leaders do ───────────────────────────────────────────────────────────────────────

    def record_action(
        self, deed: Deed, *, unit: str, officer: str, acted_on: str, action_kind: str, description: str
    ) -> None:
        """Write down what a leader did to push the work forward."""
        self.write(
            self.ActionRecorded,
            deed,
            unit=unit,
            officer=officer,
            acted_on=acted_on,
            action_kind=fields.term(LeadershipActionKind, action_kind, "action_kind"),
            description=fields.text(description, "description", longest=fields.LONG),
        )

    def record_agenda_item(
        self, deed: Deed, *, unit: str, meeting: str, held_on: str | date, subject: str, note: str | None = None
    ) -> None:
        """Write down that disclosure was on the agenda of a meeting of the unit's leaders."""
        self.write(
            self.AgendaItemRecorded,
            deed,
            unit=unit,
            meeting=fields.text(meeting, "meeting"),
            held_on=_past(deed, held_on),
            subject=fields.text(subject, "subject"),
            note=fields.optional_text(note, "note", longest=fields.LONG),
        )

    def hold_hearing(self, deed: Deed, *, unit: str, hearing: str, officer: str, held_on: str, subject: str) -> None:
        """Write down that the principal heard a report; a hearing is recorded once."""
        hearing = fields.code(hearing, "hearing")
        if hearing in self.hearings:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=hearing)
        self.write(
            self.HearingHeld,
            deed,
            unit=unit,
            hearing=hearing,
            officer=officer,
            held_on=held_on,
            subject=fields.text(subject, "subject"),
        )

    @event(LeadershipEvents.HearingHeld)
    def _hearing_held(self, hearing: str, held_on: str) -> None:
        self.hearings[hearing] = held_on

    def resolve(self, deed: Deed, *, unit: str, hearing: str, resolutions: Iterable[Mapping[str, Any]]) -> None:
        """Write down what a hearing decided; each resolution has its owner and a due date not before the hearing."""
        held_on = self._hearing(unit, hearing)
        for resolution in fields.mappings(resolutions, "resolutions"):
            due = fields.day(resolution.get("due_date"), "resolutions.due_date")
            if due < held_on:
                raise fields.invalid("resolutions.due_date", "早于汇报日期", "it lies before the hearing")
            self.write(
                self.HearingResolutionRecorded,
                deed,
                unit=unit,
                hearing=hearing,
                resolution=f"{hearing}/{self.resolutions.get(hearing, 0) + 1}",
                decided=fields.text(resolution.get("decided"), "resolutions.decided", longest=fields.LONG),
                resolution_owner=fields.code(resolution.get("resolution_owner"), "resolutions.resolution_owner"),
                due_date=due,
            )

    @event(LeadershipEvents.HearingResolutionRecorded)
    def _hearing_resolution_recorded(self, hearing: str) -> None:
        self.resolutions[hearing] = self.resolutions.get(hearing, 0) + 1

    def publish_hearing_notice(self, deed: Deed, *, unit: str, hearing: str, shown: Shown) -> None:
        """Note the publication of a hearing's facts, and how long it took."""
        held_on = self._hearing(unit, hearing)
        self.write(
            self.HearingNoticePublished,
            deed,
            unit=unit,
            hearing=hearing,
            item=shown.item,
            publication=shown.publication,
            published_at=instants.to_text(shown.published_at),
            held_on=held_on,
            lag_days=_days_between(held_on, shown),
        )

    def _hearing(self, unit: str, hearing: str) -> str:
        if hearing not in self.hearings:
            raise refuse(OrganisationRefusal.HEARING_UNKNOWN, unit=unit, hearing=hearing)
        return self.hearings[hearing]


def _days_between(since: str, shown: Shown) -> int:
    """Calendar days from a day to a publication, which cannot lie before it."""
    days = (shown.day - date.fromisoformat(since)).days
    if days < 0:
        raise refuse(
            OrganisationRefusal.PUBLISHED_BEFORE_THE_FACT,
            publication=shown.publication,
            published_on=shown.day.isoformat(),
            since=since,
        )
    return days


def _past(deed: Deed, held_on: str | date) -> str:
    day = fields.day(held_on, "held_on")
    if day > deed.day:
        raise fields.invalid("held_on", "晚于办理日期", "it lies after the day of the act")
    return day
