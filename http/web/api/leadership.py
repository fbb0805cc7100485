"""Leaders: the deputy in charge, the yearly hearing, the agenda, and what is public of them (十四)."""

from typing import Annotated

from fastapi import Response
from pydantic import Field

from aggregates.organisation.leadership import MOST_RESOLUTIONS
from aggregates.organisation.words_lists import LeadershipActionKind
from aggregates.registry import Registry
from web.answers import RECORDED, Named
from web.routing import router as a_router
from web.submission import TheSubmission
from web.wishes import Code, Day, Long, OneOf, Short, Wish

router = a_router("/units", "leadership")


class Charge(Wish):
    """Who is put in charge; from today where no day is named."""

    officer: Code
    from_date: Day | None = None
    until_date: Day | None = None


class Division(Wish):
    """The deputy and the item that shows the division of work."""

    officer: Code
    item: Code


class Action(Wish):
    """What a leader did."""

    officer: Code
    action_kind: Annotated[str, OneOf(LeadershipActionKind)]
    description: Long
    acted_on: Day | None = None


class AgendaItem(Wish):
    """What was on the agenda of which meeting."""

    meeting: Short
    subject: Short
    held_on: Day | None = None
    note: Long | None = None


class Resolution(Wish):
    """What was decided, who sees to it, until when."""

    decided: Long
    resolution_owner: Code
    due_date: Day


class Hearing(Wish):
    """The report that the principal heard; resolutions may follow."""

    hearing: Code
    officer: Code
    subject: Short
    held_on: Day | None = None
    resolutions: Annotated[list[Resolution], Field(max_length=MOST_RESOLUTIONS)] = Field(default_factory=list)


class Notice(Wish):
    """The item that shows the facts of the hearing."""

    item: Code


def _stream(unit: str) -> str:
    return f"leadership/{unit}"


@router.post("/{unit}/deputies-in-charge", summary="明确分管负责人 · appoint the deputy in charge", **RECORDED)
async def appoint_deputy_in_charge(unit: Named, wish: Charge, submission: TheSubmission) -> Response:
    """Put an officer in charge of disclosure; a second one at the same time is flagged."""
    return await submission.to(Registry.appoint_deputy_in_charge, _stream(unit), unit=unit, **wish.stated())


@router.post("/{unit}/leadership-divisions", summary="公布分工 · the deputy's division of work is public", **RECORDED)
async def publish_leadership_division(unit: Named, wish: Division, submission: TheSubmission) -> Response:
    """Record the item that shows it, and so how long it took from the appointment."""
    return await submission.to(Registry.publish_leadership_division, _stream(unit), unit=unit, **wish.stated())


@router.post("/{unit}/leadership-actions", summary="登记领导推动工作 · record a leader's action", **RECORDED)
async def record_leadership_action(unit: Named, wish: Action, submission: TheSubmission) -> Response:
    """Record what the deputy in charge or the principal did for the work."""
    return await submission.to(Registry.record_leadership_action, _stream(unit), unit=unit, **wish.stated())


@router.post("/{unit}/agenda-items", summary="登记议事日程 · record an agenda item", **RECORDED)
async def record_agenda_item(unit: Named, wish: AgendaItem, submission: TheSubmission) -> Response:
    """Record that disclosure was on the agenda of the leaders' meeting."""
    return await submission.to(Registry.record_agenda_item, _stream(unit), unit=unit, **wish.stated())


@router.post("/{unit}/leadership-hearings", summary="登记听取工作汇报 · record the principal's hearing", **RECORDED)
async def record_leadership_hearing(unit: Named, wish: Hearing, submission: TheSubmission) -> Response:
    """Record the hearing, one in every calendar year at least, with what it decided."""
    return await submission.to(Registry.record_leadership_hearing, _stream(unit), unit=unit, **wish.stated())


@router.post(
    "/{unit}/leadership-hearings/{hearing}/resolutions",
    summary="登记研究事项 · record a resolution of a hearing",
    **RECORDED,
)
async def record_hearing_resolution(
    unit: Named, hearing: Named, wish: Resolution, submission: TheSubmission
) -> Response:
    """Record one more resolution with its owner and due date."""
    return await submission.to(
        Registry.record_hearing_resolution, _stream(unit), unit=unit, hearing=hearing, **wish.stated()
    )


@router.post(
    "/{unit}/leadership-hearings/{hearing}/notices",
    summary="公布听取汇报情况 · the facts of a hearing are public",
    **RECORDED,
)
async def publish_hearing_notice(unit: Named, hearing: Named, wish: Notice, submission: TheSubmission) -> Response:
    """Record the item that shows them, and so how long it took."""
    return await submission.to(
        Registry.publish_hearing_notice, _stream(unit), unit=unit, hearing=hearing, **wish.stated()
    )
