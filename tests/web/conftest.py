"""A district with its doors open, on SQLite and on PostgreSQL, in this process and behind a real server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web.district import District, Door, open_door


@pytest.fixture
def district(database_url: str) -> Iterator[District]:
    """A founded district on either database."""
    founded = District(database_url)
    yield founded
    founded.close()


@pytest.fixture
def door(district: District) -> Iterator[Door]:
    """Its API, in this process."""
    with open_door(district) as opened:
        yield opened


@pytest.fixture
def small_district(sqlite_url: str) -> Iterator[District]:
    """A founded district on SQLite, for what does not depend on the database."""
    founded = District(sqlite_url)
    yield founded
    founded.close()


@pytest.fixture
def small_door(small_district: District) -> Iterator[Door]:
    """Its API, in this process."""
    with open_door(small_district) as opened:
        yield opened
