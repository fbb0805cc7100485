"""One span of the log, read again and held against itself; the audit puts the spans together.

A span begins where a full subtree begins, so spans can be read in any order and by several processes
at once: each answers with its own piece of the tree and with what stands at its two ends.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, select

from ledger import canonical, instants
from ledger.entry import INDEX_COLUMNS, command_of, index_of
from ledger.pages import read_rows
from ledger.schema import commands
from ledger.tree import RightEdge, leaf_hash

SPAN = 16_384
"""Entries in a span; a power of two, so that a whole span is a full subtree."""

MOST_FAULTS = 100
"""Faults that are listed; beyond this the count goes on and the list does not."""

_PAGE = 2000
_EVENT_ID = re.compile(rb'"event_id":"([0-9a-f-]{32,36})"')
_COLUMNS = ("position", "version", "occurred_at", "recorded_at", "stream", "type", "actor", "entry", "leaf_hash")


@dataclass(frozen=True, slots=True)
class Fault:
    """One disagreement; ``position`` is the entry concerned, 0 for the log as a whole."""

    position: int
    sentence: str


@dataclass(slots=True)
class Faults:
    """The disagreements found, the first of them listed and all of them counted."""

    listed: list[Fault] = field(default_factory=list)
    count: int = 0

    def add(self, position: int, sentence: str) -> None:
        """Note a fault."""
        self.count += 1
        if len(self.listed) < MOST_FAULTS:
            self.listed.append(Fault(position, sentence))

    def extend(self, others: "Faults") -> None:
        """Note what another part found."""
        self.count += others.count
        self.listed += others.listed[: MOST_FAULTS - len(self.listed)]


@dataclass(frozen=True, slots=True)
class CommandRun:
    """A command's successive entries: its id, the position of the first, and how many."""

    command_id: str
    first: int
    events: int

    @property
    def end(self) -> int:
        """The position after the last."""
        return self.first + self.events


@dataclass(slots=True)
class Span:
    """What one span of the log holds.

    ``first`` and ``last`` are the positions found at its ends (None for an empty span); ``edge`` is the
    tree of the entries found; ``ends`` are the first and the last command, which may go on in the
    neighbouring spans, and ``commands`` counts those between them.
    """

    start: int
    first: int | None = None
    last: int | None = None
    edge: RightEdge = field(default_factory=RightEdge)
    faults: Faults = field(default_factory=Faults)
    recorded_first: int = 0
    recorded_last: int = 0
    ends: list[CommandRun] = field(default_factory=list)
    commands: int = 0


def read_span(engine: Engine, ledger: int, start: int, end: int) -> Span:
    """Read and check the entries with ``start <= position < end``."""
    reader = _SpanReader(engine, ledger, start)
    for page in _pages(engine, ledger, start, end):
        for row in page:
            reader.check(row)
        reader.check_commands()
    return reader.finished()


def check_commands(engine: Engine, ledger: int, runs: Sequence[CommandRun], faults: Faults) -> None:
    """Every command that entries name as their cause must be remembered, with just these entries."""
    if not runs:
        return
    query = select(commands.c.command_id, commands.c.first_position, commands.c.events).where(
        commands.c.ledger == ledger, commands.c.command_id.in_([run.command_id for run in runs])
    )
    with engine.connect() as connection:
        found = {row.command_id: CommandRun(*row) for row in connection.execute(query)}
    for run in runs:
        if (remembered := found.get(run.command_id)) != run:
            as_what = f"as {remembered.events} from {remembered.first} on" if remembered else "not at all"
            faults.add(
                run.first,
                f"the command {run.command_id!r} stands in {run.events} entries from position {run.first} on, and is "
                f"remembered {as_what}",
            )


def sentence_of_missing(found: int, expected: int) -> str:
    """What is said when ``found`` comes where ``expected`` should."""
    missing = f"{expected}" if found == expected + 1 else f"{expected} to {found - 1}"
    return f"position {missing} is missing: after {expected - 1} comes {found}.  An entry has been removed"


