"""Bringing a database up to date, as its owner, and letting the service in with no more than it needs."""

import os
from typing import Any

from psycopg2.extensions import encrypt_password
from sqlalchemy import Connection, text

from cli.session import SessionOf
from ledger.database import Database, UnusableDatabaseUrl, open_database


def migrate(*, session: SessionOf, service_role: str | None = None) -> None:
    """以属主身份建立或升级数据库。Create or upgrade the database, as its owner; safe at every deployment.

    :param service_role: 服务使用的数据库角色：没有则建立，口令取自LEDGER_SERVICE_PASSWORD；对台账只能读和追加。
        The database role of the service: made if absent, its password taken from LEDGER_SERVICE_PASSWORD;
        it may read and add to the log, and can neither change nor remove what stands there. PostgreSQL only.
    """
    password = os.environ.get("LEDGER_SERVICE_PASSWORD") or None
    bring_up_to_date(session.database_url, service_role=service_role, service_password=password)
    if session.json:
        session.print_json({"database": session.shown_url, "service_role": service_role})
    else:
        session.console.print(f"数据库已是最新 · the database is up to date: {session.shown_url}", soft_wrap=True)


def bring_up_to_date(address: str, *, service_role: str | None = None, service_password: str | None = None) -> None:
    """Create or upgrade the schema; on PostgreSQL also create the service's role, or renew its password.

    ``address`` is the owner's.  The service's own address names ``service_role``, which may read and add to
    the log and can neither change nor remove what stands there.  Safe to run again at every deployment.
    Raises UnusableDatabaseUrl when a role is asked for on SQLite; the schema is up to date even then.
    """
    database = open_database(address)
    try:
        if service_role is not None:
            if not database.is_postgresql:
                raise UnusableDatabaseUrl(
                    f"SQLite has no roles, so {service_role} was not admitted; the schema is up to date. "
                    "Leave --service-role away, and let only the service's user read the file"
                )
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
