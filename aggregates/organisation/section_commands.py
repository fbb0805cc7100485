"""Commands of the disclosure section, and on inconsistencies between units (十五)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from aggregates import fields
from aggregates.channel import Channel
from aggregates.deed import Deed
from aggregates.desk import Data, Desk, Order
from aggregates.document import Document
from aggregates.office import Office
from aggregates.organisation.section import Cooperation, Gazette, Inconsistency, Inspection, Section
from aggregates.organisation.words_commands import OrganisationCommand as Command
from aggregates.organisation.words_refusals import OrganisationRefusal
from aggregates.publication import Publication
from aggregates.refusal import RefusalCode, refuse
from aggregates.vocabulary import ChannelKind
from ledger.append import Receipt


class SectionCommands(Office):
    """政务公开科要组织协调、指导推进、监督检查区、镇级政务公开工作."""

    def establish_disclosure_section(
        self,
        deed: Deed,
        *,
        unit: str,
        section_zh: str,
        duties: Sequence[str] = (),
        expected_version: int | None = None,
    ) -> Receipt:
        """Record that the district office set up its disclosure section; without ``duties`` all six lines of work."""
        data: Data = {"unit": unit, "section_zh": section_zh, "duties": duties}

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_reach(unit)
            if not desk.require_unit(unit).is_district_office:
                raise refuse(OrganisationRefusal.SECTION_NOT_OF_DISTRICT_OFFICE, unit=unit)
            desk.open(Section, unit).establish(desk.deed, **data)

        stream = Section.stream_of(unit)
        order = Order(Command.ESTABLISH_DISCLOSURE_SECTION, deed, unit, data, stream, expected_version)
        return self.carry_out(order, decide)

    def conduct_inspection(
        self,
        deed: Deed,
        *,
        inspection: str,
        unit: str,
        scope: str,
        finding: str,
        inspected_on: str | date | None = None,
        evidence_positions: Sequence[int] = (),
        expected_version: int | None = None,
    ) -> Receipt:
        """Record an inspection of a unit, town or sub-district: what was looked into and found."""
        data: Data = {
            "inspection": inspection,
            "unit": unit,
            "scope": scope,
            "finding": finding,
            "inspected_on": inspected_on,
            "evidence_positions": evidence_positions,
        }

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_reach(unit)
            desk.require_unit(unit)
            desk.open(Inspection, inspection, likely_new=True).conduct(desk.deed, **data)
            self.require_recorded(evidence_positions)

        stream = Inspection.stream_of(inspection)
        return self.carry_out(Order(Command.CONDUCT_INSPECTION, deed, stream, data, stream, expected_version), decide)

    def require_recorded(self, positions: Sequence[int]) -> None:
        """Refuse a position at which this ledger holds nothing."""
        size = self.ledger.head().size
        for position in fields.numbers(positions, "evidence_positions"):
            if position > size:
                raise refuse(RefusalCode.EVIDENCE_UNKNOWN, position=position, size=size)

    def record_section_cooperation(
        self,
        deed: Deed,
        *,
        cooperation: str,
        counterpart: str,
        counterpart_kind: str,
        subject: str,
        cooperated_on: str | date | None = None,
        note: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Record that the section worked together with a publicity or cyberspace department, or media."""
        data: Data = {
            "cooperation": cooperation,
            "counterpart": counterpart,
            "counterpart_kind": counterpart_kind,
            "subject": subject,
            "cooperated_on": cooperated_on,
            "note": note,
        }

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_reach(None)
            desk.open(Cooperation, cooperation, likely_new=True).record(desk.deed, unit=desk.deed.unit, **data)

        stream = Cooperation.stream_of(cooperation)
        return self.carry_out(
            Order(Command.RECORD_SECTION_COOPERATION, deed, stream, data, stream, expected_version), decide
        )

    def publish_gazette_issue(
        self,
        deed: Deed,
        *,
        issue: str,
        year: int,
        number: int,
        channel: str,
        items: Sequence[str],
        content: Mapping[str, Any] | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Put out an issue of the gazette with items that stand published; ``content`` is the issue as printed.

        Nothing goes out here that did not pass the gate: each item gets the gazette as a further
        channel in the same commit, unless it has it already.
        """
        data: Data = {
            "issue": issue,
            "year": year,
            "number": number,
            "channel": channel,
            "items": items,
            "content": content,
        }

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_reach(None)
            _require_gazette(desk, issue, channel)
            file = desk.open(Gazette, issue, likely_new=True)
            publications = [_contained(desk, item, channel) for item in fields.codes(items, "items")]
            file.publish(
                desk.deed,
                issue=issue,
                unit=desk.deed.unit,
                year=year,
                number=number,
                channel=channel,
                publications=publications,
                content=content,
            )
            if content is not None:
                self.require_stored([fields.content(content, "content")])

        stream = Gazette.stream_of(issue)
        order = Order(Command.PUBLISH_GAZETTE_ISSUE, deed, stream, data, stream, expected_version)
        return self.carry_out(order, decide)

    def flag_inconsistency(
        self,
        deed: Deed,
        *,
        inconsistency: str,
        fact: str,
        values: Sequence[Mapping[str, Any]],
        expected_version: int | None = None,
    ) -> Receipt:
        """Flag one fact that publications of at least two units state differently.

        ``values`` state the ``item`` that is published and the ``value`` it gives.
        """
        data: Data = {"inconsistency": inconsistency, "fact": fact, "values": values}

        def decide(desk: Desk) -> None:
            desk.entitle()
            stated = [_stated(desk, value) for value in fields.mappings(values, "values")]
            file = desk.open(Inconsistency, inconsistency, likely_new=True)
            file.flag(desk.deed, inconsistency=inconsistency, fact=fact, values=stated)

        stream = Inconsistency.stream_of(inconsistency)
        return self.carry_out(Order(Command.FLAG_INCONSISTENCY, deed, stream, data, stream, expected_version), decide)


def _require_gazette(desk: Desk, issue: str, channel: str) -> None:
    desk.require_channels(issue, [channel])
    if desk.read(Channel, channel).kind != ChannelKind.GAZETTE:
        raise refuse(OrganisationRefusal.NOT_A_GAZETTE, channel=channel)


def _contained(desk: Desk, item: str, channel: str) -> str:
    """The item's publication, with the gazette as one of its channels from now on."""
    publication = desk.open(Publication, item)
    standing = publication.standing(item)
    if channel not in standing.channels:
        desk.read(Document, item).secrecy.refuse_locked()
        publication.add_channel(desk.deed, item=item, channel=channel)
    return standing.publication


def _stated(desk: Desk, value: Mapping[str, Any]) -> dict[str, str]:
    item = fields.code(value.get("item"), "values.item")
    standing = desk.read(Publication, item).named(item, None)
    return {
        "item": item,
        "publication": standing.publication,
        "unit": standing.unit or "",
        "value": fields.text(value.get("value"), "values.value"),
    }
