"""The owner migrates; the service may add to the log and can take nothing away."""

import secrets
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.exc import ProgrammingError

from cli.migration import bring_up_to_date
from ledger.database import UnusableDatabaseUrl


@pytest.fixture
def service_role(postgres_url: str) -> Iterator[str]:
    role = f"ledger_service_{secrets.token_hex(4)}"
    yield role
    owner = create_engine(postgres_url)
    with owner.begin() as connection:
        connection.execute(text(f"DROP OWNED BY {role}"))
        connection.execute(text(f"DROP ROLE {role}"))
    owner.dispose()


@pytest.fixture
def service(postgres_url: str, service_role: str) -> Iterator[Engine]:
    """The service's own connection, after a migration."""
    bring_up_to_date(postgres_url, service_role=service_role, service_password="a 'quoted' password")
    engine = create_engine(make_url(postgres_url).set(username=service_role, password="a 'quoted' password"))
    yield engine
    engine.dispose()


class TestServiceRole:
    def test_reads_the_log(self, service: Engine) -> None:
        with service.begin() as connection:
            assert connection.execute(text("SELECT count(*) FROM ledger_entries")).scalar_one() == 0

    @pytest.mark.parametrize(
        "deed",
        [
            "UPDATE ledger_entries SET position = position + 1",
            "DELETE FROM ledger_entries",
            "TRUNCATE ledger_entries",
            "DROP TABLE ledger_entries",
            "ALTER TABLE ledger_entries DISABLE TRIGGER ALL",
        ],
    )
    def test_cannot_touch_what_stands(self, service: Engine, deed: str) -> None:
        with service.connect() as connection, pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
            connection.execute(text(deed))

    def test_makes_tables_beside_the_log(self, service: Engine) -> None:
        with service.begin() as connection:
            connection.execute(text("CREATE TABLE catalogue_items_g1 (item text)"))

    def test_stays_as_it_is_when_migrated_again(self, postgres_url: str, service: Engine, service_role: str) -> None:
        bring_up_to_date(postgres_url, service_role=service_role)

        with service.begin() as connection:
            assert connection.execute(text("SELECT count(*) FROM ledger_entries")).scalar_one() == 0


def test_a_sqlite_file_needs_no_role(sqlite_url: str) -> None:
    bring_up_to_date(sqlite_url)
    bring_up_to_date(sqlite_url)

    engine = create_engine(sqlite_url)
    with engine.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM ledger_entries")).scalar_one() == 0
    engine.dispose()


def test_a_sqlite_file_has_no_role_to_admit(sqlite_url: str) -> None:
    with pytest.raises(UnusableDatabaseUrl, match="SQLite has no roles"):
        bring_up_to_date(sqlite_url, service_role="ledger_service")
