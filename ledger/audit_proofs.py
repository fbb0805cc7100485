"""The audit of what makes the log provable: subtree roots, checkpoints, cosignatures, stamps, kept notes.

It runs behind the audit of the entries and believes the leaf hashes that one has found to be theirs.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Generic, TypeVar

from cryptography import x509
from sqlalchemy import select

from ledger import instants
from ledger.audit_span import Faults
from ledger.audit_stamps import audit_stamps, check_brackets
from ledger.brackets import Brackets
from ledger.checkpoint import Checkpoint, parse_checkpoint
from ledger.errors import IntegrityFault
from ledger.kept import hold, read_kept
from ledger.ledger import Ledger
from ledger.note import KeyRefused, NoteRefused, Verifier, parse_note, parse_signature, parse_verifier
from ledger.proof import tree_root
from ledger.recorded_rotations import audited_history
from ledger.rotation import KeyHistory
from ledger.schema import checkpoints, cosignatures, entries, subtrees
from ledger.tiles import HEIGHT, WIDTH
from ledger.tree import RightEdge, full_root

_PAGE = 8192
_AT_ONCE = 500
_Thing = TypeVar("_Thing")


@dataclass(frozen=True, slots=True)
class ProofAudit:
    """What was checked, in numbers, besides the faults."""

    subtrees: int
    checkpoints: int
    cosignatures: int
    timestamps: int
    kept: int
    rotations: int = 0


def audit_proofs(
    ledger: Ledger,
    size: int,
    faults: Faults,
    *,
    verifiers: Sequence[Verifier] = (),
    kept: Iterable[tuple[str, str]] = (),
    roots: Sequence[x509.Certificate] = (),
) -> ProofAudit:
    """Check everything that was derived from the first ``size`` entries, or kept of them by others.

    ``verifiers`` are keys that the log has or had: any of them leads to the others.  Without any,
    checkpoints are held against the tree but nobody's word is taken for their signatures.  ``kept`` are checkpoints that somebody kept, each with a name
    to report it by.  ``roots`` are the certificates that vouch for stamping authorities.
    """
    return _ProofAudit(ledger, size, faults, verifiers, roots).run(kept)


class _ProofAudit:
    def __init__(
        self,
        ledger: Ledger,
        size: int,
        faults: Faults,
        verifiers: Sequence[Verifier],
        roots: Sequence[x509.Certificate],
    ) -> None:
        self._ledger, self._size, self._faults = ledger, size, faults
        self._verifiers, self._roots = list(verifiers), list(roots)
        self._subtrees = self._checkpoints = self._cosignatures = self._stamps = self._rotations = 0
        self._keys: KeyHistory | None = None

    def run(self, kept: Iterable[tuple[str, str]]) -> ProofAudit:
        self._keys = self._history()
        held = read_kept(kept, self._size, self._keys, self._faults)
        self._walk(held)
        self._check_cosignatures()
        self._check_timestamps()
        counts = (self._subtrees, self._checkpoints, self._cosignatures, self._stamps, len(held), self._rotations)
        return ProofAudit(*counts)

    def _history(self) -> KeyHistory | None:
        """The log's keys as those that are given lead to them, by its own changes of keys."""
        published = self._ledger.published
        try:
            rotations = [rotation for rotation in published.rotations() if rotation.position <= self._size]
        except IntegrityFault as fault:
            self._faults.add(fault.position, str(fault))
            return KeyHistory(tuple(self._verifiers)) if self._verifiers else None
        self._rotations = len(rotations)
        root_at = partial(tree_root, published.subtrees)
        return audited_history(rotations, self._verifiers, root_at, self._faults)

    def _walk(self, held: Sequence[tuple[str, Checkpoint]]) -> None:
        """Grow the tree once more, leaf by leaf, and hold against it whatever claims a size of it."""
        edge, signed = RightEdge(), _Ahead(self._signed_checkpoints())
        kept = _Ahead(iter(sorted(((c.size, (name, c)) for name, c in held), key=lambda item: item[0])))
        blocks = _Ahead(self._stored_subtrees(HEIGHT))
        upper: list[bytes] = []
        self._hold(edge, signed, kept)
        block: list[bytes] = []
        for leaf in self._leaves():
            edge.append(leaf)
            block.append(leaf)
            if len(block) == WIDTH:
                upper.append(self._hold_subtree(HEIGHT, edge.size // WIDTH - 1, block, blocks))
                block = []
            if edge.size in {signed.size, kept.size}:
                self._hold(edge, signed, kept)
        self._hold_upper(upper)

    def _hold(self, edge: RightEdge, signed: "_Ahead[str]", kept: "_Ahead[tuple[str, Checkpoint]]") -> None:
        root = edge.root()
        for note in signed.take(edge.size):
            self._check_checkpoint(edge.size, root, note)
        for name, checkpoint in kept.take(edge.size):
            hold(name, checkpoint, root, self._faults)

    def _check_checkpoint(self, size: int, root: bytes, text: str) -> None:
        self._checkpoints += 1
        try:
            note = self._keys.open(text)[0] if self._keys else parse_note(text)
            checkpoint = parse_checkpoint(note.text)
        except NoteRefused as error:
            self._faults.add(size, f"the checkpoint stored for size {size} does not hold: {error}")
            return
        if (checkpoint.size, checkpoint.root) != (size, root):
            self._faults.add(
                size,
                f"the checkpoint stored for size {size} says size {checkpoint.size} and root {checkpoint.root.hex()}, "
                f"the entries hash to {root.hex()}: the entries or the checkpoint have been changed",
            )

    def _hold_subtree(self, level: int, number: int, hashes: list[bytes], stored: "_Ahead[bytes]") -> bytes:
        computed = full_root(hashes)
        self._subtrees += 1
        found = list(stored.take(number))
        if found != [computed]:
            what = f"is {found[0].hex()}" if found else "is missing"
            position = (number + 1) << level
            self._faults.add(
                position,
                f"the subtree root of level {level}, number {number} {what}, its leaves hash to {computed.hex()}: tiles "
                f"above position {position} would be wrong",
            )
        return computed

    def _hold_upper(self, hashes: list[bytes]) -> None:
        """The levels above the first: each from the one below."""
        level = 2 * HEIGHT
        while len(hashes) >= WIDTH:
            stored = _Ahead(self._stored_subtrees(level))
            groups = (hashes[at : at + WIDTH] for at in range(0, len(hashes) - WIDTH + 1, WIDTH))
            hashes = [self._hold_subtree(level, number, group, stored) for number, group in enumerate(groups)]
            level += HEIGHT

    def _leaves(self) -> Iterator[bytes]:
        table = entries
        for first in range(1, self._size + 1, _PAGE):
            window = (table.c.position >= first) & (table.c.position <= min(first + _PAGE - 1, self._size))
            query = select(table.c.leaf_hash).where(table.c.ledger == self._ledger.number, window)
            with self._ledger.database.engine.connect() as connection:
                yield from (bytes(leaf) for (leaf,) in connection.execute(query.order_by(table.c.position)).all())

    def _stored_subtrees(self, level: int) -> Iterator[tuple[int, bytes]]:
        table, after = subtrees, -1
        while True:
            query = (
                select(table.c.number, table.c.hash)
                .where(table.c.ledger == self._ledger.number, table.c.level == level, table.c.number > after)
                .order_by(table.c.number)
                .limit(_PAGE)
            )
            with self._ledger.database.engine.connect() as connection:
                page = connection.execute(query).all()
            yield from ((number, bytes(hash_)) for number, hash_ in page)
            if len(page) < _PAGE:
                return
            after = page[-1].number

    def _signed_checkpoints(self) -> Iterator[tuple[int, str]]:
        table, after = checkpoints, -1
        while True:
            query = (
                select(table.c.size, table.c.note)
                .where(table.c.ledger == self._ledger.number, table.c.size > after, table.c.size <= self._size)
                .order_by(table.c.size)
                .limit(_PAGE)
            )
            with self._ledger.database.engine.connect() as connection:
                page = connection.execute(query).all()
            yield from ((size, note) for size, note in page)
            if len(page) < _PAGE:
                return
            after = page[-1].size

    def _check_cosignatures(self) -> None:
        """Every cosignature must hold over its checkpoint under the key it is filed under."""
        query = (
            select(cosignatures.c.size, cosignatures.c.witness, cosignatures.c.line, checkpoints.c.note)
            .outerjoin(
                checkpoints,
                (checkpoints.c.ledger == cosignatures.c.ledger) & (checkpoints.c.size == cosignatures.c.size),
            )
            .where(cosignatures.c.ledger == self._ledger.number)
            .order_by(cosignatures.c.size)
        )
        with self._ledger.database.engine.connect() as connection:
            for size, witness, line, note in connection.execute(query):
                self._cosignatures += 1
                try:
                    if note is None:
                        raise NoteRefused("there is no checkpoint of that size")  # noqa: TRY301 - one sentence for all
                    parse_verifier(witness).check(parse_note(note).text, parse_signature(line))
                except (NoteRefused, KeyRefused) as error:
                    self._faults.add(size, f"a cosignature over the checkpoint of size {size} does not hold: {error}")

    def _check_timestamps(self) -> None:
        """Every stamp must hold, and no entry may claim to have been recorded outside its bracket."""
        rows = list(self._ledger.published.timestamps(last=self._size))
        self._stamps = len(rows)
        stamps = audit_stamps(rows, self._checkpoint_text, self._roots, self._faults)
        edges = sorted(Brackets(stamps).edges())
        check_brackets(stamps, self._recorded(edges), self._faults)

    def _recorded(self, positions: Sequence[int]) -> dict[int, datetime]:
        """The moments of recording of these positions, as far as there are such."""
        table, found = entries, {}
        for first in range(0, len(positions), _AT_ONCE):
            query = select(table.c.position, table.c.recorded_at).where(
                table.c.ledger == self._ledger.number, table.c.position.in_(positions[first : first + _AT_ONCE])
            )
            with self._ledger.database.engine.connect() as connection:
                for position, recorded in connection.execute(query):
                    found[position] = instants.from_microseconds(recorded)
        return found

    def _checkpoint_text(self, size: int) -> str | None:
        query = select(checkpoints.c.note).where(
            checkpoints.c.ledger == self._ledger.number, checkpoints.c.size == size
        )
        with self._ledger.database.engine.connect() as connection:
            note = connection.execute(query).scalar()
        return None if note is None else parse_note(note).text


class _Ahead(Generic[_Thing]):
    """An ordered run of (number, thing), looked into one ahead."""

    def __init__(self, run: Iterator[tuple[int, _Thing]]) -> None:
        self._run = run
        self._next = next(run, None)

    @property
    def size(self) -> int:
        """The number that comes next; -1 when nothing does."""
        return -1 if self._next is None else self._next[0]

    def take(self, number: int) -> Iterator[_Thing]:
        """Everything up to and with a number; what stands before it was passed over by its owner."""
        while self._next is not None and self._next[0] <= number:
            at, thing = self._next
            self._next = next(self._run, None)
            if at == number:
                yield thing
