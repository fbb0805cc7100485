"""Findings: information of a unit before the public that no register holds (十)."""

from fastapi import Response

from aggregates.registry import Registry
from web.answers import RECORDED
from web.routing import router as a_router
from web.submission import TheUnconditional
from web.wishes import Code, Content, Instant, Short, Wish

router = a_router("/found", "found")


class Finding(Wish):
    """What was seen where; ``channel`` is text, because it may be none of ours."""

    found: Code
    unit: Code
    channel: Short
    title: Short
    source: Short
    item: Code | None = None
    found_at: Instant | None = None
    seen_published_at: Instant | None = None
    evidence: Content | None = None


@router.post("", summary="登记未登记发布 · report an unregistered publication", **RECORDED)
async def report_unregistered_publication(wish: Finding, submission: TheUnconditional) -> Response:
    """Write the finding down as what it is, a breach with its evidence."""
    return await submission.to(Registry.report_unregistered_publication, f"found/{wish.found}", **wish.stated())
