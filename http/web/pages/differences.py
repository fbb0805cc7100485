"""What has become of the catalogue or the register since the moment shown: a plain page of differences to now."""

from typing import Any

from fastapi import Response

from projections.compared import COMPARED
from projections.difference import Difference, differences
from projections.temporal import NOW
from web.comparing import sights_of
from web.pages.choices import Cursor
from web.pages.route import page_router
from web.pages.visit import TheVisit, Visit

router = page_router()

_PAGE = 50

FIELDS = {
    "title": ("标题", "Title"),
    "unit": ("发布单位", "Unit"),
    "document_number": ("文号", "Document number"),
    "index_number": ("索引号", "Index number"),
    "attribute": ("公开属性", "Attribute"),
    "legal_basis": ("依据", "Legal basis"),
    "phase": ("五公开类别", "Phase"),
    "theme": ("主题", "Theme"),
    "status": ("状态", "Status"),
    "listed": ("列入目录", "Listed"),
    "publication": ("发布编号", "Publication"),
    "published_at": ("发布时间", "Published"),
    "channels": ("发布渠道", "Channels"),
    "content": ("信息原始内容", "Content"),
    "attachments": ("附件", "Attachments"),
    "corrections": ("更正", "Corrections"),
    "sealed": ("已封存内容", "Sealed contents"),
    "withdrawn_at": ("撤回时间", "Withdrawn"),
    "withdrawal_reason": ("撤回原因", "Reason of withdrawal"),
    "withdrawal_reason_code": ("撤回原因类别", "Kind of withdrawal"),
    "superseded_by": ("被替代于", "Superseded by"),
    "superseded_on": ("替代日期", "Superseded on"),
    "supersedes": ("替代", "Supersedes"),
    "archived_at": ("归档时间", "Archived"),
    "retention": ("保管期限", "Retention"),
    "archive_number": ("档号", "Archive number"),
    "withheld_passages": ("隐去处数", "Passages withheld"),
    "competent_unit": ("主管单位", "Competent unit"),
}
"""What fields are called; a field of a later version is shown by its name."""


@router.get("/catalogue/differences")
def catalogue_differences(visit: TheVisit, cursor: Cursor = "") -> Response:
    """What became of the catalogue since the moment shown."""
    return _page(visit, "catalogue", cursor or None)


@router.get("/register/differences")
def register_differences(visit: TheVisit, cursor: Cursor = "") -> Response:
    """What became of the register since the moment shown."""
    return _page(visit, "register", cursor or None)


def _page(visit: Visit, table: str, cursor: str | None) -> Response:
    sights = sights_of(visit.reader, table)
    found = differences(
        visit.service.reader,
        COMPARED[table],
        visit.as_of,
        NOW,
        sees=sights.sees,
        told=sights.told,
        limit=_PAGE,
        cursor=cursor,
    )
    return visit.page(
        "differences.html",
        place=table,
        position=found.from_position,
        found=found,
        rows=[(one, one.after or one.before, [_field(one, name) for name in one.fields]) for one in found.rows],
    )


def _field(one: Difference, name: str) -> dict[str, Any]:
    zh, en = FIELDS.get(name, (name, name))
    before, after = one.before or {}, one.after or {}
    return {"name": name, "zh": zh, "en": en, "before": _shown(before.get(name)), "after": _shown(after.get(name))}


def _shown(value: Any) -> Any:
    """A value as a line of text; of a content its name and hash, of a list its parts."""
    if isinstance(value, dict):
        named = value.get("name") or value.get("channel") or value.get("reason") or ""
        return " ".join(part for part in (str(named), str(value.get("sha256", ""))[:12]) if part)
    if isinstance(value, tuple | list):
        return "；".join(str(_shown(one)) for one in value)
    return value