def _pages(engine: Engine, ledger: int, start: int, end: int) -> Iterator[Sequence[Any]]:
    """A page at a time, each in a transaction of its own: an audit must not keep a database from tidying up."""
    where = "ledger = %s AND position >= %s AND position < %s"
    for first in range(start, end, _PAGE):
        with engine.connect() as connection:
            page = read_rows(connection, _COLUMNS, where, (ledger, first, min(first + _PAGE, end)))
        yield page


def _event_named(raw: bytes) -> str:
    """Which event the bytes, changed or not, say they are: what the person on duty looks for elsewhere."""
    found = _EVENT_ID.search(raw)
    return f"; its bytes name the event {found[1].decode()}" if found else ""


class _SpanReader:
    def __init__(self, engine: Engine, ledger: int, start: int) -> None:
        self._engine, self._ledger = engine, ledger
        self._span = Span(start)
        self._runs: list[CommandRun] = []
        self._command: str | None = None
        self._command_first = 0

    def check(self, row: Sequence[Any]) -> None:
        position, version, occurred, recorded, stream, kind, actor, raw, leaf = row
        index = stream, version, kind, actor, occurred, recorded
        self._take_place(position)
        computed = leaf_hash(raw)
        self._span.edge.append(computed)
        if computed != leaf:
            self._span.faults.add(
                position,
                f"the entry at position {position} does not hash to its leaf: stored {leaf.hex()}, "
                f"computed {computed.hex()}.  The entry or its leaf has been changed{_event_named(raw)}",
            )
        try:
            members = canonical.decode(raw)
            derived = index_of(members)
            self._follow_command(position, command_of(members))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            why = f"{type(error).__name__}: {error}"
            self._span.faults.add(position, f"position {position} holds no canonical entry ({why})")
            return
        if derived != index:
            self._compare_index(position, derived, index)
        self._check_time(position, derived[-1])

    def _take_place(self, position: int) -> None:
        span = self._span
        if span.last is None:
            span.first = position
        elif position != span.last + 1:
            span.faults.add(span.last + 1, sentence_of_missing(position, span.last + 1))
        span.last = position

    def _compare_index(self, position: int, derived: Sequence[Any], index: Sequence[Any]) -> None:
        for column, expected, found in zip(INDEX_COLUMNS, derived, index, strict=True):
            if found != expected:
                self._span.faults.add(
                    position,
                    f"the index column {column} at position {position} says {found!r}, the entry says "
                    f"{expected!r}.  The entry is what was hashed; the column has been changed",
                )

    def _check_time(self, position: int, recorded: int) -> None:
        span = self._span
        span.recorded_first = span.recorded_first or recorded
        check_time(position, recorded, span.recorded_last, span.faults)
        span.recorded_last = max(span.recorded_last, recorded)

    def _follow_command(self, position: int, command_id: str | None) -> None:
        if command_id != self._command:
            self._end_command(position)
            self._command, self._command_first = command_id, position

    def _end_command(self, position: int) -> None:
        if self._command is not None:
            self._runs.append(CommandRun(self._command, self._command_first, position - self._command_first))

    def check_commands(self) -> None:
        """Check the commands that are wholly within the span."""
        if self._runs and not self._span.ends:
            self._span.ends.append(self._runs.pop(0))
        self._span.commands += len(self._runs)
        check_commands(self._engine, self._ledger, self._runs, self._span.faults)
        self._runs = []

    def finished(self) -> Span:
        if self._span.last is not None:
            self._end_command(self._span.last + 1)
        self._span.ends += self._runs
        return self._span


def check_time(position: int, recorded: int, before: int, faults: Faults) -> None:
    """The ledger's clock never runs backwards along positions."""
    if recorded < before:
        moment = instants.to_text(instants.from_microseconds(recorded))
        faults.add(
            position,
            f"position {position} was recorded at {moment}, before the one ahead of it: the ledger's clock never "
            "runs backwards",
        )
