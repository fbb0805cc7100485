"""What follows from the events of supervision: who is overdue, what is owed, what is open (四).

Pure: entries of the ledger in, answers out; "at" and "on" are by occurrence.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from aggregates.deed import CHINA
from aggregates.supervision.sampling import draw, population_digest, population_of
from aggregates.supervision.self_check import Window
from aggregates.supervision.words import SupervisionEvent
from aggregates.vocabulary import Attribute, EventType
from ledger.entry import Entry

ATTRIBUTE_TYPES = (
    str(EventType.DOCUMENT_DRAFTED),
    str(EventType.ATTRIBUTE_DETERMINED),
    str(SupervisionEvent.ATTRIBUTE_CHANGED),
)
"""The events that say what is withheld."""

NOT_OPENED, OPENED, REPORTED, OVERDUE = "NOT_OPENED", "OPENED", "REPORTED", "OVERDUE"
OPEN, LATE, CLOSED = "OPEN", "LATE", "CLOSED"


def withheld_items(entries: Iterable[Entry], unit: str, at: datetime) -> list[str]:
    """A unit's items whose attribute at that moment was WITHHELD."""
    own: set[str] = set()
    attribute: dict[str, str] = {}
    for entry in _by(entries, at):
        if entry.type == EventType.DOCUMENT_DRAFTED and entry.data["unit"] == unit:
            own.add(entry.data["item"])
        elif entry.type in ATTRIBUTE_TYPES[1:]:
            attribute[entry.data["item"]] = entry.data["attribute"]
    return sorted(item for item in own if attribute.get(item) == Attribute.WITHHELD)


def request_clusters(requests: Iterable[tuple[str, date]], until: date, threshold: int) -> dict[str, int]:
    """Items asked for at least ``threshold`` times in the twelve months up to a day, from (item, day received)."""
    since = until.replace(year=until.year - 1) if (until.month, until.day) != (2, 29) else date(until.year - 1, 2, 28)
    counts: dict[str, int] = {}
    for item, received in requests:
        if since < received <= until:
            counts[item] = counts.get(item, 0) + 1
    return {item: count for item, count in sorted(counts.items()) if count >= threshold}


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of the items withheld when November began: which have a finding in the cycle, and which have none."""

    checked: list[str]
    unchecked: list[str]


def coverage(entries: Iterable[Entry], unit: str, year: int) -> Coverage:
    """How far a unit's self-check reached (自查覆盖率)."""
    listed = list(entries)
    found = {
        entry.data["item"]
        for entry in listed
        if entry.type == SupervisionEvent.FINDING_RECORDED
        and (entry.data["cycle"], entry.data["unit"]) == (Window(year).cycle, unit)
    }
    withheld = withheld_items(listed, unit, Window(year).opens_at)
    return Coverage([item for item in withheld if item in found], [item for item in withheld if item not in found])


def self_check_standing(entries: Iterable[Entry], year: int, on: date) -> dict[str, str]:
    """How each unit stands with its self-check on a day: NOT_OPENED, OPENED, REPORTED, or OVERDUE from 1 December.

    All units of the district are asked, those it is not known of included; external bodies are not.
    """
    window, standing = Window(year), dict[str, str]()
    for entry in entries:
        if entry.occurred_at.astimezone(CHINA).date() > on:
            continue
        data = entry.data
        if entry.type == EventType.UNIT_REGISTERED and data["kind"] != "external":
            standing.setdefault(data["unit"], NOT_OPENED)
        elif entry.type == EventType.UNIT_SUCCEEDED:
            standing.pop(data["unit"], None)
        elif entry.type == SupervisionEvent.SELF_CHECK_OPENED and data["cycle"] == window.cycle:
            standing[data["unit"]] = OPENED
        elif entry.type == SupervisionEvent.SELF_CHECK_REPORTED and data["cycle"] == window.cycle:
            standing[data["unit"]] = REPORTED
    if on.isoformat() < window.overdue_from:
        return standing
    return {unit: state if state == REPORTED else OVERDUE for unit, state in standing.items()}


@dataclass(frozen=True, slots=True)
class Owed:
    """Something that should be public and is not; ``due_since`` where it is known."""

    item: str
    unit: str
    due_since: str | None
    found_position: int


def undisclosed_backlog(entries: Iterable[Entry], at: datetime | None = None) -> list[Owed]:
    """What is owed to the public (应公开未公开清单); a publication after the finding is all that closes a duty."""
    owed: dict[str, Owed] = {}
    for entry in _by(entries, at):
        if entry.type == SupervisionEvent.DUTY_FOUND:
            data = entry.data
            owed[data["item"]] = Owed(data["item"], data["unit"], data["due_since"], entry.position)
        elif entry.type == EventType.PUBLISHED:
            owed.pop(entry.data["item"], None)
    return list(owed.values())


@dataclass(frozen=True, slots=True)
class Ordered:
    """A rectification and how it stands: OPEN, LATE (open past its due date) or CLOSED."""

    rectification: str
    unit: str
    due_on: str
    state: str
    closed_on: str | None = None


def rectification_board(entries: Iterable[Entry], on: date) -> list[Ordered]:
    """Every rectification as it stood on a day (整改台账)."""
    orders: dict[str, tuple[str, str]] = {}
    closed: dict[str, str] = {}
    for entry in entries:
        day = entry.occurred_at.astimezone(CHINA).date()
        if day > on:
            continue
        if entry.type == SupervisionEvent.RECTIFICATION_ORDERED:
            orders[entry.data["rectification"]] = (entry.data["unit"], entry.data["due_on"])
        elif entry.type == SupervisionEvent.RECTIFICATION_CONFIRMED:
            closed[entry.data["rectification"]] = day.isoformat()
    return [
        Ordered(number, unit, due_on, _state(due_on, closed.get(number), on), closed.get(number))
        for number, (unit, due_on) in sorted(orders.items())
    ]


def _state(due_on: str, closed_on: str | None, on: date) -> str:
    if closed_on is not None:
        return CLOSED
    return LATE if on.isoformat() > due_on else OPEN


def spot_check_holds(conducted: Entry, entries: Iterable[Entry]) -> bool:
    """Whether a recorded sample is the one that its seed draws, from the entries up to its population's position.

    ``entries`` may be the whole log: what came after that position is left out.
    """
    data = conducted.data
    before = (entry for entry in entries if entry.position <= data["population_position"])
    members = population_of(before, data["population"], data["units"])
    drawn = draw(members, data["seed"], data["sample_size"])
    told = (data["population_size"], data["population_sha256"], data["sample"])
    return told == (len(members), population_digest(members), drawn)


def _by(entries: Iterable[Entry], at: datetime | None) -> Iterator[Entry]:
    return (entry for entry in entries if at is None or entry.occurred_at <= at)
