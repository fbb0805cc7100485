"""What a bulletin counts: pure functions from entries to figures, so that anybody can count again (十七).

The figures of a month are those of the acts that took place in it, as far as the ledger knew them at a
cut-off position.  The same entries always give the same figures; an act that is recorded later, or dated
back, shows as a difference and never changes what was issued.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from aggregates.appraisal.words_lists import Figure
from aggregates.deed import CHINA
from aggregates.vocabulary import EventType, UnitKind
from ledger import canonical
from ledger.entry import Entry

COUNTED: Mapping[str, Figure] = {
    str(EventType.PUBLISHED): Figure.PUBLISHED,
    str(EventType.CHANNEL_ADDED): Figure.CHANNEL_ADDED,
    str(EventType.CORRECTED): Figure.CORRECTED,
    str(EventType.WITHDRAWN): Figure.WITHDRAWN,
    str(EventType.UNREGISTERED_PUBLICATION_FOUND): Figure.UNREGISTERED,
    str(EventType.ATTEMPT_REFUSED): Figure.REFUSED,
}
"""Which entry counts as what."""

TYPES = (str(EventType.UNIT_REGISTERED), *COUNTED)
"""The entries that the figures are made from; others change nothing."""

Rows = list[dict[str, Any]]
"""For each unit of the district, in order of their codes: ``unit``, and every figure by its code."""


def figures_of(entries: Iterable[Entry], period: str) -> Rows:
    """The figures of all units for a month ``YYYY-MM`` or a year ``YYYY``, from the entries up to a cut-off."""
    counts: dict[str, dict[str, int]] = {}
    for entry in entries:
        if entry.type == EventType.UNIT_REGISTERED:
            if entry.data["kind"] != UnitKind.EXTERNAL and _day(entry)[: len(period)] <= period:
                counts.setdefault(entry.data["unit"], {})
        elif entry.type in COUNTED and _day(entry).startswith(period):
            row = counts.setdefault(unit_of(entry), {})
            figure = str(COUNTED[entry.type])
            row[figure] = row.get(figure, 0) + 1
    return [
        {"unit": unit, **{str(figure): counts[unit].get(figure, 0) for figure in Figure}} for unit in sorted(counts)
    ]


def positions_of(entries: Iterable[Entry], period: str, unit: str, figure: str) -> list[int]:
    """Where the entries stand that make up one figure of one unit."""
    return [
        entry.position
        for entry in entries
        if COUNTED.get(entry.type) == figure and _day(entry).startswith(period) and unit_of(entry) == unit
    ]


def digest(rows: Rows) -> str:
    """The SHA-256 of the figures in canonical JSON, in hexadecimal."""
    return sha256(canonical.encode(rows)).hexdigest()


def differences(frozen: Rows, now: Rows) -> Rows:
    """What counting again finds otherwise: for each unit concerned, each figure then and now."""
    then, today = ({row["unit"]: row for row in rows} for rows in (frozen, now))
    found: Rows = []
    for unit in sorted(then.keys() | today.keys()):
        for figure in map(str, Figure):
            before, after = (rows.get(unit, {}).get(figure, 0) for rows in (then, today))
            if before != after:
                found.append({"unit": unit, "figure": figure, "then": before, "now": after})
    return found


def missing_months(issued: Iterable[str], until: str) -> list[str]:
    """The months without a bulletin, from the first that had one to the month before ``until`` (``YYYY-MM``)."""
    months = sorted(issued)
    if not months:
        return []
    missing, month = [], months[0]
    while month < until:
        if month not in months:
            missing.append(month)
        year, number = int(month[:4]), int(month[5:])
        month = f"{year + number // 12:04d}-{number % 12 + 1:02d}"
    return missing


def unit_of(entry: Entry) -> str:
    """The unit whose act an entry is: the one it names, else the one in which was acted."""
    named = entry.data.get("unit")
    if isinstance(named, str) and named:
        return named
    return "" if entry.actor is None else entry.actor.unit


def _day(entry: Entry) -> str:
    return entry.occurred_at.astimezone(CHINA).date().isoformat()
