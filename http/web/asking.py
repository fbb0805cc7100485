"""Putting a question to the projections for one request: wait for the reader's own writing, ask, shape the answer."""

from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from typing import Any, TypeVar

from fastapi import Request, Response
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from projections.errors import InvalidCursor, ProjectionError
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


async def ask(service: Service, projection: str, moment: Moment, question: Question[T], cursor: str | None = None) -> T:
    """Ask at a moment, once the projection has come as far as the reader wants and the moment asks for.

    Raises Problem PROJECTION_BEHIND when it has not within the settings' patience, and InvalidCursor
    where the ``cursor`` that the question goes on from is none that it has given out.
    """
    if cursor is None:
        return await service.asking(_ask, service, projection, moment, question)
    return await service.asking(_go_on, service, projection, moment, question)


def _go_on(service: Service, projection: str, moment: Moment, question: Question[T]) -> T:
    try:
        return _ask(service, projection, moment, question)
    except (OperationalError, InterfaceError, PoolTimeout, ProjectionError):
        raise
    except (SQLAlchemyError, OverflowError, TypeError, ValueError):
        # What the database cannot compare with its columns came out of the cursor, and from nobody of ours.
        raise InvalidCursor from None


def _ask(service: Service, projection: str, moment: Moment, question: Question[T]) -> T:
    as_of = _in_positions(service, moment.as_of)
    wanted = moment.min_position if as_of.position is None else as_of.position
    answer = question(service.reader, as_of)
    if _position_of(answer) >= wanted:
        return answer
    # Beyond the log's end there is nothing to wait for; the answer says how far it speaks.
    awaited = wanted if as_of.position is None else min(wanted, service.ledger.feed.size())
    if _position_of(answer) >= awaited:
        return answer
    if not service.projector.wait_for(awaited, service.settings.patience_s, (projection,)):
        raise Problem(ProblemCode.PROJECTION_BEHIND, headers={"Retry-After": "1"}, awaited_position=awaited)
    return question(service.reader, as_of)


def _in_positions(service: Service, as_of: AsOf) -> AsOf:
    """The same moment with what was known named by its position, so that it can be waited for."""
    if as_of.recorded_at is None:
        return as_of
    return AsOf(as_of.resolve(service.ledger).position, occurred_at=as_of.occurred_at)


def _position_of(answer: Any) -> int:
    """The position an answer speaks for; where a question has several parts, that of the first."""
    first = answer[0] if isinstance(answer, tuple) else answer
    position: int = first.position
    return position


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
