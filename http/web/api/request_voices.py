"""What else somebody may ask of the record: to correct it, to disclose it proactively (条例 art. 41, 44)."""

from typing import Annotated

from fastapi import Response

from aggregates.registry import Registry
from aggregates.requests.words_lists import RecordCorrectionConclusion, SuggestionConclusion
from web.answers import RECORDED, Named
from web.routing import router as a_router
from web.submission import TheSubmission, TheUnconditional
from web.wishes import Code, Day, Long, OneOf, Short, Wish

corrections = a_router("/record-corrections", "requests")
suggestions = a_router("/suggestions", "requests")


class Demand(Wish):
    """Which record is said to be wrong; who says so and in which words is kept apart."""

    record_correction: Code
    unit: Code
    subject: Short
    received_on: Day | None = None
    applicant_name: Short | None = None
    applicant_contact: Short | None = None
    demand: Long | None = None


class DemandDecision(Wish):
    """What was done; the organ, where it was passed on."""

    conclusion: Annotated[str, OneOf(RecordCorrectionConclusion)]
    reason: Long
    organ: Short | None = None
    told_on: Day | None = None


class Suggestion(Wish):
    """What should be disclosed proactively; its own words are kept apart."""

    suggestion: Code
    unit: Code
    subject: Short
    request: Code | None = None
    item: Code | None = None
    received_on: Day | None = None
    text: Long | None = None


class Examination(Wish):
    """Whether it belongs to what is proactively disclosed."""

    conclusion: Annotated[str, OneOf(SuggestionConclusion)]
    reason: Long
    item: Code | None = None


@corrections.post("", summary="登记更正申请 · enter a demand to correct a record", **RECORDED)
async def request_record_correction(wish: Demand, submission: TheUnconditional) -> Response:
    """Somebody says that a record about themself is wrong."""
    about = f"record_correction/{wish.record_correction}"
    return await submission.to(Registry.request_record_correction, about, **wish.stated())


@corrections.post("/{record_correction}/decisions", summary="处理更正申请 · decide a demand", **RECORDED)
async def decide_record_correction(
    record_correction: Named, wish: DemandDecision, submission: TheSubmission
) -> Response:
    """Correct it or not, or pass it on; and tell."""
    about = f"record_correction/{record_correction}"
    return await submission.to(
        Registry.decide_record_correction, about, record_correction=record_correction, **wish.stated()
    )


@suggestions.post("", summary="建议主动公开 · suggest proactive disclosure", **RECORDED)
async def suggest_disclosure(wish: Suggestion, submission: TheUnconditional) -> Response:
    """Enter a suggestion."""
    return await submission.to(Registry.suggest_disclosure, f"suggestion/{wish.suggestion}", **wish.stated())


@suggestions.post("/{suggestion}/examinations", summary="审核主动公开建议 · examine a suggestion", **RECORDED)
async def examine_suggestion(suggestion: Named, wish: Examination, submission: TheSubmission) -> Response:
    """Adopt it or not, and why."""
    about = f"suggestion/{suggestion}"
    return await submission.to(Registry.examine_suggestion, about, suggestion=suggestion, **wish.stated())
