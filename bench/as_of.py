"""The same question now and as of a moment in the past, on a catalogue of many items.

Pages of fifty by a filter, and single items by their key, asked at random; the median of many questions counts.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from typing import Any

from bench.bulk import open_ledger
from bench.district import BEGINNING, EVENTS_AN_ITEM, UNITS, fill
from bench.report import Result
from bench.rounds import Measurement, interleaved
from bench.setting import Setting
from projections import catalogue
from projections.engine import Projector
from projections.reading import Reader
from projections.temporal import NOW, AsOf

QUESTIONS = 150
SLOWEST = 1.5


def run(setting: Setting) -> list[Result]:
    """Lists and single rows, now against as of a position, an instant of recording and one of occurrence."""
    with open_ledger(setting.server.create_database()) as ledger:
        fill(ledger, setting.size)
        Projector(ledger, [catalogue.PROJECTION]).catch_up()
        with ledger.database.engine.begin() as connection:
            connection.exec_driver_sql("ANALYZE")
        reader, middle = Reader(ledger), ledger.head().size * 3 // 4
        moments = {
            "as known at a position": AsOf(position=middle),
            "as known at an instant": AsOf(recorded_at=ledger.entry(middle).recorded_at),
            "as it was at an instant": AsOf(occurred_at=BEGINNING.replace(year=BEGINNING.year + 10)),
            "now": NOW,
        }
        items = [f"I-2025-{number:07}" for number in range(middle // EVENTS_AN_ITEM)]

        def page(moment: AsOf) -> Any:
            return catalogue.search(reader, moment, unit=random.choice(UNITS), limit=50)

        def one(moment: AsOf) -> Any:
            return catalogue.get(reader, random.choice(items), moment)

        return [
            _compared(setting, "as of: a page of fifty", page, moments),
            _compared(setting, "as of: one item", one, moments),
        ]


def _compared(setting: Setting, name: str, ask: Callable[[AsOf], Any], moments: dict[str, AsOf]) -> Result:
    contenders = {told: lambda moment=moment: _asked(ask, moment) for told, moment in moments.items()}
    with setting.weather() as station:
        series = interleaved(contenders, setting.rounds, "questions/s")
    slowest = {told: series["now"].median / series[told].median for told in moments if told != "now"}
    limits = {
        f"{told} takes at most {SLOWEST} × the time of now ({ratio:.2f} ×)": ratio <= SLOWEST
        for told, ratio in slowest.items()
    }
    return Result(f"{name}, {setting.size:,} events", series, station.weather, limits=limits)


def _asked(ask: Callable[[AsOf], Any], moment: AsOf) -> Measurement:
    times = []
    for _ in range(QUESTIONS):
        began = time.perf_counter()
        ask(moment)
        times.append(time.perf_counter() - began)
    median = statistics.median(times)
    return 1 / median, {"median_ms": round(median * 1000, 2)}
