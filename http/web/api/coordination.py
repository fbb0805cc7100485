"""The disclosure section and the coordination between units before something goes out (十五)."""

from typing import Annotated

from fastapi import Response
from pydantic import Field

from aggregates import fields
from aggregates.organisation.words_lists import DisagreementConclusion, SectionDuty
from aggregates.registry import Registry
from web.answers import RECORDED, Named
from web.routing import router as a_router
from web.submission import TheSubmission
from web.wishes import Code, Codes, Day, DraftVersion, Long, OneOf, Positions, Short, Wish

router = a_router("", "coordination")


class Establishment(Wish):
    """The section's name, and its duties where they are not all six."""

    section_zh: Short
    duties: Annotated[list[Annotated[str, OneOf(SectionDuty)]], Field(max_length=6)] = Field(default_factory=list)


class Inspection(Wish):
    """What was looked into at a unit and what was found."""

    inspection: Code
    unit: Code
    scope: Long
    finding: Long
    inspected_on: Day | None = None
    evidence_positions: Positions = Field(default_factory=list)


class Question(Wish):
    """Which units are to confirm the present draft, and until when."""

    units: Codes
    due_date: Day
    question: Long | None = None


class Confirmation(Wish):
    """For which unit the draft is confirmed; ``draft_version`` is the one that was read."""

    unit: Code
    draft_version: DraftVersion | None = None
    note: Long | None = None


class Objection(Wish):
    """For which unit, and what is wrong with the draft."""

    unit: Code
    reason: Long
    draft_version: DraftVersion | None = None


class Settlement(Wish):
    """Whose objection is settled, and how."""

    unit: Code
    conclusion: Annotated[str, OneOf(DisagreementConclusion)]
    reason: Long


class Stated(Wish):
    """An item and what it says of the fact."""

    item: Code
    value: Short


class Inconsistency(Wish):
    """One fact and what published items of several units say of it."""

    inconsistency: Code
    fact: Short
    values: Annotated[list[Stated], Field(max_length=fields.MOST)]


def _document(item: str) -> str:
    return f"document/{item}"


@router.post("/units/{unit}/disclosure-section", summary="设立政务公开科 · establish the section", **RECORDED)
async def establish_disclosure_section(unit: Named, wish: Establishment, submission: TheSubmission) -> Response:
    """Record that the district office set up its disclosure section."""
    return await submission.to(Registry.establish_disclosure_section, f"section/{unit}", unit=unit, **wish.stated())


@router.post("/inspections", summary="开展监督检查 · conduct an inspection", **RECORDED)
async def conduct_inspection(wish: Inspection, submission: TheSubmission) -> Response:
    """Record an inspection of a unit, a town or a sub-district."""
    return await submission.to(Registry.conduct_inspection, f"inspection/{wish.inspection}", **wish.stated())


@router.post(
    "/documents/{item}/confirmation-requests",
    summary="征询有关单位确认 · request confirmation by other units",
    **RECORDED,
)
async def request_confirmation(item: Named, wish: Question, submission: TheSubmission) -> Response:
    """Ask other units; from then on nothing goes out without their confirmation."""
    return await submission.to(Registry.request_confirmation, _document(item), item=item, **wish.stated())


@router.post("/documents/{item}/confirmations", summary="确认信息 · confirm information", **RECORDED)
async def confirm_information(item: Named, wish: Confirmation, submission: TheSubmission) -> Response:
    """Confirm the present draft for a unit that it concerns."""
    return await submission.to(Registry.confirm_information, _document(item), item=item, **wish.stated())


@router.post("/documents/{item}/objections", summary="提出异议 · object to information", **RECORDED)
async def object_to_information(item: Named, wish: Objection, submission: TheSubmission) -> Response:
    """Object to the present draft for a unit that it concerns."""
    return await submission.to(Registry.object_to_information, _document(item), item=item, **wish.stated())


@router.post("/documents/{item}/settlements", summary="协调裁定分歧 · settle a disagreement", **RECORDED)
async def settle_disagreement(item: Named, wish: Settlement, submission: TheSubmission) -> Response:
    """Settle a unit's objection, as the district office."""
    return await submission.to(Registry.settle_disagreement, _document(item), item=item, **wish.stated())


@router.post("/inconsistencies", summary="标记信息不一致 · flag an inconsistency", **RECORDED)
async def flag_inconsistency(wish: Inconsistency, submission: TheSubmission) -> Response:
    """Flag one fact that publications of several units state differently."""
    return await submission.to(Registry.flag_inconsistency, f"inconsistency/{wish.inconsistency}", **wish.stated())
