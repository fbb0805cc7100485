"""The server the other tests stand on: it must come back after a kill, on the same port, with what was written."""

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, text

from tests.support.postgres import PostgresServer


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    with PostgresServer(durable=True) as server:
        yield server


def run(url: str, statement: str) -> list[tuple]:
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            result = connection.execute(text(statement))
            return [tuple(row) for row in result] if result.returns_rows else []
    finally:
        engine.dispose()


class TestServer:
    def test_keeps_what_was_committed_when_killed(self, server: PostgresServer) -> None:
        url = server.create_database()
        run(url, "CREATE TABLE register AS SELECT 1 AS position")

        server.kill()
        stood_after_the_kill = server.is_running
        server.start()

        assert not stood_after_the_kill
        assert run(url, "SELECT position FROM register") == [(1,)]

    def test_comes_back_on_the_same_port(self, server: PostgresServer) -> None:
        url = server.url()

        server.restart()

        assert server.url() == url
        assert run(url, "SELECT 1") == [(1,)]

    def test_waits_for_the_disk_when_durable(self, server: PostgresServer) -> None:
        assert run(server.url(), "SHOW fsync") == [("on",)]

    def test_listens_on_loopback_only(self, server: PostgresServer) -> None:
        assert run(server.url(), "SHOW listen_addresses") == [("127.0.0.1",)]


class TestFreshDatabases:
    def test_are_empty(self, postgres_url: str) -> None:
        assert run(postgres_url, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]

    def test_serializable_ones_are_serializable(self, serializable_postgres_url: str) -> None:
        assert run(serializable_postgres_url, "SHOW transaction_isolation") == [("serializable",)]

    def test_order_text_by_its_bytes_on_both_databases(self, database_url: str) -> None:
        ordered = run(database_url, "SELECT 'b' AS word UNION SELECT 'B' UNION SELECT 'a' ORDER BY word")

        assert ordered == [("B",), ("a",), ("b",)]
