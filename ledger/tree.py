"""The Merkle tree of RFC 6962 section 2.1, as far as appending needs it: leaf, node, right edge, root."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

HASH_SIZE = 32
EMPTY_ROOT = sha256(b"").digest()
"""RFC 6962 section 2.1: the hash of an empty list is the hash of an empty string."""


def leaf_hash(entry: bytes) -> bytes:
    """SHA-256(0x00 || entry).  RFC 6962 section 2.1: the 0x00 keeps a leaf from posing as a node."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 || left || right), the hash of an inner node."""
    return sha256(b"\x01" + left + right).digest()


def full_root(hashes: Sequence[bytes]) -> bytes:
    """The root over a row of hashes whose count is a power of two."""
    while len(hashes) > 1:
        hashes = [node_hash(hashes[at], hashes[at + 1]) for at in range(0, len(hashes), 2)]
    return hashes[0]


@dataclass(slots=True)
class RightEdge:
    """The roots of the full subtrees along a tree's right edge: all that appending needs to remember.

    ``size`` leaves make one full subtree for each bit set in ``size``; ``hashes`` holds their roots,
    the largest (leftmost) first, 32 bytes each.  At most 64 hashes whatever the size.
    """

    size: int = 0
    hashes: list[bytes] = field(default_factory=list)

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash at the end, joining full subtrees of equal size."""
        hashes = self.hashes
        joined = self.size
        # Each trailing 1 bit of the old size is a full subtree as large as the one being carried.
        while joined & 1:
            leaf = sha256(b"\x01" + hashes.pop() + leaf).digest()
            joined >>= 1
        hashes.append(leaf)
        self.size += 1

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add leaf hashes in order."""
        for leaf in leaves:
            self.append(leaf)

    def copy(self) -> "RightEdge":
        """The same edge, apart from this one."""
        return RightEdge(self.size, list(self.hashes))

    def root(self) -> bytes:
        """The tree's root hash, MTH(D[size])."""
        if not self.hashes:
            return EMPTY_ROOT
        root = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            root = node_hash(left, root)
        return root

    def to_bytes(self) -> bytes:
        """The hashes one after the other, largest subtree first; with the size this restores the edge."""
        return b"".join(self.hashes)

    @classmethod
    def from_bytes(cls, size: int, data: bytes) -> "RightEdge":
        """Restore an edge.  Raises ValueError when the bytes cannot be an edge of that size."""
        if len(data) != HASH_SIZE * size.bit_count():
            raise ValueError(
                f"a right edge of size {size} has {size.bit_count()} hashes of {HASH_SIZE} bytes, "
                f"found {len(data)} bytes"
            )
        return cls(size, [data[at : at + HASH_SIZE] for at in range(0, len(data), HASH_SIZE)])
