"""The duties that come round by themselves: yearly and monthly ones (四) (十四) (十七), law article 49.

What somebody did is on the record and has its row.  What nobody did has no event to arise from: such a
duty follows from the calendar and the units there are, and is stated when it is read.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from aggregates.appraisal.annual_report import DEADLINES
from aggregates.appraisal.words_lists import ReportScope
from aggregates.supervision.self_check import Window
from aggregates.vocabulary import UnitKind
from projections.feed import Event
from projections.obligations.rows import Heard, day_in_china, met, opened
from projections.obligations.words import Duty, Rule
from projections.temporal import Content

_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Period:
    """The year or month of one duty: how it is called, and its first and last day."""

    name: str
    first_day: str
    due_on: str


def self_check_of(year: int) -> Period:
    """The self-check of a November."""
    window = Window(year)
    return Period(str(year), window.first_day, window.last_day)


def hearing_of(year: int) -> Period:
    """The report that the principal hears at least once a year."""
    return Period(str(year), f"{year:04d}-01-01", f"{year:04d}-12-31")


def report_of(year: int, scope: str) -> Period:
    """The annual report about a year: owed from its end until its day in the year after."""
    return Period(str(year), f"{year + 1:04d}-01-01", f"{year + 1:04d}-{DEADLINES[scope]}")


def bulletin_of(month: str) -> Period:
    """The bulletin about a month, which is to come out in the month after it (每月通报)."""
    first = date.fromisoformat(f"{next_month(month)}-01")
    last = date.fromisoformat(f"{next_month(first.isoformat()[:7])}-01") - timedelta(days=1)
    return Period(month, first.isoformat(), last.isoformat())


def next_month(month: str) -> str:
    """The month after ``YYYY-MM``."""
    year, number = int(month[:4]), int(month[5:7])
    return f"{year + number // _DECEMBER:04d}-{number % _DECEMBER + 1:02d}"


# ── what was done ─────────────────────────────────────────────────────────────────────────────────────


def _begun(row: Content | None, event: Event, unit: str | None, period: Period) -> Content:
    return row or opened(event, unit=unit, rule=Rule.CALENDAR_DAY, started_on=period.first_day, due_on=period.due_on)


def _cycle_year(event: Event) -> int:
    return int(event.data["cycle"].rpartition("-")[2])


def _checking(row: Content | None, event: Event) -> Content:
    return _begun(row, event, event.data["unit"], self_check_of(_cycle_year(event)))


def _checked(row: Content | None, event: Event) -> Content | None:
    return met(_checking(row, event), event)


def _heard(row: Content | None, event: Event) -> Content | None:
    held = event.data["held_on"]
    return met(_begun(row, event, event.data["unit"], hearing_of(int(held[:4]))), event, on=held)


def _reported(row: Content | None, event: Event) -> Content:
    data = event.data
    return _begun(row, event, data["unit"], report_of(data["year"], data["scope"]))


def _report_out(row: Content | None, event: Event) -> Content | None:
    # The law asks for both: that it is submitted, and that it is before the public.
    return met(_reported(row, event), event, on=day_in_china(event.data["published_at"]))


def _bulletin(row: Content | None, event: Event) -> Content | None:
    return met(_begun(row, event, event.unit, bulletin_of(event.data["month"])), event)


def _reports(scope: ReportScope) -> Heard:
    def subjects(event: Event) -> Iterable[str]:
        data = event.data
        return (f"{data['unit']}.{data['year']}",) if data["scope"] == scope else ()

    return {"annual_report.submitted/1": (subjects, _reported), "annual_report.published/1": (subjects, _report_out)}


def _of_cycle(event: Event) -> Iterable[str]:
    return (f"{event.data['unit']}.{_cycle_year(event)}",)


def _of_year(event: Event) -> Iterable[str]:
    return (f"{event.data['unit']}.{event.data['held_on'][:4]}",)


def _of_month(event: Event) -> Iterable[str]:
    return (event.data["month"],)


HEARD: Mapping[Duty, Heard] = {
    Duty.SELF_CHECK: {
        "self_check.opened/1": (_of_cycle, _checking),
        "self_check.reported/1": (_of_cycle, _checked),
    },
    Duty.YEARLY_HEARING: {"leadership.hearing_held/1": (_of_year, _heard)},
    Duty.ANNUAL_REPORT: _reports(ReportScope.UNIT),
    Duty.DISTRICT_REPORT: _reports(ReportScope.DISTRICT),
    Duty.MONTHLY_BULLETIN: {"bulletin.issued/1": (_of_month, _bulletin)},
}


# ── what came round ───────────────────────────────────────────────────────────────────────────────────


def come_round(units: Iterable[Content], first_bulletin: str | None, today: str) -> Iterator[Content]:
    """Every periodic duty that had begun by a day, as the row of one that nobody has done.

    A unit owes them from the year of its registration until it is succeeded; the district's bulletins
    are owed from the first that was issued.
    """
    for unit in units:
        if unit["kind"] == UnitKind.EXTERNAL:
            continue
        last = min(today, unit["succeeded_on"] or today)
        in_office = unit["kind"] == UnitKind.DISTRICT_OFFICE
        for year in range(int(unit["registered_on"][:4]), int(last[:4]) + 1):
            for duty, period in _of_a_year(year, in_office=in_office):
                if unit["registered_on"] <= period.due_on and period.first_day <= last:
                    yield _undone(duty, f"{unit['unit']}.{period.name}", unit["unit"], period)
        if in_office and first_bulletin is not None:
            yield from _bulletins(unit["unit"], first_bulletin, last)


def _of_a_year(year: int, *, in_office: bool) -> Iterator[tuple[Duty, Period]]:
    yield Duty.SELF_CHECK, self_check_of(year)
    yield Duty.YEARLY_HEARING, hearing_of(year)
    # The report that is owed within this year is about the year before it.
    yield Duty.ANNUAL_REPORT, report_of(year - 1, ReportScope.UNIT)
    if in_office:
        yield Duty.DISTRICT_REPORT, report_of(year - 1, ReportScope.DISTRICT)


def _bulletins(unit: str, first: str, today: str) -> Iterator[Content]:
    month = first
    while (period := bulletin_of(month)).first_day <= today:
        yield _undone(Duty.MONTHLY_BULLETIN, month, unit, period)
        month = next_month(month)


def _undone(duty: Duty, subject: str, unit: str, period: Period) -> Content:
    return {
        "obligation": f"{duty}.{subject}",
        "kind": str(duty),
        "subject": subject,
        "unit": unit,
        "post": duty.post,
        "rule": str(Rule.CALENDAR_DAY),
        "started_on": period.first_day,
        "due_on": period.due_on,
    }
