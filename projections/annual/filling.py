"""The annual report of a unit or of the district, filled from the entries up to a cut-off position.

Nothing is estimated.  What the ledger does not carry (administrative charges, say) stays blank and is to be
filled in by whoever answers for the report; each figure that is filled can be counted again from the entries.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from aggregates.appraisal.table_two import TYPES as REQUEST_TYPES
from aggregates.appraisal.table_two import table_two
from aggregates.appraisal.words_events import AppraisalEvent
from aggregates.appraisal.words_lists import ReportScope
from aggregates.requests.words import RequestEvent
from aggregates.vocabulary import EventType, UnitKind
from ledger.entry import Entry
from ledger.ledger import Ledger
from projections.annual import documents, remedies
from projections.annual.form import OTHER_HANDLING, PRESENT, TABLE_TWO, Cell, YearReport, cells_of, edition_of
from projections.annual.identities import Fault, check

DISTRICT = "全区"
"""Whose report the district's is, where a unit's names the unit's code."""

FIRST_YEAR = 2019
"""The first year for which there is a form."""

Reading = Callable[[Sequence[str]], Iterable[Entry]]
"""The entries of some types from the first up to the cut-off, in the order of their positions."""

_PAGE = 2000
_FEES = (str(RequestEvent.FEE_NOTICE_ISSUED), str(RequestEvent.FEE_PAID))


@dataclass(frozen=True, slots=True)
class Fees:
    """What section 六 says of fees for handling information, in yuan (信息处理费)."""

    notices: int = 0
    paid: int = 0


@dataclass(frozen=True, slots=True)
class Compiled:
    """A report as the ledger fills it: its cells, what stays blank, and what does not hold in it."""

    report: YearReport
    position: int
    fees: Fees
    blank: tuple[Cell, ...] = ()
    faults: list[Fault] = field(default_factory=list)

    @property
    def year(self) -> int:
        """The report year."""
        return self.report.year

    @property
    def edition(self) -> int:
        """The edition of the form."""
        return self.report.edition


def compile_report(read: Reading, year: int, unit: str | None, position: int) -> Compiled:
    """The report of a year for a unit, or of the district for None, with its identities checked.

    What is carried over is compared with the year before, as its report was compiled, else as it is counted
    now; the district is compared with the sum of its units.
    """
    drawn = _Drawn(read)
    wanted = _reports(drawn, year, unit)
    before = [] if year == FIRST_YEAR else [_year_before(drawn, year - 1, unit)]
    report = wanted[0]
    faults = [fault for fault in check([*wanted, *before]) if fault.year == year and _concerns(fault, report)]
    blank = tuple(cell for cell in cells_of(report.edition) if cell not in report.cells)
    return Compiled(report, position, _fees(drawn, year, unit), blank, faults)


def report_of(ledger: Ledger, year: int, unit: str | None, position: int) -> Compiled:
    """The report from a ledger's entries up to a position; see ``compile_report``."""
    return compile_report(lambda types: _entries(ledger, position, types), year, unit, position)


def unit_names(ledger: Ledger, position: int) -> dict[str, str]:
    """The units that a report may be of, as of a position, each with its Chinese name."""
    registered = _entries(ledger, position, (str(EventType.UNIT_REGISTERED),))
    return {
        entry.data["unit"]: entry.data["name_zh"] for entry in registered if entry.data["kind"] != UnitKind.EXTERNAL
    }


def _entries(ledger: Ledger, position: int, types: Sequence[str]) -> Iterator[Entry]:
    after = 0
    while page := ledger.read(after, _PAGE, position, types):
        yield from page
        after = page[-1].position


def _concerns(fault: Fault, report: YearReport) -> bool:
    return fault.unit == report.unit


