"""The tree as one commit left it: enough of it to prove every entry of that commit, without reading.

From the right edge before a batch and the batch's own leaves every node on their inclusion paths can
be made: what lies wholly to the left is a full subtree of the edge, the rest is hashed from leaves.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from ledger.proof import prove_inclusion, tree_root
from ledger.tree import RightEdge


class BatchTree:
    """Full subtrees reachable from the edge of size ``before.size`` and the leaves that followed it."""

    def __init__(self, before: RightEdge, leaves: Iterable[bytes] = ()) -> None:
        self._first, self._leaves = before.size, list[bytes]()
        self._nodes: dict[tuple[int, int], bytes] = {}
        start = 0
        for level in reversed(range(before.size.bit_length())):
            if before.size >> level & 1:
                self._nodes[level, start >> level] = before.hashes[
                    before.size.bit_count() - 1 - _below(before.size, level)
                ]
                start += 1 << level
        for leaf in leaves:
            self.append(leaf)

    def append(self, leaf: bytes) -> int:
        """Add a leaf; answers the size of the tree with it."""
        nodes = self._nodes
        level, number = 0, self._first + len(self._leaves)
        self._leaves.append(leaf)
        # Each trailing 1 bit of the index ends a full subtree with the one to its left.
        while number & 1:
            left = nodes[level, number - 1] if level or number <= self._first else self._leaves[-2]
            leaf = sha256(b"\x01" + left + leaf).digest()
            level += 1
            number >>= 1
            nodes[level, number] = leaf
        return self._first + len(self._leaves)

    @property
    def leaves(self) -> Sequence[bytes]:
        """The leaves of the batch."""
        return self._leaves

    def edge(self) -> RightEdge:
        """The right edge with the batch."""
        size, start = self.size, 0
        hashes = []
        for level in reversed(range(size.bit_length())):
            if size >> level & 1:
                hashes.append(self.full(level, start >> level))
                start += 1 << level
        return RightEdge(size, hashes)

    @property
    def size(self) -> int:
        """How many leaves the tree has with the batch."""
        return self._first + len(self._leaves)

    def root(self) -> bytes:
        """The root with the batch."""
        return tree_root(self, self.size)

    def inclusion_path(self, index: int) -> list[bytes]:
        """The path of a leaf of the batch in the tree with the batch.  Raises KeyError for an earlier leaf."""
        if not self._first <= index < self.size:
            raise KeyError(f"leaf {index} is not of this batch, which holds {self._first} to {self.size - 1}")
        return prove_inclusion(self, index, self.size)

    def full(self, level: int, number: int) -> bytes:
        """The root of a full subtree that ends in the batch or stands in the edge before it."""
        if level == 0 and number >= self._first:
            return self._leaves[number - self._first]
        return self._nodes[level, number]


def _below(size: int, level: int) -> int:
    """How many full subtrees of the edge are smaller than that of ``level``."""
    return (size & ((1 << level) - 1)).bit_count()
