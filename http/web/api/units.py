"""Units: registered, succeeded, with the office that does their disclosure work."""

from typing import Annotated

from fastapi import Query, Request, Response

from aggregates.registry import Registry
from aggregates.vocabulary import UnitKind
from projections import directory
from web.answers import READ, RECORDED, Named
from web.as_of import TheMoment
from web.asking import ask, listed, one
from web.dependencies import TheService
from web.paging import Cursor, Limit
from web.routing import router as a_router
from web.submission import TheSubmission
from web.wishes import Code, OneOf, Short, Wish

router = a_router("/units", "units")


class UnitRegistration(Wish):
    """A unit with its kind; ``code`` is its number in official registers."""

    unit: Code
    name_zh: Short
    name_en: Short
    kind: Annotated[str, OneOf(UnitKind)]
    code: Short | None = None


class Succession(Wish):
    """The unit that carries on."""

    successor: Code


class OfficeDesignation(Wish):
    """The office in charge of disclosure."""

    office_zh: Short


@router.post("", summary="登记单位 · register a unit", **RECORDED)
async def register_unit(wish: UnitRegistration, submission: TheSubmission) -> Response:
    """Enter a unit; it exists from now on."""
    return await submission.to(Registry.register_unit, f"unit/{wish.unit}", **wish.stated())


@router.post("/{unit}/succession", summary="登记机构承继 · record a unit's successor", **RECORDED)
async def succeed_unit(unit: Named, wish: Succession, submission: TheSubmission) -> Response:
    """Record that a unit was reorganised into another; what it did keeps its name."""
    return await submission.to(Registry.succeed_unit, f"unit/{unit}", unit=unit, **wish.stated())


@router.post("/{unit}/disclosure-office", summary="明确公开机构 · designate the disclosure office", **RECORDED)
async def designate_disclosure_office(unit: Named, wish: OfficeDesignation, submission: TheSubmission) -> Response:
    """Name the office that does a unit's disclosure work (十五)."""
    return await submission.to(Registry.designate_disclosure_office, f"unit/{unit}", unit=unit, **wish.stated())


@router.get("", summary="机构 · the units", **READ)
async def list_units(
    *,
    request: Request,
    service: TheService,
    moment: TheMoment,
    kind: Annotated[str | None, OneOf(UnitKind), Query(description="类别 · kind")] = None,
    limit: Limit = 200,
    cursor: Cursor = None,
) -> Response:
    """The units by code, as they were called at the moment asked about."""
    found = await ask(
        service,
        directory.PROJECTION.name,
        moment,
        lambda reader, as_of: directory.units(reader, as_of, kind=kind, limit=limit, cursor=cursor),
        cursor,
    )
    return listed(request, found)


@router.get("/{unit}", summary="一个机构 · one unit", **READ)
async def read_unit(unit: Named, service: TheService, moment: TheMoment) -> Response:
    """One unit with its name, its disclosure office and, where it was reorganised, its successor."""
    return one(
        await ask(service, directory.PROJECTION.name, moment, lambda reader, as_of: directory.unit(reader, unit, as_of))
    )
