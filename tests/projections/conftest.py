"""A district on a database of its own, for every test that asks for one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ledger.database import open_database
from ledger.ledger import Ledger
from tests.projections.district import District


@pytest.fixture
def district(sqlite_url: str) -> Iterator[District]:
    """On SQLite, for what does not differ between the databases."""
    yield from _district(sqlite_url)


@pytest.fixture
def district_everywhere(database_url: str) -> Iterator[District]:
    """Once on SQLite and once on PostgreSQL."""
    yield from _district(database_url)


def _district(url: str) -> Iterator[District]:
    database = open_database(url)
    with Ledger(database) as ledger:
        yield District(ledger)
    database.close()
