"""Working days (工作日): a pure value that counts them, and says of every day why it counted or not.

Monday to Friday except the statutory holidays, and the make-up workdays (调休上班) of the yearly State
Council notice.  The day on which something is received is not counted: the next working day is day 1.
A year whose notice was not adopted answers ``None``, unknown: a day is never guessed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from aggregates.terms import Term

SATURDAY = 5
ONE_DAY = timedelta(days=1)


class DayReason(Term):
    """Why a day was counted or skipped."""

    RECEIVED = "RECEIVED", "收到当日不计", "the day of receipt is not counted"
    WORKDAY = "WORKDAY", "工作日", "working day"
    MAKE_UP = "MAKE_UP", "调休上班", "make-up workday"
    WEEKEND = "WEEKEND", "周末", "weekend"
    HOLIDAY = "HOLIDAY", "法定节假日", "statutory holiday"
    STOPPED = "STOPPED", "期限中止", "clock stopped"
    UNKNOWN = "UNKNOWN", "该年工作日历未启用", "the year's calendar is not adopted"


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One year as its notice has it; ``holidays`` gives every day off its name, weekends among them too.

    ``source`` is the notice that arranges the year, as 国办发明电〔2024〕12号.
    """

    year: int
    source: str
    holidays: Mapping[date, str] = field(default_factory=dict)
    make_up_workdays: frozenset[date] = frozenset()

    def reason(self, day: date) -> DayReason:
        """What kind of day it is in this year."""
        if day in self.holidays:
            return DayReason.HOLIDAY
        if day in self.make_up_workdays:
            return DayReason.MAKE_UP
        return DayReason.WEEKEND if day.weekday() >= SATURDAY else DayReason.WORKDAY


class Stop(NamedTuple):
    """A time in which a clock stands still: the days after ``stopped_on`` up to and with ``resumed_on``.

    Counted as the period itself is: the day on which the clock stops still counts, the day after the one
    on which it resumes is the next that can count.
    """

    stopped_on: date
    resumed_on: date
    note: str = ""

    def covers(self, day: date) -> bool:
        """Whether the clock stands still on that day."""
        return self.stopped_on < day <= self.resumed_on


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day of a count: its number if it was counted, and why it was or was not.

    ``note`` names the holiday, the notice that made a weekend a workday, or what stopped the clock.
    """

    day: date
    number: int | None
    reason: DayReason
    note: str = ""


_WORKING = frozenset({DayReason.WORKDAY, DayReason.MAKE_UP})


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """All years that were adopted.  ``None`` as an answer means: it falls in a year that was not."""

    years: Mapping[int, CalendarYear] = field(default_factory=dict)

    def knows(self, year: int) -> bool:
        """Whether the year's calendar was adopted."""
        return year in self.years

    def reason(self, day: date) -> DayReason:
        """What kind of day it is; UNKNOWN in a year that was not adopted."""
        year = self.years.get(day.year)
        return DayReason.UNKNOWN if year is None else year.reason(day)

    def is_working_day(self, day: date) -> bool | None:
        """Whether offices work on that day; None where the year is unknown."""
        reason = self.reason(day)
        return None if reason is DayReason.UNKNOWN else reason in _WORKING

    def add_working_days(self, day: date, count: int, stops: Iterable[Stop] = ()) -> date | None:
        """The ``count``-th working day after ``day``, which itself is not counted; None where a year is unknown.

        Days on which a stop holds the clock are skipped.  ``count`` 0 is the day itself.
        """
        last = self.explain(day, count, stops)[-1]
        return None if last.reason is DayReason.UNKNOWN else last.day

    def working_days_between(self, first: date, last: date, stops: Iterable[Stop] = ()) -> int | None:
        """How many working days lie after ``first`` up to and with ``last``; 0 where ``last`` is not later.

        None where a year on the way is unknown.
        """
        counted = 0
        for day in self._count(first, tuple(stops)):
            if day.day > last:
                break
            if day.reason is DayReason.UNKNOWN:
                return None
            counted = day.number or counted
        return counted

    def explain(self, day: date, count: int, stops: Iterable[Stop] = ()) -> tuple[CountedDay, ...]:
        """Every day from ``day`` to the ``count``-th working day after it, each with its reason.

        The first member is the day of receipt, the last the day that was asked for; where a year is
        unknown the last is the first day of that year, as UNKNOWN.  Raises ValueError for a negative count.
        """
        if count < 0:
            raise ValueError(f"working days are counted forward, {count} were asked for")
        days = [CountedDay(day, None, DayReason.RECEIVED)]
        if count == 0:
            return tuple(days)
        for counted in self._count(day, tuple(stops)):
            days.append(counted)
            if counted.reason is DayReason.UNKNOWN or counted.number == count:
                break
        return tuple(days)

    def _count(self, day: date, stops: tuple[Stop, ...]) -> Iterator[CountedDay]:
        """The days after ``day`` without end, each working day on which the clock runs with its number."""
        number = 0
        while True:
            day += ONE_DAY
            reason, note = self._why(day, stops)
            if reason in _WORKING:
                number += 1
                yield CountedDay(day, number, reason, note)
            else:
                yield CountedDay(day, None, reason, note)

    def _why(self, day: date, stops: tuple[Stop, ...]) -> tuple[DayReason, str]:
        year = self.years.get(day.year)
        if year is None:
            return DayReason.UNKNOWN, str(day.year)
        for stop in stops:
            if stop.covers(day):
                return DayReason.STOPPED, stop.note
        reason = year.reason(day)
        if reason is DayReason.HOLIDAY:
            return reason, year.holidays[day]
        return reason, year.source if reason is DayReason.MAKE_UP else ""


def differences(before: Iterable[CountedDay], after: Iterable[CountedDay]) -> tuple[tuple[CountedDay, CountedDay], ...]:
    """The days that two counts from the same day see differently: why a corrected calendar moves a date.

    Only days that stand in both are compared; what one count has beyond the other follows from them.
    """
    then = {counted.day: counted for counted in before}
    pairs = ((then[counted.day], counted) for counted in after if counted.day in then)
    return tuple((old, new) for old, new in pairs if (old.reason, old.note) != (new.reason, new.note))
