"""Counting working days: the district's dates as the State Council's notices make them, and unknown beyond."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregates.calendar import calendar_year
from aggregates.calendar_sources import YearNotPublished, propose
from aggregates.working_days import CountedDay, DayReason, Stop, WorkingCalendar, differences

KNOWN = range(2018, 2027)


def calendar_of(*years: int) -> WorkingCalendar:
    proposed = [propose(year) for year in years]
    return WorkingCalendar(
        {
            year.year: calendar_year(year.year, f"{year.year}年放假通知", year.holidays, year.make_up_workdays)
            for year in proposed
        }
    )


CALENDAR = calendar_of(*KNOWN)

WORKED_EXAMPLES = """
2024-09-25 2024-10-10 2024-10-21 2024-10-28 2024-11-25
2024-12-31 2025-01-10 2025-01-22 2025-02-05 2025-03-04
2025-01-20 2025-02-05 2025-02-14 2025-02-21 2025-03-21
2025-09-26 2025-10-13 2025-10-23 2025-10-30 2025-11-27
2026-02-10 2026-02-26 2026-03-09 2026-03-16 2026-04-14
2026-04-28 2026-05-11 2026-05-21 2026-05-28 2026-06-26
"""


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize("row", WORKED_EXAMPLES.split("\n")[1:-1])
def test_the_worked_examples(row: str) -> None:
    received, *due = map(day, row.split())

    assert [CALENDAR.add_working_days(received, count) for count in (7, 15, 20, 40)] == due
    assert [CALENDAR.working_days_between(received, last) for last in due] == [7, 15, 20, 40]


def test_counting_monday_to_friday_would_be_wrong() -> None:
    """What a calendar without the notices makes of the autumn of 2024: five days too early."""
    naive = WorkingCalendar({2024: calendar_year(2024, "—", [], [])})

    assert naive.add_working_days(day("2024-09-25"), 20) == day("2024-10-23")


def test_every_day_is_explained() -> None:
    explained = CALENDAR.explain(day("2025-01-20"), 8)

    told = [(str(counted.day)[5:], counted.number, counted.reason, counted.note) for counted in explained]
    assert told == [
        ("01-20", None, DayReason.RECEIVED, ""),
        ("01-21", 1, DayReason.WORKDAY, ""),
        ("01-22", 2, DayReason.WORKDAY, ""),
        ("01-23", 3, DayReason.WORKDAY, ""),
        ("01-24", 4, DayReason.WORKDAY, ""),
        ("01-25", None, DayReason.WEEKEND, ""),
        ("01-26", 5, DayReason.MAKE_UP, "2025年放假通知"),
        ("01-27", 6, DayReason.WORKDAY, ""),
        *((f"01-{number}", None, DayReason.HOLIDAY, "春节") for number in (28, 29, 30, 31)),
        *((f"02-0{number}", None, DayReason.HOLIDAY, "春节") for number in (1, 2, 3, 4)),
        ("02-05", 7, DayReason.WORKDAY, ""),
        ("02-06", 8, DayReason.WORKDAY, ""),
    ]


def test_a_stopped_clock_counts_the_day_it_stops_and_not_the_day_it_resumes() -> None:
    stop = Stop(day("2025-04-24"), day("2025-05-14"), "征求第三方意见")

    explained = CALENDAR.explain(day("2025-04-21"), 20, [stop])

    assert explained[-1].day == day("2025-06-09")
    assert [counted.number for counted in explained if counted.day in {stop.stopped_on, stop.resumed_on}] == [3, None]
    assert {counted.note for counted in explained if counted.reason is DayReason.STOPPED} == {"征求第三方意见"}
    assert CALENDAR.working_days_between(day("2025-04-21"), day("2025-06-05"), [stop]) == 18


def test_a_year_that_was_not_adopted_is_unknown_and_never_guessed() -> None:
    calendar = calendar_of(2025)

    assert calendar.add_working_days(day("2025-12-22"), 7) == day("2025-12-31")
    assert calendar.add_working_days(day("2025-12-22"), 8) is None
    assert calendar.working_days_between(day("2025-12-22"), day("2026-01-01")) is None
    assert calendar.working_days_between(day("2025-12-31"), day("2025-12-31")) == 0
    assert calendar.is_working_day(day("2026-01-05")) is None
    assert calendar.explain(day("2025-12-22"), 20)[-1] == CountedDay(day("2026-01-01"), None, DayReason.UNKNOWN, "2026")


def test_counting_backward_is_refused() -> None:
    with pytest.raises(ValueError, match="forward"):
        CALENDAR.add_working_days(day("2025-01-06"), -1)


def test_two_counts_show_the_days_they_see_differently() -> None:
    plain = WorkingCalendar({2020: calendar_year(2020, "旧", [], [])})
    extended = WorkingCalendar({2020: calendar_year(2020, "新", [{"day": "2020-01-31", "name": "春节"}], [])})

    seen = differences(plain.explain(day("2020-01-30"), 2), extended.explain(day("2020-01-30"), 2))

    assert [(old.number, new.reason, new.note) for old, new in seen] == [(1, DayReason.HOLIDAY, "春节")]


DAYS = st.dates(date(2018, 1, 1), date(2025, 6, 30))
STOPS = st.lists(st.tuples(DAYS, st.integers(0, 40)), max_size=3).map(
    lambda pairs: [Stop(first, first + timedelta(days=length)) for first, length in pairs]
)


@given(DAYS, st.integers(0, 60), STOPS)
def test_an_explanation_sums_to_the_count(received: date, count: int, stops: list[Stop]) -> None:
    explained = CALENDAR.explain(received, count, stops)

    numbers = [counted.number for counted in explained if counted.number is not None]
    assert numbers == list(range(1, count + 1))
    assert [counted.day for counted in explained] == [received + timedelta(days=n) for n in range(len(explained))]
    assert CALENDAR.add_working_days(received, count, stops) == explained[-1].day
    assert CALENDAR.working_days_between(received, explained[-1].day, stops) == count
    assert all((counted.number is not None) == (counted.reason in {"WORKDAY", "MAKE_UP"}) for counted in explained)


@given(DAYS, st.integers(0, 60), STOPS)
def test_a_stop_never_shortens_a_period(received: date, count: int, stops: list[Stop]) -> None:
    with_stops, without = (CALENDAR.add_working_days(received, count, held) for held in (stops, []))

    assert with_stops is not None
    assert without is not None
    assert with_stops >= without


class TestProposals:
    @pytest.mark.parametrize("year", KNOWN)
    def test_two_libraries_agree_on_every_day(self, year: int) -> None:
        assert propose(year).disputed == []

    def test_where_they_do_not_the_day_is_named(self) -> None:
        assert propose(2005).disputed == ["2005-12-31"]

    def test_a_year_whose_notice_is_not_out_is_not_proposed(self) -> None:
        with pytest.raises(YearNotPublished, match="take the days from the notice"):
            propose(2027)
