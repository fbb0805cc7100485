"""What became of a list between two moments: which rows were added, changed or removed, and by which entries.

A row's answer can only differ where a row version begins between the two, on the axis of positions or
on that of occurrence.  So those versions are looked up by index, their keys are asked at both moments,
and nothing else is read, however long the list is.

No row is ever taken away.  It is ``removed`` where the reader may not see it any more, or where the
second moment lies before the first.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, CompoundSelect, Select, Table, and_, or_, select, tuple_, union

from ledger import instants
from ledger.schema import entries
from projections.folding import Projection
from projections.reading import LARGEST_PAGE, Reader, View, beyond, read_cursor, write_cursor
from projections.temporal import OPEN, AsOf, Content, Key, Moment

ADDED, CHANGED, REMOVED = "added", "changed", "removed"

Sight = Callable[[Content], bool]
"""Whether a reader may see a row."""


class Beside(NamedTuple):
    """A second table that has a say in a list's rows, and the column in which both name what they tell of."""

    table: str
    column: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A list that can be compared with itself at another moment.

    ``make`` turns rows of the table into those that the list shows.  Its shape, and those ``beside`` it,
    must be ``compared``.
    """

    projection: Projection
    table: str
    make: Callable[[View, list[Content]], Iterable[Any]]
    beside: tuple[Beside, ...] = ()


@dataclass(frozen=True, slots=True)
class Cause:
    """An entry that had a part in a difference."""

    position: int
    type: str
    occurred_at: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of one row: as it was shown before and after (None: it was not), and which fields differ."""

    key: dict[str, Any]
    change: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    fields: tuple[str, ...]
    causes: tuple[Cause, ...]

    def told(self) -> dict[str, Any]:
        """The difference as JSON: of a changed row the changed fields, else the row that came or went."""
        told: dict[str, Any] = {"key": self.key, "change": self.change}
        if self.before is not None and self.after is not None:
            before, after = self.before, self.after
            told["fields"] = {name: {"before": before[name], "after": after[name]} for name in self.fields}
        else:
            told["row"] = self.before if self.after is None else self.after
        return {**told, "causes": [asdict(cause) for cause in self.causes]}


@dataclass(frozen=True, slots=True)
class Differences:
    """A page of differences by key, the cursor of the next, and the two positions that they lie between."""

    rows: tuple[Difference, ...]
    next_cursor: str | None
    from_position: int
    position: int


def differences(
    reader: Reader,
    compared: Compared,
    earlier: AsOf,
    later: AsOf,
    *,
    sees: Sight | None = None,
    told: frozenset[str] | None = None,
    limit: int = 50,
    cursor: str | None = None,
) -> Differences:
    """What must be done to the list at one moment to have it at the other.

    Where ``earlier`` names an instant of occurrence alone, both moments are taken as known at the later one.  ``sees`` leaves out rows that a reader may not see, at each moment by itself; ``told``
    names the types of the entries that the reader may hear of (None: all).  Raises InvalidCursor.
    """
    shape = next(shape for shape in compared.projection.tables if shape.name == compared.table)
    limit = max(1, min(limit, LARGEST_PAGE))
    after = None if cursor is None else read_cursor(cursor, len(shape.key))
    if after is not None:
        later = AsOf(position=after[0], occurred_at=later.occurred_at)
    begun = reader.resolved(earlier)

    def question(view: View) -> Differences:
        pair = _Pair(reader.ledger_number, compared, _views(view, begun), sees, told)
        found = pair.page(limit, after[1] if after is not None else None)
        more = list(found[limit - 1].key.values()) if len(found) > limit else None
        following = None if more is None else write_cursor(view.position, more)
        return Differences(tuple(found[:limit]), following, pair.before.position, view.position)

    return reader.ask(compared.projection, later, question)


def _views(view: View, begun: Moment) -> tuple[View, View]:
    """Both moments with their positions named."""
    later = view.at(view.moment._replace(position=view.position))
    if begun.position is None and begun.occurred is not None:
        begun = begun._replace(position=view.position)
    return view.at(begun), later


