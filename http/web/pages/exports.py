"""Lists as files: CSV for office programs, JSON for others; the same rows as on the page, from the first to the last.

A file says for which position it speaks, in its name and in the header ``X-Ledger-Position``.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from typing import Any, Generic, Literal, TypeVar

from fastapi import Response
from fastapi.responses import StreamingResponse

from projections.reading import Listed
from web.pages.language import Language
from web.wire import dump

T = TypeVar("T")

Suffix = Literal["csv", "json"]

_PAGE = 500
_CSV = "text/csv; charset=utf-8"
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """A column of a CSV file: its heading in both languages and how a row fills it."""

    zh: str
    en: str
    value: Callable[[T], Any]

    def heading(self, language: Language) -> str:
        """The heading in one language."""
        return self.zh if language is Language.ZH else self.en


@dataclass(frozen=True, slots=True)
class Export(Generic[T]):
    """A list that can be had as a file.

    ``fetch(limit, cursor)`` gives a page of it; ``as_json`` a row's members, without it they are the
    row's fields.
    """

    name: str
    columns: Sequence[Column[T]]
    fetch: Callable[[int, str | None], Listed[T]]
    as_json: Callable[[T], Mapping[str, Any]] | None = None

    def rows_after(self, first: Listed[T]) -> Iterator[T]:
        """Every row from the first page on; further pages are read as the rows are taken."""
        page = first
        yield from page.rows
        while page.next_cursor is not None:
            page = self.fetch(_PAGE, page.next_cursor)
            yield from page.rows


def as_file(export: Export[T], suffix: Suffix, language: Language) -> Response:
    """The whole list as a file, written as the reader takes it in."""
    first = export.fetch(_PAGE, None)
    rows = export.rows_after(first)
    headers = {
        "Content-Disposition": f'attachment; filename="{export.name}-{first.position}.{suffix}"',
        "X-Ledger-Position": str(first.position),
        "Cache-Control": "private, no-cache",
    }
    if suffix == "csv":
        return StreamingResponse(_csv(rows, export.columns, language), media_type=_CSV, headers=headers)
    members = map(export.as_json or _fields, rows)
    return StreamingResponse(_json(members, first.position), media_type="application/json", headers=headers)


def _csv(rows: Iterable[T], columns: Sequence[Column[T]], language: Language) -> Iterator[bytes]:
    # The byte order mark is how office programs know that Chinese follows.
    yield "\ufeff".encode()
    headings = [column.heading(language) for column in columns]
    for cells in chain([headings], ([harmless(column.value(row)) for column in columns] for row in rows)):
        line = io.StringIO()
        csv.writer(line).writerow(cells)
        yield line.getvalue().encode()


def harmless(value: Any) -> str:
    """A cell's text; one that an office program would take for a formula gets an apostrophe before it."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def _json(rows: Iterable[Mapping[str, Any]], position: int) -> Iterator[bytes]:
    yield b'{"position":' + str(position).encode() + b',"rows":['
    for number, row in enumerate(rows):
        yield (b"," if number else b"") + dump(row)
    yield b"]}"


def _fields(row: Any) -> Mapping[str, Any]:
    return asdict(row)
