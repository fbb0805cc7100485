"""A house with its pages open over the small past, made once a module: pages only read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pages.house import House, open_house
from tests.support.postgres import PostgresDatabases


@pytest.fixture(scope="module")
def sqlite_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The pages over a SQLite file."""
    path: Path = tmp_path_factory.mktemp("pages") / "ledger.db"
    with open_house(f"sqlite:///{path}") as house:
        yield house


@pytest.fixture(scope="module")
def postgres_house(postgres_databases: PostgresDatabases) -> Iterator[House]:
    """The pages over a PostgreSQL database."""
    url = postgres_databases.create()
    with open_house(url) as house:
        yield house
    postgres_databases.drop(url)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest) -> House:
    """The same test on each database."""
    opened: House = request.getfixturevalue("sqlite_house" if request.param == "sqlite" else "postgres_house")
    return opened
