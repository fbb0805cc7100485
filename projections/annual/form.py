"""The form of the annual report, word for word, and where each of its cells stands.

国办公开办函〔2021〕30号 for the reports of 2021 and later; 国办公开办函〔2019〕60号 (试行) for those of 2019 and 2020.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from aggregates.appraisal.table_two import CARRIED_OVER, ENDED, NEW, PENDING, TOTAL
from aggregates.requests.words_lists import ApplicantKind, RemedyResult, Table2Row

TRIAL, PRESENT = 2019, 2021
"""The editions, named by the first report year each is for."""

Number = int | Decimal


class Cell(NamedTuple):
    """One cell: the table (1, 2 or 3), its row and its column by their codes."""

    table: int
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class YearReport:
    """The tables of one report: a year, whose it is ("" where the file does not say), and what its cells hold.

    A cell that is not in ``cells`` was left blank.  ``claims`` are figures that the report's text states.
    """

    year: int
    unit: str = ""
    cells: dict[Cell, Number] = field(default_factory=dict)
    claims: dict[str, Number] = field(default_factory=dict)

    @property
    def edition(self) -> int:
        """Which form the report's year has."""
        return edition_of(self.year)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: its code, the captions from the outermost to its own, and what it means in English."""

    code: str
    captions: tuple[str, ...]
    en: str

    @property
    def caption(self) -> str:
        """The row's own caption."""
        return self.captions[-1]

    @property
    def label(self) -> str:
        """How the row is named outside the table: ``三（三）1.属于国家秘密``."""
        if len(self.captions) == 1:
            return self.caption
        groups = "".join(caption[: _NUMBERED[level]] for level, caption in enumerate(self.captions[:-1]))
        return groups + self.caption


_NUMBERED = (1, 3)
"""How many characters of an outer caption are its number: ``三``、``（三）``."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of table 1: the item of article 20 that it reports, its columns and its rows, by code and caption."""

    caption: str
    columns: Mapping[str, str]
    rows: Mapping[str, str]


TABLE_TITLES = {
    1: ("主动公开政府信息情况", "Proactive disclosure"),
    2: ("收到和处理政府信息公开申请情况", "Requests received and dealt with"),
    3: ("政府信息公开行政复议、行政诉讼情况", "Reconsideration and litigation"),
}
"""The titles of the three tables, which are the sections 二, 三 and 四 of the report."""

RULES, NORMATIVE, LICENCE, OTHER_MATTERS = "rules", "normative", "licence", "other_matters"
PENALTY, COERCION, CHARGES, PURCHASES = "penalty", "coercion", "charges", "purchases"
MADE, REPEALED, VALID, DECISIONS, AMOUNT = "made", "repealed", "valid", "decisions", "amount"

CONTENT = "信息内容"
"""What heads the first column of table 1."""

_DECIDED = {DECISIONS: "本年处理决定数量"}
_TRIAL_MADE = {"newly_made": "本年新制作数量", "newly_public": "本年新公开数量", "public_total": "对外公开总数量"}
_TRIAL_ITEMS = {"previous_items": "上一年项目数量", "change": "本年增/减"}
_TRIAL_DECIDED = {**_TRIAL_ITEMS, DECISIONS: "处理决定数量"}
_PENALTIES = {PENALTY: "行政处罚", COERCION: "行政强制"}

TABLE_ONE: Mapping[int, tuple[Section, ...]] = {
    PRESENT: (
        Section(
            "第二十条第（一）项",
            {MADE: "本年制发件数", REPEALED: "本年废止件数", VALID: "现行有效件数"},
            {RULES: "规章", NORMATIVE: "行政规范性文件"},
        ),
        Section("第二十条第（五）项", _DECIDED, {LICENCE: "行政许可"}),
        Section("第二十条第（六）项", _DECIDED, _PENALTIES),
        Section("第二十条第（八）项", {AMOUNT: "本年收费金额（单位：万元）"}, {CHARGES: "行政事业性收费"}),
    ),
    TRIAL: (
        Section("第二十条第（一）项", _TRIAL_MADE, {RULES: "规章", NORMATIVE: "规范性文件"}),
        Section("第二十条第（五）项", _TRIAL_DECIDED, {LICENCE: "行政许可", OTHER_MATTERS: "其他对外管理服务事项"}),
        Section("第二十条第（六）项", _TRIAL_DECIDED, _PENALTIES),
        Section("第二十条第（八）项", _TRIAL_ITEMS, {CHARGES: "行政事业性收费"}),
        Section(
            "第二十条第（九）项",
            {"purchase_items": "采购项目数量", "purchase_sum": "采购总金额"},
            {PURCHASES: "政府集中采购"},
        ),
    ),
}

APPLICANTS: Mapping[str, str] = {**{str(kind): kind.label.zh for kind in ApplicantKind}, TOTAL: "总计"}
"""The columns of table 2 (申请人情况), by code."""

ORGANISATIONS = tuple(str(kind) for kind in ApplicantKind if kind is not ApplicantKind.NATURAL_PERSON)
"""The columns under 法人或其他组织."""

IDENTITY_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
"""What the form says in the corner of table 2."""

_HANDLED = "三、本年度办理结果"
_GROUPS = {"3.3": "（三）不予公开", "3.4": "（四）无法提供", "3.5": "（五）不予处理", "3.6": "（六）其他处理"}
_ALONE = {Table2Row.GRANTED: "（一）", Table2Row.PARTIAL: "（二）"}
OTHER_HANDLING = "3.6"
"""三（六）其他处理, a single row in the form of 2019."""


