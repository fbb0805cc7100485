"""Folding a page of events: route, load what is touched, fold in memory, write once.

Nothing here runs SQL per event.  A page costs, per table, one query for the open rows of all keys it
touches, one more where events came late, and two writes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from sqlalchemy import Connection

from aggregates.office import UPCASTERS
from projections.bulk import Bulk
from projections.errors import ProjectionError
from projections.feed import Event
from projections.memory import CELLS_OF_A_FOLLOWER
from projections.tables import Shape, order_indexes, physical
from projections.temporal import Content, Key, Sheet


class Projection(Protocol):
    """Tables and a fold.  A fold sees one key's row and one event, so keys can be folded apart.

    ``version`` is raised whenever tables or fold change meaning; workers then rebuild by themselves.
    Events of other ``types`` are skipped and counted.
    """

    @property
    def name(self) -> str: ...  # noqa: D102

    @property
    def version(self) -> int: ...  # noqa: D102

    @property
    def tables(self) -> tuple[Shape, ...]: ...  # noqa: D102

    @property
    def types(self) -> frozenset[str]: ...  # noqa: D102

    def route(self, event: Event) -> Iterable[tuple[str, Key]]:
        """The tables and keys an event concerns, from the event alone; each key once."""

    def fold(self, table: str, key: Key, row: Content | None, event: Event) -> Content | None:
        """The row after an event, from the row before it; pure, and total over every row and event.

        None while the event does not bring the row about; the row itself when it changes nothing.
        """


def types_to_read(projection: Projection) -> frozenset[str]:
    """The types under which a projection's events may stand in the log: its own, and any older version."""
    return frozenset(projection.types) | UPCASTERS.keys()


def shape_of(projection: Projection) -> str:
    """All columns of a projection in one text, as the bookkeeping keeps it."""
    return "\n".join(shape.signature for shape in projection.tables)


class Tables:
    """The tables of one generation of one projection."""

    def __init__(
        self,
        projection: Projection,
        generation: int,
        *,
        is_postgresql: bool,
        cells_remembered: int = CELLS_OF_A_FOLLOWER,
    ) -> None:
        self._shapes = {shape.name: shape for shape in projection.tables}
        self._tables = {name: physical(projection.name, shape, generation) for name, shape in self._shapes.items()}
        self.bulks = {
            name: Bulk(self._tables[name], shape, is_postgresql=is_postgresql, cells_remembered=cells_remembered)
            for name, shape in self._shapes.items()
        }

    def create(self, connection: Connection) -> None:
        """Create the tables with what folding needs; lists are indexed by ``index``."""
        for table in self._tables.values():
            table.create(connection, checkfirst=True)

    def cells(self, sheets: Mapping[str, Sheet]) -> int:
        """How many values a page adds, over all its rows and columns."""
        return sum(len(sheet.fresh) * self.bulks[name].width for name, sheet in sheets.items())

    def forget(self, *, empty: bool = False) -> None:
        """Keep no rows in memory from earlier pages; ``empty`` says that there are none to be kept."""
        for bulk in self.bulks.values():
            bulk.forget(empty=empty)

    def remember(self, sheets: Mapping[str, Sheet]) -> None:
        """Keep in memory what a page has written, once it is committed."""
        for name, sheet in sheets.items():
            self.bulks[name].remember(sheet)

    def index(self, connection: Connection) -> None:
        """Create the indexes of the lists where they are missing."""
        for name, table in self._tables.items():
            for index in order_indexes(table, self._shapes[name]):
                index.create(connection, checkfirst=True)


@dataclass(frozen=True, slots=True)
class Failure:
    """The event at which folding ended, and why, in words that say nothing of its contents."""

    position: int
    type: str
    error: str


@dataclass(frozen=True, slots=True)
class Folded:
    """What a page leaves to be written: the sheets by table, how many events, and what stopped it."""

    sheets: Mapping[str, Sheet]
    count: int
    failure: Failure | None


HANDFUL = 250
"""Events that are decoded and folded together."""

Routed = tuple[Event, list[tuple[str, Key]]]


