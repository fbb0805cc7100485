"""How requests end, and what follows: replies, service, reconsideration, lawsuits, orders (十三)."""

from typing import Annotated

from fastapi import Response
from pydantic import Field

from aggregates.registry import Registry
from aggregates.requests.words_lists import RemedyResult, ReplyKind
from web.answers import RECORDED, Named
from web.routing import router as a_router
from web.submission import TheSubmission
from web.wishes import Code, Content, Day, Long, OneOf, Short, Shorts, Wish

router = a_router("/requests", "requests")


class Reply(Wish):
    """The answer with the parts that every reply states; no person's name belongs into them."""

    kind: Annotated[str, OneOf(ReplyKind)]
    title: Short | None = None
    document_number: Short | None = None
    facts: Long | None = None
    legal_basis: Shorts = Field(default_factory=list)
    decision: Long | None = None
    remedies: Long | None = None
    sealed: bool = False
    content: Content | None = None
    duplicate_of: Code | None = None
    overriding_reason: Long | None = None
    item: Code | None = None


class Service(Wish):
    """How and when the reply reached the applicant."""

    way: Short
    served_on: Day | None = None


class Reconsideration(Wish):
    """Before which organ."""

    organ: Short
    number: Short | None = None
    filed_on: Day | None = None


class ReconsiderationDecision(Wish):
    """What it came to."""

    result: Annotated[str, OneOf(RemedyResult)]
    number: Short | None = None
    decided_on: Day | None = None


class Lawsuit(Wish):
    """Before which court."""

    court: Short
    number: Short | None = None
    filed_on: Day | None = None


class Judgment(Wish):
    """What it came to."""

    result: Annotated[str, OneOf(RemedyResult)]
    number: Short | None = None
    judged_on: Day | None = None


class DisclosureOrder(Wish):
    """From when, within how many working days."""

    effective_on: Day | None = None
    working_days: Annotated[int, Field(ge=1, le=365)] = 20
    number: Short | None = None


@router.post("/{request}/replies", summary="答复申请 · reply to a request", **RECORDED)
async def reply_request(request: Named, wish: Reply, submission: TheSubmission) -> Response:
    """Answer; a late answer is recorded and flagged, never refused."""
    return await submission.to(Registry.reply_request, f"request/{request}", request=request, **wish.stated())


@router.post("/{request}/services", summary="登记送达 · record a reply's service", **RECORDED)
async def serve_reply(request: Named, wish: Service, submission: TheSubmission) -> Response:
    """The reply was served."""
    return await submission.to(Registry.serve_reply, f"request/{request}", request=request, **wish.stated())


@router.post("/{request}/reconsiderations", summary="登记申请行政复议 · record a reconsideration", **RECORDED)
async def file_reconsideration(request: Named, wish: Reconsideration, submission: TheSubmission) -> Response:
    """The applicant asked for reconsideration."""
    return await submission.to(Registry.file_reconsideration, f"request/{request}", request=request, **wish.stated())


@router.post(
    "/{request}/reconsideration-decisions", summary="登记行政复议决定 · record a reconsideration's decision", **RECORDED
)
async def decide_reconsideration(request: Named, wish: ReconsiderationDecision, submission: TheSubmission) -> Response:
    """The reconsideration was decided."""
    return await submission.to(Registry.decide_reconsideration, f"request/{request}", request=request, **wish.stated())


@router.post("/{request}/lawsuits", summary="登记提起行政诉讼 · record a lawsuit", **RECORDED)
async def file_litigation(request: Named, wish: Lawsuit, submission: TheSubmission) -> Response:
    """The applicant went to court."""
    return await submission.to(Registry.file_litigation, f"request/{request}", request=request, **wish.stated())


@router.post("/{request}/judgments", summary="登记行政诉讼判决 · record a judgment", **RECORDED)
async def judge_litigation(request: Named, wish: Judgment, submission: TheSubmission) -> Response:
    """The lawsuit was judged."""
    return await submission.to(Registry.judge_litigation, f"request/{request}", request=request, **wish.stated())


@router.post("/{request}/disclosure-orders", summary="登记判决公开 · record a court's order to disclose", **RECORDED)
async def order_request_disclosure(request: Named, wish: DisclosureOrder, submission: TheSubmission) -> Response:
    """A new reply is owed."""
    return await submission.to(
        Registry.order_request_disclosure, f"request/{request}", request=request, **wish.stated()
    )
