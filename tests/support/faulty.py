"""A database connection that fails where a test wants it to: at the N-th call, or around the commit.

It stands below SQLAlchemy, at the driver, so it sees every way in which the ledger speaks to a database.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from typing import Any

import psycopg2
import psycopg2.extensions
from sqlalchemy import event

from ledger.database import Database

LOST = "server closed the connection unexpectedly"


class Faults:
    """Which call fails, and how often; counts the calls of the thread that commits and of no other.

    ``fail_at(n)`` loses the connection instead of making the n-th call from now; ``fail_after(n)`` makes the
    call and loses the answer.  ``commits_only`` counts commits and nothing else.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Count from nought, and let everything succeed."""
        self.calls = 0
        self._failing: tuple[int, bool] | None = None
        self._away = False
        self._commits_only = False

    def fail_at(self, call: int, *, commits_only: bool = False) -> None:
        """The connection is lost before that call."""
        self.forget()
        self._failing, self._commits_only = (call, False), commits_only

    def fail_after(self, call: int, *, commits_only: bool = False) -> None:
        """The connection is lost between that call and its answer."""
        self.forget()
        self._failing, self._commits_only = (call, True), commits_only

    def stay_away(self) -> None:
        """Every call fails from now on."""
        self.forget()
        self._away = True

    def call(self, connection: Any, name: str, real: Callable[[], Any]) -> Any:
        """Make a call, or fail it."""
        if not threading.current_thread().name.startswith("ledger-committer"):
            return real()
        if self._commits_only and name != "commit":
            return real()
        with self._lock:
            self.calls += 1
            turn = self._failing is not None and self._failing[0] == self.calls
        if not turn and not self._away:
            return real()
        if self._failing is not None and self._failing[1]:
            real()
        raise connection.lose()


class _PostgresConnection(psycopg2.extensions.connection):
    faults: Faults

    def cursor(self, *arguments: Any, **keywords: Any) -> Any:
        keywords["cursor_factory"] = _PostgresCursor
        return super().cursor(*arguments, **keywords)

    def commit(self) -> None:
        self.faults.call(self, "commit", super().commit)

    def lose(self) -> Exception:
        self.close()
        return psycopg2.OperationalError(LOST)


class _PostgresCursor(psycopg2.extensions.cursor):
    def execute(self, *arguments: Any) -> Any:
        # A COMMIT may also be sent as the end of a longer statement.
        name = "commit" if "COMMIT" in str(arguments[0]) else "execute"
        return self.connection.faults.call(self.connection, name, lambda: psycopg2_execute(self, *arguments))

    def copy_expert(self, *arguments: Any, **keywords: Any) -> Any:
        real = super().copy_expert
        return self.connection.faults.call(self.connection, "copy", lambda: real(*arguments, **keywords))


psycopg2_execute = psycopg2.extensions.cursor.execute


class _SQLiteConnection(sqlite3.Connection):
    faults: Faults

    def cursor(self, *_: Any) -> Any:
        return super().cursor(_SQLiteCursor)

    def commit(self) -> None:
        self.faults.call(self, "commit", super().commit)

    def lose(self) -> Exception:
        super().rollback()
        return sqlite3.OperationalError("disk I/O error")


class _SQLiteCursor(sqlite3.Cursor):
    connection: _SQLiteConnection

    def execute(self, *arguments: Any) -> Any:
        name = "commit" if arguments[0] == "COMMIT" else "execute"
        return self.connection.faults.call(self.connection, name, lambda: sqlite3.Cursor.execute(self, *arguments))

    def executemany(self, *arguments: Any) -> Any:
        return self.connection.faults.call(
            self.connection, "execute", lambda: sqlite3.Cursor.executemany(self, *arguments)
        )


def make_faulty(database: Database) -> Faults:
    """Let every connection the database opens from now on fail as the answer is told to."""
    faults = Faults()
    database.engine.dispose()

    @event.listens_for(database.engine, "do_connect")
    def connect(_dialect: Any, _record: Any, arguments: Any, keywords: dict[str, Any]) -> Any:
        if database.is_postgresql:
            connection: Any = psycopg2.connect(*arguments, connection_factory=_PostgresConnection, **keywords)
        else:
            connection = sqlite3.connect(*arguments, factory=_SQLiteConnection, **keywords)
        connection.faults = faults
        return connection

    return faults
