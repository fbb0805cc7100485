"""Commands on what else somebody may ask of the record: to correct it (art. 41), to disclose it (art. 44)."""

from datetime import date

from aggregates.deed import Deed
from aggregates.desk import Data, Desk, Order
from aggregates.refusal import refuse
from aggregates.requests.record_correction import RecordCorrection
from aggregates.requests.requests_office import RequestsOffice
from aggregates.requests.suggestion import DisclosureSuggestion
from aggregates.requests.words import RequestCommand, RequestRefusal
from ledger.append import Receipt


class VoiceCommands(RequestsOffice):
    """Demands to correct a record about oneself, and suggestions to disclose proactively."""

    def request_record_correction(
        self,
        deed: Deed,
        *,
        record_correction: str,
        unit: str,
        subject: str,
        received_on: str | date | None = None,
        applicant_name: str | None = None,
        applicant_contact: str | None = None,
        demand: str | None = None,
    ) -> Receipt:
        """Enter somebody's demand to correct a record about themself; ``subject`` names the record.

        Name, contact and the demand itself are the applicant's own: committed to and kept apart.
        """
        data: Data = {
            "record_correction": record_correction,
            "unit": unit,
            "subject": subject,
            "received_on": received_on,
        }
        own = {"applicant_name": applicant_name, "applicant_contact": applicant_contact, "demand": demand}
        stream = RecordCorrection.stream_of(record_correction)

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_unit(unit)
            desk.require_reach(unit)
            file = desk.open(RecordCorrection, record_correction)
            file.demand(desk.deed, commitments=self.committed(desk, stream, own), **data)

        return self.carry_out(Order(RequestCommand.REQUEST_RECORD_CORRECTION, deed, stream, data, stream), decide)

    def decide_record_correction(
        self,
        deed: Deed,
        *,
        record_correction: str,
        conclusion: str,
        reason: str,
        organ: str | None = None,
        told_on: str | date | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Conclude on a demand: CORRECTED, NOT_CORRECTED, TRANSFERRED or REFERRED (to ``organ``), and tell."""
        data: Data = {"conclusion": conclusion, "reason": reason, "organ": organ, "told_on": told_on}

        def decide(desk: Desk) -> None:
            desk.entitle()
            file = desk.open(RecordCorrection, record_correction)
            if not file.exists:
                raise refuse(RequestRefusal.RECORD_CORRECTION_UNKNOWN, record_correction=record_correction)
            desk.require_reach(file.unit)
            file.decide(desk.deed, **data)

        stream = RecordCorrection.stream_of(record_correction)
        asked = {"record_correction": record_correction, **data}
        order = Order(RequestCommand.DECIDE_RECORD_CORRECTION, deed, stream, asked, stream, expected_version)
        return self.carry_out(order, decide)

    def suggest_disclosure(
        self,
        deed: Deed,
        *,
        suggestion: str,
        unit: str,
        subject: str,
        request: str | None = None,
        item: str | None = None,
        received_on: str | date | None = None,
        text: str | None = None,
    ) -> Receipt:
        """Enter a suggestion to disclose information proactively; its own words are committed to and kept apart."""
        data: Data = {
            "suggestion": suggestion,
            "unit": unit,
            "subject": subject,
            "request": request,
            "item": item,
            "received_on": received_on,
        }
        stream = DisclosureSuggestion.stream_of(suggestion)

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_unit(unit)
            desk.require_reach(unit)
            if request is not None:
                self.request_to_read(desk, request)
            told = self.committed(desk, stream, {"text": text})
            desk.open(DisclosureSuggestion, suggestion).receive(desk.deed, text_commitment=told.get("text"), **data)

        return self.carry_out(Order(RequestCommand.SUGGEST_DISCLOSURE, deed, stream, data, stream), decide)

    def examine_suggestion(
        self,
        deed: Deed,
        *,
        suggestion: str,
        conclusion: str,
        reason: str,
        item: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Conclude on a suggestion: ADOPTED or NOT_ADOPTED, and why."""
        data: Data = {"conclusion": conclusion, "reason": reason, "item": item}

        def decide(desk: Desk) -> None:
            desk.entitle()
            file = desk.open(DisclosureSuggestion, suggestion)
            if not file.exists:
                raise refuse(RequestRefusal.SUGGESTION_UNKNOWN, suggestion=suggestion)
            desk.require_reach(file.unit)
            file.examine(desk.deed, **data)

        stream = DisclosureSuggestion.stream_of(suggestion)
        asked = {"suggestion": suggestion, **data}
        order = Order(RequestCommand.EXAMINE_SUGGESTION, deed, stream, asked, stream, expected_version)
        return self.carry_out(order, decide)
