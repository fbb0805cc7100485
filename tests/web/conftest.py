"""A district with its doors open, on SQLite and on PostgreSQL, in this process and behind a real server.

Founding takes some sixty commands; it is done once for the run on each database, and every test has a copy.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from tests.support.postgres import PostgresDatabases
from tests.web.district import District, Door, open_door
from tests.web.server import Server, running_server


@pytest.fixture(scope="session")
def founded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with a founded district in it, to be copied."""
    path = tmp_path_factory.mktemp("founded") / "ledger.db"
    District(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def founded_url(postgres_databases: PostgresDatabases) -> Iterator[str]:
    """A PostgreSQL database with a founded district in it, to be copied."""
    url = postgres_databases.create()
    District(url).close()
    yield url
    postgres_databases.drop(url)


def copied_on_postgresql(founded: str, databases: PostgresDatabases) -> District:
    """A district of one's own, from the founded one; the caller drops its database."""
    url = databases.create()
    databases.drop(url)
    databases._administer(f"CREATE DATABASE {make_url(url).database} TEMPLATE {make_url(founded).database}")
    return District(url, founded=True)


def copied(founded: Path, folder: Path) -> District:
    """A district of one's own, from the founded one."""
    path = folder / "ledger.db"
    shutil.copyfile(founded, path)
    return District(f"sqlite:///{path}", founded=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def district(request: pytest.FixtureRequest) -> District:
    """A founded district on either database."""
    return request.getfixturevalue("small_district" if request.param == "sqlite" else "district_on_postgresql")


@pytest.fixture
def district_on_postgresql(founded_url: str, postgres_databases: PostgresDatabases) -> Iterator[District]:
    """A founded district on PostgreSQL."""
    found = copied_on_postgresql(founded_url, postgres_databases)
    yield found
    found.close()
    postgres_databases.drop(found.database_url)


@pytest.fixture
def door(district: District) -> Iterator[Door]:
    """Its API, in this process."""
    with open_door(district) as opened:
        yield opened


@pytest.fixture
def small_district(founded_file: Path, tmp_path: Path) -> Iterator[District]:
    """A founded district on SQLite, for what does not depend on the database."""
    found = copied(founded_file, tmp_path)
    yield found
    found.close()


@pytest.fixture
def small_door(small_district: District) -> Iterator[Door]:
    """Its API, in this process."""
    with open_door(small_district) as opened:
        yield opened


@pytest.fixture(scope="module")
def standing_door(founded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """One district on SQLite for all tests of a module, which leave no trace or mind none."""
    district = copied(founded_file, tmp_path_factory.mktemp("standing"))
    with open_door(district, patience_s=0.0) as opened:
        yield opened
    district.close()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def server(
    request: pytest.FixtureRequest, postgres_databases: PostgresDatabases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """The service as it is run, over either database, for all tests of a module."""
    folder = tmp_path_factory.mktemp("server")
    if request.param == "sqlite":
        district = copied(request.getfixturevalue("founded_file"), folder)
    else:
        district = copied_on_postgresql(request.getfixturevalue("founded_url"), postgres_databases)
    with running_server(district, folder, heartbeat_s="0.5", streams_per_reader="2") as running:
        yield running
    district.close()
    if request.param == "postgresql":
        postgres_databases.drop(district.database_url)
