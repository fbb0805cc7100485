"""Inclusion proofs out of a long signed log: how long whoever asks for one waits."""

from __future__ import annotations

import time
from pathlib import Path
from random import Random
from statistics import quantiles

from bench.district import fill
from bench.report import Result
from bench.rounds import Measurement, interleaved
from bench.setting import Setting
from ledger.database import open_database
from ledger.ledger import Ledger
from ledger.proof import check_inclusion
from ledger.signing import Signing

QUESTIONS = 2_000
LONGEST_MS = 5.0


def run(setting: Setting) -> list[Result]:
    """On PostgreSQL and on SQLite, at positions and sizes drawn at random."""
    return [
        _asked(setting, "PostgreSQL", setting.server.create_database()),
        _asked(setting, "SQLite", str(setting.folder / "proved.db")),
    ]


def _asked(setting: Setting, kind: str, url: str) -> Result:
    database = open_database(url)
    signing = Signing(Path(setting.folder) / f"{kind}.signing", "bench.invalid/district")
    with Ledger(database, signing=signing) as ledger:
        fill(ledger, setting.size)
        dice = Random(1)
        contenders = {
            "the size now": lambda: _measured(ledger, [setting.size] * QUESTIONS, dice),
            "any size": lambda: _measured(ledger, [dice.randint(1, setting.size) for _ in range(QUESTIONS)], dice),
        }
        with setting.weather() as station:
            series = interleaved(contenders, setting.rounds, "proofs/s")
    database.close()
    slowest = max(one.median_details["p99_ms"] for one in series.values())
    limits = {f"p99 at most {LONGEST_MS:g} ms ({slowest:.2f} ms)": slowest <= LONGEST_MS}
    return Result(f"inclusion proofs at {setting.size:,} entries on {kind}", series, station.weather, limits=limits)


def _measured(ledger: Ledger, sizes: list[int], dice: Random) -> Measurement:
    published = ledger.published
    assert published is not None
    took, head = list[float](), ledger.head()
    for size in sizes:
        index = dice.randrange(size)
        began = time.perf_counter()
        proof = published.inclusion(index, size)
        took.append(time.perf_counter() - began)
        if size == head.size and index % 100 == 0:
            check_inclusion(ledger.entry(index + 1).leaf_hash, index, size, proof, head.root)
    p99 = quantiles(took, n=100)[98]
    return len(took) / sum(took), {"p50_ms": round(1000 * quantiles(took, n=2)[0], 2), "p99_ms": round(1000 * p99, 2)}
