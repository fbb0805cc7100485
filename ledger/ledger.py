"""One district's ledger in one database: append, read, wait, prove what was recorded."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, func, insert, select

from ledger import instants
from ledger.append import Command, CommitProof, Receipt, RecordedCommand, prepare
from ledger.clock import Clock, system_clock
from ledger.commit import sign_present
from ledger.committer import CommitterStatistics, GroupCommitter
from ledger.content import LARGEST_CONTENT, ContentStore
from ledger.database import Database
from ledger.entry import Entry
from ledger.errors import IntegrityFault, LedgerError
from ledger.feed import Feed, RawEntry, Watch
from ledger.personal import PersonalValues
from ledger.published import PublishedLog, TreeAt, checkpoint_of
from ledger.rotation import KeyHistory, Rotation, RotationRefused, history_of
from ledger.schema import commands, entries, head
from ledger.signing import LogSigner, Signing
from ledger.tree import RightEdge


@dataclass(frozen=True, slots=True)
class Head:
    """How far the log has come: its size, its root hash and the moment of its last entry (None if empty)."""

    size: int
    root: bytes
    recorded_at: datetime | None


class NoSuchEntry(LedgerError):
    """The log has no entry at that position."""

    def __init__(self, position: int, size: int) -> None:
        super().__init__(f"the log has no entry at position {position}; it has {size} entries, numbered from 1")
        self.position, self.size = position, size


class Ledger:
    """The log of one district, and the stores beside it.

    ``signing`` makes it sign every commit before anybody is told of it; a log that is not the one signed
    last is then read-only, and ``fault`` says why.

    Many may be open on one database at once, in one process or in several; each runs one committer
    thread.  Close it, or use it in a ``with``, so that what waits is committed.
    """

    def __init__(
        self,
        database: Database,
        name: str = "district",
        *,
        clock: Clock = system_clock,
        capacity: int = 8192,
        patience_s: float = 5.0,
        largest_content: int = LARGEST_CONTENT,
        signing: Signing | None = None,
    ) -> None:
        self.database, self.name, self.clock = database, name, clock
        self.number = _number_of(database, name)
        self.feed = Feed(database, self.number)
        self.contents = ContentStore(database, largest_content)
        self.personal = PersonalValues(database, self.number)
        self.published = PublishedLog(database, self.number)
        self.signer = None if signing is None else LogSigner.open(signing, self.published.subtrees, clock)
        self._watch = Watch(database, self.number, self.feed)
        self._committer = GroupCommitter(
            database.engine,
            self.number,
            clock,
            capacity=capacity,
            patience_s=patience_s,
            committed=lambda size: self._watch.advance(size, announce=True),
            signer=self.signer,
        )
        if self.signer is not None:
            self._begin_signing(self.signer)

    def submit(self, command: Command) -> "Future[Receipt]":
        """Hand a command in; the future is done when the outcome is durable.

        Raises at once NotCanonical, EntryTooLarge, QueueFull or LedgerClosed; the future raises
        VersionConflict, CommandReused or LedgerUnavailable.
        """
        return self._committer.submit(prepare(command))

    def append(self, command: Command) -> Receipt:
        """Hand a command in and wait until it is durable; raises what ``submit`` and its future raise."""
        return self.submit(command).result()

    def find_command(self, command_id: str) -> RecordedCommand | None:
        """What a command id has become, or None when the log does not know it."""
        query = select(commands.c.fingerprint, commands.c.first_position, commands.c.events).where(
            commands.c.ledger == self.number, commands.c.command_id == command_id
        )
        with self.database.engine.connect() as connection:
            found = connection.execute(query).one_or_none()
        if found is None:
            return None
        fingerprint = None if found.fingerprint is None else bytes(found.fingerprint)
        positions = range(found.first_position, found.first_position + found.events)
        return RecordedCommand(command_id, fingerprint, positions)

    def receipt(self, command: RecordedCommand) -> Receipt:
        """The receipt of a command that was recorded before."""
        found = self.feed.read(command.positions.start - 1, len(command.positions))
        leaves = tuple(entry.leaf_hash for entry in found)
        return self.proven(Receipt(command.command_id, command.positions, found[0].recorded_at, leaves, replayed=True))

    def proven(self, receipt: Receipt) -> Receipt:
        """A receipt of an earlier commit with the proof it had then; any other as it is."""
        note = None if receipt.proof is not None else self.published.checkpoint_covering(receipt.position)
        if note is None:
            return receipt
        tree = TreeAt(self.published, checkpoint_of(note).size)
        return replace(receipt, proof=CommitProof(tree, note))

    def read(
        self, after: int = 0, limit: int = 1000, until: int | None = None, types: Sequence[str] = ()
    ) -> list[Entry]:
        """Entries with ``after < position <= until``, in order, at most ``limit``."""
        return self.feed.read(after, limit, until, types)

    def read_raw(
        self, after: int = 0, limit: int = 1000, until: int | None = None, types: Sequence[str] = ()
    ) -> list[RawEntry]:
        """The same undecoded: position, type, occurred_at, recorded_at (microseconds), bytes."""
        return self.feed.read_raw(after, limit, until, types)

    def all(self, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        """Every entry in order, a page in memory at a time."""
        return self.feed.all(after, until)

    def read_stream(self, stream: str, after: int = 0, until: int | None = None) -> list[Entry]:
        """A stream's entries with ``after < version <= until``."""
        return self.feed.read_stream(stream, after, until)

    def entry(self, position: int) -> Entry:
        """The entry at a position.  Raises NoSuchEntry."""
        found = self.feed.read(position - 1, 1, position) if position > 0 else []
        if not found:
            raise NoSuchEntry(position, self.head().size)
        return found[0]

    def head(self) -> Head:
        """Size, root and last moment of the log, read from the sequencer row."""
        query = select(head.c.size, head.c.edge, head.c.recorded_at).where(head.c.ledger == self.number)
        with self.database.engine.connect() as connection:
            size, edge, recorded_at = connection.execute(query).one()
        moment = instants.from_microseconds(recorded_at) if size else None
        return Head(size, RightEdge.from_bytes(size, bytes(edge)).root(), moment)

    def stream_version(self, stream: str) -> int:
        """The version a stream stands at, 0 for none."""
        query = select(func.max(entries.c.version)).where(entries.c.ledger == self.number, entries.c.stream == stream)
        with self.database.engine.connect() as connection:
            return int(connection.execute(query).scalar() or 0)

    def position_at(self, recorded_at: datetime) -> int:
        """The last position recorded at or before an instant; 0 when there is none."""
        return self.feed.position_at(recorded_at)

    def wait_beyond(self, position: int, timeout_s: float) -> bool:
        """Block until the log is longer than ``position``, whoever writes; false when the time is over first."""
        return self._watch.wait_beyond(position, timeout_s)

    @property
    def fault(self) -> str | None:
        """Why nothing more is recorded or signed, in a sentence; None while all is well."""
        return None if self._committer.fault is None else str(self._committer.fault)

    def _begin_signing(self, signer: LogSigner) -> None:
        """Hold the log against its last signed checkpoint, and sign it as it stands if nobody has."""
        try:
            # In this order: what others sign meanwhile then only makes the log at hand the longer one.
            kept = signer.kept()
            present = self.head()
            signer.follow(self.rotations())
            signer.begin(kept, present.size, present.root)
            note = self.database.transact(lambda connection: sign_present(connection, self.number, signer))
            signer.keep(note)
        except IntegrityFault as fault:
            self._committer.refuse(fault)

    def rotations(self) -> list[Rotation]:
        """Every change of the log's keys that it holds.  Raises RotationBroken for one that cannot be read."""
        return self.published.rotations()

    def key_history(self) -> KeyHistory | None:
        """The keys in force and those before them, as the log tells it; None where nothing is signed here.

        Raises RotationBroken.
        """
        return None if self.signer is None else history_of(self.rotations(), self.signer.history.first)

    def prepare_rotation(self, ground: str) -> dict[str, Any]:
        """Make new keys for the log, and the data of the one event that puts them in force.

        Appended at the next version of ``ledger.rotation.STREAM``, it is judged again under the lock.
        Raises IntegrityFault where the log's keys are not as they must be.
        """
        history = self.key_history()
        if self.signer is None or history is None:
            raise RotationRefused("this ledger signs nothing here, so it has no keys to change; nothing was recorded")
        present = self.head()
        return self.signer.prepare_rotation(history, present.size, present.root, ground)

    @property
    def waiting(self) -> int:
        """Commands that wait for their commit in this process."""
        return self._committer.waiting

    @property
    def statistics(self) -> CommitterStatistics:
        """Counters of this process's committer."""
        return self._committer.statistics

    def close(self) -> None:
        """Commit what waits and stop the threads; the database stays open."""
        self._committer.close()
        self._watch.close()
        if self.signer is not None:
            self.signer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def _number_of(database: Database, name: str) -> int:
    """The ledger's number in its database; the first to ask creates its empty head row."""
    query = select(head.c.ledger).where(head.c.name == name)
    with database.engine.connect() as connection:
        found = connection.execute(query).scalar()
    if found is not None:
        return int(found)
    numbers: list[int] = []

    def create(connection: Connection) -> None:
        number = connection.execute(query).scalar()
        if number is None:
            number = int(connection.execute(select(func.coalesce(func.max(head.c.ledger), 0))).scalar_one()) + 1
            row = {"ledger": number, "name": name, "size": 0, "edge": b"", "recorded_at": 0}
            connection.execute(insert(head), row)
        numbers.append(number)

    database.locked(create)
    return numbers[0]
