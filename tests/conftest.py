"""Databases for every test: a fresh one each, on SQLite and on a real PostgreSQL.

The server is started once for the whole run and shared by all xdist workers.  LEDGER_TEST_POSTGRES_URL names a
server of yours instead: its user must be allowed to create databases, and every test still gets one of its own.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.postgres import PostgresDatabases, PostgresServer

pytest_plugins = ["tests.support.requirements_report", "tests.support.fault_cycles"]

SERVER_OF_THE_RUN = pytest.StashKey[PostgresServer]()
YOUR_SERVER = "LEDGER_TEST_POSTGRES_URL"


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: object) -> None:
    """Tell every xdist worker where the server of the run is, starting it for the first of them."""
    node.workerinput["postgres_url"] = _administration_url(node.config)


def pytest_unconfigure(config: pytest.Config) -> None:
    server = config.stash.get(SERVER_OF_THE_RUN, None)
    if server is not None:
        server.remove()


def _administration_url(config: pytest.Config) -> str:
    if YOUR_SERVER in os.environ:
        return os.environ[YOUR_SERVER]
    if SERVER_OF_THE_RUN not in config.stash:
        server = PostgresServer()
        config.stash[SERVER_OF_THE_RUN] = server
        server.start()
    return config.stash[SERVER_OF_THE_RUN].url()


@pytest.fixture(scope="session")
def postgres_databases(pytestconfig: pytest.Config) -> PostgresDatabases:
    """Makes and drops databases on the server of the run."""
    workerinput = getattr(pytestconfig, "workerinput", None)
    return PostgresDatabases(workerinput["postgres_url"] if workerinput else _administration_url(pytestconfig))


@pytest.fixture
def postgres_url(postgres_databases: PostgresDatabases) -> Iterator[str]:
    """A fresh, empty PostgreSQL database for one test."""
    url = postgres_databases.create()
    yield url
    postgres_databases.drop(url)


@pytest.fixture(scope="class")
def postgres_url_of_class(postgres_databases: PostgresDatabases) -> Iterator[str]:
    """A fresh, empty PostgreSQL database shared by the tests of one class."""
    url = postgres_databases.create()
    yield url
    postgres_databases.drop(url)


@pytest.fixture
def serializable_postgres_url(postgres_databases: PostgresDatabases) -> Iterator[str]:
    """A fresh PostgreSQL database in which every transaction is SERIALIZABLE, as on its distributed cousins."""
    url = postgres_databases.create(settings={"default_transaction_isolation": "serializable"})
    yield url
    postgres_databases.drop(url)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'ledger.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The same test once on each database the ledger promises to run on."""
    return str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url"))
