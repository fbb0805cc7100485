"""The report as a DOCX document, to be completed and signed: its six sections, the three tables in their places.

Sections 一 and 五 are the organ's own words; they are left for it to write.
"""

import io
from datetime import datetime

from docx import Document
from docx.document import Document as Letter
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from projections.annual.filling import Compiled
from projections.annual.form import TABLE_TITLES
from projections.annual.layout import placed, table, width
from projections.annual.wording import basis, blanks, heading, owner, section_six, title

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_FACE = "宋体"
_TEXT, _IN_TABLES = Pt(12), Pt(8)
_A4 = (Mm(297), Mm(210))
_MARGIN = Mm(15)


def letter(compiled: Compiled, name: str | None, written_at: datetime) -> bytes:
    """The whole file.  ``name`` is the unit's; ``written_at`` stands in its properties."""
    document = Document()
    _set_up(document, compiled, written_at)
    document.add_heading(title(compiled)[0], 0)
    document.add_paragraph(owner(compiled, name))
    document.add_heading("一、总体情况", 1)
    document.add_paragraph()
    for number in TABLE_TITLES:
        document.add_heading(heading(number)[0], 1)
        _draw(document, compiled, number)
    document.add_heading("五、存在的主要问题及改进情况", 1)
    document.add_paragraph()
    section, _, text = section_six(compiled)[0].partition("：")
    document.add_heading(section, 1)
    document.add_paragraph(text)
    _note(document, compiled)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _set_up(document: Letter, compiled: Compiled, written_at: datetime) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FACE, _TEXT
    # The Latin name alone would leave Chinese to whatever the office program likes.
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FACE)
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = _A4
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = _MARGIN
    properties = document.core_properties
    properties.author, properties.title = "Disclosure Ledger", title(compiled)[0]
    properties.created = properties.modified = written_at


def _draw(document: Letter, compiled: Compiled, number: int) -> None:
    rows = table(compiled.report, number)
    drawn = document.add_table(len(rows), width(rows), style="Table Grid")
    drawn.alignment = WD_TABLE_ALIGNMENT.CENTER
    # Every look at a row makes the library count its cells anew; they are taken once.
    grid = [list(row.cells) for row in drawn.rows]
    for line, place, box in placed(rows):
        cell = grid[line][place]
        if box.rows > 1 or box.columns > 1:
            cell = cell.merge(grid[line + box.rows - 1][place + box.columns - 1])
        blank = "" if box.value is None else str(box.value)
        paragraph = cell.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(box.text if box.is_caption else blank).font.size = _IN_TABLES


def _note(document: Letter, compiled: Compiled) -> None:
    """How it was counted, for whoever completes it; to be taken out before it is sent."""
    document.add_heading("填报说明（报送前删去）", 1)
    left = blanks(compiled)
    notes = [zh for zh, _ in basis(compiled)]
    if left:
        notes.append(f"台账不载，须另行填报：{left}")
    notes += [fault.sentence_zh for fault in compiled.faults]
    for note in notes:
        document.add_paragraph(note, style="List Bullet")
