"""Bringing a database up to date, as its owner, and letting the service in with no more than it needs."""

from typing import Any

from psycopg2.extensions import encrypt_password
from sqlalchemy import Connection, text

from ledger.database import Database, open_database


def bring_up_to_date(address: str, *, service_role: str | None = None, service_password: str | None = None) -> None:
    """Create or upgrade the schema; on PostgreSQL also create the service's role, or renew its password.

    ``address`` is the owner's.  The service's own address names ``service_role``, which may read and add to
    the log and can neither change nor remove what stands there.  Safe to run again at every deployment.
    """
    database = open_database(address)
    try:
        if service_role is not None:
            _admit(database, service_role, service_password)
            database.grant_service_role(service_role)
    finally:
        database.close()


def _admit(database: Database, role: str, password: str | None) -> None:
    quoted = database.engine.dialect.identifier_preparer.quote_identifier(role)
    with database.engine.begin() as connection:
        if not _exists(connection, role):
            connection.exec_driver_sql(f"CREATE ROLE {quoted} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE")
        if password is not None:
            # Hashed here, so that the server's statement log never sees the password itself.
            driver: Any = connection.connection.dbapi_connection
            verifier = encrypt_password(password, role, driver, algorithm="scram-sha-256")
            connection.exec_driver_sql(f"ALTER ROLE {quoted} PASSWORD %(verifier)s", {"verifier": verifier})


def _exists(connection: Connection, role: str) -> bool:
    found = connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role})
    return found.first() is not None
