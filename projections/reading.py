"""Asking the projections: which tables serve, which rows hold at a moment, what position an answer speaks for.

Questions are put to the primary database, each in one transaction, so that the bookmark and the rows
an answer is made of belong to one another.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, Generic, TypeVar

import orjson
from sqlalchemy import Column, ColumnElement, Connection, Row, Select, Table, and_, false, or_, select
from sqlalchemy.exc import OperationalError, ProgrammingError

from ledger import instants
from ledger.ledger import Ledger
from projections import bookkeeping
from projections.bookkeeping import LIVE, Generation, in_role
from projections.errors import InvalidCursor, NotBuiltYet
from projections.folding import Projection
from projections.tables import HOLDS, Kind, Shape, holds_at, physical
from projections.temporal import NOW, OPEN, AsOf, Content, Moment

LARGEST_PAGE = 1000
"""Rows that one page of a list gives at most."""

THE_ONLY = "all"
"""The key of a table that has one row."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """What was found, if anything, and the position it speaks for."""

    value: T | None
    position: int


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """A page of a list, the cursor of the next one (None at the end), and the position it speaks for.

    The cursor carries that position: the pages that follow speak for it too, whatever has been
    recorded since.
    """

    rows: tuple[T, ...]
    next_cursor: str | None
    position: int


@dataclass(frozen=True, slots=True)
class RowVersion:
    """One version of a row, and where it holds (``projections.temporal``); an open end is None."""

    content: Content
    from_position: int
    to_position: int | None
    occurred_from: datetime
    occurred_to: datetime | None
    retold_at: int | None


class View:
    """One projection's tables as they stood at one moment, inside one transaction."""

    def __init__(
        self,
        connection: Connection,
        projection: Projection,
        live: Generation,
        moment: Moment,
        beside: Callable[[Projection, Moment], "View"],
    ) -> None:
        self.connection, self.moment = connection, moment
        self._projection, self._live, self._beside = projection, live, beside
        self._shapes = {shape.name: shape for shape in projection.tables}
        self.position = live.position if moment.position is None else moment.position
        """The last position that the answer takes in."""

    def at(self, moment: Moment) -> "View":
        """The same tables at another moment, in the same transaction."""
        return View(self.connection, self._projection, self._live, _within(moment, self._live.position), self._beside)

    def beside(self, projection: Projection) -> "View":
        """Another projection's tables at this view's position, or as far as that one has come.

        Raises NotBuiltYet.
        """
        return self._beside(projection, self.moment._replace(position=self.position))

    def shape(self, name: str) -> Shape:
        """The shape of one of the projection's tables."""
        return self._shapes[name]

    def table(self, name: str) -> Table:
        """One of the projection's tables, in the generation that serves."""
        return physical(self._projection.name, self._shapes[name], self._live.number)

    def holds(self, name: str) -> ColumnElement[bool]:
        """The condition under which a row version of a table is the answer at this moment."""
        return holds_at(self.table(name), self.moment)

    def rows(self, name: str, query: Select[Any]) -> list[Content]:
        """The rows a query over one table finds, as folds know them: key and content, JSON decoded."""
        shape = self._shapes[name]
        return [decoded(shape, row) for row in self.connection.execute(query)]

    def select(self, name: str) -> Select[Any]:
        """All rows of a table that hold at this moment."""
        return select(self.table(name)).where(self.holds(name))

    def one(self, name: str, *key: object) -> Content | None:
        """The row of a key at this moment, or None."""
        found = self.rows(name, self.select(name).where(self._is_key(name, key)))
        return found[0] if found else None

    def versions(self, name: str, *key: object) -> tuple[RowVersion, ...]:
        """Every version of a key's row known by this moment, in the order in which they became known."""
        table, shape = self.table(name), self._shapes[name]
        query = select(table).where(self._is_key(name, key), table.c.from_position <= self.position)
        ordered = query.order_by(table.c.from_position, table.c.sequence)
        return tuple(_version(shape, row) for row in self.connection.execute(ordered))

    def _is_key(self, name: str, key: Iterable[object]) -> ColumnElement[bool]:
        table, names = self.table(name), self._shapes[name].key_names
        return and_(*(table.c[column] == value for column, value in zip(names, key, strict=True)))


