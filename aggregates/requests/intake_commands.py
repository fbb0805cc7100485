"""Commands on requests as they come in: entering, confirming, splitting, correcting (十三)."""

import threading
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from aggregates import fields
from aggregates.deed import CHINA, Deed
from aggregates.desk import Data, Desk, Order
from aggregates.refusal import refuse
from aggregates.requests.intake import refuse_form_of_the_public
from aggregates.requests.request import InformationRequest
from aggregates.requests.requests_office import RequestsOffice, working_days
from aggregates.requests.series import RequestSeries
from aggregates.requests.words import RequestCommand, RequestRefusal
from aggregates.requests.words_lists import RequestChannel
from ledger import instants
from ledger.append import Receipt
from ledger.errors import VersionConflict

_ONE_AT_A_TIME = threading.Lock()
"""Numbers are given out one by one: those who wait here would otherwise decide again and again, and give up."""


class IntakeCommands(RequestsOffice):
    """From arrival to a request that can be handled."""

    def receive_request(
        self,
        deed: Deed,
        *,
        unit: str,
        channel: str,
        applicant_kind: str,
        request: str | None = None,
        subject: str | None = None,
        form: str | None = None,
        arrived_at: datetime | str | None = None,
        confirmed_on: str | date | None = None,
        applicant_name: str | None = None,
        applicant_id: str | None = None,
        applicant_contact: str | None = None,
        description: str | None = None,
        status_token_sha256: str | None = None,
    ) -> Receipt:
        """Enter a request as it comes, by officer or, online, by the applicant; the receipt's streams name its number.

        ``subject`` is the office's wording and stands in the entry; what is the applicant's own (name,
        identification, contact, description) is committed to and kept apart.  ``confirmed_on`` is the day
        both sides confirmed, where the way asks for it; without it the clock waits.  ``request`` may bring
        the next number of the year.  ``status_token_sha256`` is the hash of the link by which the applicant asks on.
        """
        data: Data = {
            "request": request,
            "unit": unit,
            "channel": channel,
            "applicant_kind": applicant_kind,
            "subject": subject,
            "form": form,
            "arrived_at": arrived_at,
            "confirmed_on": confirmed_on,
        }
        own = {
            "applicant_name": applicant_name,
            "applicant_id": applicant_id,
            "applicant_contact": applicant_contact,
            "description": description,
        }
        return self._enter(RequestCommand.RECEIVE_REQUEST, deed, data, own, status_token_sha256)

    def enter_request_from_other_channel(
        self,
        deed: Deed,
        *,
        unit: str,
        channel: str,
        applicant_kind: str,
        arrived_at: datetime | str,
        request: str | None = None,
        subject: str | None = None,
        form: str | None = None,
        confirmed_on: str | date | None = None,
        applicant_name: str | None = None,
        applicant_id: str | None = None,
        applicant_contact: str | None = None,
        description: str | None = None,
    ) -> Receipt:
        """Enter a request that came on paper, by fax or orally, with the time it came; a late entry is flagged.

        The event occurred at ``arrived_at`` and was recorded now: both times are kept.
        """
        data: Data = {
            "request": request,
            "unit": unit,
            "channel": channel,
            "applicant_kind": applicant_kind,
            "subject": subject,
            "form": form,
            "arrived_at": arrived_at,
            "confirmed_on": confirmed_on,
        }
        own = {
            "applicant_name": applicant_name,
            "applicant_id": applicant_id,
            "applicant_contact": applicant_contact,
            "description": description,
        }
        return self._enter(RequestCommand.ENTER_REQUEST_FROM_OTHER_CHANNEL, deed, data, own, None)

    def _enter(
        self, command: RequestCommand, deed: Deed, data: Data, own: Mapping[str, Any], token: str | None
    ) -> Receipt:
        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_unit(data["unit"])
            desk.require_reach(data["unit"])
            refuse_form_of_the_public(deed, data, own)
            if command is RequestCommand.ENTER_REQUEST_FROM_OTHER_CHANNEL and data["channel"] == RequestChannel.ONLINE:
                raise fields.invalid(
                    "channel", "网上申请请以“登记申请”办理", "an online request is received, not entered"
                )
            self._receive(desk, data, own, token)

        number = data["request"]
        subject = str(data["unit"]) if number is None else InformationRequest.stream_of(number)
        with _ONE_AT_A_TIME:
            return self.carry_out(Order(command, deed, subject, {**data, "token": token}), decide)

    def _receive(self, desk: Desk, data: Data, own: Mapping[str, Any], token: str | None) -> None:
        year = _year_of_arrival(desk.deed, data["arrived_at"])
        file = _numbered(desk, year, data["request"])
        file.receive(
            desk.deed,
            **{**data, "request": file.number},
            commitments=self.committed(desk, file.stream, own),
            calendar=working_days(desk),
            rules=desk.rules,
            status_token_sha256=token,
        )

    def confirm_request_receipt(
        self,
        deed: Deed,
        *,
        request: str,
        confirmed_on: str | date | None = None,
        subject: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Write down that both sides confirmed a request; from that day (today) the period runs."""
        data: Data = {"confirmed_on": confirmed_on, "subject": subject}
        return self.act_on_request(
            RequestCommand.CONFIRM_REQUEST_RECEIPT,
            deed,
            request,
            data=data,
            expected_version=expected_version,
            act=lambda file, desk, calendar: file.confirm_receipt(desk.deed, calendar=calendar, **data),
        )

    def split_request(
        self,
        deed: Deed,
        *,
        request: str,
        subject: str,
        others: Sequence[str],
        expected_version: int | None = None,
    ) -> Receipt:
        """Split a request of several matters: it keeps ``subject``, each of ``others`` becomes a request of its own.

        The new ones are received when this one was; who asks is read in this one's file.
        """

        def decide(desk: Desk) -> None:
            desk.entitle()
            file = self.request_to_write(desk, request)
            desk.require_reach(file.unit)
            matters = fields.texts(others, "others")
            if not matters:
                raise refuse(RequestRefusal.NOT_ONE_MATTER, request=request)
            file.split(desk.deed, subject=subject, into=[self._part(desk, file, matter) for matter in matters])

        stream = InformationRequest.stream_of(request)
        data: Data = {"request": request, "subject": subject, "others": list(others)}
        order = Order(RequestCommand.SPLIT_REQUEST, deed, stream, data, stream, expected_version)
        with _ONE_AT_A_TIME:
            return self.carry_out(order, decide)

    @staticmethod
    def _part(desk: Desk, file: InformationRequest, matter: str) -> str:
        year = file.arrived_on[:4]
        part = _numbered(desk, year, None)
        number = part.number
        part.receive_part(desk.deed, whole=file, request=number, subject=matter, calendar=working_days(desk))
        return number

    def transfer_request_information(
        self,
        deed: Deed,
        *,
        request: str,
        organ: str,
        contact: str | None = None,
        told_on: str | date | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Write down that the applicant was told which other organ answers for the information, and how to reach it."""
        data: Data = {"organ": organ, "contact": contact, "told_on": told_on}
        return self.act_on_request(
            RequestCommand.TRANSFER_REQUEST_INFORMATION,
            deed,
            request,
            data=data,
            expected_version=expected_version,
            act=lambda file, desk, _calendar: file.transfer_information(desk.deed, **data),
        )

    def request_correction(
        self,
        deed: Deed,
        *,
        request: str,
        items: Sequence[str],
        correct_by: str | date,
        expected_version: int | None = None,
    ) -> Receipt:
        """Ask the applicant, once, to correct the request: ``items`` to correct, by ``correct_by``."""
        data: Data = {"items": items, "correct_by": correct_by}
        return self.act_on_request(
            RequestCommand.REQUEST_CORRECTION,
            deed,
            request,
            data=data,
            expected_version=expected_version,
            act=lambda file, desk, calendar: file.request_correction(
                desk.deed, calendar=calendar, rules=desk.rules, **data
            ),
        )

    def receive_correction(
        self,
        deed: Deed,
        *,
        request: str,
        received_on: str | date | None = None,
        subject: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Write down the corrected request; the period begins anew from its receipt (today)."""
        data: Data = {"received_on": received_on, "subject": subject}
        return self.act_on_request(
            RequestCommand.RECEIVE_CORRECTION,
            deed,
            request,
            data=data,
            expected_version=expected_version,
            act=lambda file, desk, calendar: file.receive_correction(desk.deed, calendar=calendar, **data),
        )

    def abandon_request(self, deed: Deed, *, request: str, expected_version: int | None = None) -> Receipt:
        """Close a request that was not corrected in time, as given up by its applicant."""
        return self.act_on_request(
            RequestCommand.ABANDON_REQUEST,
            deed,
            request,
            data={},
            expected_version=expected_version,
            act=lambda file, desk, _calendar: file.abandon(desk.deed),
        )

    def withdraw_request(
        self, deed: Deed, *, request: str, reason: str, expected_version: int | None = None
    ) -> Receipt:
        """Close a request that its applicant took back; ``reason`` says how that is known."""
        data: Data = {"reason": reason}
        return self.act_on_request(
            RequestCommand.WITHDRAW_REQUEST,
            deed,
            request,
            data=data,
            expected_version=expected_version,
            act=lambda file, desk, _calendar: file.withdraw(desk.deed, **data),
        )


def _numbered(desk: Desk, year: str, request: str | None) -> InformationRequest:
    """The empty file under the next number of the year, which is taken with it.

    Where a file stands there already, somebody in another process has taken the number since the series
    was read: raises VersionConflict, so that it is decided anew.
    """
    series = desk.open(RequestSeries, year)
    file = desk.open(InformationRequest, series.assign(desk.deed, year=year, request=request), likely_new=True)
    if file.exists:
        raise VersionConflict(series.stream, series.version - 1, series.version)
    return file


def _year_of_arrival(deed: Deed, arrived_at: datetime | str | None) -> str:
    """The year in whose series a request is numbered, that of its arrival in the district's time."""
    at = deed.occurred_at
    if arrived_at is not None:
        at = instants.from_text(fields.instant(arrived_at, "arrived_at"))
    return f"{at.astimezone(CHINA).year:04d}"
