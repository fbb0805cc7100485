"""Columns of the platform, each kept by one unit at its period."""

from typing import Annotated

from fastapi import Query, Request, Response
from pydantic import Field

from aggregates.registry import Registry
from projections import directory
from web.answers import READ, RECORDED, Named
from web.as_of import TheMoment
from web.asking import ask, listed
from web.dependencies import TheService
from web.paging import Cursor, Limit
from web.routing import router as a_router
from web.submission import TheSubmission
from web.wishes import CODE_PATTERN, Code, Long, Short, Wish

router = a_router("/columns", "columns")


class ColumnRegistration(Wish):
    """A column with its unit and the days within which it is refreshed."""

    column: Code
    name_zh: Short
    name_en: Short
    unit: Code
    refresh_days: Annotated[int, Field(ge=1, le=3660)]


class Maintenance(Wish):
    """What was done."""

    note: Long


@router.post("", summary="登记栏目 · register a column", **RECORDED)
async def register_column(wish: ColumnRegistration, submission: TheSubmission) -> Response:
    """Enter a column of the platform."""
    return await submission.to(Registry.register_column, f"column/{wish.column}", **wish.stated())


@router.post("/{column}/maintenance", summary="维护栏目 · maintain a column", **RECORDED)
async def maintain_column(column: Named, wish: Maintenance, submission: TheSubmission) -> Response:
    """Note that a column was looked after by the unit that keeps it."""
    return await submission.to(Registry.maintain_column, f"column/{column}", column=column, **wish.stated())


@router.get("", summary="栏目 · the columns", **READ)
async def list_columns(
    *,
    request: Request,
    service: TheService,
    moment: TheMoment,
    unit: Annotated[str | None, Query(pattern=CODE_PATTERN, description="单位 · unit")] = None,
    limit: Limit = 200,
    cursor: Cursor = None,
) -> Response:
    """The platform's columns by code, with their last upkeep."""
    found = await ask(
        service,
        directory.PROJECTION.name,
        moment,
        lambda reader, as_of: directory.columns(reader, as_of, unit=unit, limit=limit, cursor=cursor),
        cursor,
    )
    return listed(request, found)
