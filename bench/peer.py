"""The peer: the eventsourcing library's own PostgreSQL recorder, on the same server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from eventsourcing.persistence import ApplicationRecorder, InfrastructureFactory
from eventsourcing.postgres import PostgresTrackingRecorder
from eventsourcing.utils import Environment
from sqlalchemy.engine import make_url


def environment_of(url: str, callers: int) -> dict[str, str]:
    """The settings under which the library finds the database; one connection for every caller."""
    address = make_url(url)
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": str(address.database),
        "POSTGRES_HOST": str(address.host),
        "POSTGRES_PORT": str(address.port),
        "POSTGRES_USER": str(address.username),
        "POSTGRES_PASSWORD": str(address.password),
        "POSTGRES_POOL_SIZE": str(callers),
        "POSTGRES_MAX_OVERFLOW": "10",
    }


@contextmanager
def peer_recorder(url: str, callers: int, *, create: bool = True) -> Iterator[ApplicationRecorder]:
    """Its application recorder, with the library's defaults: a table lock and a transaction a command."""
    env = {**environment_of(url, callers), "CREATE_TABLE": "y" if create else "n"}
    factory: InfrastructureFactory[PostgresTrackingRecorder] = InfrastructureFactory.construct(Environment("peer", env))
    try:
        yield factory.application_recorder()
    finally:
        factory.close()
