"""Instants have one spelling, whose order as text is their order in time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import instants
from ledger.clock import system_clock

INSTANTS = st.datetimes(timezones=st.just(UTC))
BEIJING = timezone(timedelta(hours=8))


class TestText:
    def test_is_utc_with_microseconds(self) -> None:
        assert instants.to_text(datetime(2025, 1, 23, 10, 15, tzinfo=BEIJING)) == "2025-01-23T02:15:00.000000Z"

    @given(INSTANTS)
    def test_gives_the_instant_back(self, instant: datetime) -> None:
        assert instants.from_text(instants.to_text(instant)) == instant

    @given(INSTANTS, INSTANTS)
    def test_sorts_as_time_does(self, one: datetime, other: datetime) -> None:
        assert (instants.to_text(one) < instants.to_text(other)) == (one < other)
        assert len(instants.to_text(one)) == 27

    def test_may_come_with_any_offset(self) -> None:
        assert instants.from_text("2025-01-23T10:15:00+08:00") == datetime(2025, 1, 23, 2, 15, tzinfo=UTC)

    @pytest.mark.parametrize("text", ["2025-01-23T10:15:00", "2025-01-23", "yesterday", ""])
    def test_without_a_zone_is_refused(self, text: str) -> None:
        with pytest.raises(ValueError, match=r"names no time zone|Invalid isoformat"):
            instants.from_text(text)

    def test_of_a_naive_datetime_is_refused(self) -> None:
        with pytest.raises(ValueError, match="names no time zone"):
            instants.to_text(datetime(2025, 1, 23))  # noqa: DTZ001 - naive on purpose


class TestMicroseconds:
    @given(INSTANTS)
    def test_are_exact(self, instant: datetime) -> None:
        assert instants.from_microseconds(instants.to_microseconds(instant)) == instant

    def test_count_from_the_epoch(self) -> None:
        assert instants.to_microseconds(datetime(1970, 1, 1, 0, 0, 1, 7, UTC)) == 1_000_007


def test_the_systems_clock_is_in_utc() -> None:
    assert system_clock().utcoffset() == timedelta(0)
