"""Every proof of every prefix of a growing log, the public vectors, and proofs that must fail."""

from __future__ import annotations

import json
from base64 import b64decode
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.proof import (
    MemorySubtrees,
    ProofFailed,
    check_consistency,
    check_inclusion,
    prove_consistency,
    prove_inclusion,
    tree_root,
)
from ledger.tiles import (
    ENTRIES,
    Tile,
    TiledSubtrees,
    pack_entries,
    pack_hashes,
    tile_at,
    tiles_of,
    unpack_entries,
    unpack_hashes,
)
from ledger.tree import RightEdge, leaf_hash

VECTORS = Path(__file__).parents[1] / "vectors"
BOUNDARIES = [0, 1, 2, 255, 256, 257, 65_535, 65_536, 65_537]


def leaves(count: int) -> list[bytes]:
    return [leaf_hash(index.to_bytes(4, "big")) for index in range(count)]


def tiled(hashes: list[bytes]) -> TiledSubtrees:
    """The same tree through tiles, as somebody reading static files would see it."""
    memory = MemorySubtrees(hashes)
    files = {
        tile.path: pack_hashes([memory.full(8 * tile.level, tile.number * 256 + place) for place in range(tile.width)])
        for tile in tiles_of(len(hashes))
        if tile.level != ENTRIES
    }

    def read(level: int, number: int) -> list[bytes]:
        name = Tile(level, number).path
        found = files.get(name) or next(body for path, body in files.items() if path.startswith(f"{name}.p/"))
        return unpack_hashes(found)

    return TiledSubtrees(read)


