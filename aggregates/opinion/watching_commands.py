"""Commands on watching public opinion: the roster, special monitoring, signals (八)."""

from collections.abc import Sequence
from datetime import date, datetime

from aggregates.deed import Deed
from aggregates.desk import Data, Desk, Order
from aggregates.document import Document
from aggregates.officer import Officer
from aggregates.opinion.monitoring import Monitoring, SpecialMonitoring
from aggregates.opinion.opinion import Opinion
from aggregates.opinion.opinion_office import OpinionOffice
from aggregates.opinion.words import OpinionCommand, OpinionRefusal
from aggregates.publication import Publication
from aggregates.refusal import RefusalCode, refuse
from ledger.append import Receipt


class WatchingCommands(OpinionOffice):
    """各单位要安排人员和力量，进行日常监测和专项监测."""

    def assign_monitoring_duty(
        self,
        deed: Deed,
        *,
        unit: str,
        officer: str,
        from_date: str | date,
        until_date: str | date,
        expected_version: int | None = None,
    ) -> Receipt:
        """Record which registered officer watches for a unit, from a day to a day, both included."""
        data: Data = {"unit": unit, "officer": officer, "from_date": from_date, "until_date": until_date}

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_unit(unit)
            desk.require_reach(unit)
            if not desk.read(Officer, officer).exists:
                raise refuse(RefusalCode.OFFICER_NOT_REGISTERED, officer=officer)
            desk.open(Monitoring, unit).assign(desk.deed, **data)

        target = Monitoring.stream_of(unit)
        order = Order(OpinionCommand.ASSIGN_MONITORING_DUTY, deed, unit, data, target, expected_version)
        return self.carry_out(order, decide)

    def open_special_monitoring(
        self,
        deed: Deed,
        *,
        session: str,
        occasion_kind: str,
        occasion: str,
        source_kinds: Sequence[str],
        from_date: str | date,
        until_date: str | date,
        opinion: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Open special monitoring of the acting unit: KEY_MOMENT, or EMERGENCY, which names its case."""
        data: Data = {
            "session": session,
            "occasion_kind": occasion_kind,
            "occasion": occasion,
            "source_kinds": source_kinds,
            "from_date": from_date,
            "until_date": until_date,
            "opinion": opinion,
        }

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_reach(None)
            if opinion is not None and not desk.read(Opinion, opinion).exists:
                raise refuse(OpinionRefusal.OPINION_UNKNOWN, opinion=opinion)
            desk.open(SpecialMonitoring, session, likely_new=True).open(desk.deed, **data)

        target = SpecialMonitoring.stream_of(session)
        order = Order(OpinionCommand.OPEN_SPECIAL_MONITORING, deed, session, data, target, expected_version)
        return self.carry_out(order, decide)

    def record_opinion_signal(
        self,
        deed: Deed,
        *,
        opinion: str,
        source_kind: str,
        source: str,
        summary: str,
        detected_at: datetime | str | None = None,
        item: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Record what the acting unit noticed; the first signal of a code opens the case.

        ``detected_at`` is the deed's own time if left out.  ``item`` is the item the signal is about.
        """
        data: Data = {
            "opinion": opinion,
            "source_kind": source_kind,
            "source": source,
            "summary": summary,
            "detected_at": detected_at,
            "item": item,
        }

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_reach(None)
            if item is not None and not (desk.read(Document, item).exists or desk.read(Publication, item).exists):
                raise refuse(RefusalCode.ITEM_UNKNOWN, item=item)
            case = desk.open(Opinion, opinion, likely_new=True)
            case.refuse_closed()
            case.record_signal(desk.deed, **data)

        target = Opinion.stream_of(opinion)
        order = Order(OpinionCommand.RECORD_OPINION_SIGNAL, deed, opinion, data, target, expected_version)
        return self.carry_out(order, decide)
