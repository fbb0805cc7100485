"""How a duty stands at a moment: due by when, done in time or not, by how much over.

Nothing of it is stored.  A day or an instant of falling due is reckoned from the facts in the row and the
calendar as it is known at that moment, so a corrected calendar moves the days of every duty by itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from aggregates.calendar import calendar_year
from aggregates.deed import CHINA
from aggregates.opinion.clocks import breach_minutes
from aggregates.requests import clock as request_clock
from aggregates.requests.regulation import REGULATIONS
from aggregates.working_days import CountedDay, Stop, WorkingCalendar
from ledger import instants
from projections.obligations.requests import facts_of
from projections.obligations.words import DUTIES_BY_CODE, Duty, Rule, State
from projections.temporal import Content

SOON = timedelta(days=3)
"""So many calendar days before its day a duty is due soon."""
SOON_ELAPSED = timedelta(hours=2)
"""So long before its instant, where hours are counted."""

_NEVER = "9999"
_UNITS_OF_DELAY: Mapping[str, str] = {str(Rule.WORKING_DAYS): "working_days", str(Rule.CALENDAR_DAY): "days"}


@dataclass(frozen=True, slots=True)
class Obligation:
    """A duty as it stands at ``judged_at``: days are the district's, instants UTC as the entries write them.

    ``due_on`` is the last day, ``due_at`` the last instant where hours are counted; both are None where
    the rule names none, where the clock does not run (``waits_for``), or where a year's calendar is not
    adopted.  ``late_by`` counts ``late_unit`` beyond it, None where that cannot be counted; ``breached``
    says that the last moment is over, done or not.
    """

    obligation: str
    kind: str
    kind_zh: str
    kind_en: str
    subject: str
    unit: str | None
    units: tuple[str, ...]
    post: str
    party: str | None
    source: str
    rule: str
    allowed: int | None
    opened_at: str | None
    opened_position: int | None
    started_on: str | None
    started_at: str | None
    due_on: str | None
    due_at: str | None
    waits_for: str | None
    stopped: bool
    state: str
    breached: bool
    late_by: int | None
    late_unit: str | None
    done_on: str | None
    done_at: str | None
    done_by: str | None
    done_post: str | None
    done_position: int | None
    outcome: str | None
    judged_at: str

    @property
    def falls_due(self) -> str:
        """By what lists are ordered: the last moment as text, what has none at the end."""
        if self.due_at is not None:
            return self.due_at
        return _NEVER if self.due_on is None else instants.to_text(_end_of(date.fromisoformat(self.due_on)))


class Due(NamedTuple):
    """The last day, or the last instant, or neither and what is waited for."""

    on: date | None = None
    at: datetime | None = None
    waits_for: str | None = None
    stopped: bool = False


def calendar_of(rows: Iterable[Content]) -> WorkingCalendar:
    """The calendar from its rows."""
    years = (calendar_year(row["year"], row["source"], row["holidays"], row["make_up_workdays"]) for row in rows)
    return WorkingCalendar({year.year: year for year in years})


def judge(row: Content, calendar: WorkingCalendar, at: datetime) -> Obligation:
    """A duty's row at an instant."""
    duty, due = DUTIES_BY_CODE[row["kind"]], due_of(row, calendar)
    breached, late_by = _lateness(row, due, calendar, at)
    late_unit = None if due.on is None and due.at is None else _UNITS_OF_DELAY.get(row["rule"], "minutes")
    taken_over: dict[str, Any] = {name: row.get(name) for name in _TAKEN_OVER}
    return Obligation(
        kind_zh=duty.zh,
        kind_en=duty.en,
        source=_source(duty, row),
        units=tuple(row.get("units") or ()),
        due_on=None if due.on is None else due.on.isoformat(),
        due_at=None if due.at is None else instants.to_text(due.at),
        waits_for=due.waits_for,
        stopped=due.stopped,
        state=str(_state(row, due, breached=breached, at=at)),
        breached=breached,
        late_by=late_by,
        late_unit=late_unit,
        judged_at=instants.to_text(at),
        **taken_over,
    )


_TAKEN_OVER = [
    "obligation",
    "kind",
    "subject",
    "unit",
    "post",
    "party",
    "rule",
    "allowed",
    "opened_at",
    "opened_position",
    "started_on",
    "started_at",
    "done_on",
    "done_at",
    "done_by",
    "done_post",
    "done_position",
    "outcome",
]


