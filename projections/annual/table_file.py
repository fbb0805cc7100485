"""Annual report tables out of a CSV or an XLSX file: as flat lists with a year in every row, or laid out as the form.

A table is known by the captions over its columns, a row by its own caption, with or without its number in
front, in full or as far as it is usually shortened.  What is neither a caption nor a figure is passed over.
"""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from projections.annual.claims import NAMES
from projections.annual.form import (
    APPLICANTS,
    CONTENT,
    REMEDIES,
    RESULTS,
    TABLE_ONE,
    TABLE_TWO,
    Cell,
    Number,
    YearReport,
    edition_of,
)

MOST_ROWS = 100_000
"""Rows of one sheet; a file with more is no annual report."""

SAYS, FIGURE = "文字所述", "数值"
"""The captions over figures of the text: what it speaks of, and the figure."""

_YEAR_NAMES = frozenset({"report_year", "year", "年度", "报告年度", "年份"})
_UNIT_NAMES = frozenset({"unit", "单位", "填报单位"})
_NOT_STATED = frozenset({"", "-", "—", "——", "/", "\\", "无"})
_LEAST_SHORTENED = 4
"""Characters of a caption that may stand for the whole of it."""


class TableFileUnreadable(ValueError):
    """The file holds no tables, or a cell that is no figure; nothing was checked."""

    def __init__(self, sentence_zh: str, sentence_en: str) -> None:
        super().__init__(f"{sentence_zh}\n{sentence_en}")
        self.sentence_zh, self.sentence_en = sentence_zh, sentence_en


Grid = Iterable[Sequence[str]]


def read_reports(name: str, content: bytes, year: int | None = None) -> list[YearReport]:
    """The reports in a file, by its name's ending CSV or XLSX.  Raises TableFileUnreadable.

    ``year`` is whose tables those are that name none.
    """
    reports: dict[tuple[int, str], YearReport] = {}
    sheets = _workbook(name, content) if name.lower().endswith((".xlsx", ".xlsm")) else _csv(name, content)
    for title, grid in sheets:
        _Sheet(title, reports, year).read(grid)
    if not any(report.cells or report.claims for report in reports.values()):
        raise TableFileUnreadable(
            f"{name}中没有认出年度报告的表格。表头须有“自然人…总计”（表2）、“结果维持…总计”（表3）或“信息内容”（表1）。",
            f"{name} holds no table of the annual report: none has the captions 自然人…总计, 结果维持…总计 or 信息内容.",
        )
    return list(reports.values())