class Reader:
    """Puts questions to the projections of one ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        bookkeeping.create_bookkeeping(ledger.database)

    @property
    def ledger_number(self) -> int:
        """The ledger's number in the log's own tables."""
        return self._ledger.number

    def resolved(self, as_of: AsOf) -> Moment:
        """A moment in the rows' own terms.  Raises ContradictoryInstant."""
        return as_of.resolve(self._ledger)

    def ask(self, projection: Projection, as_of: AsOf, question: Callable[[View], T]) -> T:
        """Put a question to the tables that serve, at a moment.

        A moment beyond what the projection has folded is answered for as far as it has come; the
        answer's position says so.  Raises NotBuiltYet and ContradictoryInstant.
        """
        moment = as_of.resolve(self._ledger)
        try:
            return self._ask(projection, moment, question)
        except (OperationalError, ProgrammingError):
            # Two swaps since the generation was looked up have dropped its tables; the next one serves.
            return self._ask(projection, moment, question)

    def get(self, projection: Projection, as_of: AsOf, table: str, key: tuple[object, ...], kind: type[T]) -> Answer[T]:
        """The row of one key at a moment, typed; the answer's value is None where there was none."""

        def question(view: View) -> Answer[T]:
            row = view.one(table, *key)
            return Answer(None if row is None else typed(kind, row), view.position)

        return self.ask(projection, as_of, question)

    def history(
        self, projection: Projection, table: str, key: tuple[object, ...], as_of: AsOf = NOW
    ) -> Answer[tuple[RowVersion, ...]]:
        """Every version of one key's row known at a moment, retold ones too, as they became known."""
        return self.ask(projection, as_of, lambda view: Answer(view.versions(table, *key), view.position))

    def _ask(self, projection: Projection, moment: Moment, question: Callable[[View], T]) -> T:
        engine = self._ledger.database.engine
        # One snapshot for the bookmark and the rows; SQLite's transactions are snapshots by themselves.
        options = {"isolation_level": "REPEATABLE READ"} if self._ledger.database.is_postgresql else {}
        with engine.connect().execution_options(**options) as connection, connection.begin():
            return question(self._view(connection, projection, moment))

    def _view(self, connection: Connection, projection: Projection, moment: Moment) -> View:
        found = bookkeeping.generations(connection, self._ledger.number, projection.name)
        live = in_role(found, LIVE)
        wanted = {shape.signature for shape in projection.tables}
        if live is None or not wanted <= set(live.shape.splitlines()):
            raise NotBuiltYet(projection.name, projection.version)

        def beside(other: Projection, when: Moment) -> View:
            return self._view(connection, other, when)

        return View(connection, projection, live, _within(moment, live.position), beside)


def _within(moment: Moment, bookmark: int) -> Moment:
    """The moment in what the projection knows: "now" needs a position once an instant is asked for."""
    if moment.position is None:
        return moment if moment.occurred is None else moment._replace(position=bookmark)
    return moment._replace(position=min(moment.position, bookmark))


def decoded(shape: Shape, row: Row[Any]) -> Content:
    """A table's row without the columns that say where it holds, its JSON decoded."""
    mapping = row._mapping  # noqa: SLF001 - SQLAlchemy's public name for it
    return {field.name: _value(field.kind, mapping[field.name]) for field in shape.key + shape.content}


def _value(kind: Kind, value: Any) -> Any:
    return orjson.loads(value) if kind is Kind.JSON and value is not None else value


def _version(shape: Shape, row: Row[Any]) -> RowVersion:
    holds = {name: row._mapping[name] for name in HOLDS}  # noqa: SLF001
    return RowVersion(
        decoded(shape, row),
        holds["from_position"],
        None if holds["to_position"] == OPEN else holds["to_position"],
        instants.from_microseconds(holds["occurred_from"]),
        None if holds["occurred_to"] == OPEN else instants.from_microseconds(holds["occurred_to"]),
        None if holds["retold_at"] == OPEN else holds["retold_at"],
    )


