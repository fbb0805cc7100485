"""Rows of a register as the file has them, one at a time: CSV and XLSX.

A row that cannot be read is a row with a problem; a file whose structure is broken is no register at
all and is refused as a whole, with the line at which it broke.
"""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile
from zlib import error as InflateError  # noqa: N812 - an exception by another name

from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from cli.failure import Failure
from cli.imports.mapping import Mapping
from cli.imports.workbook import SharedStrings, read_workbook

LONGEST_CELL = 131_072
"""Characters; a quotation mark that is never closed swallows the rest of a file, and stops here."""


class Problem(NamedTuple):
    """Why a row cannot be recorded."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the file line it begins on, its cells as text in the order of the header, and what is wrong."""

    line: int
    cells: list[str]
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Register:
    """An open file: its header and, once, its rows."""

    header: list[str]
    rows: Iterator[Row]


@contextmanager
def open_register(path: Path, mapping: Mapping) -> Iterator[Register]:
    """Open a CSV or XLSX file whose header has every column that the mapping needs.  Raises Failure."""
    opened = _open_xlsx if path.suffix.lower() in {".xlsx", ".xlsm"} else _open_csv
    with opened(path, mapping) as register:
        _refuse_missing_columns(path, mapping, register.header)
        yield register


def _refuse_missing_columns(path: Path, mapping: Mapping, header: list[str]) -> None:
    missing = [column for column in mapping.needed_columns if column not in header]
    double = sorted({column for column in mapping.needed_columns if header.count(column) > 1})
    if missing or double:
        zh = f"缺少列{missing}" if missing else f"列{double}出现多次"
        en = f"lacks the columns {missing}" if missing else f"has the columns {double} more than once"
        found = "、".join(header[:30])
        raise Failure(
            f"{path.name}的表头{zh}（表头为：{found}）。未作任何改动。请核对映射{mapping.name}或编码{mapping.encoding}。",
            f"The header of {path.name} {en} (it reads: {', '.join(header[:30])}). Nothing was changed. Check the "
            f"mapping {mapping.name} and the encoding {mapping.encoding}.",
        )


@contextmanager
def _open_csv(path: Path, mapping: Mapping) -> Iterator[Register]:
    csv.field_size_limit(LONGEST_CELL)
    # Bytes that are not of the encoding become lone surrogates, so that they cost one row and not the file.
    with path.open(encoding=mapping.encoding, errors="surrogateescape", newline="") as file:
        try:
            reader = csv.reader(file, delimiter=mapping.delimiter, strict=True)
            header = next(reader, None)
            if not header:
                raise _broken(path, 1, "文件是空的", "the file is empty")
            yield Register([name.strip() for name in header], _csv_rows(path, reader, len(header)))
        except UnicodeError as error:
            raise _broken(path, 1, f"不是{mapping.encoding}编码", f"it is not {mapping.encoding}") from error


def _csv_rows(path: Path, reader: Any, width: int) -> Iterator[Row]:
    line = reader.line_num
    try:
        for cells in reader:
            begins, line = line + 1, reader.line_num
            if cells:
                yield Row(begins, cells, _problem_of(cells, width))
    except csv.Error as error:
        raise _broken(
            path, line + 1, f"引号或分隔有误（{error}）", f"quotation or separation is wrong ({error})"
        ) from None


def _problem_of(cells: list[str], width: int) -> Problem | None:
    if len(cells) != width:
        return Problem(f"有{len(cells)}列，表头有{width}列", f"it has {len(cells)} cells, the header {width}")
    if not _is_text("".join(cells)):
        return Problem("含有不属于该编码的字节", "it holds bytes that are not of the encoding")
    return None


def _is_text(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


@contextmanager
def _open_xlsx(path: Path, mapping: Mapping) -> Iterator[Register]:
    with SharedStrings() as strings:
        try:
            book = read_workbook(path, strings)
        except (BadZipFile, InvalidFileException, KeyError, ValueError, ParseError, EOFError, InflateError) as error:
            raise _not_xlsx(path, error) from None
        try:
            yield _sheet_as_register(path, _sheet_of(path, mapping, book))
        finally:
            book.close()


def _sheet_as_register(path: Path, sheet: Any) -> Register:
    # What the file says of its own extent may be wrong; the cells are counted instead.
    sheet.reset_dimensions()
    rows = _xlsx_rows(path, sheet)
    first = next(rows, None)
    if first is None or first.problem is not None:
        raise _broken(path, 1, "第一行不是表头", "the first row is no header")
    header = [name.strip() for name in first.cells]
    return Register(header, _of_width(rows, len(header)))


def _sheet_of(path: Path, mapping: Mapping, book: Any) -> Any:
    if mapping.sheet is None:
        return book.worksheets[0]
    if mapping.sheet not in book.sheetnames:
        names = ", ".join(book.sheetnames)
        raise Failure(
            f"{path.name}没有工作表{mapping.sheet}（有：{names}）。未作任何改动。",
            f"{path.name} has no sheet {mapping.sheet} (it has: {names}). Nothing was changed.",
        )
    return book[mapping.sheet]


def _xlsx_rows(path: Path, sheet: Any) -> Iterator[Row]:
    line = 0
    try:
        for line, cells in enumerate(sheet.iter_rows(), start=1):
            texts = [_text_of(cell.value) for cell in cells]
            if any(texts):
                yield Row(line, texts, _formula_in(cells))
    except (BadZipFile, ParseError, EOFError, InflateError, ValueError, KeyError, IndexError) as error:
        raise _broken(path, line + 1, f"表格损坏（{error}）", f"the sheet is damaged ({error})") from None


def _formula_in(cells: Any) -> Problem | None:
    for number, cell in enumerate(cells, start=1):
        if cell.data_type == "f":
            place = get_column_letter(number)
            return Problem(f"{place}列是公式，须为填写的值", f"column {place} is a formula; write its value instead")
        if cell.data_type == "e":
            place = get_column_letter(number)
            return Problem(f"{place}列是错误值{cell.value}", f"column {place} is the error value {cell.value}")
    return None


def _of_width(rows: Iterator[Row], width: int) -> Iterator[Row]:
    for row in rows:
        if len(row.cells) < width:
            row.cells.extend([""] * (width - len(row.cells)))
        elif any(row.cells[width:]) and row.problem is None:
            yield Row(row.line, row.cells, _problem_of(row.cells, width))
            continue
        yield Row(row.line, row.cells[:width], row.problem)


def _text_of(value: Any) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return value.date().isoformat() if value.time() == value.time().min else value.isoformat(" ")
        case date():
            return value.isoformat()
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)


def _not_xlsx(path: Path, error: Exception) -> Failure:
    return Failure(
        f"{path.name}不是完整的XLSX文件（{error}）。未作任何改动。请重新导出或重新传输。",
        f"{path.name} is no complete XLSX file ({error}). Nothing was changed. Export or transfer it again.",
    )


def _broken(path: Path, line: int, zh: str, en: str) -> Failure:
    return Failure(
        f"{path.name}第{line}行起无法读取：{zh}。整份文件未作任何记录。",
        f"{path.name} cannot be read from line {line} on: {en}. Nothing of the file was recorded.",
    )
