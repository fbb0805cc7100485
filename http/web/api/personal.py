"""Personal values: what may be erased is erased with a ground and an approval, and the log still verifies."""

from typing import Annotated

from fastapi import Response
from pydantic import Field

from aggregates.registry import Registry
from web.answers import RECORDED
from web.routing import router as a_router
from web.submission import TheUnconditional
from web.wishes import Long, Short, Wish

router = a_router("/personal", "personal")


class Erasure(Wish):
    """Whose values, which of them, on what ground, and who approved it."""

    record: Short
    names: Annotated[list[Short], Field(min_length=1, max_length=20)]
    ground: Long
    approver: Short


@router.post("/erasures", summary="删除个人信息 · erase personal values", **RECORDED)
async def erase_personal_values(wish: Erasure, submission: TheUnconditional) -> Response:
    """Delete values about a person with their salts; the commitments in the entries stay."""
    return await submission.to(Registry.erase_personal_values, None, **wish.stated())
