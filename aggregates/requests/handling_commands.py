"""Commands while a request is in hand: consultations, extension, reasons, searches, fees (十三)."""

from collections.abc import Sequence
from datetime import date

from aggregates.deed import Deed
from aggregates.desk import Data
from aggregates.requests.clock import CO_PRODUCER, THIRD_PARTY
from aggregates.requests.requests_office import RequestsOffice
from aggregates.requests.words import RequestCommand
from ledger.append import Receipt


class HandlingCommands(RequestsOffice):
    """While the clock runs or stands still; a day that is left out is the day of the deed."""

    def consult_third_party(
        self,
        deed: Deed,
        *,
        request: str,
        consulted: str,
        letter_received_on: str | date | None = None,
        sent_on: str | date | None = None,
        answer_by: str | date | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Ask a third party in writing; the clock stops from the day the letter is sent.

        ``consulted`` names an organisation or a role, never a person.  ``answer_by`` is only for requests under
        the regulation of 2007, which sets no number of days.
        """
        data: Data = {
            "consulted": consulted,
            "letter_received_on": letter_received_on,
            "sent_on": sent_on,
            "answer_by": answer_by,
        }
        return self.act_on_request(
            RequestCommand.CONSULT_THIRD_PARTY,
            deed,
            request,
            data=data,
            expected_version=expected_version,
            act=lambda file, desk, calendar: file.consult(desk.deed, THIRD_PARTY, calendar=calendar, **data),
        )

    def receive_third_party_opinion(
        self,
        deed: Deed,
        *,
        request: str,
        opinion: str,
        reasons: str | None = None,
        received_on: str | date | None = None,
        consultation: int | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Write down a third party's opinion, CONSENTED or OBJECTED; the clock resumes."""
        data: Data = {"opinion": opinion, "reasons": reasons, "received_on": received_on, "consultation": consultation}
        return self.act_on_request(
            RequestCommand.RECEIVE_THIRD_PARTY_OPINION,
            deed,
            request,
            data=data,
            expected_version=expected_version,
            act=lambda file, desk, calendar: file.receive_opinion(desk.deed, THIRD_PARTY, calendar=calendar, **data),
        )

    def record_third_party_silence(
        self,
        deed: Deed,
        *,
        request: str,
        consultation: int | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Write down that the third party did not answer in time: the organ decides itself."""
        data: Data = {"consultation": consultation}
        return self.act_on_request(
            RequestCommand.RECORD_THIRD_PARTY_SILENCE,
            deed,
            request,
            data=data,
            expected_version=expected_version,
            act=lambda file, desk, calendar: file.record_silence(desk.deed, THIRD_PARTY, calendar=calendar, **data),
        )

    def consult_co_producer(
        self,
        deed: Deed,
        *,
        request: str,
        consulted: str,
        letter_received_on: str | date | None = None,
        sent_on: str | date | None = None,
        answer_by: str | date | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Ask an organ that made the information too; the clock stops from the day the letter is sent."""
        data: Data = {
            "consulted": consulted,
            "letter_received_on": letter_received_on,
            "sent_on": sent_on,
            "answer_by": answer_by,
        }
        return self.act_on_request(
            RequestCommand.CONSULT_CO_PRODUCER,
            deed,
            request,
            data=data,
            expected_version=expected_version,
            act=lambda file, desk, calendar: file.consult(desk.deed, CO_PRODUCER, calendar=calendar, **data),
        )

    def receive_co_producer_opinion(
        self,
        deed: Deed,
        *,
        request: str,
        opinion: str,
        reasons: str | None = None,
        received_on: str | date | None = None,
        consultation: int | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Write down a co-producing organ's opinion, CONSENTED or OBJECTED; the clock resumes."""
        data: Data = {"opinion": opinion, "reasons": reasons, "received_on": received_on, "consultation": consultation}
        return self.act_on_request(
            RequestCommand.RECEIVE_CO_PRODUCER_OPINION,
            deed,
            request,
            data=data,
            expected_version=expected_version,
            act=lambda file, desk, calendar: file.receive_opinion(desk.deed, CO_PRODUCER, calendar=calendar, **data),
        )

    def record_co_producer_silence(
        self,
        deed: Deed,
        *,
        request: str,
        consultation: int | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Write down that a co-producing organ did not answer in time: it is taken to consent."""
        data: Data = {"consultation": consultation}
        return self.act_on_request(
            RequestCommand.RECORD_CO_PRODUCER_SILENCE,
            deed,
            request,
            data=data,
            expected_version=expected_version,
            act=lambda file, desk, calendar: file.record_silence(desk.deed, CO_PRODUCER, calendar=calendar, **data),
        )

    def approve_extension(
        self,
        deed: Deed,
        *,
        request: str,
        working_days: int,
        reason: str,
        expected_version: int | None = None,
    ) -> Receipt:
        """Agree, as head of the disclosure work, to a longer period; it counts once the applicant is told."""
        data: Data = {"working_days": working_days, "reason": reason}
        return self.act_on_request(
            RequestCommand.APPROVE_EXTENSION,
            deed,
            request,
            data=data,
            expected_version=expected_version,
            act=lambda file, desk, calendar: file.approve_extension(desk.deed, calendar=calendar, **data),
        )

    def extend_deadline(
        self,
        deed: Deed,
        *,
        request: str,
        applicant_told_on: str | date | None = None,
        working_days: int | None = None,
        reason: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Extend the period by telling the applicant of it.

        The head (deputy in charge, principal) approves and tells at once, by ``working_days`` (all, where left
        out) and ``reason``; a disclosure officer needs the head's approval on the record.
        """
        data: Data = {"applicant_told_on": applicant_told_on, "working_days": working_days, "reason": reason}
        return self.act_on_request(
            RequestCommand.EXTEND_DEADLINE,
            deed,
            request,
            data=data,
            expected_version=expected_version,
            act=lambda file, desk, calendar: file.extend(desk.deed, calendar=calendar, **data),
        )

    def request_reasons(
        self,
        deed: Deed,
        *,
        request: str,
        reason: str,
        expected_version: int | None = None,
    ) -> Receipt:
        """Ask for the reasons of so many requests; ``reason`` says what exceeds what is reasonable."""
        data: Data = {"reason": reason}
        return self.act_on_request(
            RequestCommand.REQUEST_REASONS,
            deed,
            request,
            data=data,
            expected_version=expected_version,
            act=lambda file, desk, _calendar: file.request_reasons(desk.deed, **data),
        )

    def receive_reasons(
        self,
        deed: Deed,
        *,
        request: str,
        conclusion: str,
        reason: str,
        expected_version: int | None = None,
    ) -> Receipt:
        """Conclude on the applicant's reasons: REASONABLE, UNREASONABLE or NOT_GIVEN, and why."""
        data: Data = {"conclusion": conclusion, "reason": reason}
        return self.act_on_request(
            RequestCommand.RECEIVE_REASONS,
            deed,
            request,
            data=data,
            expected_version=expected_version,
            act=lambda file, desk, _calendar: file.receive_reasons(desk.deed, **data),
        )

    def delay_reply(
        self,
        deed: Deed,
        *,
        request: str,
        until: str | date,
        reason: str,
        applicant_told_on: str | date | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Set a reasonable later day for the reply, where the reasons are good, and tell the applicant."""
        data: Data = {"until": until, "reason": reason, "applicant_told_on": applicant_told_on}
        return self.act_on_request(
            RequestCommand.DELAY_REPLY,
            deed,
            request,
            data=data,
            expected_version=expected_version,
            act=lambda file, desk, calendar: file.delay_reply(desk.deed, calendar=calendar, **data),
        )

    def conduct_search(
        self,
        deed: Deed,
        *,
        request: str,
        places: Sequence[str],
        terms: Sequence[str],
        found: bool,
        result: str,
        expected_version: int | None = None,
    ) -> Receipt:
        """Write down a search: where, for which terms, whether it was found, and what came of it."""
        data: Data = {"places": places, "terms": terms, "found": found, "result": result}
        return self.act_on_request(
            RequestCommand.CONDUCT_SEARCH,
            deed,
            request,
            data=data,
            expected_version=expected_version,
            act=lambda file, desk, _calendar: file.conduct_search(desk.deed, **data),
        )

    def issue_fee_notice(
        self,
        deed: Deed,
        *,
        request: str,
        scale: str,
        quantity: int,
        expected_version: int | None = None,
    ) -> Receipt:
        """Tell the applicant the fee by one scale, ``per_request`` or ``per_page``, never by both.

        ``quantity`` is the request's number within the applicant's calendar month, or its pages; the amount follows.
        """
        data: Data = {"scale": scale, "quantity": quantity}
        return self.act_on_request(
            RequestCommand.ISSUE_FEE_NOTICE,
            deed,
            request,
            data=data,
            expected_version=expected_version,
            act=lambda file, desk, _calendar: file.issue_fee_notice(desk.deed, rules=desk.rules, **data),
        )

    def record_fee_paid(
        self,
        deed: Deed,
        *,
        request: str,
        amount: int,
        paid_on: str | date | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Write down that the fee was paid, in whole yuan; the period is counted anew from the day after."""
        data: Data = {"amount": amount, "paid_on": paid_on}
        return self.act_on_request(
            RequestCommand.RECORD_FEE_PAID,
            deed,
            request,
            data=data,
            expected_version=expected_version,
            act=lambda file, desk, calendar: file.record_fee_paid(desk.deed, calendar=calendar, **data),
        )

    def record_fee_not_paid(
        self,
        deed: Deed,
        *,
        request: str,
        expected_version: int | None = None,
    ) -> Receipt:
        """Close a request whose fee was not paid in time."""
        data: Data = {}
        return self.act_on_request(
            RequestCommand.RECORD_FEE_NOT_PAID,
            deed,
            request,
            data=data,
            expected_version=expected_version,
            act=lambda file, desk, _calendar: file.record_fee_not_paid(desk.deed),
        )
