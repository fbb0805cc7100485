"""The audit: read every entry again and hold everything else against it.

Nothing is believed but the entries' bytes.  From them are derived anew the numbering, the stream
versions, the index columns, the leaf hashes, the commands and the tree's right edge; what disagrees
is named by position, with what was found and what was expected.
"""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import Any

import orjson
from sqlalchemy import func, select

from ledger.audit_span import (
    SPAN,
    CommandRun,
    Fault,
    Faults,
    Span,
    check_commands,
    check_time,
    read_span,
    sentence_of_missing,
)
from ledger.audit_streams import check_streams
from ledger.database import open_database
from ledger.entry import command_of
from ledger.ledger import Ledger
from ledger.schema import commands, entries, head
from ledger.tree import RightEdge

_WORTH_A_PROCESS = 4 * SPAN
"""Entries below which further processes would cost more than they bring."""


@dataclass(slots=True)
class AuditReport:
    """What an audit found: how much was read, the root derived from it, and every fault."""

    size: int = 0
    root: bytes = b""
    streams: int = 0
    found: Faults = field(default_factory=Faults)

    @property
    def faults(self) -> list[Fault]:
        """The first hundred disagreements."""
        return self.found.listed

    @property
    def fault_count(self) -> int:
        """How many there are."""
        return self.found.count

    @property
    def clean(self) -> bool:
        """Whether nothing disagreed."""
        return self.found.count == 0


def audit(ledger: Ledger, progress: Callable[[int], None] = lambda _: None, *, processes: int = 1) -> AuditReport:
    """Re-derive the whole log up to its size at the start; ``progress`` is told the entries read.

    Memory does not grow with the log.  With more than one of ``processes`` a long log is read by as
    many at once (each a fresh interpreter, so the calling program's main module must be importable).
    """
    return _Audit(ledger, progress, processes).run()


