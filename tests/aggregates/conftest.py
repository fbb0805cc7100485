import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.aggregates.house import DAWN, House


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, House]:
    """A district that was founded once; every test gets a copy of it."""
    path = tmp_path_factory.mktemp("district") / "founded.db"
    house = House(path)
    house.found()
    house.close()
    return path, house


@pytest.fixture
def house(founded: tuple[Path, House], tmp_path: Path) -> Iterator[House]:
    """A district of its own: an office, two departments, two external bodies, everybody at work."""
    path, original = founded
    shutil.copy(path, tmp_path / "district.db")
    house = House(tmp_path / "district.db")
    house.now, house.commands = DAWN, original.commands
    yield house
    house.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[House]:
    """A ledger in which nothing has happened."""
    house = House(tmp_path / "empty.db")
    yield house
    house.close()
