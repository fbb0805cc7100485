"""The log itself, entry by entry: what was written, in the very bytes that are hashed."""

import json
from typing import Annotated

from fastapi import Path, Query, Response
from fastapi.responses import RedirectResponse

from ledger.entry import Entry
from ledger.ledger import NoSuchEntry
from web.as_of import LARGEST_POSITION
from web.pages.problem import not_found
from web.pages.route import page_router
from web.pages.telling import tell
from web.pages.visit import TheVisit, Visit

router = page_router()

_PAGE = 50

Position = Annotated[int, Path(ge=1, le=LARGEST_POSITION)]
Before = Annotated[int | None, Query(ge=1, le=LARGEST_POSITION + 1)]


@router.get("/entries")
def entries(visit: TheVisit, before: Before = None, go: Annotated[str, Query(max_length=20)] = "") -> Response:
    """The entries up to the moment asked about, the newest first; ``go`` leads to one by its position."""
    if go.isascii() and go.isdigit():
        return RedirectResponse(visit.links.to("entries", go), 303)
    size = visit.last_position()
    until = size if before is None else min(size, before - 1)
    found = visit.service.ledger.read(max(until - _PAGE, 0), _PAGE, until)[::-1]
    earlier = found[-1].position if found and found[-1].position > 1 else None
    return visit.page("entries.html", place="entries", entries=found, earlier=earlier, position=size)


@router.get("/entries/{position}.json")
def entry_bytes(visit: TheVisit, position: Position) -> Response:
    """The exact bytes of an entry: SHA-256 over one zero byte and these is its leaf hash."""
    return Response(_entry(visit, position).raw, media_type="application/json")


@router.get("/entries/{position}")
def entry(visit: TheVisit, position: Position) -> Response:
    """One entry, told and in full."""
    found = _entry(visit, position)
    size = visit.last_position()
    return visit.page(
        "entry.html",
        place="entries",
        entry=found,
        told=tell(found),
        text=_laid_out(found.raw),
        bracket=visit.service.ledger.published.brackets(position, position).of(position),
        previous=position - 1 if position > 1 else None,
        following=position + 1 if position < size else None,
        position=size,
    )


def _entry(visit: Visit, position: int) -> Entry:
    try:
        if position <= visit.last_position():
            return visit.service.ledger.entry(position)
    except NoSuchEntry:
        pass
    raise not_found(("记录", "entry"), f"#{position}")


def _laid_out(raw: bytes) -> str:
    """The canonical bytes laid out for reading; the order of the members is theirs."""
    return json.dumps(json.loads(raw), ensure_ascii=False, indent=2)
