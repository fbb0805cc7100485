"""Differences: what became of a list between two moments, and by which entries."""

from typing import Annotated

from fastapi import Path, Query, Request, Response

from projections.compared import COMPARED
from projections.difference import Differences, differences
from web.answers import READ
from web.as_of import TheSpan
from web.asking import ask
from web.comparing import sights_of
from web.dependencies import TheReader, TheService
from web.paging import Cursor, Limit, next_page
from web.routing import router as a_router
from web.wire import dump
from web.wishes import OneOf

router = a_router("/diff", "diff")


@router.get("/{table}", summary="两个时点之间的差异 · a list's differences between two moments", **READ)
async def read_differences(
    *,
    request: Request,
    table: Annotated[str, OneOf(tuple(COMPARED)), Path(description="哪一张表 · which list")],
    service: TheService,
    principal: TheReader,
    span: TheSpan,
    unlisted: Annotated[bool, Query(description="含办理中的事项(限监督岗位) · also what is on its way")] = False,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """Rows added, changed field by field, or removed, by key; applied to the first answer they give the second.

    Everybody sees of both moments what they may see of the list itself.
    """
    compared, sights = COMPARED[table], sights_of(principal, table, unlisted=unlisted)
    found = await ask(
        service,
        compared.projection.name,
        span.later,
        lambda reader, as_of: differences(
            reader, compared, span.earlier, as_of, sees=sights.sees, told=sights.told, limit=limit, cursor=cursor
        ),
        cursor,
    )
    return _page(request, found)


def _page(request: Request, found: Differences) -> Response:
    headers = {"Ledger-Position": str(found.position)}
    if found.next_cursor is not None:
        headers["Link"] = next_page(request, cursor=found.next_cursor)
    body = {
        "from_position": found.from_position,
        "position": found.position,
        "rows": [row.told() for row in found.rows],
        "next_cursor": found.next_cursor,
    }
    return Response(dump(body), headers=headers, media_type="application/json")
