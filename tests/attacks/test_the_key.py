"""Rows 5, 8, 9, 10, 16: a second past, with the log's own key or a new one under the log's name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import pytest

from ledger.append import Command
from ledger.checkpoint import Checkpoint
from ledger.database import open_database
from ledger.errors import LedgerReadOnly
from ledger.ledger import Ledger
from ledger.note import Note, NoteRefused, parse_note
from ledger.policy import parse_policy
from ledger.proof import MemorySubtrees, ProofFailed, prove_inclusion, tree_root
from ledger.published import PublishedLog, checkpoint_of
from ledger.receipt_file import ReceiptFile, check_receipt_file
from ledger.signing import Signing, open_keys
from ledger.tree import leaf_hash
from ledger.witness import AddCheckpoint, WitnessAnswer, WitnessServer, WitnessState
from tests.attacks.scene import NOW, ORIGIN, SIZE, WITNESS, Scene, minute


@dataclass
class Witness:
    """A witness that knows the log's key, and remembers in a folder of its own."""

    server: WitnessServer

    def asked(self, published: PublishedLog, old: int) -> WitnessAnswer:
        """Its answer to the newest checkpoint, said to continue the tree of ``old``."""
        note = published.checkpoint()
        assert note is not None
        size = checkpoint_of(note).size
        proof = tuple(published.consistency(old, size)) if 0 < old < size else ()
        return self.server.add_checkpoint(AddCheckpoint(old, proof, note).to_text())


@pytest.fixture
def witness(scene: Scene) -> Witness:
    """One that has cosigned the log as the scene begins."""
    assert scene.ledger.signer is not None
    keys = {ORIGIN: tuple(scene.ledger.signer.verifiers)}
    found = Witness(WitnessServer(keys, WITNESS, WitnessState(scene.folder / "witness"), lambda: NOW))
    assert found.asked(scene.ledger.published, 0).status == HTTPStatus.OK
    return found


def policy_of(scene: Scene, folder: Path) -> Path:
    """A policy that asks for the witness's word."""
    file = folder / "policy.txt"
    file.write_text(f"log {scene.key}\nwitness audit {WITNESS.verifier.to_text()}\nquorum audit\n")
    return file


class TestAttack05:
    """An old backup is restored, and somebody goes on writing."""

    def test_attack_05_a_restored_backup_refuses_to_sign_and_to_record(self, scene: Scene) -> None:
        old = scene.backup()
        scene.ledger.append(Command([event for n in range(SIZE + 1, SIZE + 101) for event in minute(n).events]))
        kept = scene.kept()
        scene.ledger.close()
        scene.restore(old)

        scene.ledger = scene.opened()

        assert f"does not continue the checkpoint of {SIZE + 100} entries" in (scene.ledger.fault or "")
        with pytest.raises(LedgerReadOnly):
            scene.ledger.append(minute(SIZE + 1, "another past"))
        assert scene.ledger.head().size == SIZE
        assert scene.verify("--old", kept).names("ROLLBACK")

    def test_attack_05_the_witness_cosigns_no_continuation_of_it(self, scene: Scene, witness: Witness) -> None:
        old = scene.backup()
        scene.ledger.append(Command([event for n in range(SIZE + 1, SIZE + 101) for event in minute(n).events]))
        assert witness.asked(scene.ledger.published, SIZE).status == HTTPStatus.OK
        scene.ledger.close()
        scene.restore(old)
        with scene.forged("restored") as thief:
            # The signing directory was restored too: nothing on this machine remembers the hundred.
            for number in range(1, SIZE + 3):
                thief.append(minute(number))

            answers = [witness.asked(thief.published, old_size) for old_size in (SIZE, SIZE + 2, SIZE + 100)]

        assert [answer.status for answer in answers] == [
            HTTPStatus.CONFLICT,
            HTTPStatus.CONFLICT,
            HTTPStatus.BAD_REQUEST,
        ]
        assert answers[0].body == f"{SIZE + 100}\n"
        scene.ledger = scene.opened()


def test_attack_08_two_inspectors_hold_the_two_notes_of_a_fork_against_each_other(scene: Scene) -> None:
    to_one = scene.kept()
    with scene.forged() as fork:
        for number in range(1, SIZE + 1):
            fork.append(minute(number, "for the other inspector" if number > 20 else "as it was"))
        to_other = scene.kept(fork)
        found = scene.types("compare", to_one, to_other, "--key", scene.key, "--evidence", scene.folder / "evidence")

    assert found.names("FORK", f"two trees of {SIZE} entries, signed under one name")
    evidence = {file.read_text() for file in (scene.folder / "evidence").iterdir()}
    assert evidence == {to_one.read_text(), to_other.read_text()}
    assert len({parse_note(note).text.split("\n")[2] for note in evidence}) == 2


