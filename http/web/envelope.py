"""What surrounds every answer: a request id, the security headers, the log line, and a last resort.

Plain ASGI: the framework's own middleware base costs a task per request.  It stands outside everything
else, so that no answer leaves without it, whoever made it.
"""

import logging
import re
import time
import traceback
import uuid
from pathlib import Path
from typing import Any

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.metrics import Metrics
from web.problem_codes import ProblemCode
from web.problems import Problem, answer, problem_of

REQUEST_ID = "ledger.request_id"
LARGEST_BODY = "ledger.largest_body"
PLACE = "ledger.place"
"""Members of the ASGI scope: the id of the request, the bytes its body may have, and the route's template."""

_WELL_FORMED_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")

_FOR_DATA = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
_FOR_PAGES = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_ALWAYS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
_HTTPS_ONLY = "max-age=63072000; includeSubDomains"

logger = structlog.get_logger("web")


class Envelope:
    """The outermost middleware."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics, https: bool, largest_body: int) -> None:
        self._app, self._metrics = app, metrics
        self._https, self._largest_body = https, largest_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request through."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope[REQUEST_ID] = _request_id(scope)
        scope[LARGEST_BODY] = self._largest_body
        await _Passage(self, scope, receive, send).run()

    def dress(self, headers: MutableHeaders, scope: Scope) -> None:
        """Put on an answer what every answer wears; what a route has set itself stays."""
        headers["x-request-id"] = scope[REQUEST_ID]
        for name, value in _ALWAYS.items():
            headers.setdefault(name, value)
        is_page = headers.get("content-type", "").startswith("text/html")
        headers.setdefault("content-security-policy", _FOR_PAGES if is_page else _FOR_DATA)
        headers.setdefault("cache-control", "no-store")
        if self._https:
            headers.setdefault("strict-transport-security", _HTTPS_ONLY)

    def note(self, scope: Scope, status: int, seconds: float) -> None:
        """Count and log one answer: its route's template, never the address itself nor who asked."""
        place = scope.get(PLACE, "unmatched")
        self._metrics.answered(scope["method"], place, status, seconds)
        logger.info(
            "request",
            method=scope["method"] if scope["method"].isalpha() else "?",
            route=place,
            status=status,
            duration_ms=round(seconds * 1000, 1),
            request_id=scope[REQUEST_ID],
        )

    @property
    def app(self) -> ASGIApp:
        """What it surrounds."""
        return self._app


class _Passage:
    """One request on its way in and its answer on the way out."""

    def __init__(self, envelope: Envelope, scope: Scope, receive: Receive, send: Send) -> None:
        self._envelope, self._scope = envelope, scope
        self._receive, self._send = receive, send
        self._received = 0
        self._status = 0
        self._began = time.perf_counter()

    async def run(self) -> None:
        """Hand the request in, and see that something comes out."""
        try:
            await self._envelope.app(self._scope, self._bounded_receive, self._dressed_send)
        except Exception as error:  # noqa: BLE001 - the last resort: whatever it is, the reader gets a problem
            await self._last_resort(error)
        finally:
            self._envelope.note(self._scope, self._status, time.perf_counter() - self._began)

    async def _bounded_receive(self) -> Message:
        """Take in no more of a body than the route allows; announced or counted, whichever is first."""
        largest = self._scope[LARGEST_BODY]
        if self._received == 0 and _announced(self._scope) > largest:
            raise Problem(ProblemCode.BODY_TOO_LARGE, limit=largest, headers={"Connection": "close"})
        message = await self._receive()
        if message["type"] == "http.request":
            self._received += len(message.get("body", b""))
            if self._received > largest:
                raise Problem(ProblemCode.BODY_TOO_LARGE, limit=largest, headers={"Connection": "close"})
        return message

    async def _dressed_send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            self._envelope.dress(MutableHeaders(scope=message), self._scope)
        await self._send(message)

    async def _last_resort(self, error: Exception) -> None:
        while isinstance(error, ExceptionGroup) and len(error.exceptions) == 1:
            error = error.exceptions[0]
        foreseen = error if isinstance(error, Problem) else problem_of(error)
        if foreseen is None:
            log_error("unforeseen_error", error, self._scope[REQUEST_ID])
        if self._status:
            # The answer has begun and cannot be taken back: the server closes the connection on it.
            logger.warning("answer_broken_off", route=self._scope.get(PLACE), request_id=self._scope[REQUEST_ID])
            return
        problem = foreseen or Problem(ProblemCode.INTERNAL)
        await answer(Request(self._scope), problem)(self._scope, self._receive, self._dressed_send)


def log_error(event: str, error: BaseException, request_id: str | None = None) -> None:
    """Log an error by its kind and its place in the code; its message may hold what nobody should read."""
    frames = [
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    logger.error(event, kind=type(error).__qualname__, at=frames[-12:], request_id=request_id)


def _request_id(scope: Scope) -> str:
    """The caller's own id where it is harmless, otherwise a new one."""
    given = Headers(scope=scope).get("x-request-id", "")
    return given if _WELL_FORMED_ID.fullmatch(given) else uuid.uuid4().hex


def _announced(scope: Scope) -> int:
    text = Headers(scope=scope).get("content-length", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 0  # noqa: PLR2004 - more digits than 2**63


def configure_logging(log_format: str) -> None:
    """One line of JSON an event, in UTC; the server's own access log, which shows addresses, is silenced."""
    renderer: Any = (
        structlog.dev.ConsoleRenderer()
        if log_format == "console"
        else structlog.processors.JSONRenderer(ensure_ascii=True)
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(),
        cache_logger_on_first_use=False,
    )
    access = logging.getLogger("uvicorn.access")
    access.handlers.clear()
    access.propagate = False
