"""How a command of supervision reads the log: what some events say of everything, up to a position (四)."""

from collections.abc import Iterator, Sequence

from aggregates.office import Office
from ledger.entry import Entry

PAGE = 1000


class LogReading(Office):
    """For rules that are about everything there is, not about one file."""

    def entries_until(self, position: int, types: Sequence[str]) -> Iterator[Entry]:
        """The entries of these types up to a position, in order, a page in memory at a time."""
        after = 0
        while page := self.ledger.read(after, PAGE, position, types):
            yield from page
            after = page[-1].position