# ---------------------------------------------------------------------- typed rows


def typed(kind: type[T], content: Content) -> T:
    """A row as the dataclass whose fields are named like its columns; lists become tuples."""
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    return kind(**{name: _frozen(content[name]) for name in names})


def each(kind: type[T]) -> Callable[[View, list[Content]], Iterable[T]]:
    """Makes every row of a page the dataclass whose fields are named like its columns."""
    return lambda _, rows: (typed(kind, row) for row in rows)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


# ---------------------------------------------------------------------- lists and cursors


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is read: the columns, and whether from the last to the first.

    ``latest`` names a table whose one row holds the greatest value of the first column there was.  A list
    that is asked about the past, from the last to the first, begins there instead of walking by
    everything that has come since.
    """

    columns: tuple[str, ...]
    descending: bool = False
    latest: str | None = None


def list_page(
    reader: Reader,
    projection: Projection,
    as_of: AsOf,
    *,
    table: str,
    order: Order,
    where: Callable[[View, Table], Iterable[ColumnElement[bool]]],
    make: Callable[[View, list[Content]], Iterable[T]],
    limit: int,
    cursor: str | None,
) -> Listed[T]:
    """A page of a table's rows at a moment, in an order that an index keeps.

    A cursor gives the rows after its own, at the position it carries.  Raises InvalidCursor.
    """
    limit = max(1, min(limit, LARGEST_PAGE))
    after = None if cursor is None else read_cursor(cursor, len(order.columns))
    if after is not None and as_of.position is None and as_of.recorded_at is None:
        as_of = replace(as_of, position=after[0])

    def question(view: View) -> Listed[T]:
        source = view.table(table)
        columns = [source.c[name] for name in order.columns]
        query = view.select(table).where(*where(view, source), *_no_later(view, columns[0], order))
        if after is not None:
            query = query.where(beyond(columns, after[1], descending=order.descending))
        directed = [column.desc() if order.descending else column.asc() for column in columns]
        found = view.rows(table, query.order_by(*directed).limit(limit + 1))
        more = found[limit - 1] if len(found) > limit else None
        following = None if more is None else write_cursor(view.position, [more[name] for name in order.columns])
        return Listed(tuple(make(view, found[:limit])), following, view.position)

    return reader.ask(projection, as_of, question)


def _no_later(view: View, column: Column[Any], order: Order) -> list[ColumnElement[bool]]:
    if order.latest is None or view.moment == (None, None):
        return []
    latest = view.one(order.latest, THE_ONLY)
    return [false() if latest is None else column <= latest[column.name]]


def beyond(
    columns: Sequence[ColumnElement[Any]], values: list[Any], *, descending: bool = False
) -> ColumnElement[bool]:
    """Rows that come after the cursor's; spelt out so that each database walks its index."""
    column, value = columns[0], values[0]
    further: ColumnElement[bool] = column < value if descending else column > value
    if len(columns) == 1:
        return further
    reaches = column <= value if descending else column >= value
    return and_(reaches, or_(further, beyond(columns[1:], values[1:], descending=descending)))


def write_cursor(position: int, values: list[Any]) -> str:
    """The cursor of the row with these values, in an answer that speaks for this position."""
    return urlsafe_b64encode(orjson.dumps([position, *values])).decode().rstrip("=")


def read_cursor(cursor: str, width: int) -> tuple[int, list[Any]]:
    """The position and the values of a cursor.  Raises InvalidCursor for one that no list of this width gave out."""
    try:
        position, *values = orjson.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, TypeError):
        raise InvalidCursor from None
    plain = all(isinstance(value, str | int) for value in (position, *values))
    if not plain or not isinstance(position, int) or len(values) != width:
        raise InvalidCursor
    return position, values
