"""The three tables as the form lays them out: rows of boxes, each over so many rows and columns.

Pages, workbooks and letters are all drawn from this, so that they cannot differ.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from projections.annual.form import (
    APPLICANTS,
    CONTENT,
    ENGLISH,
    IDENTITY_NOTE,
    LITIGATION,
    ORGANISATIONS,
    REMEDIES,
    RESULTS,
    TABLE_ONE,
    TABLE_TWO,
    Cell,
    Line,
    Number,
    Section,
    YearReport,
)


@dataclass(frozen=True, slots=True)
class Box:
    """One box of a table: a caption, or a cell with its figure (None where it is blank)."""

    text: str = ""
    en: str = ""
    rows: int = 1
    columns: int = 1
    cell: Cell | None = None
    value: Number | None = None

    @property
    def is_caption(self) -> bool:
        """Whether it is part of the form and not a figure."""
        return self.cell is None


Rows = list[list[Box]]

_LABELS = 3
"""Columns of table 2 that its captions take at the left."""


def table(report: YearReport, number: int) -> Rows:
    """Table 1, 2 or 3 of a report."""
    return _TABLES[number](report)


def width(rows: Rows) -> int:
    """How many columns a table has."""
    return sum(box.columns for box in rows[0])


def placed(rows: Rows) -> Iterator[tuple[int, int, Box]]:
    """Every box with its row and its column, from 0: the next places of its row that no box from above takes."""
    taken: set[tuple[int, int]] = set()
    columns = width(rows)
    for line, row in enumerate(rows):
        places = (place for place in range(columns) if (line, place) not in taken)
        for box in row:
            place = next(places)
            for _ in range(box.columns - 1):
                next(places)
            taken |= {(line + down, place + right) for down in range(box.rows) for right in range(box.columns)}
            yield line, place, box


def _figure(report: YearReport, cell: Cell, columns: int = 1) -> Box:
    return Box(columns=columns, cell=cell, value=report.cells.get(cell))


def _table_one(report: YearReport) -> Rows:
    sections = TABLE_ONE[report.edition]
    most = max(len(section.columns) for section in sections)
    return [row for section in sections for row in _section(report, section, most)]


def _section(report: YearReport, section: Section, most: int) -> Iterator[list[Box]]:
    """A section's own caption, the captions of its columns, its rows; its last column takes what is left."""
    spans = [1] * (len(section.columns) - 1) + [most - len(section.columns) + 1]
    yield [Box(section.caption, "Article 20 of the Regulation", columns=most + 1)]
    captions = zip(section.columns.items(), spans, strict=True)
    yield [
        Box(CONTENT, "content"),
        *(Box(caption, ENGLISH[code], columns=span) for (code, caption), span in captions),
    ]
    for row, caption in section.rows.items():
        figures = zip(section.columns, spans, strict=True)
        yield [
            Box(caption, ENGLISH[row]),
            *(_figure(report, Cell(1, row, column), span) for column, span in figures),
        ]


def _table_two(report: YearReport) -> Rows:
    lines = TABLE_TWO[report.edition]
    person, *_, total = APPLICANTS
    return [
        [Box(IDENTITY_NOTE, "1 + 2 = 3 + 4", 3, _LABELS), Box("申请人情况", "applicants", columns=len(APPLICANTS))],
        [
            Box(APPLICANTS[person], ENGLISH[person], rows=2),
            Box("法人或其他组织", "legal persons or other organisations", columns=len(ORGANISATIONS)),
            Box(APPLICANTS[total], ENGLISH[total], rows=2),
        ],
        [Box(APPLICANTS[code], ENGLISH[code]) for code in ORGANISATIONS],
        *(
            [*_captions(lines, place), *(_figure(report, Cell(2, line.code, column)) for column in APPLICANTS)]
            for place, line in enumerate(lines)
        ),
    ]


def _captions(lines: Sequence[Line], place: int) -> Iterator[Box]:
    """A row's captions: an outer one stands once, over all the rows it heads; the last takes what is left."""
    line = lines[place]
    before = lines[place - 1].captions if place else ()
    for level, caption in enumerate(line.captions[:-1]):
        if before[: level + 1] != line.captions[: level + 1]:
            headed = sum(other.captions[: level + 1] == line.captions[: level + 1] for other in lines)
            yield Box(caption, _GROUPS_EN.get(caption, ""), rows=headed)
    yield Box(line.caption, line.en, columns=_LABELS - len(line.captions) + 1)


_GROUPS_EN = {
    "三、本年度办理结果": "dealt with this year",
    "（三）不予公开": "withheld",
    "（四）无法提供": "cannot be provided",
    "（五）不予处理": "not dealt with",
    "（六）其他处理": "handled otherwise",
}


def _table_three(report: YearReport) -> Rows:
    reconsideration, *lawsuits = REMEDIES
    results = len(RESULTS)
    of_lawsuits = [
        Box(REMEDIES[group].removeprefix(f"{LITIGATION}："), ENGLISH[group], columns=results) for group in lawsuits
    ]
    return [
        [
            Box(REMEDIES[reconsideration], ENGLISH[reconsideration], columns=results),
            Box(LITIGATION, "litigation", columns=results * len(lawsuits)),
        ],
        [*(Box(caption, ENGLISH[code], rows=2) for code, caption in RESULTS.items()), *of_lawsuits],
        [Box(caption, ENGLISH[code]) for _ in lawsuits for code, caption in RESULTS.items()],
        [_figure(report, Cell(3, group, result)) for group in REMEDIES for result in RESULTS],
    ]


_TABLES = {1: _table_one, 2: _table_two, 3: _table_three}
