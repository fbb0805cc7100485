"""The identities of the annual report (勾稽关系), checked on any tables, ours or somebody else's.

Each has its letter:

* (a) 一 + 二 = 三（七） + 四, in every column of table 2;
* (b) 三（七） is the sum of its parts, in every column;
* (c) 总计 is the sum of the six kinds of applicant, in every row;
* (d) 二 of a year is 四 of the year before, where both are at hand;
* (e) 总计 of table 3 is the sum of its four results;
* (f) 现行有效 = that of the year before + 制发 - 废止: a warning, because clean-ups break it outside the form;
* (g) figures in the report's text are those of its tables;
* (h) the district's cells are the sums of the units' cells.

An identity is checked where all of its cells are filled; a blank cell of table 2 or 3 is a fault of its own.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from aggregates.appraisal.table_two import CARRIED_OVER, ENDED, NEW, PENDING, TOTAL
from projections.annual.claims import FEE, PROSE, claim_of, fee_unpaid
from projections.annual.form import (
    APPLICANTS,
    ENGLISH,
    MADE,
    NORMATIVE,
    PARTS,
    REMEDIES,
    REPEALED,
    RESULTS,
    RULES,
    TABLE_TWO,
    VALID,
    Cell,
    Number,
    YearReport,
    cells_of,
    column_label,
    row_label,
)

DISTRICT_NAMES = frozenset({"全区", "district", "DISTRICT"})
"""How a file says that a row is the district's and not a unit's."""

BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Fault:
    """What does not hold: which identity, in which cell, what is there and what the others make it.

    ``identity`` is its letter, or ``blank`` for a cell that is not filled.  ``warning`` marks what may have
    reasons outside the form.
    """

    identity: str
    year: int
    unit: str
    table: int | None
    row: str
    column: str
    found: Number | None
    expected: Number | None
    sentence_zh: str
    sentence_en: str
    warning: bool = False


def check(reports: Iterable[YearReport]) -> list[Fault]:
    """Everything that does not hold within and between these reports, in the order of years and units."""
    ordered = sorted(reports, key=lambda report: (report.year, report.unit))
    faults = [fault for report in ordered for fault in _within(report)]
    before = {(report.unit, report.year): report for report in ordered}
    for report in ordered:
        if (previous := before.get((report.unit, report.year - 1))) is not None:
            faults += [*_carried_over(report, previous), *_in_force(report, previous)]
    for year in sorted({report.year for report in ordered}):
        faults += _sums([report for report in ordered if report.year == year])
    return sorted(faults, key=lambda fault: (fault.year, fault.unit))


def _within(report: YearReport) -> Iterator[Fault]:
    yield from _blanks(report)
    for column in APPLICANTS:
        yield from _balance(report, column)
        yield from _parts(report, column)
    for line in TABLE_TWO[report.edition]:
        yield from _whole(report, 2, line.code, APPLICANTS, "c")
    for group in REMEDIES:
        yield from _whole(report, 3, group, RESULTS, "e")
    yield from _claims(report)


def _blanks(report: YearReport) -> Iterator[Fault]:
    """Blank cells of the tables that the report has; table 1 may leave open what the organ does not do."""
    present = {cell.table for cell in report.cells} & {2, 3}
    for cell in cells_of(report.edition):
        if cell.table in present and cell not in report.cells:
            yield _fault(report, BLANK, cell, ("没有填数", "is not filled"))


def _balance(report: YearReport, column: str) -> Iterator[Fault]:
    """(a): what came in is what was dealt with and what is left."""
    came, left = ([Cell(2, row, column) for row in rows] for rows in ((NEW, CARRIED_OVER), (ENDED, PENDING)))
    if not _filled(report, [*came, *left]):
        return
    expected, found = _sum(report, came), _sum(report, left)
    if found != expected:
        yield _fault(
            report,
            "a",
            left[0],
            (
                f"加{row_label(left[1], report.edition)}为{found}，一、二两项之和为{expected}",
                f"plus what is carried over to next year make {found}; what was received and carried over makes {expected}",
            ),
            found=found,
            expected=expected,
        )


def _parts(report: YearReport, column: str) -> Iterator[Fault]:
    """(b): the total of 三 is the sum of its rows."""
    total, parts = Cell(2, ENDED, column), [Cell(2, row, column) for row in PARTS[report.edition]]
    if not _filled(report, [total, *parts]):
        return
    found, expected = report.cells[total], _sum(report, parts)
    if found != expected:
        yield _fault(
            report,
            "b",
            total,
            (f"为{found}，各分项之和为{expected}", f"is {found}; its parts add up to {expected}"),
            found=found,
            expected=expected,
        )


def _whole(report: YearReport, table: int, row: str, columns: Collection[str], identity: str) -> Iterator[Fault]:
    """(c) and (e): the total at a row's end is the sum of the row."""
    total = Cell(table, row, TOTAL)
    parts = [Cell(table, row, column) for column in columns if column != TOTAL]
    if not _filled(report, [total, *parts]):
        return
    found, expected = report.cells[total], _sum(report, parts)
    if found != expected:
        yield _fault(
            report,
            identity,
            total,
            (f"为{found}，该行各栏之和为{expected}", f"is {found}; the row's columns add up to {expected}"),
            found=found,
            expected=expected,
        )


