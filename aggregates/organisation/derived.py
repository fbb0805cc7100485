"""What follows from the record and is never recorded: gaps, missed duties, load, reach (十一) (十四) (十五) (十六).

Pure functions from entries in the order of their positions; the caller cuts them off where it wants to
know how things stood.  Days are civil days of the district, ``YYYY-MM-DD``.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from aggregates.deed import CHINA
from aggregates.officer import DISCLOSURE_WORK
from aggregates.organisation.persons import Persons
from aggregates.organisation.words_events import OrganisationEvent
from aggregates.organisation.words_lists import Audience, TrainingKind, TrainingResult
from aggregates.vocabulary import ChannelKind, EventType, UnitKind
from ledger.entry import Entry

MEDIA_CHANNELS = frozenset({ChannelKind.NEWSPAPER, ChannelKind.RADIO, ChannelKind.TELEVISION})


@dataclass(frozen=True, slots=True)
class OfficeGap:
    """A time in which a unit had no disclosure office, in days; ``until`` None while it goes on."""

    unit: str
    since: str
    until: str | None
    days: int


@dataclass(frozen=True, slots=True)
class Missed:
    """A yearly duty that a unit did not do; the code is stable, ``unit`` is None for the district's own."""

    code: str
    unit: str | None
    year: int


# ── (十五) disclosure offices ────────────────────────────────────────────────────────────────────────


def office_gaps(entries: Iterable[Entry], today: str) -> list[OfficeGap]:
    """For each unit of the district the days without a disclosure office, from its registration on."""
    since: dict[str, str] = {}
    named: dict[str, str] = {}
    for entry in entries:
        if entry.type == EventType.UNIT_REGISTERED and entry.data["kind"] != UnitKind.EXTERNAL:
            since[entry.data["unit"]] = _day(entry)
        elif entry.type == EventType.DISCLOSURE_OFFICE_DESIGNATED:
            named.setdefault(entry.data["unit"], _day(entry))
    gaps = [
        OfficeGap(unit, first, named.get(unit), _days(first, named.get(unit, today))) for unit, first in since.items()
    ]
    return [gap for gap in gaps if gap.days > 0]


# ── (十四) leaders ───────────────────────────────────────────────────────────────────────────────────


def deputies_in_charge(entries: Iterable[Entry], unit: str, day: str) -> list[str]:
    """Who is in charge of a unit's disclosure on a day; exactly one is what the rules ask for."""
    terms: list[tuple[str, str, str | None]] = []
    for entry in entries:
        data = entry.data
        if data.get("unit") != unit:
            continue
        if entry.type == OrganisationEvent.DEPUTY_APPOINTED:
            terms.append((data["officer"], data["from_date"], data["until_date"]))
        elif entry.type == OrganisationEvent.DEPUTY_RELIEVED:
            terms = [_ended(term, data["officer"], data["until_date"]) for term in terms]
    return sorted({code for code, first, last in terms if first <= day and (last is None or day <= last)})


def _ended(term: tuple[str, str, str | None], officer: str, until: str) -> tuple[str, str, str | None]:
    code, first, last = term
    return (code, first, until) if code == officer and (last is None or until < last) else term


def missed_duties(entries: Iterable[Entry], year: int) -> list[Missed]:
    """What was to be done by 31 December and was not: hearings, agenda items, the yearly training."""
    begins = f"{year:04d}"
    units: set[str] = set()
    done: dict[str, set[str]] = defaultdict(set)
    trained = False
    for entry in entries:
        if entry.type == EventType.UNIT_REGISTERED and entry.data["kind"] != UnitKind.EXTERNAL:
            if _day(entry)[:4] <= begins:
                units.add(entry.data["unit"])
        elif entry.type in _YEARLY and entry.data["held_on"].startswith(begins):
            done[_YEARLY[entry.type]].add(entry.data["unit"])
        elif entry.type == OrganisationEvent.TRAINING_HELD and entry.data["held_on"].startswith(begins):
            trained = trained or entry.data["kind"] == TrainingKind.ANNUAL
    missed = [Missed(code, unit, year) for code in _YEARLY.values() for unit in sorted(units - done[code])]
    return missed if trained else [*missed, Missed("NO_ANNUAL_TRAINING", None, year)]


