"""What all commands on requests have in common: finding the file, the calendar, committing to personal values."""

from collections.abc import Callable, Mapping
from typing import Any

from aggregates import fields
from aggregates.calendar import Calendar
from aggregates.deed import Deed
from aggregates.desk import DISTRICT, Data, Desk, Order
from aggregates.office import Office
from aggregates.refusal import refuse
from aggregates.requests.request import InformationRequest
from aggregates.requests.status import RequestStatus, status_of, token_opens
from aggregates.requests.words import RequestCommand, RequestRefusal
from aggregates.working_days import WorkingCalendar
from ledger.append import Receipt

Act = Callable[[InformationRequest, Desk, WorkingCalendar], None]


class RequestsOffice(Office):
    """The counter where requests are handled."""

    def act_on_request(
        self,
        command: RequestCommand,
        deed: Deed,
        request: str,
        *,
        data: Data,
        expected_version: int | None,
        act: Act,
    ) -> Receipt:
        """Carry out a command on one request of the officer's own unit."""

        def decide(desk: Desk) -> None:
            desk.entitle()
            file = self.request_to_write(desk, request)
            desk.require_reach(file.unit)
            act(file, desk, working_days(desk))

        stream = InformationRequest.stream_of(request)
        return self.carry_out(
            Order(command, deed, stream, {"request": request, **data}, stream, expected_version), decide
        )

    def request_status(self, request: str, token: str) -> RequestStatus | None:
        """What the holder of a request's secret link is told; None for a wrong link, and for an unknown request."""
        fields.code(request, "request")
        file = self._fetched(InformationRequest, InformationRequest.stream_of(request))
        if not token_opens(file, token):
            return None
        return status_of(file, self._fetched(Calendar, Calendar.stream_of(DISTRICT)).working_days)

    @staticmethod
    def request_to_write(desk: Desk, request: str) -> InformationRequest:
        """The request's file, to write in; it must be known."""
        return _known(desk.open(InformationRequest, request), request)

    @staticmethod
    def request_to_read(desk: Desk, request: str) -> InformationRequest:
        """The request's file, to look into; it must be known."""
        return _known(desk.read(InformationRequest, request), request)

    def committed(self, desk: Desk, record: str, values: Mapping[str, Any]) -> dict[str, str]:
        """Commit to what is about a person; values and salts go to the erasable table with the command."""
        told = [
            self.ledger.personal.commit(record, name, fields.text(value, name, longest=fields.LONG))
            for name, value in values.items()
            if value is not None
        ]
        desk.personal = told
        return {value.field: value.commitment for value in told}


def working_days(desk: Desk) -> WorkingCalendar:
    """The calendar as it stands; what is counted by it holds only as long as it is not amended."""
    return desk.read(Calendar, DISTRICT).working_days


def _known(file: InformationRequest, request: str) -> InformationRequest:
    if not file.exists:
        raise refuse(RequestRefusal.REQUEST_UNKNOWN, request=request)
    return file
