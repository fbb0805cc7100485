"""Between which foreign clocks an entry was recorded: after one stamped checkpoint, before another.

A stamp over the checkpoint of size n says from above that the first n entries existed by then.  Where the
running service asked for it about its newest checkpoint, it also bounds every later entry from below:
there was nothing beyond n yet.  One fetched by hand may be days younger than its checkpoint and bounds from
above only.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ledger import instants

CLOCK_SKEW = timedelta(minutes=5)
"""How far the ledger's clock and a stamping authority's may differ before it is reported."""

BY_HAND = "by hand: "
"""Begins the name of the authority under which a stamp is filed that somebody carried in."""


@dataclass(frozen=True, slots=True, order=True)
class Stamp:
    """An authority's word that the first ``size`` entries existed at ``stamped_at``."""

    size: int
    stamped_at: datetime
    authority: str

    @property
    def by_hand(self) -> bool:
        """Whether it was carried in, so that it says nothing of what came after its checkpoint."""
        return self.authority.startswith(BY_HAND)


@dataclass(frozen=True, slots=True)
class Bracket:
    """The stamps nearest to one entry: ``after`` covers only what came before it, ``before`` covers it."""

    position: int
    after: Stamp | None = None
    before: Stamp | None = None

    def fault(self, recorded_at: datetime) -> str | None:
        """Why a moment of recording cannot be true, in a sentence; None where it lies within, or nearly."""
        claim = f"position {self.position} claims to be recorded at {instants.to_text(recorded_at)}"
        if self.before is not None and recorded_at > self.before.stamped_at + CLOCK_SKEW:
            return (
                f"{claim}, but existed at {instants.to_text(self.before.stamped_at)} by the time stamp over size "
                f"{self.before.size}"
            )
        if self.after is not None and recorded_at < self.after.stamped_at - CLOCK_SKEW:
            return (
                f"{claim}, earlier than its bracket: the checkpoint of the {self.after.size} entries before it was "
                f"stamped at {instants.to_text(self.after.stamped_at)}"
            )
        return None


class Brackets:
    """The brackets of a log's entries, from all of its stamps or from those around the entries in question."""

    def __init__(self, stamps: Iterable[Stamp]) -> None:
        ordered = sorted(stamps)
        self._above = ordered
        self._below = [stamp for stamp in ordered if not stamp.by_hand]
        self._above_sizes = [stamp.size for stamp in self._above]
        self._below_sizes = [stamp.size for stamp in self._below]

    def of(self, position: int) -> Bracket:
        """The bracket of a position; open on a side on which nothing was stamped."""
        # Of the stamps that cover the entry the smallest size, then the earliest; of the others the largest, latest.
        above, below = bisect_left(self._above_sizes, position), bisect_left(self._below_sizes, position)
        before = self._above[above] if above < len(self._above) else None
        after = self._below[below - 1] if below else None
        return Bracket(position, after, before)

    def edges(self) -> set[int]:
        """The positions on either side of every stamp: time runs forward, so these speak for all between."""
        return {position for size in self._above_sizes for position in (size, size + 1) if position}
