"""The audit: read every entry again and hold everything else against it.

Nothing is believed but the entries' bytes.  From them are derived anew the numbering, the stream
versions, the index columns, the leaf hashes and the tree's right edge; what disagrees is named by
position, with what was found and what was expected.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import Row, select

from ledger import canonical, instants
from ledger.entry import Entry, decode_entry
from ledger.errors import IntegrityFault
from ledger.ledger import Ledger
from ledger.schema import commands, entries, head
from ledger.tree import RightEdge, leaf_hash

_PAGE = 2000
MOST_FAULTS = 100
"""Faults that are listed; beyond this the count goes on and the list does not."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One disagreement; ``position`` is the entry concerned, 0 for the log as a whole."""

    position: int
    sentence: str


@dataclass(slots=True)
class AuditReport:
    """What an audit found: how much was read, the root derived from it, and every fault."""

    size: int = 0
    root: bytes = b""
    streams: int = 0
    faults: list[Fault] = field(default_factory=list)
    fault_count: int = 0

    @property
    def clean(self) -> bool:
        """Whether nothing disagreed."""
        return self.fault_count == 0

    def add(self, position: int, sentence: str) -> None:
        """Note a fault."""
        self.fault_count += 1
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(position, sentence))


def audit(ledger: Ledger, progress: Callable[[int], None] = lambda _: None) -> AuditReport:
    """Re-derive the whole log up to its size at the start; ``progress`` is told the entries read.

    Memory grows with the number of streams, not of entries.
    """
    return _Audit(ledger, progress).run()


