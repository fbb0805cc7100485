"""A projection's rows as bytes, for comparing: live with rebuilt, one database with another."""

from collections.abc import Iterator
from hashlib import sha256

import orjson
from sqlalchemy import select

from projections.reading import View

_ROWS_AT_ONCE = 1000


def dump_lines(view: View, table: str) -> Iterator[bytes]:
    """Every row version of a table, whenever it held: canonical JSON, a line each, in order of its key."""
    source, shape = view.table(table), view.shape(table)
    order = [source.c[name] for name in (*shape.key_names, "from_position", "sequence")]
    rows = view.connection.execute(select(source).order_by(*order).execution_options(yield_per=_ROWS_AT_ONCE))
    names = [str(column.name) for column in source.columns]
    for row in rows:
        yield orjson.dumps(dict(zip(names, row, strict=True)), option=orjson.OPT_SORT_KEYS) + b"\n"


def digest(view: View, tables: tuple[str, ...]) -> str:
    """SHA-256 over the lines of several tables: equal digests, equal projections."""
    hashed = sha256()
    for table in tables:
        for line in dump_lines(view, table):
            hashed.update(line)
    return hashed.hexdigest()
