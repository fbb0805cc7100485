"""Following a trail on a page: who may, and that supervision's reading is recorded before the page goes out."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from web.as_of import Moment
from web.pages.visit import Visit
from web.problems import Problem
from web.reading_rights import judge_trail, record_consultation


@dataclass(slots=True)
class Following:
    """Whether a reader may follow a trail; ``results`` is filled in by whoever reads it."""

    allowed: bool
    results: int = 0


@asynccontextmanager
async def follow(visit: Visit, kind: str, subject: str, *, required: bool = False) -> AsyncIterator[Following]:
    """Read a trail inside: allowed or not, and recorded at the end where the rules ask for it.

    With ``required`` raises Problem NOT_SIGNED_IN or NOT_PERMITTED instead of answering "not allowed".
    """
    following, recorded = Following(allowed=False), False
    if visit.reader is not None:
        try:
            recorded = await judge_trail(visit.service, visit.reader, kind, subject)
            following.allowed = True
        except Problem:
            if required:
                raise
    yield following
    if recorded and visit.reader is not None:
        await record_consultation(
            visit.request,
            visit.service,
            visit.reader,
            subject=f"{kind}/{subject}",
            moment=Moment(visit.as_of, 0),
            results=following.results,
        )