class TestAttack09:
    """Everything is rewritten, and signed again with the stolen key."""

    @pytest.fixture
    def rewritten(self, scene: Scene) -> Iterator[Ledger]:
        """The same story with one lie in it, every table and every checkpoint made to agree."""
        with scene.forged("rewritten") as ledger:
            for number in range(1, SIZE + 6):
                ledger.append(minute(number, "a lie" if number == 7 else "as it was"))
            yield ledger

    def test_attack_09_it_agrees_with_itself(self, scene: Scene, rewritten: Ledger) -> None:
        assert scene.types("verify", rewritten.database.engine.url.database, "--key", scene.key).code == 0

    def test_attack_09_a_kept_checkpoint_catches_it(self, scene: Scene, rewritten: Ledger) -> None:
        kept = scene.kept()
        target = rewritten.database.engine.url.database

        found = scene.types("verify", target, "--key", scene.key, "--old", kept)

        assert found.names(f"of {SIZE} entries", "rewritten since it was kept")

    def test_attack_09_the_witness_catches_it(self, scene: Scene, witness: Witness, rewritten: Ledger) -> None:
        assert witness.asked(rewritten.published, SIZE).status == HTTPStatus.UNPROCESSABLE_ENTITY
        assert witness.asked(rewritten.published, 0).status == HTTPStatus.CONFLICT

    def test_attack_09_a_policy_with_a_quorum_does_not_believe_it(self, scene: Scene, rewritten: Ledger) -> None:
        target, policy = rewritten.database.engine.url.database, policy_of(scene, scene.folder)

        found = scene.types("verify", target, "--policy", policy)

        assert found.names("cosigned by nobody", "the policy asks for the quorum")


def test_attack_10_a_receipt_forged_with_the_key_alone_is_not_believed(scene: Scene, tmp_path: Path) -> None:
    policy = parse_policy(policy_of(scene, tmp_path).read_text())
    keys, _ = open_keys(scene.folder / "signing", ORIGIN)
    forged = b'{"type":"publication.published/1","never":"happened"}'
    leaves = [entry.leaf_hash for entry in scene.written.values()] + [leaf_hash(forged)]
    subtrees = MemorySubtrees(leaves)
    text = Checkpoint(ORIGIN, SIZE + 1, tree_root(subtrees, SIZE + 1)).to_text()
    note = Note(text, tuple(signer.sign(text) for signer in keys.signers)).to_text()
    receipt = ReceiptFile(SIZE, tuple(prove_inclusion(subtrees, SIZE, SIZE + 1)), note).to_text()

    alone = parse_policy(f"log {scene.key}\nquorum none\n")
    assert check_receipt_file(forged, receipt, alone).index == SIZE  # the key is all it takes where nobody witnesses
    with pytest.raises((NoteRefused, ProofFailed)):
        check_receipt_file(forged, receipt, policy)


class TestAttack16:
    """A new log is begun under the old one's name, its key given out as the rotated one."""

    @pytest.fixture
    def fresh(self, scene: Scene) -> Iterator[Ledger]:
        database = open_database(f"sqlite:///{scene.folder / 'fresh.db'}")
        with Ledger(database, clock=scene.clock, signing=Signing(scene.folder / "fresh.signing", ORIGIN)) as ledger:
            for number in range(1, SIZE + 6):
                ledger.append(minute(number, "begun anew"))
            yield ledger
        database.close()

    def test_attack_16_whoever_pinned_the_old_key_does_not_believe_it(self, scene: Scene, fresh: Ledger) -> None:
        target = fresh.database.engine.url.database

        assert scene.types("verify", target, "--key", scene.key).code == 1

    def test_attack_16_whoever_was_given_the_new_key_sees_that_it_does_not_continue_the_old_log(
        self, scene: Scene, fresh: Ledger
    ) -> None:
        assert fresh.signer is not None
        new_key, kept = fresh.signer.verifiers[0].to_text(), scene.kept()
        target = fresh.database.engine.url.database

        found = scene.types("verify", target, "--key", scene.key, "--key", new_key, "--old", kept)

        assert found.code == 1
        assert "rewritten since it was kept" in found.out

    def test_attack_16_the_witness_knows_the_old_key_and_the_old_tree(
        self, scene: Scene, witness: Witness, fresh: Ledger
    ) -> None:
        assert witness.asked(fresh.published, SIZE).status == HTTPStatus.FORBIDDEN
