"""Entries read to be quoted: each is held against its own leaf before a word of it is passed on."""

from collections.abc import Iterator, Sequence

from ledger.entry import Entry
from ledger.errors import IntegrityFault
from ledger.ledger import Ledger
from ledger.tree import leaf_hash

_PAGE = 1000


def quoted(ledger: Ledger, *, after: int = 0, until: int | None = None, types: Sequence[str] = ()) -> Iterator[Entry]:
    """Entries in order, a page in memory at a time.  Raises IntegrityFault at one that is not its leaf's."""
    while page := ledger.read(after, _PAGE, until, types):
        yield from map(held, page)
        after = page[-1].position


def held(entry: Entry) -> Entry:
    """The entry, held against its leaf.  Raises IntegrityFault."""
    if leaf_hash(entry.raw) != entry.leaf_hash:
        raise IntegrityFault(
            entry.position,
            f"the entry at position {entry.position} does not hash to its leaf; it was not printed and nothing "
            "was changed.  Run verify, and compare with a root kept earlier",
        )
    return entry
