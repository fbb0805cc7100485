"""The working time of 2025: weekdays without the statutory holidays, with the make-up days, in office hours."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from chinese_calendar import is_workday  # type: ignore[import-untyped]  # the package has no types

from aggregates.deed import CHINA

YEAR = 2025

_MORNING, _NOON, _AFTERNOON, _EVENING = time(8, 40), time(11, 45), time(13, 45), time(17, 15)


def working_days(year: int = YEAR) -> Sequence[date]:
    """Every working day of a year; the Sunday 26 January 2025 is one, 3 October is none."""
    first = date(year, 1, 1)
    days = (first + timedelta(days=number) for number in range(366))
    return [day for day in days if day.year == year and is_workday(day)]


def is_working(day: date) -> bool:
    """Whether the offices are open on a day."""
    return bool(is_workday(day))


def at(day: str, clock: str) -> datetime:
    """An instant of the story in the district's time: ``at("2025-01-23", "10:15")``."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=CHINA)


class OfficeHours:
    """Draws instants in office hours; the same dice give the same instants."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice

    def on(self, day: date) -> datetime:
        """Some minute of that day in office hours."""
        begins, ends = self._dice.choice(((_MORNING, _NOON), (_AFTERNOON, _EVENING)))
        minutes = (ends.hour - begins.hour) * 60 + ends.minute - begins.minute
        start = datetime.combine(day, begins, CHINA)
        return start + timedelta(minutes=self._dice.randrange(minutes), seconds=self._dice.randrange(60))

    def after(self, instant: datetime, least: timedelta, most: timedelta) -> datetime:
        """The next office minute a while later: between ``least`` and ``most``, holidays and nights left out."""
        seconds = int(least.total_seconds() + self._dice.random() * (most - least).total_seconds())
        return in_office_hours(instant + timedelta(seconds=seconds))


class RoundTheClock(OfficeHours):
    """The hours of an emergency: nobody waits for the morning, and nothing takes longer than it must."""

    def after(self, instant: datetime, least: timedelta, most: timedelta) -> datetime:  # noqa: ARG002 - nothing waits
        """The earliest that it can be done."""
        return instant + least


def in_office_hours(instant: datetime) -> datetime:
    """The instant itself, or the beginning of the next hours in which somebody works, some minutes into them."""
    local = instant.astimezone(CHINA)
    into = timedelta(minutes=instant.minute % 20 + 1, seconds=instant.second)
    if is_working(local.date()):
        if local.time() < _MORNING:
            return datetime.combine(local.date(), _MORNING, CHINA) + into
        if _NOON < local.time() < _AFTERNOON:
            return datetime.combine(local.date(), _AFTERNOON, CHINA) + into
        if local.time() <= _EVENING:
            return local
    day = local.date() + timedelta(days=1)
    while not is_working(day):
        day += timedelta(days=1)
    return datetime.combine(day, _MORNING, CHINA) + into
