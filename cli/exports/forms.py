"""The forms rows are written in, a row at a time: JSON Lines, CSV, XLSX."""

import csv
from collections.abc import Callable, Iterable
from typing import IO, Any, Final

import orjson
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from cli.exports.rows import Row
from cli.failure import Failure

Write = Callable[[IO[bytes], Iterable[str], Iterable[Row]], int]
"""Writes columns and rows; answers how many rows there were."""

_FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")
_MOST_ROWS, _LONGEST_CELL = 1_048_576, 32_767


def write_lines(file: IO[bytes], _: Iterable[str], rows: Iterable[Row]) -> int:
    """A JSON object a line."""
    count = 0
    for row in rows:
        file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
        count += 1
    return count


# ── CSV ───────────────────────────────────────────────────────────────────────────────────────────


def write_csv(file: IO[bytes], columns: Iterable[str], rows: Iterable[Row]) -> int:
    """A table for spreadsheets; a text they would take for a formula gets an apostrophe before it."""
    names, count = list(columns), 0
    # The mark by which spreadsheets know that the text is UTF-8.
    file.write(b"\xef\xbb\xbf")
    lines = _Lines()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(names)
    file.write(lines.taken())
    for row in rows:
        writer.writerow([cell(row[name]) for name in names])
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


def cell(value: Any) -> Any:
    """A value as a cell of a CSV; never one that a spreadsheet would reckon out."""
    plain = _plain(value)
    return f"'{plain}" if isinstance(value, str) and value.startswith(_FORMULA_SIGNS) else plain


def _plain(value: Any) -> Any:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case dict() | list() | tuple():
            return orjson.dumps(value).decode() if value else ""
        case _:
            return value


# ── XLSX ──────────────────────────────────────────────────────────────────────────────────────────


def write_xlsx(file: IO[bytes], columns: Iterable[str], rows: Iterable[Row]) -> int:
    """A workbook of one sheet whose cells are texts and numbers, never formulas.

    Raises Failure where a sheet cannot hold what there is: nothing is cut off unsaid.
    """
    names, count = list(columns), 0
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("disclosure-ledger")
    sheet.append(names)
    try:
        for row in rows:
            count += 1
            if count >= _MOST_ROWS:
                raise _too_large()
            sheet.append([_xlsx_cell(sheet, row[name]) for name in names])
    finally:
        # Closed also when it breaks off: the sheet's rows lie in a file of its own until then.
        workbook.save(file)
    return count


def _xlsx_cell(sheet: Any, value: Any) -> Any:
    plain = _plain(value)
    if not isinstance(plain, str):
        return plain
    if len(plain) > _LONGEST_CELL:
        raise _too_large()
    written = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("\ufffd", plain))
    # A text that begins with "=" would be taken for a formula.
    written.data_type = "s"
    return written


def _too_large() -> Failure:
    return Failure(
        f"XLSX的一张表最多{_MOST_ROWS}行、每格{_LONGEST_CELL}字，放不下。未导出。请改用--format csv或jsonl。",
        f"A sheet of XLSX holds {_MOST_ROWS} rows and {_LONGEST_CELL} characters a cell; this is more. Nothing was "
        "exported. Use --format csv or jsonl.",
    )


FORMS: Final[dict[str, Write]] = {"jsonl": write_lines, "csv": write_csv, "xlsx": write_xlsx}
"""Every form of rows by its name."""
