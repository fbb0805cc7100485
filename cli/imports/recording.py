"""Recording a register that has been examined: every row through the rulebook, in groups of commits.

A row's item is numbered after what it says, so a row that stands in the ledger is known again, from
whatever file it comes and on whatever line it stands there now.  The rulebook knows it again by where
it stood in its source, too: what was taken over stays, whatever another mapping would make of it.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from sqlalchemy import select

from aggregates.deed import Deed
from aggregates.historic import HistoricRow
from aggregates.publication import Publication
from aggregates.refusal import Refusal
from aggregates.registry import Registry
from cli.failure import Failure
from cli.imports.mapping import Mapping
from cli.imports.records import HistoricRecord, Reader, Rejected, historic_row
from cli.imports.rows import Register
from cli.imports.scratch import Placed, Placement, Scratch, Succession
from ledger.append import Receipt
from ledger.ledger import Ledger
from ledger.schema import entries

_LOOKED_UP = 400
_HANDS = 32
"""Successions decided at once; they wait for their commit together."""


@dataclass(slots=True)
class Tally:
    """What an import came to."""

    rows: int = 0
    recorded: int = 0
    known: int = 0
    superseded: int = 0
    rejected: int = 0
    first_position: int | None = None
    last_position: int | None = None

    def count(self, receipt: Receipt) -> None:
        """Count what a receipt says: recorded now, or before."""
        if receipt.replayed:
            self.known += 1
            return
        self.recorded += 1
        self.first_position = self.first_position or receipt.position
        self.last_position = receipt.position


def item_of(mapping: Mapping, placement: Placement) -> str:
    """The item's number: the mapping, what the row says, and which of several alike it is."""
    suffix = f"-{placement.occurrence + 1}" if placement.occurrence else ""
    return f"H-{mapping.name}-{placement.identity.hex()[:20]}{suffix}"


def examine(register: Register, reader: Reader, scratch: Scratch, done: Callable[[int], None]) -> None:
    """Read the whole register and note for every row whether it can be recorded; nothing is recorded here."""
    for count, row in enumerate(register.rows, start=1):
        try:
            scratch.accept(reader.read(row))
        except Rejected as rejected:
            scratch.reject(row.line, *rejected.problem)
        if count % 1000 == 0:
            done(count)
    scratch.complete()


class Recorder:
    """Records one examined file in one deed's name."""

    def __init__(self, ledger: Ledger, registry: Registry, mapping: Mapping, deed: Deed, file: Path) -> None:
        self._ledger, self._registry, self._mapping, self._deed = ledger, registry, mapping, deed
        self._file = file
        self.tally = Tally()

    def record(self, register: Register, reader: Reader, scratch: Scratch, done: Callable[[int], None]) -> None:
        """Record every accepted row that the ledger does not hold yet.  Raises Failure where that stops."""
        rows = self._new_rows(self._accepted(register, reader, scratch))
        for answer in self._registry.record_historic(self._deed, rows=rows):
            if isinstance(answer, Refusal):
                raise self._stopped(f"{answer.sentence_zh}（{answer.code}）", f"{answer.sentence_en} ({answer.code})")
            self.tally.count(answer)
            if self.tally.recorded % 500 == 0:
                done(self.tally.recorded + self.tally.known)

    def _accepted(self, register: Register, reader: Reader, scratch: Scratch) -> Iterator[HistoricRow]:
        """The accepted rows once more, from the file, in the order in which they were noted."""
        placements = scratch.placements()
        expected = next(placements, None)
        for row in register.rows:
            if expected is None:
                return
            if row.line == expected.line:
                yield self._historic(reader.read(row), expected)
                expected = next(placements, None)

    def _historic(self, record: HistoricRecord, placed: Placed) -> HistoricRow:
        if record.identity != placed.placement.identity:
            raise self._stopped("文件在导入过程中被改动", "the file was changed while it was being imported")
        supersedes = None if placed.supersedes is None else item_of(self._mapping, placed.supersedes)
        return historic_row(record, item_of(self._mapping, placed.placement), self._file.name, supersedes)

    def _new_rows(self, rows: Iterator[HistoricRow]) -> Iterator[HistoricRow]:
        while page := list(islice(rows, _LOOKED_UP)):
            known = self._known(row.item for row in page)
            self.tally.rows += len(page)
            self.tally.known += len(known)
            yield from (row for row in page if row.item not in known)

    def _known(self, items: Iterable[str]) -> set[str]:
        streams = {Publication.stream_of(item): item for item in items}
        query = select(entries.c.stream).where(
            entries.c.ledger == self._ledger.number, entries.c.stream.in_(list(streams)), entries.c.version == 1
        )
        with self._ledger.database.engine.connect() as connection:
            return {streams[stream] for stream in connection.execute(query).scalars()}

    def supersede(self, successions: Iterator[Succession], done: Callable[[int], None]) -> None:
        """Mark every earlier version as superseded by the next; what stands so already is left."""
        with ThreadPoolExecutor(_HANDS) as hands:
            while page := list(islice(successions, _LOOKED_UP)):
                for receipt in hands.map(self._supersede, page):
                    self.tally.superseded += not receipt.replayed
                done(self.tally.superseded)

    def _supersede(self, succession: Succession) -> Receipt:
        item, by_item = (item_of(self._mapping, place) for place in (succession.earlier, succession.later))
        deed = replace(self._deed, command_id=f"supersede-{item}-{by_item}")
        try:
            return self._registry.supersede_publication(deed, item=item, by_item=by_item, on_date=succession.on_date)
        except Refusal as refusal:
            raise self._stopped(refusal.sentence_zh, refusal.sentence_en) from None

    def _stopped(self, zh: str, en: str) -> Failure:
        recorded = self.tally.recorded
        return Failure(
            f"导入中止：{zh}。此前{recorded}行已记入台账，台账只增不改；处理后再次导入，已记的不会重复。",
            f"The import stopped: {en}. {recorded} rows were recorded before and stay; put it right and import again, "
            "what was recorded is not recorded twice.",
        )
