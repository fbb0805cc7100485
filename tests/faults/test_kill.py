"""kill -9, of the service, of PostgreSQL, of both: nothing acknowledged is lost, nothing stands twice,
and the log continues every checkpoint that a client was ever given.

The seed of the random instants is printed; ``--fault-cycles N`` makes the drills longer.
"""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.drill import Drill, LedgerWithClients, Service
from tests.support.http_service import HttpServiceWithClients
from tests.support.postgres import PostgresServer

LONGEST_S = 0.5
PATIENCE_OF_CLIENTS_S = 20
SHARES = {"ledger": 0.5, "http": 0.25, "sqlite": 0.25}


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


def kill_in_turns(drill: Drill, service: Service, server: PostgresServer, instants: random.Random, cycles: int) -> None:
    """Strike the service, PostgreSQL and both, first in turns and then as it comes."""
    victims = ["service", "postgresql", "both"]
    for number in range(cycles):
        victim = victims[number] if number < len(victims) else instants.choice(victims)

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


def test_ledger_and_postgresql(server: PostgresServer, tmp_path: Path, instants: random.Random, cycles: int) -> None:
    url = server.create_database()
    service = LedgerWithClients(url, "district", tmp_path / "signing")
    drill = Drill(service, url, "district")
    service.start()
    try:
        kill_in_turns(drill, service, server, instants, round(cycles * SHARES["ledger"]))
    finally:
        service.kill()

    drill.check()
    assert max(drill.recoveries_s) < PATIENCE_OF_CLIENTS_S


def test_service_over_http_and_postgresql(
    server: PostgresServer, tmp_path: Path, instants: random.Random, cycles: int
) -> None:
    url = server.create_database()
    service = HttpServiceWithClients(url, tmp_path)
    drill = Drill(service, url, "district")
    service.start()
    try:
        kill_in_turns(drill, service, server, instants, round(cycles * SHARES["http"]))
    finally:
        service.end()

    drill.check()
    assert service.surprises == []
    assert max(drill.recoveries_s) < PATIENCE_OF_CLIENTS_S


def test_ledger_on_sqlite(tmp_path: Path, instants: random.Random, cycles: int) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    service = LedgerWithClients(url, "district", tmp_path / "signing")
    drill = Drill(service, url, "district")
    service.start()
    try:
        for _ in range(round(cycles * SHARES["sqlite"])):
            drill.cycle(service.kill, service.start, instants.uniform(0, LONGEST_S))
    finally:
        service.kill()

    drill.check()
    assert max(drill.recoveries_s) < PATIENCE_OF_CLIENTS_S
