"""The report as an XLSX workbook: a sheet a table, laid out as the form, and a sheet that says how it was counted.

What it writes, ``table_file`` reads: the checker takes our own reports like anybody's.
"""

import io
from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from projections.annual.filling import Compiled
from projections.annual.form import TABLE_TITLES
from projections.annual.layout import Box, placed, table, width
from projections.annual.wording import basis, blanks, heading, owner, section_six, title

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_THIN = Side(style="thin")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_FIRST_ROW = 4
"""The row at which a table begins, under title, owner and heading."""
_CAPTION_WIDTH, _FIGURE_WIDTH = 18, 11
_TEXT_WIDTH = 110


def workbook(compiled: Compiled, name: str | None, written_at: datetime) -> bytes:
    """The whole file.  ``name`` is the unit's; ``written_at`` stands in its properties."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number in TABLE_TITLES:
        _write_table(book.create_sheet(f"表{number}"), compiled, number, name)
    _write_notes(book.create_sheet("说明"), compiled)
    book.properties.creator, book.properties.title = "Disclosure Ledger", title(compiled)[0]
    book.properties.created = book.properties.modified = written_at.replace(tzinfo=None)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _write_table(sheet: Worksheet, compiled: Compiled, number: int, name: str | None) -> None:
    rows = table(compiled.report, number)
    columns = width(rows)
    for line, text in enumerate((title(compiled)[0], owner(compiled, name), heading(number)[0]), start=1):
        cell = sheet.cell(line, 1, text)
        cell.font = Font(bold=line != 2)  # noqa: PLR2004 - whose report it is stands between two headings
        sheet.merge_cells(start_row=line, end_row=line, start_column=1, end_column=columns)
    for line, place, box in placed(rows):
        _put(sheet, _FIRST_ROW + line, 1 + place, box)
    labels = sum(box.columns for box in rows[-1] if box.is_caption)
    for column in range(1, columns + 1):
        sheet.column_dimensions[get_column_letter(column)].width = _CAPTION_WIDTH if column <= labels else _FIGURE_WIDTH
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _put(sheet: Worksheet, line: int, place: int, box: Box) -> None:
    cell = sheet.cell(line, place, box.text if box.is_caption else box.value)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for down in range(box.rows):
        for right in range(box.columns):
            sheet.cell(line + down, place + right).border = _BORDER
    if box.rows > 1 or box.columns > 1:
        sheet.merge_cells(
            start_row=line, end_row=line + box.rows - 1, start_column=place, end_column=place + box.columns - 1
        )


def _write_notes(sheet: Worksheet, compiled: Compiled) -> None:
    sheet.column_dimensions["A"].width = _TEXT_WIDTH
    left = blanks(compiled)
    notes = [*section_six(compiled), *(text for pair in basis(compiled) for text in pair)]
    if left:
        notes += [f"台账不载，须另行填报：{left}", "Not in the ledger and to be filled in otherwise: the blank cells."]
    notes += [text for fault in compiled.faults for text in (fault.sentence_zh, fault.sentence_en)]
    for text in notes:
        sheet.append([text])
        sheet.cell(sheet.max_row, 1).alignment = Alignment(wrap_text=True, vertical="top")