class _Pair:
    """One list at two moments, inside one transaction."""

    def __init__(
        self,
        ledger: int,
        compared: Compared,
        views: tuple[View, View],
        sees: Sight | None,
        told: frozenset[str] | None,
    ) -> None:
        self._ledger, self._compared, self._sees, self._told = ledger, compared, sees, told
        self.before, self.after = views
        self._table = self.before.table(compared.table)
        self._key_names = self.before.shape(compared.table).key_names
        self._key = [self._table.c[name] for name in self._key_names]
        self._key_of = itemgetter(*self._key_names)

    def page(self, limit: int, after: list[Any] | None) -> list[Difference]:
        """The differences whose keys follow, one more than asked for where there are more."""
        found: list[Difference] = []
        most = limit + 1
        while len(found) <= limit:
            keys = self._touched(most, after)
            found += self._compare(keys)
            if len(keys) < most:
                break
            after = list(keys[-1])
        return found

    # ------------------------------------------------------------------ which rows may differ

    def _touched(self, most: int, after: list[Any] | None) -> list[Key]:
        """The next keys of which a version begins between the moments."""
        keys = self._changed_keys().subquery()
        columns = [keys.c[name] for name in self._key_names]
        query = select(*columns).distinct().order_by(*columns).limit(most)
        if after is not None:
            query = query.where(beyond(columns, after))
        return [tuple(row) for row in self.after.connection.execute(query)]

    def _changed_keys(self) -> CompoundSelect[Any]:
        asked: list[Select[Any]] = [select(*self._key).where(axis) for axis in self._between(self._table)]
        for name, column in self._compared.beside:
            table = self.before.table(name)
            asked += [
                select(*self._key).where(self._table.c[column].in_(select(table.c[column]).where(axis)))
                for axis in self._between(table)
            ]
        return union(*asked)

    def _between(self, table: Table) -> list[ColumnElement[bool]]:
        """Row versions that begin between the moments, an axis at a time: each is one index scan."""
        known = table.c.from_position <= max(self.before.position, self.after.position)
        first, last = sorted((self.before.position, self.after.position))
        begun, ended = sorted(_reach(view) for view in (self.before, self.after))
        axes: list[ColumnElement[bool]] = [and_(table.c.from_position > first, table.c.from_position <= last)]
        if begun < ended:
            axes.append(and_(table.c.occurred_from > begun, table.c.occurred_from <= ended, known))
        return axes

    # ------------------------------------------------------------------ how they differ

    def _compare(self, keys: Sequence[Key]) -> list[Difference]:
        if not keys:
            return []
        before, after = self._shown(self.before, keys), self._shown(self.after, keys)
        differing = [key for key in keys if before.get(key) != after.get(key)]
        causes = self._causes(differing) if differing else {}
        return [self._difference(key, before.get(key), after.get(key), tuple(causes.get(key, ()))) for key in differing]

    def _shown(self, view: View, keys: Sequence[Key]) -> dict[Key, dict[str, Any]]:
        rows = view.rows(self._compared.table, view.select(self._compared.table).where(self._among(keys)))
        seen = [row for row in rows if self._sees is None or self._sees(row)]
        shown = self._compared.make(view, seen)
        return {self._key_in(row): asdict(one) for row, one in zip(seen, shown, strict=True)}

    def _difference(
        self, key: Key, before: dict[str, Any] | None, after: dict[str, Any] | None, causes: tuple[Cause, ...]
    ) -> Difference:
        named = dict(zip(self._key_names, key, strict=True))
        if before is None:
            return Difference(named, ADDED, None, after, (), causes)
        if after is None:
            return Difference(named, REMOVED, before, None, (), causes)
        fields = tuple(name for name, value in after.items() if before[name] != value)
        return Difference(named, CHANGED, before, after, fields, causes)

    # ------------------------------------------------------------------ what did it

    def _causes(self, keys: Sequence[Key]) -> dict[Key, list[Cause]]:
        """The entries behind these keys' versions that one moment takes in and the other does not."""
        found: dict[Key, set[Any]] = {}
        for row in self._behind(self._table, self._among(keys), self._key):
            found.setdefault(tuple(row[3:]), set()).add(row)
        for name, column in self._compared.beside:
            table, named = self.before.table(name), self._named(keys, column)
            for row in self._behind(table, table.c[column].in_(list(named)), [table.c[column]]):
                for key in named[row[3]]:
                    found.setdefault(key, set()).add(row)
        return {key: self._told_of(rows) for key, rows in found.items()}

    def _behind(
        self, table: Table, condition: ColumnElement[bool], columns: Sequence[ColumnElement[Any]]
    ) -> Iterable[Any]:
        entry = entries.c
        query: Select[Any] = (
            select(entry.position, entry.type, entry.occurred_at, *columns)
            .join(table, and_(entry.ledger == self._ledger, entry.position == table.c.from_position))
            .where(condition, table.c.from_position <= max(self.before.position, self.after.position))
        )
        if _reach(self.before) == _reach(self.after):
            query = query.where(or_(*self._between(table)))
        return self.after.connection.execute(query.distinct())

    def _named(self, keys: Sequence[Key], column: str) -> Mapping[Any, list[Key]]:
        """The keys by what their rows name in a column; it never changes in a row."""
        named: dict[Any, list[Key]] = {}
        query = select(self._table.c[column], *self._key).where(self._among(keys)).distinct()
        for value, *key in self.after.connection.execute(query):
            named.setdefault(value, []).append(tuple(key))
        return named

    def _told_of(self, rows: Iterable[Any]) -> list[Cause]:
        apart = {
            (row.position, row.type, row.occurred_at)
            for row in rows
            if _takes_in(self.before, row) != _takes_in(self.after, row)
        }
        return [
            Cause(position, type_, instants.to_text(instants.from_microseconds(occurred)))
            for position, type_, occurred in sorted(apart)
            if self._told is None or type_ in self._told
        ]

    def _among(self, keys: Sequence[Key]) -> ColumnElement[bool]:
        if len(self._key) == 1:
            return self._key[0].in_([key[0] for key in keys])
        return tuple_(*self._key).in_(keys)

    def _key_in(self, row: Content) -> Key:
        key = self._key_of(row)
        return key if isinstance(key, tuple) else (key,)


def _reach(view: View) -> int:
    """Up to which instant of occurrence a moment takes events in."""
    return OPEN if view.moment.occurred is None else view.moment.occurred


def _takes_in(view: View, row: Any) -> bool:
    return bool(row.position <= view.position and row.occurred_at <= _reach(view))


def applied(rows: Mapping[Key, dict[str, Any]], found: Iterable[Difference]) -> dict[Key, dict[str, Any]]:
    """The later list, by key, from the earlier one and its differences."""
    later = dict(rows)
    for difference in found:
        key = tuple(difference.key.values())
        if difference.after is None:
            later.pop(key, None)
        else:
            changed = {name: difference.after[name] for name in difference.fields}
            later[key] = {**later[key], **changed} if difference.change == CHANGED else difference.after
    return later
