"""The yearly self-check of one unit (自查): opened in November, item by item, and reported (四).

每年11月份，各单位要对本单位不予公开的信息以及依申请公开较为集中的信息进行全面自查.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from eventsourcing.domain import event

from aggregates import fields
from aggregates.base import Record
from aggregates.deed import CHINA, Deed
from aggregates.refusal import RefusalCode, refuse
from aggregates.supervision.refusals import SupervisionRefusal
from aggregates.supervision.words import FindingConclusion, FindingScope, SupervisionFlag
from aggregates.vocabulary import Attribute

FIRST_YEAR, LAST_YEAR = 2017, 9998
NAMED = 200
"""How many unchecked items a report names; it counts all of them."""

COUNTS: Mapping[str, tuple[str, str]] = {
    "findings": ("情况数", "findings"),
    "kept": ("维持数", "kept"),
    "convertible": ("可转数", "convertible"),
    "should_be_disclosed": ("应公开未公开数", "should have been disclosed"),
}
"""What a report counts, as people call it."""


@dataclass(frozen=True, slots=True)
class Window:
    """November of a year: the days of the self-check, and the moment at which withheld items are counted."""

    year: int

    @property
    def first_day(self) -> str:
        """1 November."""
        return date(self.year, 11, 1).isoformat()

    @property
    def last_day(self) -> str:
        """30 November."""
        return date(self.year, 11, 30).isoformat()

    @property
    def overdue_from(self) -> str:
        """1 December: whoever has not reported is overdue from then on."""
        return (date(self.year, 11, 30) + timedelta(days=1)).isoformat()

    @property
    def opens_at(self) -> datetime:
        """The first moment of 1 November in the district: what was withheld then is to be checked."""
        return datetime(self.year, 11, 1, tzinfo=CHINA)

    @property
    def cycle(self) -> str:
        """The cycle's id, the same for all units of the year."""
        return f"SC-{self.year}"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one item, and when."""

    finding_number: str
    item: str
    conclusion: str
    found_at: datetime

    @property
    def calls_for_disclosure(self) -> bool:
        """Whether something must follow for the item (应当公开、可转为主动公开)."""
        return self.conclusion != FindingConclusion.KEPT


class SelfCheck(Record):
    """One unit's self-check of one year; its stream is ``self_check/<unit>-<year>``."""

    TOPIC = "self_check"
    STREAM = "self_check"
    IDENTIFIER = "cycle"

    class Opened(Record.Event):
        """The unit's self-check of the year has begun (自查启动)."""

        TOPIC = "self_check.opened/1"
        cycle: str
        unit: str
        year: int
        window_from: str
        window_until: str
        withheld_items: int
        flags: list[str]

    class FindingRecorded(Record.Event):
        """One item was looked at, and this was found (自查情况登记)."""

        TOPIC = "self_check.finding_recorded/1"
        cycle: str
        unit: str
        finding_number: str
        item: str
        finding_scope: str
        attribute: str | None
        conclusion: str
        requests: int | None
        clustered: bool
        due_since: str | None
        reason: str
        flags: list[str]

    class Reported(Record.Event):
        """The unit reported to the district office, in the numbers that are recorded here (自查整改报送)."""

        TOPIC = "self_check.reported/1"
        cycle: str
        unit: str
        findings: int
        kept: int
        convertible: int
        should_be_disclosed: int
        converted: int
        disclosed: int
        withheld_items: int
        unchecked_count: int
        unchecked: list[str]
        note: str | None
        flags: list[str]

    def __init__(self) -> None:
        self.unit = ""
        self.window = Window(FIRST_YEAR)
        self.findings: dict[str, Finding] = {}
        self.reported_on: str | None = None

    @staticmethod
    def identifier(unit: str, year: int) -> str:
        """What names the file: one a unit a year, so that no unit is checked twice."""
        return f"{fields.code(unit, 'unit')}-{fields.number(year, 'year', least=FIRST_YEAR, most=LAST_YEAR)}"

    # ── decisions ─────────────────────────────────────────────────────────────────────────────────

    def open(self, deed: Deed, *, unit: str, year: int, withheld_items: int) -> None:
        """Begin the year's self-check, in November or, flagged, after it; never before."""
        if self.exists:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=self.stream)
        window = Window(year)
        if deed.day < window.first_day:
            raise refuse(SupervisionRefusal.SELF_CHECK_TOO_EARLY, year=year, window_from=window.first_day, day=deed.day)
        self.write(
            self.Opened,
            deed,
            cycle=window.cycle,
            unit=unit,
            year=year,
            window_from=window.first_day,
            window_until=window.last_day,
            withheld_items=withheld_items,
            flags=self._late(deed, window, SupervisionFlag.OPENED_LATE),
        )

    def record_finding(
        self,
        deed: Deed,
        *,
        item: str,
        finding_scope: str,
        conclusion: str,
        reason: str,
        attribute: str | None,
        cluster_from: int,
        requests: int | None = None,
        due_since: str | date | None = None,
    ) -> None:
        """Write down what was found of one item, once; ``cluster_from`` requests make it often asked for."""
        self._refuse_reported()
        self.refuse_back_dating(deed)
        if item in self.findings:
            number = self.findings[item].finding_number
            raise refuse(SupervisionRefusal.ALREADY_CHECKED, item=item, finding_number=number)
        asked = None if requests is None else fields.number(requests, "requests", least=0)
        self.write(
            self.FindingRecorded,
            deed,
            cycle=self.window.cycle,
            unit=self.unit,
            finding_number=f"{self.window.cycle}/{self.unit}/{len(self.findings) + 1}",
            item=fields.code(item, "item"),
            finding_scope=fields.term(FindingScope, finding_scope, "finding_scope"),
            attribute=attribute,
            conclusion=fields.term(FindingConclusion, conclusion, "conclusion"),
            requests=asked,
            clustered=asked is not None and asked >= cluster_from,
            due_since=fields.optional_day(due_since, "due_since"),
            reason=fields.text(reason, "reason", longest=fields.LONG),
            flags=self._late(deed, self.window, SupervisionFlag.RECORDED_LATE),
        )

    def report(
        self,
        deed: Deed,
        *,
        stated: Mapping[str, int],
        converted: int,
        disclosed: int,
        withheld: Iterable[str],
        refuse_unchecked: bool,
        note: str | None = None,
    ) -> None:
        """Report to the district office; the counts stated must be those recorded, one by one."""
        self._refuse_reported()
        self.refuse_back_dating(deed)
        self._refuse_differing({name: fields.number(stated[name], name, least=0) for name in COUNTS})
        population = sorted(withheld)
        unchecked = [item for item in population if item not in self.findings]
        if unchecked and refuse_unchecked:
            raise refuse(
                SupervisionRefusal.SELF_CHECK_INCOMPLETE,
                unit=self.unit,
                number=len(unchecked),
                items=", ".join(unchecked[:10]),
            )
        late = self._late(deed, self.window, SupervisionFlag.REPORTED_LATE)
        self.write(
            self.Reported,
            deed,
            cycle=self.window.cycle,
            unit=self.unit,
            **self.counts(),
            converted=converted,
            disclosed=disclosed,
            withheld_items=len(population),
            unchecked_count=len(unchecked),
            unchecked=unchecked[:NAMED],
            note=fields.optional_text(note, "note", longest=fields.LONG),
            flags=[*late, *([str(SupervisionFlag.UNCHECKED_ITEMS)] if unchecked else [])],
        )

    # ── facts ─────────────────────────────────────────────────────────────────────────────────────

    def counts(self) -> dict[str, int]:
        """The findings counted by what they say, as a report must state them."""
        conclusions = [finding.conclusion for finding in self.findings.values()]
        return {
            "findings": len(conclusions),
            "kept": conclusions.count(str(FindingConclusion.KEPT)),
            "convertible": conclusions.count(str(FindingConclusion.CONVERTIBLE)),
            "should_be_disclosed": conclusions.count(str(FindingConclusion.SHOULD_BE_DISCLOSED)),
        }

    def finding_for_disclosure(self, item: str) -> Finding:
        """The finding by which the item may be converted.  Refuses NOT_FOUND_CONVERTIBLE."""
        finding = self.findings.get(item)
        if finding is None or not finding.calls_for_disclosure:
            raise refuse(SupervisionRefusal.NOT_FOUND_CONVERTIBLE, item=item, unit=self.unit, year=self.window.year)
        return finding

    def _refuse_reported(self) -> None:
        if self.reported_on is not None:
            raise refuse(SupervisionRefusal.SELF_CHECK_REPORTED, unit=self.unit, year=self.window.year)

    def _refuse_differing(self, stated: Mapping[str, int]) -> None:
        recorded = self.counts()
        differing = {name: (stated[name], recorded[name]) for name in COUNTS if stated[name] != recorded[name]}
        if not differing:
            return
        raise refuse(
            SupervisionRefusal.REPORT_COUNTS_DIFFER,
            unit=self.unit,
            stated=dict(stated),
            recorded=recorded,
            differences_zh="；".join(f"{COUNTS[name][0]}报{a}、登记{b}" for name, (a, b) in differing.items()),
            differences="; ".join(f"{COUNTS[name][1]}: {a} stated, {b} recorded" for name, (a, b) in differing.items()),
        )

    @staticmethod
    def _late(deed: Deed, window: Window, flag: SupervisionFlag) -> list[str]:
        return [str(flag)] if deed.day > window.last_day else []

    # ── how each event is filed; nothing is judged here ───────────────────────────────────────────────

    @event(Opened)
    def _opened(self, unit: str, year: int) -> None:
        self.unit, self.window = unit, Window(year)

    @event(FindingRecorded)
    def _finding_recorded(self, *, finding_number: str, item: str, conclusion: str, timestamp: datetime) -> None:
        self.findings[item] = Finding(finding_number, item, conclusion, timestamp)

    @event(Reported)
    def _reported(self, timestamp: datetime) -> None:
        self.reported_on = timestamp.astimezone(CHINA).date().isoformat()


_LOOKED_AT = {
    FindingScope.WITHHELD: {Attribute.WITHHELD, Attribute.PARTIAL},
    FindingScope.ON_REQUEST_CLUSTER: {Attribute.ON_REQUEST, Attribute.WITHHELD, Attribute.PARTIAL},
}


def refuse_misfit(item: str, finding_scope: str, attribute: str | None) -> None:
    """Refuse to look at an item for a reason that its attribute does not bear out; None: nothing is determined."""
    named = fields.term(FindingScope, finding_scope, "finding_scope")
    scope = next(term for term in FindingScope if term == named)
    if scope in _LOOKED_AT and attribute not in _LOOKED_AT[scope]:
        raise refuse(
            SupervisionRefusal.FINDING_SCOPE_MISMATCH,
            item=item,
            attribute=attribute or "—",
            scope=scope.en,
            scope_zh=scope.zh,
        )
