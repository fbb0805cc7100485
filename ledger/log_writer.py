"""What the committer says to the database, in as few round trips as will do.

Every command of a busy ledger waits for this conversation, and while it lasts the sequencer is locked
for everybody.  So it speaks to the driver: one question locks the sequencer and asks for all that a
batch must know, and the last write is sent together with its COMMIT.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, PoolProxiedConnection

from ledger.bulk_copy import EntryRow, copy_entries

INSERT_COMMAND = "INSERT INTO ledger_commands (ledger, command_id, fingerprint, first_position, events) VALUES"
INSERT_PERSONAL = "INSERT INTO ledger_personal_values (ledger, record, field, salt, value) VALUES"
INSERT_SUBTREE = "INSERT INTO ledger_subtrees (ledger, level, number, hash) VALUES"
INSERT_CHECKPOINT = "INSERT INTO ledger_checkpoints (ledger, size, note, signed_at) VALUES"
_INSERT_ENTRY = (
    "INSERT INTO ledger_entries "
    "(ledger, position, stream, version, type, actor, occurred_at, recorded_at, entry, leaf_hash) VALUES"
)
_UPDATE_HEAD = "UPDATE ledger_head SET size = %s, edge = %s, recorded_at = %s WHERE ledger = %s"

_COPIED_FROM_ROWS = 200
"""From so many rows on COPY is worth the two round trips that it takes."""

_MOST_NEWS = 5_000
"""Entries recorded since we looked last that are read to learn versions from; beyond, streams are asked for anew."""

_MOST_KNOWN = 50_000
"""Streams whose version is remembered."""

_LONGEST_SILENCE = "10s"
"""How long a writer may hold the sequencer without a word before PostgreSQL ends its connection."""

_CHUNK = 400

Row = tuple[Any, ...]


@dataclass(slots=True)
class Standing:
    """What the lock protects, as a batch finds it.

    ``versions`` holds the streams asked for that exist, ``commands`` fingerprint, first position and
    number of events of the command ids that are known.
    """

    size: int
    edge: bytes
    recorded_at: int
    versions: dict[str, int] = field(default_factory=dict)
    commands: dict[str, tuple[bytes | None, int, int]] = field(default_factory=dict)


@dataclass(slots=True)
class Writing:
    """What a batch has come to: the rows of every table, and the sequencer as it stands afterwards.

    ``rows`` belong to the INSERT statements above, ``statements`` are whatever else there is to do.
    """

    entries: list[EntryRow] = field(default_factory=list)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    statements: list[tuple[str, Row]] = field(default_factory=list)
    size: int = 0
    edge: bytes = b""
    recorded_at: int = 0

    def add(self, insert: str, *rows: Row) -> None:
        """Add rows to a table."""
        self.rows.setdefault(insert, []).extend(rows)


class LogWriter(ABC):
    """One connection that writes one ledger; made anew after whatever ended it.

    Statements are written with ``%s`` for a parameter.
    """

    def __init__(self, engine: Engine, ledger: int) -> None:
        self.ledger = ledger
        proxied = engine.raw_connection()
        self._connection = _taken_out(proxied)
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    @staticmethod
    def open(engine: Engine, ledger: int) -> "LogWriter":
        """A writer of the engine's kind."""
        kind = PostgresLogWriter if engine.dialect.name == "postgresql" else SQLiteLogWriter
        return kind(engine, ledger)

    @abstractmethod
    def _prepare(self) -> None:
        """Settle what holds for the whole connection."""

    @abstractmethod
    def begin(self, streams: Sequence[str], command_ids: Sequence[str]) -> Standing:
        """Lock the sequencer and look up what a batch must know."""

    @abstractmethod
    def fetch(self, statement: str, parameters: Row) -> list[Row]:
        """Look further things up in the open transaction; bytes come as bytes."""

    @abstractmethod
    def commit(self, writing: Writing) -> None:
        """Write everything and commit."""

    @abstractmethod
    def roll_back(self) -> None:
        """Undo the open transaction, if there is one."""

    def close(self) -> None:
        """Give the connection up, with whatever is open on it."""
        self._connection.close()


