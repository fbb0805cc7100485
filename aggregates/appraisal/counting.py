"""Counting in the ledger itself, page by page up to a cut-off; what is counted is in ``figures`` (十七)."""

from collections.abc import Iterator, Sequence

from aggregates import fields
from aggregates.appraisal.figures import TYPES
from aggregates.fields import numbers
from aggregates.office import Office
from aggregates.refusal import RefusalCode, refuse
from ledger.entry import Entry

PAGE = 2000


class Counting(Office):
    """What commands on figures and evidence ask of the ledger."""

    def counted_entries(self, cut_off_position: int, types: Sequence[str] = TYPES) -> Iterator[Entry]:
        """The entries of some types from the first up to a position, lazily."""
        after = 0
        while page := self.ledger.read(after, PAGE, cut_off_position, types):
            yield from page
            after = page[-1].position

    def cut_off(self, cut_off_position: int | None) -> int:
        """The position up to which is counted: the one named, which must exist, else the last there is."""
        size = self.ledger.head().size
        if cut_off_position is None:
            return size
        position = fields.number(cut_off_position, "cut_off_position")
        if position > size:
            raise refuse(RefusalCode.EVIDENCE_UNKNOWN, position=position, size=size)
        return position

    def require_positions(self, positions: Sequence[int], field: str) -> None:
        """Refuse a position at which this ledger holds nothing."""
        size = self.ledger.head().size
        for position in numbers(positions, field):
            if position > size:
                raise refuse(RefusalCode.EVIDENCE_UNKNOWN, position=position, size=size)
