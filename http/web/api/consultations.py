"""Consultations: reading the record as an inspector is itself on the record (以备查阅)."""

from typing import Annotated

from fastapi import Response
from pydantic import Field

from aggregates.registry import Registry
from web.answers import RECORDED
from web.routing import router as a_router
from web.submission import TheUnconditional
from web.wishes import Long, Short, Wish

router = a_router("/consultations", "consultations")


class Consultation(Wish):
    """What was asked, about what, as of when, and how many answers there were."""

    query: Long
    subject: Short
    result_count: Annotated[int, Field(ge=0, le=2**53 - 1)]
    as_of: Short | None = None


@router.post("", summary="查阅台账 · consult the ledger", **RECORDED)
async def consult_ledger(wish: Consultation, submission: TheUnconditional) -> Response:
    """Write down a consultation made elsewhere; reading trails here is written down by itself."""
    return await submission.to(Registry.consult_ledger, None, **wish.stated())
