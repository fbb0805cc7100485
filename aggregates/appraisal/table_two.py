"""Table 2 of the annual report, 收到和处理政府信息公开申请情况, counted from the requests on record (条例第五十条).

A pure function of entries: what was known up to a cut-off about the state on 31 December.  Every request
has one place among the new and the carried-over, and one among the ended and the pending, so the form's
identity, 一加二等于三加四, holds by the count itself; ``identity_breaks`` says so for any table, also one
that was filled in by hand.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from aggregates.requests.words import RequestEvent
from aggregates.requests.words_lists import ApplicantKind, Table2Row
from ledger.entry import Entry

NEW, CARRIED_OVER, ENDED, PENDING = "1", "2", "3.7", "4"
"""The rows 一 本年新收, 二 上年结转, 三（七） 总计 and 四 结转下年度继续办理; those of 三 are ``Table2Row``."""
TOTAL = "total"

TYPES = (
    str(RequestEvent.RECEIVED),
    str(RequestEvent.RECEIPT_CONFIRMED),
    str(RequestEvent.REPLIED),
    str(RequestEvent.CLOSED),
)
"""The entries that the table is made from; others change nothing."""

Table = list[dict[str, Any]]
"""The rows in the order of the form: ``row``, a count for each kind of applicant, and ``total``."""


@dataclass(slots=True)
class _Request:
    unit: str
    applicant: str
    received_on: str | None
    ended_on: str | None = None
    row: str | None = None


def table_two(entries: Iterable[Entry], year: int, units: Collection[str] | None = None) -> Table:
    """The table of a year, for the requests of some units, or of all where None is said."""
    first, last = f"{year:04d}-01-01", f"{year:04d}-12-31"
    rows = [NEW, CARRIED_OVER, *map(str, Table2Row), ENDED, PENDING]
    counts = {row: dict.fromkeys(map(str, ApplicantKind), 0) for row in rows}
    for request in _requests(entries):
        if (
            request.received_on is None
            or request.received_on > last
            or (units is not None and request.unit not in units)
        ):
            continue
        if request.ended_on is not None and request.ended_on < first:
            continue
        counts[NEW if request.received_on >= first else CARRIED_OVER][request.applicant] += 1
        if request.ended_on is not None and request.ended_on <= last:
            counts[ENDED][request.applicant] += 1
            counts[str(request.row)][request.applicant] += 1
        else:
            counts[PENDING][request.applicant] += 1
    return [{"row": row, **counts[row], TOTAL: sum(counts[row].values())} for row in rows]


def identity_breaks(table: Table) -> list[str]:
    """What does not add up, cell by cell: a column whose 一+二 is not 三+四, a 三（七） that is not its parts' sum."""
    by_row = {row["row"]: row for row in table}
    breaks = []
    for column in (*map(str, ApplicantKind), TOTAL):
        parts = sum(by_row[str(row)][column] for row in Table2Row)
        if by_row[NEW][column] + by_row[CARRIED_OVER][column] != by_row[ENDED][column] + by_row[PENDING][column]:
            breaks.append(f"{column}: 1+2 != 3.7+4")
        if parts != by_row[ENDED][column]:
            breaks.append(f"{column}: 3.1..3.6 = {parts} != 3.7 = {by_row[ENDED][column]}")
    return breaks


def _requests(entries: Iterable[Entry]) -> list[_Request]:
    """Every request with its receipt and its first end; what a request was split into came as requests of their own."""
    found: dict[str, _Request] = {}
    for entry in entries:
        data = entry.data
        if entry.type == RequestEvent.RECEIVED:
            found[data["request"]] = _Request(data["unit"], data["applicant_kind"], data["received_on"])
        elif entry.type not in TYPES or data["request"] not in found:
            continue
        elif entry.type == RequestEvent.RECEIPT_CONFIRMED:
            found[data["request"]].received_on = data["received_on"]
        elif found[data["request"]].ended_on is None:
            request = found[data["request"]]
            replied = entry.type == RequestEvent.REPLIED
            request.ended_on, request.row = data["replied_on" if replied else "closed_on"], data["row"]
    return list(found.values())
