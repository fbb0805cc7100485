"""Routes of pages: the guard first, and whatever goes wrong becomes a page that says so."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute

from web.guard import admit
from web.pages.errors import error_page
from web.problem_codes import ProblemCode
from web.problems import Problem


class PageRoute(APIRoute):
    """A route whose errors are pages, too."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Admit, then let the framework read and the page answer."""
        handle = super().get_route_handler()

        async def shown(request: Request) -> Response:
            try:
                _refuse_nul(request)
                await admit(request)
                return await handle(request)
            except Exception as error:  # noqa: BLE001 - a reader of pages gets a page, whatever it is
                return await error_page(request, error)

        return shown


def _refuse_nul(request: Request) -> None:
    """Refuse an address that holds NUL: nothing has such a name, and no database takes it."""
    if "\0" in request.scope["path"] or b"%00" in request.scope["query_string"]:
        raise Problem(ProblemCode.BAD_REQUEST)


def page_router() -> APIRouter:
    """A router of pages; they are no part of the API's description."""
    return APIRouter(
        route_class=PageRoute, include_in_schema=False, default_response_class=HTMLResponse, redirect_slashes=False
    )
