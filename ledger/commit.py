"""One commit: under the sequencer's lock, judge every waiting command alone, number and write what passes.

This is the one place where positions are given.  Nothing is acknowledged here; that happens only
when the transaction that ``commit_batch`` runs in is known to be durable.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, insert, select

from ledger import instants
from ledger.append import Command, CommitProof, PreparedCommand, PreparedEvent, Receipt, TrackingMark
from ledger.batch_tree import BatchTree
from ledger.clock import Clock
from ledger.entry import decode_entry
from ledger.errors import CommandReused, Conflict, PersonalValueTaken, VersionConflict
from ledger.log_writer import (
    INSERT_CHECKPOINT,
    INSERT_COMMAND,
    INSERT_PERSONAL,
    INSERT_SUBTREE,
    LogWriter,
    Standing,
    Writing,
)
from ledger.recorded_rotations import recorded_rotations, rotation_at
from ledger.rotation import ROTATED, STREAM, Rotation, RotationRefused
from ledger.schema import checkpoints, head
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


_LOCK_HEAD = (
    select(head.c.size, head.c.edge, head.c.recorded_at).where(head.c.ledger == bindparam("l")).with_for_update()
)

# For the log writer: %s is a parameter.
_SELECT_LEAVES = (
    "SELECT leaf_hash, recorded_at FROM ledger_entries WHERE ledger = %s AND position >= %s AND position < %s "
    "ORDER BY position"
)
_SELECT_AT_VERSION = "SELECT position, entry FROM ledger_entries WHERE ledger = %s AND stream = %s AND version = %s"
_SELECT_PERSONAL = "SELECT 1 FROM ledger_personal_values WHERE ledger = %s AND record = %s AND field = %s"
_SELECT_ROTATIONS = "SELECT position, entry FROM ledger_entries WHERE ledger = %s AND stream = %s ORDER BY version"
_SELECT_TRACKING = "SELECT position FROM ledger_tracking WHERE consumer = %s AND application = %s"
_INSERT_TRACKING = "INSERT INTO ledger_tracking (position, consumer, application) VALUES (%s, %s, %s)"
_UPDATE_TRACKING = "UPDATE ledger_tracking SET position = %s WHERE consumer = %s AND application = %s"


def commit_batch(
    writer: LogWriter, batch: Sequence[Pending], clock: Clock, signer: LogSigner | None = None
) -> CommitResult:
    """Judge a batch, write what passes, and commit.

    Raises Fork, and nothing is written, when the tree is not one that the signer may continue.  After
    any error the writer's transaction is still open.
    """
    streams = {event.stream for pending in batch for event in pending.prepared.events}
    touches_keys = STREAM in streams
    streams.update(stream for pending in batch for stream in pending.command.expects)
    if signer is not None:
        # Which keys are in force is the log's own word, and another process may have changed it.
        streams.add(STREAM)
    command_ids = {pending.command.command_id for pending in batch}
    # Sorted: two processes that ask for the same things ask in the same order.
    standing = writer.begin(sorted(streams), sorted(command_id for command_id in command_ids if command_id is not None))
    return _Commit(writer, standing, batch, clock, signer, touches_keys=touches_keys).run()


def sign_present(connection: Connection, ledger: int, signer: LogSigner) -> str:
    """The checkpoint of the log as it stands, signed now unless it has been before; the caller commits.

    Raises Fork when the tree is not one that the signer may continue.
    """
    size, edge_bytes, recorded_at = connection.execute(_LOCK_HEAD, {"l": ledger}).one()
    edge = RightEdge.from_bytes(size, bytes(edge_bytes))
    signer.follow(recorded_rotations(connection, ledger))
    signer.refuse_fork(edge)
    where = (checkpoints.c.ledger == ledger) & (checkpoints.c.size == size)
    note = connection.execute(select(checkpoints.c.note).where(where)).scalar()
    if note is None:
        note = signer.sign(size, edge.root())
        row = {"ledger": ledger, "size": size, "note": note, "signed_at": recorded_at}
        connection.execute(insert(checkpoints), row)
    signer.refuse_foreign(str(note))
    return str(note)


class _Commit:
    """The state of one commit: what the lock protects, and what will be written."""

    def __init__(
        self,
        writer: LogWriter,
        standing: Standing,
        batch: Sequence[Pending],
        clock: Clock,
        signer: LogSigner | None,
        *,
        touches_keys: bool,
    ) -> None:
        self.touches_keys = touches_keys
        self.writer, self.ledger, self.batch, self.signer = writer, writer.ledger, batch, signer
        self.versions, self.known = standing.versions, standing.commands
        before = RightEdge.from_bytes(standing.size, standing.edge)
        self.rotation: Rotation | None = None
        if signer is not None:
            self._keep_up_with_the_keys(signer)
            signer.refuse_fork(before)
        self.size_before = before.size
        self.tree = BatchTree(before)
        self.proof = CommitProof(self.tree)
        # The ledger's clock never runs backwards along positions, whatever the machine's clock does.
        self.recorded_at = max(instants.to_microseconds(clock()), standing.recorded_at)
        self.recorded = instants.from_microseconds(self.recorded_at)
        self.stamp = instants.to_text(self.recorded).encode()
        self.writing = Writing()
        self.personal: set[tuple[str, str]] = set()
        self.tracked: dict[tuple[str, str], int] = {}

    def _keep_up_with_the_keys(self, signer: LogSigner) -> None:
        """Sign with the keys that are in force, whoever has changed them since we signed last."""
        if self.versions.get(STREAM, 0) != len(signer.history.rotations):
            found = self.writer.fetch(_SELECT_ROTATIONS, (self.ledger, STREAM))
            signer.follow([rotation_at(position, raw) for position, raw in found])

    def run(self) -> CommitResult:
        outcomes = [self._judge(pending) for pending in self.batch]
        if self.writing.entries or self.writing.statements:
            self._complete()
            self.writer.commit(self.writing)
            # From here the events are durable and visible.  A crash below loses only the answer.
            if self.signer is not None and self.rotation is not None:
                self.signer.rotated(self.rotation)
        else:
            self.writer.roll_back()
        return CommitResult(outcomes, self.tree.size, self.proof.checkpoint)

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
        if self.touches_keys and (unfit := self._change_of_keys(pending)) is not None:
            return unfit
        return self._record(pending)

    def _change_of_keys(self, pending: Pending) -> RotationRefused | None:
        """Let nothing into the history of the log's keys but a change that the keys in force vouch for."""
        if all(event.stream != STREAM for event in pending.prepared.events):
            return None
        try:
            self.rotation = self._admitted(pending)
        except RotationRefused as refused:
            return refused
        return None

    def _admitted(self, pending: Pending) -> Rotation:
        if self.signer is None:
            raise RotationRefused("this ledger signs nothing here, so its keys cannot be changed; nothing was recorded")
        event, alone = pending.prepared.events[0], len(pending.prepared.events) == 1 and not pending.command.tracking
        if not alone or event.type != ROTATED or event.version != len(self.signer.history.rotations) + 1:
            raise RotationRefused(
                f"{event.type} at version {event.version} is not the next change of this log's keys, or does not come "
                "alone; nothing was recorded"
            )
        position, raw = self.tree.size + 1, event.before_stamp + self.stamp + event.after_stamp
        return self.signer.admit(position, decode_entry(position, raw, b"").data)

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
        found = self.writer.fetch(_SELECT_AT_VERSION, (self.ledger, first.stream, first.version))
        if not found or first.event_id.encode() not in found[0][1]:
            return None
        position = found[0][0]
        return self._receipt_of(pending.command.command_id, range(position, position + len(events)))

    def _personal_value_taken(self, command: Command) -> PersonalValueTaken | None:
        """Whether a value stands already where the command would put one."""
        for value in command.personal:
            place = (value.record, value.field)
            if place in self.personal or self.writer.fetch(_SELECT_PERSONAL, (self.ledger, *place)):
                return PersonalValueTaken(*place)
        return None

    def _track(self, mark: TrackingMark) -> TrackingConflict | None:
        consumer = (mark.consumer, mark.application)
        if (actual := self.tracked.get(consumer)) is None:
            found = self.writer.fetch(_SELECT_TRACKING, consumer)
            actual = found[0][0] if found else None
        if actual is not None and actual >= mark.position:
            return TrackingConflict(mark, actual)
        statement = _INSERT_TRACKING if actual is None else _UPDATE_TRACKING
        self.writing.statements.append((statement, (mark.position, *consumer)))
        self.tracked[consumer] = mark.position
        return None

    def _record(self, pending: Pending) -> Receipt:
        """Number the events, add them to the tree, and line their rows up."""
        command, first = pending.command, self.tree.size + 1
        leaves = tuple(self._append(pending.prepared.events))
        if command.command_id is not None:
            self.known[command.command_id] = remembered = (command.fingerprint, first, len(leaves))
            self.writing.add(INSERT_COMMAND, (self.ledger, command.command_id, *remembered))
        for record, field, salt, value in pending.prepared.personal:
            self.personal.add((record, field))
            self.writing.add(INSERT_PERSONAL, (self.ledger, record, field, salt, value))
        return Receipt(command.command_id, range(first, first + len(leaves)), self.recorded, leaves, proof=self.proof)

    def _append(self, events: Sequence[PreparedEvent]) -> list[bytes]:
        """The one loop that every event goes through under the lock; answers the leaves."""
        ledger, recorded_at, stamp, versions = self.ledger, self.recorded_at, self.stamp, self.versions
        add_leaf, add_row = self.tree.append, self.writing.entries.append
        leaves = []
        for event in events:
            raw = event.before_stamp + stamp + event.after_stamp
            leaf = leaf_hash(raw)
            position = add_leaf(leaf)
            versions[event.stream] = event.version
            occurred_at = recorded_at if event.occurred_at is None else event.occurred_at
            kept = (event.stream, event.version, event.type, event.officer)
            add_row((ledger, position, *kept, occurred_at, recorded_at, raw, leaf))
            leaves.append(leaf)
        return leaves

    def _complete(self) -> None:
        """The sequencer as it will stand, and what proves it."""
        writing, edge = self.writing, self.tree.edge()
        writing.size, writing.edge, writing.recorded_at = edge.size, edge.to_bytes(), self.recorded_at
        if writing.entries:
            self._prove(edge)

    def _prove(self, edge: RightEdge) -> None:
        """The subtree roots that the batch completed, and the checkpoint of the tree it made."""
        for level in range(HEIGHT, edge.size.bit_length(), HEIGHT):
            for number in range(self.size_before >> level, edge.size >> level):
                self.writing.add(INSERT_SUBTREE, (self.ledger, level, number, self.tree.full(level, number)))
        if self.signer is not None:
            self.proof.checkpoint = note = self.signer.sign(edge.size, edge.root(), self.rotation)
            self.writing.add(INSERT_CHECKPOINT, (self.ledger, edge.size, note, self.recorded_at))

    def _receipt_of(self, command_id: str | None, positions: range) -> Receipt:
        """The first answer once more, from this batch's own rows or from the table."""
        ours = positions.start - self.size_before - 1
        if ours >= 0:
            leaves = tuple(self.tree.leaves[ours : ours + len(positions)])
            return Receipt(command_id, positions, self.recorded, leaves, replayed=True)
        found = self.writer.fetch(_SELECT_LEAVES, (self.ledger, positions.start, positions.stop))
        recorded = instants.from_microseconds(found[0][1])
        return Receipt(command_id, positions, recorded, tuple(leaf for leaf, _ in found), replayed=True)
