"""Tables of any length on a terminal or in a pipe: printed a page at a time, never held whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

_PAGE = 100
_GAP = 2
_LEAST_REST = 30


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its width in terminal cells (None: what is left), and its alignment."""

    heading: str
    width: int | None = None
    right: bool = False


def print_table(console: Console, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> int:
    """Print rows under headings as they come; answers how many there were.

    Widths are fixed beforehand, so that a page looks like the one before it and none needs the next.
    """
    count = 0
    page: list[Sequence[Any]] = []
    for row in rows:
        page.append(row)
        if len(page) == _PAGE:
            count += _print_page(console, columns, page, first=count == 0)
            page = []
    if page or count == 0:
        count += _print_page(console, columns, page, first=count == 0)
    return count


def _print_page(console: Console, columns: Sequence[Column], rows: Sequence[Sequence[Any]], *, first: bool) -> int:
    table = Table(box=None, show_header=first, header_style="bold", pad_edge=False)
    for column in columns:
        # The heading belongs to the first page only; its width to all of them.
        table.add_column(
            column.heading,
            width=column.width,
            justify="right" if column.right else "left",
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    _wide_enough(console, columns).print(table, crop=False)
    return len(rows)


def _wide_enough(console: Console, columns: Sequence[Column]) -> Console:
    """The console, or where it is too narrow one whose lines the terminal breaks: no column is dropped."""
    needed = _least_width(columns)
    if console.width >= needed:
        return console
    return Console(file=console.file, width=needed, highlight=False, force_terminal=console.is_terminal)


def _least_width(columns: Sequence[Column]) -> int:
    return sum((column.width or _LEAST_REST) + _GAP for column in columns)
