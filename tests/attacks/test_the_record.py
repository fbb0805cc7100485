"""Rows 1 to 4, 6, 7, 13, 17, 18, 20, 21: somebody owns the database and changes what it holds."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

import pytest
from sqlalchemy import delete, insert, inspect, select, text, update
from sqlalchemy.exc import DBAPIError

from aggregates.deed import Deed
from aggregates.registry import Registry
from ledger import canonical
from ledger.append import Command, Receipt
from ledger.entry import Actor, EventDraft
from ledger.errors import EntryTooLarge, QueueFull
from ledger.note import parse_note
from ledger.published import checkpoint_of
from ledger.schema import entries, head
from ledger.timestamps import check_timestamp, request_timestamp
from ledger.tree import RightEdge, leaf_hash
from projections.engine import Projector
from projections.standard import STANDARD
from tests.attacks.scene import OFFICER, SIZE, Scene, minute
from tests.support.ledgers import sequencer_held
from tests.support.timestamp_authority import TimestampAuthority

LARGEST = 65_535


def test_a_log_nobody_touched_is_clean(scene: Scene) -> None:
    kept = scene.kept()
    scene.ledger.append(minute(SIZE + 1))

    assert scene.verify("--old", kept).code == 0


class TestAttack01:
    """UPDATE of an event's row."""

    @pytest.mark.parametrize("position", [1, 11, SIZE])
    def test_attack_01_one_changed_byte_is_named_with_both_hashes(self, scene: Scene, position: int) -> None:
        raw = scene.written[position].raw.replace(b"as it was", b"as it wos")
        scene.change(position, entry=raw)

        found = scene.verify()

        stored, computed = scene.written[position].leaf_hash.hex(), leaf_hash(raw).hex()
        event = str(scene.written[position].event_id)
        assert found.names(f"position {position}: ", f"stored {stored}", f"computed {computed}", f"the event {event}")

    def test_attack_01_a_changed_entry_with_its_leaf_breaks_the_signed_root(self, scene: Scene) -> None:
        raw = scene.written[11].raw.replace(b"as it was", b"as it wos")
        scene.change(11, entry=raw, leaf_hash=leaf_hash(raw))

        assert scene.verify().names("the tree's right edge does not follow")

    def test_attack_01_with_the_tree_made_to_fit_every_later_checkpoint_is_broken(self, scene: Scene) -> None:
        raw = scene.written[11].raw.replace(b"as it was", b"as it wos")
        leaves = [entry.leaf_hash for entry in scene.written.values()]
        edge = RightEdge()
        edge.extend([*leaves[:10], leaf_hash(raw), *leaves[11:]])
        scene.change(11, entry=raw, leaf_hash=leaf_hash(raw))
        with scene.as_owner() as connection:
            connection.execute(update(head).values(edge=edge.to_bytes()))

        assert scene.verify().names("the checkpoint stored for size 11")


class TestAttack02:
    """DELETE of a row."""

    @pytest.mark.parametrize("position", [1, 11, SIZE])
    def test_attack_02_a_missing_entry_is_named(self, scene: Scene, position: int) -> None:
        with scene.as_owner() as connection:
            connection.execute(delete(entries).where(entries.c.position == position))

        found = scene.verify("--json")

        assert found.code == 1
        assert position in found.positions

    def test_attack_02_with_the_gap_closed_the_root_is_another(self, scene: Scene) -> None:
        with scene.as_owner() as connection:
            connection.execute(delete(entries).where(entries.c.position == 11))
            for position in range(12, SIZE + 1):
                connection.execute(update(entries).where(entries.c.position == position).values(position=position - 1))
            connection.execute(update(head).values(size=SIZE - 1))

        assert scene.verify().names("the tree's right edge does not follow")


class TestAttack03:
    """Two entries change places."""

    def test_attack_03_swapped_payloads_are_named(self, scene: Scene) -> None:
        one, other = scene.written[4], scene.written[9]
        scene.change(4, entry=other.raw, leaf_hash=other.leaf_hash)
        scene.change(9, entry=one.raw, leaf_hash=one.leaf_hash)

        found = scene.verify("--json")

        assert found.code == 1
        assert {4, 9} <= set(found.positions)

    def test_attack_03_swapped_positions_are_named(self, scene: Scene) -> None:
        with scene.as_owner() as connection:
            for old, new in ((4, 900), (5, 4), (900, 5)):
                connection.execute(update(entries).where(entries.c.position == old).values(position=new))

        assert scene.verify().names("the tree's right edge does not follow")