def _carried_over(report: YearReport, previous: YearReport) -> Iterator[Fault]:
    """(d): what last year's report left is what this year's begins with."""
    for column in APPLICANTS:
        begins, left = Cell(2, CARRIED_OVER, column), Cell(2, PENDING, column)
        if begins not in report.cells or left not in previous.cells:
            continue
        found, expected = report.cells[begins], previous.cells[left]
        if found != expected:
            yield _fault(
                report,
                "d",
                begins,
                (
                    f"为{found}，{previous.year}年报告的结转下年度继续办理为{expected}",
                    f"is {found}; the report of {previous.year} carried {expected} over",
                ),
                found=found,
                expected=expected,
            )


def _in_force(report: YearReport, previous: YearReport) -> Iterator[Fault]:
    """(f), a warning: the stock in force follows from last year's."""
    for row in (RULES, NORMATIVE):
        made, repealed, valid = (Cell(1, row, column) for column in (MADE, REPEALED, VALID))
        if not _filled(report, [made, repealed, valid]) or valid not in previous.cells:
            continue
        found = report.cells[valid]
        expected = previous.cells[valid] + report.cells[made] - report.cells[repealed]
        if found != expected:
            yield _fault(
                report,
                "f",
                valid,
                (
                    f"为{found}，上年现行有效加本年制发减本年废止为{expected}；如因清理，请在报告中说明",
                    f"is {found}; last year's, plus made, less repealed, is {expected}. If a clean-up did it, say so in the report",
                ),
                found=found,
                expected=expected,
                warning=True,
            )


def _claims(report: YearReport) -> Iterator[Fault]:
    """(g): what the text says is what the tables say."""
    for name, stated in report.claims.items():
        readings = [cells for cells in claim_of(name, report.edition) if _filled(report, cells)]
        counted = [_sum(report, cells) for cells in readings]
        if name == FEE:
            yield from _fee(report, stated)
        elif counted and stated not in counted:
            yield Fault(
                "g",
                report.year,
                report.unit,
                None,
                PROSE,
                name,
                stated,
                counted[0],
                f"{_whose(report)}报告文字“{name}”为{stated}，表中为{counted[0]}",
                f"{report.year}{_unit_en(report)}: the text says {stated} for “{name}”; the tables say {counted[0]}",
            )


def _fee(report: YearReport, stated: Number) -> Iterator[Fault]:
    """(g): requests dropped because a fee was not paid, in a year whose text says that none was charged."""
    unpaid = fee_unpaid(report.edition)
    if unpaid is not None and stated == 0 and report.cells.get(unpaid, 0) != 0:
        found = report.cells[unpaid]
        yield _fault(
            report,
            "g",
            unpaid,
            (f"为{found}，报告文字却称未收取信息处理费", f"is {found}, while the text says that no fee was charged"),
            found=found,
            expected=0,
        )


def _sums(reports: Sequence[YearReport]) -> Iterator[Fault]:
    """(h): the district's cells are the sums of the units', where a year has both."""
    districts = [report for report in reports if report.unit in DISTRICT_NAMES]
    units = [report for report in reports if report.unit and report.unit not in DISTRICT_NAMES]
    if not districts or not units:
        return
    for cell, found in districts[0].cells.items():
        held = [unit.cells[cell] for unit in units if cell in unit.cells]
        if held and found != (expected := sum(held)):
            yield _fault(
                districts[0],
                "h",
                cell,
                (f"为{found}，各单位之和为{expected}", f"is {found}; the units add up to {expected}"),
                found=found,
                expected=expected,
            )


def _filled(report: YearReport, cells: Iterable[Cell]) -> bool:
    return all(cell in report.cells for cell in cells)


def _sum(report: YearReport, cells: Iterable[Cell]) -> Number:
    return sum(report.cells[cell] for cell in cells)


def _fault(
    report: YearReport,
    identity: str,
    cell: Cell,
    says: tuple[str, str],
    *,
    found: Number | None = None,
    expected: Number | None = None,
    warning: bool = False,
) -> Fault:
    row, column = row_label(cell, report.edition), column_label(cell, report.edition)
    return Fault(
        identity,
        report.year,
        report.unit,
        cell.table,
        row,
        column,
        found,
        expected,
        f"{_whose(report)}表{cell.table}“{row}”的“{column}”{says[0]}",
        f"{report.year}{_unit_en(report)}, table {cell.table}, {_row_en(cell, report.edition)}, "
        f"{ENGLISH[cell.column]}: the cell {says[1]}",
        warning,
    )


def _whose(report: YearReport) -> str:
    return f"{report.year}年{report.unit}"


def _unit_en(report: YearReport) -> str:
    return f" {report.unit}" if report.unit else ""


def _row_en(cell: Cell, edition: int) -> str:
    if cell.table != 2:  # noqa: PLR2004 - the tables have numbers
        return ENGLISH[cell.row]
    return _LINES_EN[edition][cell.row]


_LINES_EN: Mapping[int, Mapping[str, str]] = {
    edition: {line.code: line.en for line in lines} for edition, lines in TABLE_TWO.items()
}
