"""Lists as files: CSV for office programs, JSON for others; the same rows as on the page, from the first to the last.

A file says for which position it speaks, in its name and in the header ``X-Ledger-Position``.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
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


def as_file(
    name: str,
    suffix: Suffix,
    language: Language,
    columns: Iterable[Column[T]],
    fetch: Callable[[int, str | None], Listed[T]],
) -> Response:
    """The whole list as a file; pages are read as the reader takes them in."""
    first = fetch(_PAGE, None)
    rows = _all(first, fetch)
    headers = {
        "Content-Disposition": f'attachment; filename="{name}-{first.position}.{suffix}"',
        "X-Ledger-Position": str(first.position),
        "Cache-Control": "private, no-cache",
    }
    if suffix == "csv":
        return StreamingResponse(
            _csv(rows, list(columns), language), media_type="text/csv; charset=utf-8", headers=headers
        )
    return StreamingResponse(_json(rows, first.position), media_type="application/json", headers=headers)


def _all(first: Listed[T], fetch: Callable[[int, str | None], Listed[T]]) -> Iterator[T]:
    page = first
    yield from page.rows
    while page.next_cursor is not None:
        page = fetch(_PAGE, page.next_cursor)
        yield from page.rows


def _csv(rows: Iterable[T], columns: list[Column[T]], language: Language) -> Iterator[bytes]:
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


def _json(rows: Iterable[T], position: int) -> Iterator[bytes]:
    yield b'{"position":' + str(position).encode() + b',"rows":['
    for number, row in enumerate(rows):
        yield (b"," if number else b"") + dump(_plain(row))
    yield b"]}"


def _plain(row: Any) -> Mapping[str, Any]:
    return row if isinstance(row, Mapping) else asdict(row)
