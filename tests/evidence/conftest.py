"""One district for all the tests of a file: they read it and never write to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.database import open_database
from ledger.ledger import Ledger
from tests.aggregates.conftest import founded, house
from tests.aggregates.test_replay import eventful
from tests.evidence.district import MONDAY, District, tell_the_story
from tests.support.ledgers import SetClock
from tests.support.timestamp_authority import TimestampAuthority

__all__ = ["eventful", "founded", "house"]


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> TimestampAuthority:
    return TimestampAuthority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def empty_district(tmp_path: Path) -> Iterator[District]:
    """A district of the test's own, in which nothing has happened."""
    clock = SetClock(MONDAY)
    database = open_database(f"sqlite:///{tmp_path / 'ledger.db'}")
    with Ledger(database, clock=clock) as ledger:
        yield District(ledger, clock)
    database.close()


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[District]:
    clock = SetClock(MONDAY)
    database = open_database(f"sqlite:///{tmp_path_factory.mktemp('district') / 'ledger.db'}")
    with Ledger(database, clock=clock) as ledger:
        district = District(ledger, clock)
        tell_the_story(district)
        yield district
    database.close()