class _Audit:
    def __init__(self, ledger: Ledger, progress: Callable[[int], None]) -> None:
        self._ledger, self._progress = ledger, progress
        self._report = AuditReport()
        self._edge = RightEdge()
        self._versions: dict[str, int] = {}
        self._last_recorded_at = 0

    def run(self) -> AuditReport:
        with self._ledger.database.engine.connect() as connection:
            query = select(head.c.size, head.c.edge, head.c.recorded_at).where(head.c.ledger == self._ledger.number)
            size, edge, recorded_at = connection.execute(query).one()
        for row in self._rows(size):
            self._check(row)
        self._report.size, self._report.root = self._edge.size, self._edge.root()
        self._report.streams = len(self._versions)
        self._check_end(size, bytes(edge), recorded_at)
        self._check_commands(size)
        return self._report

    def _rows(self, size: int) -> Iterator[Row[tuple[object, ...]]]:
        """The rows in order, a page at a time; reading stops where the sequencer says the log ends."""
        after = 0
        query = select(entries).where(entries.c.ledger == self._ledger.number).order_by(entries.c.position).limit(_PAGE)
        with self._ledger.database.engine.connect() as connection:
            while after < size:
                page = connection.execute(query.where(entries.c.position > after, entries.c.position <= size)).all()
                if not page:
                    return
                yield from page
                after = page[-1].position
                self._progress(after)

    def _check(self, row: Row[tuple[object, ...]]) -> None:
        expected = self._edge.size + 1
        if row.position != expected:
            missing = f"{expected}" if row.position == expected + 1 else f"{expected} to {row.position - 1}"
            self._report.add(
                expected,
                f"position {missing} is missing: after {expected - 1} comes {row.position}.  An entry has been removed",
            )
            # The tree goes on with what is there, so that later faults are still found.
            self._edge.size = row.position - 1
            self._edge.hashes = [b"\x00" * 32] * (row.position - 1).bit_count()
        raw = bytes(row.entry)
        computed = leaf_hash(raw)
        self._edge.append(computed)
        if computed != bytes(row.leaf_hash):
            self._report.add(
                row.position,
                f"the entry at position {row.position} does not hash to its leaf: stored {bytes(row.leaf_hash).hex()}, "
                f"computed {computed.hex()}.  The entry or its leaf has been changed",
            )
        self._check_entry(row, raw, computed)

    def _check_entry(self, row: Row[tuple[object, ...]], raw: bytes, leaf: bytes) -> None:
        try:
            entry = decode_entry(row.position, raw, leaf)
            canonical.decode(raw)
        except (IntegrityFault, canonical.NotCanonical) as error:
            self._report.add(row.position, f"position {row.position} holds no canonical entry: {error}")
            return
        self._check_index(row, entry)
        self._check_sequence(entry)

    def _check_index(self, row: Row[tuple[object, ...]], entry: Entry) -> None:
        derived = {
            "stream": entry.stream,
            "version": entry.version,
            "type": entry.type,
            "actor": None if entry.actor is None else entry.actor.officer,
            "occurred_at": instants.to_microseconds(entry.occurred_at),
            "recorded_at": instants.to_microseconds(entry.recorded_at),
        }
        for column, expected in derived.items():
            if (found := getattr(row, column)) != expected:
                self._report.add(
                    row.position,
                    f"the index column {column} at position {row.position} says {found!r}, the entry says "
                    f"{expected!r}.  The entry is what was hashed; the column has been changed",
                )

    def _check_sequence(self, entry: Entry) -> None:
        last = self._versions.get(entry.stream, -1)
        if entry.version != last + 1 and not (last == -1 and entry.version == 1):
            self._report.add(
                entry.position,
                f"{entry.stream} has version {entry.version} at position {entry.position}, expected {max(last + 1, 1)}",
            )
        self._versions[entry.stream] = max(last, entry.version)
        recorded_at = instants.to_microseconds(entry.recorded_at)
        if recorded_at < self._last_recorded_at:
            self._report.add(
                entry.position,
                f"position {entry.position} was recorded at {instants.to_text(entry.recorded_at)}, before the one "
                "ahead of it: the ledger's clock never runs backwards",
            )
        self._last_recorded_at = max(self._last_recorded_at, recorded_at)

    def _check_end(self, size: int, edge: bytes, recorded_at: int) -> None:
        if self._edge.size != size:
            self._report.add(
                self._edge.size + 1,
                f"the sequencer says the log has {size} entries, found {self._edge.size}: the last "
                f"{size - self._edge.size} have been removed",
            )
        elif self._edge.to_bytes() != edge:
            self._report.add(
                0,
                f"the tree's right edge does not follow from the entries: derived root {self._edge.root().hex()}, "
                f"the sequencer's is {_root_of(size, edge)}",
            )
        elif size and recorded_at != self._last_recorded_at:
            self._report.add(0, "the sequencer's last moment of recording is not that of the last entry")
        self._check_beyond(size)

    def _check_beyond(self, size: int) -> None:
        """Entries beyond the sequencer's size, unless the log has grown since."""
        query = select(entries.c.position).where(entries.c.ledger == self._ledger.number, entries.c.position > size)
        with self._ledger.database.engine.connect() as connection:
            found = connection.execute(query.order_by(entries.c.position).limit(1)).scalar()
        if found is not None and self._ledger.feed.size() == size:
            self._report.add(found, f"an entry stands at position {found}, beyond the log's size of {size}")

    def _check_commands(self, size: int) -> None:
        """Every remembered command must point at entries that name it as their cause."""
        query = (
            select(commands.c.command_id, commands.c.first_position, entries.c.entry)
            .outerjoin(
                entries,
                (entries.c.ledger == commands.c.ledger) & (entries.c.position == commands.c.first_position),
            )
            .where(commands.c.ledger == self._ledger.number, commands.c.first_position <= size)
        )
        with self._ledger.database.engine.connect() as connection:
            result = connection.execution_options(yield_per=_PAGE).execute(query)
            for command_id, first_position, raw in result:
                if raw is None or decode_entry(first_position, bytes(raw), b"").command_id != command_id:
                    self._report.add(
                        first_position,
                        f"the command {command_id!r} is remembered at position {first_position}, whose entry does not "
                        "name it",
                    )


def _root_of(size: int, edge: bytes) -> str:
    try:
        return RightEdge.from_bytes(size, edge).root().hex()
    except ValueError as error:
        return f"unreadable ({error})"
