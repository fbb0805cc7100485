"""The log itself as a feed: pages, a live stream, one entry.  For inspection, supervision and machines."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import Depends, Header, Path, Query, Request, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from web.as_of import LARGEST_POSITION
from web.cloud_events import BATCH, ONE, bracket_attributes, cloud_event
from web.dependencies import TheActor, TheService
from web.guard import credential_of_request
from web.paging import Limit, next_page
from web.problem_codes import ProblemCode
from web.problems import Problem
from web.routing import router as a_router
from web.service import Service
from web.tail import Tail
from web.wire import dump

router = a_router("/events", "events")

Types = Annotated[
    str,
    Query(
        max_length=2000,
        description="事件类型，逗号分隔 · event types, separated by commas",
        examples=["publication.published/1,publication.corrected/1"],
    ),
]
After = Annotated[int, Query(ge=0, le=LARGEST_POSITION, description="此位置之后 · entries after this position")]

_PAGE = 200
_GATHER_S = 0.05


@router.get("", summary="事件流，按位置分页 · the log, page by page", response_class=Response)
async def list_events(
    *, request: Request, service: TheService, after: After = 0, limit: Limit = 100, types: Types = ""
) -> Response:
    """Entries in the order of the log, as a CloudEvents 1.0 batch; the next page follows the last one's position."""
    found = await service.asking(service.ledger.read, after, limit, None, _named(types))
    headers = {}
    if len(found) == limit:
        headers["Link"] = next_page(request, after=found[-1].position)
    return Response(
        dump([cloud_event(entry, service.ledger.name) for entry in found]), headers=headers, media_type=BATCH
    )


async def the_slot(service: TheService, principal: TheActor) -> AsyncIterator[Tail]:
    """A place among the open event streams, given back when the stream ends."""
    settings, tail = service.settings, service.tail
    with tail.slot(principal.officer, each=settings.streams_per_reader, altogether=settings.streams):
        yield tail


@router.get("/stream", summary="实时事件流(SSE) · the log as it grows", response_class=EventSourceResponse)
async def stream_events(
    *,
    request: Request,
    service: TheService,
    tail: Annotated[Tail, Depends(the_slot)],
    after: After = 0,
    types: Types = "",
    last_event_id: Annotated[str | None, Header(max_length=20, pattern=r"^\d*$")] = None,
) -> AsyncIterator[ServerSentEvent]:
    """Entries as server-sent events; ``id`` is the position, and ``Last-Event-ID`` resumes after it.

    A comment now and then says that the stream is alive; it ends when the token does.
    """
    position = int(last_event_id) if last_event_id else after
    yield ServerSentEvent(comment=f"after {position}", retry=2000)
    async for event in _following(request, service, tail, position, _named(types)):
        yield event


async def _following(
    request: Request, service: Service, tail: Tail, position: int, types: tuple[str, ...]
) -> AsyncIterator[ServerSentEvent]:
    size = await service.asking(service.ledger.feed.size)
    while not tail.closing:
        found = await service.asking(service.ledger.read, position, _PAGE, size, types)
        for entry in found:
            event = dump(cloud_event(entry, service.ledger.name)).decode()
            yield ServerSentEvent(raw_data=event, id=str(entry.position))
        if len(found) == _PAGE:
            position = found[-1].position
            continue
        position = max(size, position)
        if not await tail.growth(position, service.settings.heartbeat_s):
            if not await _still_admitted(request, service):
                return
            yield ServerSentEvent(comment=f"alive at {position}")
        # What is recorded within a breath goes out in one page.
        await asyncio.sleep(_GATHER_S)
        size = max(tail.size, position)


async def _still_admitted(request: Request, service: Service) -> bool:
    credential = credential_of_request(request)
    return credential is not None and await service.asking(service.principals.recognise, credential.text) is not None


@router.get("/{position}", summary="一条事件 · one entry", response_class=Response)
async def read_event(service: TheService, position: Annotated[int, Path(ge=1, le=LARGEST_POSITION)]) -> Response:
    """One entry of the log by its position, with the foreign clocks between which it was recorded."""
    event = await service.asking(_event, service, position)
    return Response(dump(event), media_type=ONE)


def _event(service: Service, position: int) -> dict[str, Any]:
    ledger = service.ledger
    event = cloud_event(ledger.entry(position), ledger.name)
    return event | bracket_attributes(ledger.published.brackets(position, position).of(position))


def _named(types: str) -> tuple[str, ...]:
    named = tuple(dict.fromkeys(part.strip() for part in types.split(",") if part.strip()))
    if len(named) > _MOST_TYPES:
        fault: dict[str, Any] = {"pointer": "query:types", "detail": f"at most {_MOST_TYPES} types may be named"}
        raise Problem(ProblemCode.NOT_VALID, errors=[fault])
    return named


_MOST_TYPES = 100
