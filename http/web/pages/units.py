"""A unit and an officer: what they are for everybody, and their trails for those who may follow them."""

from typing import Any

from fastapi import Response

from projections import directory, trail
from projections.feed import BEIJING
from projections.reading import Listed
from projections.trail import TrailEntry
from web.pages.choices import Cursor
from web.pages.exports import Column, Export, Suffix, as_file
from web.pages.problem import not_found
from web.pages.route import page_router
from web.pages.telling import gist_of
from web.pages.trail_rights import Following, follow
from web.pages.visit import TheVisit, Visit
from web.pages.wording import instant_exactly, term

router = page_router()

_PAGE = 50


@router.get("/units")
def units(visit: TheVisit) -> Response:
    """All units, as they were called at the moment asked about."""
    listed = directory.units(visit.service.reader, visit.as_of, limit=1000)
    return visit.page("units.html", place="units", position=listed.position, units=listed.rows)


# Before the pages: their paths would take the suffix for a part of the code.
@router.get("/units/{code}.csv")
@router.get("/units/{code}.json")
@router.get("/officers/{code}.csv")
@router.get("/officers/{code}.json")
async def trail_file(visit: TheVisit, code: str) -> Response:
    """A trail as a file."""
    path = visit.request.url.path
    kind = "unit" if path.startswith("/units/") else "officer"
    suffix: Suffix = "csv" if path.endswith(".csv") else "json"
    async with follow(visit, kind, code, required=True) as following:
        return await visit.service.asking(_file, visit, kind, code, suffix, following)


@router.get("/units/{unit}")
async def unit_page(visit: TheVisit, unit: str, cursor: Cursor = "") -> Response:
    """What a unit is, and for those who may follow it, everything done in it."""
    async with follow(visit, "unit", unit) as following:
        return await visit.service.asking(_unit, visit, unit, cursor, following)


@router.get("/officers/{officer}")
async def officer_page(visit: TheVisit, officer: str, cursor: Cursor = "") -> Response:
    """The posts an officer holds, and everything the officer did; to the officer and to supervision."""
    async with follow(visit, "officer", officer, required=True) as following:
        return await visit.service.asking(_officer, visit, officer, cursor, following)


def _unit(visit: Visit, code: str, cursor: str, following: Following) -> Response:
    reader = visit.service.reader
    found = directory.unit(reader, code, visit.as_of)
    if found.value is None:
        raise not_found(("单位", "unit"), code)
    columns = directory.columns(reader, visit.as_of, unit=code).rows
    context: dict[str, Any] = {
        "unit": found.value,
        "columns": columns,
        "may_follow": following.allowed,
        "gist_of": gist_of,
    }
    if following.allowed:
        context |= {
            "report_year": visit.service.clock().astimezone(BEIJING).year - 1,
            "posts": directory.posts(reader, visit.as_of, unit=code).value or (),
            "listed": _trail(visit, "unit", code, following, cursor=cursor or None),
        }
        visit.names.look_up_officers(held.officer for held in context["posts"])
    return visit.page("unit.html", place="units", position=found.position, **context)


def _officer(visit: Visit, code: str, cursor: str, following: Following) -> Response:
    reader = visit.service.reader
    found = directory.officer(reader, code, visit.as_of)
    if found.value is None:
        raise not_found(("人员", "officer"), code)
    own = visit.reader is not None and visit.reader.officer == code
    return visit.page(
        "officer.html",
        place="self" if own else "",
        position=found.position,
        officer=found.value,
        posts=directory.posts(reader, visit.as_of, officer=code).value or (),
        gist_of=gist_of,
        listed=_trail(visit, "officer", code, following, cursor=cursor or None),
    )


def _file(visit: Visit, kind: str, code: str, suffix: Suffix, following: Following) -> Response:
    def fetch(limit: int, cursor: str | None) -> Listed[TrailEntry]:
        return _trail(visit, kind, code, following, limit=limit, cursor=cursor)

    return as_file(Export(code, _columns(visit), fetch), suffix, visit.language)


def _trail(
    visit: Visit, kind: str, code: str, following: Following, *, cursor: str | None, limit: int = _PAGE
) -> Listed[TrailEntry]:
    reader, as_of = visit.service.reader, visit.as_of
    listed = trail.of(reader, kind, code, as_of, latest_first=True, limit=limit, cursor=cursor)
    following.results += len(listed.rows)
    visit.names.look_up_officers(row.officer for row in listed.rows)
    return listed


def _columns(visit: Visit) -> list[Column[TrailEntry]]:
    language, names = visit.language, visit.names
    return [
        Column("台账位置", "Position", lambda row: row.position),
        Column("事件", "Event", lambda row: term(language, "event_type", row.type)),
        Column("事件类型", "Event type", lambda row: row.type),
        Column("事项", "Item", lambda row: row.summary.get("item") or row.summary.get("subject")),
        Column("发生时间", "Occurred", lambda row: instant_exactly(row.occurred_at)),
        Column("记录时间", "Recorded", lambda row: instant_exactly(row.recorded_at)),
        Column("单位", "Unit", lambda row: names.unit(row.unit, language) or row.unit),
        Column("岗位", "Post", lambda row: term(language, "post", row.post)),
        Column("经办人", "Officer", lambda row: row.officer),
        Column("规则集", "Ruleset", lambda row: row.ruleset),
        Column("拒绝代码", "Refused with", lambda row: row.code),
        Column("依据条款", "Article", lambda row: row.article),
    ]
