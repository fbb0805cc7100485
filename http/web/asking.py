"""Putting a question to the projections for one request: wait for the reader's own writing, ask, shape the answer."""

from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from typing import Any, TypeVar

from fastapi import Request, Response

from projections.reading import Answer, Listed, Reader
from projections.temporal import AsOf
from web.as_of import Moment
from web.paging import page
from web.problem_codes import ProblemCode
from web.problems import Problem
from web.service import Service
from web.wire import dump

T = TypeVar("T")

Question = Callable[[Reader, AsOf], T]


async def ask(service: Service, projection: str, moment: Moment, question: Question[T]) -> T:
    """Ask at a moment, once the projection has come as far as the reader wants.

    Raises Problem PROJECTION_BEHIND when it has not within the settings' patience.
    """
    return await service.asking(_ask, service, projection, moment, question)


def _ask(service: Service, projection: str, moment: Moment, question: Question[T]) -> T:
    if moment.min_position and not _has_come(service, projection, moment.min_position):
        raise Problem(ProblemCode.PROJECTION_BEHIND, headers={"Retry-After": "1"}, min_position=moment.min_position)
    return question(service.reader, moment.as_of)


def _has_come(service: Service, projection: str, position: int) -> bool:
    return service.projector.wait_for(position, service.settings.patience_s, (projection,))


def one(answer: Answer[T], headers: dict[str, str] | None = None, **members: Any) -> Response:
    """One row with the position it speaks for.  Raises Problem NOT_FOUND where there was none."""
    if answer.value is None:
        raise Problem(ProblemCode.NOT_FOUND, position=answer.position)
    body = {"position": answer.position, **shown(answer.value), **members}
    return Response(
        dump(body), headers={"Ledger-Position": str(answer.position), **(headers or {})}, media_type="application/json"
    )


def many(answer: Answer[tuple[T, ...]]) -> Response:
    """All rows of a short list with the position they speak for."""
    body = {"position": answer.position, "rows": [shown(row) for row in answer.value or ()]}
    return Response(dump(body), headers={"Ledger-Position": str(answer.position)}, media_type="application/json")


def listed(request: Request, found: Listed[T]) -> Response:
    """A page of a list."""
    return page(request, found, shown)


def shown(row: Any) -> dict[str, Any]:
    """A row as its fields."""
    if not is_dataclass(row) or isinstance(row, type):
        raise TypeError(f"{type(row).__name__} is no row of a projection")
    return asdict(row)
