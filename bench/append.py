"""Durable commands a second: many callers, each recording one event of 512 bytes at its expected version.

Both recorders are called as the library calls them, ``insert_events``, and answer when the event is on the disk.
Ours signs a checkpoint for every commit as well, and keeps it outside the database.
"""

from __future__ import annotations

import multiprocessing
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from eventsourcing.persistence import ApplicationRecorder, StoredEvent

from bench.peer import peer_recorder
from bench.report import Result
from bench.rounds import Measurement, interleaved
from bench.setting import Setting
from ledger.database import open_database
from ledger.ledger import Ledger
from ledger.recorder import LedgerApplicationRecorder
from ledger.signing import Signing

STATE_SIZE = 512
STATE = b'{"text":"' + b"x" * (STATE_SIZE - 11) + b'"}'
WANTED = {16: 5.0, 64: 10.0}

Insert = Callable[[Sequence[StoredEvent]], Any]


def run(setting: Setting) -> list[Result]:
    """One process with 16 and with 64 callers, and two processes with 32 each."""
    results = [_one_process(setting, callers) for callers in WANTED]
    return [*results, _two_processes(setting)]


def _one_process(setting: Setting, callers: int) -> Result:
    ours, theirs = setting.server.create_database(), setting.server.create_database()
    with (
        ledger_recorder(ours, setting.folder) as signing,
        ledger_recorder(ours, None) as silent,
        peer_recorder(theirs, callers) as peer,
    ):
        contenders = {
            "ours, signing": lambda: hammer(signing.insert_events, callers, setting.seconds),
            "ours": lambda: hammer(silent.insert_events, callers, setting.seconds),
            "eventsourcing.postgres": lambda: hammer(peer.insert_events, callers, setting.seconds),
        }
        for contender in (silent, peer):
            hammer(contender.insert_events, callers, 0.3)  # connections open, statements known
        with setting.weather() as station:
            series = interleaved(contenders, setting.rounds, "commands/s")
    return Result(f"append: 1 process, {callers} callers", series, station.weather, wanted=WANTED[callers])


def hammer(insert: Insert, callers: int, seconds: float) -> Measurement:
    """Let callers record one event after the other for so long; answers commands a second, and latencies."""
    ready, latencies = threading.Barrier(callers + 1), [list[float]() for _ in range(callers)]
    until = [0.0]

    def call(mine: list[float]) -> None:
        stream, version = uuid4(), 0
        ready.wait()
        while (before := time.perf_counter()) < until[0]:
            version += 1
            insert([StoredEvent(stream, version, "bench.recorded/1", STATE)])
            mine.append(time.perf_counter() - before)

    threads = [threading.Thread(target=call, args=(mine,)) for mine in latencies]
    for thread in threads:
        thread.start()
    began = time.perf_counter()
    until[0] = began + seconds
    ready.wait()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    every = sorted(latency for mine in latencies for latency in mine)
    return len(every) / took, {"p50_ms": percentile(every, 50), "p99_ms": percentile(every, 99)}


def percentile(ordered: Sequence[float], percent: int) -> float:
    """In milliseconds."""
    if len(ordered) < 2:  # noqa: PLR2004 - quantiles need two
        return 0.0
    return round(statistics.quantiles(ordered, n=100)[percent - 1] * 1000, 2)


@contextmanager
def ledger_recorder(url: str, signing_in: Path | None) -> Iterator[LedgerApplicationRecorder]:
    """Our recorder; with a folder to sign in, every commit is signed before it is acknowledged."""
    database = open_database(url)
    if signing_in is None:
        with Ledger(database, "unsigned") as ledger:
            yield LedgerApplicationRecorder(ledger)
    else:
        with tempfile.TemporaryDirectory(dir=signing_in) as folder:
            signing = Signing(Path(folder), "ledger.example/bench")
            with Ledger(database, "signed", signing=signing) as ledger:
                yield LedgerApplicationRecorder(ledger)
    database.close()


def _two_processes(setting: Setting) -> Result:
    ours, theirs = setting.server.create_database(), setting.server.create_database()
    with ledger_recorder(ours, None), peer_recorder(theirs, 1):
        pass
    contenders = {
        "ours": lambda: _together("ours", ours, setting.seconds),
        "eventsourcing.postgres": lambda: _together("peer", theirs, setting.seconds),
    }
    with setting.weather() as station:
        series = interleaved(contenders, setting.rounds, "commands/s")
    return Result("append: 2 processes, 32 callers each", series, station.weather, wanted=WANTED[64])


def _together(which: str, url: str, seconds: float) -> Measurement:
    context = multiprocessing.get_context("spawn")
    barrier, answers = context.Barrier(2), context.Queue()
    processes = [context.Process(target=_in_a_process, args=(which, url, seconds, barrier, answers)) for _ in range(2)]
    for process in processes:
        process.start()
    measured = [answers.get(timeout=120) for _ in processes]
    for process in processes:
        process.join()
    details = {name: max(found[1][name] for found in measured) for name in ("p50_ms", "p99_ms")}
    return sum(found[0] for found in measured), details


def _in_a_process(which: str, url: str, seconds: float, barrier: Any, answers: Any) -> None:
    def measure(recorder: ApplicationRecorder) -> Measurement:
        hammer(recorder.insert_events, 32, 0.3)
        barrier.wait(60)
        return hammer(recorder.insert_events, 32, seconds)

    if which == "ours":
        with ledger_recorder(url, None) as recorder:
            answers.put(measure(recorder))
    else:
        with peer_recorder(url, 32, create=False) as peer:
            answers.put(measure(peer))
