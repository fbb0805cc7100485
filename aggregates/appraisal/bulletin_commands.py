"""Commands on bulletins and annual reports (十七)."""

import re
from collections.abc import Mapping
from typing import Any

from aggregates import fields
from aggregates.appraisal import table_two as tables
from aggregates.appraisal.annual_report import AnnualReport
from aggregates.appraisal.bulletin import Bulletins
from aggregates.appraisal.counting import Counting
from aggregates.appraisal.figures import figures_of
from aggregates.appraisal.words_commands import AppraisalCommand as Command
from aggregates.appraisal.words_lists import ReportScope
from aggregates.appraisal.words_refusals import AppraisalRefusal
from aggregates.deed import Deed
from aggregates.desk import DISTRICT, Data, Desk, Order
from aggregates.organisation.showing import shown_by
from aggregates.refusal import refuse
from ledger.append import Receipt

_MONTH = re.compile(r"(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])")


class BulletinCommands(Counting):
    """建立政府信息公开每月通报制度，对各单位每月政府信息公开情况进行汇总和通报."""

    def compile_monthly_bulletin(
        self,
        deed: Deed,
        *,
        bulletin: str,
        month: str,
        cut_off_position: int | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Count each unit's disclosures of a month ``YYYY-MM`` from the entries up to a position, the last if none.

        The figures are frozen in the event with their digest; anybody who counts the same entries again
        gets the same (``figures.figures_of``).
        """
        data: Data = {"bulletin": bulletin, "month": month, "cut_off_position": cut_off_position}

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_reach(None)
            self._compile(desk, bulletin, _month(month), cut_off_position)

        return self.carry_out(
            self._bulletin_order(Command.COMPILE_MONTHLY_BULLETIN, deed, data, expected_version), decide
        )

    def issue_monthly_bulletin(
        self,
        deed: Deed,
        *,
        bulletin: str,
        month: str,
        cut_off_position: int | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Issue a month's bulletin with the figures last compiled; compiled now if they never were.

        Months before it that had none are named and flagged MISSING_BULLETIN.
        """
        data: Data = {"bulletin": bulletin, "month": month, "cut_off_position": cut_off_position}

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_reach(None)
            file = desk.open(Bulletins, DISTRICT)
            if _month(month) not in file.compiled or cut_off_position is not None:
                self._compile(desk, bulletin, month, cut_off_position)
            file.issue(desk.deed, bulletin=bulletin, month=month)

        return self.carry_out(
            self._bulletin_order(Command.ISSUE_MONTHLY_BULLETIN, deed, data, expected_version), decide
        )

    @staticmethod
    def _bulletin_order(command: Command, deed: Deed, data: Data, expected_version: int | None) -> Order:
        subject = f"bulletin/{data['bulletin']}"
        return Order(command, deed, subject, data, Bulletins.stream_of(DISTRICT), expected_version)

    def _compile(self, desk: Desk, bulletin: str, month: str, cut_off_position: int | None) -> None:
        position = self.cut_off(cut_off_position)
        figures = figures_of(self.counted_entries(position), month)
        desk.open(Bulletins, DISTRICT).compile(
            desk.deed, bulletin=bulletin, month=month, cut_off_position=position, figures=figures
        )

    # ── annual reports ────────────────────────────────────────────────────────────────────────────

    def compile_annual_report(
        self,
        deed: Deed,
        *,
        report: str,
        year: int,
        unit: str,
        scope: str = ReportScope.UNIT,
        cut_off_position: int | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Count a year, with table 2 of the form, for a unit's report or of all units (``scope`` DISTRICT).

        ``unit`` answers for the report; for the district's it is the district office.
        """
        data: Data = {
            "report": report,
            "year": year,
            "unit": unit,
            "scope": scope,
            "cut_off_position": cut_off_position,
        }

        def decide(desk: Desk) -> None:
            _require_reporter(desk, unit, scope)
            position = self.cut_off(cut_off_position)
            counted = figures_of(self.counted_entries(position), f"{fields.number(year, 'year', most=9998):04d}")
            own = [row for row in counted if scope == ReportScope.DISTRICT or row["unit"] == unit]
            of_requests = self.counted_entries(position, tables.TYPES)
            desk.open(AnnualReport, report).compile(
                desk.deed,
                table_two=tables.table_two(of_requests, year, None if scope == ReportScope.DISTRICT else {unit}),
                report=report,
                unit=unit,
                year=year,
                scope=scope,
                cut_off_position=position,
                figures=own,
            )

        return self.carry_out(_report_order(Command.COMPILE_ANNUAL_REPORT, deed, data, expected_version), decide)

    def submit_annual_report(
        self,
        deed: Deed,
        *,
        report: str,
        year: int,
        unit: str,
        content: Mapping[str, Any],
        scope: str = ReportScope.UNIT,
        expected_version: int | None = None,
    ) -> Receipt:
        """Submit a unit's report by 31 January; ``content`` is the stored report.  Later it is flagged."""
        data: Data = {"report": report, "year": year, "unit": unit, "content": content, "scope": scope}

        def decide(desk: Desk) -> None:
            _require_reporter(desk, unit, scope)
            file = desk.open(AnnualReport, report)
            file.submit(desk.deed, report=report, unit=unit, year=year, scope=scope, content=content)
            self.require_stored([fields.content(content, "content")])

        return self.carry_out(_report_order(Command.SUBMIT_ANNUAL_REPORT, deed, data, expected_version), decide)

    def publish_annual_report(
        self, deed: Deed, *, report: str, item: str, expected_version: int | None = None
    ) -> Receipt:
        """Record that a report is public, by the item that shows it; after its day it is flagged.

        The district's report is due on 20 February, a unit's on 31 January.
        """
        data: Data = {"report": report, "item": item}

        def decide(desk: Desk) -> None:
            desk.entitle()
            file = desk.open(AnnualReport, report)
            if not file.exists:
                raise refuse(AppraisalRefusal.ANNUAL_REPORT_UNKNOWN, report=report)
            desk.require_reach(file.unit)
            file.publish(desk.deed, shown=shown_by(desk, item))

        return self.carry_out(_report_order(Command.PUBLISH_ANNUAL_REPORT, deed, data, expected_version), decide)


def _report_order(command: Command, deed: Deed, data: Data, expected_version: int | None) -> Order:
    stream = AnnualReport.stream_of(data["report"])
    return Order(command, deed, stream, data, stream, expected_version)


def _require_reporter(desk: Desk, unit: str, scope: str) -> None:
    """Refuse a report of another unit, and the district's from anywhere but the district office."""
    desk.entitle()
    desk.require_reach(unit)
    if desk.require_unit(unit).is_district_office:
        return
    if scope == ReportScope.DISTRICT:
        raise desk.not_district_office()


def _month(month: str) -> str:
    if not _MONTH.fullmatch(fields.text(month, "month")):
        raise fields.invalid("month", "须为YYYY-MM格式的月份", "it must be a month written YYYY-MM")
    return month