class TestAGrowingLog:
    """Grown leaf by leaf, each size is proved against every earlier one."""

    SIZE = 600

    def test_every_inclusion_and_consistency_proof_holds(self) -> None:
        hashes = leaves(self.SIZE)
        subtrees, edge = MemorySubtrees(hashes), RightEdge()
        roots = [edge.root()]
        for hash_ in hashes:
            edge.append(hash_)
            roots.append(edge.root())

        for size in range(1, self.SIZE + 1):
            assert tree_root(subtrees, size) == roots[size]
            for index in range(size):
                check_inclusion(hashes[index], index, size, prove_inclusion(subtrees, index, size), roots[size])
            for first in range(1, size + 1):
                check_consistency(first, size, roots[first], roots[size], prove_consistency(subtrees, first, size))

    @pytest.mark.parametrize("size", BOUNDARIES)
    def test_at_the_boundaries_tiles_prove_what_memory_proves(self, size: int) -> None:
        hashes = leaves(size)
        edge = RightEdge()
        edge.extend(hashes)
        memory, tiles = MemorySubtrees(hashes), tiled(hashes)

        assert tree_root(tiles, size) == tree_root(memory, size) == edge.root()
        for index in {0, size // 2, size - 1} & set(range(size)):
            path = prove_inclusion(tiles, index, size)
            assert path == prove_inclusion(memory, index, size)
            check_inclusion(hashes[index], index, size, path, edge.root())
        for first in {1, size // 3, size - 1, size} & set(range(1, size + 1)):
            path = prove_consistency(tiles, first, size)
            check_consistency(first, size, tree_root(memory, first), edge.root(), path)

    @given(size=st.integers(1, 300), data=st.data())
    def test_no_other_leaf_and_no_changed_hash_passes(self, size: int, data: st.DataObject) -> None:
        hashes = leaves(size)
        subtrees = MemorySubtrees(hashes)
        root = tree_root(subtrees, size)
        index = data.draw(st.integers(0, size - 1))
        other = data.draw(st.integers(0, size - 1))
        path = prove_inclusion(subtrees, index, size)

        if other != index:
            with pytest.raises(ProofFailed):
                check_inclusion(hashes[other], index, size, path, root)
            with pytest.raises(ProofFailed):
                check_inclusion(hashes[index], other, size, path, root)
        if path:
            place = data.draw(st.integers(0, len(path) - 1))
            changed = [*path[:place], sha256(path[place]).digest(), *path[place + 1 :]]
            with pytest.raises(ProofFailed, match="is not in the tree"):
                check_inclusion(hashes[index], index, size, changed, root)
            with pytest.raises(ProofFailed, match="too short"):
                check_inclusion(hashes[index], index, size, path[:-1], root)
        with pytest.raises(ProofFailed):
            check_inclusion(hashes[index], index, size, [*path, root], root)

    @given(second=st.integers(2, 300), data=st.data())
    def test_a_rewritten_past_has_no_consistency_proof(self, second: int, data: st.DataObject) -> None:
        first = data.draw(st.integers(1, second - 1))
        rewritten = data.draw(st.integers(0, first - 1))
        honest, forged = leaves(second), leaves(second)
        forged[rewritten] = leaf_hash(b"somebody else's past")
        kept_root = tree_root(MemorySubtrees(honest), first)
        subtrees = MemorySubtrees(forged)

        with pytest.raises(ProofFailed, match="does not begin with"):
            check_consistency(
                first, second, kept_root, tree_root(subtrees, second), prove_consistency(subtrees, first, second)
            )

    @pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
    def test_what_cannot_be_proved_is_refused_with_a_sentence(self, index: int, size: int) -> None:
        with pytest.raises(ValueError, match="has no leaf"):
            prove_inclusion(MemorySubtrees(leaves(size)), index, size)

    def test_consistency_from_nothing_is_not_proved(self) -> None:
        with pytest.raises(ValueError, match="from a size above 0"):
            prove_consistency(MemorySubtrees(leaves(3)), 0, 3)


class TestTiles:
    @pytest.mark.parametrize(
        ("tile", "path"),
        [
            (Tile(0, 0), "tile/0/000"),
            (Tile(0, 273, 112), "tile/0/273.p/112"),
            (Tile(2, 0, 1), "tile/2/000.p/1"),
            (Tile(0, 1_234_067), "tile/0/x001/x234/067"),
            (Tile(ENTRIES, 1000, 8), "tile/entries/x001/000.p/8"),
        ],
    )
    def test_a_tile_and_its_path_name_each_other(self, tile: Tile, path: str) -> None:
        assert tile.path == path
        assert tile_at(path) == tile

    @pytest.mark.parametrize(
        "path",
        ["tile/64/000", "tile/0/00", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/x000/001", "tile/0/001/000",
         "tile/00/000", "tile/0/000.p/01", "tile/entries/0000", "/tile/0/000", "tile/0/000/"],
    )  # fmt: skip
    def test_other_spellings_name_nothing(self, path: str) -> None:
        assert tile_at(path) is None

    def test_seventy_thousand_leaves_make_the_tiles_of_the_specification(self) -> None:
        paths = [tile.path for tile in tiles_of(70_000) if tile.level != ENTRIES]

        assert sum(path.startswith("tile/0/") for path in paths) == 274
        assert paths[273:] == ["tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"]

    def test_a_size_of_256_is_one_full_tile_and_one_hash_above(self) -> None:
        assert [tile.path for tile in tiles_of(256)] == ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"]

    def test_growth_names_only_what_is_new(self) -> None:
        assert [tile.path for tile in tiles_of(258, since=256)] == ["tile/entries/001.p/2", "tile/0/001.p/2"]

    @given(st.lists(st.binary(max_size=70), max_size=256))
    def test_a_bundle_gives_back_its_entries(self, raws: list[bytes]) -> None:
        assert unpack_entries(pack_entries(raws)) == raws

    def test_a_cut_bundle_is_refused(self) -> None:
        with pytest.raises(ValueError, match="ends within entry 1"):
            unpack_entries(pack_entries([b"one", b"two"])[:-1])


class TestPublicVectors:
    def test_the_eight_leaf_tree(self) -> None:
        vector = json.loads((VECTORS / "rfc6962-8leaf.json").read_text())
        hashes = [leaf_hash(bytes.fromhex(leaf)) for leaf in vector["leaves_hex"]]
        subtrees = MemorySubtrees(hashes)

        for size, root in enumerate(vector["roots_by_size"]):
            assert tree_root(subtrees, size).hex() == root
        for level, nodes in enumerate(vector["node_hashes"]):
            assert [subtrees.full(level, number).hex() for number in range(len(nodes))] == nodes

    def test_every_inclusion_probe(self) -> None:
        probes = json.loads((VECTORS / "transparency-dev-merkle" / "inclusion.json").read_text())
        assert len(probes) == 98

        for file, probe in probes.items():
            path = [b64decode(hash_) for hash_ in probe["proof"] or []]
            leaf, root = b64decode(probe["leafHash"] or ""), b64decode(probe["root"] or "")
            assert fails(check_inclusion, leaf, probe["leafIdx"], probe["treeSize"], path, root) is probe["wantErr"], (
                f"{file}: {probe['desc']}"
            )

    def test_every_consistency_probe(self) -> None:
        probes = json.loads((VECTORS / "transparency-dev-merkle" / "consistency.json").read_text())
        assert len(probes) == 98

        for file, probe in probes.items():
            path = [b64decode(hash_) for hash_ in probe["proof"] or []]
            roots = [b64decode(probe[name] or "") for name in ("root1", "root2")]
            assert fails(check_consistency, probe["size1"], probe["size2"], *roots, path) is probe["wantErr"], (
                f"{file}: {probe['desc']}"
            )

    def test_the_tiles_and_roots_of_a_real_log(self) -> None:
        log = VECTORS / "tessera" / "log"
        entries = unpack_entries((log / "tile/entries/000.p/15").read_bytes())
        hashes = unpack_hashes((log / "tile/0/000.p/15").read_bytes())

        assert [leaf_hash(entry) for entry in entries] == hashes
        for size in range(16):
            root = b64decode((log / f"checkpoint.{size}").read_text().splitlines()[2])
            assert tree_root(MemorySubtrees(hashes), size) == root
            if size:
                assert (log / Tile(0, 0, size).path).read_bytes() == pack_hashes(hashes[:size])


def fails(check: object, *arguments: object) -> bool:
    try:
        check(*arguments)  # type: ignore[operator]
    except ProofFailed:
        return True
    return False
