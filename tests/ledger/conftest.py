"""Every promise of the log is tested once and runs on every store.

A database with its schema serves all tests of a file; every test has a ledger of its own in it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.database import Database, open_database
from ledger.ledger import Ledger
from tests.support.ledgers import SetClock, assert_whole
from tests.support.postgres import PostgresDatabases

STORES: dict[str, dict[str, str] | None] = {
    "sqlite": None,
    "postgresql": {},
    "serializable": {"default_transaction_isolation": "serializable"},
}


@pytest.fixture(scope="module", params=STORES)
def store_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A store of each kind; PostgreSQL also where every transaction is SERIALIZABLE."""
    settings = STORES[request.param]
    if settings is None:
        folder: Path = tmp_path_factory.mktemp("store")
        yield f"sqlite:///{folder / 'ledger.db'}"
        return
    databases: PostgresDatabases = request.getfixturevalue("postgres_databases")
    url = databases.create(settings=settings)
    yield url
    databases.drop(url)


@pytest.fixture(scope="module")
def database(store_url: str) -> Iterator[Database]:
    database = open_database(store_url)
    yield database
    database.close()


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def name() -> str:
    """Of the test's own ledger."""
    return f"district {secrets.token_hex(4)}"


@pytest.fixture
def ledger(database: Database, name: str) -> Iterator[Ledger]:
    """A ledger that is audited as a whole when the test is over."""
    with Ledger(database, name) as ledger:
        yield ledger
        assert_whole(ledger)


@pytest.fixture
def timed_ledger(database: Database, name: str, clock: SetClock) -> Iterator[Ledger]:
    """The same, on a clock that the test sets."""
    with Ledger(database, name, clock=clock) as ledger:
        yield ledger
        assert_whole(ledger)
