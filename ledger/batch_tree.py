"""The tree as one commit left it: enough of it to prove every entry of that commit, without reading.

From the right edge before a batch and the batch's own leaves every node on their inclusion paths can
be made: what lies wholly to the left is a full subtree of the edge, the rest is hashed from leaves.
"""

from collections.abc import Sequence

from ledger.proof import prove_inclusion, tree_root
from ledger.tree import RightEdge, node_hash


class BatchTree:
    """Full subtrees reachable from the edge of size ``before.size`` and the leaves that followed it."""

    def __init__(self, before: RightEdge, leaves: Sequence[bytes]) -> None:
        self._first, self._leaves = before.size, list(leaves)
        self._nodes: dict[tuple[int, int], bytes] = {}
        start = 0
        for level in reversed(range(before.size.bit_length())):
            if before.size >> level & 1:
                self._nodes[level, start >> level] = before.hashes[
                    before.size.bit_count() - 1 - _below(before.size, level)
                ]
                start += 1 << level

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
        """The root of a full subtree that touches the batch or stands in the edge before it."""
        if (known := self._nodes.get((level, number))) is not None:
            return known
        if level == 0:
            return self._leaves[number - self._first]
        node = node_hash(self.full(level - 1, 2 * number), self.full(level - 1, 2 * number + 1))
        self._nodes[level, number] = node
        return node


def _below(size: int, level: int) -> int:
    """How many full subtrees of the edge are smaller than that of ``level``."""
    return (size & ((1 << level) - 1)).bit_count()
