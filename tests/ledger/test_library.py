"""The eventsourcing library's applications and projections run on our recorders, on both databases.

Its own test classes for applications are run as they are; those for projections need a package more
than the ledger does, so what they check is checked here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import pytest
from eventsourcing.application import AggregateNotFoundError, Application, ProcessingEvent
from eventsourcing.dispatch import singledispatchmethod
from eventsourcing.domain import Aggregate, DomainEventProtocol, event
from eventsourcing.persistence import IntegrityError, Tracking
from eventsourcing.projection import (
    EventSourcedProjection,
    EventSourcedProjectionRunner,
    Projection,
    ProjectionRunner,
)
from eventsourcing.tests import application as contract
from eventsourcing.utils import get_topic
from sqlalchemy import Column, Connection, Integer, MetaData, Table, Text, insert, select, update

from ledger.database import Database, open_database
from ledger.ledger import Ledger
from ledger.recorder import LedgerFactory, LedgerMapper, LedgerTrackingRecorder
from tests.support.ledgers import assert_whole

counters = Table("counters", MetaData(), Column("kind", Text, primary_key=True), Column("count", Integer))


class CountersOnTheLedger(LedgerTrackingRecorder):
    """A view of somebody who writes against the library: two counters, moved with the tracking."""

    def __init__(self, database: Database, consumer: str) -> None:
        super().__init__(database, consumer)
        database.locked(self._create)

    @staticmethod
    def _create(connection: Connection) -> None:
        counters.metadata.create_all(connection)
        if connection.execute(select(counters)).first() is None:
            connection.execute(insert(counters), [{"kind": kind, "count": 0} for kind in ("created", "subsequent")])

    def count(self, kind: str) -> int:
        with self.database.engine.connect() as connection:
            return connection.execute(select(counters.c["count"]).where(counters.c.kind == kind)).scalar_one()

    def increment(self, kind: str, tracking: Tracking) -> None:
        def increment(connection: Connection) -> None:
            self._insert_tracking(connection, tracking)
            moved = {"count": counters.c["count"] + 1}
            connection.execute(update(counters).where(counters.c.kind == kind).values(moved))

        self.database.transact(increment)


class Bell(Aggregate):
    class Rung(Aggregate.Event):
        times: int

    class Broken(Aggregate.Event):
        pass


class BellCounters(Projection[CountersOnTheLedger]):
    name = "bellcounters"
    topics = (get_topic(Bell.Created), get_topic(Bell.Rung), get_topic(Bell.Broken))

    @singledispatchmethod
    def process_event(self, _: DomainEventProtocol[UUID], tracking: Tracking) -> None:
        self.view.insert_tracking(tracking)

    @process_event.register
    def created(self, _: Aggregate.Created, tracking: Tracking) -> None:
        self.view.increment("created", tracking)

    @process_event.register
    def rung(self, _: Bell.Rung, tracking: Tracking) -> None:
        self.view.increment("subsequent", tracking)

    @process_event.register
    def broken(self, _: Bell.Broken, __: Tracking) -> None:
        raise BellBroken


class BellBroken(Exception):
    pass


class RingCount(Aggregate):
    """An aggregate that a projection keeps about the events of another application."""

    def __init__(self) -> None:
        self.rings = 0

    @staticmethod
    def create_id() -> UUID:
        return uuid5(NAMESPACE_URL, "/rings")

    @event("Counted")
    def count_ring(self) -> None:
        self.rings += 1


class RingCounts(EventSourcedProjection[UUID]):
    @singledispatchmethod
    def policy(self, domain_event: DomainEventProtocol[UUID], processing_event: ProcessingEvent[UUID]) -> None:
        if isinstance(domain_event, Bell.Rung):
            try:
                count: RingCount = self.repository.get(RingCount.create_id())
            except AggregateNotFoundError:
                count = RingCount()
            count.count_ring()
            processing_event.collect_events(count)


class OnOurs:
    """Sets the environment in which the library finds our factory."""

    env: dict[str, str]

    @pytest.fixture(autouse=True)
    def _environment(self, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        self.env = {"PERSISTENCE_MODULE": "ledger.recorder", "LEDGER_URL": database_url}
        for name, value in self.env.items():
            monkeypatch.setenv(name, value)
        factories: list[LedgerFactory] = []
        made = LedgerFactory.__init__

        def remember(factory: LedgerFactory, *arguments: Any, **keywords: Any) -> None:
            factories.append(factory)
            made(factory, *arguments, **keywords)

        monkeypatch.setattr(LedgerFactory, "__init__", remember)
        yield
        # The library's tests leave their applications open.
        for factory in factories:
            factory.close()


class OnSQLite(OnOurs):
    @pytest.fixture
    def database_url(self, sqlite_url: str) -> str:
        return sqlite_url


class OnPostgreSQL(OnOurs):
    @pytest.fixture
    def database_url(self, postgres_url: str) -> str:
        return postgres_url


class _Example(contract.ExampleApplicationTestCase):
    __test__ = False
    expected_factory_topic = "ledger.recorder:LedgerFactory"


class TestExampleOnSQLite(OnSQLite, _Example):
    __test__ = True


class TestExampleOnPostgreSQL(OnPostgreSQL, _Example):
    __test__ = True


# One of the library's tests looks at a warning that is an error here.
@pytest.mark.filterwarnings("default:'log' is deprecated")
class TestApplicationOnSQLite(OnSQLite, contract.ApplicationTestCase): ...


@pytest.mark.filterwarnings("default:'log' is deprecated")
class TestApplicationOnPostgreSQL(OnPostgreSQL, contract.ApplicationTestCase): ...


@pytest.fixture
def env(database_url: str) -> dict[str, str]:
    return {"PERSISTENCE_MODULE": "ledger.recorder", "LEDGER_URL": database_url}


@pytest.fixture
def runner(env: dict[str, str]) -> Iterator[ProjectionRunner[Application[UUID], CountersOnTheLedger]]:
    with ProjectionRunner(
        application_class=Application[UUID],
        projection_class=BellCounters,
        view_class=CountersOnTheLedger,
        env=env,
    ) as runner:
        yield runner


class TestProjectionRunner:
    def test_counts_every_event_once(self, runner: Any) -> None:
        for rings in range(5):
            bell = Bell()
            for times in range(rings):
                bell.trigger_event(Bell.Rung, times=times)
            recordings = runner.app.save(bell)
        runner.wait(recordings[-1].notification.id, timeout=10)

        view = runner.projection.view
        assert (view.count("created"), view.count("subsequent")) == (5, 0 + 1 + 2 + 3 + 4)
        assert view.max_tracking_id("Application") == 15

    def test_goes_on_where_it_stopped(self, runner: Any, env: dict[str, str]) -> None:
        runner.wait(runner.app.save(Bell())[-1].notification.id, timeout=10)
        runner.stop()
        runner.app.save(Bell())

        with ProjectionRunner(
            application_class=Application[UUID],
            projection_class=BellCounters,
            view_class=CountersOnTheLedger,
            env=env,
        ) as again:
            again.wait(again.app.save(Bell())[-1].notification.id, timeout=10)

            assert again.projection.view.count("created") == 3

    def test_follows_what_others_write(self, runner: Any, env: dict[str, str]) -> None:
        with Application[UUID](env=env) as elsewhere:
            for _ in range(20):
                recordings = elsewhere.save(Bell())
        runner.wait(recordings[-1].notification.id, timeout=10)

        assert runner.projection.view.count("created") == 20

    def test_tells_of_a_failing_projection(self, env: dict[str, str]) -> None:
        bell = Bell()
        bell.trigger_event(Bell.Broken)
        runner = ProjectionRunner(
            application_class=Application[UUID],
            projection_class=BellCounters,
            view_class=CountersOnTheLedger,
            env=env,
        )

        recordings = runner.app.save(bell)

        with pytest.raises(BellBroken):
            runner.run_forever(timeout=10)
        with pytest.raises(TimeoutError):
            runner.projection.view.wait(runner.app.name, recordings[-1].notification.id, timeout=0.3)
        with runner:
            runner.stop()

    def test_tracks_what_a_view_has_seen_once_and_forwards(self, runner: Any) -> None:
        view = runner.projection.view
        view.increment("created", Tracking("upstream", 2))

        for seen in (1, 2):
            with pytest.raises(IntegrityError):
                view.increment("created", Tracking("upstream", seen))

        assert view.count("created") == 1
        assert view.max_tracking_id("upstream") == 2


class TestEventSourcedProjectionRunner:
    def test_records_its_events_with_what_caused_them(self, env: dict[str, str]) -> None:
        with EventSourcedProjectionRunner(
            application_class=Application[UUID], projection_class=RingCounts, env=env
        ) as runner:
            for _ in range(4):
                bell = Bell()
                bell.trigger_event(Bell.Rung, times=1)
                recordings = runner.app.save(bell)
            runner.wait(recordings[-1].notification.id, timeout=10)

            count: RingCount = runner.projection.repository.get(RingCount.create_id())
            assert count.rings == 4
            assert runner.projection.recorder.max_tracking_id("Application") == 8


class TestApplicationOnOneLedger:
    """What our recorders add to the library's promises."""

    def test_shares_the_ledger_it_is_handed(self, database_url: str) -> None:
        database = open_database(database_url)
        with Ledger(database) as ledger:
            factory = LedgerFactory({}, ledger)
            recorder = factory.application_recorder()
            app = Application[UUID](env={"PERSISTENCE_MODULE": "ledger.recorder", "LEDGER_URL": database_url})
            with app:
                bell = Bell()
                bell.trigger_event(Bell.Rung, times=3)
                app.save(bell)
            factory.close()

            assert recorder.max_notification_id() is None
            with Ledger(database, "application") as of_the_application:
                assert of_the_application.head().size == 2
                assert_whole(of_the_application)
        database.close()

    def test_names_the_missing_address(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("LEDGER_URL", raising=False)
        with pytest.raises(OSError, match="LEDGER_URL names no database"):
            LedgerFactory({}).application_recorder()


class TestMapper:
    def test_puts_the_envelope_where_the_entry_has_it(self, database_url: str) -> None:
        database = open_database(database_url)
        with Ledger(database) as ledger:
            recorder = LedgerFactory({"ORIGINATOR_ID_TYPE": "text"}, ledger).application_recorder()
            mapper: LedgerMapper[UUID] = LedgerMapper()
            bell = Bell()
            bell.trigger_event(Bell.Rung, times=3)
            events = bell.collect_events()

            recorder.insert_events([mapper.to_stored_event(event) for event in events], command_id="c1")

            entry = ledger.entry(2)
            assert (entry.stream, entry.version, entry.data) == (str(bell.id), 2, {"times": 3})
            assert (entry.type, entry.occurred_at) == (f"{__name__}:Bell.Rung", events[1].timestamp)
            assert entry.command_id == "c1"
            assert_whole(ledger)
        database.close()

    def test_reads_back_what_it_wrote(self, database_url: str) -> None:
        database = open_database(database_url)
        with Ledger(database) as ledger:
            recorder = LedgerFactory({}, ledger).application_recorder()
            mapper: LedgerMapper[UUID] = LedgerMapper()
            bell = Bell()
            bell.trigger_event(Bell.Rung, times=3)
            rung = bell.collect_events()[1]
            created = Bell().collect_events()[0]
            recorder.insert_events([mapper.to_stored_event(created)])
            stream = str(created.originator_id)
            object.__setattr__(rung, "originator_id", created.originator_id)
            recorder.insert_events([mapper.to_stored_event(rung)])

            read = mapper.to_domain_event(recorder.select_events(created.originator_id)[1])

            assert (type(read), read.times, str(read.originator_id)) == (Bell.Rung, 3, stream)
            assert read.timestamp == rung.timestamp
            assert_whole(ledger)
        database.close()


def test_conflicts_and_absences_are_the_librarys_own_errors(database_url: str) -> None:
    env = {"PERSISTENCE_MODULE": "ledger.recorder", "LEDGER_URL": database_url}
    with Application[UUID](env=env) as app:
        bell = Bell()
        app.save(bell)
        twice = [app.repository.get(bell.id), app.repository.get(bell.id)]
        for copy in twice:
            copy.trigger_event(Bell.Rung, times=1)

        app.save(twice[0])
        with pytest.raises(IntegrityError, match="is at version 2, the command expected 1; nothing was recorded"):
            app.save(twice[1])
