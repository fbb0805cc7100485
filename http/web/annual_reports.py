"""The annual report behind its two doors, the API and the page: who may read it, up to where, and as which file."""

from typing import Literal

from fastapi import Response

from ledger.ledger import Ledger
from projections.annual.document_json import as_json
from projections.annual.files import OFFICE_FILES
from projections.annual.filling import DISTRICT, Compiled, report_of, unit_names
from projections.temporal import AsOf
from web.as_of import Moment
from web.principal import Principal
from web.problem_codes import ProblemCode
from web.problems import Problem
from web.reading_rights import may_read_affairs_of, not_permitted, supervises
from web.service import Service
from web.wire import dump

FileFormat = Literal["json", "xlsx", "docx"]
"""As what a report may be had."""


def judge(principal: Principal | None, unit: str | None) -> None:
    """A unit's report before it is published is its own and supervision's; the district's is supervision's."""
    if not (supervises(principal) if unit is None else may_read_affairs_of(principal, unit)):
        raise not_permitted()


def compiled_at(service: Service, year: int, unit: str | None, as_of: AsOf) -> tuple[Compiled, str | None]:
    """The report as known at a moment, and the unit's Chinese name; blocks on the database.

    Raises Problem NOT_VALID for a moment of the world (a report counts by its own days), and NOT_FOUND for a
    unit that the ledger does not hold.
    """
    if as_of.occurred_at is not None:
        fault = {"pointer": "query:as_at", "detail": "an annual report counts by its year; leave as_at out"}
        raise Problem(ProblemCode.NOT_VALID, errors=[fault])
    position = _cut_off(service.ledger, as_of)
    names = unit_names(service.ledger, position)
    if unit is not None and unit not in names:
        raise Problem(ProblemCode.NOT_FOUND, position=position)
    return report_of(service.ledger, year, unit, position), None if unit is None else names[unit]


def _cut_off(ledger: Ledger, as_of: AsOf) -> int:
    resolved, size = as_of.resolve(ledger), ledger.head().size
    return size if resolved.position is None else min(resolved.position, size)


async def report_file(
    service: Service, principal: Principal | None, year: int, unit: str | None, *, moment: Moment, wanted: FileFormat
) -> Response:
    """The report as a file, for whoever may read it."""
    judge(principal, unit)
    return await service.asking(_written, service, year, unit, moment.as_of, wanted)


def _written(service: Service, year: int, unit: str | None, as_of: AsOf, wanted: FileFormat) -> Response:
    compiled, name = compiled_at(service, year, unit, as_of)
    headers = {"Ledger-Position": str(compiled.position), "Cache-Control": "private, no-cache"}
    if wanted == "json":
        return Response(dump(as_json(compiled)), headers=headers, media_type="application/json")
    whose = "district" if compiled.report.unit == DISTRICT else compiled.report.unit
    file = f"annual-{year}-{whose}-{compiled.position}.{wanted}"
    headers["Content-Disposition"] = f'attachment; filename="{file}"'
    kind = OFFICE_FILES[wanted]
    return Response(kind.write(compiled, name, service.clock()), headers=headers, media_type=kind.media_type)
