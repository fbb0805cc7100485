"""The annual report of a unit or of the district: compiled, submitted, published, each with its day.

条例第四十九条: a unit's report is submitted and public by 31 January, the district's by 20 February (国办公开办函〔2021〕30号).
"""

from collections.abc import Mapping
from typing import Any

from eventsourcing.domain import event

from aggregates import fields
from aggregates.appraisal.figures import Rows, digest
from aggregates.appraisal.table_two import Table
from aggregates.appraisal.words_lists import AppraisalFlag, ReportScope
from aggregates.appraisal.words_refusals import AppraisalRefusal
from aggregates.base import Record
from aggregates.deed import Deed
from aggregates.fields import Content
from aggregates.organisation.leadership import Shown
from aggregates.refusal import refuse
from ledger import instants

DEADLINES = {str(ReportScope.UNIT): "01-31", str(ReportScope.DISTRICT): "02-20"}
"""The last day in the year after, month and day."""


class AnnualReport(Record):
    """One annual report; its stream is ``annual_report/<number>``."""

    TOPIC = "annual_report"
    STREAM = "annual_report"
    IDENTIFIER = "report"

    class Compiled(Record.Event):
        """The year's figures and table 2, counted from the entries up to a position (年度报告编制)."""

        TOPIC = "annual_report.compiled/1"
        report: str
        unit: str
        year: int
        scope: str
        cut_off_position: int
        figures: list[dict[str, Any]]
        figures_sha256: str
        table_two: list[dict[str, Any]]

    class Submitted(Record.Event):
        """The report went to the office in charge, in time or flagged (年度报告报送)."""

        TOPIC = "annual_report.submitted/1"
        report: str
        unit: str
        year: int
        scope: str
        content: Content
        due_on: str
        flags: list[str]

    class Published(Record.Event):
        """The report is before the public by an item's publication, in time or flagged (年度报告公布)."""

        TOPIC = "annual_report.published/1"
        report: str
        unit: str
        year: int
        scope: str
        item: str
        publication: str
        published_at: str
        due_on: str
        flags: list[str]

    def __init__(self) -> None:
        self.report, self.unit, self.scope, self.year = "", "", "", 0
        self.submitted = False
        self.published = False

    def compile(
        self,
        deed: Deed,
        *,
        report: str,
        unit: str,
        year: int,
        scope: str,
        cut_off_position: int,
        figures: Rows,
        table_two: Table,
    ) -> None:
        """Count the year when it is over; until the report is submitted or public it may be compiled again."""
        stated = self._stated(deed, report, unit, year, scope)
        self._refuse_done(report, done=self.submitted or self.published)
        self.write(
            self.Compiled,
            deed,
            **stated,
            cut_off_position=cut_off_position,
            figures=figures,
            figures_sha256=digest(figures),
            table_two=table_two,
        )

    @event(Compiled)
    def _compiled(self, report: str, unit: str, year: int, scope: str) -> None:
        self.report, self.unit, self.year, self.scope = report, unit, year, scope

    def submit(self, deed: Deed, *, report: str, unit: str, year: int, scope: str, content: Mapping[str, Any]) -> None:
        """Submit the report, once; after its day it is accepted and flagged LATE_ANNUAL_REPORT."""
        stated = self._stated(deed, report, unit, year, scope)
        self._refuse_done(report, done=self.submitted)
        due = _due(year, scope)
        self.write(
            self.Submitted,
            deed,
            **stated,
            content=fields.content(content, "content"),
            due_on=due,
            flags=_late(deed.day, due),
        )

    @event(Submitted)
    def _submitted(self, report: str, unit: str, year: int, scope: str) -> None:
        self.report, self.unit, self.year, self.scope = report, unit, year, scope
        self.submitted = True

    def publish(self, deed: Deed, *, shown: Shown) -> None:
        """Note the report's publication, once, and whether it was in time."""
        self._refuse_done(self.report, done=self.published)
        due = _due(self.year, self.scope)
        self.write(
            self.Published,
            deed,
            report=self.report,
            unit=self.unit,
            year=self.year,
            scope=self.scope,
            item=shown.item,
            publication=shown.publication,
            published_at=instants.to_text(shown.published_at),
            due_on=due,
            flags=_late(shown.day.isoformat(), due),
        )

    @event(Published)
    def _published(self) -> None:
        self.published = True

    def _stated(self, deed: Deed, report: str, unit: str, year: int, scope: str) -> dict[str, Any]:
        """What every event of the report says of it; it stays one report of one unit, year and scope."""
        stated = {
            "report": fields.code(report, "report"),
            "unit": fields.code(unit, "unit"),
            "year": fields.number(year, "year", least=2007, most=9998),
            "scope": fields.term(ReportScope, scope, "scope"),
        }
        if self.exists and stated != {"report": report, "unit": self.unit, "year": self.year, "scope": self.scope}:
            raise fields.invalid("report", "与该报告已记录的单位、年度或范围不符", "it differs from what was recorded")
        if deed.day[:4] <= f"{year:04d}":
            raise refuse(AppraisalRefusal.YEAR_NOT_OVER, year=year, day=deed.day)
        return stated

    @staticmethod
    def _refuse_done(report: str, *, done: bool) -> None:
        if done:
            raise refuse(AppraisalRefusal.REPORT_DONE_ALREADY, report=report)


def _due(year: int, scope: str) -> str:
    return f"{year + 1:04d}-{DEADLINES[scope]}"


def _late(day: str, due: str) -> list[str]:
    return [str(AppraisalFlag.LATE_ANNUAL_REPORT)] if day > due else []
