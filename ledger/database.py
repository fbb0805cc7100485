"""Opening a database: one address, one engine, the schema brought up to date under a lock."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from alembic import command as alembic_command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError

from ledger.schema import SERVICE_PRIVILEGES

_SCHEMA_LOCK = 0x1ED6E2
"""Key of the PostgreSQL advisory lock under which the schema is created or migrated."""

_BUSY_TIMEOUT_MS = 30_000
_LONGEST_PAUSE_S = 0.7

_Answer = TypeVar("_Answer")


class UnusableDatabaseUrl(ValueError):
    """The address is not one of a database this ledger can live in."""


def normalise_url(address: str) -> URL:
    """Read a database address; PostgreSQL always means psycopg2, a bare path means SQLite.

    SQLAlchemy 2.1 reads a bare ``postgresql://`` as another driver, so the driver is always named.
    Raises UnusableDatabaseUrl for anything but SQLite and PostgreSQL; the message shows no password.
    """
    try:
        url = make_url(address) if "://" in address else URL.create("sqlite", database=address)
    except (ArgumentError, ValueError):
        raise UnusableDatabaseUrl("the database address cannot be read; expected a path or postgresql://…") from None
    if url.drivername in {"postgres", "postgresql", "postgresql+psycopg2"}:
        return url.set(drivername="postgresql+psycopg2")
    if url.drivername in {"sqlite", "sqlite+pysqlite"}:
        if url.database in {None, "", ":memory:"}:
            raise UnusableDatabaseUrl(f"{address!r} names no file; a ledger in memory would forget, so name a file")
        return url.set(drivername="sqlite+pysqlite")
    raise UnusableDatabaseUrl(
        f"{url.render_as_string(hide_password=True)} names the driver {url.drivername}; "
        "this ledger lives in SQLite or in PostgreSQL through psycopg2"
    )


class Database:
    """A pool of connections to one database, and what differs between the two kinds."""

    def __init__(self, url: URL, engine: Engine) -> None:
        self.url, self.engine = url, engine
        self.is_postgresql = engine.dialect.name == "postgresql"

    def create_schema(self) -> None:
        """Bring the schema up to date; safe when several processes start at once."""
        self.locked(_migrate)

    def locked(self, work: Callable[[Connection], None]) -> None:
        """Do something to the schema in one transaction, alone among all processes on the database."""
        # Whoever waited for the lock must see what the one before it did, so every statement looks anew.
        options = {"isolation_level": "READ COMMITTED"} if self.is_postgresql else {}
        with _Writing(self.engine, options) as connection:
            if self.is_postgresql:
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _SCHEMA_LOCK})
            work(connection)

    def writing(self) -> "_Writing":
        """A transaction that will write: on SQLite it takes the one write lock at once."""
        return _Writing(self.engine, {})

    def transact(self, work: Callable[[Connection], _Answer]) -> _Answer:
        """Do something in one writing transaction; as a whole again where the database asks for it.

        It asks (SQLSTATE class 40) when a deadlock or, where every transaction is SERIALIZABLE, a
        neighbour stood in the way.
        """
        pause_s = 0.005
        while True:
            try:
                with self.writing() as connection:
                    return work(connection)
            except DBAPIError as error:
                if pause_s > _LONGEST_PAUSE_S or not _is_to_be_repeated(error):
                    raise
                time.sleep(pause_s)
                pause_s *= 2

    def grant_service_role(self, role: str) -> None:
        """Give a PostgreSQL role what the service needs and no more; the log only SELECT and INSERT.

        The role may create tables beside the log (the projections'), but owns none of the log.
        """
        if not self.is_postgresql:
            raise UnusableDatabaseUrl("SQLite has no roles; its file permissions are the fence")
        quoted = self.engine.dialect.identifier_preparer.quote_identifier(role)
        with self.engine.begin() as connection:
            connection.exec_driver_sql(f"GRANT USAGE, CREATE ON SCHEMA public TO {quoted}")
            for table, privileges in SERVICE_PRIVILEGES.items():
                connection.exec_driver_sql(f"REVOKE ALL ON {table} FROM {quoted}")
                connection.exec_driver_sql(f"GRANT {privileges} ON {table} TO {quoted}")

    def close(self) -> None:
        """Close every connection of the pool."""
        self.engine.dispose()


def _is_to_be_repeated(error: DBAPIError) -> bool:
    return str(getattr(error.orig, "pgcode", None) or "").startswith("40")


class _Writing:
    """``with database.writing() as connection``: begin, commit on success, roll back on error."""

    def __init__(self, engine: Engine, options: dict[str, Any]) -> None:
        self._connection = engine.connect().execution_options(ledger_writes=True, **options)

    def __enter__(self) -> Connection:
        self._transaction = self._connection.begin()
        return self._connection

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._transaction.commit()
            else:
                self._transaction.rollback()
        finally:
            self._connection.close()


def open_database(
    address: str, *, pool_size: int = 10, isolation_level: str | None = None, create: bool = True
) -> Database:
    """Open a database by its address and, unless told not to, bring its schema up to date.

    ``isolation_level`` is for PostgreSQL set to SERIALIZABLE; the default READ COMMITTED is enough,
    because the sequencer row is locked before anything is looked up.
    """
    url = normalise_url(address)
    engine = (
        _open_sqlite(url) if url.get_backend_name() == "sqlite" else _open_postgresql(url, pool_size, isolation_level)
    )
    database = Database(url, engine)
    if create:
        database.create_schema()
    return database


def _open_postgresql(url: URL, pool_size: int, isolation_level: str | None) -> Engine:
    options: dict[str, Any] = {} if isolation_level is None else {"isolation_level": isolation_level}
    return create_engine(
        url,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_timeout=5,
        pool_pre_ping=True,
        connect_args={"connect_timeout": 5, "application_name": "disclosure-ledger"},
        **options,
    )


def _open_sqlite(url: URL) -> Engine:
    assert url.database is not None
    Path(url.database).resolve().parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": _BUSY_TIMEOUT_MS / 1000, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _: object) -> None:
        # The driver would begin transactions in its own time; we begin them where we mean to.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}")
        cursor.execute("PRAGMA journal_mode = WAL")
        # FULL: a commit is on the disk before it is acknowledged.
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("ledger_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _migrate(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    alembic_command.upgrade(config, "head")
