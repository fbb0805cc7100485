"""The full audit of a long log: everything re-derived from the entries' bytes."""

from __future__ import annotations

import os
import time

from bench.bulk import open_ledger
from bench.district import fill
from bench.report import Result
from bench.rounds import Measurement, interleaved
from bench.setting import Setting
from ledger.audit import audit
from ledger.ledger import Ledger

LONGEST_S = 10.0
FULL = 1_000_000


def run(setting: Setting) -> list[Result]:
    """On PostgreSQL and on SQLite, by one process and by as many as there are processors."""
    return [
        _audit(setting, "PostgreSQL", setting.server.create_database()),
        _audit(setting, "SQLite", str(setting.folder / "audited.db")),
    ]


def _audit(setting: Setting, kind: str, url: str) -> Result:
    processes = os.cpu_count() or 1
    with open_ledger(url) as ledger:
        fill(ledger, setting.size)
        contenders = {
            f"{processes} processes": lambda: _measured(ledger, processes),
            "1 process": lambda: _measured(ledger, 1),
        }
        with setting.weather() as station:
            series = interleaved(contenders, min(setting.rounds, 2), "entries/s")
    took_s = setting.size / series[f"{processes} processes"].best
    allowed_s = LONGEST_S * setting.size / FULL
    limits = {
        f"{setting.size:,} entries in {allowed_s:g} s by {processes} processes ({took_s:.1f} s)": took_s <= allowed_s
    }
    return Result(f"full audit on {kind}", series, station.weather, limits=limits)


def _measured(ledger: Ledger, processes: int) -> Measurement:
    began = time.perf_counter()
    report = audit(ledger, processes=processes)
    took = time.perf_counter() - began
    assert report.clean, report.faults
    return report.size / took, {"seconds": round(took, 1)}
