"""A store on the disk for what a format wants in another order than the log tells it.

Objects come after the events that name them, and traces are told one by one: neither fits in memory for a
log of any length.  SQLite keeps them in a file of its own that has no name and is gone when it is closed.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

_MEMORY_KIB = 32 * 1024


@contextmanager
def spool(schema: str) -> Iterator[sqlite3.Connection]:
    """An empty store with these tables, until the ``with`` ends."""
    store = sqlite3.connect("", isolation_level=None)
    try:
        store.execute(f"PRAGMA cache_size = -{_MEMORY_KIB}")
        store.execute("PRAGMA temp_store = FILE")
        store.execute("PRAGMA journal_mode = OFF")
        store.executescript(schema)
        # One transaction: nobody else reads it, and nothing of it is kept.
        store.execute("BEGIN")
        yield store
    finally:
        store.close()
