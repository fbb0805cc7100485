"""The number series of requests, one for each year in which they arrive: Q-2025-001, Q-2025-002 … (十三)."""

from eventsourcing.domain import event

from aggregates.base import Record
from aggregates.deed import Deed
from aggregates.refusal import refuse
from aggregates.requests.words import RequestRefusal


class RequestSeries(Record):
    """One year's numbers; the stream is ``request_series/<year>``."""

    TOPIC = "request_series"
    STREAM = "request_series"
    IDENTIFIER = "year"

    class NumberAssigned(Record.Event):
        """The next number of the year went to a request (编号)."""

        TOPIC = "request_series.number_assigned/1"
        year: str
        number: int
        request: str

    def __init__(self) -> None:
        self.assigned = 0

    def assign(self, deed: Deed, *, year: str, request: str | None = None) -> str:
        """Give out the next number; a request that brings one must bring exactly that."""
        number = self.assigned + 1
        following = f"Q-{year}-{number:03d}"
        if request is not None and request != following:
            raise refuse(RequestRefusal.REQUEST_NUMBER_NOT_NEXT, request=request, following=following)
        self.write(self.NumberAssigned, deed, year=year, number=number, request=following)
        return following

    @event(NumberAssigned)
    def _number_assigned(self, number: int) -> None:
        self.assigned = number
