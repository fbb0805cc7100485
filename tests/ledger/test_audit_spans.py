"""The audit reads a long log in spans, by several processes at once; where a span ends makes no difference."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, insert, select, update

from ledger.append import Command
from ledger.audit import audit
from ledger.database import Database
from ledger.ledger import Ledger
from ledger.schema import entries
from tests.support.ledgers import assert_whole, minutes

SIZE = 21


@pytest.fixture(params=[1, 4, 8, 32])
def span(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Spans so short that a small log has many, and pages that do not fit into them."""
    monkeypatch.setattr("ledger.audit.SPAN", request.param)
    monkeypatch.setattr("ledger.audit_span._PAGE", 3)
    return int(request.param)


@pytest.fixture
def log(ledger: Ledger) -> Ledger:
    """Commands of one, two … six events, one after the other."""
    for events in range(1, 7):
        ledger.append(Command(minutes(f"minutes/{events}", events), command_id=f"c{events}"))
    return ledger


@pytest.mark.usefixtures("span")
class TestSpans:
    def test_that_are_clean_make_a_clean_log(self, log: Ledger) -> None:
        assert_whole(log)

    def test_of_an_empty_log(self, ledger: Ledger) -> None:
        assert_whole(ledger)

    @pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
    def test_do_not_hide_what_is_missing(self, log: Ledger, open_guards: None) -> None:
        for position in range(1, SIZE + 1):
            this = (entries.c.ledger == log.number) & (entries.c.position == position)
            with log.database.engine.connect() as connection:
                row = dict(connection.execute(select(entries).where(this)).one()._mapping)
            with log.database.writing() as connection:
                connection.execute(delete(entries).where(this))

            assert position in {fault.position for fault in audit(log).faults}

            with log.database.writing() as connection:
                connection.execute(insert(entries).values(row))
        assert_whole(log)

    @pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
    def test_do_not_hide_a_time_that_runs_backwards(self, log: Ledger, open_guards: None) -> None:
        for position in range(2, SIZE + 1):
            this = (entries.c.ledger == log.number) & (entries.c.position == position)
            with log.database.engine.connect() as connection:
                raw = connection.execute(select(entries.c.entry).where(this)).scalar_one()
            with log.database.writing() as connection:
                earlier = raw.replace(b'"recorded_at":"2', b'"recorded_at":"1')
                connection.execute(update(entries).where(this).values(entry=earlier))

            assert any("never runs backwards" in fault.sentence for fault in audit(log).faults)

            with log.database.writing() as connection:
                connection.execute(update(entries).where(this).values(entry=raw))
        assert_whole(log)


@pytest.fixture
def open_guards(database: Database) -> None:
    with database.engine.begin() as connection:
        for deed in ("update", "delete"):
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS ledger_entries_refuse_{deed}")


class TestProcesses:
    @pytest.fixture(autouse=True)
    def _short_spans(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("ledger.audit.SPAN", 4)
        monkeypatch.setattr("ledger.audit._WORTH_A_PROCESS", 8)

    def test_find_the_same_together(self, log: Ledger) -> None:
        told: list[int] = []

        alone, together = audit(log), audit(log, told.append, processes=2)

        assert together == alone
        assert together.clean
        assert told == [4, 8, 12, 16, 20, SIZE]
