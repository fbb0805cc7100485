"""The area requests in the tests that hold for all areas.

``MAY``        command -> post -> places, as in tests/aggregates/test_authority.py, written by hand.
``asked``      data on U02's affairs for each command that passes whoever may, and is then refused for what it says.
``prepare``    puts into the manned district what those data speak of.
``CATALOGUE``  the published data of every event type of the area.
``happen``     lets every kind of event of the area happen once, in a founded house.
"""

from typing import Any

from aggregates.calendar_sources import propose
from tests.aggregates.house import House

OWN, OFFICE, ALL = {"own"}, {"office"}, {"own", "other", "office"}
CALENDAR_KEEPERS = {
    "administrator": ALL,
    "disclosure_officer": OFFICE,
    "deputy_in_charge": OFFICE,
    "principal": OFFICE,
}

MAY: dict[str, dict[str, set[str]]] = {
    "adopt_calendar_year": CALENDAR_KEEPERS,
    "amend_calendar": CALENDAR_KEEPERS,
}

CATALOGUE: dict[str, str] = {
    "calendar.year_adopted/1": "year source holidays make_up_workdays",
    "calendar.amended/1": "year source holidays make_up_workdays reason",
}


def calendar_year(year: int) -> dict[str, Any]:
    """A year as the commands take it."""
    proposed = propose(year)
    return {
        "year": year,
        "source": f"国务院办公厅关于{year}年部分节假日安排的通知",
        "holidays": proposed.holidays,
        "make_up_workdays": proposed.make_up_workdays,
    }


def asked() -> dict[str, dict[str, Any]]:
    return {
        "adopt_calendar_year": {**calendar_year(2019), "source": ""},
        "amend_calendar": {**calendar_year(2024), "source": "", "reason": ""},
    }


def prepare(house: House) -> None:
    """A calendar to amend."""
    house.as_("ADM").adopt_calendar_year(**calendar_year(2024))


def happen(house: House) -> None:
    """A year is adopted and corrected."""
    for year in (2025, 2026):
        house.as_("ADM").adopt_calendar_year(**calendar_year(year))
    corrected = {**calendar_year(2026), "make_up_workdays": [], "reason": "通知更正"}
    house.as_("G01").amend_calendar(**corrected)
    house.as_("G01").amend_calendar(**calendar_year(2026), reason="恢复")
