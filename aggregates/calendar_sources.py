"""What public libraries say of a year's holidays: a proposal to compare with the notice and adopt, never more.

``chinesecalendar`` knows the years whose notice is out and no others; ``holidays`` guesses years to come,
so it is only asked for a second opinion on the same days.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import holidays as second_opinion
from chinese_calendar import constants as first_opinion  # type: ignore[import-untyped] # it ships no types

_CHINESE_NAMES = {holiday.value: holiday.chinese for holiday in first_opinion.Holiday}


class YearNotPublished(LookupError):
    """The libraries do not hold the year's notice; take the holidays from the notice itself."""


@dataclass(frozen=True, slots=True)
class ProposedYear:
    """A year as ``adopt_calendar_year`` takes it, but for its source, which only the notice can give.

    ``disputed`` are the days on which the second library sees a working day otherwise: look them up.
    """

    year: int
    holidays: list[dict[str, str]]
    make_up_workdays: list[str]
    disputed: list[str]


def propose(year: int) -> ProposedYear:
    """What the libraries hold of a year.  Raises YearNotPublished where they hold nothing."""
    off = {day: name for day, name in first_opinion.holidays.items() if day.year == year}
    worked = {day for day in first_opinion.workdays if day.year == year}
    if not off:
        raise YearNotPublished(
            f"chinesecalendar holds no holidays of {year}: its notice was not out, or the library is older than it. "
            "Nothing is proposed; take the days from the notice, or install a newer chinesecalendar."
        )
    opinion = second_opinion.country_holidays("CN", years=year)
    return ProposedYear(
        year,
        [{"day": day.isoformat(), "name": _CHINESE_NAMES.get(name, name)} for day, name in sorted(off.items())],
        [day.isoformat() for day in sorted(worked)],
        [
            day.isoformat()
            for day in _days_of(year)
            if opinion.is_working_day(day) != ((day.weekday() < 5 and day not in off) or day in worked)  # noqa: PLR2004
        ],
    )


def _days_of(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)
