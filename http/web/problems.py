"""Problems: every answer that is not what was asked for, as RFC 9457 ``application/problem+json``.

Three families, as in the ledger: refusals and conflicts are answers, failures of the machine say when
to try again, and only a fault of the record itself wakes somebody.  Nothing of our inside goes out.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from aggregates.refusal import Refusal
from aggregates.refusal_codes import RefusalCode
from ledger import canonical
from ledger.content import ContentTooLarge
from ledger.errors import (
    CommandReused,
    ContentMissing,
    ContentSealed,
    EntryTooLarge,
    IntegrityFault,
    QueueFull,
    Unavailable,
    VersionConflict,
)
from ledger.ledger import NoSuchEntry
from projections.errors import ContradictoryInstant, InvalidCursor, NotBuiltYet
from web.problem_codes import ProblemCode, explain, status_of_refusal
from web.wire import dump, pointer

MEDIA_TYPE = "application/problem+json"
MOST_ERRORS = 50
"""Faults named in one answer; a hostile body can have any number."""

logger = structlog.get_logger("web")


class Problem(HTTPException):
    """An answer other than the one asked for; raise it anywhere while a request is in hand.

    ``detail`` defaults to the code's own sentences; ``errors`` name places in what was sent;
    ``members`` are further members of the problem.
    """

    def __init__(
        self,
        code: ProblemCode,
        *,
        detail: str | None = None,
        errors: Sequence[Mapping[str, Any]] = (),
        headers: Mapping[str, str] | None = None,
        **members: Any,
    ) -> None:
        super().__init__(code.status, detail or f"{code.sentence_zh} {code.sentence_en}", dict(headers or {}))
        self.code = code
        self.errors = list(errors[:MOST_ERRORS])
        self.members = members

    def __str__(self) -> str:
        """The code alone: representations end up in logs, and a detail may quote what was sent."""
        return str(self.code)


def document(request: Request, problem: Problem) -> dict[str, Any]:
    """The members of a problem, in the order in which they are read."""
    return _document(request, problem.code, f"{problem.code.zh} · {problem.code.en}", problem.status_code) | {
        "detail": problem.detail,
        **({"errors": problem.errors} if problem.errors else {}),
        **problem.members,
    }


def _document(request: Request, code: str, title: str, status: int) -> dict[str, Any]:
    return {
        "type": f"/problems/{code}",
        "title": title,
        "status": int(status),
        "code": str(code),
        "instance": request.url.path,
        "request_id": request.scope.get("ledger.request_id"),
    }


def answer(request: Request, problem: Problem) -> Response:
    """A problem as a response."""
    return _response(document(request, problem), problem.status_code, problem.headers or {})


def _response(members: Mapping[str, Any], status: int, headers: Mapping[str, str]) -> Response:
    kept = {name: value for name, value in headers.items() if name.lower() not in {"content-type", "content-length"}}
    return Response(dump(members), status, kept, MEDIA_TYPE)


def answer_refusal(request: Request, refusal: Refusal, headers: Mapping[str, str] | None = None) -> Response:
    """A refusal of the rulebook as a response: its code, its article, its sentences in both languages."""
    status = status_of_refusal(refusal.code)
    meaning = explain(refusal.code)
    title = f"{meaning.zh} · {meaning.en}" if meaning else refusal.code
    members = _document(request, refusal.code, title, status) | {
        "detail": f"{refusal.sentence_zh} {refusal.sentence_en}",
        "detail_zh": refusal.sentence_zh,
        "detail_en": refusal.sentence_en,
        "article": refusal.article,
        "details": refusal.details,
    }
    if refusal.code == RefusalCode.INVALID:
        members["errors"] = [
            {"pointer": _pointer_of_field(str(refusal.details.get("field"))), "detail": refusal.details.get("problem")}
        ]
    return _response(members, status, headers or {})


def _pointer_of_field(field: str) -> str:
    return pointer(part for part in field.replace("[", ".").replace("]", "").split(".") if part)


def problem_of(error: Exception) -> Problem | None:
    """The problem that an error of the rooms below is at the door, or None for one that nobody foresaw."""
    return next((translate(error) for kind, translate in _TRANSLATIONS if isinstance(error, kind)), None)


def _conflict(error: Any) -> Problem:
    return Problem(
        ProblemCode.VERSION_CONFLICT,
        stream=error.stream,
        expected_version=error.expected,
        actual_version=error.actual,
        headers={"ETag": f'"{error.actual}"'},
    )


def _not_canonical(error: Any) -> Problem:
    return Problem(ProblemCode.NOT_CANONICAL, errors=[place_of(error)])


def place_of(error: canonical.NotCanonical) -> dict[str, str]:
    """Where in the body something cannot be read or recorded; the ledger's sentences begin with ``$.member``."""
    place, colon, sentence = str(error).partition(": ")
    if not (colon and place.startswith("$")):
        return {"pointer": "#", "detail": str(error)[:300]}
    parts = place[1:].replace("[", ".").replace("]", "").split(".")
    return {"pointer": pointer(part for part in parts if part), "detail": sentence[:300]}


