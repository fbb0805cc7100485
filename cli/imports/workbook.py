"""An XLSX file read a row at a time, with its texts on disk.

The format keeps every text of a workbook in one table apart from the cells.  A register of a million
rows has millions of them; they go to a temporary file, and memory holds where each begins.
"""

import os
import tempfile
from array import array
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self
from xml.etree.ElementTree import Element, iterparse

from openpyxl.reader.excel import ExcelReader
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

_ITEM, _RUN, _TEXT = (f"{{{SHEET_MAIN_NS}}}{name}" for name in ("si", "r", "t"))
_ESCAPED_ESCAPE = "x005F_"
_REMEMBERED = 16_384


class SharedStrings:
    """The texts of one workbook by their number; use it in a ``with``, at whose end the file is gone."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="disclosure-ledger-texts-")  # noqa: SIM115 - closed in __exit__
        self._ends = array("Q", [0])
        self._read = lru_cache(maxsize=_REMEMBERED)(self._read_from_file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._file.close()

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> str:
        """The text with that number, from 0.  Raises IndexError."""
        if not 0 <= number < len(self):
            raise IndexError(number)
        return self._read(number)

    def _read_from_file(self, number: int) -> str:
        begins = self._ends[number]
        return os.pread(self._file.fileno(), self._ends[number + 1] - begins, begins).decode()

    def fill(self, source: IO[bytes]) -> None:
        """Take over every text of the table."""
        root: Element | None = None
        written = 0
        for occasion, node in iterparse(source, events=("start", "end")):  # noqa: S314 - expat bounds what entities become
            root = node if root is None else root
            if occasion == "end" and node.tag == _ITEM:
                written += self._file.write(_text_of(node).encode())
                self._ends.append(written)
                # Or the empty nodes would pile up, one a text.
                root.clear()
        self._file.flush()


def _text_of(item: Element) -> str:
    """A text whole, whatever its formatting is cut into; how it is pronounced is no part of it."""
    runs = [item, *item.findall(_RUN)]
    pieces = [node.text or "" for run in runs for node in run.findall(_TEXT)]
    return "".join(pieces).replace(_ESCAPED_ESCAPE, "")


class _Reader(ExcelReader):
    """The library's reader, which would keep every text in memory."""

    def __init__(self, path: Path, strings: SharedStrings) -> None:
        # Formulas are asked for as formulas: a cached result is nobody's statement.
        super().__init__(path, read_only=True, data_only=False)
        self._kept = strings

    def read_strings(self) -> None:
        part = self.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]  # the stubs leave it open
        if part is not None:
            with self.archive.open(part.PartName[1:]) as source:
                self._kept.fill(source)
            self.shared_strings: Any = self._kept


def read_workbook(path: Path, strings: SharedStrings) -> Any:
    """The workbook for reading row by row; raises what the library raises for a file that is none."""
    reader = _Reader(path, strings)
    reader.read()
    return reader.wb