def edition_of(year: int) -> int:
    """The form that a report of a year is written in."""
    return PRESENT if year >= PRESENT else TRIAL


def _part(row: Table2Row) -> Line:
    if row in _ALONE:
        return Line(str(row), (_HANDLED, f"{_ALONE[row]}{row.label.zh}"), row.label.en)
    group, _, number = str(row).rpartition(".")
    return Line(str(row), (_HANDLED, _GROUPS[group], f"{number}.{row.label.zh}"), row.label.en)


def _lines(parts: tuple[Line, ...]) -> tuple[Line, ...]:
    return (
        Line(NEW, ("一、本年新收政府信息公开申请数量",), "received this year"),
        Line(CARRIED_OVER, ("二、上年结转政府信息公开申请数量",), "carried over from last year"),
        *parts,
        Line(ENDED, (_HANDLED, "（七）总计"), "dealt with, total"),
        Line(PENDING, ("四、结转下年度继续办理",), "carried over to next year"),
    )


_PARTS = tuple(map(_part, Table2Row))
_TRIAL_PARTS = (
    *(line for line in _PARTS if not line.code.startswith(OTHER_HANDLING)),
    Line(OTHER_HANDLING, (_HANDLED, _GROUPS[OTHER_HANDLING]), "handled otherwise"),
)

TABLE_TWO: Mapping[int, tuple[Line, ...]] = {PRESENT: _lines(_PARTS), TRIAL: _lines(_TRIAL_PARTS)}
"""The rows of table 2 in the order of the form, by edition."""

PARTS: Mapping[int, tuple[str, ...]] = {
    PRESENT: tuple(line.code for line in _PARTS),
    TRIAL: tuple(line.code for line in _TRIAL_PARTS),
}
"""The rows whose sum is 三（七） 总计, by edition."""

RECONSIDERATION, DIRECT, AFTERWARDS = "reconsideration", "direct", "afterwards"
REMEDIES: Mapping[str, str] = {
    RECONSIDERATION: "行政复议",
    DIRECT: "行政诉讼：未经复议直接起诉",
    AFTERWARDS: "行政诉讼：复议后起诉",
}
"""The three groups of table 3, by code."""

LITIGATION = "行政诉讼"
OPEN = "OPEN"
RESULTS: Mapping[str, str] = {
    **{str(result): result.label.zh for result in RemedyResult},
    OPEN: "尚未审结",
    TOTAL: "总计",
}
"""The five columns of each group of table 3, by code."""

ENGLISH: Mapping[str, str] = {
    RULES: "government rules",
    NORMATIVE: "normative documents",
    LICENCE: "licences",
    OTHER_MATTERS: "other services",
    PENALTY: "penalties",
    COERCION: "coercive measures",
    CHARGES: "administrative charges",
    PURCHASES: "central procurement",
    MADE: "made this year",
    REPEALED: "repealed this year",
    VALID: "in force",
    DECISIONS: "decisions this year",
    AMOUNT: "charged this year (10,000 yuan)",
    "newly_made": "newly made",
    "newly_public": "newly public",
    "public_total": "public in all",
    "previous_items": "items last year",
    "change": "change",
    "purchase_items": "procurements",
    "purchase_sum": "total sum",
    **{str(kind): kind.label.en for kind in ApplicantKind},
    TOTAL: "total",
    RECONSIDERATION: "reconsideration",
    DIRECT: "litigation without reconsideration",
    AFTERWARDS: "litigation after reconsideration",
    **{str(result): result.label.en for result in RemedyResult},
    OPEN: "not concluded",
}
"""What rows and columns mean, by code; the rows of table 2 bring theirs along."""


def cells_of(edition: int) -> Iterator[Cell]:
    """Every cell of an edition, table by table."""
    for section in TABLE_ONE[edition]:
        yield from (Cell(1, row, column) for row in section.rows for column in section.columns)
    yield from (Cell(2, line.code, column) for line in TABLE_TWO[edition] for column in APPLICANTS)
    yield from (Cell(3, group, result) for group in REMEDIES for result in RESULTS)


def row_label(cell: Cell, edition: int) -> str:
    """How the form names a cell's row."""
    return _ROW_LABELS[edition, cell.table, cell.row]


def column_label(cell: Cell, edition: int) -> str:
    """How the form names a cell's column."""
    return _COLUMN_LABELS[edition, cell.table, cell.column]


def _row_labels(edition: int) -> Iterator[tuple[tuple[int, int, str], str]]:
    for section in TABLE_ONE[edition]:
        yield from (((edition, 1, row), label) for row, label in section.rows.items())
    yield from (((edition, 2, line.code), line.label) for line in TABLE_TWO[edition])
    yield from (((edition, 3, group), label) for group, label in REMEDIES.items())


def _column_labels(edition: int) -> Iterator[tuple[tuple[int, int, str], str]]:
    for section in TABLE_ONE[edition]:
        yield from (((edition, 1, column), label) for column, label in section.columns.items())
    yield from (((edition, 2, column), label) for column, label in APPLICANTS.items())
    yield from (((edition, 3, column), label) for column, label in RESULTS.items())


_ROW_LABELS = {key: label for edition in (PRESENT, TRIAL) for key, label in _row_labels(edition)}
_COLUMN_LABELS = {key: label for edition in (PRESENT, TRIAL) for key, label in _column_labels(edition)}
