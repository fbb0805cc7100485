"""A log in its database, grown leaf by leaf: every proof of it holds, at and around its tiles' edges."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ledger.append import Command
from ledger.database import Database, open_database
from ledger.ledger import Ledger
from ledger.proof import check_consistency, check_inclusion
from ledger.tree import EMPTY_ROOT
from tests.support.ledgers import assert_whole, noted

SIZE = 600
LOOKED_AT = (1, 2, 255, 256, 257, 512, 600)


@pytest.fixture(scope="module")
def grown(store_url: str) -> Iterator[tuple[Ledger, list[bytes]]]:
    """The log, and its root after each leaf."""
    database: Database = open_database(store_url)
    with Ledger(database, "leaf by leaf") as ledger:
        roots = [EMPTY_ROOT]
        for version in range(1, SIZE + 1):
            ledger.append(Command([noted(version=version)]))
            roots.append(ledger.head().root)
        yield ledger, roots
    database.close()


def test_it_is_whole(grown: tuple[Ledger, list[bytes]]) -> None:
    assert_whole(grown[0])


@pytest.mark.parametrize("size", LOOKED_AT)
def test_it_continues_every_earlier_size(grown: tuple[Ledger, list[bytes]], size: int) -> None:
    ledger, roots = grown
    for first in range(1, size + 1):
        check_consistency(first, size, roots[first], roots[size], ledger.published.consistency(first, size))


@pytest.mark.parametrize("size", LOOKED_AT)
def test_it_holds_every_entry(grown: tuple[Ledger, list[bytes]], size: int) -> None:
    ledger, roots = grown
    leaves = [entry.leaf_hash for entry in ledger.all(until=size)]
    for index, leaf in enumerate(leaves):
        check_inclusion(leaf, index, size, ledger.published.inclusion(index, size), roots[size])