_YEARLY: Mapping[str, str] = {
    str(OrganisationEvent.HEARING_HELD): "NO_ANNUAL_HEARING",
    str(OrganisationEvent.AGENDA_ITEM_RECORDED): "NO_AGENDA_ITEM",
}


# ── (十五) load, coordination; (十一) reach ──────────────────────────────────────────────────────────


def staffing_load(entries: Iterable[Entry], period: str) -> dict[str, tuple[int, int]]:
    """By unit: how many acts its disclosure staff did in a month or year, and how many officers did them."""
    acts: Counter[str] = Counter()
    staff: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        actor = entry.actor
        if actor is not None and actor.post in DISCLOSURE_WORK and _day(entry).startswith(period):
            acts[actor.unit] += 1
            staff[actor.unit].add(actor.officer)
    return {unit: (acts[unit], len(staff[unit])) for unit in sorted(acts)}


def pending_confirmations(entries: Iterable[Entry]) -> dict[tuple[str, str], str]:
    """By item and unit: until when an answer about the item's present draft is awaited."""
    waiting: dict[tuple[str, str], str] = {}
    for entry in entries:
        data = entry.data
        if entry.type == OrganisationEvent.CONFIRMATION_REQUESTED:
            waiting.update({(data["item"], unit): data["due_date"] for unit in data["units"]})
        elif entry.type in {OrganisationEvent.INFORMATION_CONFIRMED, OrganisationEvent.INFORMATION_OBJECTED}:
            waiting.pop((data["item"], data["unit"]), None)
    return waiting


def channel_reach(entries: Iterable[Entry]) -> dict[str, dict[str, int]]:
    """By item: on how many channels of each kind it went out."""
    kinds: dict[str, str] = {}
    used: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        data = entry.data
        if entry.type == EventType.CHANNEL_REGISTERED:
            kinds[data["channel"]] = data["kind"]
        elif entry.type == EventType.PUBLISHED:
            used[data["item"]].update(data["channels"])
        elif entry.type == EventType.CHANNEL_ADDED:
            used[data["item"]].add(data["channel"])
    return {item: dict(Counter(kinds[channel] for channel in sorted(channels))) for item, channels in used.items()}


def media_reach(entries: Iterable[Entry]) -> dict[str, int]:
    """By item: on how many channels of newspapers, radio and television it went out, where on any."""
    reach = {
        item: sum(number for kind, number in kinds.items() if kind in MEDIA_CHANNELS)
        for item, kinds in channel_reach(entries).items()
    }
    return {item: number for item, number in reach.items() if number}


# ── (十六) training; (十) persons ────────────────────────────────────────────────────────────────────


def untrained_officers(entries: Iterable[Entry]) -> set[str]:
    """Who was ever appointed to disclosure work and has passed no training for newcomers, newcomer or not."""
    working: set[str] = set()
    trained: set[str] = set()
    for entry in entries:
        data = entry.data
        if entry.type == EventType.OFFICER_APPOINTED and data["post"] in DISCLOSURE_WORK:
            working.add(data["officer"])
        elif entry.type == OrganisationEvent.TRAINING_RESULT_RECORDED and _ends_newness(data):
            trained.add(data["officer"])
    return working - trained


def _ends_newness(result: Mapping[str, str]) -> bool:
    return result["audience"] == Audience.NEWCOMER and result["result"] == TrainingResult.PASSED


def publications_in_one_hand(entries: Iterable[Entry], persons: Persons) -> list[tuple[str, list[str]]]:
    """Publications that a person reviewed who also drafted or published them, as far as is known today.

    What went out before two codes were declared one person is found here; the gate stops what comes.
    """
    found = []
    for entry in entries:
        if entry.type in {EventType.PUBLISHED, EventType.CORRECTED}:
            data = entry.data
            reviewers = {data["reviewer"], data["secrecy_reviewer"]}
            if same := persons.shared(reviewers, {data["drafter"], data["publisher"]}):
                found.append((data["publication"], same))
    return found


def _day(entry: Entry) -> str:
    return entry.occurred_at.astimezone(CHINA).date().isoformat()


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days
