"""Rebuilding a projection: ours, with every row's history, against the library's ProjectionRunner.

The library folds one event a transaction into a counter (its recorder, its mapper, an upsert and the tracking).  Ours
folds the same counter, and the district's catalogue, into temporal rows that can be asked as of any moment.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.dispatch import singledispatchmethod
from eventsourcing.domain import Aggregate
from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from psycopg.sql import SQL, Identifier

from bench.bulk import open_ledger
from bench.district import fill
from bench.peer import environment_of
from bench.report import Result
from bench.rounds import Measurement, interleaved
from bench.setting import Setting
from projections import catalogue
from projections.engine import Projector
from projections.feed import Event
from projections.tables import Shape, integers
from projections.tables import texts as texts_of
from projections.temporal import Content, Key

EVENTS = 100_000
PEER_AGGREGATES, PEER_EVENTS_EACH = 3_000, 10
PEER_SECONDS = 6.0
WANTED, WANTED_PER_S = 40.0, 50_000


class CountsOfItems:
    """The same counter, kept our way: how many events every stream has."""

    name = "bench_counts"
    version = 1
    tables = (Shape("counts", key=texts_of("item"), content=integers("total")),)
    types = frozenset(
        {
            "document.drafted/1",
            "document.attribute_determined/1",
            "document.approved/1",
            "document.secrecy_reviewed/1",
            "publication.published/1",
        }
    )

    def route(self, event: Event) -> Iterable[tuple[str, Key]]:
        """To the item's row."""
        return (("counts", (event.data["item"],)),)

    def fold(self, _table: str, _key: Key, row: Content | None, _event: Event) -> Content | None:
        """One more."""
        return {"total": 1 if row is None else row["total"] + 1}


class Counted(Aggregate):
    """What the library counts the events of."""

    class Incremented(Aggregate.Event):
        """One more."""

        text: str


class CountersView(PostgresTrackingRecorder):
    """The library's way: a table beside the tracking, both written in one transaction."""

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.sql_create_statements.append(
            SQL("CREATE TABLE IF NOT EXISTS bench_counters (id text PRIMARY KEY, total bigint NOT NULL)").format()
        )

    def increment(self, originator_id: str, tracking: Tracking) -> None:
        """One more, and how far we have come."""
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute(
                "INSERT INTO bench_counters VALUES (%s, 1) ON CONFLICT (id) DO UPDATE SET total = bench_counters.total + 1",
                (originator_id,),
            )


class CountersProjection(Projection[CountersView]):
    """Counts the events of every aggregate."""

    name = "counters"

    @singledispatchmethod
    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        """One more, whatever happened."""
        self.view.increment(str(domain_event.originator_id), tracking)


def run(setting: Setting) -> list[Result]:
    """The counter on both sides, then the catalogue."""
    events = min(EVENTS, setting.size)
    theirs = setting.server.create_database()
    fill_peer(theirs)
    with open_ledger(setting.server.create_database()) as ledger:
        fill(ledger, events)
        projector = Projector(ledger, [CountsOfItems(), catalogue.PROJECTION])
        contenders = {
            "ours: a counter": lambda: rebuild(projector, "bench_counts", events),
            "ours: the catalogue": lambda: rebuild(projector, catalogue.PROJECTION.name, events),
            "eventsourcing's ProjectionRunner": lambda: replay_with_peer(theirs),
        }
        with setting.weather() as station:
            series = interleaved(contenders, min(setting.rounds, 3), "events/s")
    limits = {
        f"at least {WANTED_PER_S:,} events/s ({name})": series[name].best >= WANTED_PER_S
        for name in series
        if name.startswith("ours")
    }
    note = f"{events:,} events rebuilt by ours; the library was given {PEER_SECONDS:.0f} s of its 30,000."
    return [Result("rebuild of a projection", series, station.weather, wanted=WANTED, limits=limits, note=note)]


def rebuild(projector: Projector, name: str, events: int) -> Measurement:
    """Write the projection anew from the first entry."""
    began = time.perf_counter()
    projector.rebuild(name)
    return events / (time.perf_counter() - began), {}


def fill_peer(url: str) -> None:
    """The library's own log: 3,000 aggregates of 10 events."""
    with Application[UUID](env=environment_of(url, 5)) as app:
        for _ in range(PEER_AGGREGATES // 100):
            stored = [app.mapper.to_stored_event(event) for _ in range(100) for event in _events_of_one()]
            app.recorder.insert_events(stored)


def _events_of_one() -> list[Any]:
    counted = Counted()
    for _ in range(PEER_EVENTS_EACH - 1):
        counted.trigger_event(Counted.Incremented, text="x" * 400)
    return list(counted.collect_events())


def replay_with_peer(url: str) -> Measurement:
    """Let the library's runner fold for so long, from the first event on."""
    _forget_the_view(url)
    with ProjectionRunner(
        application_class=Application[UUID],
        projection_class=CountersProjection,
        view_class=CountersView,
        env=environment_of(url, 5),
    ) as runner:
        view, name = runner.projection.view, runner.app.name
        while not view.max_tracking_id(name):
            time.sleep(0.01)
        first, began = view.max_tracking_id(name) or 0, time.perf_counter()
        time.sleep(PEER_SECONDS)
        last = view.max_tracking_id(name) or 0
        return (last - first) / (time.perf_counter() - began), {}


def _forget_the_view(url: str) -> None:
    with Application[UUID](env=environment_of(url, 5)) as app, app.factory.datastore.transaction(commit=True) as cursor:  # type: ignore[attr-defined]
        for table in ("bench_counters", "counters_tracking"):
            cursor.execute(SQL("DROP TABLE IF EXISTS {}").format(Identifier(table)))