class PostgresLogWriter(LogWriter):
    """Several statements travel as one: two round trips make a commit, whatever it holds.

    The versions of streams seen before are not asked for again: they are what they were, but for the
    entries that others have recorded since.
    """

    def _prepare(self) -> None:
        self._versions: dict[str, int] = {}
        # Streams of the last batch that did not exist; who creates one shows among the news.
        self._absent: set[str] = set()
        self._versions_at: int | None = None
        self._is_alone = True
        self._connection.rollback()
        # Transactions begin and end in the statements below.
        self._connection.autocommit = True
        self._cursor = self._connection.cursor()
        # An acknowledgement speaks of the disk.  A process that was stopped must not keep the sequencer.
        self._cursor.execute(_SETTLE, (_LONGEST_SILENCE,))

    def begin(self, streams: Sequence[str], command_ids: Sequence[str]) -> Standing:
        """One round trip: the lock, then one statement for everything else."""
        statement, parameters = _LOCK_AND_SELECT_HEAD, [self.ledger, self.ledger]
        for more, values in (
            self._question_of_versions(
                [stream for stream in streams if stream not in self._versions and stream not in self._absent]
            ),
            self._question_of_news(),
            self._question_of_commands(command_ids),
        ):
            statement += more
            parameters += values
        # What follows the lock is a statement of its own: it sees what the one before us committed.
        self._cursor.execute(statement, parameters)
        standing = _standing(_with_bytes(self._cursor.fetchall()))
        self._learn(standing, streams)
        return standing

    def _question_of_versions(self, streams: Sequence[str]) -> tuple[str, list[Any]]:
        if not streams:
            return "", []
        return _SELECT_VERSIONS % ", ".join(["(%s)"] * len(streams)), [*streams, self.ledger]

    def _question_of_news(self) -> tuple[str, list[Any]]:
        if self._versions_at is None or self._is_alone:
            return "", []
        return _SELECT_NEWS, [self.ledger, self._versions_at, self._versions_at + _MOST_NEWS]

    def _question_of_commands(self, command_ids: Sequence[str]) -> tuple[str, list[Any]]:
        if not command_ids:
            return "", []
        return _SELECT_COMMANDS % ", ".join(["%s"] * len(command_ids)), [self.ledger, *command_ids]

    def _learn(self, standing: Standing, streams: Sequence[str]) -> None:
        """Put what is known and what was answered together, for the batch and for the next."""
        at = standing.size if self._versions_at is None else self._versions_at
        if not at <= standing.size <= at + _MOST_NEWS:
            # Too much has happened since, or the past is another than we knew.
            self._versions.clear()
            self._absent.clear()
            standing.versions = self._asked_apart(*self._question_of_versions(streams))
        elif standing.size > at and self._is_alone:
            standing.versions.update(self._asked_apart(_SELECT_NEWS, [self.ledger, at, standing.size]))
        self._is_alone = standing.size == at
        if len(self._versions) > _MOST_KNOWN:
            self._versions = {stream: self._versions[stream] for stream in streams if stream in self._versions}
        self._versions.update(standing.versions)
        self._versions_at = standing.size
        self._absent = {stream for stream in streams if stream not in self._versions}
        known = ((stream, self._versions.get(stream)) for stream in streams)
        standing.versions = {stream: version for stream, version in known if version is not None}

    def _asked_apart(self, question: str, parameters: list[Any]) -> dict[str, int]:
        if not question:
            return {}
        return _standing(self.fetch(question.removeprefix(" UNION ALL "), tuple(parameters))).versions

    def fetch(self, statement: str, parameters: Row) -> list[Row]:
        """One round trip."""
        self._cursor.execute(statement, parameters)
        return _with_bytes(self._cursor.fetchall())

    def commit(self, writing: Writing) -> None:
        """One round trip, and two more where COPY is worth them."""
        statements = [self._cursor.mogrify(*statement) for statement in writing.statements]
        if len(writing.entries) < _COPIED_FROM_ROWS:
            statements += self._inserts({_INSERT_ENTRY: writing.entries} if writing.entries else {})
        else:
            copy_entries(self._cursor, writing.entries)
        statements += self._inserts(writing.rows)
        if writing.entries:
            moved = (writing.size, writing.edge, writing.recorded_at, self.ledger)
            statements.append(self._cursor.mogrify(_UPDATE_HEAD, moved))
        self._cursor.execute(b"; ".join([*statements, b"COMMIT"]))
        if writing.entries:
            self._versions.update((row[2], row[3]) for row in writing.entries)
            self._versions_at = writing.size

    def _inserts(self, tables: Mapping[str, Sequence[Row]]) -> Iterator[bytes]:
        for insert, rows in tables.items():
            template = f"({', '.join(['%s'] * len(rows[0]))})"
            yield insert.encode() + b" " + b", ".join(self._cursor.mogrify(template, row) for row in rows)

    def roll_back(self) -> None:
        """One round trip."""
        self._cursor.execute("ROLLBACK")


