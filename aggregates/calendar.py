"""The working calendar (工作日历): holiday years adopted, and corrected, as events.

A year is adopted from the State Council notice that arranges it, cited by its number; libraries only
propose (``aggregates.calendar_sources``).  A correction restates the whole year with its own source, so
that every date computed from the calendar can be computed anew, then and now.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from eventsourcing.domain import event

from aggregates import fields
from aggregates.base import Record
from aggregates.deed import Deed
from aggregates.refusal import RefusalCode, refuse
from aggregates.working_days import SATURDAY, CalendarYear, WorkingCalendar

EARLIEST_YEAR, LATEST_YEAR = 1949, 9998


class Calendar(Record):
    """The district's calendar, year by year; the stream is ``calendar/district``."""

    TOPIC = "calendar"
    STREAM = "calendar"
    IDENTIFIER = "district"

    class YearAdopted(Record.Event):
        """The year's days off and make-up workdays, by its notice (工作日历启用)."""

        TOPIC = "calendar.year_adopted/1"
        year: int
        source: str
        holidays: list[dict[str, str]]
        make_up_workdays: list[str]

    class Amended(Record.Event):
        """The year as it is after a correction, whole, and why (工作日历更正)."""

        TOPIC = "calendar.amended/1"
        year: int
        source: str
        holidays: list[dict[str, str]]
        make_up_workdays: list[str]
        reason: str

    def __init__(self) -> None:
        self.years: dict[int, CalendarYear] = {}

    @property
    def working_days(self) -> WorkingCalendar:
        """The calendar as a value to count with; it stays as it is when the file moves on."""
        return WorkingCalendar(dict(self.years))

    def adopt_year(
        self,
        deed: Deed,
        *,
        year: int,
        source: str,
        holidays: Iterable[Mapping[str, Any]],
        make_up_workdays: Iterable[str | date],
    ) -> None:
        """Adopt a year from its notice; a year is adopted once and amended afterwards."""
        if fields.number(year, "year", least=EARLIEST_YEAR, most=LATEST_YEAR) in self.years:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=f"calendar {year}")
        self.write(self.YearAdopted, deed, year=year, **_stated(year, source, holidays, make_up_workdays))

    @event(YearAdopted)
    def _year_adopted(
        self, year: int, source: str, holidays: list[dict[str, str]], make_up_workdays: list[str]
    ) -> None:
        self.years[year] = calendar_year(year, source, holidays, make_up_workdays)

    def amend(
        self,
        deed: Deed,
        *,
        year: int,
        source: str,
        holidays: Iterable[Mapping[str, Any]],
        make_up_workdays: Iterable[str | date],
        reason: str,
    ) -> None:
        """Correct an adopted year; the event states the whole year as it is now."""
        stated = _stated(year, source, holidays, make_up_workdays)
        if calendar_year(year, **stated) == self.years[year]:
            raise refuse(RefusalCode.NOTHING_TO_CHANGE, subject=f"calendar {year}")
        reason = fields.text(reason, "reason", longest=fields.LONG)
        self.write(self.Amended, deed, year=year, **stated, reason=reason)

    @event(Amended)
    def _amended(self, year: int, source: str, holidays: list[dict[str, str]], make_up_workdays: list[str]) -> None:
        self.years[year] = calendar_year(year, source, holidays, make_up_workdays)


def calendar_year(
    year: int, source: str, holidays: Sequence[Mapping[str, str]], make_up_workdays: Sequence[str]
) -> CalendarYear:
    """The year as a value, from what an event of the calendar says; also for whoever folds those events."""
    return CalendarYear(
        year,
        source,
        {date.fromisoformat(holiday["day"]): holiday["name"] for holiday in holidays},
        frozenset(date.fromisoformat(day) for day in make_up_workdays),
    )


def _stated(
    year: int, source: str, holidays: Iterable[Mapping[str, Any]], make_up_workdays: Iterable[str | date]
) -> dict[str, Any]:
    """What was asked, checked: every day lies in the year, once, and a make-up workday is a weekend day."""
    off = [_holiday(holiday) for holiday in fields.mappings(holidays, "holidays")]
    worked = fields.days(make_up_workdays, "make_up_workdays")
    off.sort(key=lambda holiday: holiday["day"])
    days = [holiday["day"] for holiday in off] + worked
    if any(not day.startswith(f"{year:04d}-") for day in days):
        raise fields.invalid("holidays", f"有不属于{year}年的日期", f"a day lies outside {year}")
    if len(set(days)) != len(days):
        raise fields.invalid("holidays", "同一日期出现两次", "a day is named twice")
    if any(date.fromisoformat(day).weekday() < SATURDAY for day in worked):
        raise fields.invalid("make_up_workdays", "调休上班日须为周六或周日", "a make-up workday is a weekend day")
    return {"source": fields.text(source, "source"), "holidays": off, "make_up_workdays": worked}


def _holiday(holiday: Mapping[str, Any]) -> dict[str, str]:
    return {
        "day": fields.day(holiday.get("day"), "holidays.day"),
        "name": fields.text(holiday.get("name"), "holidays.name", longest=100),
    }
