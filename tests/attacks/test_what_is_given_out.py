"""Rows 11, 12, 14, 15, 19: receipts, tiles, proofs and times that say something else than the log."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from ledger.append import Command
from ledger.audit_published import export_tiles
from ledger.errors import LedgerUnavailable
from ledger.proof import MemorySubtrees, ProofFailed, check_inclusion, prove_inclusion, tree_root
from ledger.published import checkpoint_of
from ledger.schema import subtrees
from ledger.tree import leaf_hash, node_hash
from tests.attacks.scene import SIZE, Scene, minute
from tests.attacks.test_the_record import stamp
from tests.support.ledgers import minutes, sequencer_held
from tests.support.timestamp_authority import TimestampAuthority

SUBMITTERS = 8


class TestAttack11:
    """One event at two places, or two at one."""

    def test_attack_11_eight_submitters_of_one_command_get_one_leaf(self, scene: Scene) -> None:
        services = [scene.opened() for _ in range(2)]
        at_once = threading.Barrier(SUBMITTERS)

        def submit(number: int) -> tuple[int, bytes]:
            at_once.wait()
            receipt = services[number % 2].append(minute(SIZE + 1))
            return receipt.position, receipt.leaf_hashes[0]

        with ThreadPoolExecutor(SUBMITTERS) as pool:
            told = set(pool.map(submit, range(SUBMITTERS)))

        assert told == {(SIZE + 1, scene.ledger.entry(SIZE + 1).leaf_hash)}
        assert scene.ledger.head().size == SIZE + 1
        assert scene.verify().code == 0
        for service in services:
            service.close()

    def test_attack_11_no_proof_holds_for_another_index_or_another_entry(self, scene: Scene) -> None:
        root = scene.ledger.head().root
        for index in range(SIZE):
            path = scene.ledger.published.inclusion(index, SIZE)
            check_inclusion(scene.written[index + 1].leaf_hash, index, SIZE, path, root)
            for other in {0, index - 1, index + 1, SIZE - 1} & set(range(SIZE)) - {index}:
                with pytest.raises(ProofFailed):
                    check_inclusion(scene.written[index + 1].leaf_hash, other, SIZE, path, root)
                with pytest.raises(ProofFailed):
                    check_inclusion(scene.written[other + 1].leaf_hash, index, SIZE, path, root)


class TestAttack12:
    """Acknowledged and never logged."""

    def test_attack_12_a_stopped_sequencer_gives_no_receipt(self, scene: Scene) -> None:
        with sequencer_held(scene.database):
            future = scene.ledger.submit(minute(SIZE + 1))
            time.sleep(0.3)

            assert not future.done()

        receipt = future.result()
        assert receipt.checkpoint is not None
        assert checkpoint_of(receipt.checkpoint).size == SIZE + 1 == scene.ledger.head().size

    def test_attack_12_nor_does_one_that_cannot_remember_what_it_signed(
        self, scene: Scene, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        scene.ledger.close()
        scene.ledger = scene.opened(patience_s=0.5)
        assert scene.ledger.signer is not None

        def full(_note: str) -> None:
            raise OSError("no space left on the device")

        with monkeypatch.context() as patch:
            patch.setattr(scene.ledger.signer, "keep", full)
            with pytest.raises(LedgerUnavailable):
                scene.ledger.append(minute(SIZE + 1))

        # Whatever became of it: asked again under its id it stands there once, and is proved.
        receipt = scene.ledger.append(minute(SIZE + 1))
        assert receipt.position == SIZE + 1
        assert scene.verify().code == 0


@pytest.fixture
def stick(scene: Scene) -> Path:
    """An export with full and partial tiles of two levels."""
    scene.ledger.append(Command(minutes("minutes/2", 600)))
    folder = scene.folder / "stick"
    assert export_tiles(scene.ledger.published, folder) is not None
    return folder


class TestAttack14:
    """Only what is served is changed."""

    @pytest.mark.parametrize(
        "path",
        [
            "tile/0/000",
            "tile/0/002.p/112",
            "tile/1/000.p/2",
            "tile/entries/001",
            "tile/entries/002.p/112",
            "checkpoint",
        ],
    )
    def test_attack_14_one_bit_of_any_kind_of_tile_is_named(self, scene: Scene, stick: Path, path: str) -> None:
        assert scene.verify(target=stick).code == 0
        body = bytearray((stick / path).read_bytes())
        body[len(body) // 2] ^= 1
        (stick / path).write_bytes(body)

        found = scene.verify(target=stick)

        assert found.code == 1
        assert path in found.out or path == "checkpoint"

    def test_attack_14_a_changed_subtree_in_the_database_is_named(self, scene: Scene, stick: Path) -> None:
        assert stick.exists()
        with scene.as_owner() as connection:
            connection.execute(update(subtrees).where(subtrees.c.number == 1).values(hash=bytes(32)))

        assert scene.verify().names("subtree root of level 8, number 1")

    def test_attack_14_a_cached_proof_with_a_changed_hash_fails(self, scene: Scene) -> None:
        path = scene.ledger.published.inclusion(5, SIZE)
        for place, hash_ in enumerate(path):
            changed = [*path[:place], bytes([hash_[0] ^ 1]) + hash_[1:], *path[place + 1 :]]

            with pytest.raises(ProofFailed):
                check_inclusion(scene.written[6].leaf_hash, 5, SIZE, changed, scene.ledger.head().root)


class TestAttack15:
    """The server's clock is moved."""

    def test_attack_15_a_clock_set_back_never_turns_the_log_back(self, scene: Scene) -> None:
        last = scene.ledger.entry(SIZE).recorded_at
        scene.clock.advance(days=-1)

        receipt = scene.ledger.append(minute(SIZE + 1))

        assert receipt.recorded_at >= last
        assert receipt.checkpoint is not None
        assert checkpoint_of(receipt.checkpoint).size == SIZE + 1
        assert scene.verify().code == 0

    @pytest.mark.parametrize(
        ("off", "sentence"), [(timedelta(days=-1), "earlier than its bracket"), (timedelta(days=1), "claims to be")]
    )
    def test_attack_15_a_clock_that_is_off_is_told_by_a_foreign_one(
        self, scene: Scene, authority: TimestampAuthority, off: timedelta, sentence: str
    ) -> None:
        stamp(scene, authority)
        (_, _, now, _) = scene.ledger.published.timestamps()[-1]
        scene.clock.now = now + off
        scene.ledger.append(minute(SIZE + 1))
        stamp(scene, authority)

        assert scene.verify().names(f"position {SIZE + 1}", sentence)


class TestAttack19:
    """A leaf that poses as a node, or a node as a leaf."""

    def test_attack_19_sixty_four_bytes_that_are_two_hashes_are_no_node(self) -> None:
        leaves = [leaf_hash(bytes([number])) for number in range(4)]
        root = tree_root(MemorySubtrees(leaves), 4)
        disguised = leaves[0] + leaves[1]

        path = prove_inclusion(MemorySubtrees(leaves), 0, 4)
        with pytest.raises(ProofFailed):
            check_inclusion(leaf_hash(disguised), 0, 2, path[1:], root)
        assert leaf_hash(disguised) != node_hash(leaves[0], leaves[1])

    def test_attack_19_a_tree_of_fewer_and_larger_leaves_has_another_root(self, scene: Scene) -> None:
        leaves = [entry.leaf_hash for entry in scene.written.values()]
        pairs = [leaf_hash(leaves[at] + leaves[at + 1]) for at in range(0, SIZE, 2)]

        assert tree_root(MemorySubtrees(pairs), SIZE // 2) != scene.ledger.head().root
