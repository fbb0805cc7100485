"""Where a benchmark runs: the server, the folder on the disk that is measured, how long and how often."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bench.machine import WeatherStation
from tests.support.postgres import PostgresServer


@dataclass(frozen=True, slots=True)
class Setting:
    """What every benchmark is handed; ``size`` is the number of events where a benchmark needs many."""

    server: PostgresServer
    folder: Path
    rounds: int
    seconds: float
    size: int

    def weather(self) -> WeatherStation:
        """Watches load and disk around a measurement."""
        return WeatherStation(self.folder)
