"""Major decisions: flagged, published before they are taken, commented upon by anybody, answered, taken (二) (十二)."""

from typing import Annotated

from fastapi import Response
from pydantic import Field

from aggregates import fields
from aggregates.participation.terms import (
    Adoption,
    DecisionBody,
    DecisionMatter,
    DecisionOutcome,
    FlagConclusion,
    InputSource,
)
from aggregates.registry import Registry
from web.answers import RECORDED, Named
from web.routing import router as a_router
from web.submission import TheSubmission, TheUnconditional
from web.wishes import Code, Codes, Content, Day, Instant, Long, OneOf, Short, Shorts, Wish

router = a_router("/decisions", "decisions")

CommentNumber = Annotated[int, Field(ge=1, le=2**53 - 1)]


class Registration(Wish):
    """A matter that its unit flags as a major decision, and the meeting that deliberates on it."""

    decision: Code
    unit: Code
    title: Short
    decision_kind: Annotated[str, OneOf(DecisionMatter)]
    body: Annotated[str, OneOf(DecisionBody)]


class FlagReview(Wish):
    """What the district office says to the flag."""

    conclusion: Annotated[str, OneOf(FlagConclusion)]
    note: Long | None = None


class Exemption(Wish):
    """By which law, and by which secrecy review of which item, nothing is published before the decision."""

    item: Code
    review: Short
    legal_basis: Shorts
    reason: Long


class DraftPublication(Wish):
    """Draft and basis, two items that go out together; their contents are named where disclosure is partial."""

    draft_item: Code
    basis_item: Code | None = None
    column: Code
    channels: Codes
    draft_content: Content | None = None
    basis_content: Content | None = None


class CommentPeriod(Wish):
    """From when to when the public is asked, and how it may answer."""

    period_from: Day
    period_until: Day
    ways: Long
    short_reason: Long | None = None


class Comment(Wish):
    """A comment; whose it is need not be said.  ``received_at`` is for officers who enter what came on paper."""

    text: Long
    name: Short | None = None
    contact: Short | None = None
    source: Annotated[str, OneOf(InputSource)] = str(InputSource.PLATFORM)
    received_at: Instant | None = None


class Cluster(Wish):
    """Comments of one mind, by their numbers."""

    cluster: Code
    title: Short
    comments: Annotated[list[CommentNumber], Field(max_length=fields.MOST)]


class Closing(Wish):
    """The period is over; nothing need be said."""


class AdoptionLine(Wish):
    """What became of one cluster."""

    cluster: Code
    adoption: Annotated[str, OneOf(Adoption)]
    reason: Short | None = None


class Feedback(Wish):
    """What became of the comments, as an item that goes out."""

    item: Code
    channels: Codes
    adoption: Annotated[list[AdoptionLine], Field(max_length=fields.MOST)]
    column: Code | None = None
    content: Content | None = None


class Participation(Wish):
    """In which way the public took part, besides the comment period."""

    mode: Code
    held_on: Day
    participants: Annotated[int, Field(ge=1, le=1_000_000)]
    summary: Long
    source: Short | None = None


class Outcome(Wish):
    """How it was decided, at which meeting."""

    outcome: Annotated[str, OneOf(DecisionOutcome)]
    meeting: Code | None = None
    note: Long | None = None


@router.post("", summary="登记重大决策 · register a major decision", **RECORDED)
async def register_major_decision(wish: Registration, submission: TheSubmission) -> Response:
    """Flag a matter as a major decision: the flag brings the duty to publish before deciding."""
    return await submission.to(Registry.register_major_decision, f"decision/{wish.decision}", **wish.stated())


@router.post("/{decision}/reviews", summary="审核重大决策登记 · review the registration", **RECORDED)
async def review_major_decision(decision: Named, wish: FlagReview, submission: TheSubmission) -> Response:
    """Confirm the flag for the district office, or lift it."""
    about = f"decision/{decision}"
    return await submission.to(Registry.review_major_decision, about, decision=decision, **wish.stated())


@router.post("/{decision}/exemptions", summary="豁免预公开 · exempt from disclosure before deciding", **RECORDED)
async def exempt_from_pre_disclosure(decision: Named, wish: Exemption, submission: TheSubmission) -> Response:
    """Exempt what the law keeps secret."""
    about = f"decision/{decision}"
    return await submission.to(Registry.exempt_from_pre_disclosure, about, decision=decision, **wish.stated())


@router.post("/{decision}/drafts", summary="公布决策草案和依据 · publish draft and basis", **RECORDED)
async def publish_decision_draft(decision: Named, wish: DraftPublication, submission: TheSubmission) -> Response:
    """Publish both at one moment, in the column 重大决策公开 of the platform."""
    about = f"decision/{decision}"
    return await submission.to(Registry.publish_decision_draft, about, decision=decision, **wish.stated())


@router.post("/{decision}/comment-periods", summary="开始征求意见 · open a comment period", **RECORDED)
async def open_comment_period(decision: Named, wish: CommentPeriod, submission: TheSubmission) -> Response:
    """Ask the public; thirty days are the rule."""
    about = f"decision/{decision}"
    return await submission.to(Registry.open_comment_period, about, decision=decision, **wish.stated())


@router.post("/{decision}/comments", summary="提交意见 · submit a comment", **RECORDED)
async def submit_comment(decision: Named, wish: Comment, submission: TheUnconditional) -> Response:
    """Comment on the draft, with or without a credential; ``streams`` of the answer names the number given."""
    return await submission.to(Registry.submit_comment, None, decision=decision, **wish.stated())


@router.post("/{decision}/clusters", summary="归类意见 · cluster comments", **RECORDED)
async def cluster_comments(decision: Named, wish: Cluster, submission: TheSubmission) -> Response:
    """Put comments of one mind together."""
    about = f"decision/{decision}"
    return await submission.to(Registry.cluster_comments, about, decision=decision, **wish.stated())


@router.post("/{decision}/comment-period-closings", summary="截止征求意见 · close the comment period", **RECORDED)
async def close_comment_period(decision: Named, wish: Closing, submission: TheSubmission) -> Response:
    """Close the period after its last day."""
    about = f"decision/{decision}"
    return await submission.to(Registry.close_comment_period, about, decision=decision, **wish.stated())


@router.post("/{decision}/feedback", summary="公布意见采纳情况 · publish what became of the comments", **RECORDED)
async def publish_consultation_feedback(decision: Named, wish: Feedback, submission: TheSubmission) -> Response:
    """Tell the public, cluster by cluster, with reasons where concentrated comments are not adopted."""
    about = f"decision/{decision}"
    return await submission.to(Registry.publish_consultation_feedback, about, decision=decision, **wish.stated())


@router.post("/{decision}/participation", summary="登记公众参与 · record public participation", **RECORDED)
async def record_participation(decision: Named, wish: Participation, submission: TheSubmission) -> Response:
    """Note another way in which the public took part."""
    about = f"decision/{decision}"
    return await submission.to(Registry.record_participation, about, decision=decision, **wish.stated())


@router.post("/{decision}/outcomes", summary="登记决策 · record the decision", **RECORDED)
async def record_decision(decision: Named, wish: Outcome, submission: TheSubmission) -> Response:
    """Record that it was decided; refused while comments are open, and where nothing was published before."""
    about = f"decision/{decision}"
    return await submission.to(Registry.record_decision, about, decision=decision, **wish.stated())
