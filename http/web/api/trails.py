"""Audit trails (留痕): every entry that concerns a subject, refused attempts among them."""

from typing import Annotated

from fastapi import Path, Query, Request, Response

from projections import trail
from web.answers import READ
from web.as_of import TheMoment
from web.asking import ask, listed
from web.dependencies import TheActor, TheService
from web.paging import Cursor, Limit
from web.reading_rights import judge_trail, record_consultation
from web.routing import router as a_router
from web.wishes import OneOf

router = a_router("/trails", "trails")


@router.get("/{kind}/{subject}", summary="审计轨迹 · the trail of a subject", **READ)
async def read_trail(
    *,
    request: Request,
    service: TheService,
    principal: TheActor,
    moment: TheMoment,
    kind: Annotated[str, OneOf(trail.SUBJECT_KINDS), Path()],
    subject: Annotated[str, Path(max_length=100, pattern=r"^[A-Za-z0-9][A-Za-z0-9._#/-]*$", examples=["I-2025-0001"])],
    latest_first: Annotated[bool, Query(description="由近及远 · the latest first")] = False,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Response:
    """Who did what when, under which rule.

    Officers read their own and their units' affairs; what supervision reads is itself recorded before
    it is answered.  ``attempt/all`` and ``consultation/all`` gather every attempt and every reading.
    """
    recorded = await judge_trail(service, principal, kind, subject)
    found = await ask(
        service,
        trail.PROJECTION.name,
        moment,
        lambda reader, as_of: trail.of(
            reader, kind, subject, as_of, latest_first=latest_first, limit=limit, cursor=cursor
        ),
        cursor,
    )
    if recorded:
        about, results = f"{kind}/{subject}", len(found.rows)
        await record_consultation(request, service, principal, subject=about, moment=moment, results=results)
    return listed(request, found)
