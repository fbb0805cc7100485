"""One commit: under the sequencer's lock, judge every waiting command alone, number and write what passes.

This is the one place where positions are given.  Nothing is acknowledged here; that happens only
when the transaction that ``commit_batch`` runs in is known to be durable.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, text, update

from ledger import instants
from ledger.append import Command, CommitProof, PreparedCommand, PreparedEvent, Receipt, TrackingMark
from ledger.batch_tree import BatchTree
from ledger.bulk_copy import EntryRow, copy_entries
from ledger.clock import Clock
from ledger.errors import CommandReused, Conflict, PersonalValueTaken, VersionConflict
from ledger.schema import checkpoints, commands, entries, head, personal_values, subtrees, tracking
from ledger.signing import LogSigner
from ledger.tiles import HEIGHT
from ledger.tree import RightEdge, leaf_hash

Outcome = Receipt | Conflict
"""What one command comes to: recorded (now or before), or refused with a reason."""


class TrackingConflict(Conflict):
    """The consumer has already been that far; somebody else did the work."""

    def __init__(self, mark: TrackingMark, actual: int) -> None:
        super().__init__(
            f"{mark.consumer} has already come to position {actual} of {mark.application}, the command says "
            f"{mark.position}; nothing was recorded"
        )


@dataclass(slots=True)
class Pending:
    """A command waiting for its commit; ``attempted`` once a commit with unknown outcome was tried."""

    prepared: PreparedCommand
    attempted: bool = False

    @property
    def command(self) -> Command:
        """The command as it was handed in."""
        return self.prepared.command


@dataclass(frozen=True, slots=True)
class CommitResult:
    """The outcomes, in the order of the commands, the log's size after them, and the checkpoint signed for it."""

    outcomes: list[Outcome]
    size: int
    note: str | None = None


_SELECT_HEAD = select(head.c.size, head.c.edge, head.c.recorded_at).where(head.c.ledger == bindparam("l"))
_LOCK_HEAD = _SELECT_HEAD.with_for_update()
_UPDATE_HEAD = (
    update(head)
    .where(head.c.ledger == bindparam("l"))
    .values(size=bindparam("new_size"), edge=bindparam("new_edge"), recorded_at=bindparam("new_recorded_at"))
)
_SELECT_COMMANDS = select(
    commands.c.command_id, commands.c.fingerprint, commands.c.first_position, commands.c.events
).where(commands.c.ledger == bindparam("l"), commands.c.command_id.in_(bindparam("ids", expanding=True)))
_SELECT_LEAVES = (
    select(entries.c.leaf_hash, entries.c.recorded_at)
    .where(
        entries.c.ledger == bindparam("l"),
        entries.c.position >= bindparam("first"),
        entries.c.position < bindparam("end"),
    )
    .order_by(entries.c.position)
)
_SELECT_AT_VERSION = select(entries.c.position, entries.c.entry, entries.c.leaf_hash).where(
    entries.c.ledger == bindparam("l"), entries.c.stream == bindparam("s"), entries.c.version == bindparam("v")
)

_LOOKUP_CHUNK = 400


def commit_batch(
    connection: Connection, ledger: int, batch: Sequence[Pending], clock: Clock, signer: LogSigner | None = None
) -> CommitResult:
    """Judge and write a batch in the connection's open transaction; the caller commits.

    Raises Fork, and nothing is written, when the tree is not one that the signer may continue.
    """
    return _Commit(connection, ledger, batch, clock, signer).run()


def sign_present(connection: Connection, ledger: int, signer: LogSigner) -> str:
    """The checkpoint of the log as it stands, signed now unless it has been before; the caller commits.

    Raises Fork when the tree is not one that the signer may continue.
    """
    size, edge_bytes, recorded_at = connection.execute(_LOCK_HEAD, {"l": ledger}).one()
    edge = RightEdge.from_bytes(size, bytes(edge_bytes))
    signer.refuse_fork(edge)
    where = (checkpoints.c.ledger == ledger) & (checkpoints.c.size == size)
    note = connection.execute(select(checkpoints.c.note).where(where)).scalar()
    if note is None:
        note = signer.sign(size, edge.root())
        row = {"ledger": ledger, "size": size, "note": note, "signed_at": recorded_at}
        connection.execute(insert(checkpoints), row)
    return str(note)


