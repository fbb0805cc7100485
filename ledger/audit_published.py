"""Checking a published log from outside: a static directory, a USB stick, an address.

It needs what C2SP tlog-tiles promises and nothing else: the checkpoint, the tiles, the bundles of
entries.  Everything is derived again from the entries, and every tile is compared.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import orjson
from cryptography import x509

from ledger import canonical
from ledger.audit_span import Faults
from ledger.audit_stamp_files import PublishedStamps
from ledger.checkpoint import Checkpoint, parse_checkpoint
from ledger.entry import Entry, decode_entry
from ledger.errors import IntegrityFault, LedgerError
from ledger.kept import hold, read_kept
from ledger.note import NoteRefused, Verifier, open_note, parse_note
from ledger.proof import ProofFailed, check_consistency, prove_consistency, tree_root
from ledger.published import PublishedLog
from ledger.recorded_rotations import KEYS, audited_history, parse_published_keys, published_keys
from ledger.rotation import KeyHistory, Rotation, RotationBroken, history_of, rotation_in, vouched
from ledger.stamp_files import FOLDER, stamp_files
from ledger.tiles import ENTRIES, WIDTH, Tile, TiledSubtrees, pack_hashes, tiles_of, unpack_entries, unpack_hashes
from ledger.tree import RightEdge, full_root, leaf_hash

CHECKPOINT = "checkpoint"
LARGEST_RESOURCE = 32 * 1024 * 1024
TIMEOUT_S = 30


class ResourceMissing(LedgerError):
    """The published log lacks something that its checkpoint promises."""


class Source(Protocol):
    """Where a published log is read: ``checkpoint``, ``tile/…`` by their paths."""

    def read(self, path: str) -> bytes:
        """The bytes at a path below the log's prefix.  Raises ResourceMissing."""
        ...


class DirectorySource:
    """A log exported to a directory."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def read(self, path: str) -> bytes:
        """The file's bytes.  Raises ResourceMissing."""
        try:
            return (self._directory / path).read_bytes()
        except OSError as error:
            raise ResourceMissing(f"{path} is missing: {error.strerror}") from None


class UrlSource:
    """A log served at an address; the address is the operator's own word, never a request's."""

    def __init__(self, prefix: str) -> None:
        if urlsplit(prefix).scheme not in {"http", "https"}:
            raise ResourceMissing(f"{prefix} is neither an http nor an https address")
        self._prefix = prefix.rstrip("/")

    def read(self, path: str) -> bytes:
        """The resource's bytes.  Raises ResourceMissing."""
        request = Request(f"{self._prefix}/{path}", headers={"User-Agent": "disclosure-ledger-verify"})  # noqa: S310 - scheme checked
        try:
            with urlopen(request, timeout=TIMEOUT_S) as answer:  # noqa: S310 - as above
                return bytes(answer.read(LARGEST_RESOURCE))
        except HTTPError as error:
            with error:
                raise ResourceMissing(f"{path} is missing: the address answers {error.code}") from None
        except (URLError, OSError) as error:
            raise ResourceMissing(f"{path} cannot be read: {error}") from None


@dataclass(frozen=True, slots=True)
class PublishedAudit:
    """What was checked: the checkpoint, who has signed and cosigned it, how many tiles were compared."""

    checkpoint: Checkpoint
    note: str
    signed_by: tuple[str, ...]
    tiles: int
    streams: int
    rotations: int = 0
    timestamps: int = 0


