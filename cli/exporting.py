"""``export``: events, catalogue or register into a file, a page in memory at a time."""

import csv
import dataclasses
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Literal

import orjson

from cli import moments
from cli.evidence import quoted
from cli.projecting import abreast
from cli.session import SessionOf
from ledger import instants
from ledger.entry import Entry
from ledger.ledger import Ledger
from projections import catalogue, register
from projections.projection import TableProjection
from projections.reading import LARGEST_PAGE, Listed, Reader
from projections.temporal import AsOf, Moment

What = Literal["events", "catalogue", "register"]
Format = Literal["jsonl", "csv"]

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_EVENT_COLUMNS = (
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


def export(
    what: What,
    *,
    session: SessionOf,
    format: Format = "jsonl",  # noqa: A002 - the option's name
    output: Path | None = None,
    as_of_position: int | None = None,
    known_at: str | None = None,
    as_at: str | None = None,
) -> None:
    """导出事件、公开目录或信息发布登记簿。Export the events, the catalogue or the register.

    事件的jsonl每行含条目原文,可独立重算叶哈希。目录只含可以公开的条目。写入文件时先写临时文件,完成后改名。
    A line of events in jsonl holds the entry's exact bytes, from which its leaf hash can be computed.  The
    catalogue holds what the public may see.  A file takes its name when it is complete, not before.

    :param what: events(事件)、catalogue(公开目录)或register(登记簿)。What to export.
    :param format: jsonl或csv(csv中以=、+、-、@开头的文字前加撇号)。jsonl, or csv, in which a text that a
        spreadsheet would take for a formula gets an apostrophe before it.
    :param output: 写入的文件,默认标准输出。File to write; default standard output.
    :param as_of_position: 截至该位置。As known at this position.
    :param known_at: 截至该记录时间,日期含当日。As known at this instant of recording; a day counts to its end.
    :param as_at: 业务发生时间,日期含当日。As it was in the world at this instant; a day counts to its end.
    """
    as_of = AsOf(as_of_position, moments.end(known_at, "--known-at"), moments.end(as_at, "--as-at"))
    with session.open_ledger() as ledger, _target(output) as file:
        moment = as_of.resolve(ledger)
        write = _write_csv if format == "csv" else _write_lines
        if what == "events":
            count = write(file, _EVENT_COLUMNS, _events(ledger, moment, lines=format == "jsonl"))
        else:
            count = write(file, *_listed(ledger, what, as_of))
    session.note(f"导出{count}行。", f"{count} rows exported.")


@contextmanager
def _target(output: Path | None) -> Iterator[IO[bytes]]:
    """Standard output, or a file that takes its name only when everything is in it."""
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    partial = output.with_name(f".{output.name}.partial")
    try:
        with partial.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.replace(output)
    finally:
        partial.unlink(missing_ok=True)


# ── events ────────────────────────────────────────────────────────────────────────────────────────


def _events(ledger: Ledger, moment: Moment, *, lines: bool) -> Iterator[dict[str, Any]]:
    for entry in quoted(ledger, until=moment.position):
        if moment.occurred is None or instants.to_microseconds(entry.occurred_at) <= moment.occurred:
            yield _event_line(entry) if lines else _event_row(entry)


def _event_line(entry: Entry) -> dict[str, Any]:
    # The entry's own bytes, not written anew: what is hashed is what stands here.
    return {"position": entry.position, "leaf_hash": entry.leaf_hash.hex(), "entry": orjson.Fragment(entry.raw)}


def _event_row(entry: Entry) -> dict[str, Any]:
    actor = {} if entry.actor is None else entry.actor.to_json()
    stated = {name: getattr(entry, name, None) for name in _EVENT_COLUMNS}
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
_PROJECTED: dict[str, tuple[TableProjection, type, _List]] = {
    "catalogue": (catalogue.PROJECTION, catalogue.CatalogueItem, catalogue.search),
    "register": (register.PROJECTION, register.Publication, register.list_publications),
}


def _listed(ledger: Ledger, what: str, as_of: AsOf) -> tuple[tuple[str, ...], Iterator[dict[str, Any]]]:
    """The columns and, page by page at one position, the rows."""
    projection, kind, ask = _PROJECTED[what]
    abreast(ledger, projection)
    columns = tuple(field.name for field in dataclasses.fields(kind))
    return columns, _rows(Reader(ledger), ask, as_of)


def _rows(reader: Reader, ask: _List, as_of: AsOf) -> Iterator[dict[str, Any]]:
    cursor: str | None = None
    while True:
        page = ask(reader, as_of, limit=LARGEST_PAGE, cursor=cursor)
        yield from (dataclasses.asdict(row) for row in page.rows)
        cursor = page.next_cursor
        if cursor is None:
            return


# ── writing ───────────────────────────────────────────────────────────────────────────────────────


def _write_lines(file: IO[bytes], _: Iterable[str], rows: Iterable[dict[str, Any]]) -> int:
    count = 0
    for row in rows:
        file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
        count += 1
    return count


def _write_csv(file: IO[bytes], columns: Iterable[str], rows: Iterable[dict[str, Any]]) -> int:
    names, count = list(columns), 0
    # The mark by which spreadsheets know that the text is UTF-8.
    file.write(b"\xef\xbb\xbf")
    lines = _Lines()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(names)
    file.write(lines.taken())
    for row in rows:
        writer.writerow([_cell(row[name]) for name in names])
        file.write(lines.taken())
        count += 1
    return count


class _Lines:
    """Takes a line from the CSV writer and hands it on as bytes."""

    def __init__(self) -> None:
        self._line = ""

    def write(self, text: str) -> int:
        """Take a line."""
        self._line += text
        return len(text)

    def taken(self) -> bytes:
        """What was taken since the last time."""
        line, self._line = self._line, ""
        return line.encode()


def _cell(value: Any) -> Any:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return f"'{value}" if value.startswith(_FORMULA_SIGNS) else value
        case dict() | list() | tuple():
            return orjson.dumps(value).decode() if value else ""
        case _:
            return value