def fold_page(
    connection: Connection,
    projection: Projection,
    bulks: Mapping[str, Bulk],
    events: Sequence[Event],
    *,
    once: bool = False,
) -> Folded:
    """Fold events in memory upon the rows that stand in the tables; writes nothing.

    ``once`` says that nobody else will ask for these events: what they decode to is let go as it is folded.
    """
    sheets = {name: bulk.sheet() for name, bulk in bulks.items()}
    fold = projection.fold
    count = 0
    # A handful at a time: what is decoded, used and let go at once is still at hand in the processor's memory.
    for start in range(0, len(events), HANDFUL):
        routed, failure = _route(projection, events[start : start + HANDFUL])
        _look_up(connection, bulks, sheets, routed)
        for event, keys in routed:
            try:
                for table, key in keys:
                    sheets[table].tell(key, event, fold)
            except Exception as error:  # noqa: BLE001 - whatever a fold raises stops this projection, and it alone
                # The sheets hold half of this event: fold what came before it again, without it.
                for bulk in bulks.values():
                    bulk.forget()
                sound = [before for before in events if before.position < event.position]
                folded = fold_page(connection, projection, bulks, sound, once=once)
                return replace(folded, failure=folded.failure or _failure(event, error))
            if once:
                event.let_go()
        count += len(routed)
        if failure is not None:
            return Folded(sheets, count, failure)
    return Folded(sheets, count, None)


def write_page(connection: Connection, bulks: Mapping[str, Bulk], folded: Folded) -> None:
    """Write what a page leaves, in the caller's transaction."""
    for name, sheet in folded.sheets.items():
        bulks[name].write(connection, sheet)


def _route(projection: Projection, events: Sequence[Event]) -> tuple[list[Routed], Failure | None]:
    routed: list[Routed] = []
    types, route = projection.types, projection.route
    for event in events:
        try:
            if event.type in UPCASTERS:
                event.upcast(UPCASTERS)
            if event.type in types:
                routed.append((event, list(route(event))))
        except Exception as error:  # noqa: BLE001 - as above
            return routed, _failure(event, error)
    return routed, None


def _look_up(connection: Connection, bulks: Mapping[str, Bulk], sheets: dict[str, Sheet], routed: list[Routed]) -> None:
    """Put the rows in hand upon which these events are folded."""
    histories = {name: _Instants() for name, bulk in bulks.items() if not bulk.shape.facts}
    for event, keys in routed:
        for table, key in keys:
            if (instants := histories.get(table)) is not None:
                instants.see(key, event.occurred)
    for name, instants in histories.items():
        sheet, bulk = sheets[name], bulks[name]
        sheet.open.update(bulk.load_open(connection, [key for key in instants.first if key not in sheet.open]))
        if late := sheet.untold(instants.late(sheet)):
            sheet.know_past(late, bulk.load_past(connection, late))


class _Instants:
    """When the page's events on each key occurred, as far as it says which keys hear a late one."""

    __slots__ = ("_early", "_latest", "first")

    def __init__(self) -> None:
        self.first: dict[Key, int] = {}
        self._latest: dict[Key, int] = {}
        self._early: dict[Key, int] = {}

    def see(self, key: Key, occurred: int) -> None:
        latest = self._latest.get(key)
        if latest is None:
            self.first[key] = self._latest[key] = occurred
        elif occurred >= latest:
            self._latest[key] = occurred
        else:
            self._early[key] = min(self._early.get(key, occurred), occurred)

    def late(self, sheet: Sheet) -> dict[Key, int]:
        """The keys that may hear a late event, each with the earliest instant of the page."""
        late = {key: min(instant, self.first[key]) for key, instant in self._early.items()}
        for key, first in self.first.items():
            version = sheet.open.get(key)
            if version is not None and (earliest := min(first, self._early.get(key, first))) < version.occurred_from:
                late[key] = earliest
        return late


def _failure(event: Event, error: Exception) -> Failure:
    return Failure(event.position, event.type, describe(error))


def describe(error: Exception) -> str:
    """An error in words that are safe to show: our own sentence, or its kind and the line it arose in.

    The messages of other errors may carry what an event says, so they are left out.
    """
    if isinstance(error, ProjectionError):
        return str(error)
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = "an unknown place" if trace is None else f"{trace.tb_frame.f_globals['__name__']}:{trace.tb_lineno}"
    return f"{type(error).__name__} at {place}"
