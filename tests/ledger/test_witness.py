"""A witness signs one growing tree a log, remembers it before it answers, and says no as specified."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path

import pytest

from ledger.checkpoint import Checkpoint, parse_checkpoint
from ledger.note import ED25519, ED25519_COSIGNATURE, MLDSA44, Note, open_note, parse_note, parse_signature, signer_of
from ledger.proof import MemorySubtrees, prove_consistency, tree_root
from ledger.tree import EMPTY_ROOT, leaf_hash
from ledger.witness import SIZE_TYPE, AddCheckpoint, WitnessAnswer, WitnessServer, WitnessState

ORIGIN = "ledger.example/district"
LOG = signer_of(ORIGIN, ED25519, bytes(32))
WITNESS = signer_of("audit.example", ED25519_COSIGNATURE, b"\x01" * 32)
NOW = 1_764_000_000
HONEST = MemorySubtrees([leaf_hash(bytes([index])) for index in range(200)])
FORKED = MemorySubtrees([leaf_hash(bytes([index]) * 2) for index in range(200)])


@pytest.fixture
def witness(tmp_path: Path) -> WitnessServer:
    return WitnessServer({ORIGIN: (LOG.verifier,)}, WITNESS, WitnessState(tmp_path / "state"), lambda: NOW)


def checkpoint(size: int, tree: MemorySubtrees = HONEST) -> str:
    text = Checkpoint(ORIGIN, size, tree_root(tree, size)).to_text()
    return Note(text, (LOG.sign(text),)).to_text()


def request(old: int, new: int, tree: MemorySubtrees = HONEST) -> str:
    proof = tuple(prove_consistency(tree, old, new)) if 0 < old < new else ()
    return AddCheckpoint(old, proof, checkpoint(new, tree)).to_text()


def signed_by_the_witness(answer: WitnessAnswer, note: str) -> int | None:
    """The time of the cosignature in an answer, checked over the checkpoint it was asked for."""
    cosigned = parse_note(note).with_signatures([parse_signature(answer.body.rstrip("\n"))])
    return open_note(cosigned.to_text(), [WITNESS.verifier])[1][0][1]


class TestAGrowingTree:
    def test_is_cosigned_from_nothing_on(self, witness: WitnessServer) -> None:
        for old, new in [(0, 0), (0, 5), (5, 5), (5, 8), (8, 200)]:
            answer = witness.add_checkpoint(request(old, new))

            assert answer.status == HTTPStatus.OK, answer.body
            assert signed_by_the_witness(answer, checkpoint(new)) == NOW

    def test_the_last_cosigned_checkpoint_is_shown_to_monitors(self, witness: WitnessServer) -> None:
        witness.add_checkpoint(request(0, 5))

        shown = witness.last(sha256(ORIGIN.encode()).hexdigest())

        assert shown is not None
        assert open_note(shown, [LOG.verifier, WITNESS.verifier])[1] == [(LOG.verifier, None), (WITNESS.verifier, NOW)]
        assert witness.last("00") is None

    def test_a_witness_that_restarts_remembers(self, witness: WitnessServer, tmp_path: Path) -> None:
        witness.add_checkpoint(request(0, 5))
        restarted = WitnessServer({ORIGIN: (LOG.verifier,)}, WITNESS, WitnessState(tmp_path / "state"), lambda: NOW)

        assert restarted.add_checkpoint(request(0, 7, FORKED)).status == HTTPStatus.CONFLICT

    def test_an_ml_dsa_witness_signs_the_same_tree(self, tmp_path: Path) -> None:
        signer = signer_of("quantum.example", MLDSA44, b"\x02" * 32)
        witness = WitnessServer({ORIGIN: (LOG.verifier,)}, signer, WitnessState(tmp_path / "state"), lambda: NOW)

        answer = witness.add_checkpoint(request(0, 5))

        cosigned = parse_note(checkpoint(5)).with_signatures([parse_signature(answer.body.rstrip("\n"))])
        assert open_note(cosigned.to_text(), [signer.verifier])[1] == [(signer.verifier, NOW)]


class TestRefusals:
    @pytest.fixture(autouse=True)
    def _knows_five(self, witness: WitnessServer) -> None:
        assert witness.add_checkpoint(request(0, 5)).status == HTTPStatus.OK

    @pytest.mark.parametrize(
        ("body", "status"),
        [
            ("", HTTPStatus.BAD_REQUEST),
            ("old 05\n\n" + checkpoint(8), HTTPStatus.BAD_REQUEST),
            ("old 5\n!!\n\n" + checkpoint(8), HTTPStatus.BAD_REQUEST),
            ("old 5\n" + "AAAA\n" * 64 + "\n" + checkpoint(8), HTTPStatus.BAD_REQUEST),
            (request(9, 8), HTTPStatus.BAD_REQUEST),
            (request(5, 8).replace(ORIGIN, "ledger.example/elsewhere"), HTTPStatus.NOT_FOUND),
            (request(5, 8).replace("\n8\n", "\n9\n"), HTTPStatus.FORBIDDEN),
            (request(5, 8, FORKED), HTTPStatus.UNPROCESSABLE_ENTITY),
            (request(5, 5, FORKED), HTTPStatus.UNPROCESSABLE_ENTITY),
            (AddCheckpoint(5, (), checkpoint(8)).to_text(), HTTPStatus.UNPROCESSABLE_ENTITY),
        ],
    )
    def test_are_answered_as_specified_and_change_nothing(
        self, witness: WitnessServer, body: str, status: HTTPStatus
    ) -> None:
        answer = witness.add_checkpoint(body)

        assert answer.status == status
        assert witness.add_checkpoint(request(5, 6)).status == HTTPStatus.OK

    @pytest.mark.parametrize(("old", "new"), [(0, 8), (4, 8), (6, 8)])
    def test_another_old_size_is_told_the_one_we_know(self, witness: WitnessServer, old: int, new: int) -> None:
        answer = witness.add_checkpoint(request(old, new))

        assert (answer.status, answer.body, answer.content_type) == (HTTPStatus.CONFLICT, "5\n", SIZE_TYPE)

    def test_a_smaller_tree_is_never_signed_again(self, witness: WitnessServer) -> None:
        assert witness.add_checkpoint(AddCheckpoint(5, (), checkpoint(3)).to_text()).status == HTTPStatus.BAD_REQUEST

    def test_an_empty_tree_has_one_root(self, tmp_path: Path) -> None:
        witness = WitnessServer({ORIGIN: (LOG.verifier,)}, WITNESS, WitnessState(tmp_path / "fresh"), lambda: NOW)
        text = Checkpoint(ORIGIN, 0, bytes(32)).to_text()

        answer = witness.add_checkpoint(AddCheckpoint(0, (), Note(text, (LOG.sign(text),)).to_text()).to_text())

        assert bytes(32) != EMPTY_ROOT
        assert answer.status == HTTPStatus.UNPROCESSABLE_ENTITY

    def test_a_cosignature_alone_is_not_the_logs_word(self, tmp_path: Path) -> None:
        cosigner = signer_of(ORIGIN, ED25519_COSIGNATURE, bytes(32))
        witness = WitnessServer({ORIGIN: (cosigner.verifier,)}, WITNESS, WitnessState(tmp_path / "fresh"), lambda: NOW)
        text = Checkpoint(ORIGIN, 5, tree_root(HONEST, 5)).to_text()

        answer = witness.add_checkpoint(AddCheckpoint(0, (), Note(text, (cosigner.sign(text, 1),)).to_text()).to_text())

        assert answer.status == HTTPStatus.FORBIDDEN


def test_of_two_forks_offered_at_once_one_is_signed(witness: WitnessServer) -> None:
    assert witness.add_checkpoint(request(0, 5)).status == HTTPStatus.OK
    offers = [
        request(5, 8),
        AddCheckpoint(5, tuple(prove_consistency(HONEST, 5, 9)), checkpoint(9)).to_text(),
    ] * 8

    with ThreadPoolExecutor(16) as pool:
        statuses = sorted(answer.status for answer in pool.map(witness.add_checkpoint, offers))

    assert statuses == [HTTPStatus.OK] + [HTTPStatus.CONFLICT] * 15
    last = witness.last(sha256(ORIGIN.encode()).hexdigest())
    assert last is not None
    assert parse_checkpoint(parse_note(last).text).size in {8, 9}
