"""Pages of the log as the driver hands them over: the same rows on both databases, and errors as SQLAlchemy's."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError

from ledger import pages
from ledger.append import Command
from ledger.entry import Actor, EventDraft
from ledger.ledger import Ledger
from ledger.pages import read_rows

EVERYTHING = ("position", "version", "occurred_at", "recorded_at", "stream", "type", "actor", "entry", "leaf_hash")
WRITER = Actor("D02", "drafter", "U02")


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    """Four entries: texts beyond ASCII, and one that nobody acted in."""
    for number, actor in enumerate([WRITER, None, WRITER, WRITER], start=1):
        draft = EventDraft(
            "minutes/a", number, f"minutes.noted{number % 2}/1", {"text": "会议纪要〔2025〕" * number}, actor
        )
        ledger.append(Command([draft]))
    return ledger


@pytest.mark.parametrize("columns", [EVERYTHING, ("position", "entry", "leaf_hash"), ("recorded_at", "type", "entry")])
def test_every_column_comes_as_the_entries_have_it(filled: Ledger, columns: tuple[str, ...]) -> None:
    entries = filled.read()

    with filled.database.engine.connect() as connection:
        rows = read_rows(connection, columns, "ledger = %s", (filled.number,))

    assert [dict(zip(columns, row, strict=True)).get("entry") for row in rows] == [entry.raw for entry in entries]
    for row, entry in zip(rows, entries, strict=True):
        found = dict(zip(columns, row, strict=True))
        for name in {"position", "version", "stream", "type", "leaf_hash"} & found.keys():
            assert found[name] == getattr(entry, name)
        if "actor" in found:
            assert (found["actor"] is None) == (entry.actor is None)
        assert all(type(found[name]) is int for name in pages.NUMBERS if name in found)


def test_a_limit_ends_the_page(filled: Ledger) -> None:
    with filled.database.engine.connect() as connection:
        rows = read_rows(
            connection, ("position", "type", "entry"), "ledger = %s AND position > %s", (filled.number, 1), 2
        )

    assert [row[0] for row in rows] == [2, 3]


def test_nothing_found_is_an_empty_page(filled: Ledger) -> None:
    with filled.database.engine.connect() as connection:
        assert read_rows(connection, EVERYTHING, "ledger = %s", (filled.number + 1,)) == []


def test_a_parameter_is_never_read_as_a_statement(filled: Ledger) -> None:
    hostile = "'; DROP TABLE ledger_entries; --%s"

    with filled.database.engine.connect() as connection:
        where = "ledger = %s AND type IN (%s)"
        assert read_rows(connection, EVERYTHING, where, (filled.number, hostile)) == []

    assert filled.head().size == 4


def test_what_the_database_refuses_is_raised_as_by_any_statement(filled: Ledger) -> None:
    with filled.database.engine.connect() as connection, pytest.raises(DBAPIError):
        read_rows(connection, ("position", "no_such_column"), "ledger = %s", (filled.number,))
