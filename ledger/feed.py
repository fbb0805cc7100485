"""Reading the log in order, and learning without delay that it has grown.

Positions are given in commit order without a gap, so ``position > :bookmark ORDER BY position`` is
exact: no reader can miss an entry, whoever wrote it.
"""

import logging
import select
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import psycopg2
from sqlalchemy import Connection, text
from sqlalchemy import select as sql_select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from ledger import instants
from ledger.database import Database
from ledger.entry import Entry, decode_entry
from ledger.pages import Row, read_rows
from ledger.schema import entries, head

_log = logging.getLogger(__name__)

_LOST = (psycopg2.Error, SQLAlchemyError, OSError)
"""What a thread that waits for the log meets when the database goes away."""

# Halves the positions in question until one is left; all in the database, for a question apiece would be twenty.
_RECORDED_IN_THE_MIDDLE = (
    "(SELECT recorded_at FROM ledger_entries WHERE ledger = :ledger AND position = (low + high + 1) / 2)"
)
_POSITION_AT = text(
    "WITH RECURSIVE search (low, high) AS ("  # noqa: S608 - our own text
    "SELECT 0 * size, size FROM ledger_head WHERE ledger = :ledger UNION ALL SELECT "
    f"CASE WHEN {_RECORDED_IN_THE_MIDDLE} <= :instant THEN (low + high + 1) / 2 ELSE low END, "
    f"CASE WHEN {_RECORDED_IN_THE_MIDDLE} <= :instant THEN high ELSE (low + high + 1) / 2 - 1 END "
    "FROM search WHERE low < high) SELECT max(low) FROM search"
)

_WINDOW = 20_000
"""Positions looked through at a time for entries of some types only."""

RawEntry = tuple[int, int, int, str, bytes]
"""position, occurred_at and recorded_at in microseconds, type, and the entry's exact bytes."""


class Feed:
    """The entries of one ledger, by position and by stream."""

    def __init__(self, database: Database, ledger: int) -> None:
        self._database, self._ledger = database, ledger

    def size(self) -> int:
        """How many entries there are now."""
        with self._database.engine.connect() as connection:
            return self._size(connection)

    def _size(self, connection: Connection) -> int:
        return int(connection.execute(sql_select(head.c.size).where(head.c.ledger == self._ledger)).scalar_one())

    def read(
        self, after: int = 0, limit: int = 1000, until: int | None = None, types: Sequence[str] = ()
    ) -> list[Entry]:
        """Entries with ``after < position <= until`` in order, at most ``limit``, all types or those named."""
        found = self._page(("position", "entry", "leaf_hash"), after, limit, until, types)
        return [decode_entry(*row) for row in found]

    def read_raw(
        self, after: int = 0, limit: int = 1000, until: int | None = None, types: Sequence[str] = ()
    ) -> list[RawEntry]:
        """The same entries undecoded, for readers that decode only what they need."""
        return self._page(("position", "occurred_at", "recorded_at", "type", "entry"), after, limit, until, types)

    def all(self, after: int = 0, until: int | None = None, page: int = 2000) -> Iterator[Entry]:
        """Every entry in order, a page in memory at a time."""
        while batch := self.read(after, page, until):
            yield from batch
            after = batch[-1].position

    def read_stream(self, stream: str, after: int = 0, until: int | None = None) -> list[Entry]:
        """A stream's entries with ``after < version <= until``, in order of version."""
        query = (
            sql_select(entries.c.position, entries.c.entry, entries.c.leaf_hash)
            .where(entries.c.ledger == self._ledger, entries.c.stream == stream, entries.c.version > after)
            .order_by(entries.c.version)
        )
        if until is not None:
            query = query.where(entries.c.version <= until)
        with self._database.engine.connect() as connection:
            return [
                decode_entry(position, bytes(raw), bytes(leaf))
                for position, raw, leaf in connection.execute(query).all()
            ]

    def position_at(self, recorded_at: datetime) -> int:
        """The last position recorded at or before an instant; 0 when there is none.

        ``recorded_at`` never falls along positions, so a binary search over the primary key finds it.
        """
        parameters = {"ledger": self._ledger, "instant": instants.to_microseconds(recorded_at)}
        with self._database.engine.connect() as connection:
            return int(connection.execute(_POSITION_AT, parameters).scalar_one())

    def _page(
        self, columns: Sequence[str], after: int, limit: int, until: int | None, types: Sequence[str]
    ) -> list[Row]:
        """The rows of a page, read in windows between two positions.

        Positions have no gaps, so a window's ends say how many rows it has; left to a LIMIT, PostgreSQL
        sorts the whole rest of a log that it has no statistics of yet.
        """
        where = "ledger = %s AND position > %s AND position <= %s"
        if types:
            where += f" AND type IN ({', '.join(['%s'] * len(types))})"
        page: list[Row] = []
        with self._database.engine.connect() as connection:
            for first, last in self._windows(connection, after, limit, until, whole=not types):
                page += read_rows(connection, columns, where, (self._ledger, first, last, *types), limit - len(page))
                if len(page) >= limit:
                    break
        return page

    def _windows(
        self, connection: Connection, after: int, limit: int, until: int | None, *, whole: bool
    ) -> Iterator[tuple[int, int]]:
        """The windows to look into: one, or as many as it takes to find ``limit`` entries of some types."""
        if whole:
            yield after, after + limit if until is None else min(after + limit, until)
            return
        end = self._size(connection) if until is None else min(until, self._size(connection))
        for first in range(after, end, _WINDOW):
            yield first, min(first + _WINDOW, end)


