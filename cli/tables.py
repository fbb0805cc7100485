"""Tables of any length on a terminal or in a pipe: printed a row at a time, never held whole.

Widths are in terminal cells, of which a Chinese character takes two; they are fixed beforehand, so that
no row has to wait for the next.  The last column takes what is left and is never cut: a line of a table
can be searched for its title.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from rich.cells import cell_len, chop_cells
from rich.console import Console
from rich.text import Text

_GAP = "  "

# What would command a terminal, or turn the direction of what follows, is shown and not obeyed.
_SHOWN = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd")
_SHOWN |= dict.fromkeys(map(ord, "\t\n\r"), " ")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading (Chinese, English), its width in cells (None: what is left), its alignment."""

    heading: str
    width: int | None = None
    right: bool = False


def print_table(console: Console, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> int:
    """Print rows under headings as they come; answers how many there were."""
    for line in zip_longest(*(column.heading.split("\n") for column in columns), fillvalue=""):
        console.print(Text(_line(columns, line), style="bold"), soft_wrap=True)
    count = 0
    for row in rows:
        _print_row(console, columns, row)
        count += 1
    return count


def _print_row(console: Console, columns: Sequence[Column], row: Sequence[Any]) -> None:
    texts = ("" if cell is None else str(cell) for cell in row)
    folded = [_folded(text, column.width) for text, column in zip(texts, columns, strict=True)]
    for line in zip_longest(*folded, fillvalue=""):
        console.file.write(_line(columns, line) + "\n")


def _line(columns: Sequence[Column], texts: Iterable[str]) -> str:
    padded = (_padded(text, column) for text, column in zip(texts, columns, strict=True))
    return _GAP.join(padded).rstrip()


def _padded(text: str, column: Column) -> str:
    if column.width is None:
        return text
    missing = " " * (column.width - cell_len(text))
    return missing + text if column.right else text + missing


def plain(text: str) -> str:
    """The text in one line, without what would command a terminal."""
    return text.translate(_SHOWN)


def _folded(text: str, width: int | None) -> list[str]:
    """The text in lines of a width, broken between words, within a word only where it must be."""
    flat = plain(text)
    if width is None or cell_len(flat) <= width:
        return [flat]
    lines: list[str] = []
    for word in flat.split(" "):
        if lines and cell_len(lines[-1]) + 1 + cell_len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines += chop_cells(word, width)
    return lines
