"""What one entry changed: of every row that it touched, how it was before and how it was after.

The keys are those that the projections' routes name, so nothing is searched for; of each key the versions that
begin or end at the entry's position are read.  The audit trail is left out: its rows are the entry itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Row, and_, or_, select

from aggregates.office import UPCASTERS
from ledger import instants
from ledger.entry import Entry
from projections.feed import Event
from projections.folding import Projection
from projections.reading import Reader, View, decoded
from projections.standard import STANDARD
from projections.temporal import AsOf, Content, Key


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that an entry touched; ``before`` is None for a row that it brought about.

    ``fields`` are those that differ now.  ``retold`` counts the versions of the row's past that a late entry
    has told anew: it can be all that changed.
    """

    projection: str
    table: str
    key: Key
    before: Content | None
    after: Content | None
    fields: tuple[str, ...]
    retold: int

    def told(self) -> dict[str, Any]:
        """For a machine: the fields that differ, each with its value before and after."""
        before, after = self.before or {}, self.after or {}
        return {
            "table": f"{self.projection}.{self.table}",
            "key": list(self.key),
            "change": self.kind,
            "retold": self.retold,
            "fields": {name: {"before": before.get(name), "after": after.get(name)} for name in self.fields},
        }

    @property
    def kind(self) -> str:
        """``added``, ``changed``, or ``retold`` where only the row's past reads otherwise."""
        if self.before is None and self.after is not None:
            return "added"
        return "changed" if self.fields else "retold"


STATEFUL: tuple[Projection, ...] = tuple(
    projection for projection in STANDARD if not all(shape.facts for shape in projection.tables)
)
"""The projections whose rows have a before and an after."""


def changes_of(reader: Reader, entry: Entry) -> list[RowChange]:
    """What an entry changed, from projections that have come at least as far.

    Raises NotBuiltYet; a projection that has not come to the entry yet answers with no change.
    """
    event = _event(entry)
    as_of, found = AsOf(position=entry.position), list[RowChange]()
    for projection in STATEFUL:
        if event.type in projection.types:
            found += reader.ask(projection, as_of, partial(_changes, projection, event))
    return found


def _event(entry: Entry) -> Event:
    occurred, recorded = map(instants.to_microseconds, (entry.occurred_at, entry.recorded_at))
    event = Event(entry.position, occurred, recorded, entry.type, entry.raw)
    if entry.type in UPCASTERS:
        event.upcast(UPCASTERS)
    return event


def _changes(projection: Projection, event: Event, view: View) -> list[RowChange]:
    return list(_changed(projection, event, view))


def _changed(projection: Projection, event: Event, view: View) -> Iterator[RowChange]:
    for table, key in dict.fromkeys(projection.route(event)):
        if not view.shape(table).facts:
            change = _change(view, projection.name, table, key, event.position)
            if change.fields or change.retold or (change.before is None and change.after is not None):
                yield change


def _change(view: View, projection: str, table: str, key: Key, at: int) -> RowChange:
    rows, shape = _versions(view, table, key, at), view.shape(table)
    before = _only(decoded(shape, row) for row in rows if row.from_position < at <= row.to_position)
    after = _only(decoded(shape, row) for row in rows if row.from_position <= at < row.to_position)
    names = shape.content_names if after is not None else ()
    differing = tuple(name for name in names if (before or {}).get(name) != (after or {})[name])
    retold = sum(row.retold_at == at for row in rows)
    return RowChange(projection, table, key, before, after, differing, retold)


def _versions(view: View, table: str, key: Key, at: int) -> Sequence[Row[Any]]:
    """The versions of a key's row around a position: those that hold before or after it, and those told anew by it."""
    source = view.table(table)
    is_key = and_(*(source.c[name] == value for name, value in zip(view.shape(table).key_names, key, strict=True)))
    around = and_(source.c.from_position <= at, or_(source.c.to_position >= at, source.c.retold_at == at))
    return view.connection.execute(select(source).where(is_key, around)).all()


def _only(rows: Iterable[Content]) -> Content | None:
    return next(iter(rows), None)