class Watch:
    """Knows how far the log has come and wakes whoever waits for more.

    Commits of this process are announced in memory.  Commits of others arrive by LISTEN on
    PostgreSQL and by a short poll on SQLite; a slow poll on PostgreSQL catches a lost notification.
    """

    _POLL_SQLITE_S = 0.1
    _POLL_POSTGRESQL_S = 2.0
    _PAUSE_S = 0.5
    _BREATH_S = 0.02

    def __init__(self, database: Database, ledger: int, feed: Feed) -> None:
        self._database, self._ledger, self._feed = database, ledger, feed
        self._grown = threading.Condition()
        self._size = 0
        self._to_announce = 0
        self._announce = threading.Event()
        self._closing = threading.Event()
        self._threads: list[threading.Thread] = []

    @property
    def channel(self) -> str:
        """The name under which PostgreSQL carries this ledger's notifications."""
        return f"ledger_{self._ledger}"

    def advance(self, size: int, *, announce: bool = False) -> None:
        """Learn that the log has ``size`` entries; ``announce`` tells the other processes too."""
        with self._grown:
            if size > self._size:
                self._size = size
                self._grown.notify_all()
        if announce and self._database.is_postgresql:
            self._to_announce = size
            self._announce.set()
            self._start()

    def wait_beyond(self, position: int, timeout_s: float) -> bool:
        """Block until the log is longer than ``position``; false when the time is over first."""
        self._start()
        with self._grown:
            return self._grown.wait_for(lambda: self._size > position or self._closing.is_set(), timeout_s) and (
                self._size > position
            )

    def close(self) -> None:
        """Stop the threads and wake whoever waits."""
        self._closing.set()
        self._announce.set()
        with self._grown:
            self._grown.notify_all()
        for thread in self._threads:
            thread.join()

    def _start(self) -> None:
        with self._grown:
            if self._threads or self._closing.is_set():
                return
            loops = [self._listen, self._notify] if self._database.is_postgresql else [self._poll]
            self._threads = [
                threading.Thread(target=loop, name=f"ledger-{loop.__name__}", daemon=True) for loop in loops
            ]
            for thread in self._threads:
                thread.start()

    def _poll(self) -> None:
        while not self._closing.is_set():
            try:
                self.advance(self._feed.size())
            except DBAPIError as error:
                _log.warning("the log's size could not be read (%s); looking again", error)
            self._closing.wait(self._POLL_SQLITE_S)

    def _listen(self) -> None:
        """Wait for notifications; after a lost connection, look and listen again."""
        while not self._closing.is_set():
            try:
                with self._raw_connection() as connection:
                    connection.cursor().execute(f"LISTEN {self.channel}")
                    self.advance(self._feed.size())
                    self._listen_on(connection)
            except _LOST as error:
                self._connect_again_soon("listener", error)

    def _listen_on(self, connection: Any) -> None:
        looked_at = time.monotonic()
        while not self._closing.is_set():
            ready, _, _ = select.select([connection], [], [], 0.25)
            if ready:
                connection.poll()
                while connection.notifies:
                    self.advance(int(connection.notifies.pop(0).payload))
            if time.monotonic() - looked_at > self._POLL_POSTGRESQL_S:
                self.advance(self._feed.size())
                looked_at = time.monotonic()

    def _notify(self) -> None:
        """Tell other processes, outside every append transaction.

        NOTIFY takes a lock that all commits of the database share; here it costs nobody's commit.
        """
        while not self._closing.is_set():
            try:
                with self._raw_connection() as connection:
                    # The notification needs no flush of its own: what it tells of is durable already.
                    connection.cursor().execute("SET synchronous_commit = off")
                    self._notify_on(connection)
            except _LOST as error:
                # What was to be told may not have been.
                self._announce.set()
                self._connect_again_soon("notifier", error)

    def _notify_on(self, connection: Any) -> None:
        cursor = connection.cursor()
        while not self._closing.is_set():
            self._announce.wait()
            self._announce.clear()
            cursor.execute("SELECT pg_notify(%s, %s)", (self.channel, str(self._to_announce)))
            # A busy log tells its size fifty times a second, not at every commit.
            self._closing.wait(self._BREATH_S)

    def _connect_again_soon(self, who: str, error: Exception) -> None:
        if not self._closing.wait(self._PAUSE_S):
            _log.warning("the %s of %s lost its connection (%s); connecting again", who, self.channel, error)

    def _raw_connection(self) -> "_RawConnection":
        return _RawConnection(self._database)


class _RawConnection:
    """A psycopg2 connection in autocommit, outside the pool, closed at the end of the ``with``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def __enter__(self) -> Any:
        self._proxied = self._database.engine.raw_connection()
        self._proxied.detach()
        connection: Any = self._proxied.dbapi_connection
        connection.rollback()
        connection.autocommit = True
        self._connection = connection
        return connection

    def __exit__(self, *_: object) -> None:
        self._connection.close()