class _Audit:
    def __init__(self, ledger: Ledger, progress: Callable[[int], None], processes: int) -> None:
        self._ledger, self._progress, self._processes = ledger, progress, processes
        self._report = AuditReport()
        self._faults = self._report.found
        self._spans = RightEdge()
        self._last_span = RightEdge()
        self._last = 0
        self._recorded_last = 0
        self._open_command: CommandRun | None = None
        self._commands = 0
        self._streams: Future[tuple[int, Faults]] | None = None

    def run(self) -> AuditReport:
        query = select(head.c.size, head.c.edge, head.c.recorded_at).where(head.c.ledger == self._ledger.number)
        size, edge, recorded_at = self._fetch(query)[0]
        for span in self._read(size):
            self._join(span)
            self._progress(self._last)
        self._close_command()
        edge_found = self._edge()
        self._report.size, self._report.root = self._last, edge_found.root()
        self._check_end(size, bytes(edge), recorded_at, edge_found)
        self._check_beyond(size)
        self._check_streams(size)
        self._check_commands_without_entries(size)
        return self._report

    def _fetch(self, query: Any, parameters: dict[str, Any] | None = None) -> Any:
        with self._ledger.database.engine.connect() as connection:
            return connection.execute(query, parameters or {}).all()

    def _read(self, size: int) -> Iterator[Span]:
        """The spans of the log in order, read here or by several processes at once."""
        bounds = [(start, min(start + SPAN, size + 1)) for start in range(1, size + 1, SPAN)]
        if self._processes == 1 or size < _WORTH_A_PROCESS:
            engine = self._ledger.database.engine
            yield from (read_span(engine, self._ledger.number, *bound) for bound in bounds)
            return
        address = self._ledger.database.url.render_as_string(hide_password=False)
        with ProcessPoolExecutor(self._processes, get_context("spawn"), initializer=_open, initargs=(address,)) as pool:
            self._streams = pool.submit(_check_streams_elsewhere, self._ledger.number, size)
            reading = deque(pool.submit(_read_elsewhere, self._ledger.number, *bound) for bound in bounds)
            while reading:
                yield reading.popleft().result()

    def _join(self, span: Span) -> None:
        """Put a span behind those before it: nothing missing between, time going on, the tree joined."""
        self._faults.extend(span.faults)
        if span.first is None or span.last is None:
            return
        if span.first != self._last + 1:
            self._faults.add(self._last + 1, sentence_of_missing(span.first, self._last + 1))
        check_time(span.first, span.recorded_first, self._recorded_last, self._faults)
        self._recorded_last = max(self._recorded_last, span.recorded_last)
        self._last = span.last
        if span.edge.size == SPAN:
            self._spans.append(span.edge.hashes[0])
        else:
            self._last_span = span.edge
        self._follow_commands(span)

    def _edge(self) -> RightEdge:
        """The tree of all that was found: whole spans are its larger subtrees, the last span the smaller ones."""
        size = self._spans.size * SPAN + self._last_span.size
        return RightEdge(size, self._spans.hashes + self._last_span.hashes)

    def _follow_commands(self, span: Span) -> None:
        self._commands += span.commands
        for run in span.ends:
            before = self._open_command
            if before is not None and (before.command_id, before.end) == (run.command_id, run.first):
                self._open_command = CommandRun(before.command_id, before.first, before.events + run.events)
            else:
                self._close_command()
                self._open_command = run

    def _close_command(self) -> None:
        run, self._open_command = self._open_command, None
        if run is not None:
            self._commands += 1
            check_commands(self._ledger.database.engine, self._ledger.number, [run], self._faults)

    def _check_end(self, size: int, edge: bytes, recorded_at: int, found: RightEdge) -> None:
        if self._last != size:
            self._faults.add(
                self._last + 1,
                f"the sequencer says the log has {size} entries, the last one found is {self._last}: what followed "
                "it has been removed",
            )
        elif found.to_bytes() != edge:
            self._faults.add(
                0,
                f"the tree's right edge does not follow from the entries: derived root {found.root().hex()}, "
                f"the sequencer's is {_root_of(size, edge)}",
            )
        elif size and recorded_at != self._recorded_last:
            self._faults.add(0, "the sequencer's last moment of recording is not that of the last entry")

    def _check_beyond(self, size: int) -> None:
        """Entries beyond the sequencer's size, unless the log has grown since."""
        query = select(func.min(entries.c.position)).where(
            entries.c.ledger == self._ledger.number, entries.c.position > size
        )
        found = self._fetch(query)[0][0]
        if found is not None and self._ledger.feed.size() == size:
            self._faults.add(found, f"an entry stands at position {found}, beyond the log's size of {size}")

    def _check_streams(self, size: int) -> None:
        if self._streams is None:
            self._report.streams, faults = check_streams(self._ledger.database.engine, self._ledger.number, size)
        else:
            self._report.streams, faults = self._streams.result()
        self._faults.extend(faults)

    def _check_commands_without_entries(self, size: int) -> None:
        """Commands that are remembered although no entry names them: they would be answered and never were."""
        where = (commands.c.ledger == self._ledger.number) & (commands.c.first_position <= size)
        if self._fetch(select(func.count()).where(where))[0][0] == self._commands:
            return
        query = (
            select(commands.c.command_id, commands.c.first_position, entries.c.entry)
            .outerjoin(
                entries, (entries.c.ledger == commands.c.ledger) & (entries.c.position == commands.c.first_position)
            )
            .where(where)
        )
        with self._ledger.database.engine.connect() as connection:
            for command_id, first, raw in connection.execution_options(yield_per=1000).execute(query):
                if raw is None or _names_command(raw) != command_id:
                    self._faults.add(
                        first,
                        f"the command {command_id!r} is remembered at position {first}, whose entry does not name it",
                    )


def _names_command(raw: bytes) -> str | None:
    try:
        return command_of(orjson.loads(raw))
    except (ValueError, AttributeError):
        return None


def _root_of(size: int, edge: bytes) -> str:
    try:
        return RightEdge.from_bytes(size, edge).root().hex()
    except ValueError as error:
        return f"unreadable ({error})"


# In the processes that read for the audit, each with its own connection.
_elsewhere: dict[str, Any] = {}


def _open(address: str) -> None:
    _elsewhere["engine"] = open_database(address, create=False).engine


def _read_elsewhere(ledger: int, start: int, end: int) -> Span:
    return read_span(_elsewhere["engine"], ledger, start, end)


def _check_streams_elsewhere(ledger: int, size: int) -> tuple[int, Faults]:
    return check_streams(_elsewhere["engine"], ledger, size)
