"""Commands of the yearly self-check: opened, item by item, converted, reported (四)."""

from collections.abc import Sequence
from datetime import date

from aggregates import fields
from aggregates.deed import Deed
from aggregates.desk import Data, Desk, Order
from aggregates.document import Document
from aggregates.publication import PUBLISHED, Publication
from aggregates.refusal import refuse
from aggregates.supervision.derived import ATTRIBUTE_TYPES, withheld_items
from aggregates.supervision.duty import DisclosureDuty
from aggregates.supervision.reading import LogReading
from aggregates.supervision.refusals import SupervisionRefusal
from aggregates.supervision.self_check import SelfCheck, Window, refuse_misfit
from aggregates.supervision.words import ChangeCause, DutyCause, FindingConclusion, FindingScope, SupervisionCommand
from ledger.append import Receipt


class SelfCheckCommands(LogReading):
    """每年11月份，各单位自查."""

    def open_self_check(
        self, deed: Deed, *, year: int, units: Sequence[str], expected_version: int | None = None
    ) -> Receipt:
        """Open the self-check ``SC-<year>`` of one unit or, as the district office, of several at once.

        A unit has one a year; before 1 November it is refused, after the 30th it is flagged.
        """

        def decide(desk: Desk) -> None:
            desk.entitle()
            position = self.ledger.head().size
            for unit in _named(units):
                desk.require_unit(unit)
                desk.require_reach(unit)
                file = desk.open(SelfCheck, SelfCheck.identifier(unit, year))
                withheld = self._withheld(unit, year, position) if not file.exists else []
                file.open(desk.deed, unit=unit, year=year, withheld_items=len(withheld))

        data: Data = {"year": year, "units": units}
        order = Order(SupervisionCommand.OPEN_SELF_CHECK, deed, f"SC-{year}", data, "", expected_version)
        return self.carry_out(order, decide)

    def _withheld(self, unit: str, year: int, position: int) -> list[str]:
        """The unit's items that stood withheld when November began, as the log knew by that position."""
        entries = self.entries_until(position, ATTRIBUTE_TYPES)
        return withheld_items(entries, unit, Window(year).opens_at)

    def record_self_check_finding(
        self,
        deed: Deed,
        *,
        unit: str,
        year: int,
        item: str,
        finding_scope: str,
        conclusion: str,
        reason: str,
        requests: int | None = None,
        due_since: str | date | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Record what the self-check found of one item.

        ``finding_scope`` is WITHHELD, ON_REQUEST_CLUSTER (with the ``requests`` of twelve months) or
        UNDISCLOSED, which may be about an item that nobody drafted yet.  ``conclusion`` is KEPT,
        CONVERTIBLE or SHOULD_BE_DISCLOSED; the last also puts it on the list of what is owed to the public.
        """
        data: Data = {
            "item": item,
            "finding_scope": finding_scope,
            "conclusion": conclusion,
            "reason": reason,
            "requests": requests,
            "due_since": due_since,
        }

        def decide(desk: Desk) -> None:
            file = _opened(desk, unit, year)
            attribute = _attribute_of(desk, unit, item, finding_scope)
            cluster_from = desk.rules.number("self_check_cluster_requests")
            file.record_finding(desk.deed, **data, attribute=attribute, cluster_from=cluster_from)
            if conclusion == FindingConclusion.SHOULD_BE_DISCLOSED:
                desk.open(DisclosureDuty, item).find(
                    desk.deed,
                    desk.read(Publication, item),
                    item=item,
                    unit=unit,
                    cause=str(DutyCause.SELF_CHECK),
                    cycle=file.window.cycle,
                    reason=reason,
                    due_since=due_since,
                )

        order = Order(
            SupervisionCommand.RECORD_SELF_CHECK_FINDING,
            deed,
            item,
            {"unit": unit, "year": year, **data},
            _stream(unit, year),
            expected_version,
        )
        return self.carry_out(order, decide)

    def convert_to_proactive(
        self, deed: Deed, *, item: str, year: int, reason: str, expected_version: int | None = None
    ) -> Receipt:
        """Turn an item that the self-check found convertible into proactive disclosure; the old decision is kept.

        Refused NOT_REVIEWED without a secrecy review of the present draft that was made after the
        finding and clears it.  The attribute review and the approval follow anew before it is published.
        """

        def decide(desk: Desk) -> None:
            desk.entitle()
            document = desk.document(item)
            desk.require_reach(document.unit)
            file = desk.read(SelfCheck, SelfCheck.identifier(document.unit, year))
            if not file.exists:
                raise refuse(SupervisionRefusal.SELF_CHECK_UNKNOWN, unit=document.unit, year=year)
            finding = file.finding_for_disclosure(item)
            document.convert_to_proactive(
                desk.deed,
                cause=str(ChangeCause.SELF_CHECK),
                cycle=file.window.cycle,
                reason=reason,
                since=finding.found_at,
            )

        data: Data = {"item": item, "year": year, "reason": reason}
        command = SupervisionCommand.CONVERT_TO_PROACTIVE
        order = Order(command, deed, item, data, Document.stream_of(item), expected_version)
        return self.carry_out(order, decide)

    def submit_self_check_report(
        self,
        deed: Deed,
        *,
        unit: str,
        year: int,
        findings: int,
        kept: int,
        convertible: int,
        should_be_disclosed: int,
        note: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Report the self-check to the district office; the counts must be those recorded (REPORT_COUNTS_DIFFER).

        What was converted and published meanwhile, and which withheld items were left unchecked, is
        counted from the ledger itself.
        """
        stated = {
            "findings": findings,
            "kept": kept,
            "convertible": convertible,
            "should_be_disclosed": should_be_disclosed,
        }

        def decide(desk: Desk) -> None:
            file = _opened(desk, unit, year)
            converted, disclosed = _rectified(desk, file)
            file.report(
                desk.deed,
                stated=stated,
                converted=converted,
                disclosed=disclosed,
                withheld=self._withheld(unit, year, self.ledger.head().size),
                refuse_unchecked=desk.rules.refuses("self_check_incomplete"),
                note=note,
            )

        data: Data = {"unit": unit, "year": year, **stated, "note": note}
        command = SupervisionCommand.SUBMIT_SELF_CHECK_REPORT
        order = Order(command, deed, unit, data, _stream(unit, year), expected_version)
        return self.carry_out(order, decide)

    def order_disclosure(
        self,
        deed: Deed,
        *,
        item: str,
        unit: str,
        cause: str,
        reason: str,
        spot_check: str | None = None,
        due_since: str | date | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Put an item on the list of what a unit should have disclosed; only its publication takes it off."""
        data: Data = {
            "item": item,
            "unit": unit,
            "cause": cause,
            "reason": reason,
            "spot_check": spot_check,
            "due_since": due_since,
        }

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_unit(unit)
            desk.require_reach(unit)
            desk.open(DisclosureDuty, item).find(desk.deed, desk.read(Publication, item), **data)

        stream = DisclosureDuty.stream_of(item)
        order = Order(SupervisionCommand.ORDER_DISCLOSURE, deed, item, data, stream, expected_version)
        return self.carry_out(order, decide)


def _named(units: Sequence[str]) -> list[str]:
    named = fields.codes(units, "units")
    if not named:
        raise fields.invalid("units", "至少一个单位", "it must name at least one unit")
    return named


def _stream(unit: str, year: int) -> str:
    return SelfCheck.stream_of(f"{unit}-{year}")


def _opened(desk: Desk, unit: str, year: int) -> SelfCheck:
    """The unit's self-check of the year, to write in; it must be open and within reach."""
    desk.entitle()
    desk.require_unit(unit)
    desk.require_reach(unit)
    file = desk.open(SelfCheck, SelfCheck.identifier(unit, year))
    if not file.exists:
        raise refuse(SupervisionRefusal.SELF_CHECK_UNKNOWN, unit=unit, year=year)
    return file


def _attribute_of(desk: Desk, unit: str, item: str, finding_scope: str) -> str | None:
    """The item's attribute now; what is undisclosed may not have been drafted yet."""
    undisclosed = finding_scope == FindingScope.UNDISCLOSED
    document = desk.read(Document, item) if undisclosed else desk.document_read(item)
    if document.exists and document.unit != unit:
        desk.require_reach(document.unit)
    refuse_misfit(item, finding_scope, document.attribute)
    return document.attribute


def _rectified(desk: Desk, file: SelfCheck) -> tuple[int, int]:
    """How many of the findings that call for disclosure were converted in this cycle, and how many stand published."""
    items = [finding.item for finding in file.findings.values() if finding.calls_for_disclosure]
    converted = sum(file.window.cycle in desk.read(Document, item).conversions for item in items)
    latest = [desk.read(Publication, item).latest for item in items]
    return converted, sum(standing is not None and standing.state == PUBLISHED for standing in latest)
