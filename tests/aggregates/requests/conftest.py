from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from aggregates.deed import CHINA
from tests.aggregates.areas.requests import calendar_year
from tests.aggregates.house import House


@pytest.fixture
def house(house: House) -> House:
    """The district with the calendars of 2019 and 2024 to 2026."""
    for year in (2019, 2024, 2025, 2026):
        house.as_("ADM").adopt_calendar_year(**calendar_year(year))
    return house


class HouseOf2019(House):
    """The same district in the last spring of the regulation of 2007."""

    def employ(
        self, officer: str, post: str, unit: str, from_date: str = "2019-01-01", until: str | None = None
    ) -> None:
        super().employ(officer, post, unit, from_date, until)


@pytest.fixture
def house_of_2019(tmp_path: Path) -> Iterator[House]:
    """A district founded in 2019, with that year's calendar."""
    house = HouseOf2019(tmp_path / "2019.db")
    house.now = datetime(2019, 1, 2, 9, 0, tzinfo=CHINA)
    house.found()
    house.as_("ADM").adopt_calendar_year(**calendar_year(2019))
    yield house
    house.close()
