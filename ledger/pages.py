"""Pages of ``ledger_entries`` as the driver hands them over: the way out for whoever reads the log by the thousand.

On PostgreSQL a page comes by COPY in its binary form (PostgreSQL documentation, COPY, "Binary Format"):
the driver would otherwise have every entry spelt in hexadecimal, and spend twice as long on reading it
as a projection does on folding it.  SQLite's own rows are as quick as can be.
"""

import struct
from collections.abc import Callable, Sequence
from functools import cache, partial
from io import BytesIO
from typing import Any

import psycopg2
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

NUMBERS = ("position", "version", "occurred_at", "recorded_at")
TEXTS = ("stream", "type", "actor")

_HEADER = 11 + 4
"""Signature and flags; the length of an extension follows, and the extension."""
_TRAILER = 2
_LENGTH = struct.Struct(">i").unpack_from

Row = tuple[Any, ...]


def read_rows(
    connection: Connection, columns: Sequence[str], where: str, parameters: Sequence[Any], limit: int | None = None
) -> list[Row]:
    """The rows of ``ledger_entries`` that satisfy ``where``, in the order of positions.

    ``columns`` names the numbers first, then texts and bytes; ``where`` marks its parameters with ``%s``.
    Raises SQLAlchemy's DBAPIError as any statement does.
    """
    ending = "" if limit is None else f" LIMIT {limit:d}"
    query = f"SELECT {', '.join(columns)} FROM ledger_entries WHERE {where} ORDER BY position{ending}"  # noqa: S608
    cursor = connection.connection.cursor()
    try:
        if connection.dialect.name != "postgresql":
            return cursor.execute(query.replace("%s", "?"), parameters).fetchall()  # type: ignore[no-any-return]
        return _copied_out(cursor, query, parameters, tuple(columns))
    except Exception as error:
        _raise_as_sqlalchemy_does(connection, error)
        raise
    finally:
        cursor.close()


def _copied_out(cursor: Any, query: str, parameters: Sequence[Any], columns: tuple[str, ...]) -> list[Row]:
    asked = cursor.mogrify(query, tuple(parameters)).decode()
    data = BytesIO()
    cursor.copy_expert(f"COPY ({asked}) TO STDOUT WITH (FORMAT binary)", data)
    return _parser(columns)(data.getvalue())


def _raise_as_sqlalchemy_does(connection: Connection, error: Exception) -> None:
    driver = connection.dialect.loaded_dbapi
    if isinstance(error, driver.Error):
        lost = isinstance(error, psycopg2.Error) and connection.dialect.is_disconnect(error, None, None)
        raise DBAPIError.instance(None, None, error, driver.Error, connection_invalidated=lost) from error


@cache
def _parser(columns: tuple[str, ...]) -> Callable[[bytes], list[Row]]:
    """What takes a COPY of these columns apart: the numbers at one blow, the rest one by one."""
    numbers = sum(column in NUMBERS for column in columns)
    assert all(column in NUMBERS for column in columns[:numbers]), "numbers come first"
    fixed = struct.Struct(">h" + "4xq" * numbers)
    rest = [column in TEXTS for column in columns[numbers:]]
    parse = _parse_two if rest in ([True, False], [False, False]) else _parse_many
    return partial(parse, fixed, rest)


def _parse_two(fixed: struct.Struct, rest: list[bool], data: bytes) -> list[Row]:
    """What most readers ask for, numbers and two more values, at half the price."""
    rows: list[Row] = []
    is_text, known = rest[0], dict[bytes, str]()
    take, step, length = fixed.unpack_from, fixed.size, _LENGTH
    at, end = _beginning(data), len(data) - _TRAILER
    while at < end:
        first = at + step + 4
        middle = first + length(data, at + step)[0]
        second = middle + 4
        ending = second + length(data, middle)[0]
        value: Any = data[first:middle]
        if is_text:
            value = known.get(value) or known.setdefault(value, value.decode())
        rows.append((*take(data, at)[1:], value, data[second:ending]))
        at = ending
    return rows


def _parse_many(fixed: struct.Struct, rest: list[bool], data: bytes) -> list[Row]:
    rows: list[Row] = []
    at, end = _beginning(data), len(data) - _TRAILER
    while at < end:
        row: list[Any] = list(fixed.unpack_from(data, at)[1:])
        at += fixed.size
        for is_text in rest:
            size = _LENGTH(data, at)[0]
            at += 4
            if size < 0:
                row.append(None)
                continue
            value = data[at : at + size]
            row.append(value.decode() if is_text else value)
            at += size
        rows.append(tuple(row))
    return rows


def _beginning(data: bytes) -> int:
    return _HEADER + 4 + int(_LENGTH(data, _HEADER)[0])