def _busy(error: Any) -> Problem:
    return Problem(ProblemCode.BUSY, headers={"Retry-After": str(error.retry_after_s)})


def _away(error: Any) -> Problem:
    wait_s = error.retry_after_s if isinstance(error, Unavailable) else 2
    return Problem(ProblemCode.UNAVAILABLE, headers={"Retry-After": str(wait_s)})


def _database_error(error: Any) -> Problem | None:
    """A database that is away, full, or in recovery is a 503; a statement it rejects is our own fault."""
    away = error.connection_invalidated or type(error).__name__ in {"OperationalError", "InterfaceError"}
    return _away(error) if away else None


def _behind(_: Any) -> Problem:
    return Problem(ProblemCode.PROJECTION_BEHIND, headers={"Retry-After": "1"})


def _fault(error: Any) -> Problem:
    logger.critical("integrity_fault", position=error.position, sentence=str(error))
    return Problem(ProblemCode.INTEGRITY_FAULT, position=error.position)


_TRANSLATIONS: tuple[tuple[type[Exception], Callable[[Any], Problem | None]], ...] = (
    (VersionConflict, _conflict),
    (CommandReused, lambda _: Problem(ProblemCode.COMMAND_REUSED)),
    (EntryTooLarge, lambda error: Problem(ProblemCode.ENTRY_TOO_LARGE, size=error.size, limit=error.limit)),
    (ContentTooLarge, lambda _: Problem(ProblemCode.CONTENT_TOO_LARGE)),
    (ContentMissing, lambda _: Problem(ProblemCode.NOT_FOUND)),
    (ContentSealed, lambda _: Problem(ProblemCode.CONTENT_SEALED)),
    (NoSuchEntry, lambda error: Problem(ProblemCode.NOT_FOUND, size=error.size)),
    (canonical.NotCanonical, _not_canonical),
    (QueueFull, _busy),
    (Unavailable, _away),
    (PoolTimeout, lambda _: Problem(ProblemCode.BUSY, headers={"Retry-After": "1"})),
    (DBAPIError, _database_error),
    (IntegrityFault, _fault),
    (NotBuiltYet, _behind),
    (ContradictoryInstant, lambda _: Problem(ProblemCode.CONTRADICTORY_MOMENT)),
    (InvalidCursor, lambda _: Problem(ProblemCode.INVALID_CURSOR)),
)


def invalid_fields(faults: Iterable[Mapping[str, Any]]) -> Problem:
    """The problem of a request whose fields do not fit; names places, never what was sent."""
    errors = [{"pointer": _pointer_of(fault["loc"]), "detail": str(fault["msg"])[:300]} for fault in faults]
    return Problem(ProblemCode.NOT_VALID, errors=errors)


def _pointer_of(place: Sequence[str | int]) -> str:
    """Fields of the body as a JSON pointer, anything else by where it stands: ``query:limit``, ``header:if-match``."""
    where, *rest = place
    return pointer(rest) if where == "body" else ":".join(str(part) for part in (where, *rest))


_BY_STATUS = {
    HTTPStatus.BAD_REQUEST: ProblemCode.BAD_REQUEST,
    HTTPStatus.NOT_FOUND: ProblemCode.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED: ProblemCode.METHOD_NOT_ALLOWED,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ProblemCode.BODY_TOO_LARGE,
}


def of_status(error: HTTPException) -> Problem:
    """The problem of an error that the framework raised: it knows a status and nothing else."""
    if isinstance(error, Problem):
        return error
    code = _BY_STATUS.get(HTTPStatus(error.status_code))
    if code is None:
        code = ProblemCode.BAD_REQUEST if error.status_code < HTTPStatus.INTERNAL_SERVER_ERROR else ProblemCode.INTERNAL
    return Problem(code, headers=error.headers)


def install(app: FastAPI) -> None:
    """Answer every error that reaches the application with a problem; what nobody foresaw goes further out."""

    async def on_http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return answer(request, of_status(error))

    async def on_invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return answer(request, invalid_fields(error.errors()))

    async def on_refusal(request: Request, error: Exception) -> Response:
        assert isinstance(error, Refusal)
        return answer_refusal(request, error)

    async def on_known(request: Request, error: Exception) -> Response:
        problem = problem_of(error)
        if problem is None:
            raise error
        return answer(request, problem)

    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(RequestValidationError, on_invalid)
    app.add_exception_handler(Refusal, on_refusal)
    for kind, _ in _TRANSLATIONS:
        app.add_exception_handler(kind, on_known)
