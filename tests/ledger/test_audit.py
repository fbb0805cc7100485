"""The audit finds every tampering, names the first bad position, and never cries wolf.

Whoever tampers here has taken the guards away first: the owner of a database can.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, delete, insert, select, text, update

from ledger import canonical
from ledger.append import Command
from ledger.audit import audit
from ledger.audit_span import MOST_FAULTS
from ledger.database import Database, open_database
from ledger.entry import Actor, EventDraft
from ledger.ledger import Ledger
from ledger.personal import PersonalValues
from ledger.schema import commands, entries, head
from ledger.tree import RightEdge, leaf_hash
from tests.support.ledgers import NOON, SetClock, assert_whole, minutes, note, noted

SIZE = 24


@pytest.fixture(scope="module")
def open_house(store_url: str) -> Iterator[Database]:
    """A database whose guards have been taken away."""
    database = open_database(store_url)
    with database.engine.begin() as connection:
        if database.is_postgresql:
            for table in ("ledger_entries", "ledger_commands", "ledger_head"):
                connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        else:
            for name in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars():
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield database
    database.close()


@pytest.fixture
def log(open_house: Database, name: str) -> Iterator[Ledger]:
    """24 entries of every kind: two streams, commands of one and of four events, bytes, actors, claimed times."""
    clock = SetClock()
    with Ledger(open_house, name, clock=clock) as ledger:
        actor = Actor("P05", "drafter", "U01", "cli")
        for round_ in range(4):
            ledger.append(Command(minutes("minutes/1", 4, first=4 * round_ + 1), command_id=f"four-{round_}"))
            clock.advance(seconds=10)
            draft = EventDraft("minutes/2", round_, "minutes.closed/1", {"round": round_}, actor, occurred_at=NOON)
            ledger.append(Command([draft], command_id=f"one-{round_}"))
            ledger.append(Command([EventDraft(f"minutes/3-{round_}", 1, "minutes.scanned/1", b"\x00\xff")]))
            clock.advance(seconds=10)
        yield ledger


def tamper(ledger: Ledger, *deeds: Any) -> None:
    with ledger.database.writing() as connection:
        for deed in deeds:
            connection.execute(deed)


def at(ledger: Ledger, position: int) -> Any:
    return (entries.c.ledger == ledger.number) & (entries.c.position == position)


def set_at(ledger: Ledger, place: int, **values: Any) -> Any:
    return update(entries).where(at(ledger, place)).values(**values)


def faults_of(ledger: Ledger) -> list[tuple[int, str]]:
    report = audit(ledger)
    assert not report.clean
    assert report.fault_count >= len(report.faults)
    return [(fault.position, fault.sentence) for fault in report.faults]


class TestCleanLogs:
    def test_of_every_kind_of_entry(self, log: Ledger) -> None:
        assert_whole(log)
        assert audit(log).size == SIZE
        assert audit(log).streams == 6

    def test_that_are_empty(self, ledger: Ledger) -> None:
        assert_whole(ledger)

    @pytest.mark.parametrize("size", [1, 2, 1999, 2000, 2001])
    def test_at_the_edges_of_a_page(self, ledger: Ledger, size: int) -> None:
        ledger.append(Command(minutes("minutes/1", size), command_id="c1"))
        assert_whole(ledger)

    def test_while_somebody_writes(self, ledger: Ledger) -> None:
        others = [ledger.submit(note(f"minutes/{number}", command_id=f"c{number}")) for number in range(300)]
        while not others[-1].done():
            assert audit(ledger).clean
        assert_whole(ledger)

    def test_after_an_erasure(self, ledger: Ledger) -> None:
        value = PersonalValues.commit("officer/P01", "name", "王芳")
        ledger.append(Command([noted(commitment=value.commitment)], personal=[value]))
        ledger.personal.erase("officer/P01", ["name"])

        assert_whole(ledger)

    def test_say_how_far_they_have_been_read(self, log: Ledger) -> None:
        told: list[int] = []

        audit(log, told.append)

        assert told[-1] == SIZE
        assert told == sorted(told)


class TestBytes:
    """Rows 1 and 17: an entry is changed behind the ledger's back."""

    @pytest.mark.parametrize("position", [1, 7, SIZE])
    def test_one_byte_is_named(self, log: Ledger, position: int) -> None:
        raw = bytearray(log.entry(position).raw)
        raw[len(raw) // 2] ^= 1
        stored = log.entry(position).leaf_hash

        tamper(log, set_at(log, position, entry=bytes(raw)))

        first, sentence = faults_of(log)[0]
        assert first == position
        assert f"stored {stored.hex()}, computed {leaf_hash(bytes(raw)).hex()}" in sentence

    def test_any_bit_anywhere_is_found(self, log: Ledger) -> None:
        random_ = random.Random(7)
        for position in range(1, SIZE + 1):
            entry = log.entry(position)
            for _ in range(4):
                raw = bytearray(entry.raw)
                raw[random_.randrange(len(raw))] ^= 1 << random_.randrange(8)
                tamper(log, set_at(log, position, entry=bytes(raw)))
                assert faults_of(log)[0][0] == position
            tamper(log, set_at(log, position, entry=entry.raw))
        assert_whole(log)

    def test_a_changed_leaf_is_found(self, log: Ledger) -> None:
        tamper(log, set_at(log, 5, leaf_hash=bytes(32)))

        assert faults_of(log)[0][0] == 5

    def test_a_changed_entry_with_its_leaf_breaks_the_tree(self, log: Ledger) -> None:
        raw = log.entry(3).raw.replace(b"minutes.noted", b"minutes.moved")

        tamper(log, set_at(log, 3, entry=raw, leaf_hash=leaf_hash(raw), type="minutes.moved/1"))

        position, sentence = faults_of(log)[0]
        assert position == 0
        assert "the tree's right edge does not follow from the entries" in sentence

    @pytest.mark.parametrize(
        "raw",
        [
            b"",
            b"{}",
            b"[]",
            b"7",
            b"\xff",
            b'{"event_id":1}',
            canonical.encode({"event_id": "x", "stream": "s", "version": 1, "type": "t", "recorded_at": "never"}),
            canonical.encode({"event_id": "x", "stream": "s", "version": 1, "type": "t", "actor": "P05"}),
        ],
    )
    def test_what_is_no_entry_is_named(self, log: Ledger, raw: bytes) -> None:
        tamper(log, set_at(log, 5, entry=raw, leaf_hash=leaf_hash(raw)))

        assert any(position == 5 and "holds no canonical entry" in sentence for position, sentence in faults_of(log))

    @pytest.mark.parametrize("change", [(b'{"', b'{ "'), (b'"data":{}', b'"data":{},"data":{}'), (b"{}", b'{"a":1.0}')])
    def test_another_spelling_is_named(self, log: Ledger, change: tuple[bytes, bytes]) -> None:
        raw = log.entry(3).raw.replace(*change, 1)

        tamper(log, set_at(log, 3, entry=raw, leaf_hash=leaf_hash(raw)))

        assert any(position == 3 and "holds no canonical entry" in sentence for position, sentence in faults_of(log))


class TestMissing:
    """Row 2: an entry is removed."""

    @pytest.mark.parametrize("position", [1, 2, 11, SIZE - 1])
    def test_one_entry_is_named(self, log: Ledger, position: int) -> None:
        tamper(log, delete(entries).where(at(log, position)))

        first, sentence = faults_of(log)[0]
        assert first == position
        assert f"position {position} is missing: after {position - 1} comes {position + 1}" in sentence

    def test_several_are_named_together(self, log: Ledger) -> None:
        tamper(log, *(delete(entries).where(at(log, position)) for position in (5, 6, 7, 12)))

        sentences = [sentence for _, sentence in faults_of(log)]
        assert "position 5 to 7 is missing: after 4 comes 8.  An entry has been removed" in sentences
        assert any("position 12 is missing" in sentence for sentence in sentences)

    @pytest.mark.parametrize("left", [0, 1, 8, SIZE - 1])
    def test_the_tail_is_named(self, log: Ledger, left: int) -> None:
        tamper(log, delete(entries).where(entries.c.ledger == log.number, entries.c.position > left))

        found = faults_of(log)
        assert (left + 1, f"the sequencer says the log has {SIZE} entries, the last one found is {left}") in [
            (position, sentence.split(":")[0]) for position, sentence in found
        ]

    def test_the_tail_with_its_head_is_left_to_a_kept_checkpoint(self, log: Ledger) -> None:
        # Row 4: what is rolled back as a whole agrees with itself; only a checkpoint kept elsewhere knows better.
        edge, moment = log_prefix_edge(log, 12), microseconds_at(log, 12)
        tamper(
            log,
            delete(entries).where(entries.c.ledger == log.number, entries.c.position > 12),
            delete(commands).where(commands.c.ledger == log.number, commands.c.first_position > 12),
            update(head).where(head.c.ledger == log.number).values(size=12, edge=edge.to_bytes(), recorded_at=moment),
        )

        report = audit(log)

        assert report.clean
        assert (report.size, report.root) == (12, edge.root())


def log_prefix_edge(ledger: Ledger, size: int) -> RightEdge:
    edge = RightEdge()
    edge.extend(entry.leaf_hash for entry in ledger.read(limit=size))
    return edge


def microseconds_at(ledger: Ledger, position: int) -> int:
    with ledger.database.engine.connect() as connection:
        return int(connection.execute(select(entries.c.recorded_at).where(at(ledger, position))).scalar_one())


class TestOrder:
    """Row 3: entries change places."""

    @pytest.mark.parametrize(("one", "other"), [(1, 2), (3, 20), (SIZE - 1, SIZE)])
    def test_swapped_bytes_are_found(self, log: Ledger, one: int, other: int) -> None:
        first, second = log.entry(one), log.entry(other)

        tamper(
            log,
            set_at(log, one, entry=second.raw, leaf_hash=second.leaf_hash),
            set_at(log, other, entry=first.raw, leaf_hash=first.leaf_hash),
        )

        assert {one, other} <= {position for position, _ in faults_of(log)}

    def test_swapped_positions_are_found(self, log: Ledger) -> None:
        tamper(log, *(set_at(log, old, position=new) for old, new in ((9, 900), (10, 9), (900, 10))))

        assert any("the tree's right edge does not follow" in sentence for _, sentence in faults_of(log))

    def test_an_entry_moved_to_the_end_is_found(self, log: Ledger) -> None:
        tamper(log, set_at(log, 9, position=SIZE + 1))

        found = dict(faults_of(log))
        assert "position 9 is missing" in found[9]
        assert f"an entry stands at position {SIZE + 1}, beyond the log's size of {SIZE}" in found[SIZE + 1]

    def test_a_time_that_runs_backwards_is_found(self, log: Ledger) -> None:
        # Row 6: an entry says it was recorded before the one ahead of it.
        raw = log.entry(20).raw.replace(b'"recorded_at":"2025', b'"recorded_at":"2024')

        tamper(log, set_at(log, 20, entry=raw, leaf_hash=leaf_hash(raw)))

        assert any("the ledger's clock never runs backwards" in sentence for _, sentence in faults_of(log))


COLUMNS: dict[str, Callable[[Any], Any]] = {
    "stream": lambda value: f"{value}-moved",
    "version": lambda value: value + 100,
    "type": lambda value: f"{value}0",
    "actor": lambda value: None if value else "P99",
    "occurred_at": lambda value: value + 1,
    "recorded_at": lambda value: value - 1,
}


class TestIndexColumns:
    @pytest.mark.parametrize("column", COLUMNS)
    @pytest.mark.parametrize("position", [1, 5, SIZE])
    def test_are_held_against_the_entry(self, log: Ledger, column: str, position: int) -> None:
        with log.database.engine.connect() as connection:
            value = connection.execute(select(entries.c[column]).where(at(log, position))).scalar_one()
        changed = COLUMNS[column](value)

        tamper(log, set_at(log, position, **{column: changed}))

        assert any(
            first == position and f"the index column {column} at position {position} says {changed!r}" in sentence
            for first, sentence in faults_of(log)
        )


class TestStreams:
    def test_a_version_left_out_is_found(self, log: Ledger) -> None:
        insert_forged(log, version=30)

        assert any(
            "minutes/1 has version 30" in sentence and "expected 17" in sentence for _, sentence in faults_of(log)
        )

    def test_a_stream_that_begins_in_the_middle_is_found(self, log: Ledger) -> None:
        insert_forged(log, stream="minutes/9", version=5)

        assert any(
            "minutes/9 has version 5" in sentence and "expected 0 or 1" in sentence for _, sentence in faults_of(log)
        )


def insert_forged(ledger: Ledger, stream: str = "minutes/1", version: int = 17) -> None:
    """An entry appended by somebody who recomputes leaf and head, but not what a stream may do."""
    last = ledger.entry(SIZE)
    members = {**canonical.decode(last.raw), "stream": stream, "version": version, "type": "minutes.noted/1"}
    raw = canonical.encode(members)
    edge = log_prefix_edge(ledger, SIZE)
    edge.append(leaf_hash(raw))
    moment = microseconds_at(ledger, SIZE)
    row = {
        "ledger": ledger.number,
        "position": SIZE + 1,
        "stream": stream,
        "version": version,
        "type": "minutes.noted/1",
        "actor": None,
        "occurred_at": moment,
        "recorded_at": moment,
        "entry": raw,
        "leaf_hash": leaf_hash(raw),
    }
    tamper(
        ledger,
        insert(entries).values(row),
        update(head).where(head.c.ledger == ledger.number).values(size=SIZE + 1, edge=edge.to_bytes()),
    )


class TestBeyondAndInTheMiddle:
    def test_a_stray_entry_beyond_the_head_is_found(self, log: Ledger) -> None:
        tamper(log, set_at(log, SIZE, position=SIZE + 5))

        assert SIZE + 5 in dict(faults_of(log))

    def test_a_backfilled_entry_is_found(self, log: Ledger) -> None:
        # Row 7: positions from 10 on move up to make room, and the head is moved with them.
        with log.database.writing() as connection:
            shift(connection, log)

        assert faults_of(log)


def shift(connection: Connection, ledger: Ledger) -> None:
    for position in range(SIZE, 9, -1):
        connection.execute(set_at(ledger, position, position=position + 1))
    row = dict(connection.execute(select(entries).where(at(ledger, 9))).one()._mapping)
    connection.execute(insert(entries).values({**row, "position": 10, "stream": "minutes/new", "version": 1}))
    connection.execute(update(head).where(head.c.ledger == ledger.number).values(size=SIZE + 1))


class TestHead:
    @pytest.mark.parametrize(
        ("values", "sentence"),
        [
            ({"edge": b"\0" * 64}, "the tree's right edge does not follow from the entries"),
            ({"edge": b""}, "unreadable"),
            ({"size": SIZE + 2}, f"the sequencer says the log has {SIZE + 2} entries, the last one found is {SIZE}"),
            ({"size": SIZE - 1}, f"beyond the log's size of {SIZE - 1}"),
            ({"size": 0}, "beyond the log's size of 0"),
            ({"recorded_at": 1}, "last moment of recording is not that of the last entry"),
        ],
    )
    def test_is_held_against_the_entries(self, log: Ledger, values: dict[str, Any], sentence: str) -> None:
        tamper(log, update(head).where(head.c.ledger == log.number).values(**values))

        assert any(sentence in found for _, found in faults_of(log))


class TestCommands:
    @pytest.mark.parametrize(
        "values", [{"command_id": "another"}, {"first_position": 2}, {"events": 3}, {"events": 5}, {"events": 0}]
    )
    def test_are_held_against_the_entries_that_name_them(self, log: Ledger, values: dict[str, Any]) -> None:
        tamper(log, update(commands).where(is_command(log, "four-1")).values(**values))

        assert any(
            "the command 'four-1' stands in 4 entries from position 7 on" in found for _, found in faults_of(log)
        )

    @pytest.mark.parametrize("command_id", ["four-0", "one-2"])
    def test_that_are_forgotten_are_named(self, log: Ledger, command_id: str) -> None:
        tamper(log, delete(commands).where(is_command(log, command_id)))

        assert any(f"{command_id!r} stands in" in found and "not at all" in found for _, found in faults_of(log))

    @pytest.mark.parametrize("position", [1, 6, SIZE])
    def test_that_never_were_are_named(self, log: Ledger, position: int) -> None:
        forged = {"ledger": log.number, "command_id": "never", "first_position": position, "events": 1}
        tamper(log, insert(commands).values(forged))

        assert any(
            first == position and "'never' is remembered" in found and "does not name it" in found
            for first, found in faults_of(log)
        )


def is_command(ledger: Ledger, command_id: str) -> Any:
    return (commands.c.ledger == ledger.number) & (commands.c.command_id == command_id)


class TestReport:
    def test_lists_a_hundred_faults_and_counts_the_rest(self, open_house: Database, name: str) -> None:
        with Ledger(open_house, name) as ledger:
            ledger.append(Command(minutes("minutes/1", 300)))
            tamper(ledger, text("UPDATE ledger_entries SET type = 'x' WHERE ledger = :l").bindparams(l=ledger.number))

            report = audit(ledger)

        assert len(report.faults) == MOST_FAULTS
        assert report.fault_count == 300

    def test_spares_other_districts(self, log: Ledger) -> None:
        with Ledger(log.database, f"{log.name} and another") as other:
            other.append(note())
            tamper(log, delete(entries).where(at(log, 3)))

            assert_whole(other)
        assert faults_of(log)
