"""Pages of lists: a bounded length, a cursor that the list itself has given out, and a link to the next page."""

from collections.abc import Callable, Iterable
from typing import Annotated, Any, TypeVar

from fastapi import Query, Request, Response

from projections.reading import Listed
from web.wire import dump

LARGEST_PAGE = 200

Limit = Annotated[int, Query(ge=1, le=LARGEST_PAGE, description="每页条数 · rows of one page")]
Cursor = Annotated[
    str | None,
    Query(max_length=1000, description="下一页游标，取自上一页 · where the page before this one ended"),
]

T = TypeVar("T")


def next_page(request: Request, **following: object) -> str:
    """The header ``Link`` to the page that follows, with everything else of the question as it was."""
    url = request.url.include_query_params(**following)
    return f'<{url.path}?{url.query}>; rel="next"'


def page(request: Request, listed: Listed[T], shown: Callable[[T], Any]) -> Response:
    """A page of a list with the position it speaks for."""
    headers = {"Ledger-Position": str(listed.position)}
    if listed.next_cursor is not None:
        headers["Link"] = next_page(request, cursor=listed.next_cursor)
    rows: Iterable[Any] = [shown(row) for row in listed.rows]
    body = {"position": listed.position, "rows": rows, "next_cursor": listed.next_cursor}
    return Response(dump(body), headers=headers, media_type="application/json")
