"""The annual report as a page to read and to print: the form's three tables, and how they were counted."""

from typing import Annotated

from fastapi import Path, Response

from projections.annual.document_json import exactly
from projections.annual.filling import FIRST_YEAR, unit_names
from projections.annual.form import TABLE_TITLES
from projections.annual.layout import table
from projections.annual.wording import basis, blanks, heading, section_six, title
from web.annual_reports import FileFormat, compiled_at, judge, report_file
from web.as_of import Moment
from web.pages import choices
from web.pages.choices import Chosen
from web.pages.route import page_router
from web.pages.visit import TheVisit, Visit

router = page_router()

LAST_YEAR = 9998

Year = Annotated[int, Path(ge=FIRST_YEAR, le=LAST_YEAR)]


# Before the page: its path would take the suffix for a part of the year.
@router.get("/reports/annual/{year}.{suffix}")
async def annual_report_file(visit: TheVisit, year: Year, suffix: FileFormat, unit: Chosen = "") -> Response:
    """The same report as a file."""
    moment, asked = Moment(visit.as_of, 0), unit.strip() or None
    return await report_file(visit.service, visit.reader, year, asked, moment=moment, wanted=suffix)


@router.get("/reports/annual/{year}")
def annual_report(visit: TheVisit, year: Year, unit: Chosen = "") -> Response:
    """The report of a unit, or of the district, as the ledger fills it."""
    asked = unit.strip() or None
    judge(visit.reader, asked)
    compiled, _ = compiled_at(visit.service, year, asked, visit.as_of)
    return visit.page(
        "annual.html",
        place="reports",
        position=compiled.position,
        compiled=compiled,
        unit=asked,
        units=_choices(visit, compiled.position),
        title=title(compiled),
        tables=[(heading(number), table(compiled.report, number)) for number in TABLE_TITLES],
        section_six=section_six(compiled),
        basis=basis(compiled),
        blanks=blanks(compiled),
        exactly=exactly,
        years=[other for other in (year - 1, year + 1) if FIRST_YEAR <= other <= LAST_YEAR],
    )


def _choices(visit: Visit, position: int) -> list[choices.Choice]:
    """The units whose report this reader may see."""
    reporting = unit_names(visit.service.ledger, position)
    return [
        choice for choice in choices.of_units(visit) if choice[0] in reporting and visit.may_read_affairs_of(choice[0])
    ]
