"""Routes of pages: the guard first, and whatever goes wrong becomes a page that says so."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute

from web.guard import admit
from web.pages.errors import error_page


class PageRoute(APIRoute):
    """A route whose errors are pages, too."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Admit, then let the framework read and the page answer."""
        handle = super().get_route_handler()

        async def shown(request: Request) -> Response:
            try:
                await admit(request)
                return await handle(request)
            except Exception as error:  # noqa: BLE001 - a reader of pages gets a page, whatever it is
                return await error_page(request, error)

        return shown


def page_router() -> APIRouter:
    """A router of pages; they are no part of the API's description."""
    return APIRouter(
        route_class=PageRoute, include_in_schema=False, default_response_class=HTMLResponse, redirect_slashes=False
    )
