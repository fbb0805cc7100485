"""Consecutive numbers without a register of numbers: each numbered file has a stream of its own.

Number 18 is free exactly if its stream is empty and that of 17 is not, so the last number is found by
looking, and whoever takes the next one writes the first entry of its stream: of two who take the same,
the ledger lets one through and the other decides again.
"""

import threading
from collections.abc import Callable

Taken = Callable[[int], bool]


class Numbering:
    """How far each series has come, as this process last saw it; a hint that is checked every time."""

    def __init__(self) -> None:
        self.one_at_a_time = threading.RLock()
        self._seen: dict[str, int] = {}

    def last(self, series: str, taken: Taken) -> int:
        """The last number taken in a series, 0 if none is: a handful of looks, one if the hint is right."""
        known, step = self._seen.get(series, 0), 1
        while taken(known + step):
            known, step = known + step, step * 2
        unknown = known + step
        while unknown - known > 1:
            middle = (known + unknown) // 2
            known, unknown = (middle, unknown) if taken(middle) else (known, middle)
        self._seen[series] = known
        return known
