"""A timeline as a file: its columns, and its members."""

from typing import Any

from web.pages.exports import Column
from web.pages.telling import Told
from web.pages.visit import Visit
from web.pages.wording import instant_exactly, term


def columns_of(visit: Visit) -> list[Column[Told]]:
    """Who did what when, by which rule, one row an entry."""
    language, names = visit.language, visit.names

    def refused(row: Told, name: str) -> str:
        return str(row.refusal.get(name, "")) if row.refusal else ""

    return [
        Column("台账位置", "Position", lambda row: row.position),
        Column("事件", "Event", lambda row: term(language, "event_type", row.type)),
        Column("事件类型", "Event type", lambda row: row.type),
        Column("发生时间", "Occurred", lambda row: instant_exactly(row.occurred_at)),
        Column("记录时间", "Recorded", lambda row: instant_exactly(row.recorded_at)),
        Column("单位", "Unit", lambda row: names.unit(row.actor.unit, language) or row.actor.unit if row.actor else ""),
        Column("岗位", "Post", lambda row: term(language, "post", row.actor.post) if row.actor else ""),
        Column("经办人", "Officer", lambda row: row.actor.officer if row.actor else ""),
        Column("依据条款", "Article", lambda row: row.article),
        Column("规则集", "Ruleset", lambda row: row.ruleset),
        Column("拒绝代码", "Refused with", lambda row: refused(row, "code")),
        Column("拒绝理由", "Refused because", lambda row: refused(row, f"sentence_{language}")),
    ]


def members_of(row: Told) -> dict[str, Any]:
    """One entry of a timeline for programs; codes stay codes."""
    return {
        "position": row.position,
        "type": row.type,
        "stream": row.stream,
        "occurred_at": row.occurred_at,
        "recorded_at": row.recorded_at,
        "actor": row.actor.to_json() if row.actor else None,
        "on_behalf_of": row.on_behalf_of,
        "ruleset": row.ruleset,
        "workflow": row.workflow,
        "article": row.article,
        "facts": {fact.name: fact.value for fact in row.facts},
        "refusal": row.refusal,
    }