def test_attack_04_a_cut_tail_agrees_with_itself_and_not_with_what_was_kept(scene: Scene) -> None:
    kept = scene.kept()
    scene.cut_to(12)

    assert scene.verify().code == 0
    assert scene.verify("--old", kept).names("ROLLBACK", f"covers {SIZE} entries, the log has 12", "the last 12")


def test_attack_06_a_backdated_entry_is_outside_its_bracket(scene: Scene, authority: TimestampAuthority) -> None:
    stamp(scene, authority)  # today
    scene.clock.advance(hours=1)  # and the ledger's clock still says January 2025

    scene.ledger.append(minute(SIZE + 1, "backdated"))

    assert scene.verify().names(f"position {SIZE + 1}", "earlier than its bracket")


def stamp(scene: Scene, authority: TimestampAuthority) -> None:
    note = scene.ledger.published.checkpoint()
    assert note is not None
    body = parse_note(note).text
    token = authority.reply(request_timestamp(body).body)
    at = check_timestamp(token, body, [authority.root])
    scene.ledger.published.add_timestamp(checkpoint_of(note).size, "tsa.example", at, token)


def test_attack_07_an_entry_put_into_the_middle_breaks_with_what_was_kept(scene: Scene) -> None:
    kept = scene.kept()
    with scene.forged() as rewritten:
        for number in range(1, SIZE + 2):
            rewritten.append(minute(number, "backfilled" if number == 12 else "as it was"))
        found = scene.types("verify", rewritten.database.engine.url.database, "--key", scene.key, "--old", kept)

    assert found.names("rewritten since it was kept")


def test_attack_13_a_changed_projection_is_told_from_a_rebuild(scene: Scene) -> None:
    found_a_district(scene)
    Projector(scene.ledger, STANDARD).catch_up()
    assert scene.verify("--projections").code == 0
    with scene.database.writing() as connection:
        for table in inspect(connection).get_table_names():
            if table.startswith("directory_units_g"):
                connection.execute(text(f"UPDATE {table} SET name_zh = '另一个单位'"))

    found = scene.verify("--projections")

    assert found.names("the projection directory did not follow from the log: units")
    assert scene.verify("--projections").code == 0


def found_a_district(scene: Scene) -> Registry:
    registry = Registry(scene.ledger)
    deed = Deed(Actor("ADM", "administrator", "U01", "cli"), scene.clock())
    office = {"unit": "U01", "name_zh": "区政府办公室", "name_en": "District Office"}
    registry.found_district(deed, **office, officer="ADM", name="管理员")
    return registry


class TestAttack17:
    """Writing past the log's own door."""

    @pytest.mark.parametrize(
        "deed",
        [
            "UPDATE ledger_entries SET type = 'x' WHERE position = 3",
            "DELETE FROM ledger_entries WHERE position = 24",
            "UPDATE ledger_head SET size = 23",
            "DELETE FROM ledger_checkpoints",
        ],
    )
    def test_attack_17_the_guards_refuse_it(self, scene: Scene, deed: str) -> None:
        with pytest.raises(DBAPIError), scene.database.writing() as connection:
            connection.execute(text(deed))

        assert scene.verify().code == 0

    def test_attack_17_an_entry_inserted_beside_the_log_is_named(self, scene: Scene) -> None:
        with scene.as_owner() as connection:
            row = dict(connection.execute(select(entries).where(entries.c.position == SIZE)).one()._mapping)
            connection.execute(insert(entries).values({**row, "position": SIZE + 1, "version": 99}))

        assert scene.verify().names(f"position {SIZE + 1}", "beyond the log's size")

    def test_attack_17_one_that_moves_the_head_along_is_not_covered_by_any_checkpoint(self, scene: Scene) -> None:
        append_past_the_log(scene)

        assert scene.verify().names(f"position {SIZE + 1}", "no checkpoint covers")


def append_past_the_log(scene: Scene) -> None:
    """A perfect entry with tree and head to match, by hand: everything but the signature."""
    last = scene.written[SIZE]
    raw = last.raw.replace(b'"version":24', b'"version":25').replace(b"minute-24", b"minute-25")
    raw = raw.replace(str(last.event_id).encode(), b"00000000-0000-4000-8000-000000000000")
    edge = RightEdge()
    edge.extend([*(entry.leaf_hash for entry in scene.written.values()), leaf_hash(raw)])
    with scene.as_owner() as connection:
        row = dict(connection.execute(select(entries).where(entries.c.position == SIZE)).one()._mapping)
        changed: dict[str, Any] = {"position": SIZE + 1, "version": 25, "entry": raw, "leaf_hash": leaf_hash(raw)}
        connection.execute(insert(entries).values({**row, **changed}))
        connection.execute(
            text(
                "INSERT INTO ledger_commands SELECT ledger, 'minute-25', fingerprint, 25, events FROM ledger_commands "
                "WHERE command_id = 'minute-24'"
            )
        )
        connection.execute(update(head).values(size=SIZE + 1, edge=edge.to_bytes()))


