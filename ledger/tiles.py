"""Tiles: the tree cut into static files of 256 hashes, as C2SP tlog-tiles names and fills them.

Hash ``i`` of tile ``(level, number)`` is the root over the ``256**level`` leaves from
``(number * 256 + i) * 256**level``.  A tile that is full never changes; a partial one is named by
its width and is never hashed into the level above.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from threading import Lock

from ledger.tree import HASH_SIZE, node_hash

HEIGHT = 8
WIDTH = 256
"""Hashes in a full tile, and entries in a full bundle."""
DEEPEST_LEVEL = 63
ENTRIES = -1
"""The level that stands for the bundles of entries beside the tiles of hashes."""

_PATH = re.compile(r"tile/(entries|[0-9]|[1-5][0-9]|6[0-3])/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile: its level (0 to 63, or ENTRIES), its number from 0, and how many of 256 it holds (1 to 256)."""

    level: int
    number: int
    width: int = WIDTH

    @property
    def is_full(self) -> bool:
        """Whether it will never change."""
        return self.width == WIDTH

    @property
    def path(self) -> str:
        """Its path below the log's prefix: ``tile/0/x001/x234/067.p/8``."""
        level = "entries" if self.level == ENTRIES else str(self.level)
        groups = [f"{self.number % 1000:03d}"]
        rest = self.number // 1000
        while rest:
            groups.append(f"x{rest % 1000:03d}")
            rest //= 1000
        name = "/".join(reversed(groups))
        return f"tile/{level}/{name}" + ("" if self.is_full else f".p/{self.width}")


def tile_at(path: str) -> Tile | None:
    """The tile that a path names, or None when the path is not exactly how that tile is written."""
    found = _PATH.fullmatch(path)
    if found is None:
        return None
    level, name, width = found.groups()
    number = int(name.replace("x", "").replace("/", ""))
    tile = Tile(ENTRIES if level == "entries" else int(level), number, WIDTH if width is None else int(width))
    return tile if tile.width <= WIDTH and tile.path == path else None


def tiles_of(size: int, since: int = 0) -> Iterator[Tile]:
    """Every tile of hashes and entries of a log of that size which one of size ``since`` had not."""
    levels = [ENTRIES, *range(DEEPEST_LEVEL + 1)]
    for level in levels:
        unit = WIDTH ** max(level, 0)
        count, before = size // unit, since // unit
        if count == 0:
            return
        for number in range(before // WIDTH, count // WIDTH):
            yield Tile(level, number)
        if (width := count % WIDTH) and count > before:
            yield Tile(level, count // WIDTH, width)


def pack_hashes(hashes: Sequence[bytes]) -> bytes:
    """The body of a tile of hashes."""
    return b"".join(hashes)


def unpack_hashes(body: bytes) -> list[bytes]:
    """The hashes of a tile's body.  Raises ValueError unless it holds 1 to 256 whole hashes."""
    if not body or len(body) % HASH_SIZE or len(body) > WIDTH * HASH_SIZE:
        raise ValueError(f"a tile holds 1 to 256 hashes of 32 bytes, this one has {len(body)} bytes")
    return [body[at : at + HASH_SIZE] for at in range(0, len(body), HASH_SIZE)]


def pack_entries(raws: Sequence[bytes]) -> bytes:
    """The body of a bundle of entries: each with its length as an unsigned 16-bit big-endian integer."""
    return b"".join(len(raw).to_bytes(2, "big") + raw for raw in raws)


def unpack_entries(body: bytes) -> list[bytes]:
    """The entries of a bundle's body.  Raises ValueError when a length runs past the end."""
    raws: list[bytes] = []
    at = 0
    while at < len(body):
        end = at + 2 + int.from_bytes(body[at : at + 2], "big")
        if end > len(body) or at + 2 > len(body):
            raise ValueError(f"the bundle ends within entry {len(raws)} of it; it is cut or not a bundle")
        raws.append(body[at + 2 : end])
        at = end
    return raws


class TiledSubtrees:
    """Full subtrees from tiles; the inner nodes of the tiles used last are kept.

    A partial tile is kept as well: what it holds stays true, and where it does not reach it is read again.

    ``read`` answers the hashes of tile ``(level, number)``, at least as many as the tree at hand has.
    """

    def __init__(self, read: Callable[[int, int], Sequence[bytes]], keep: int = 64) -> None:
        self._read, self._keep = read, keep
        self._kept: OrderedDict[tuple[int, int], list[list[bytes]]] = OrderedDict()
        self._lock = Lock()

    def full(self, level: int, number: int) -> bytes:
        """The root of a full subtree; raises IndexError where the tiles do not reach."""
        tile_level, within = divmod(level, HEIGHT)
        tile_number, place = divmod(number << within, WIDTH)
        place >>= within
        kept = self._recalled(tile_level, tile_number)
        if kept is not None and place < len(kept[within]):
            return kept[within][place]
        return self._inner(tile_level, tile_number)[within][place]

    def _recalled(self, level: int, number: int) -> list[list[bytes]] | None:
        key = (level, number)
        with self._lock:
            if (kept := self._kept.get(key)) is not None:
                self._kept.move_to_end(key)
            return kept

    def _inner(self, level: int, number: int) -> list[list[bytes]]:
        levels = inner_nodes(self._read(level, number))
        with self._lock:
            self._kept[level, number] = levels
            while len(self._kept) > self._keep:
                self._kept.popitem(last=False)
        return levels


def inner_nodes(hashes: Sequence[bytes]) -> list[list[bytes]]:
    """The full subtrees over a tile's hashes: level 0 is the hashes, level 7 at most two nodes."""
    levels = [list(hashes)]
    for _ in range(HEIGHT - 1):
        below = levels[-1]
        levels.append([node_hash(below[at], below[at + 1]) for at in range(0, len(below) - 1, 2)])
    return levels
