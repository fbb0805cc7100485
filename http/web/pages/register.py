"""The publication register (信息发布登记簿): the six fields of article (十), and who answers for each publication."""

from typing import Annotated, Any

from fastapi import Depends, Response

from projections import register
from projections.reading import Listed
from projections.register import Publication
from web.pages import choices
from web.pages.choices import Chosen, Cursor
from web.pages.completeness import completeness_at
from web.pages.exports import Column, Export, Suffix, as_file
from web.pages.labels import REGISTERED_STATUSES, status_of
from web.pages.route import page_router
from web.pages.visit import TheVisit, Visit
from web.pages.wording import published

router = page_router()

_PAGE = 50

Filters = dict[str, Any]


def the_filters(
    *,
    unit: Chosen = "",
    channel: Chosen = "",
    status: Chosen = "",
    officer: Chosen = "",
    from_day: Chosen = "",
    until_day: Chosen = "",
) -> Filters:
    """What the reader looks for."""
    return choices.stated(
        unit=unit, channel=channel, status=status, officer=officer, from_day=from_day, until_day=until_day
    )


TheFilters = Annotated[Filters, Depends(the_filters)]


@router.get("/register")
def register_page(visit: TheVisit, filters: TheFilters, cursor: Cursor = "") -> Response:
    """The publications, the latest first, and whether the register is complete."""
    listed = _listed(visit, filters, _PAGE, cursor or None)
    visit.names.look_up_officers(code for row in listed.rows for code in _hands(row))
    for row in listed.rows:
        visit.names.open_contents(openable(row))
    return visit.page(
        "register.html",
        place="register",
        position=listed.position,
        listed=listed,
        filters=filters,
        completeness=completeness_at(visit, listed.position),
        units=choices.of_units(visit),
        channels=choices.of_channels(visit),
        statuses=choices.of_statuses(visit, REGISTERED_STATUSES),
    )


@router.get("/register.{suffix}")
def register_file(visit: TheVisit, filters: TheFilters, suffix: Suffix) -> Response:
    """The same list as a file."""
    export = Export("register", _columns(visit), lambda limit, cursor: _listed(visit, filters, limit, cursor))
    return as_file(export, suffix, visit.language)


def openable(row: Publication) -> list[str]:
    """The contents that stand before the public with this publication; the door that hands them out judges anew."""
    if row.status not in {"published", "corrected"}:
        return []
    shown = row.corrections[-1] if row.corrections else {"content": row.content, "attachments": row.attachments}
    contents = [shown["content"], *(shown["attachments"] or ())]
    return [content["sha256"] for content in contents if content and content["sha256"] not in row.sealed]


def _listed(visit: Visit, filters: Filters, limit: int, cursor: str | None) -> Listed[Publication]:
    return register.list_publications(visit.service.reader, visit.as_of, **filters, limit=limit, cursor=cursor)


def _hands(row: Publication) -> list[str | None]:
    return [row.drafter, row.reviewer, row.secrecy_reviewer, row.approver, row.publisher]


def _columns(visit: Visit) -> list[Column[Publication]]:
    language, names = visit.language, visit.names

    def unit(code: str | None) -> str | None:
        return names.unit(code, language) or code

    def channels(row: Publication) -> str:
        return "；".join(str(unit_or_channel(one["channel"])) for one in row.channels)

    def unit_or_channel(code: str) -> str:
        return names.channel(code, language) or code

    return [
        Column("发布编号", "Publication", lambda row: row.publication),
        Column("标题", "Title", lambda row: row.title),
        Column("文号", "Document number", lambda row: row.document_number),
        Column(
            "信息原始内容（SHA-256）", "Content (SHA-256)", lambda row: row.content["sha256"] if row.content else ""
        ),
        Column("发布单位", "Unit", lambda row: unit(row.unit) or row.unit_name),
        Column("主管单位", "Competent unit", lambda row: unit(row.competent_unit)),
        Column("拟稿人", "Drafted by", lambda row: row.drafter),
        Column("审核人", "Reviewed by", lambda row: row.reviewer),
        Column("保密审查员", "Secrecy reviewed by", lambda row: row.secrecy_reviewer),
        Column("批准人", "Approved by", lambda row: row.approver),
        Column("发布人员", "Published by", lambda row: row.publisher),
        Column("发布时间", "Published", lambda row: published(row.published_at)),
        Column("发布渠道", "Channels", channels),
        Column("状态", "Status", lambda row: status_of(row.status).text(language)),
        Column("台账位置", "Position", lambda row: row.registered_position),
    ]
