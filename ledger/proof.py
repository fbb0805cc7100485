"""Proofs over the tree of RFC 6962: what the ledger proves, and what anyone may check.

``prove_*`` needs the tree, through a source of its full subtrees; ``check_*`` needs only the hashes
that are shown.  The checks follow RFC 9162 sections 2.1.3.2 and 2.1.4.2.
"""

from collections.abc import Sequence
from typing import Protocol

from ledger.errors import LedgerError
from ledger.tree import EMPTY_ROOT, HASH_SIZE, node_hash


class ProofFailed(LedgerError):
    """A proof does not show what it claims to show; nothing may be believed on its strength."""


class Subtrees(Protocol):
    """Where the roots of full subtrees come from: tiles, a database, memory."""

    def full(self, level: int, number: int) -> bytes:
        """The root over leaves ``number * 2**level`` to ``(number + 1) * 2**level``, the end excluded."""
        ...


def tree_root(subtrees: Subtrees, size: int) -> bytes:
    """MTH(D[0:size]) from full subtrees; the root that the log had at that size."""
    return EMPTY_ROOT if size == 0 else _range_root(subtrees, 0, size)


def prove_inclusion(subtrees: Subtrees, index: int, size: int) -> list[bytes]:
    """PATH(index, D[0:size]), the leaf's sibling first.

    Raises ValueError unless ``0 <= index < size``.
    """
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}; they are numbered from 0")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_range_root(subtrees, middle, end))
            end = middle
        else:
            path.append(_range_root(subtrees, start, middle))
            start = middle
    return path[::-1]


def prove_consistency(subtrees: Subtrees, first: int, second: int) -> list[bytes]:
    """PROOF(first, D[0:second]): that the tree of ``second`` leaves begins with that of ``first``.

    Raises ValueError unless ``0 < first <= second``; from size 0 there is nothing to prove.
    """
    if not 0 < first <= second:
        raise ValueError(f"consistency is proved from a size above 0 to one not smaller, not from {first} to {second}")
    path: list[bytes] = []
    start, end, at_edge = 0, second, True
    while first != end:
        middle = start + _split(end - start)
        if first <= middle:
            path.append(_range_root(subtrees, middle, end))
            end = middle
        else:
            path.append(_range_root(subtrees, start, middle))
            start, at_edge = middle, False
    if not at_edge:
        path.append(_range_root(subtrees, start, end))
    return path[::-1]


def check_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> None:
    """Check that a leaf hash stands at ``index`` in the tree of that size and root.  Raises ProofFailed."""
    if not 0 <= index < size:
        raise ProofFailed(f"a tree of {size} leaves has no leaf {index}; they are numbered from 0")
    _check_sizes(leaf, root, *path)
    fn, sn, computed = index, size - 1, leaf
    for sibling in path:
        if sn == 0:
            raise ProofFailed(f"the proof for leaf {index} of {size} is too long")
        if fn & 1 or fn == sn:
            computed = node_hash(sibling, computed)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            computed = node_hash(computed, sibling)
        fn, sn = fn >> 1, sn >> 1
    if sn:
        raise ProofFailed(f"the proof for leaf {index} of {size} is too short")
    if computed != root:
        raise ProofFailed(
            f"leaf {index} is not in the tree of {size} leaves: its proof leads to root {computed.hex()}, "
            f"the tree's is {root.hex()}"
        )


def check_consistency(first: int, second: int, first_root: bytes, second_root: bytes, path: Sequence[bytes]) -> None:
    """Check that the second tree begins with all of the first.  Raises ProofFailed."""
    if not 0 < first <= second:
        raise ProofFailed(f"consistency runs from a size above 0 to one not smaller, not from {first} to {second}")
    if first == second:
        if path or first_root != second_root:
            raise ProofFailed(f"two trees of {first} leaves must be the same tree, without any proof")
        return
    _check_sizes(first_root, second_root, *path)
    # A first tree that is one full subtree is its own first node (RFC 9162 section 2.1.4.2).
    start = [first_root] if first & (first - 1) == 0 else []
    old, new = _walk(first, second, [*start, *path])
    if old != first_root or new != second_root:
        raise ProofFailed(
            f"the tree of {second} leaves does not begin with the tree of {first}: the proof leads to "
            f"{old.hex()} and {new.hex()}, the roots are {first_root.hex()} and {second_root.hex()}"
        )


def _walk(first: int, second: int, path: Sequence[bytes]) -> tuple[bytes, bytes]:
    """The two roots that a consistency proof leads to (RFC 9162 section 2.1.4.2, steps 3 to 6)."""
    if not path:
        raise ProofFailed(f"the proof from {first} to {second} is empty")
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    old = new = path[0]
    for node in path[1:]:
        if sn == 0:
            raise ProofFailed(f"the proof from {first} to {second} is too long")
        if fn & 1 or fn == sn:
            old, new = node_hash(node, old), node_hash(node, new)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            new = node_hash(new, node)
        fn, sn = fn >> 1, sn >> 1
    if sn:
        raise ProofFailed(f"the proof from {first} to {second} is too short")
    return old, new


class MemorySubtrees:
    """Full subtrees over leaf hashes that are all in memory; for short logs and for tests."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self._levels = [list(leaves)]

    def full(self, level: int, number: int) -> bytes:
        """The root of a full subtree; raises IndexError where there is none."""
        while len(self._levels) <= level:
            below = self._levels[-1]
            pairs = range(0, len(below) - 1, 2)
            self._levels.append([node_hash(below[at], below[at + 1]) for at in pairs])
        return self._levels[level][number]


def _split(size: int) -> int:
    """The largest power of two below ``size`` (size > 1): where RFC 6962 divides a tree."""
    return 1 << (size - 1).bit_length() - 1


def _range_root(subtrees: Subtrees, start: int, end: int) -> bytes:
    """MTH(D[start:end]) for a range that arises by dividing a tree, so that its parts are aligned."""
    size = end - start
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return subtrees.full(level, start >> level)
    middle = start + _split(size)
    return node_hash(_range_root(subtrees, start, middle), _range_root(subtrees, middle, end))


def _check_sizes(*hashes: bytes) -> None:
    for value in hashes:
        if len(value) != HASH_SIZE:
            raise ProofFailed(f"a hash of {len(value)} bytes stands in the proof, every hash has {HASH_SIZE}")
