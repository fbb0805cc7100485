"""Who watches public opinion, and special monitoring (八)."""

from typing import Annotated

from fastapi import Response
from pydantic import Field

from aggregates import fields
from aggregates.opinion.terms import MonitoringOccasion, SourceKind
from aggregates.registry import Registry
from web.answers import RECORDED, Named
from web.routing import router as a_router
from web.submission import TheSubmission
from web.wishes import Code, Day, OneOf, Short, Wish

router = a_router("/monitoring", "monitoring")


class Watch(Wish):
    """Who watches from a day to a day, both included."""

    officer: Code
    from_date: Day
    until_date: Day


class Session(Wish):
    """What is watched for which occasion; an emergency names its case."""

    session: Code
    occasion_kind: Annotated[str, OneOf(MonitoringOccasion)]
    occasion: Short
    source_kinds: Annotated[list[Annotated[str, OneOf(SourceKind)]], Field(max_length=fields.MOST)]
    from_date: Day
    until_date: Day
    opinion: Code | None = None


@router.post("/{unit}/duties", summary="安排监测值守 · assign monitoring duty", **RECORDED)
async def assign_monitoring_duty(unit: Named, wish: Watch, submission: TheSubmission) -> Response:
    """Record who watches for a unit."""
    return await submission.to(Registry.assign_monitoring_duty, f"monitoring/{unit}", unit=unit, **wish.stated())


@router.post("/sessions", summary="开展专项监测 · open special monitoring", **RECORDED)
async def open_special_monitoring(wish: Session, submission: TheSubmission) -> Response:
    """Open special monitoring of the acting unit."""
    stream = f"special_monitoring/{wish.session}"
    return await submission.to(Registry.open_special_monitoring, stream, **wish.stated())
