from __future__ import annotations

from collections.abc import Iterator

import pytest

from aggregates.registry import Registry
from ledger.database import open_database
from ledger.ledger import Ledger


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    database = open_database(str(tmp_path_factory.mktemp("registry") / "ledger.db"))
    with Ledger(database) as ledger:
        opened = Registry(ledger)
        yield opened
        opened.close()
    database.close()