class TestAttack18:
    """Two texts, one meaning."""

    @pytest.mark.parametrize(
        "document",
        [
            b'{"a":1,"a":2}',
            b'{"a":1,"\\u0061":2}',
            b'{"a":1.0}',
            b'{"a":NaN}',
            b'{"a":"\\ud800"}',
            b'{"a":9007199254740993}',
        ],
    )
    def test_attack_18_what_two_readers_read_differently_is_refused(self, document: bytes) -> None:
        with pytest.raises(canonical.NotCanonical):
            canonical.decode_json(document.decode())

    @pytest.mark.parametrize(
        ("one", "other"),
        [(b'"said":"as', b'"said": "as'), (b'"said":"as', b'"said":"\\u0061s'), (b'"number":7', b'"number":7e0')],
    )
    def test_attack_18_another_spelling_in_the_database_is_named(self, scene: Scene, one: bytes, other: bytes) -> None:
        raw = scene.written[7].raw.replace(one, other)
        assert raw != scene.written[7].raw
        scene.change(7, entry=raw, leaf_hash=leaf_hash(raw))

        assert scene.verify().names("position 7 holds no canonical entry")


class TestAttack20:
    """Denial by size or by number."""

    def test_attack_20_an_entry_of_the_largest_size_goes_through_tiles_and_one_byte_more_is_refused(
        self, scene: Scene
    ) -> None:
        room = LARGEST - len(scene.ledger.entry(SIZE).raw) - 200
        scene.ledger.append(Command([draft("x" * room)]))
        fits = LARGEST - len(scene.ledger.entry(SIZE + 1).raw) + room

        receipt = scene.ledger.append(Command([draft("y" * fits, version=2)]))
        with pytest.raises(EntryTooLarge):
            scene.ledger.append(Command([draft("z" * (fits + 1), version=3)]))

        assert len(scene.ledger.entry(receipt.position).raw) == LARGEST
        assert scene.ledger.head().size == SIZE + 2
        assert scene.types("tlog", "export", scene.folder / "stick").code == 0
        assert scene.verify(target=scene.folder / "stick").code == 0

    def test_attack_20_more_than_can_wait_is_pushed_back_and_what_was_taken_is_recorded(self, scene: Scene) -> None:
        scene.ledger.close()
        scene.ledger = scene.opened(capacity=8)
        taken: list[Future[Receipt]] = []

        with sequencer_held(scene.database), pytest.raises(QueueFull) as refused:
            submit_until_refused(scene, taken)

        for future in taken:
            future.result()
        assert refused.value.retry_after_s >= 1
        assert scene.ledger.head().size == SIZE + len(taken)
        assert scene.verify().code == 0


def submit_until_refused(scene: Scene, taken: list[Future[Receipt]]) -> None:
    for number in range(SIZE + 1, SIZE + 100):
        taken.append(scene.ledger.submit(minute(number)))  # noqa: PERF401 - what was taken before the refusal counts


def draft(said: str, version: int = 1) -> EventDraft:
    return EventDraft("minutes/large", version, "minutes.noted/1", {"said": said}, OFFICER)


class TestAttack21:
    """Erasure as a cover for destroying evidence."""

    def test_attack_21_a_declared_erasure_leaves_a_log_that_verifies(self, scene: Scene) -> None:
        registry = found_a_district(scene)
        deed = Deed(Actor("ADM", "administrator", "U01", "cli"), scene.clock())
        registry.register_officer(deed, officer="Z01", name="主任")
        registry.appoint_officer(deed, officer="Z01", unit="U01", post="principal", from_date="2024-01-01")
        registry.register_officer(deed, officer="D01", name="张三")

        registry.erase_personal_values(deed, record="officer/D01", names=["name"], ground="目的已实现", approver="Z01")

        assert scene.ledger.personal.get("officer/D01", "name") is None
        assert scene.verify().code == 0

    def test_attack_21_a_value_that_went_without_a_word_is_named(self, scene: Scene) -> None:
        found_a_district(scene)

        scene.ledger.personal.erase("officer/ADM", ["name"])

        assert scene.verify().names("the name of officer/ADM", "no erasure of it is recorded")
