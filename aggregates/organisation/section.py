"""The disclosure section: its establishment, inspections, cooperation, the gazette, inconsistencies (十五)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from eventsourcing.domain import event

from aggregates import fields
from aggregates.base import Record
from aggregates.deed import Deed
from aggregates.fields import Content
from aggregates.organisation.words_lists import Counterpart, SectionDuty
from aggregates.organisation.words_refusals import OrganisationRefusal
from aggregates.refusal import RefusalCode, refuse


class Section(Record):
    """The 政务公开科; its stream is ``section/<unit>`` of the district office."""

    TOPIC = "section"
    STREAM = "section"
    IDENTIFIER = "unit"

    class Established(Record.Event):
        """The district office set up the section that does the work, with its duties (政务公开科设立)."""

        TOPIC = "section.established/1"
        unit: str
        section_zh: str
        duties: list[str]

    def __init__(self) -> None:
        self.section_zh = ""

    def establish(self, deed: Deed, *, unit: str, section_zh: str, duties: Iterable[str]) -> None:
        """Set the section up, once; all six lines of work are its duties unless fewer are named."""
        if self.exists:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=self.stream)
        named = [fields.term(SectionDuty, duty, "duties") for duty in fields.codes(duties, "duties")]
        self.write(
            self.Established,
            deed,
            unit=unit,
            section_zh=fields.text(section_zh, "section_zh"),
            duties=named or [str(duty) for duty in SectionDuty],
        )

    @event(Established)
    def _established(self, section_zh: str) -> None:
        self.section_zh = section_zh


class Inspection(Record):
    """One inspection of a unit by the section; its stream is ``inspection/<number>``."""

    TOPIC = "inspection"
    STREAM = "inspection"
    IDENTIFIER = "inspection"

    class Conducted(Record.Event):
        """What was looked into at a unit, and what was found (监督检查)."""

        TOPIC = "inspection.conducted/1"
        inspection: str
        unit: str
        inspected_on: str
        scope: str
        finding: str
        evidence_positions: list[int]

    def __init__(self) -> None:
        self.inspection = ""

    def conduct(
        self,
        deed: Deed,
        *,
        inspection: str,
        unit: str,
        scope: str,
        finding: str,
        inspected_on: str | date | None = None,
        evidence_positions: Iterable[int] = (),
    ) -> None:
        """Write the inspection down; what it found may cite positions of this ledger."""
        if self.exists:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=self.stream)
        self.write(
            self.Conducted,
            deed,
            inspection=fields.code(inspection, "inspection"),
            unit=fields.code(unit, "unit"),
            inspected_on=fields.day(inspected_on or deed.day, "inspected_on"),
            scope=fields.text(scope, "scope", longest=fields.LONG),
            finding=fields.text(finding, "finding", longest=fields.LONG),
            evidence_positions=fields.numbers(evidence_positions, "evidence_positions"),
        )

    @event(Conducted)
    def _conducted(self, inspection: str) -> None:
        self.inspection = inspection


class Cooperation(Record):
    """One act of cooperation with publicity or cyberspace; its stream is ``cooperation/<number>``."""

    TOPIC = "cooperation"
    STREAM = "cooperation"
    IDENTIFIER = "cooperation"

    class Recorded(Record.Event):
        """The section worked together with a counterpart (紧密协作)."""

        TOPIC = "cooperation.recorded/1"
        cooperation: str
        unit: str
        counterpart: str
        counterpart_kind: str
        cooperated_on: str
        subject: str
        note: str | None

    def __init__(self) -> None:
        self.cooperation = ""

    def record(
        self,
        deed: Deed,
        *,
        cooperation: str,
        unit: str,
        counterpart: str,
        counterpart_kind: str,
        subject: str,
        cooperated_on: str | date | None = None,
        note: str | None = None,
    ) -> None:
        """Write the cooperation down with its counterpart."""
        if self.exists:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=self.stream)
        self.write(
            self.Recorded,
            deed,
            cooperation=fields.code(cooperation, "cooperation"),
            unit=unit,
            counterpart=fields.text(counterpart, "counterpart"),
            counterpart_kind=fields.term(Counterpart, counterpart_kind, "counterpart_kind"),
            cooperated_on=fields.day(cooperated_on or deed.day, "cooperated_on"),
            subject=fields.text(subject, "subject"),
            note=fields.optional_text(note, "note", longest=fields.LONG),
        )

    @event(Recorded)
    def _recorded(self, cooperation: str) -> None:
        self.cooperation = cooperation


class Gazette(Record):
    """One issue of the government gazette; its stream is ``gazette/<issue>``."""

    TOPIC = "gazette"
    STREAM = "gazette"
    IDENTIFIER = "issue"

    class IssuePublished(Record.Event):
        """The issue is out, with the publications it contains (政府公报发布)."""

        TOPIC = "gazette.issue_published/1"
        issue: str
        unit: str
        year: int
        number: int
        channel: str
        publications: list[str]
        content: Content | None
        published_at: str

    def __init__(self) -> None:
        self.issue = ""

    def publish(
        self,
        deed: Deed,
        *,
        issue: str,
        unit: str,
        year: int,
        number: int,
        channel: str,
        publications: list[str],
        content: Mapping[str, Any] | None,
    ) -> None:
        """Put the issue out, once; it contains publications that stand, at least one."""
        if self.exists:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=self.stream)
        if not publications:
            raise refuse(OrganisationRefusal.GAZETTE_ISSUE_EMPTY, issue=issue)
        self.write(
            self.IssuePublished,
            deed,
            issue=fields.code(issue, "issue"),
            unit=unit,
            year=fields.number(year, "year", least=1949, most=9999),
            number=fields.number(number, "number", most=999),
            channel=channel,
            publications=publications,
            content=None if content is None else fields.content(content, "content"),
            published_at=fields.instant(deed.occurred_at, "published_at"),
        )

    @event(IssuePublished)
    def _issue_published(self, issue: str) -> None:
        self.issue = issue


class Inconsistency(Record):
    """One fact that two units published differently; its stream is ``inconsistency/<number>``."""

    TOPIC = "inconsistency"
    STREAM = "inconsistency"
    IDENTIFIER = "inconsistency"

    class Flagged(Record.Event):
        """Publications of at least two units say different things of one fact (信息不一致)."""

        TOPIC = "inconsistency.flagged/1"
        inconsistency: str
        fact: str
        units: list[str]
        publications: list[str]
        values: list[dict[str, str]]

    def __init__(self) -> None:
        self.inconsistency = ""

    def flag(self, deed: Deed, *, inconsistency: str, fact: str, values: list[dict[str, str]]) -> None:
        """Flag it; ``values`` state item, publication, unit and what it says there."""
        if self.exists:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=self.stream)
        units = sorted({value["unit"] for value in values})
        distinct = {value["value"] for value in values}
        if min(len(units), len(distinct)) < 2:  # noqa: PLR2004 - a disagreement has two sides
            raise refuse(OrganisationRefusal.NOT_INCONSISTENT, units=len(units), values=len(distinct))
        self.write(
            self.Flagged,
            deed,
            inconsistency=fields.code(inconsistency, "inconsistency"),
            fact=fields.text(fact, "fact"),
            units=units,
            publications=[value["publication"] for value in values],
            values=values,
        )

    @event(Flagged)
    def _flagged(self, inconsistency: str) -> None:
        self.inconsistency = inconsistency
