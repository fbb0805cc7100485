"""What nobody has seen to (缺口): computed from the record by the functions of the areas, at any moment.

A gap is no duty with a day but something that is missing: an office, somebody on watch, a bulletin.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from aggregates.appraisal.derived import months_without_bulletin
from aggregates.opinion import monitoring
from aggregates.organisation import derived as organisation
from aggregates.terms import Term
from aggregates.vocabulary import EventType, UnitKind
from ledger import instants
from ledger.entry import Entry
from ledger.ledger import Ledger
from projections.feed import day_of
from projections.reading import Answer
from projections.temporal import AsOf

_DUTY_ASSIGNED = "monitoring.duty_assigned/1"
_TYPES = (
    str(EventType.UNIT_REGISTERED),
    str(EventType.UNIT_SUCCEEDED),
    str(EventType.DISCLOSURE_OFFICE_DESIGNATED),
    str(EventType.OFFICER_APPOINTED),
    "leadership.deputy_appointed/1",
    "leadership.deputy_relieved/1",
    "leadership.hearing_held/1",
    "leadership.agenda_item_recorded/1",
    "training.held/1",
    "officer.training_result_recorded/1",
    "bulletin.issued/1",
    _DUTY_ASSIGNED,
)
"""The entries from which gaps are told."""

_LAST_DAY = "12-31"


class GapKind(Term):
    """What may be missing; ``NO_ANNUAL_HEARING`` and its like are the areas' own codes."""

    NO_DISCLOSURE_OFFICE = "NO_DISCLOSURE_OFFICE", "未设公开工作机构", "no disclosure office"
    NO_DEPUTY_IN_CHARGE = "NO_DEPUTY_IN_CHARGE", "无分管负责人", "no deputy in charge"
    SEVERAL_DEPUTIES = "SEVERAL_DEPUTIES", "同时有两名以上分管负责人", "several deputies in charge at once"
    NO_MONITORING_DUTY = "NO_MONITORING_DUTY", "无人值守舆情", "nobody watches public opinion"
    MISSING_BULLETIN = "MISSING_BULLETIN", "未发通报", "no bulletin"
    NO_ANNUAL_HEARING = "NO_ANNUAL_HEARING", "主要负责人全年未听取汇报", "the principal heard no report in the year"
    NO_AGENDA_ITEM = "NO_AGENDA_ITEM", "全年未列入议事日程", "not on the agenda in the year"
    NO_ANNUAL_TRAINING = "NO_ANNUAL_TRAINING", "全年未办培训", "no yearly training"
    UNTRAINED_OFFICER = "UNTRAINED_OFFICER", "未经新兵培训", "an officer without the newcomers' training"


_KINDS = {str(kind): kind for kind in GapKind}
_ARTICLES = {
    GapKind.NO_DISCLOSURE_OFFICE: "(十五)",
    GapKind.NO_MONITORING_DUTY: "(八)",
    GapKind.MISSING_BULLETIN: "(十七)",
    GapKind.UNTRAINED_OFFICER: "(十六)",
    GapKind.NO_ANNUAL_TRAINING: "(十六)",
}


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing; ``until`` None while it goes on, ``unit`` None for the district's own."""

    code: str
    zh: str
    en: str
    source: str
    unit: str | None
    subject: str | None
    since: str | None
    until: str | None


def find(ledger: Ledger, as_of: AsOf, today: str, *, units: frozenset[str] | None = None) -> Answer[tuple[Gap, ...]]:
    """All gaps on a day, as known at a moment; of some units, or of all and the district."""
    moment = as_of.resolve(ledger)
    size = ledger.feed.size()
    position = size if moment.position is None else min(moment.position, size)
    entries = [
        entry
        for entry in _read(ledger, position)
        if moment.occurred is None or instants.to_microseconds(entry.occurred_at) <= moment.occurred
    ]
    return Answer(tuple(gap for gap in tell(entries, today) if units is None or gap.unit in units), position)


def _read(ledger: Ledger, until: int) -> Iterator[Entry]:
    after = 0
    while page := ledger.read(after, until=until, types=_TYPES):
        yield from page
        after = page[-1].position


def tell(entries: Sequence[Entry], today: str) -> Iterator[Gap]:
    """The gaps that these entries leave on a day, ``YYYY-MM-DD``, in the order of the articles."""
    registered = dict(_units(entries))
    yield from _without_watch(entries, registered, today)
    for unit in registered:
        deputies = organisation.deputies_in_charge(entries, unit, today)
        if len(deputies) > 1:
            yield _gap(GapKind.SEVERAL_DEPUTIES, unit, subject=" ".join(deputies))
        elif not deputies:
            yield _gap(GapKind.NO_DEPUTY_IN_CHARGE, unit)
    year = int(today[:4]) if today.endswith(_LAST_DAY) else int(today[:4]) - 1
    for missed in organisation.missed_duties(entries, year):
        yield _gap(_KINDS[missed.code], missed.unit, subject=str(missed.year))
    for office in organisation.office_gaps(entries, today):
        yield _gap(GapKind.NO_DISCLOSURE_OFFICE, office.unit, since=office.since, until=office.until)
    homes = {
        entry.data["officer"]: entry.data["unit"] for entry in entries if entry.type == EventType.OFFICER_APPOINTED
    }
    for officer in sorted(organisation.untrained_officers(entries)):
        yield _gap(GapKind.UNTRAINED_OFFICER, homes[officer], subject=officer)
    for month in months_without_bulletin(entries, today[:7]):
        yield _gap(GapKind.MISSING_BULLETIN, None, subject=month)


def _units(entries: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    """The units of the district that stand, with the day of their registration."""
    ended = {entry.data["unit"] for entry in entries if entry.type == EventType.UNIT_SUCCEEDED}
    for entry in entries:
        if entry.type != EventType.UNIT_REGISTERED or entry.data["kind"] == UnitKind.EXTERNAL:
            continue
        if entry.data["unit"] not in ended:
            yield entry.data["unit"], day_of(instants.to_microseconds(entry.occurred_at))


def _without_watch(entries: Sequence[Entry], registered: dict[str, str], today: str) -> Iterator[Gap]:
    """The days of this year on which nobody watched; the last ends today where it goes on."""
    rosters: dict[str, list[monitoring.Duty]] = {unit: [] for unit in registered}
    for entry in entries:
        if entry.type == _DUTY_ASSIGNED and entry.data["unit"] in rosters:
            data = entry.data
            rosters[data["unit"]].append(monitoring.Duty(data["officer"], data["from_date"], data["until_date"]))
    for unit, duties in rosters.items():
        first = max(registered[unit], f"{today[:4]}-01-01")
        for since, until in monitoring.gaps(duties, first, today):
            yield _gap(GapKind.NO_MONITORING_DUTY, unit, since=since, until=None if until == today else until)


def _gap(kind: GapKind, unit: str | None, **known: str | None) -> Gap:
    known = {"subject": None, "since": None, "until": None, **known}
    return Gap(str(kind), kind.zh, kind.en, _ARTICLES.get(kind, "(十四)"), unit, **known)
