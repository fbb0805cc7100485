"""The schema: migrations lead to what the code says, from any number of processes at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from ledger.database import Database, UnusableDatabaseUrl, normalise_url, open_database
from ledger.ledger import Ledger
from ledger.schema import SERVICE_PRIVILEGES, guards, metadata, proof_guards
from tests.support.ledgers import assert_whole, note

TRIGGERS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'ledger%' ORDER BY name",
    "postgresql": (
        "SELECT tgname, pg_get_triggerdef(trigger.oid), prosrc FROM pg_trigger AS trigger "
        "JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid "
        "WHERE NOT tgisinternal AND relname LIKE 'ledger%' ORDER BY tgname"
    ),
}


def triggers(database: Database) -> list[tuple[str, ...]]:
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(TRIGGERS[connection.dialect.name]))]


class TestMigrations:
    def test_lead_to_the_tables_of_the_code(self, database_url: str) -> None:
        database = open_database(database_url)

        with database.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            difference = compare_metadata(context, metadata)
        database.close()

        assert difference == []

    def test_lead_to_the_guards_of_the_code(self, database_url: str) -> None:
        migrated = open_database(database_url)
        found = triggers(migrated)
        tables = inspect(migrated.engine).get_table_names()

        with migrated.engine.begin() as connection:
            for table in metadata.tables:
                connection.exec_driver_sql(f"DROP TABLE {table}")
            if migrated.is_postgresql:
                connection.exec_driver_sql("DROP FUNCTION ledger_refuse, ledger_refuse_rollback")
        with migrated.engine.begin() as connection:
            metadata.create_all(connection)
            for statement in guards(connection.dialect.name) + proof_guards(connection.dialect.name):
                connection.exec_driver_sql(statement.replace("%", "%%") if migrated.is_postgresql else statement)

        assert triggers(migrated) == found != []
        assert sorted(tables) == sorted([*metadata.tables, "alembic_version"])
        migrated.close()

    def test_are_nothing_the_second_time(self, database_url: str) -> None:
        first = open_database(database_url)
        with Ledger(first) as ledger:
            ledger.append(note())

            second = open_database(database_url)
            second.create_schema()

            assert_whole(ledger)
        first.close()
        second.close()

    def test_run_once_though_several_processes_start_at_once(self, database_url: str) -> None:
        starting = [
            subprocess.Popen(
                [sys.executable, "-m", "tests.support.writer", database_url, "district", f"m{n}", "6", "2"]
            )
            for n in range(3)
        ]

        assert [process.wait(60) for process in starting] == [0, 0, 0]
        database = open_database(database_url)
        with Ledger(database) as ledger:
            assert ledger.head().size == 18
            assert_whole(ledger)
        database.close()

    def test_have_privileges_for_the_service_on_every_table(self) -> None:
        assert set(SERVICE_PRIVILEGES) == {*metadata.tables, "alembic_version"}


class TestAddresses:
    @pytest.mark.parametrize(
        ("address", "driver"),
        [
            ("postgresql://u@h/d", "postgresql+psycopg2"),
            ("postgres://u@h/d", "postgresql+psycopg2"),
            ("postgresql+psycopg2://u@h/d", "postgresql+psycopg2"),
            ("sqlite:///ledger.db", "sqlite+pysqlite"),
            ("ledger.db", "sqlite+pysqlite"),
            ("./folder/ledger.db", "sqlite+pysqlite"),
        ],
    )
    def test_name_their_driver(self, address: str, driver: str) -> None:
        assert normalise_url(address).drivername == driver

    @pytest.mark.parametrize("address", ["mysql://u:secret@h/d", "postgresql+psycopg://u:secret@h/d", "://"])
    def test_of_other_databases_are_refused_without_the_password(self, address: str) -> None:
        with pytest.raises(UnusableDatabaseUrl) as refusal:
            normalise_url(address)

        assert "secret" not in str(refusal.value)

    def test_may_be_a_path_in_a_folder_that_is_not_there_yet(self, tmp_path: Path) -> None:
        database = open_database(str(tmp_path / "new" / "ledger.db"))
        with Ledger(database) as ledger:
            ledger.append(note())
            assert_whole(ledger)
        database.close()

    @pytest.mark.parametrize("address", ["sqlite://", "sqlite:///:memory:", ":memory:", ""])
    def test_of_a_database_that_would_forget_are_refused(self, address: str) -> None:
        with pytest.raises(UnusableDatabaseUrl, match="a ledger in memory would forget"):
            normalise_url(address)
