"""Interleaved rounds: every contender once a round, in turns, so that a busy minute is shared by all."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(slots=True)
class Series:
    """What one contender reached, a value a round; ``details`` of the round that was its median."""

    unit: str
    values: list[float] = field(default_factory=list)
    details: list[dict[str, float]] = field(default_factory=list)

    @property
    def median(self) -> float:
        """The middle of the rounds."""
        return statistics.median(self.values)

    @property
    def best(self) -> float:
        """The highest of the rounds."""
        return max(self.values)

    @property
    def median_details(self) -> dict[str, float]:
        """The details of the round nearest to the median."""
        middle = min(range(len(self.values)), key=lambda index: abs(self.values[index] - self.median))
        return self.details[middle]

    def to_json(self) -> dict[str, object]:
        """As the report keeps it."""
        return {
            "unit": self.unit,
            "median": round(self.median, 1),
            "best": round(self.best, 1),
            "rounds": [round(value, 1) for value in self.values],
            **self.median_details,
        }


Measurement = tuple[float, dict[str, float]]
"""A value and what else the round said."""


def interleaved(contenders: Mapping[str, Callable[[], Measurement]], rounds: int, unit: str) -> dict[str, Series]:
    """Run every contender once a round; the order turns round with the rounds."""
    series = {name: Series(unit) for name in contenders}
    for number in range(rounds):
        names = list(contenders)
        for name in names if number % 2 == 0 else reversed(names):
            value, details = contenders[name]()
            series[name].values.append(value)
            series[name].details.append(details)
    return series
