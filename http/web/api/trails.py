"""Audit trails (留痕): every entry that concerns a subject, refused attempts among them."""

from typing import Annotated

from fastapi import Path, Query, Request, Response

from aggregates.posts import posts_entitled
from aggregates.vocabulary import Command
from projections import catalogue, documents, trail
from web.answers import READ
from web.as_of import TheMoment
from web.asking import ask, listed
from web.dependencies import TheActor, TheService
from web.paging import Cursor, Limit
from web.principal import Principal
from web.reading_rights import not_permitted, record_consultation, supervises
from web.routing import router as a_router
from web.service import Service
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
    recorded = await _judge(service, principal, kind, subject)
    found = await ask(
        service,
        trail.PROJECTION.name,
        moment,
        lambda reader, as_of: trail.of(
            reader, kind, subject, as_of, latest_first=latest_first, limit=limit, cursor=cursor
        ),
    )
    if recorded:
        about, results = f"{kind}/{subject}", len(found.rows)
        await record_consultation(request, service, principal, subject=about, moment=moment, results=results)
    return listed(request, found)


async def _judge(service: Service, principal: Principal, kind: str, subject: str) -> bool:
    """Whether reading this trail is itself to be recorded.  Raises Problem NOT_PERMITTED."""
    if supervises(principal) and principal.post_names & set(posts_entitled(Command.CONSULT_LEDGER)):
        return True
    if await _is_own(service, principal, kind, subject):
        return False
    raise not_permitted()


async def _is_own(service: Service, principal: Principal, kind: str, subject: str) -> bool:
    match kind:
        case "officer":
            return subject == principal.officer
        case "unit":
            return subject in principal.units
        case "item" | "publication":
            return bool(principal.units & await service.asking(_units_of, service, subject.partition("#")[0]))
        case _:
            return False


def _units_of(service: Service, item: str) -> set[str]:
    drafted, listed_as = documents.get(service.reader, item).value, catalogue.get(service.reader, item).value
    return {row.unit for row in (drafted, listed_as) if row is not None and row.unit is not None}
