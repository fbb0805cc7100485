"""Which entries go into a package: what was asked for, and the registrations that what was asked for relies on.

The registrations (who is behind a code, since when in which post, which rules were in force, which keys
signed) let an investigator read the chosen entries without believing any name that is not itself proved.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from ledger import instants
from ledger.entry import Entry
from ledger.ledger import Ledger
from projections import trail
from projections.reading import LARGEST_PAGE, Reader
from projections.temporal import AsOf

_REGISTRATIONS = {
    "unit": ("unit.registered/1", "unit.disclosure_office_designated/1", "unit.succeeded/1"),
    "officer": ("officer.registered/1", "officer.appointed/1", "officer.relieved/1"),
    "channel": ("channel.registered/1", "channel.retired/1"),
    "column": ("column.registered/1",),
    "ruleset": ("ruleset.adopted/1",),
    "workflow": ("workflow.adopted/1",),
}
"""Per kind of subject, the events that say what its code stands for."""

_CODES = {
    "officer": ("officer", "drafter", "reviewer", "secrecy_reviewer", "approver", "publisher"),
    "unit": ("unit", "owner_unit", "competent_unit", "successor"),
    "channel": ("channel",),
    "column": ("column",),
}
"""Per kind of subject, the members of an entry's data that hold its code."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What a caller asks for: any of the subjects' trails, any of the positions, within the bounds.

    ``subjects`` are pairs as the audit trail knows them (``("item", "I-2025-0001")``).  Positions named
    outright are taken whatever the bounds; ``first`` and ``last`` without a subject take the whole range.
    The instants, as entries write them, bound when it occurred; every bound belongs to what it bounds.
    """

    subjects: tuple[tuple[str, str], ...] = ()
    positions: tuple[int, ...] = ()
    first: int | None = None
    last: int | None = None
    from_instant: str | None = None
    until_instant: str | None = None
    types: tuple[str, ...] = ()
    registrations: bool = True


@dataclass(frozen=True, slots=True)
class Chosen:
    """The entries of a package by position: those asked for, and the registrations they rely on.

    ``known_to`` is the last position that was looked at: what was recorded after it was not chosen from.
    """

    positions: tuple[int, ...]
    registrations: tuple[int, ...]
    known_to: int


def evidence_of(ledger: Ledger, selection: Selection, size: int) -> Chosen:
    """The entries that a selection means among the first ``size``; raises NotBuiltYet without an audit trail."""
    reader = Reader(ledger)
    found, known_to = set(selection.positions), size
    for kind, subject in selection.subjects:
        on_trail, known = _trail_of(reader, kind, subject, selection, size)
        found.update(position for position in on_trail if _within(position, selection))
        known_to = min(known_to, known)
    if not selection.subjects and (selection.first is not None or selection.last is not None):
        found.update(_range(ledger, selection, size))
    positions = tuple(sorted(found))
    registrations: set[int] = set()
    if selection.registrations:
        # Whoever holds an older key of the log is led to the one that signed by the changes between them.
        changes = {rotation.position for rotation in ledger.rotations() if rotation.position <= size}
        registrations = changes | _registrations(ledger, reader, sorted(found | changes), size)
    return Chosen(positions, tuple(sorted(registrations - found)), known_to)


def entries_at(ledger: Ledger, positions: Iterable[int]) -> Iterator[Entry]:
    """The entries at ascending positions, read in runs, a page in memory at a time.  Raises NoSuchEntry."""
    for first, count in _runs(positions):
        page = ledger.read(first - 1, count, first + count - 1)
        if len(page) != count:
            # Reading the one that is missing says which, and how far the log has come.
            present = {entry.position for entry in page}
            ledger.entry(next(position for position in range(first, first + count) if position not in present))
        yield from page


def _runs(positions: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Ascending positions as runs without a gap, of a page at most: the first, and how many."""
    first = count = 0
    for position in positions:
        if count and position == first + count and count < LARGEST_PAGE:
            count += 1
            continue
        if count:
            yield first, count
        first, count = position, 1
    if count:
        yield first, count


def _range(ledger: Ledger, selection: Selection, size: int) -> Iterator[int]:
    first, last = max(selection.first or 1, 1), min(selection.last or size, size)
    for entry in entries_at(ledger, range(first, last + 1)):
        occurred_at = instants.to_text(entry.occurred_at)
        early = selection.from_instant is not None and occurred_at < selection.from_instant
        late = selection.until_instant is not None and occurred_at > selection.until_instant
        if not (early or late) and (not selection.types or entry.type in selection.types):
            yield entry.position


def _within(position: int, selection: Selection) -> bool:
    return (selection.first or 1) <= position and (selection.last is None or position <= selection.last)


def _trail_of(reader: Reader, kind: str, subject: str, selection: Selection, size: int) -> tuple[list[int], int]:
    """All positions of a trail within the instants and types, and the position that the trail speaks for."""
    positions: list[int] = []
    cursor = None
    while True:
        page = trail.of(
            reader,
            kind,
            subject,
            AsOf(position=size),
            types=selection.types,
            from_instant=selection.from_instant,
            until_instant=selection.until_instant,
            limit=LARGEST_PAGE,
            cursor=cursor,
        )
        positions.extend(row.position for row in page.rows)
        cursor = page.next_cursor
        if cursor is None:
            return positions, page.position


def _registrations(ledger: Ledger, reader: Reader, positions: Iterable[int], size: int) -> set[int]:
    """The positions of what was registered of every code that the entries use, up to each one's last use."""
    last_use: dict[tuple[str, str], int] = {}
    for entry in entries_at(ledger, positions):
        last_use.update(dict.fromkeys(_codes(entry), entry.position))
    found: set[int] = set()
    for (kind, code), used_at in last_use.items():
        wanted = Selection(types=_REGISTRATIONS[kind])
        registered, _ = _trail_of(reader, kind, code, wanted, size)
        # An appointment recorded after the last deed says nothing of it.
        found.update(position for position in registered if position <= used_at)
    return found


def _codes(entry: Entry) -> Iterator[tuple[str, str]]:
    data = entry.data if isinstance(entry.data, dict) else {}
    if entry.actor is not None:
        yield "officer", entry.actor.officer
        yield "unit", entry.actor.unit
    for kind, members in _CODES.items():
        values = (data.get(member) for member in members)
        yield from ((kind, value) for value in values if isinstance(value, str) and value)
    lists = chain(
        (("channel", code) for code in data.get("channels") or ()),
        (("unit", code) for code in data.get("concerned_units") or ()),
    )
    yield from ((kind, code) for kind, code in lists if isinstance(code, str))
    for kind, cited in (("ruleset", entry.ruleset), ("workflow", entry.workflow)):
        if cited:
            # An entry cites a version, RS-143/2; the trail is that of all versions.
            yield kind, cited.partition("/")[0]
