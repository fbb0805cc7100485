"""The tree of one commit proves what the whole tree proves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.batch_tree import BatchTree
from ledger.proof import MemorySubtrees, prove_inclusion, tree_root
from ledger.tree import RightEdge, leaf_hash

LEAVES = [leaf_hash(index.to_bytes(4, "big")) for index in range(700)]


def committed(before: int, count: int) -> BatchTree:
    edge = RightEdge()
    edge.extend(LEAVES[:before])
    return BatchTree(edge, LEAVES[before : before + count])


@given(before=st.integers(0, 600), count=st.integers(1, 100))
def test_it_proves_every_entry_of_the_batch(before: int, count: int) -> None:
    batch, whole = committed(before, count), MemorySubtrees(LEAVES[: before + count])

    assert batch.root() == tree_root(whole, before + count)
    for index in range(before, before + count):
        assert batch.inclusion_path(index) == prove_inclusion(whole, index, before + count)


@pytest.mark.parametrize("index", [4, 8])
def test_it_says_so_when_an_entry_is_not_of_the_batch(index: int) -> None:
    with pytest.raises(KeyError, match="is not of this batch, which holds 5 to 7"):
        committed(5, 3).inclusion_path(index)