def audit_published(
    source: Source,
    faults: Faults,
    *,
    verifiers: Sequence[Verifier] = (),
    kept: Iterable[tuple[str, str]] = (),
    roots: Sequence[x509.Certificate] = (),
    progress: Callable[[int], None] = lambda _: None,
) -> PublishedAudit:
    """Derive a published log again from its entries and compare every tile and checkpoint with it.

    ``verifiers`` are keys that the log has or had: its own changes of keys lead from any to the others.
    Raises ResourceMissing or NoteRefused when there is no checkpoint that they vouch for; with none of
    them nobody's word is taken for the signature.  ``roots`` vouch for stamping authorities.  Faults are
    named by position.
    """
    text = source.read(CHECKPOINT).decode(errors="replace")
    note = parse_note(text)
    if any(verifier.knows(signature) for verifier in verifiers for signature in note.signatures):
        open_note(text, verifiers)
    # A checkpoint by keys that are not given may be by such as they vouched for: the entries will say.
    checkpoint = parse_checkpoint(note.text)
    stamps = PublishedStamps(source.read, checkpoint.size, faults)
    reading = _Reading(source, checkpoint.size, faults, progress, stamps.edges())
    reading.run()
    root = reading.edge.root()
    if reading.edge.size == checkpoint.size and root != checkpoint.root:
        faults.add(
            0,
            f"the {checkpoint.size} entries hash to root {root.hex()}, the checkpoint says {checkpoint.root.hex()}: "
            "entries have been changed since it was signed",
        )
    subtrees = subtrees_of(source, checkpoint.size)
    keys = audited_history(reading.rotations, verifiers, partial(tree_root, subtrees), faults)
    names = _signers(text, keys, faults)
    for name, old in read_kept(kept, checkpoint.size, keys, faults):
        try:
            hold(name, old, tree_root(subtrees, old.size), faults)
        except (ResourceMissing, ValueError, IndexError) as error:
            faults.add(0, f"the kept checkpoint {name} cannot be held against the log: {error}")
    stamps.audit(partial(tree_root, subtrees), roots, reading.recorded)
    return PublishedAudit(
        checkpoint, text, names, reading.tiles, len(reading.versions), len(reading.rotations), stamps.count
    )


def _signers(text: str, keys: KeyHistory | None, faults: Faults) -> tuple[str, ...]:
    """Who has signed the newest checkpoint.  Raises NoteRefused, unless what was found says already why nobody has."""
    if keys is None:
        return ()
    try:
        return tuple(sorted({verifier.name for verifier, _ in keys.open(text)[1]}))
    except NoteRefused as error:
        if faults.count == 0:
            raise
        faults.add(0, f"the newest checkpoint does not hold: {error}")
        return ()


