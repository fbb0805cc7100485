"""Table 3, 政府信息公开行政复议、行政诉讼情况, counted from the requests' own record.

A case is counted in every year in which it was open or was concluded: by its result in the year of its
conclusion, as 尚未审结 at the end of the years before.  It is counted for the organ that had the request;
a reconsideration organ that is sued with it does not count it again.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from aggregates.appraisal.table_two import TOTAL
from aggregates.requests.words import RequestEvent
from ledger.entry import Entry
from projections.annual.form import AFTERWARDS, DIRECT, OPEN, RECONSIDERATION, REMEDIES, RESULTS, Cell

TYPES = (
    str(RequestEvent.RECONSIDERATION_FILED),
    str(RequestEvent.RECONSIDERATION_DECIDED),
    str(RequestEvent.LITIGATION_FILED),
    str(RequestEvent.LITIGATION_JUDGED),
)
"""The entries that the table is made from."""

_DAY = {
    str(RequestEvent.RECONSIDERATION_DECIDED): "decided_on",
    str(RequestEvent.LITIGATION_JUDGED): "judged_on",
}
"""Where an entry that concludes a case says on which day."""


@dataclass(slots=True)
class _Case:
    group: str
    filed_on: str
    ended_on: str | None = None
    result: str = OPEN


def count(entries: Iterable[Entry], year: int) -> dict[Cell, int]:
    """The fifteen cells of the table for a year."""
    first, last = f"{year:04d}-01-01", f"{year:04d}-12-31"
    cells = {Cell(3, group, result): 0 for group in REMEDIES for result in RESULTS}
    for case in _cases(entries):
        if case.filed_on > last or (case.ended_on is not None and case.ended_on < first):
            continue
        concluded = case.ended_on is not None and case.ended_on <= last
        cells[Cell(3, case.group, case.result if concluded else OPEN)] += 1
        cells[Cell(3, case.group, TOTAL)] += 1
    return cells


def _cases(entries: Iterable[Entry]) -> list[_Case]:
    """Every case; a decision or a judgment concludes the last one of its kind about the request."""
    cases: list[_Case] = []
    latest: dict[tuple[str, bool], _Case] = {}
    for entry in entries:
        data = entry.data
        if entry.type == RequestEvent.RECONSIDERATION_FILED:
            case = _Case(RECONSIDERATION, data["filed_on"])
        elif entry.type == RequestEvent.LITIGATION_FILED:
            case = _Case(AFTERWARDS if data["after_reconsideration"] else DIRECT, data["filed_on"])
        else:
            if entry.type in _DAY:
                in_court = entry.type == RequestEvent.LITIGATION_JUDGED
                concluded = latest[data["request"], in_court]
                concluded.ended_on, concluded.result = data[_DAY[entry.type]], data["result"]
            continue
        cases.append(case)
        latest[data["request"], entry.type == RequestEvent.LITIGATION_FILED] = case
    return cases
