"""Routes that ask for the credential before they read a byte of the body, and read bodies strictly."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute

from ledger import canonical
from web.envelope import LARGEST_BODY
from web.guard import admit
from web.problem_codes import ProblemCode
from web.problems import Problem, place_of

_JSON = "application/json"


class StrictRequest(Request):
    """A request whose JSON is read as the ledger reads it: nothing twice, no floats, nothing two readers differ on."""

    _strict: Any

    async def json(self) -> Any:
        """The body as a value.  Raises Problem NOT_JSON or NOT_CANONICAL, naming the place."""
        if not hasattr(self, "_strict"):
            self._strict = read_json(await self.body())
        return self._strict


def read_json(body: bytes) -> Any:
    """Read a body in UTF-8.  Raises Problem NOT_JSON for what is no JSON, NOT_CANONICAL for what cannot be recorded."""
    try:
        return canonical.decode_json(body.decode())
    except UnicodeDecodeError as error:
        fault = {"pointer": "#", "detail": f"byte {error.start} is not UTF-8"}
        raise Problem(ProblemCode.NOT_JSON, errors=[fault]) from None
    except canonical.NotCanonical as error:
        code = ProblemCode.NOT_CANONICAL if str(error).startswith("$") else ProblemCode.NOT_JSON
        raise Problem(code, errors=[place_of(error)]) from None


class GuardedRoute(APIRoute):
    """A route of the API."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Admit first, look at the announced type next, and only then let the framework read."""
        handle = super().get_route_handler()
        reads_json = self.body_field is not None

        async def guarded(request: Request) -> Response:
            await admit(request)
            if reads_json:
                _refuse_other_types(request)
            return await handle(StrictRequest(request.scope, request.receive))

        return guarded


class ContentRoute(GuardedRoute):
    """A route that takes original content: for whoever is admitted, its body may be as large as a content may."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Admit, widen the limit, go on."""
        handle = super().get_route_handler()

        async def widened(request: Request) -> Response:
            await admit(request)
            request.scope[LARGEST_BODY] = request.app.state.settings.largest_content
            return await handle(request)

        return widened


def _refuse_other_types(request: Request) -> None:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != _JSON or request.headers.get("content-encoding", "identity").lower() != "identity":
        raise Problem(ProblemCode.UNSUPPORTED_MEDIA_TYPE, headers={"Accept-Post": _JSON})


def router(prefix: str, tag: str) -> APIRouter:
    """A router of one noun of the API."""
    return APIRouter(prefix=f"/api{prefix}", tags=[tag], route_class=GuardedRoute, redirect_slashes=False)
