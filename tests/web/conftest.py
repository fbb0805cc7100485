"""A district with its doors open, on SQLite and on PostgreSQL, in this process and behind a real server.

Founding takes some sixty commands; on SQLite it is done once for the run, and every test has a copy.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.postgres import PostgresDatabases
from tests.web.district import District, Door, open_door
from tests.web.server import Server, running_server


@pytest.fixture(scope="session")
def founded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with a founded district in it, to be copied."""
    path = tmp_path_factory.mktemp("founded") / "ledger.db"
    District(f"sqlite:///{path}").close()
    return path


def copied(founded: Path, folder: Path) -> District:
    """A district of one's own, from the founded one."""
    path = folder / "ledger.db"
    shutil.copyfile(founded, path)
    return District(f"sqlite:///{path}", founded=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def district(request: pytest.FixtureRequest, founded_file: Path, tmp_path: Path) -> Iterator[District]:
    """A founded district on either database."""
    is_sqlite = request.param == "sqlite"
    found = copied(founded_file, tmp_path) if is_sqlite else District(request.getfixturevalue("postgres_url"))
    yield found
    found.close()


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
    request: pytest.FixtureRequest,
    founded_file: Path,
    postgres_databases: PostgresDatabases,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Server]:
    """The service as it is run, over either database, for all tests of a module."""
    folder = tmp_path_factory.mktemp("server")
    url = None if request.param == "sqlite" else postgres_databases.create()
    district = copied(founded_file, folder) if url is None else District(url)
    with running_server(district, folder, heartbeat_s="0.5", streams_per_reader="2") as running:
        yield running
    district.close()
    if url is not None:
        postgres_databases.drop(url)
