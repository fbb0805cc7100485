"""Moving a page's rows between a table and memory: a few statements, however many rows.

New rows go in by COPY on PostgreSQL and by one prepared statement on SQLite; rows that end are
updated by one ``UPDATE ... FROM (VALUES ...)``; rows are looked up by joining against a list of keys.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from io import StringIO
from itertools import islice
from operator import attrgetter
from typing import Any

import orjson
from psycopg2.extras import execute_values
from sqlalchemy import Connection, Table
from sqlalchemy.exc import DBAPIError

from ledger.database import Database
from projections.memory import Remembered
from projections.tables import HOLDS, Kind, Shape
from projections.temporal import OPEN, Content, Key, Sheet, SheetOfFacts, Version

_KEYS_PER_QUERY = 1000
_ROWS_PER_UPDATE = 1000

_MANY = 50
_INDEX_WALKS = (
    "SELECT set_config(name, 'off', true) FROM pg_settings WHERE name IN ('enable_hashjoin', 'enable_mergejoin')"
)
"""Until the transaction ends, join by looking each row up.  A planner that has no statistics yet would
read a whole young table for every list of keys.  Engines without these settings find no row to set."""

_NULL = "\x1a"
"""How an absent value stands in a COPY; no text holds it (``projections.feed`` makes it visible)."""

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _json_text(value: Any) -> str | None:
    return None if value is None else orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


class Bulk:
    """One table of one generation, read and written a page at a time."""

    def __init__(self, table: Table, shape: Shape, *, is_postgresql: bool, cells_remembered: int) -> None:
        self.shape = shape
        self._name, self._is_postgresql = table.name, is_postgresql
        self._mark = "%s" if is_postgresql else "?"
        # Quoted: a column may be called "column".
        self._keys = tuple(f'"{name}"' for name in shape.key_names)
        self._columns = (*self._keys, *(f'"{name}"' for name in shape.content_names), *HOLDS)
        self._contents = shape.content_names
        fields = shape.content
        self._json = [(index, f.name) for index, f in enumerate(fields) if f.kind is Kind.JSON]
        self._flags = [f.name for f in fields if f.kind is Kind.FLAG]
        self._most_remembered = cells_remembered // self.width
        self.forget()
        self._written, self._analysed = 0, _MANY

    def sheet(self) -> Sheet:
        """An empty sheet for this table."""
        kind = SheetOfFacts if self.shape.facts else Sheet
        return kind(self.shape.name, self._contents)

    @property
    def width(self) -> int:
        """How many columns the table has."""
        return len(self._columns)

    def forget(self, *, empty: bool = False) -> None:
        """Keep nothing from earlier pages; ``empty`` says that the table has no rows to be kept."""
        self._remembered = Remembered(self._most_remembered, complete=empty)

    def analyse_when_grown(self, database: Database) -> None:
        """Tell PostgreSQL's planner about a table each time it has doubled.

        It believes a young table to hold a handful of rows and would compare each key of a page with all.
        """
        if self._is_postgresql and self._written >= 2 * self._analysed:
            self._analysed = self._written
            # It only makes later pages faster: a page that is committed does not fail for it.
            with suppress(DBAPIError), database.engine.begin() as connection:
                connection.exec_driver_sql(f"ANALYZE {self._name}")

    def remember(self, sheet: Sheet) -> None:
        """Keep what has been written and committed, for the pages to come."""
        self._written += len(sheet.fresh)
        if not self.shape.facts:
            self._remembered.remember(sheet)

    # ------------------------------------------------------------------ reading

    def load_open(self, connection: Connection, keys: Iterable[Key]) -> dict[Key, Version]:
        """The open version of each of these keys that has one."""
        kept, missing = self._remembered.recall(keys)
        if missing:
            kept.update(self._load(connection, self._open_query, [(key, ()) for key in missing]))
        return kept

    def load_past(self, connection: Connection, late: Mapping[Key, int]) -> dict[Key, list[Version]]:
        """For keys with a late event: the ended versions that tell of the time after its instant, in order."""
        past: dict[Key, list[Version]] = {key: [] for key in late}
        for key, version in self._load(
            connection, self._telling_query, [(key, (instant,)) for key, instant in late.items()]
        ):
            past[key].append(version)
        for versions in past.values():
            versions.sort(key=attrgetter("occurred_from", "occurred_to"))
        return past

    def _load(
        self, connection: Connection, query: Callable[[int], str], wanted: Sequence[tuple[Key, tuple[int, ...]]]
    ) -> Iterable[tuple[Key, Version]]:
        cursor = connection.connection.cursor()
        width = len(self._keys)
        self._walk_indexes(cursor, len(wanted))
        remaining = iter(wanted)
        while chunk := list(islice(remaining, _KEYS_PER_QUERY)):
            parameters = [value for key, more in chunk for value in (*key, *more)]
            cursor.execute(query(len(chunk)), parameters)
            for row in cursor.fetchall():
                yield row[:width], self._version(row)
        cursor.close()

    def _version(self, row: tuple[Any, ...]) -> Version:
        width = len(self._keys)
        values, ends = row[width:-6], row[-6:]
        since, until, occurred_from, occurred_to, retold_at, sequence = ends
        return Version(
            self._content(values), values, since, until, occurred_from, occurred_to, retold_at, sequence, stored=True
        )

    def _content(self, values: tuple[Any, ...]) -> Content:
        content = dict(zip(self._contents, values, strict=True))
        for _, name in self._json:
            if (text := content[name]) is not None:
                content[name] = orjson.loads(text)
        for name in self._flags:
            if (flag := content[name]) is not None:
                content[name] = bool(flag)
        return content

    def _open_query(self, keys: int) -> str:
        return self._joined(keys, self._keys, f"t.to_position = {OPEN}")

    def _telling_query(self, keys: int) -> str:
        wanted = (*self._keys, "late")
        # Versions of no width were replaced at the very instant they began; nothing is told by them any more.
        spans = "t.occurred_to > w.late AND t.occurred_from < t.occurred_to"
        return self._joined(keys, wanted, f"t.retold_at = {OPEN} AND t.to_position < {OPEN} AND {spans}")

    def _joined(self, keys: int, wanted: Sequence[str], condition: str) -> str:
        row = f"({', '.join([self._mark] * len(wanted))})"
        columns = ", ".join(f"t.{name}" for name in self._columns)
        matches = " AND ".join(f"t.{name} = w.{name}" for name in self._keys)
        # CROSS JOIN: SQLite then reads the list first and looks each key up.
        return (  # the names are ours
            f"WITH w ({', '.join(wanted)}) AS (VALUES {', '.join([row] * keys)}) "  # noqa: S608
            f"SELECT {columns} FROM w CROSS JOIN {self._name} t WHERE {matches} AND {condition}"
        )

    # ------------------------------------------------------------------ writing

    def write(self, connection: Connection, sheet: Sheet) -> None:
        """Close what has ended and add what is new; closing first, for a key has one open row."""
        if sheet.ended:
            self._close(connection, sheet.ended)
        if sheet.fresh:
            rows = [self._row(key, version) for key, version in sheet.fresh]
            if self._is_postgresql:
                self._copy(connection, rows)
            else:
                connection.connection.cursor().executemany(self._insert, rows)

    def _row(self, key: Key, version: Version) -> tuple[Any, ...]:
        values: Sequence[Any] = version.values
        if self._json:
            edited = list(values)
            for index, _ in self._json:
                edited[index] = _json_text(edited[index])
            values = edited
        return (
            *key,
            *values,
            version.from_position,
            version.to_position,
            version.occurred_from,
            version.occurred_to,
            version.retold_at,
            version.sequence,
        )

    @cached_property
    def _insert(self) -> str:
        marks = ", ".join([self._mark] * len(self._columns))
        return f"INSERT INTO {self._name} ({', '.join(self._columns)}) VALUES ({marks})"  # noqa: S608 - names are ours

    def _copy(self, connection: Connection, rows: list[tuple[Any, ...]]) -> None:
        lines = ["\t".join([_NULL if v is None else v if type(v) is str else str(v) for v in row]) for row in rows]
        body, null = "\n".join(lines), _NULL
        if _needs_escapes(body, len(rows), len(rows[0])):
            body, null = "\n".join("\t".join([_escaped(value) for value in row]) for row in rows), "\\N"
        statement = f"COPY {self._name} ({', '.join(self._columns)}) FROM STDIN WITH (NULL '{null}')"
        connection.connection.cursor().copy_expert(statement, StringIO(body), size=1 << 16)

    def _close(self, connection: Connection, ended: list[tuple[Key, Version]]) -> None:
        cursor = connection.connection.cursor()
        if self._is_postgresql:
            self._walk_indexes(cursor, len(ended))
            rows = [(*key, v.from_position, v.sequence, v.to_position, v.occurred_to, v.retold_at) for key, v in ended]
            execute_values(cursor, self._close_many, rows, page_size=_ROWS_PER_UPDATE)
        else:
            rows = [(v.to_position, v.occurred_to, v.retold_at, *key, v.from_position, v.sequence) for key, v in ended]
            cursor.executemany(self._close_one, rows)

    def _walk_indexes(self, cursor: Any, rows: int) -> None:
        if self._is_postgresql and rows > _MANY:
            cursor.execute(_INDEX_WALKS)

    @cached_property
    def _close_many(self) -> str:
        identity = (*self._keys, "from_position", "sequence")
        names = ", ".join((*identity, "until", "occurred_until", "retold"))
        matches = " AND ".join(f"t.{name} = w.{name}" for name in identity)
        return (
            f"UPDATE {self._name} AS t SET to_position = w.until, occurred_to = w.occurred_until, "  # noqa: S608
            f"retold_at = w.retold FROM (VALUES %s) AS w ({names}) WHERE {matches}"
        )

    @cached_property
    def _close_one(self) -> str:
        matches = " AND ".join(f"{name} = ?" for name in (*self._keys, "from_position", "sequence"))
        return f"UPDATE {self._name} SET to_position = ?, occurred_to = ?, retold_at = ? WHERE {matches}"  # noqa: S608


def _needs_escapes(body: str, rows: int, columns: int) -> bool:
    """Whether any value holds what COPY reads as syntax; found by counting, in a pass per character."""
    return "\\" in body or "\r" in body or body.count("\n") != rows - 1 or body.count("\t") != rows * (columns - 1)


def _escaped(value: Any) -> str:
    return "\\N" if value is None else str(value).translate(_ESCAPES)
