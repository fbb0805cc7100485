"""``verify``: well only when all is well; every kind of tampering is found and named by its position."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Connection, create_engine, text

from ledger.append import Command
from ledger.database import normalise_url, open_database
from ledger.entry import Actor, EventDraft
from ledger.ledger import Ledger
from tests.cli.conftest import Operator
from tests.support.ledgers import NOON, SetClock

GOLDEN = """\
台账 · ledger      district  ({url})
条目 · entries     12
流水 · streams     3
根哈希 · root      {root}
用时 · took        0.0 s
结论 · conclusion  全部相符 · all agrees
"""


@pytest.fixture
def ledger(database_url: str) -> Iterator[Ledger]:
    """Twelve entries in three streams."""
    database = open_database(database_url)
    with Ledger(database, clock=SetClock(NOON)) as opened:
        for number in range(12):
            stream, version = f"minutes/{number % 3}", number // 3 + 1
            event = EventDraft(stream, version, "minutes.noted/1", {"said": number}, Actor("P05", "publisher", "U05"))
            opened.append(Command([event], command_id=f"c{number}"))
        yield opened
    database.close()


def tamper(url: str, deed: Callable[[Connection], object]) -> None:
    """Do something to the tables as somebody who has taken the guards away."""
    engine = create_engine(normalise_url(url))
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            triggers = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
            for name in triggers:
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            for table in ("ledger_entries", "ledger_head", "ledger_commands"):
                connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        deed(connection)
    engine.dispose()


def sql(statement: str, **values: object) -> Callable[[Connection], object]:
    return lambda connection: connection.execute(text(statement), values)


def change_one_byte(connection: Connection) -> None:
    found = connection.execute(text("SELECT entry FROM ledger_entries WHERE position = 7")).scalar_one()
    changed = bytes(found).replace(b'"said":6', b'"said":9')
    connection.execute(text("UPDATE ledger_entries SET entry = :e WHERE position = 7"), {"e": changed})


def swap_two(connection: Connection) -> None:
    for one, other in ((4, 100), (5, 4), (100, 5)):
        connection.execute(text(f"UPDATE ledger_entries SET position = {other} WHERE position = {one}"))


class TestWell:
    def test_says_size_root_and_conclusion(self, ledger: Ledger, operator: Operator) -> None:
        outcome = operator.types("verify")

        golden = GOLDEN.format(url=shown(operator.database), root=ledger.head().root.hex())
        assert (outcome.code, outcome.err) == (0, "")
        assert re.sub(r"\d+\.\d s", "0.0 s", outcome.out) == golden

    def test_is_one_document_for_a_machine(self, ledger: Ledger, operator: Operator) -> None:
        report = operator.types("verify", "--json").json

        assert report["clean"] is True
        assert (report["size"], report["streams"], report["root"]) == (12, 3, ledger.head().root.hex())
        assert report["faults"] == []


def shown(url: str) -> str:
    return normalise_url(url).render_as_string(hide_password=True)


@pytest.mark.requirement("R96")
@pytest.mark.parametrize(
    ("deed", "sentence"),
    [
        (change_one_byte, "位置 · position 7: the entry at position 7 does not hash to its leaf"),
        (sql("DELETE FROM ledger_entries WHERE position = 5"), "位置 · position 5: position 5 is missing"),
        (swap_two, "root"),
        (
            sql("UPDATE ledger_entries SET actor = 'P06' WHERE position = 3"),
            "位置 · position 3: the index column actor at position 3 says 'P06', the entry says 'P05'",
        ),
        (
            sql("UPDATE ledger_entries SET type = 'minutes.burnt/1' WHERE position = 2"),
            "the index column type at position 2",
        ),
        (
            sql("UPDATE ledger_entries SET occurred_at = occurred_at - 1 WHERE position = 2"),
            "the index column occurred_at at position 2",
        ),
        (
            sql("DELETE FROM ledger_entries WHERE position > 10"),
            "位置 · position 11: the sequencer says the log has 12 entries",
        ),
        (sql("UPDATE ledger_head SET size = 11"), "beyond the log's size of 11"),
        (sql("UPDATE ledger_commands SET first_position = 9 WHERE command_id = 'c3'"), "the command 'c3'"),
    ],
)
def test_tampering_is_found_and_named(
    ledger: Ledger, operator: Operator, deed: Callable[[Connection], object], sentence: str
) -> None:
    ledger.close()
    tamper(operator.database, deed)

    outcome = operator.types("verify")
    report = operator.types("verify", "--json")

    assert outcome.code == 1
    assert sentence in outcome.out
    assert "不要继续写入" in outcome.err
    assert report.code == 1
    assert report.json["clean"] is False
    assert report.json["fault_count"] >= 1


def test_a_tampered_entry_is_not_quoted_either(ledger: Ledger, operator: Operator) -> None:
    ledger.close()
    tamper(operator.database, change_one_byte)

    for command in (["replay", "--types", "all", "--json"], ["export", "events"]):
        outcome = operator.types(*command)

        assert outcome.code == 1
        assert len(outcome.lines) == 6
        assert "position 7 does not hash to its leaf" in outcome.err
        assert "与写下时不一致" in outcome.err
