"""Bulk append: commands of 1,000 and 5,000 events, against raw COPY of the same bytes into a bare table."""

from __future__ import annotations

import gc
import struct
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import psycopg2
from sqlalchemy.engine import make_url

from bench.report import Result
from bench.rounds import Measurement, interleaved
from bench.setting import Setting
from ledger.append import Command
from ledger.database import open_database
from ledger.entry import Actor, EventDraft
from ledger.ledger import Ledger

EVENTS_IN_A_COMMAND = (1_000, 5_000)
EVENTS_A_ROUND = 50_000
IN_FLIGHT = 2
TEXT = "关于印发政务公开工作要点的通知。" * 10
ACTOR = Actor("P05", "drafter", "U01", "token:0123456789ab")
WANTED = 0.3


def run(setting: Setting) -> list[Result]:
    """One result for each size of command."""
    return [_bulk(setting, events) for events in EVENTS_IN_A_COMMAND]


def _bulk(setting: Setting, events: int) -> Result:
    total = min(EVENTS_A_ROUND, setting.size)
    with open_ledger(setting.server.create_database()) as ledger, bare_table(setting) as table:
        sample = [bytes(raw) for *_, raw in _recorded(ledger, events)]
        contenders = {
            "ours": lambda: append_in_bulk(ledger, total, events),
            "raw COPY": lambda: copy_in_bulk(table, sample, total),
        }
        with setting.weather() as station:
            series = interleaved(contenders, setting.rounds, "events/s")
    note = f"{len(sample[0])} bytes an entry; {events:,} entries a transaction on both sides"
    return Result(f"bulk: {events:,} events a command", series, station.weather, wanted=WANTED, note=note)


@contextmanager
def open_ledger(url: str) -> Iterator[Ledger]:
    """A ledger that signs nothing, opened and closed."""
    database = open_database(url)
    with Ledger(database) as ledger:
        yield ledger
    database.close()


def drafts(stream: str, events: int) -> list[EventDraft]:
    """Successive events of one stream, with about half a kilobyte of Chinese text each."""
    return [
        EventDraft(stream, version, "bench.recorded/1", {"item": stream, "number": version, "text": TEXT}, ACTOR)
        for version in range(1, events + 1)
    ]


def append_in_bulk(ledger: Ledger, total: int, events: int) -> Measurement:
    """Append that many events, preparing the next command while the last is being committed."""
    start = ledger.head().size
    commands = [Command(drafts(f"bulk/{start + first}", events)) for first in range(0, total, events)]
    # An import makes its events as it goes; those made beforehand here must not be searched for garbage.
    gc.collect()
    gc.freeze()
    began = time.perf_counter()
    waiting: deque[Any] = deque()
    for command in commands:
        waiting.append(ledger.submit(command))
        if len(waiting) > IN_FLIGHT:
            waiting.popleft().result()
    for future in waiting:
        future.result()
    gc.unfreeze()
    return total / (time.perf_counter() - began), {}


def _recorded(ledger: Ledger, events: int) -> Sequence[Any]:
    ledger.append(Command(drafts("bulk/sample", events)))
    return ledger.read_raw(0, events)


@contextmanager
def bare_table(setting: Setting) -> Iterator[Any]:
    """A connection to a database that holds one table: a number and bytes."""
    url = make_url(setting.server.create_database()).set(drivername="postgresql")
    connection = psycopg2.connect(url.render_as_string(hide_password=False))
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare (position bigint PRIMARY KEY, entry bytea NOT NULL)")
    connection.commit()
    yield connection
    connection.close()


def copy_in_bulk(connection: Any, raws: Sequence[bytes], total: int) -> Measurement:
    """COPY the same bytes again and again, a transaction for as many rows as there are of them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM bare")
        position = cursor.fetchone()[0]
        began = time.perf_counter()
        for _ in range(total // len(raws)):
            cursor.copy_expert("COPY bare FROM STDIN WITH (FORMAT binary)", _binary(position, raws))
            connection.commit()
            position += len(raws)
        return total / (time.perf_counter() - began), {}


def _binary(position: int, raws: Sequence[bytes]) -> BytesIO:
    opening = struct.Struct(">hiqi").pack
    rows = (opening(2, 8, position + number, len(raw)) + raw for number, raw in enumerate(raws, start=1))
    header = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
    return BytesIO(b"".join((header, *rows, struct.pack(">h", -1))))
