"""The working calendar: years adopted from their notices, corrected, and what libraries propose (十三)."""

from dataclasses import asdict
from typing import Annotated

from fastapi import Path, Response
from pydantic import Field

from aggregates.calendar_sources import YearNotPublished, propose
from aggregates.registry import Registry
from web.answers import READ, RECORDED
from web.problem_codes import ProblemCode
from web.problems import Problem
from web.routing import router as a_router
from web.submission import TheSubmission
from web.wire import dump
from web.wishes import Day, Long, Short, Wish

router = a_router("/calendar", "calendar")

AYear = Annotated[int, Path(ge=1949, le=9998)]


class DayOff(Wish):
    """A day off and its holiday."""

    day: Day
    name: Short


class _YearOfTheNotice(Wish):
    source: Short
    holidays: Annotated[list[DayOff], Field(max_length=200)]
    make_up_workdays: Annotated[list[Day], Field(max_length=200)]


class CalendarYear(_YearOfTheNotice):
    """A year as its notice has it: every day off, weekends among them, and the weekend days that are worked."""

    year: Annotated[int, Field(ge=1949, le=9998)]


class CalendarAmendment(_YearOfTheNotice):
    """The whole year as it is now, and why."""

    reason: Long


@router.post("/years", summary="启用年度工作日历 · adopt a year's calendar", **RECORDED)
async def adopt_calendar_year(wish: CalendarYear, submission: TheSubmission) -> Response:
    """Adopt a year from the State Council's notice."""
    return await submission.to(Registry.adopt_calendar_year, "calendar/district", **wish.stated())


@router.post("/years/{year}/amendments", summary="更正工作日历 · amend the calendar", **RECORDED)
async def amend_calendar(year: AYear, wish: CalendarAmendment, submission: TheSubmission) -> Response:
    """Correct an adopted year; every open date is counted by it from then on."""
    return await submission.to(Registry.amend_calendar, "calendar/district", year=year, **wish.stated())


@router.get("/proposals/{year}", summary="年度日历建议 · what libraries propose for a year", **READ)
async def proposed_year(year: AYear) -> Response:
    """A proposal to compare with the notice, in the shape that adopting takes; ``disputed`` days need a look."""
    try:
        return Response(dump(asdict(propose(year))), media_type="application/json")
    except YearNotPublished as error:
        raise Problem(ProblemCode.NOT_FOUND) from error