class _Commit:
    """The state of one commit: what the lock protects, and the rows that will be written."""

    def __init__(
        self,
        connection: Connection,
        ledger: int,
        batch: Sequence[Pending],
        clock: Clock,
        signer: LogSigner | None = None,
    ) -> None:
        self.connection, self.ledger, self.batch, self.signer = connection, ledger, batch, signer
        size, edge, last_recorded_at = connection.execute(_LOCK_HEAD, {"l": ledger}).one()
        self.edge = RightEdge.from_bytes(size, bytes(edge))
        if signer is not None:
            signer.refuse_fork(self.edge)
        self.before = self.edge.copy()
        self.proof = CommitProof()
        # The ledger's clock never runs backwards along positions, whatever the machine's clock does.
        self.recorded_at = max(instants.to_microseconds(clock()), last_recorded_at)
        self.stamp = instants.to_text(instants.from_microseconds(self.recorded_at)).encode()
        self.rows: list[EntryRow] = []
        self.command_rows: list[dict[str, Any]] = []

    def run(self) -> CommitResult:
        self.versions = self._stream_versions()
        self.known = self._known_commands()
        outcomes = [self._judge(pending) for pending in self.batch]
        self._write()
        return CommitResult(outcomes, self.edge.size, self.proof.checkpoint)

    def _stream_versions(self) -> dict[str, int]:
        """The versions now of every stream the batch writes to or relies on; absent streams are left out."""
        streams = {event.stream for pending in self.batch for event in pending.prepared.events}
        streams.update(stream for pending in self.batch for stream in pending.command.expects)
        found: dict[str, int] = {}
        for chunk in _chunks(sorted(streams)):
            asked = ", ".join(f"(:s{index})" for index in range(len(chunk)))
            query = (
                f"WITH asked(stream) AS (VALUES {asked}) SELECT stream, (SELECT max(version) FROM ledger_entries "  # noqa: S608 - only numbered parameters
                "WHERE ledger = :l AND ledger_entries.stream = asked.stream) FROM asked"
            )
            parameters = {f"s{index}": stream for index, stream in enumerate(chunk)}
            result = self.connection.execute(text(query), {"l": self.ledger, **parameters})
            found.update({stream: version for stream, version in result if version is not None})
        return found

    def _known_commands(self) -> dict[str, tuple[bytes | None, int, int]]:
        ids = sorted({pending.command.command_id for pending in self.batch if pending.command.command_id is not None})
        found: dict[str, tuple[bytes | None, int, int]] = {}
        for chunk in _chunks(ids):
            for command_id, fingerprint, first, count in self.connection.execute(
                _SELECT_COMMANDS, {"l": self.ledger, "ids": chunk}
            ):
                found[command_id] = (None if fingerprint is None else bytes(fingerprint), first, count)
        return found

    def _judge(self, pending: Pending) -> Outcome:
        command = pending.command
        if command.command_id is not None and command.command_id in self.known:
            return self._repeated(command)
        if (conflict := self._conflict(command, pending.prepared.events)) is not None:
            return self._recorded_already(pending) or conflict
        if command.personal and (taken := self._personal_value_taken(command)) is not None:
            return taken
        if command.tracking is not None and (refused := self._track(command.tracking)) is not None:
            return refused
        return self._record(pending)

    def _repeated(self, command: Command) -> Outcome:
        """The same command again: the first answer again, whatever has happened since."""
        assert command.command_id is not None
        fingerprint, first, count = self.known[command.command_id]
        if fingerprint != command.fingerprint:
            return CommandReused(command.command_id)
        return self._receipt_of(command.command_id, range(first, first + count))

    def _conflict(self, command: Command, events: Sequence[PreparedEvent]) -> VersionConflict | None:
        for stream, expected in command.expects.items():
            if (actual := self.versions.get(stream, 0)) != expected:
                return VersionConflict(stream, expected, actual)
        written: dict[str, int] = {}
        for event in events:
            actual = written.get(event.stream, self.versions.get(event.stream, -1))
            # A stream begins at 0 or 1; from there every event is the next.
            if event.version != actual + 1 and not (actual == -1 and event.version == 1):
                return VersionConflict(event.stream, event.version - 1, max(actual, 0))
            written[event.stream] = event.version
        return None

    def _recorded_already(self, pending: Pending) -> Receipt | None:
        """After a commit of unknown outcome: whether what stands in our way is our own."""
        events = pending.prepared.events
        if not (pending.attempted and events):
            return None
        first = events[0]
        found = self.connection.execute(
            _SELECT_AT_VERSION, {"l": self.ledger, "s": first.stream, "v": first.version}
        ).one_or_none()
        if found is None or first.event_id.encode() not in bytes(found.entry):
            return None
        return self._receipt_of(pending.command.command_id, range(found.position, found.position + len(events)))

    def _track(self, mark: TrackingMark) -> TrackingConflict | None:
        where = (tracking.c.consumer == mark.consumer) & (tracking.c.application == mark.application)
        actual = self.connection.execute(select(tracking.c.position).where(where)).scalar()
        if actual is not None and actual >= mark.position:
            return TrackingConflict(mark, actual)
        values = {"consumer": mark.consumer, "application": mark.application, "position": mark.position}
        statement = insert(tracking).values(values) if actual is None else update(tracking).where(where).values(values)
        self.connection.execute(statement)
        return None

    def _record(self, pending: Pending) -> Receipt:
        """Number the events, add them to the tree's right edge, and line their rows up."""
        command, first = pending.command, self.edge.size + 1
        leaves = tuple(self._append(event) for event in pending.prepared.events)
        if command.command_id is not None:
            self.known[command.command_id] = (command.fingerprint, first, len(leaves))
            self.command_rows.append(
                {
                    "ledger": self.ledger,
                    "command_id": command.command_id,
                    "fingerprint": command.fingerprint,
                    "first_position": first,
                    "events": len(leaves),
                }
            )
        if command.personal:
            self._store_personal(pending.prepared)
        positions = range(first, first + len(leaves))
        recorded_at = instants.from_microseconds(self.recorded_at)
        return Receipt(command.command_id, positions, recorded_at, leaves, proof=self.proof)

    def _append(self, event: PreparedEvent) -> bytes:
        raw = event.stamped(self.stamp)
        leaf = leaf_hash(raw)
        self.edge.append(leaf)
        self.versions[event.stream] = event.version
        occurred_at = self.recorded_at if event.occurred_at is None else event.occurred_at
        self.rows.append(
            (
                self.ledger,
                self.edge.size,
                event.stream,
                event.version,
                event.type,
                event.officer,
                occurred_at,
                self.recorded_at,
                raw,
                leaf,
            )
        )
        return leaf

    def _personal_value_taken(self, command: Command) -> PersonalValueTaken | None:
        """Whether a value stands already where the command would put one, as far as one can see beforehand."""
        for value in command.personal:
            where = (personal_values.c.record == value.record) & (personal_values.c.field == value.field)
            query = select(personal_values.c.field).where(personal_values.c.ledger == self.ledger, where)
            if self.connection.execute(query).first() is not None:
                return PersonalValueTaken(value.record, value.field)
        return None

    def _store_personal(self, prepared: PreparedCommand) -> None:
        rows = [
            {"ledger": self.ledger, "record": record, "field": field, "salt": salt, "value": value}
            for record, field, salt, value in prepared.personal
        ]
        self.connection.execute(insert(personal_values), rows)

    def _write(self) -> None:
        if not self.rows:
            return
        if self.connection.dialect.name == "postgresql":
            cursor = self.connection.connection.cursor()
            try:
                copy_entries(cursor, self.rows)
            finally:
                cursor.close()
        else:
            self.connection.exec_driver_sql(_INSERT_ENTRY_SQLITE, self.rows)
        if self.command_rows:
            self.connection.execute(insert(commands), self.command_rows)
        self.connection.execute(
            _UPDATE_HEAD,
            {
                "l": self.ledger,
                "new_size": self.edge.size,
                "new_edge": self.edge.to_bytes(),
                "new_recorded_at": self.recorded_at,
            },
        )

        self._write_proofs()

    def _write_proofs(self) -> None:
        """The subtree roots that the batch completed, and the checkpoint of the tree it made."""
        self.proof.tree = tree = BatchTree(self.before, [row[9] for row in self.rows])
        completed = [
            {"ledger": self.ledger, "level": level, "number": number, "hash": tree.full(level, number)}
            for level in range(HEIGHT, tree.size.bit_length(), HEIGHT)
            for number in range(self.before.size >> level, tree.size >> level)
        ]
        if completed:
            self.connection.execute(insert(subtrees), completed)
        if self.signer is not None:
            self.proof.checkpoint = self.signer.sign(tree.size, self.edge.root())
            self.connection.execute(
                insert(checkpoints),
                {
                    "ledger": self.ledger,
                    "size": tree.size,
                    "note": self.proof.checkpoint,
                    "signed_at": self.recorded_at,
                },
            )

    def _receipt_of(self, command_id: str | None, positions: range) -> Receipt:
        pending = [row for row in self.rows if row[1] in positions]
        if pending:
            leaves, recorded_at = tuple(row[9] for row in pending), self.recorded_at
        else:
            found = self.connection.execute(
                _SELECT_LEAVES, {"l": self.ledger, "first": positions.start, "end": positions.stop}
            ).all()
            leaves, recorded_at = tuple(bytes(row.leaf_hash) for row in found), found[0].recorded_at
        return Receipt(command_id, positions, instants.from_microseconds(recorded_at), leaves, replayed=True)


_INSERT_ENTRY_SQLITE = "INSERT INTO ledger_entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def _chunks(values: Sequence[str]) -> Iterable[Sequence[str]]:
    return (values[at : at + _LOOKUP_CHUNK] for at in range(0, len(values), _LOOKUP_CHUNK))
