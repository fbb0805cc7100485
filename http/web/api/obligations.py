"""Who owes what by when (责任跟踪): lists, one duty with its count day by day, all judged at the moment asked about."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

from fastapi import Path, Query, Request, Response

from aggregates.deed import CHINA
from projections.obligations import PROJECTION, asking, gaps
from projections.obligations.asking import Wanted
from projections.obligations.judging import Explanation, Obligation
from projections.obligations.words import Duty, State
from projections.reading import LARGEST_PAGE, Answer, Listed, Reader
from projections.temporal import AsOf
from web.answers import READ, problems
from web.as_of import Moment, TheMoment
from web.asking import ask, listed, many, one, shown
from web.calendar_feed import calendar_feed
from web.dependencies import TheActor, TheService
from web.paging import Cursor, Limit
from web.principal import Principal
from web.reading_rights import may_read_affairs_of, not_permitted, supervises
from web.routing import router as a_router
from web.service import Service
from web.wishes import CODE_PATTERN, OneOf

router = a_router("", "obligations")

CALENDAR: dict[str, Any] = {
    "response_class": Response,
    "responses": {
        200: {"description": "日历 · the calendar", "content": {"text/calendar": {"schema": {"type": "string"}}}}
    }
    | problems(400, 401, 403, 422, 500, 503),
}

Unit = Annotated[str | None, Query(pattern=CODE_PATTERN, description="单位 · unit")]
Officer = Annotated[str | None, Query(pattern=CODE_PATTERN, description="人员 · officer, by posts held or deeds done")]
Kind = Annotated[str | None, OneOf(Duty), Query(description="责任种类 · kind of duty")]
Standing = Annotated[
    str, OneOf(State), Query(description="状态；open 为一切未办 · how it stands; open is all that is not done")
]


def _question(
    service: Service, moment: Moment, wanted: Wanted, limit: int, cursor: str | None = None
) -> Callable[[Reader, AsOf], Listed[Obligation]]:
    """What the list and the calendar ask: the duties wanted, in the posts that the officer asked about holds."""

    def question(reader: Reader, as_of: AsOf) -> Listed[Obligation]:
        at = asking.judging_instant(service.ledger, moment.as_of, service.clock)
        posts = asking.posts_of(reader, wanted.officer, at, as_of)
        return asking.list_obligations(
            reader, as_of, at, wanted=replace(wanted, posts=posts), limit=limit, cursor=cursor
        )

    return question


@router.get("/obligations", summary="责任清单 · obligations", **READ)
async def list_obligations(
    *,
    request: Request,
    service: TheService,
    principal: TheActor,
    moment: TheMoment,
    unit: Unit = None,
    officer: Officer = None,
    kind: Kind = None,
    state: Standing = str(State.OPEN),
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """The duties of the officer's units, the earliest due first, of the done the last; supervision sees those of every unit."""
    wanted = Wanted(units=units_to_read(principal, unit), kind=kind, state=state, officer=officer)
    question = _question(service, moment, wanted, limit, cursor)
    return listed(request, await ask(service, PROJECTION.name, moment, question, cursor))


@router.get("/obligations.ics", summary="责任日历订阅 · the open obligations as a calendar", **CALENDAR)
async def read_calendar(
    *,
    service: TheService,
    principal: TheActor,
    moment: TheMoment,
    unit: Unit = None,
    officer: Officer = None,
    kind: Kind = None,
) -> Response:
    """What is not done and has a day or an instant, as iCalendar (RFC 5545): at most 1000, the earliest due."""
    wanted = Wanted(units=units_to_read(principal, unit), kind=kind, state=State.OPEN, officer=officer)
    question = _question(service, moment, wanted, LARGEST_PAGE)
    found = await ask(service, PROJECTION.name, moment, question)
    headers = {"Ledger-Position": str(found.position), "Content-Disposition": 'inline; filename="obligations.ics"'}
    return Response(calendar_feed(found.rows), headers=headers, media_type="text/calendar")


@router.get("/gaps", summary="缺口 · what nobody has seen to", **READ)
async def list_gaps(service: TheService, principal: TheActor, moment: TheMoment, unit: Unit = None) -> Response:
    """Offices not named, nobody on watch, no or several deputies, hearings, bulletins and training missed."""
    units = units_to_read(principal, unit)

    def question() -> Answer[tuple[gaps.Gap, ...]]:
        today = _day(asking.judging_instant(service.ledger, moment.as_of, service.clock))
        return gaps.find(service.ledger, moment.as_of, today, units=units)

    return many(await service.asking(question))


@router.get("/obligations/{obligation}", summary="一项责任及其期限计算 · one obligation, day by day", **READ)
async def read_obligation(
    obligation: Annotated[
        str, Path(max_length=200, pattern=r"^[a-z_]+\.[A-Za-z0-9._~-]+$", examples=["request_answer.Q-2025-001"])
    ],
    service: TheService,
    principal: TheActor,
    moment: TheMoment,
) -> Response:
    """How it stands, and why it is due then: every day of the count with its reason, stops and new beginnings."""
    found = await _explained(service, moment, obligation)
    explanation = found.value
    if explanation is None or not may_read_affairs_of(
        principal, explanation.obligation.unit, *explanation.obligation.units
    ):
        # Another unit's duty looks like none at all.
        return one(Answer(None, found.position))
    told = {name: value for name, value in shown(explanation).items() if name != "obligation"}
    return one(Answer(explanation.obligation, found.position), **told)


async def _explained(service: Service, moment: Moment, obligation: str) -> Answer[Explanation]:
    def question(reader: Reader, as_of: AsOf) -> Answer[Explanation]:
        at = asking.judging_instant(service.ledger, moment.as_of, service.clock)
        return asking.one(reader, obligation, at, as_of)

    return await ask(service, PROJECTION.name, moment, question)


def units_to_read(principal: Principal, named: str | None) -> frozenset[str] | None:
    """The units whose duties are shown; None for all of them.  Raises Problem NOT_PERMITTED."""
    if named is None:
        return None if supervises(principal) else principal.units
    if not may_read_affairs_of(principal, named):
        raise not_permitted()
    return frozenset({named})


def _day(at: datetime) -> str:
    return at.astimezone(CHINA).date().isoformat()
