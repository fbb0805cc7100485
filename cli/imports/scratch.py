"""What must be remembered of a whole file between reading it and recording it, kept on disk.

A register may have a million rows.  Which of two identical rows is the second, and which row is the
earlier version of another, is known only at the end of the file; a temporary SQLite file remembers it
and memory does not grow.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from cli.imports.records import HistoricRecord

_PAGE = 2000

_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE rows (line INTEGER PRIMARY KEY, identity BLOB NOT NULL, series BLOB, version_on TEXT);
CREATE TABLE rejected (line INTEGER PRIMARY KEY, zh TEXT NOT NULL, en TEXT NOT NULL);
"""

# The first of several identical rows is occurrence 0; so a file read again gives every row its number again.
_PLACED = """
CREATE TABLE placed AS
SELECT line, identity, row_number() OVER (PARTITION BY identity ORDER BY line) - 1 AS occurrence FROM rows
"""
# Two rows of one version are copies, neither supersedes the other; a version supersedes strictly earlier ones.
_VERSIONS = """
CREATE TABLE versions AS
SELECT series, version_on, first_line,
    lag(first_line) OVER series_in_order AS previous_line,
    lead(first_line) OVER series_in_order AS next_line,
    lead(version_on) OVER series_in_order AS next_on
FROM (
    SELECT series, version_on, min(line) AS first_line
    FROM rows WHERE series IS NOT NULL GROUP BY series, version_on
)
WINDOW series_in_order AS (PARTITION BY series ORDER BY version_on);
CREATE UNIQUE INDEX versions_key ON versions (series, version_on);
"""
_PLACEMENTS = """
SELECT placed.line, placed.identity, placed.occurrence, previous.identity, previous.occurrence
FROM placed JOIN rows USING (line)
LEFT JOIN versions ON versions.series = rows.series AND versions.version_on = rows.version_on
LEFT JOIN placed AS previous ON previous.line = versions.previous_line
ORDER BY placed.line
"""
_SUCCESSIONS = """
SELECT earlier.identity, earlier.occurrence, later.identity, later.occurrence, versions.next_on
FROM rows
JOIN versions ON versions.series = rows.series AND versions.version_on = rows.version_on
JOIN placed AS earlier ON earlier.line = rows.line
JOIN placed AS later ON later.line = versions.next_line
ORDER BY rows.line
"""


class Placement(NamedTuple):
    """A row's identity and which of its identical rows it is; together they make the item's number."""

    identity: bytes
    occurrence: int


class Placed(NamedTuple):
    """An accepted row: its line, its placement and, where it is a later version, that of the one before it."""

    line: int
    placement: Placement
    supersedes: Placement | None


class Succession(NamedTuple):
    """One version of a document and the version that supersedes it, on that one's date."""

    earlier: Placement
    later: Placement
    on_date: str


class RejectedRow(NamedTuple):
    """A row that will not be recorded, and why."""

    line: int
    zh: str
    en: str


class Scratch:
    """The notes of one import; use it in a ``with``, at whose end they are thrown away."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="disclosure-ledger-import-")
        self._notes = sqlite3.connect(Path(self._folder.name) / "rows.db", isolation_level=None)
        self._notes.executescript(_TABLES)
        self._notes.execute("BEGIN")
        self._page: list[tuple[int, bytes, bytes | None, str | None]] = []
        self.accepted = 0
        self.rejected = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._notes.close()
        self._folder.cleanup()

    def accept(self, record: HistoricRecord) -> None:
        """Note a row that can be recorded."""
        self.accepted += 1
        self._page.append((record.line, record.identity, record.series, record.version_on))
        if len(self._page) == _PAGE:
            self._turn()

    def reject(self, line: int, zh: str, en: str) -> None:
        """Note a row that cannot."""
        self.rejected += 1
        self._notes.execute("INSERT INTO rejected VALUES (?, ?, ?)", (line, zh, en))

    def complete(self) -> None:
        """The file has been read to its end: number its identical rows."""
        self._turn()
        self._notes.execute(_PLACED)
        self._notes.execute("CREATE UNIQUE INDEX placed_line ON placed (line)")
        self._notes.execute("COMMIT")
        self._notes.executescript(_VERSIONS)

    def placements(self) -> Iterator[Placed]:
        """Every accepted row, in the order of the file."""
        for line, identity, occurrence, previous, number in self._notes.execute(_PLACEMENTS):
            supersedes = None if previous is None else Placement(previous, number)
            yield Placed(line, Placement(identity, occurrence), supersedes)

    def successions(self) -> Iterator[Succession]:
        """Every version that another one of the file supersedes."""
        for one, first, other, second, on_date in self._notes.execute(_SUCCESSIONS):
            yield Succession(Placement(one, first), Placement(other, second), on_date)

    def rejections(self, most: int | None = None) -> Iterator[RejectedRow]:
        """The rejected rows in the order of the file, the first ``most`` or all."""
        limit = -1 if most is None else most
        for found in self._notes.execute("SELECT line, zh, en FROM rejected ORDER BY line LIMIT ?", (limit,)):
            yield RejectedRow(*found)

    def _turn(self) -> None:
        self._notes.executemany("INSERT INTO rows VALUES (?, ?, ?, ?)", self._page)
        self._page = []
