"""Immutability is kept by the database, not by manners."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import pytest
from sqlalchemy import insert, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, ProgrammingError

from ledger.append import Command
from ledger.database import Database, UnusableDatabaseUrl, open_database
from ledger.ledger import Ledger
from ledger.personal import PersonalValues
from ledger.schema import checkpoints
from tests.support.ledgers import assert_whole, minutes, note, noted


@pytest.fixture
def written(ledger: Ledger) -> Ledger:
    """Entries enough for a subtree, commands, a checkpoint, and two contents, one of them sealed."""
    ledger.append(Command(minutes("minutes/1", 3), command_id="c1"))
    ledger.append(Command(minutes("minutes/2", 253), command_id="c2"))
    checkpoint = {"ledger": ledger.number, "size": 256, "note": "a note", "signed_at": 1}
    with ledger.database.writing() as connection:
        connection.execute(insert(checkpoints), checkpoint)
    ledger.contents.put(b"open " + ledger.name.encode())
    ledger.contents.seal(ledger.contents.put(b"sealed " + ledger.name.encode()).sha256)
    return ledger


def attempt(database: Database, deed: str, **values: object) -> None:
    with database.writing() as connection:
        connection.execute(text(deed), values)


class TestOwner:
    @pytest.mark.parametrize(
        "deed",
        [
            "UPDATE ledger_entries SET entry = entry",
            "UPDATE ledger_entries SET position = position + 100",
            "DELETE FROM ledger_entries",
            "DELETE FROM ledger_entries WHERE position = 2",
            "UPDATE ledger_commands SET fingerprint = NULL",
            "DELETE FROM ledger_commands",
            "DELETE FROM ledger_head",
            "UPDATE ledger_head SET size = 0",
            "UPDATE ledger_head SET size = size - 1 WHERE size > 0",
            "UPDATE ledger_head SET ledger = ledger + 100",
            "UPDATE ledger_head SET name = name || '!'",
            "UPDATE ledger_contents SET content = content",
            "UPDATE ledger_sealed_contents SET sha256 = 'x' || sha256",
            "UPDATE ledger_subtrees SET number = number + 1",
            "DELETE FROM ledger_subtrees",
            "UPDATE ledger_checkpoints SET note = ''",
            "DELETE FROM ledger_checkpoints",
        ],
    )
    def test_is_refused_as_well(self, written: Ledger, deed: str) -> None:
        with pytest.raises(DBAPIError, match=r"the ledger is append-only|the ledger never shrinks"):
            attempt(written.database, deed)

        assert_whole(written)

    # SQLite has no TRUNCATE; a DELETE without WHERE is refused above.
    @pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)
    @pytest.mark.parametrize(
        "table", ["ledger_entries", "ledger_commands", "ledger_head", "ledger_contents", "ledger_sealed_contents"]
    )
    def test_cannot_truncate(self, written: Ledger, table: str) -> None:
        with pytest.raises(DBAPIError, match="the ledger is append-only"):
            attempt(written.database, f"TRUNCATE {table} CASCADE")

        assert_whole(written)

    # PostgreSQL has no INSERT OR REPLACE; its ON CONFLICT DO UPDATE is an UPDATE, see below.
    @pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
    @pytest.mark.parametrize(
        ("table", "columns", "where"),
        [
            ("ledger_entries", "*", "position = 2"),
            (
                "ledger_entries",
                "ledger, 99, stream, version, type, actor, occurred_at, recorded_at, entry, leaf_hash",
                "position = 2",
            ),
            ("ledger_commands", "*", "1 = 1"),
            ("ledger_head", "*", "1 = 1"),
            ("ledger_contents", "*", "1 = 1"),
            ("ledger_sealed_contents", "*", "1 = 1"),
            ("ledger_subtrees", "*", "1 = 1"),
            ("ledger_checkpoints", "*", "1 = 1"),
        ],
    )
    def test_cannot_replace_by_inserting(self, written: Ledger, table: str, columns: str, where: str) -> None:
        # REPLACE deletes without asking the triggers on DELETE.
        with pytest.raises(DBAPIError, match="the ledger is append-only"):
            attempt(
                written.database,
                f"INSERT OR REPLACE INTO {table} SELECT {columns} FROM {table} WHERE {where}",
            )

        assert_whole(written)

    def test_cannot_turn_an_insert_into_an_update(self, written: Ledger) -> None:
        with pytest.raises(DBAPIError, match="the ledger is append-only"):
            attempt(
                written.database,
                "INSERT INTO ledger_entries SELECT * FROM ledger_entries WHERE 1 = 1 "
                "ON CONFLICT (ledger, position) DO UPDATE SET entry = excluded.entry",
            )

        assert_whole(written)

    def test_may_erase_personal_values(self, written: Ledger) -> None:
        value = PersonalValues.commit("officer/P01", "name", "王芳")
        written.append(Command([noted("officer/P01")], personal=[value]))

        assert written.personal.erase("officer/P01", ["name"]) == 1
        assert_whole(written)


@pytest.fixture
def service_url(postgres_url: str) -> Iterator[str]:
    """A migrated PostgreSQL database as the service's own role sees it."""
    role, password = f"service_{secrets.token_hex(4)}", secrets.token_hex(8)
    owner = open_database(postgres_url)
    with owner.engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE ROLE {role} LOGIN PASSWORD '{password}'")
    owner.grant_service_role(role)
    yield make_url(postgres_url).set(username=role, password=password).render_as_string(hide_password=False)
    with owner.engine.begin() as connection:
        connection.exec_driver_sql(f"DROP OWNED BY {role}")
        connection.exec_driver_sql(f"DROP ROLE {role}")
    owner.close()


