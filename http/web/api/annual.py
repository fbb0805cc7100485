"""The statutory annual report (政府信息公开工作年度报告) as the ledger fills it; what it says is in ``projections.annual``."""

from typing import Annotated

from fastapi import Path, Query, Response

from projections.annual.filling import FIRST_YEAR
from web.annual_reports import FileFormat, report_file
from web.answers import READ
from web.as_of import TheMoment
from web.dependencies import TheReader, TheService
from web.routing import router as a_router
from web.wishes import CODE_PATTERN

router = a_router("/reports/annual", "reports")

LAST_YEAR = 9998


@router.get("/{year}", summary="年度报告的三张表 · the tables of an annual report", **READ)
async def read_annual_report(
    *,
    year: Annotated[int, Path(ge=FIRST_YEAR, le=LAST_YEAR, description="年度 · the report year", examples=[2025])],
    service: TheService,
    principal: TheReader,
    moment: TheMoment,
    unit: Annotated[
        str | None, Query(pattern=CODE_PATTERN, description="单位，不写为全区 · the unit; without it the district")
    ] = None,
    wanted: Annotated[FileFormat, Query(alias="format", description="json、xlsx或docx · as what")] = "json",
) -> Response:
    """Every cell with the form's captions, what stays blank, and whether the identities hold.

    Of a unit for the unit and for supervision, of the district for supervision; ``as_of_position`` or
    ``known_at`` is the cut-off.
    """
    return await report_file(service, principal, year, unit, moment=moment, wanted=wanted)
