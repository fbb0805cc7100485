"""The report as an office file, by the file's suffix."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple

from projections.annual import letter, workbook
from projections.annual.filling import Compiled

Write = Callable[[Compiled, str | None, datetime], bytes]
"""From a report, the unit's name and the time of writing to the bytes of the file."""


class OfficeFile(NamedTuple):
    """What a file is announced as, and how it is written."""

    media_type: str
    write: Write


OFFICE_FILES: Mapping[str, OfficeFile] = {
    "xlsx": OfficeFile(workbook.MEDIA_TYPE, workbook.workbook),
    "docx": OfficeFile(letter.MEDIA_TYPE, letter.letter),
}
"""Every kind there is, by its suffix."""
