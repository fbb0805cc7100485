"""What the district's projections are written in: per event type a route, per table and type a fold."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from projections.feed import Event
from projections.tables import Shape
from projections.temporal import Content, Key

Route = Callable[[Event], Iterable[tuple[str, Key]]]
RowFold = Callable[[Key, Content | None, Event], Content | None]
KeylessFold = Callable[[Content | None, Event], Content | None]
Folds = Mapping[tuple[str, str], RowFold]
"""Folds by table and event type."""


@dataclass(frozen=True, eq=False)
class TableProjection:
    """A projection whose fold is looked up by table and event type (``projections.folding.Projection``)."""

    name: str
    version: int
    tables: tuple[Shape, ...]
    routes: Mapping[str, Route]
    folds: Folds
    types: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "types", frozenset(self.routes))

    def route(self, event: Event) -> Iterable[tuple[str, Key]]:
        """The tables and keys the event concerns."""
        return self.routes[event.type](event)

    def fold(self, table: str, key: Key, row: Content | None, event: Event) -> Content | None:
        """The row after the event."""
        return self.folds[table, event.type](key, row, event)


def keyless(folds: Mapping[tuple[str, str], KeylessFold]) -> Folds:
    """Folds that need not be told their key, because the event names it."""
    return {place: _without_key(fold) for place, fold in folds.items()}


def _without_key(fold: KeylessFold) -> RowFold:
    return lambda _key, row, event: fold(row, event)


def to(table: str, *names: str) -> Route:
    """The route to one row of one table, whose key is named by these fields of the event's data."""

    def route(event: Event) -> tuple[tuple[str, Key]]:
        data = event.data
        return ((table, tuple(data[name] for name in names)),)

    return route


def nothing_known(shape: Shape) -> Content:
    """A row of a shape of which nothing is known yet."""
    return dict.fromkeys(shape.content_names)


def picked(data: Mapping[str, Any], *names: str) -> Content:
    """Fields of an event's data by name; what an event leaves out is None."""
    return {name: data.get(name) for name in names}