@dataclass
class _Drawn:
    """The entries that a report is made from, read once."""

    read: Reading
    requests: list[Entry] = field(init=False)
    units: list[str] = field(init=False)
    owners: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.requests = list(self.read((*REQUEST_TYPES, *remedies.TYPES, *_FEES)))
        self.owners = {entry.data["request"]: entry.data["unit"] for entry in self.requests if _is_receipt(entry)}
        registered = self.read((str(EventType.UNIT_REGISTERED),))
        self.units = [entry.data["unit"] for entry in registered if entry.data["kind"] != UnitKind.EXTERNAL]
        self.documents = documents.Documents.of(self.read(documents.TYPES))

    def of_unit(self, unit: str | None) -> list[Entry]:
        """What is on record of the requests of a unit, or of all."""
        if unit is None:
            return self.requests
        return [entry for entry in self.requests if self.owners.get(entry.data["request"]) == unit]


def _is_receipt(entry: Entry) -> bool:
    return entry.type == RequestEvent.RECEIVED


def _reports(drawn: _Drawn, year: int, unit: str | None) -> list[YearReport]:
    """The report that is wanted; behind the district's those of its units, of which it is the sum."""
    wanted = [unit] if unit is not None else [None, *_reporting(drawn)]
    return [_filled(drawn, year, each) for each in wanted]


def _year_before(drawn: _Drawn, year: int, unit: str | None) -> YearReport:
    """The report of a year as counted now, with table 2 as it stood when it was last compiled, where it was."""
    report = _filled(drawn, year, unit)
    scope = ReportScope.DISTRICT if unit is None else ReportScope.UNIT
    for entry in drawn.read((str(AppraisalEvent.REPORT_COMPILED),)):
        data = entry.data
        if data["year"] == year and data["scope"] == scope and (unit is None or data["unit"] == unit):
            report.cells.update(_table_two(data["table_two"], report.edition))
    return report


def _reporting(drawn: _Drawn) -> list[str]:
    """The units of the district, and any other that answered requests or made documents."""
    return sorted({*drawn.units, *drawn.owners.values(), *drawn.documents.units})


def _filled(drawn: _Drawn, year: int, unit: str | None) -> YearReport:
    entries = drawn.of_unit(unit)
    cells = _table_two(table_two(entries, year), edition_of(year))
    cells |= remedies.count(entries, year)
    units: Collection[str] = _reporting(drawn) if unit is None else {unit}
    return YearReport(year, DISTRICT if unit is None else unit, {**drawn.documents.count(year, units), **cells})


def _table_two(rows: Iterable[dict[str, int]], edition: int) -> dict[Cell, int]:
    counted: dict[str, dict[str, int]] = {str(row["row"]): row for row in rows}
    if edition != PRESENT:
        counted[OTHER_HANDLING] = _other_handling(counted.values())
    return {
        Cell(2, line.code, column): count
        for line in TABLE_TWO[edition]
        for column, count in counted[line.code].items()
        if column != "row"
    }


def _other_handling(rows: Iterable[dict[str, int]]) -> dict[str, int]:
    """三（六） as the form of 2019 has it, a single row."""
    total: Counter[str] = Counter()
    for row in rows:
        if str(row["row"]).startswith(f"{OTHER_HANDLING}."):
            for column, count in row.items():
                if column != "row":
                    total[column] += count
    return dict(total)


def _fees(drawn: _Drawn, year: int, unit: str | None) -> Fees:
    """Notices and payments of the year, by their own days."""
    entries = drawn.of_unit(unit)
    notices = [
        entry
        for entry in entries
        if entry.type == RequestEvent.FEE_NOTICE_ISSUED and _in_year(entry.data["notified_on"], year)
    ]
    paid = [
        entry.data["amount"]
        for entry in entries
        if entry.type == RequestEvent.FEE_PAID and _in_year(entry.data["paid_on"], year)
    ]
    return Fees(len(notices), sum(paid))


def _in_year(day: str, year: int) -> bool:
    return day.startswith(f"{year:04d}-")
