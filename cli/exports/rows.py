"""The rows an export can have: events, the public's catalogue, the register, or any table of a projection."""

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import orjson
from sqlalchemy import true

from cli.projecting import abreast
from ledger import instants
from ledger.entry import Entry
from ledger.ledger import Ledger
from projections import catalogue, register
from projections.folding import Projection
from projections.projection import TableProjection
from projections.reading import LARGEST_PAGE, Listed, Order, Reader, list_page
from projections.standard import STANDARD
from projections.tables import Shape
from projections.temporal import AsOf, Content

Row = dict[str, Any]


class Rows(NamedTuple):
    """Columns, and the rows as they are read."""

    columns: tuple[str, ...]
    rows: Iterator[Row]


EVENT_COLUMNS = (
    "position",
    "event_id",
    "stream",
    "version",
    "type",
    "officer",
    "post",
    "unit",
    "credential",
    "on_behalf_of",
    "occurred_at",
    "recorded_at",
    "ruleset",
    "workflow",
    "command_id",
    "correlation_id",
    "leaf_hash",
    "data",
)


def event_line(entry: Entry) -> Row:
    """The line of an entry: its own bytes, not written anew, so that what was hashed is what stands here."""
    return {"position": entry.position, "leaf_hash": entry.leaf_hash.hex(), "entry": orjson.Fragment(entry.raw)}


def event_row(entry: Entry) -> Row:
    """The row of an entry, a column for each of ``EVENT_COLUMNS``."""
    actor = {} if entry.actor is None else entry.actor.to_json()
    stated = {name: getattr(entry, name, None) for name in EVENT_COLUMNS}
    return {
        **stated,
        **{name: actor.get(name) for name in ("officer", "post", "unit", "credential")},
        "occurred_at": instants.to_text(entry.occurred_at),
        "recorded_at": instants.to_text(entry.recorded_at),
        "leaf_hash": entry.leaf_hash.hex(),
        "data": entry.state_bytes.decode("utf-8", "replace"),
    }


# ── catalogue and register ────────────────────────────────────────────────────────────────────────

_List = Callable[..., Listed[Any]]
LISTS: dict[str, tuple[TableProjection, type, _List]] = {
    "catalogue": (catalogue.PROJECTION, catalogue.CatalogueItem, catalogue.search),
    "register": (register.PROJECTION, register.Publication, register.list_publications),
}
"""What the public may see, and the register, by the word for it."""


def listed(ledger: Ledger, what: str, as_of: AsOf) -> Rows:
    """One of ``LISTS``, page by page at one position.  Raises Failure when its projection has stopped."""
    projection, kind, ask = LISTS[what]
    abreast(ledger, projection)
    reader = Reader(ledger)
    columns = tuple(field.name for field in dataclasses.fields(kind))
    pages = _pages(lambda cursor: ask(reader, as_of, limit=LARGEST_PAGE, cursor=cursor))
    return Rows(columns, (dataclasses.asdict(row) for row in pages))


# ── any table ─────────────────────────────────────────────────────────────────────────────────────

TABLES: dict[str, tuple[Projection, Shape]] = {
    f"{projection.name}.{shape.name}": (projection, shape) for projection in STANDARD for shape in projection.tables
}
"""Every table of every projection, as ``projection.table``."""


def tabled(ledger: Ledger, name: str, as_of: AsOf) -> Rows:
    """The rows of one of ``TABLES`` that hold at a moment, in the order of their keys.  Raises Failure."""
    projection, shape = TABLES[name]
    abreast(ledger, projection)
    reader = Reader(ledger)

    def page(cursor: str | None) -> Listed[Content]:
        return list_page(
            reader,
            projection,
            as_of,
            table=shape.name,
            order=Order(shape.key_names),
            where=lambda _view, _table: (true(),),
            make=lambda _view, rows: rows,
            limit=LARGEST_PAGE,
            cursor=cursor,
        )

    return Rows((*shape.key_names, *shape.content_names), _pages(page))


def _pages(page_after: Callable[[str | None], Listed[Any]]) -> Iterator[Any]:
    cursor: str | None = None
    while True:
        page = page_after(cursor)
        yield from page.rows
        cursor = page.next_cursor
        if cursor is None:
            return


def counted(rows: Iterable[Row], tell: Callable[[int], None]) -> Iterator[Row]:
    """The rows, telling how many there have been."""
    for number, row in enumerate(rows, 1):
        yield row
        tell(number)
