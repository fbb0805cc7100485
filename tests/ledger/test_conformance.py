"""The eventsourcing library's own conformance classes, run against our recorders on both databases."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from eventsourcing.persistence import TrackingRecorder
from eventsourcing.tests import persistence as contract
from eventsourcing.utils import Environment

from ledger.recorder import (
    LedgerAggregateRecorder,
    LedgerApplicationRecorder,
    LedgerFactory,
    LedgerProcessRecorder,
    LedgerTrackingRecorder,
)


class ViewOfSomebody(LedgerTrackingRecorder):
    """A consumer's own tracking recorder, as the library asks for."""


class _Factory:
    """Opens a factory on the database that the fixture of the subclass names."""

    factory: LedgerFactory
    env: Environment

    def _open(self, url: str) -> Iterator[None]:
        self.env = Environment(env={"PERSISTENCE_MODULE": "ledger.recorder", "LEDGER_URL": url})
        self.factory = LedgerFactory(self.env)
        standing = set(threading.enumerate())
        yield
        # One of the library's tests leaves its two readers to end by themselves; a connection that a reader
        # brings back after the pool was closed would be closed by nobody.
        for thread in set(threading.enumerate()) - standing:
            if not thread.daemon:
                thread.join()
        self.factory.close()


class OnSQLite(_Factory):
    __test__ = True

    @pytest.fixture(autouse=True)
    def _on_sqlite(self, sqlite_url: str) -> Iterator[None]:
        yield from self._open(sqlite_url)


class OnPostgreSQL(_Factory):
    __test__ = True

    @pytest.fixture(autouse=True)
    def _on_postgresql(self, postgres_url: str) -> Iterator[None]:
        yield from self._open(postgres_url)


class OnSerializablePostgreSQL(_Factory):
    __test__ = True

    @pytest.fixture(autouse=True)
    def _on_serializable(self, serializable_postgres_url: str) -> Iterator[None]:
        yield from self._open(serializable_postgres_url)


class _AggregateRecorder(contract.AggregateRecorderTestCase):
    __test__ = False

    def create_recorder(self) -> LedgerAggregateRecorder:
        return self.factory.aggregate_recorder()


class _ApplicationRecorder(contract.ApplicationRecorderTestCase):
    __test__ = False

    def create_recorder(self) -> LedgerApplicationRecorder:
        return self.factory.application_recorder()

    def test_insert_subscribe(self) -> None:
        self.optional_test_insert_subscribe()


class _TrackingRecorder(contract.TrackingRecorderTestCase):
    __test__ = False

    def create_recorder(self) -> LedgerTrackingRecorder:
        return self.factory.tracking_recorder()


class _ProcessRecorder(contract.ProcessRecorderTestCase):
    __test__ = False

    def create_recorder(self) -> LedgerProcessRecorder:
        return self.factory.process_recorder()


class _NonInterleavingNotificationIDs(contract.NonInterleavingNotificationIDsBaseCase):
    __test__ = False

    def create_recorder(self) -> LedgerApplicationRecorder:
        return self.factory.application_recorder()


class _InfrastructureFactory(contract.InfrastructureFactoryTestCase[LedgerFactory]):
    __test__ = False

    def expected_factory_class(self) -> type[LedgerFactory]:
        return LedgerFactory

    def expected_aggregate_recorder_class(self) -> type[LedgerAggregateRecorder]:
        return LedgerAggregateRecorder

    def expected_application_recorder_class(self) -> type[LedgerApplicationRecorder]:
        return LedgerApplicationRecorder

    def expected_tracking_recorder_class(self) -> type[LedgerTrackingRecorder]:
        return LedgerTrackingRecorder

    def tracking_recorder_subclass(self) -> type[TrackingRecorder]:
        return ViewOfSomebody

    def expected_process_recorder_class(self) -> type[LedgerProcessRecorder]:
        return LedgerProcessRecorder


class TestAggregateRecorderOnSQLite(OnSQLite, _AggregateRecorder): ...


class TestAggregateRecorderOnPostgreSQL(OnPostgreSQL, _AggregateRecorder): ...


class TestApplicationRecorderOnSQLite(OnSQLite, _ApplicationRecorder): ...


class TestApplicationRecorderOnPostgreSQL(OnPostgreSQL, _ApplicationRecorder): ...


class TestApplicationRecorderOnSerializablePostgreSQL(OnSerializablePostgreSQL, _ApplicationRecorder): ...


class TestTrackingRecorderOnSQLite(OnSQLite, _TrackingRecorder): ...


class TestTrackingRecorderOnPostgreSQL(OnPostgreSQL, _TrackingRecorder): ...


class TestProcessRecorderOnSQLite(OnSQLite, _ProcessRecorder): ...


class TestProcessRecorderOnPostgreSQL(OnPostgreSQL, _ProcessRecorder): ...


class TestNonInterleavingOnSQLite(OnSQLite, _NonInterleavingNotificationIDs): ...


class TestNonInterleavingOnPostgreSQL(OnPostgreSQL, _NonInterleavingNotificationIDs): ...


class TestInfrastructureFactoryOnSQLite(OnSQLite, _InfrastructureFactory): ...


class TestInfrastructureFactoryOnPostgreSQL(OnPostgreSQL, _InfrastructureFactory): ...
