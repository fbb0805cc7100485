"""What is given in the tests of requests, in few words: an officer on a day, a request that came, what was written."""

from typing import Any

from aggregates.calendar import Calendar
from aggregates.requests import clock
from aggregates.requests.request import InformationRequest
from aggregates.working_days import WorkingCalendar
from tests.aggregates.house import Hand, House

ONE = {"request": "Q-2025-001"}


def officer(house: House, at: str, code: str = "G02") -> Hand:
    """An officer at a time of day in the district."""
    return house.as_(code, at=f"{at}T09:00+08:00" if "T" not in at else f"{at}+08:00")


def received(house: House, day: str = "2025-01-20", channel: str = "in_person", **more: Any) -> dict[str, Any]:
    """A request that came in U02 that day; answers its event."""
    officer(house, day).receive_request(unit="U02", channel=channel, applicant_kind="natural_person", **more)
    return last(house, "request.received/1")


def last(house: House, type_: str) -> dict[str, Any]:
    """The data of the last event of a type."""
    data: dict[str, Any] = [entry.data for entry in house.entries() if entry.type == type_][-1]
    return data


def file(house: House, request: str = "Q-2025-001") -> InformationRequest:
    found: InformationRequest = house.registry.repository.get(f"request/{request}")
    return found


def calendar(house: House) -> WorkingCalendar:
    found: Calendar = house.registry.repository.get("calendar/district")
    return found.working_days


def due(house: House, request: str = "Q-2025-001") -> str | None:
    return clock.deadline(file(house, request).clock, calendar(house)).text
