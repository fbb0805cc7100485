"""Figures that a report states in its text, and the cells of its tables that they must agree with."""

from collections.abc import Mapping, Sequence

from aggregates.appraisal.table_two import CARRIED_OVER, ENDED, NEW, PENDING, TOTAL
from aggregates.requests.words_lists import Table2Row
from projections.annual.form import (
    AFTERWARDS,
    APPLICANTS,
    COERCION,
    DECISIONS,
    DIRECT,
    LICENCE,
    MADE,
    NORMATIVE,
    PARTS,
    PENALTY,
    PRESENT,
    RECONSIDERATION,
    REPEALED,
    VALID,
    Cell,
)

PROSE = "报告文字"
"""Where such a figure stands, for whoever reads of a fault."""

FEE = "信息处理费"
"""What the section 六 says was charged; it has no cell, but contradicts one."""

_ROWS: Mapping[str, tuple[str, ...]] = {
    "收到": (NEW,),
    "申请": (NEW,),
    "新收": (NEW,),
    "上年结转": (CARRIED_OVER,),
    "办结": (ENDED,),
    "结转": (PENDING,),
    "结转下年": (PENDING,),
    "予以公开": ("3.1",),
    "部分公开": ("3.2",),
    "予以公开及部分公开": ("3.1", "3.2"),
    "不予公开": ("3.3",),
    "无法提供": ("3.4",),
    "不予处理": ("3.5",),
    "其他处理": ("3.6",),
}
_OTHERS: Mapping[str, tuple[Cell, ...]] = {
    "复议": (Cell(3, RECONSIDERATION, TOTAL),),
    "行政复议": (Cell(3, RECONSIDERATION, TOTAL),),
    "诉讼": (Cell(3, DIRECT, TOTAL), Cell(3, AFTERWARDS, TOTAL)),
    "行政诉讼": (Cell(3, DIRECT, TOTAL), Cell(3, AFTERWARDS, TOTAL)),
    "规范性文件制发": (Cell(1, NORMATIVE, MADE),),
    "规范性文件废止": (Cell(1, NORMATIVE, REPEALED),),
    "规范性文件有效": (Cell(1, NORMATIVE, VALID),),
    "行政许可": (Cell(1, LICENCE, DECISIONS),),
    "行政处罚": (Cell(1, PENALTY, DECISIONS),),
    "行政强制": (Cell(1, COERCION, DECISIONS),),
}
_KINDS = {caption: code for code, caption in APPLICANTS.items() if code != TOTAL}

NAMES = (*_ROWS, *_OTHERS, *_KINDS, FEE)
"""How a figure of the text is called; a kind of applicant means how many of the year's requests were theirs."""

_WITH_CARRIED_OVER = frozenset({"收到", "申请", *_KINDS})
"""Words that a text uses of the year's new requests, and of those together with the carried-over ones."""


def claim_of(name: str, edition: int) -> list[Sequence[Cell]]:
    """The cells that a figure of the text may be the sum of, by each reading of its word; none for one without."""
    if name == FEE:
        return []
    column = _KINDS.get(name, TOTAL)
    if name in _WITH_CARRIED_OVER:
        new, carried_over = Cell(2, NEW, column), Cell(2, CARRIED_OVER, column)
        return [[new], [new, carried_over]]
    if name in _ROWS:
        return [[Cell(2, row, TOTAL) for asked in _ROWS[name] for row in _rows_of(asked, edition)]]
    return [_OTHERS[name]]


def fee_unpaid(edition: int) -> Cell | None:
    """The cell of requests dropped for an unpaid fee; the form of 2019 has none."""
    return Cell(2, str(Table2Row.FEE_NOT_PAID), TOTAL) if edition == PRESENT else None


def _rows_of(asked: str, edition: int) -> list[str]:
    rows = [row for row in PARTS[edition] if row == asked or row.startswith(f"{asked}.")]
    return rows or [asked]
