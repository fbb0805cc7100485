"""Memory of the long tasks: each in a process of its own, whose largest footprint is read when it is over.

``python -m bench.memory TASK URL SIZE`` is one such process.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time

from bench.bulk import open_ledger
from bench.district import fill
from bench.report import Result
from bench.rounds import Measurement, interleaved
from bench.setting import Setting
from ledger.audit import audit
from projections import catalogue
from projections.engine import Projector

LARGEST_MIB = 300
TASKS = ("import", "replay", "audit", "rebuild")


def run(setting: Setting) -> list[Result]:
    """Import, replay, audit and rebuild, on PostgreSQL and on SQLite; in this order on one log each."""
    return [
        _of(setting, "PostgreSQL", setting.server.create_database()),
        _of(setting, "SQLite", str(setting.folder / "long.db")),
    ]


def _of(setting: Setting, kind: str, url: str) -> Result:
    contenders = {task: lambda task=task: _in_a_process(task, url, setting.size) for task in TASKS}
    with setting.weather() as station:
        series = interleaved(contenders, 1, "MiB at most")
    limits = {f"{task} within {LARGEST_MIB} MiB": series[task].best <= LARGEST_MIB for task in TASKS}
    return Result(f"memory: {setting.size:,} entries on {kind}", series, station.weather, limits=limits)


def _in_a_process(task: str, url: str, size: int) -> Measurement:
    done = subprocess.run(
        [sys.executable, "-m", "bench.memory", task, url, str(size)], check=True, capture_output=True, text=True
    )
    told = json.loads(done.stdout)
    return told["mib"], {"entries_per_s": told["entries_per_s"]}


def main(task: str, url: str, size: int) -> None:
    """Do one task and print the largest footprint this process had."""
    began = time.perf_counter()
    with open_ledger(url) as ledger:
        if task == "import":
            fill(ledger, size)
        elif task == "replay":
            assert sum(1 for _ in ledger.all()) == size
        elif task == "audit":
            assert audit(ledger).clean
        else:
            Projector(ledger, [catalogue.PROJECTION]).rebuild(catalogue.PROJECTION.name)
    took = time.perf_counter() - began
    mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"mib": round(mib), "entries_per_s": round(size / took)}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