# One question, three kinds of answer: the sequencer (0), streams and their versions (1), known commands (2).
_SETTLE = (
    "SELECT set_config('idle_in_transaction_session_timeout', %s, false), "
    "CASE current_setting('synchronous_commit') WHEN 'off' THEN set_config('synchronous_commit', 'on', false) END"
)
_LOCK_AND_SELECT_HEAD = (
    "BEGIN; SELECT 1 FROM ledger_head WHERE ledger = %s FOR UPDATE; "
    "SELECT 0, NULL::text, edge, size, recorded_at FROM ledger_head WHERE ledger = %s"
)
_SELECT_VERSIONS = (
    " UNION ALL SELECT 1, asked.stream, NULL, entries.version, NULL FROM (VALUES %s) AS asked (stream), "
    "LATERAL (SELECT max(version) AS version FROM ledger_entries WHERE ledger = %%s AND stream = asked.stream) AS entries"
)
_SELECT_NEWS = (
    " UNION ALL SELECT 1, stream, NULL, max(version), NULL FROM ledger_entries "
    "WHERE ledger = %s AND position > %s AND position <= %s GROUP BY stream"
)
_SELECT_COMMANDS = (
    " UNION ALL SELECT 2, command_id, fingerprint, first_position, events "
    "FROM ledger_commands WHERE ledger = %%s AND command_id IN (%s)"
)


def _standing(rows: Iterable[Row]) -> Standing:
    standing = Standing(0, b"", 0)
    for kind, name, data, number, other in rows:
        if kind == 0:
            standing.edge, standing.size, standing.recorded_at = data, number, other
        elif kind == 1 and number is not None:
            standing.versions[name] = number
        elif kind != 1:
            standing.commands[name] = (data, number, other)
    return standing


class SQLiteLogWriter(LogWriter):
    """The same over a connection that costs no round trips; each statement is simply executed."""

    def _prepare(self) -> None:
        self._cursor = self._connection.cursor()

    def begin(self, streams: Sequence[str], command_ids: Sequence[str]) -> Standing:
        """The write lock first, then question after question."""
        # IMMEDIATE takes the one write lock there is before anything is looked up.
        self._cursor.execute("BEGIN IMMEDIATE")
        query = "SELECT size, edge, recorded_at FROM ledger_head WHERE ledger = ?"
        standing = Standing(*self._cursor.execute(query, (self.ledger,)).fetchone())
        for chunk in _chunks(streams):
            query = (
                f"WITH asked (stream) AS (VALUES {', '.join(['(?)'] * len(chunk))}) "  # noqa: S608 - only placeholders
                "SELECT stream, (SELECT max(version) FROM ledger_entries WHERE ledger = ? AND stream = asked.stream) "
                "FROM asked"
            )
            found = self._cursor.execute(query, (*chunk, self.ledger))
            standing.versions.update((stream, version) for stream, version in found if version is not None)
        for chunk in _chunks(command_ids):
            query = (
                "SELECT command_id, fingerprint, first_position, events FROM ledger_commands "  # noqa: S608 - the same
                f"WHERE ledger = ? AND command_id IN ({', '.join(['?'] * len(chunk))})"
            )
            found = self._cursor.execute(query, (self.ledger, *chunk))
            standing.commands.update((command_id, known) for command_id, *known in found)
        return standing

    def fetch(self, statement: str, parameters: Row) -> list[Row]:
        """One question."""
        return list(self._cursor.execute(statement.replace("%s", "?"), parameters))

    def commit(self, writing: Writing) -> None:
        """Statement after statement."""
        for statement, parameters in writing.statements:
            self._cursor.execute(statement.replace("%s", "?"), parameters)
        for insert, rows in {_INSERT_ENTRY: writing.entries, **writing.rows}.items():
            if rows:
                self._cursor.executemany(f"{insert} ({', '.join('?' * len(rows[0]))})", rows)
        if writing.entries:
            moved = (writing.size, writing.edge, writing.recorded_at, self.ledger)
            self._cursor.execute(_UPDATE_HEAD.replace("%s", "?"), moved)
        self._cursor.execute("COMMIT")

    def roll_back(self) -> None:
        """Nothing where no transaction is open."""
        if self._connection.in_transaction:
            self._cursor.execute("ROLLBACK")

    def close(self) -> None:
        """Undo what is open first: SQLite keeps the lock of a connection that is closed in the midst of a statement."""
        try:
            self._cursor.close()
            self._connection.rollback()
        finally:
            super().close()


def _taken_out(proxied: PoolProxiedConnection) -> Any:
    """The driver's connection, out of the pool: it is held for as long as the ledger is open."""
    connection = proxied.dbapi_connection
    proxied.detach()
    return connection


def _with_bytes(rows: Iterable[Row]) -> list[Row]:
    """psycopg2 answers bytes as memory views."""
    return [tuple(bytes(value) if isinstance(value, memoryview) else value for value in row) for row in rows]


def _chunks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    return (values[at : at + _CHUNK] for at in range(0, len(values), _CHUNK))
