"""The register of publications (信息发布登记簿): one row a publication, with every hand it went through."""

from typing import Annotated

from fastapi import Path, Query, Request, Response

from projections import register
from web.answers import READ
from web.as_of import TheMoment
from web.asking import ask, listed, one
from web.dependencies import TheService
from web.paging import Cursor, Limit
from web.routing import router as a_router
from web.wishes import CODE_PATTERN, OneOf

router = a_router("/register", "register")

CodeFilter = Annotated[str | None, Query(pattern=CODE_PATTERN)]
DayFilter = Annotated[str | None, Query(pattern=r"^\d{4}-\d{2}-\d{2}$")]


@router.get("", summary="信息发布登记簿 · the register of publications", **READ)
async def list_register(
    *,
    request: Request,
    service: TheService,
    moment: TheMoment,
    unit: CodeFilter = None,
    officer: CodeFilter = None,
    role: Annotated[str | None, OneOf(register.ROLES), Query(description="经手人身份 · in which hand")] = None,
    channel: CodeFilter = None,
    item: CodeFilter = None,
    kind: Annotated[str | None, OneOf(("published", "historic")), Query()] = None,
    status: Annotated[str | None, Query(max_length=40, pattern=r"^[a-z_]+$")] = None,
    from_day: DayFilter = None,
    until_day: DayFilter = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """The register, the latest published first; officers stand by their codes, never by name."""
    found = await ask(
        service,
        register.PROJECTION.name,
        moment,
        lambda reader, as_of: register.list_publications(
            reader,
            as_of,
            unit=unit,
            officer=officer,
            role=role,
            channel=channel,
            item=item,
            kind=kind,
            status=status,
            from_day=from_day,
            until_day=until_day,
            limit=limit,
            cursor=cursor,
        ),
        cursor,
    )
    return listed(request, found)


@router.get("/{publication}", summary="登记簿中的一行 · one row of the register", **READ)
async def read_publication(
    publication: Annotated[
        str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}#[1-9][0-9]{0,5}$", examples=["I-2025-0001#1"])
    ],
    service: TheService,
    moment: TheMoment,
) -> Response:
    """One publication; in an address its ``#`` is written ``%23``."""
    return one(
        await ask(
            service,
            register.PROJECTION.name,
            moment,
            lambda reader, as_of: register.get(reader, publication, as_of),
        )
    )
