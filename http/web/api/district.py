"""Opening the ledger: the district office, its platform, the first administrator."""

from fastapi import Response

from aggregates.registry import Registry
from web.answers import RECORDED
from web.routing import router as a_router
from web.submission import TheUnconditional
from web.wishes import Code, Short, Wish

router = a_router("/district", "district")


class Founding(Wish):
    """The founder is whoever has signed in; ``name`` is kept outside the entries and can be erased."""

    unit: Code
    name_zh: Short
    name_en: Short
    name: Short | None = None
    code: Short | None = None


@router.post("", summary="开立台账 · found the district", **RECORDED)
async def found_district(wish: Founding, submission: TheUnconditional) -> Response:
    """Open the ledger once, with the district office as the platform's owner; the operator does it by command."""
    founder = submission.principal.officer
    return await submission.to(Registry.found_district, None, officer=founder, **wish.stated())
