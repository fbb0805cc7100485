"""Cases of accountability: ground, findings with their evidence, measures (十) (十七)."""

from typing import Annotated

from fastapi import Response
from pydantic import Field

from aggregates import fields
from aggregates.registry import Registry
from aggregates.vocabulary import CaseGround, ResponsibilityClass
from web.answers import RECORDED, Named
from web.routing import router as a_router
from web.submission import TheSubmission
from web.wishes import Code, LedgerPosition, Long, OneOf, Positions, Wish

router = a_router("/cases", "cases")


class CaseOpening(Wish):
    """The case, its ground and what came of it."""

    case: Code
    ground: Annotated[str, OneOf(CaseGround)]
    effect: Long
    item: Code | None = None
    evidence_positions: Positions = Field(default_factory=list)


class Responsibility(Wish):
    """A finding on an officer; its evidence is positions of this very ledger."""

    officer: Code
    responsibility_class: Annotated[str, OneOf(ResponsibilityClass)]
    finding: Long
    evidence_positions: Annotated[list[LedgerPosition], Field(max_length=fields.MOST)]


class Measure(Wish):
    """What follows for an officer found responsible."""

    officer: Code
    measure: Long
    basis: Long


@router.post("", summary="立案追责 · open an accountability case", **RECORDED)
async def open_case(wish: CaseOpening, submission: TheSubmission) -> Response:
    """Open a case; evidence may follow with the findings."""
    return await submission.to(Registry.open_case, f"case/{wish.case}", **wish.stated())


@router.post("/{case}/responsibilities", summary="认定责任 · determine responsibility", **RECORDED)
async def determine_responsibility(case: Named, wish: Responsibility, submission: TheSubmission) -> Response:
    """Find an officer responsible, as supervisor or directly."""
    return await submission.to(Registry.determine_responsibility, f"case/{case}", case=case, **wish.stated())


@router.post("/{case}/measures", summary="作出处理决定 · impose a measure", **RECORDED)
async def impose_measure(case: Named, wish: Measure, submission: TheSubmission) -> Response:
    """Impose a measure on an officer whose responsibility was determined before."""
    return await submission.to(Registry.impose_measure, f"case/{case}", case=case, **wish.stated())