def due_of(row: Content, calendar: WorkingCalendar) -> Due:
    """When a duty is due by a calendar."""
    match row["rule"]:
        case Rule.WORKING_DAYS:
            return _of_request(row, calendar) if row["clock"] is not None else _working_days(row, calendar)
        case Rule.CALENDAR_DAY:
            return Due(on=_calendar_day(row))
        case Rule.ELAPSED_HOURS if row["started_at"] is not None:
            return Due(at=instants.from_text(row["started_at"]) + timedelta(hours=row["allowed"]))
        case Rule.SAME_TIME if row["due_at"] is not None:
            return Due(at=instants.from_text(row["due_at"]))
    return Due()


def _of_request(row: Content, calendar: WorkingCalendar) -> Due:
    facts = facts_of(row["clock"])
    counted = request_clock.deadline(facts, calendar)
    is_open = row["done_position"] is None
    return Due(
        on=counted.due_on,
        waits_for=counted.waits_for if is_open else None,
        stopped=is_open and counted.projected,
    )


def _working_days(row: Content, calendar: WorkingCalendar) -> Due:
    started = _day(row["started_on"])
    return Due() if started is None else Due(on=calendar.add_working_days(started, row["allowed"]))


def _calendar_day(row: Content) -> date | None:
    if (stated := row.get("due_on")) is not None:
        return _day(stated)
    started = _day(row["started_on"])
    return None if started is None else started + timedelta(days=row["allowed"])


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _lateness(row: Content, due: Due, calendar: WorkingCalendar, at: datetime) -> tuple[bool, int | None]:
    if due.at is not None:
        ended = at if row.get("done_at") is None else instants.from_text(row["done_at"])
        over = breach_minutes(due.at, ended)
        return over > 0, over
    if due.on is None or due.waits_for is not None:
        return False, None
    ended_on = _day(row.get("done_on")) or at.astimezone(CHINA).date()
    if ended_on <= due.on:
        return False, 0
    if row["rule"] == Rule.WORKING_DAYS:
        return True, calendar.working_days_between(due.on, ended_on)
    return True, (ended_on - due.on).days


def _state(row: Content, due: Due, *, breached: bool, at: datetime) -> State:
    if row.get("done_position") is not None:
        return State.DONE
    if due.waits_for is not None:
        return State.WAITING
    if breached:
        return State.OVERDUE
    return State.DUE_SOON if _is_soon(due, at) else State.OPEN


def _is_soon(due: Due, at: datetime) -> bool:
    if due.at is not None:
        return due.at - at <= SOON_ELAPSED
    return due.on is not None and due.on - at.astimezone(CHINA).date() <= SOON


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), CHINA) - timedelta(microseconds=1)


def _source(duty: Duty, row: Content) -> str:
    """The article; a request that runs under the older regulation names that one."""
    clock = row.get("clock")
    regulation = "" if clock is None else clock.get("regulation", "")
    return f"{duty.source}（{REGULATIONS[regulation].title_zh}）" if regulation in REGULATIONS else duty.source


# ── the count, day by day ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class ExplainedDay:
    """One day of a count: its number where it counts, and why it does or does not."""

    day: str
    number: int | None
    reason: str
    reason_zh: str
    reason_en: str
    note: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A duty and how its day came about; ``days`` is empty where no working days are counted."""

    obligation: Obligation
    days: tuple[ExplainedDay, ...]
    stops: tuple[dict[str, str], ...]
    restarts: tuple[dict[str, Any], ...]


def explain(row: Content, calendar: WorkingCalendar, at: datetime) -> Explanation:
    """Judge a duty and show every day of its count."""
    days, stops = _counted(row, calendar)
    return Explanation(
        judge(row, calendar, at),
        tuple(_shown(counted) for counted in days),
        tuple(
            {"stopped_on": stop.stopped_on.isoformat(), "resumed_on": stop.resumed_on.isoformat(), "note": stop.note}
            for stop in stops
        ),
        tuple(row.get("restarts") or ()),
    )


def _counted(row: Content, calendar: WorkingCalendar) -> tuple[tuple[CountedDay, ...], tuple[Stop, ...]]:
    if row["rule"] != Rule.WORKING_DAYS:
        return (), ()
    if row["clock"] is not None:
        facts = facts_of(row["clock"])
        return request_clock.deadline(facts, calendar).days, request_clock.stops(facts, calendar)
    started = _day(row["started_on"])
    return ((), ()) if started is None else (calendar.explain(started, row["allowed"]), ())


def _shown(counted: CountedDay) -> ExplainedDay:
    reason = counted.reason
    return ExplainedDay(counted.day.isoformat(), counted.number, str(reason), reason.zh, reason.en, counted.note)