class _Reading:
    """Walks the bundles in order and grows the tree; a full tile of each level is compared once complete."""

    def __init__(
        self, source: Source, size: int, faults: Faults, progress: Callable[[int], None], edges: set[int]
    ) -> None:
        self._source, self._size, self._faults, self._progress = source, size, faults, progress
        self._edges = edges
        self.recorded: dict[int, datetime] = {}
        self.edge = RightEdge()
        self.versions: dict[str, int] = {}
        self.rotations: list[Rotation] = []
        self.tiles = 0
        self._recorded = ""

    def run(self) -> None:
        levels: list[list[bytes]] = [[]]
        for number in range(-(-self._size // WIDTH)):
            width = min(WIDTH, self._size - number * WIDTH)
            for raw in self._entries(number, width):
                levels[0].append(self._take(raw))
            if width == WIDTH and len(levels[0]) == WIDTH:
                self._complete(levels, 0, number)
            self._progress(min((number + 1) * WIDTH, self._size))
        for level, hashes in enumerate(levels):
            if hashes:
                self._compare(Tile(level, self._size // WIDTH ** (level + 1), len(hashes)), hashes)

    def _complete(self, levels: list[list[bytes]], level: int, number: int) -> None:
        """A tile is full: compare it, and carry its root into the level above."""
        self._compare(Tile(level, number), levels[level])
        root = full_root(levels[level])
        levels[level] = []
        if level + 1 == len(levels):
            levels.append([])
        levels[level + 1].append(root)
        if len(levels[level + 1]) == WIDTH:
            self._complete(levels, level + 1, number // WIDTH)

    def _entries(self, number: int, width: int) -> list[bytes]:
        tile = Tile(ENTRIES, number, width)
        try:
            raws = unpack_entries(self._fetch(tile))[:width]
        except (ResourceMissing, ValueError) as error:
            self._faults.add(
                number * WIDTH + 1, f"the entries from position {number * WIDTH + 1} cannot be read: {error}"
            )
            raws = []
        if len(raws) < width:
            self._faults.add(
                number * WIDTH + len(raws) + 1,
                f"{tile.path} holds {len(raws)} entries, the checkpoint promises {width}",
            )
        self.tiles += 1
        return raws

    def _fetch(self, tile: Tile) -> bytes:
        """A tile; where a partial one has been tidied away, the full one that took its place."""
        try:
            return self._source.read(tile.path)
        except ResourceMissing:
            if tile.is_full:
                raise
            return self._source.read(Tile(tile.level, tile.number).path)

    def _take(self, raw: bytes) -> bytes:
        leaf = leaf_hash(raw)
        self.edge.append(leaf)
        position = self.edge.size
        try:
            canonical.decode(raw)
            entry = decode_entry(position, raw, leaf)
        except (canonical.NotCanonical, IntegrityFault) as error:
            self._faults.add(position, f"position {position} holds no canonical entry: {error}")
            return leaf
        self._note_rotation(entry)
        last = self.versions.get(entry.stream, -1)
        if entry.version != last + 1 and not (last == -1 and entry.version == 1):
            self._faults.add(
                position,
                f"{entry.stream} has version {entry.version} at position {position}, expected {max(last + 1, 1)}",
            )
        self.versions[entry.stream] = entry.version
        if position in self._edges:
            self.recorded[position] = entry.recorded_at
        recorded = entry.recorded_at.isoformat()
        if recorded < self._recorded:
            self._faults.add(position, f"position {position} was recorded before the one ahead of it")
        self._recorded = max(self._recorded, recorded)
        return leaf

    def _note_rotation(self, entry: Entry) -> None:
        try:
            rotation = rotation_in(entry)
        except RotationBroken as fault:
            self._faults.add(fault.position, str(fault))
            return
        if rotation is not None:
            self.rotations.append(rotation)

    def _compare(self, tile: Tile, hashes: list[bytes]) -> None:
        self.tiles += 1
        first = tile.number * WIDTH
        try:
            found = unpack_hashes(self._fetch(tile))[: len(hashes)]
        except (ResourceMissing, ValueError) as error:
            self._faults.add(first * WIDTH**tile.level + 1, f"{tile.path} cannot be read: {error}")
            return
        if pack_hashes(found) != pack_hashes(hashes):
            place = next(
                (i for i, pair in enumerate(zip(found, hashes, strict=False)) if pair[0] != pair[1]), len(found)
            )
            position = (first + place) * WIDTH**tile.level + 1
            what = found[place].hex() if place < len(found) else "nothing"
            self._faults.add(
                position,
                f"{tile.path} says {what} at place {place}, the entries from position {position} hash to "
                f"{hashes[place].hex()}: the tile or the entries have been changed",
            )


def subtrees_of(source: Source, size: int) -> TiledSubtrees:
    """The full subtrees of a published log of that size, read from its tiles."""

    def read(level: int, number: int) -> list[bytes]:
        width = min(WIDTH, size // WIDTH**level - number * WIDTH)
        if width < 1:
            raise IndexError(f"a log of {size} entries has no tile {Tile(level, number).path}")
        try:
            return unpack_hashes(source.read(Tile(level, number, width).path))
        except ResourceMissing:
            return unpack_hashes(source.read(Tile(level, number).path))[:width]

    return TiledSubtrees(read)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two checkpoints held against each other; a fork carries both notes as the evidence of it."""

    older: Checkpoint
    newer: Checkpoint
    fork: str | None
    evidence: tuple[str, str] | None


def compare_checkpoints(
    one: str,
    other: str,
    verifiers: Sequence[Verifier],
    consistency: Callable[[int, int], Sequence[bytes]] | None,
    rotations: Sequence[Rotation] = (),
) -> Comparison:
    """Whether two signed checkpoints are of one growing log.

    ``consistency(first, second)`` proves it from the log's tiles; without a log only equal sizes can
    be told apart.  ``rotations`` lead from the keys given to those of another time.  Raises NoteRefused for
    a note that no key vouches for or that is of another log, RotationBroken for a change of keys that is
    not vouched for.
    """
    keys = vouched(rotations, verifiers) if verifiers else None
    notes = [(keys.open(text)[0] if keys else parse_note(text), text) for text in (one, other)]
    held = sorted(((parse_checkpoint(note.text), text) for note, text in notes), key=lambda item: item[0].size)
    (older, older_text), (newer, newer_text) = held
    if older.origin != newer.origin:
        raise NoteRefused(
            f"the checkpoints are of two logs, {older.origin} and {newer.origin}; there is nothing to compare"
        )
    fork = _fork_between(older, newer, consistency)
    return Comparison(older, newer, fork, None if fork is None else (older_text, newer_text))


def _fork_between(
    older: Checkpoint, newer: Checkpoint, consistency: Callable[[int, int], Sequence[bytes]] | None
) -> str | None:
    if older.size == newer.size:
        return None if older.root == newer.root else f"two trees of {older.size} entries, signed under one name"
    if older.size == 0:
        return None
    if consistency is None:
        raise NoteRefused(
            f"the checkpoints cover {older.size} and {newer.size} entries; name a log (a directory or an address) whose "
            "tiles can prove that one continues the other"
        )
    try:
        check_consistency(older.size, newer.size, older.root, newer.root, consistency(older.size, newer.size))
    except (ProofFailed, ResourceMissing, IndexError, ValueError) as error:
        return f"the tree of {newer.size} entries does not continue that of {older.size}: {error}"
    return None


def rotations_of(source: Source) -> list[Rotation]:
    """The changes of keys that a published log tells of in its file of keys; none where it has no such file.

    Raises KeyRefused.  Who vouched for whom is still to be checked.
    """
    try:
        return parse_published_keys(source.read(KEYS))
    except ResourceMissing:
        return []


def consistency_of(source: Source, size: int) -> Callable[[int, int], Sequence[bytes]]:
    """Proves consistency from a published log's tiles."""
    subtrees = subtrees_of(source, size)
    return lambda first, second: prove_consistency(subtrees, first, second)


def export_tiles(
    published: PublishedLog, directory: Path, progress: Callable[[int], None] = lambda _: None
) -> Checkpoint | None:
    """Write the log as static files; full tiles that stand there already are left alone.

    Everything is in place before the checkpoint that promises it.  None when nothing was ever signed.
    """
    text = published.checkpoint()
    if text is None:
        return None
    checkpoint = parse_checkpoint(parse_note(text).text)
    for done, tile in enumerate(_to_write(directory, checkpoint.size), 1):
        body = published.tile(tile)
        if body is None:
            raise IntegrityFault(
                0, f"the log's checkpoint promises {tile.path}, and the database cannot fill it; run verify"
            )
        _put(directory / tile.path, body)
        progress(done)
    if rotations := published.rotations():
        keys = published_keys(history_of(rotations))
        _put(directory / KEYS, orjson.dumps(keys, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    for name, body in stamp_files(published):
        _put(directory / FOLDER / name, body)
    _put(directory / CHECKPOINT, text.encode())
    return checkpoint


def _to_write(directory: Path, size: int) -> Iterator[Tile]:
    return (tile for tile in tiles_of(size) if not (tile.is_full and (directory / tile.path).exists()))


def _put(file: Path, body: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.new")
    fresh.write_bytes(body)
    fresh.replace(file)