@pytest.fixture
def service(service_url: str) -> Iterator[Database]:
    database = open_database(service_url, create=False)
    yield database
    database.close()


class TestServiceRole:
    def test_writes_reads_seals_erases_and_audits(self, service: Database) -> None:
        with Ledger(service) as ledger:
            value = PersonalValues.commit("officer/P01", "name", "王芳")
            ledger.append(Command(minutes("minutes/1", 3), command_id="c1", personal=[value]))
            ledger.append(note(version=4))
            content = ledger.contents.put(b"content")
            ledger.contents.seal(content.sha256)
            ledger.contents.unseal(content.sha256)

            assert ledger.personal.erase("officer/P01", ["name"]) == 1
            assert ledger.wait_beyond(3, 5)
            assert ledger.contents.get(content.sha256) == b"content"
            assert_whole(ledger)

    @pytest.mark.parametrize(
        "deed",
        [
            "UPDATE ledger_entries SET position = position",
            "DELETE FROM ledger_entries",
            "TRUNCATE ledger_entries",
            "UPDATE ledger_commands SET events = events",
            "DELETE FROM ledger_commands",
            "DELETE FROM ledger_head",
            "TRUNCATE ledger_head",
            "UPDATE ledger_contents SET size = size",
            "UPDATE ledger_sealed_contents SET size = size",
            "TRUNCATE ledger_contents",
            "DROP TABLE ledger_entries",
            "ALTER TABLE ledger_entries DISABLE TRIGGER ALL",
            "DROP TRIGGER ledger_entries_refuse ON ledger_entries",
            "CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
            "SET session_replication_role = replica",
            "UPDATE alembic_version SET version_num = '0000'",
        ],
    )
    def test_has_no_privilege_to(self, service: Database, deed: str) -> None:
        with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
            attempt(service, deed)

    def test_opens_a_database_that_its_owner_has_migrated(self, service_url: str) -> None:
        database = open_database(service_url)
        with Ledger(database) as ledger:
            assert ledger.append(note()).position == 1
        database.close()


def test_a_sqlite_file_has_no_roles(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    with pytest.raises(UnusableDatabaseUrl, match="SQLite has no roles"):
        database.grant_service_role("service")
    database.close()
