"""The last signed checkpoint outside the database: it only moves along one tree."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.anchor import Anchor, Fork
from ledger.checkpoint import Checkpoint
from ledger.note import ED25519, Note, signer_of
from ledger.proof import MemorySubtrees, tree_root
from ledger.tree import leaf_hash

ORIGIN = "ledger.example/district"
LOG = signer_of(ORIGIN, ED25519, bytes(32))
HONEST = MemorySubtrees([leaf_hash(bytes([index])) for index in range(20)])
FORKED = MemorySubtrees([leaf_hash(bytes([index]) * 2) for index in range(20)])


@pytest.fixture
def anchor(tmp_path: Path) -> Anchor:
    return Anchor(tmp_path / "anchor" / "checkpoint")


def note(size: int, tree: MemorySubtrees = HONEST) -> str:
    text = Checkpoint(ORIGIN, size, tree_root(tree, size)).to_text()
    return Note(text, (LOG.sign(text),)).to_text()


def extends_in(tree: MemorySubtrees) -> object:
    """What a database that holds this tree can say: both roots are those of its own past."""
    return lambda last, new: all(checkpoint.root == tree_root(tree, checkpoint.size) for checkpoint in (last, new))


def test_before_the_first_signature_there_is_none(anchor: Anchor) -> None:
    assert anchor.last() is None


def test_it_moves_forward_along_the_tree(anchor: Anchor) -> None:
    for size in (0, 1, 7, 20):
        anchor.advance(note(size), extends_in(HONEST))

        assert anchor.last() == note(size)


def test_an_older_checkpoint_of_the_same_tree_is_passed_over(anchor: Anchor) -> None:
    anchor.advance(note(9), extends_in(HONEST))

    anchor.advance(note(5), extends_in(HONEST))

    assert anchor.last() == note(9)


@pytest.mark.parametrize("size", [5, 9, 12])
def test_another_past_is_refused_and_the_file_stays(anchor: Anchor, size: int) -> None:
    anchor.advance(note(9), extends_in(HONEST))

    with pytest.raises(Fork, match="does not continue the checkpoint of 9 entries"):
        anchor.advance(note(size, FORKED), extends_in(FORKED))

    assert anchor.last() == note(9)


def test_it_outlives_the_process_that_wrote_it(anchor: Anchor) -> None:
    anchor.advance(note(9), extends_in(HONEST))
    anchor.close()

    assert Anchor(anchor.file).last() == note(9)


def test_a_torn_write_is_passed_over_for_the_durable_copy(anchor: Anchor) -> None:
    anchor.advance(note(5), extends_in(HONEST))
    anchor.close()
    anchor.advance(note(9), extends_in(HONEST))

    anchor.file.write_bytes(anchor.file.read_bytes()[:40])

    assert Anchor(anchor.file).last() in {note(5), note(9)}


def test_a_memory_that_is_gone_altogether_is_never_taken_for_a_new_log(anchor: Anchor) -> None:
    anchor.advance(note(5), extends_in(HONEST))
    anchor.close()
    for file in anchor.file.parent.glob("checkpoint*"):
        file.write_text("overwritten")

    with pytest.raises(Fork, match="holds no checkpoint that this log has signed"):
        Anchor(anchor.file).last()
