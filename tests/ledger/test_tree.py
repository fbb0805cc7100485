"""The tree's right edge is all that appending remembers, and it is enough for the root of RFC 6962."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from ledger.tree import EMPTY_ROOT, RightEdge, leaf_hash, node_hash

VECTORS = Path(__file__).parents[1] / "vectors" / "rfc6962-8leaf.json"

# The reference tree of the Certificate Transparency project: its leaves, and its root at every size.
LEAVES = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


def merkle_tree_hash(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962 section 2.1, word by word, over leaf hashes."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\x01" + merkle_tree_hash(leaves[:k]) + merkle_tree_hash(leaves[k:])).digest()


def cheap_leaves(count: int) -> list[bytes]:
    return [leaf_hash(str(index).encode()) for index in range(count)]


def edge_of(leaves: list[bytes]) -> RightEdge:
    edge = RightEdge()
    edge.extend(leaves)
    return edge


class TestRoot:
    def test_grows_as_the_rfc_defines_it(self) -> None:
        leaves = cheap_leaves(600)
        edge = RightEdge()

        assert edge.root() == merkle_tree_hash([]) == EMPTY_ROOT
        for size, leaf in enumerate(leaves, start=1):
            edge.append(leaf)
            assert (edge.size, edge.root()) == (size, merkle_tree_hash(leaves[:size]))

    @pytest.mark.parametrize("size", [255, 256, 257, 65_535, 65_536, 65_537])
    def test_at_the_edges_of_full_subtrees(self, size: int) -> None:
        leaves = cheap_leaves(size)

        assert edge_of(leaves).root() == merkle_tree_hash(leaves)

    @pytest.mark.parametrize("size", range(9))
    def test_is_that_of_the_reference_tree(self, size: int) -> None:
        leaves = [leaf_hash(bytes.fromhex(leaf)) for leaf in LEAVES[:size]]

        assert edge_of(leaves).root().hex() == ROOTS[size]

    def test_is_that_of_the_public_vectors(self) -> None:
        vector = json.loads(VECTORS.read_text())

        assert tuple(vector["leaves_hex"]) == LEAVES
        assert tuple(vector["roots_by_size"]) == ROOTS


class TestHashes:
    def test_keep_leaves_and_nodes_apart(self) -> None:
        left, right = cheap_leaves(2)

        # A leaf of 64 bytes that are two hashes is not the node above them.
        assert leaf_hash(left + right) != node_hash(left, right)
        assert leaf_hash(b"\x01" + left + right) != node_hash(left, right)


class TestRestoring:
    @pytest.mark.parametrize("size", [0, 1, 2, 3, 7, 8, 255, 256, 257, 511])
    def test_from_bytes_goes_on_as_if_nothing_had_been(self, size: int) -> None:
        leaves = cheap_leaves(size + 50)
        before = edge_of(leaves[:size])

        restored = RightEdge.from_bytes(size, before.to_bytes())
        restored.extend(leaves[size:])

        assert restored.root() == merkle_tree_hash(leaves)

    @pytest.mark.parametrize(("size", "hashes"), [(0, 1), (1, 0), (3, 1), (4, 2), (7, 4)])
    def test_refuses_bytes_of_another_size(self, size: int, hashes: int) -> None:
        with pytest.raises(ValueError, match=rf"a right edge of size {size} has {size.bit_count()} hashes of 32 bytes"):
            RightEdge.from_bytes(size, b"\0" * 32 * hashes)
