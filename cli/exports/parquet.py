"""Events as Parquet, for DuckDB and its like: a directory of parts, each named by the positions it holds.

A part takes its name when it is whole.  Another export adds what has been recorded since, so that the directory
is carried on after a break as well as after a month.  Needs pyarrow, the extra ``disclosure-ledger[parquet]``.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any, Final

from cli.exports.rows import EVENT_COLUMNS, event_row
from cli.failure import Failure
from ledger.entry import Entry
from ledger.ledger import Ledger

PART: Final = 100_000
"""Entries of a part at most."""

_GROUP: Final = 10_000
"""Rows that are in memory at once."""

_NAME: Final = re.compile(r"events-(\d{12})-(\d{12})\.parquet")
_NUMBERS: Final = frozenset({"position", "version"})
_INSTANTS: Final = frozenset({"occurred_at", "recorded_at"})


class Parts:
    """The parts in a directory, which is made if it is not there.  Raises Failure without pyarrow."""

    def __init__(self, directory: Path) -> None:
        self._arrow, self._parquet = _library()
        self._directory = directory
        directory.mkdir(parents=True, exist_ok=True)

    def carried_to(self, ledger: Ledger) -> int:
        """The last position that the parts hold without a gap from the first on, 0 if there is none.

        Raises Failure for parts with a gap, and for those of another ledger.
        """
        reached, last = 0, None
        for path in sorted(self._directory.iterdir()):
            if (named := _NAME.fullmatch(path.name)) is not None:
                reached, last = self._after(reached, named), path
        if last is not None and self._leaf(last) != _leaf_at(ledger, reached):
            raise _foreign(last)
        return reached

    def _after(self, reached: int, named: re.Match[str]) -> int:
        if int(named[1]) != reached + 1:
            raise Failure(
                f"目录中位置{reached}之后缺少部分，{named[0]}接不上。未导出。请补齐，或换一个目录。",
                f"The directory's parts have a gap after position {reached}: {named[0]} does not follow. Nothing was "
                "exported. Restore what is missing, or name another directory.",
            )
        return int(named[2])

    def _leaf(self, path: Path) -> str:
        file = self._parquet.ParquetFile(path)
        group = file.read_row_group(file.num_row_groups - 1, columns=["leaf_hash"])
        return str(group.column(0)[-1])

    def write(self, entries: Iterable[Entry], after: int) -> int:
        """Write the entries that follow a position, a part after the other; answers how many there were."""
        rest, count = iter(entries), 0
        while written := self._write_part(islice(rest, PART), after + count + 1):
            count += written
        return count

    def _write_part(self, entries: Iterator[Entry], first: int) -> int:
        partial = self._directory / ".part.partial"
        count = 0
        try:
            with self._parquet.ParquetWriter(partial, self._schema(), compression="zstd") as writer:
                while group := [event_row(entry) for entry in islice(entries, _GROUP)]:
                    writer.write_table(self._table(group))
                    count += len(group)
            if count:
                partial.replace(self._directory / f"events-{first:012}-{first + count - 1:012}.parquet")
        finally:
            with suppress(FileNotFoundError):
                partial.unlink()
        return count

    def _schema(self) -> Any:
        arrow = self._arrow
        types = {name: arrow.int64() for name in _NUMBERS} | {name: arrow.timestamp("us", "UTC") for name in _INSTANTS}
        return arrow.schema([(name, types.get(name, arrow.string())) for name in EVENT_COLUMNS])

    def _table(self, rows: list[dict[str, Any]]) -> Any:
        columns = [self._column(name, [row[name] for row in rows]) for name in EVENT_COLUMNS]
        return self._arrow.Table.from_arrays(columns, schema=self._schema())

    def _column(self, name: str, values: list[Any]) -> Any:
        arrow = self._arrow
        if name in _INSTANTS:
            return arrow.array(values, arrow.string()).cast(arrow.timestamp("us", "UTC"))
        return arrow.array(values, arrow.int64() if name in _NUMBERS else arrow.string())


def _library() -> tuple[Any, Any]:
    try:
        return import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError:
        raise Failure(
            "导出Parquet需要pyarrow（约55 MB），本机没有安装，未导出。请安装disclosure-ledger[parquet]，或用--format jsonl："
            "DuckDB也能直接读取。",
            "Parquet needs pyarrow (some 55 MB), which is not installed here; nothing was exported. Install "
            "disclosure-ledger[parquet], or use --format jsonl, which DuckDB reads as well.",
        ) from None


def _leaf_at(ledger: Ledger, position: int) -> str:
    return ledger.entry(position).leaf_hash.hex() if position <= ledger.head().size else ""


def _foreign(path: Path) -> Failure:
    return Failure(
        f"{path.name}不是本台账的条目，未导出，原目录未动。请换一个目录。",
        f"{path.name} does not hold this ledger's entries; nothing was exported and the directory is as it was. Name "
        "another one.",
    )
