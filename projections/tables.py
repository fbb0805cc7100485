"""The shape of a projection's tables, and how a shape becomes a table of one generation.

A projection names its key and content columns; the columns that say where a row version holds
(``projections.temporal``) and the indexes that keep every question an index scan are added here.
"""

from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    and_,
    literal_column,
    or_,
)

from projections.temporal import OPEN, Moment


class Kind(Enum):
    """What a column holds.  JSON stands in the table as canonical text."""

    TEXT = "text"
    INTEGER = "integer"
    FLAG = "flag"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a projection."""

    name: str
    kind: Kind = Kind.TEXT


def texts(names: str) -> tuple[Field, ...]:
    """Text columns, from their names in one line."""
    return tuple(Field(name) for name in names.split())


def integers(names: str) -> tuple[Field, ...]:
    """Whole-number columns, from their names in one line."""
    return tuple(Field(name, Kind.INTEGER) for name in names.split())


def flags(names: str) -> tuple[Field, ...]:
    """Yes-or-no columns, from their names in one line."""
    return tuple(Field(name, Kind.FLAG) for name in names.split())


def jsons(names: str) -> tuple[Field, ...]:
    """Columns of JSON values, from their names in one line."""
    return tuple(Field(name, Kind.JSON) for name in names.split())


@dataclass(frozen=True, slots=True)
class Shape:
    """One table of a projection.

    ``orders`` are the column sequences in which lists are read; each is indexed, followed by the key.
    ``facts`` promises that every key hears one event only: rows are written and never closed, and
    nothing is loaded before a fold.  ``compared`` indexes where row versions begin on both axes, so that
    what lies between two moments is found without reading the rest (``projections.difference``).
    """

    name: str
    key: tuple[Field, ...]
    content: tuple[Field, ...]
    orders: tuple[tuple[str, ...], ...] = ()
    facts: bool = False
    compared: bool = False

    @property
    def key_names(self) -> tuple[str, ...]:
        """The key columns' names."""
        return tuple(field.name for field in self.key)

    @property
    def content_names(self) -> tuple[str, ...]:
        """The content columns' names."""
        return tuple(field.name for field in self.content)

    @property
    def signature(self) -> str:
        """The columns in one line of text: two shapes with one signature can read each other's tables."""
        return " ".join(f"{self.name}.{field.name}:{field.kind.value}" for field in self.key + self.content)


HOLDS = ("from_position", "to_position", "occurred_from", "occurred_to", "retold_at", "sequence")
"""The columns that say where a row version holds, in the order in which they stand in the table."""

# Written out in the SQL: a planner uses a partial index only when it can see the value.
_OPEN = literal_column(str(OPEN), BigInteger)

# Bytewise order on both databases, whatever language the server was installed in.
_TEXT = Text().with_variant(Text(collation="C"), "postgresql")

_TYPES: dict[Kind, Any] = {
    Kind.TEXT: _TEXT,
    Kind.INTEGER: BigInteger(),
    Kind.FLAG: Boolean(create_constraint=False),
    Kind.JSON: _TEXT,
}


@cache
def physical(projection: str, shape: Shape, generation: int) -> Table:
    """The table that holds a shape's rows in one generation of its projection."""
    name = f"{projection}_{shape.name}_g{generation}"
    key = [Column(field.name, _TYPES[field.kind], nullable=False) for field in shape.key]
    content = [Column(field.name, _TYPES[field.kind]) for field in shape.content]
    holds = [Column(column, BigInteger, nullable=False) for column in HOLDS]
    unique = PrimaryKeyConstraint(*shape.key_names, "from_position", "sequence", name=f"{name}_pkey")
    table = Table(name, MetaData(), *key, *content, *holds, unique)
    if not shape.facts:
        # At most one row of a key is the row now; the database keeps this, whatever a worker does.
        Index(f"{name}_open", *(table.c[column] for column in shape.key_names), unique=True, **_where_open(table))
    return table


def order_indexes(table: Table, shape: Shape) -> list[Index]:
    """The indexes of a shape's lists, for now and for as-of; created when a rebuilt table is complete."""
    # Of a copy: an index of the table itself would be created along with it.
    copy = table.to_metadata(MetaData())
    indexes = []
    for number, order in enumerate(shape.orders):
        columns = [copy.c[name] for name in dict.fromkeys((*order, *shape.key_names))]
        if not shape.facts:
            indexes.append(Index(f"{table.name}_now{number}", *columns, **_where_open(copy)))
        indexes.append(Index(f"{table.name}_asof{number}", *columns, copy.c.from_position))
    if shape.compared:
        indexes += [Index(f"{table.name}_{axis}", copy.c[axis]) for axis in ("from_position", "occurred_from")]
    return indexes


def _where_open(table: Table) -> dict[str, Any]:
    condition = table.c.to_position == _OPEN
    return {"postgresql_where": condition, "sqlite_where": condition}


def holds_at(table: Table, moment: Moment) -> ColumnElement[bool]:
    """The condition under which a row version is the answer at a moment (``projections.temporal``)."""
    known, occurred = moment
    if known is None and occurred is None:
        return table.c.to_position == _OPEN
    if occurred is None:
        return and_(table.c.from_position <= known, table.c.to_position > known)
    if known is None:
        raise AssertionError("an instant of occurrence is asked of a known position")
    return and_(
        table.c.from_position <= known,
        table.c.occurred_from <= occurred,
        or_(table.c.to_position > known, table.c.occurred_to > occurred),
        table.c.retold_at > known,
    )


def is_open(table: Table) -> ColumnElement[bool]:
    """The condition under which a row version is its key's row now."""
    return table.c.to_position == _OPEN
