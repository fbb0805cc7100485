"""The calendar in the ledger: adopted from notices, corrected by notices, never by itself."""

from datetime import date

import pytest

from aggregates.calendar import Calendar
from aggregates.working_days import WorkingCalendar
from tests.aggregates.areas.requests import calendar_year
from tests.aggregates.house import House


def working_days(house: House) -> WorkingCalendar:
    calendar = house.registry.repository.get("calendar/district")
    assert isinstance(calendar, Calendar)
    return calendar.working_days


def test_an_adopted_year_can_be_counted_with(house: House) -> None:
    house.as_("G01").adopt_calendar_year(**calendar_year(2025))

    assert working_days(house).add_working_days(date(2025, 1, 20), 20) == date(2025, 2, 21)


def test_the_event_states_the_notice_and_every_day(house: House) -> None:
    before = house.size

    house.as_("ADM").adopt_calendar_year(**calendar_year(2025))

    [(type_, data)] = house.since(before)
    assert type_ == "calendar.year_adopted/1"
    assert data["source"] == "国务院办公厅关于2025年部分节假日安排的通知"
    assert data["holidays"][0] == {"day": "2025-01-01", "name": "元旦"}
    assert data["make_up_workdays"] == ["2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"]


def test_a_correction_moves_dates_from_then_on_and_the_past_can_still_be_told(house: House) -> None:
    """The Spring Festival of 2020 was prolonged after its notice was out."""
    prolonged = calendar_year(2020)
    first = {**prolonged, "holidays": [off for off in prolonged["holidays"] if off["day"] != "2020-01-31"]}
    house.as_("ADM").adopt_calendar_year(**first)
    then = working_days(house)

    house.as_("ADM").amend_calendar(**{**prolonged, "source": "国办发明电〔2020〕1号"}, reason="延长春节假期")

    assert then.add_working_days(date(2020, 1, 20), 4) == date(2020, 1, 31)
    assert working_days(house).add_working_days(date(2020, 1, 20), 4) == date(2020, 2, 3)
    assert working_days(house).years[2020].source == "国办发明电〔2020〕1号"
    at_first = house.registry.repository.get("calendar/district", version=1)
    assert at_first.working_days == then


def test_a_year_is_adopted_once(house: House) -> None:
    house.as_("ADM").adopt_calendar_year(**calendar_year(2025))

    with house.refuses("ALREADY_REGISTERED"):
        house.as_("ADM").adopt_calendar_year(**calendar_year(2025))


def test_a_year_that_was_not_adopted_cannot_be_amended(house: House) -> None:
    with house.refuses("CALENDAR_YEAR_UNKNOWN", year=2025):
        house.as_("ADM").amend_calendar(**calendar_year(2025), reason="更正")


def test_an_amendment_must_change_something(house: House) -> None:
    house.as_("ADM").adopt_calendar_year(**calendar_year(2025))

    with house.refuses("NOTHING_TO_CHANGE"):
        house.as_("ADM").amend_calendar(**calendar_year(2025), reason="更正")


def test_the_district_keeps_the_calendar_and_no_department(house: House) -> None:
    with house.refuses("NOT_DISTRICT_OFFICE"):
        house.as_("G02").adopt_calendar_year(**calendar_year(2025))


@pytest.mark.parametrize(
    "wrong",
    [
        {"holidays": [{"day": "2024-12-31", "name": "元旦"}]},
        {"holidays": [{"day": "2025-01-01", "name": "元旦"}, {"day": "2025-01-01", "name": "元旦"}]},
        {"make_up_workdays": ["2025-01-27"]},
        {"make_up_workdays": ["2025-01-01"]},
        {"holidays": [{"day": "2025-01-01"}]},
        {"source": ""},
    ],
)
def test_what_no_notice_says_is_refused(house: House, wrong: dict[str, object]) -> None:
    with house.refuses("INVALID"):
        house.as_("ADM").adopt_calendar_year(**{**calendar_year(2025), **wrong})