def _csv(name: str, content: bytes) -> Iterator[tuple[str, Grid]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            yield name, list(csv.reader(io.StringIO(text, newline=""), strict=True))
        except csv.Error as error:
            raise _unreadable(name, str(error)) from None
        return
    raise _unreadable(name, "UTF-8, GB18030")


def _workbook(name: str, content: bytes) -> Iterator[tuple[str, Grid]]:
    try:
        # Results of formulas count: they are what whoever signed the table saw.
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for sheet in book.worksheets:
            yield f"{name} {sheet.title}", ([_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True))
    except (zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, EOFError, zipfile.LargeZipFile) as error:
        raise _unreadable(name, type(error).__name__) from None


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _unreadable(name: str, reason: str) -> TableFileUnreadable:
    return TableFileUnreadable(
        f"{name}不能读取（{reason}）。没有核对任何内容。请重新导出为CSV（UTF-8）或XLSX。",
        f"{name} cannot be read ({reason}). Nothing was checked; export it again as CSV (UTF-8) or XLSX.",
    )


@dataclass
class _Sheet:
    """One sheet on the way: what the captions met so far say of the columns."""

    title: str
    reports: dict[tuple[int, str], YearReport]
    year: int | None
    unit: str = ""
    table: int = 0
    columns: dict[int, str] = field(default_factory=dict)
    year_column: int | None = None
    unit_column: int | None = None
    heading: bool = False
    """Whether the last row was one of captions: more of them may follow."""

    def read(self, grid: Grid) -> None:
        self._take_title([self.title])
        for line, row in enumerate(grid, start=1):
            if line > MOST_ROWS:
                raise _unreadable(self.title, f"> {MOST_ROWS}")
            texts = [_plain(text) for text in row]
            if not self._is_heading(texts):
                self.heading = False
                self._take_row(line, texts)

    def _is_heading(self, texts: list[str]) -> bool:
        for table, captions in _CAPTIONS.items():
            found = {place: captions[text] for place, text in enumerate(texts) if text in captions}
            if _begins(table, texts) or (self.heading and self.table == table and found):
                self._take_heading(table, found, texts)
                return True
        return False

    def _take_heading(self, table: int, found: Mapping[int, str], texts: list[str]) -> None:
        if not (self.heading and self.table == table):
            self.columns, self.year_column, self.unit_column = {}, None, None
        self.table, self.heading = table, True
        self.columns |= found
        for place, text in enumerate(texts):
            if text in _YEAR_NAMES:
                self.year_column = place
            elif text in _UNIT_NAMES:
                self.unit_column = place

    def _take_row(self, line: int, texts: list[str]) -> None:
        figures = {place: texts[place] for place in sorted(self.columns) if place < len(texts)}
        label = self._label(texts)
        if not any(text not in _NOT_STATED for text in figures.values()):
            self._take_title(texts)
            return
        if self.table == _PROSE:
            self._take_claim(line, label, figures, self._report(line, texts))
        elif self.table == _THIRD and len(figures) == len(REMEDIES) * len(RESULTS):
            report = self._report(line, texts)
            for place, (group, result) in zip(figures, _WIDE, strict=True):
                self._take_figure(line, place, figures[place], Cell(_THIRD, group, result), report)
        elif (code := self._row_code(line, texts, label)) is not None:
            report = self._report(line, texts)
            for place, text in figures.items():
                self._take_figure(line, place, text, Cell(self.table, code, self.columns[place]), report)

    def _label(self, texts: list[str]) -> str:
        """The last text before the figures: where captions stand in groups, the row's own is the last."""
        own = texts[: min(self.columns, default=0)]
        return next((text for text in reversed(own) if text), "")

    def _row_code(self, line: int, texts: list[str], label: str) -> str | None:
        edition = edition_of(self._year(line, texts))
        known = _KNOWN[edition, self.table]
        stripped = _NUMBER.sub("", label)
        if stripped in known:
            return known[stripped]
        if len(stripped) >= _LEAST_SHORTENED:
            begun = {code for caption, code in known.items() if caption.startswith(stripped)}
            if len(begun) == 1:
                return begun.pop()
        if label:
            raise TableFileUnreadable(
                f"{self.title}第{line}行的“{label}”不是{edition}年格式表{self.table}的行。没有核对任何内容。",
                f"{self.title}, line {line}: “{label}” is no row of table {self.table} in the form of {edition}. "
                "Nothing was checked.",
            )
        return None

    def _take_claim(self, line: int, label: str, figures: Mapping[int, str], report: YearReport) -> None:
        if label not in NAMES:
            raise TableFileUnreadable(
                f"{self.title}第{line}行的“{label}”不能与表格核对。可写：{'、'.join(NAMES)}。",
                f"{self.title}, line {line}: “{label}” cannot be held against the tables. It may be: {', '.join(NAMES)}.",
            )
        for place, text in figures.items():
            report.claims[label] = self._number(line, place, text)

    def _take_figure(self, line: int, place: int, text: str, cell: Cell, report: YearReport) -> None:
        if text in _NOT_STATED:
            return
        number = self._number(line, place, text)
        if report.cells.get(cell, number) != number:
            raise self._cell_fault(line, place, "与前面所填不一致", "differs from what was said of it before")
        report.cells[cell] = number

    def _number(self, line: int, place: int, text: str) -> Number:
        try:
            number = Decimal(text.replace(",", ""))
        except InvalidOperation:
            raise self._cell_fault(line, place, f"“{text}”不是数", f"“{text}” is no number") from None
        if not number.is_finite() or abs(number) >= _TOO_LARGE:
            raise self._cell_fault(line, place, f"“{text}”不是数", f"“{text}” is no number")
        return int(number) if number == number.to_integral_value() else number

    def _cell_fault(self, line: int, place: int, zh: str, en: str) -> TableFileUnreadable:
        cell = f"{get_column_letter(place + 1)}{line}"
        return TableFileUnreadable(
            f"{self.title}的{cell}单元格{zh}。没有核对任何内容。",
            f"{self.title}, cell {cell}: {en}. Nothing was checked.",
        )

    def _report(self, line: int, texts: list[str]) -> YearReport:
        named = self.unit_column is not None and self.unit_column < len(texts)
        unit = texts[self.unit_column or 0] if named else self.unit
        year = self._year(line, texts)
        return self.reports.setdefault((year, unit), YearReport(year, unit))

    def _year(self, line: int, texts: list[str]) -> int:
        stated = "" if self.year_column is None or self.year_column >= len(texts) else texts[self.year_column]
        if self.year_column is None and self.year is not None:
            return self.year
        if found := _YEAR.fullmatch(stated):
            return int(found[1])
        raise TableFileUnreadable(
            f"{self.title}第{line}行没有写明年度。请加“年度”一列，或用--year指明。",
            f"{self.title}, line {line} names no year. Add a column 年度, or say --year.",
        )

    def _take_title(self, texts: Iterable[str]) -> None:
        """What stands above a table may say which year it is, and whose."""
        for text in texts:
            if found := _YEAR_IN_TITLE.search(text):
                self.year = int(found[1])
            if found := _UNIT_IN_TITLE.match(text):
                self.unit = found[1]


def _begins(table: int, texts: Sequence[str]) -> bool:
    return all(text in texts for text in _FIRST[table])


def _plain(text: str) -> str:
    """A text by which captions are compared: no blanks, one kind of brackets, quotes and dashes."""
    return unicodedata.normalize("NFKC", "".join(text.split())).translate(_ALIKE)


_ALIKE = str.maketrans({"“": '"', "”": '"', "「": '"', "」": '"', "／": "/", "．": "."})
_NUMBER = re.compile(r"^(?:[一二三四]、?)?(?:\([一二三四五六七]\))?(?:\d{1,2}[.、])?")
_YEAR = re.compile(r"(20\d\d)年?")
_YEAR_IN_TITLE = re.compile(r"(20\d\d)年")
_UNIT_IN_TITLE = re.compile(r"(?:填报)?单位:(.+)")
_TOO_LARGE = Decimal(10) ** 15
_THIRD, _PROSE = 3, 4
_WIDE = [(group, result) for group in REMEDIES for result in RESULTS]

_FIRST: Mapping[int, tuple[str, ...]] = {
    1: (CONTENT,),
    2: ("自然人", "总计"),
    _THIRD: ("结果维持", "结果纠正"),
    _PROSE: (SAYS,),
}
"""What only the captions of one table say, together."""

_CAPTIONS: Mapping[int, Mapping[str, str]] = {
    1: {
        _plain(caption): code
        for sections in TABLE_ONE.values()
        for section in sections
        for code, caption in section.columns.items()
    }
    | {"本年增减": "change"},
    2: {_plain(caption): code for code, caption in APPLICANTS.items()},
    _THIRD: {_plain(caption): code for code, caption in RESULTS.items()},
    _PROSE: {FIGURE: FIGURE},
}
"""The captions over the figures of each table, compared as ``_plain`` makes them, with their codes."""

_KNOWN: Mapping[tuple[int, int], Mapping[str, str]] = {
    **{
        (edition, 1): {_plain(caption): code for section in sections for code, caption in section.rows.items()}
        for edition, sections in TABLE_ONE.items()
    },
    **{
        (edition, 2): {_NUMBER.sub("", _plain(line.caption)): line.code for line in lines}
        for edition, lines in TABLE_TWO.items()
    },
    **{
        (edition, _THIRD): {
            own: code
            for code, caption in REMEDIES.items()
            for own in (_plain(caption), _plain(caption).rpartition(":")[2])
        }
        for edition in TABLE_ONE
    },
}
"""The captions of the rows by edition and table, without their numbers."""
