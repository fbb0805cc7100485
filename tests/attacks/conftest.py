"""One scene a test, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks.scene import Scene
from tests.support.timestamp_authority import TimestampAuthority


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LEDGER_DATABASE_URL", "LEDGER_NAME", "LEDGER_SIGNING_DIRECTORY", "COLUMNS", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def scene(database_url: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Iterator[Scene]:
    found = Scene(database_url, tmp_path, capfd)
    yield found
    found.close()


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> TimestampAuthority:
    return TimestampAuthority(tmp_path_factory.mktemp("authority"))
