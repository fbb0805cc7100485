"""kill -9, of the service, of PostgreSQL, of both: nothing acknowledged is lost, nothing stands twice.

The seed of the random instants is printed; ``--fault-cycles N`` makes the drills longer.
"""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.drill import Drill, LedgerWithClients
from tests.support.postgres import PostgresServer

LONGEST_S = 0.5
PATIENCE_OF_CLIENTS_S = 15
SHARE_ON_SQLITE = 0.3


@pytest.fixture
def instants() -> random.Random:
    seed = secrets.randbits(32)
    print(f"seed of the drill: {seed}")  # noqa: T201 - pytest shows it when the drill fails
    return random.Random(seed)


@pytest.fixture
def cycles(pytestconfig: pytest.Config) -> int:
    return int(pytestconfig.getoption("--fault-cycles"))


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    with PostgresServer(durable=True) as server:
        yield server


def drill_on(url: str, folder: Path) -> tuple[Drill, LedgerWithClients]:
    service = LedgerWithClients(url, "district", folder / "signing")
    return Drill(service, url, "district"), service


def test_service_and_postgresql(server: PostgresServer, tmp_path: Path, instants: random.Random, cycles: int) -> None:
    drill, service = drill_on(server.create_database(), tmp_path)
    victims = ["service", "postgresql", "both"]
    service.start()
    try:
        for number in range(round(cycles * (1 - SHARE_ON_SQLITE))):
            victim = victims[number % 3] if number < len(victims) else instants.choice(victims)

            def strike(victim: str = victim) -> None:
                if victim in {"postgresql", "both"}:
                    server.kill()
                if victim in {"service", "both"}:
                    service.kill()

            def repair(victim: str = victim) -> None:
                server.start()
                if victim in {"service", "both"}:
                    service.start()

            drill.cycle(strike, repair, instants.uniform(0, LONGEST_S))
    finally:
        service.kill()

    drill.check()
    assert max(drill.recoveries_s) < PATIENCE_OF_CLIENTS_S


def test_service_on_sqlite(tmp_path: Path, instants: random.Random, cycles: int) -> None:
    drill, service = drill_on(f"sqlite:///{tmp_path / 'ledger.db'}", tmp_path)
    service.start()
    try:
        for _ in range(round(cycles * SHARE_ON_SQLITE)):
            drill.cycle(service.kill, service.start, instants.uniform(0, LONGEST_S))
    finally:
        service.kill()

    drill.check()
    assert max(drill.recoveries_s) < PATIENCE_OF_CLIENTS_S
