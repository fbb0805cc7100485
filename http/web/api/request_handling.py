"""Requests in hand: consultations, extension, reasons, delay, searches, fees (十三)."""

from typing import Annotated

from fastapi import Response
from pydantic import Field

from aggregates.registry import Registry
from aggregates.requests.words_lists import FeeScale, Opinion, ReasonsConclusion
from web.answers import RECORDED, Named
from web.routing import router as a_router
from web.submission import TheSubmission
from web.wishes import Day, Long, OneOf, Short, Shorts, Wish

router = a_router("/requests", "requests")

Count = Annotated[int, Field(ge=1, le=1_000_000)]
WorkingDays = Annotated[int, Field(ge=1, le=20)]


class Consultation(Wish):
    """Whom the letter asked, by organisation or role, and when it went and came."""

    consulted: Short
    letter_received_on: Day | None = None
    sent_on: Day | None = None
    answer_by: Day | None = None


class OpinionReceived(Wish):
    """What was said, and when it came."""

    opinion: Annotated[str, OneOf(Opinion)]
    reasons: Long | None = None
    received_on: Day | None = None
    consultation: Count | None = None


class Silence(Wish):
    """Which consultation, where several are open."""

    consultation: Count | None = None


class ExtensionApproval(Wish):
    """By how many working days, and why."""

    working_days: WorkingDays
    reason: Long


class Extension(Wish):
    """When the applicant was told; days and reason where the head approves at once."""

    applicant_told_on: Day | None = None
    working_days: WorkingDays | None = None
    reason: Long | None = None


class ReasonsAsked(Wish):
    """What exceeds what is reasonable."""

    reason: Long


class ReasonsConcluded(Wish):
    """What the organ makes of the reasons."""

    conclusion: Annotated[str, OneOf(ReasonsConclusion)]
    reason: Long


class Delay(Wish):
    """Until when, why, and when the applicant was told."""

    until: Day
    reason: Long
    applicant_told_on: Day | None = None


class Search(Wish):
    """Where and for what, and what came of it."""

    places: Shorts
    terms: Shorts
    found: bool
    result: Long


class FeeNotice(Wish):
    """One of the two scales, and the quantity it is counted by."""

    scale: Annotated[str, OneOf(FeeScale)]
    quantity: Count


class FeePayment(Wish):
    """Whole yuan."""

    amount: Count
    paid_on: Day | None = None


class Nothing(Wish):
    """A body without fields."""


@router.post("/{request}/third-party-consultations", summary="征求第三方意见 · consult a third party", **RECORDED)
async def consult_third_party(request: Named, wish: Consultation, submission: TheSubmission) -> Response:
    """The clock stands still from the day the letter is sent."""
    return await submission.to(Registry.consult_third_party, f"request/{request}", request=request, **wish.stated())


@router.post("/{request}/third-party-opinions", summary="登记第三方意见 · receive a third party's opinion", **RECORDED)
async def receive_third_party_opinion(request: Named, wish: OpinionReceived, submission: TheSubmission) -> Response:
    """The clock goes on."""
    return await submission.to(
        Registry.receive_third_party_opinion, f"request/{request}", request=request, **wish.stated()
    )


@router.post(
    "/{request}/third-party-silences", summary="登记第三方逾期未提 · record a third party's silence", **RECORDED
)
async def record_third_party_silence(request: Named, wish: Silence, submission: TheSubmission) -> Response:
    """The organ decides by itself."""
    return await submission.to(
        Registry.record_third_party_silence, f"request/{request}", request=request, **wish.stated()
    )


@router.post(
    "/{request}/co-producer-consultations", summary="征求共同制作机关意见 · consult a co-producing organ", **RECORDED
)
async def consult_co_producer(request: Named, wish: Consultation, submission: TheSubmission) -> Response:
    """The clock stands still from the day the letter is sent."""
    return await submission.to(Registry.consult_co_producer, f"request/{request}", request=request, **wish.stated())


@router.post(
    "/{request}/co-producer-opinions", summary="登记共同制作机关意见 · receive a co-producer's opinion", **RECORDED
)
async def receive_co_producer_opinion(request: Named, wish: OpinionReceived, submission: TheSubmission) -> Response:
    """The clock goes on."""
    return await submission.to(
        Registry.receive_co_producer_opinion, f"request/{request}", request=request, **wish.stated()
    )


@router.post(
    "/{request}/co-producer-silences", summary="登记共同制作机关视为同意 · record a co-producer's silence", **RECORDED
)
async def record_co_producer_silence(request: Named, wish: Silence, submission: TheSubmission) -> Response:
    """Silence is consent."""
    return await submission.to(
        Registry.record_co_producer_silence, f"request/{request}", request=request, **wish.stated()
    )


@router.post("/{request}/extension-approvals", summary="批准延期 · approve an extension", **RECORDED)
async def approve_extension(request: Named, wish: ExtensionApproval, submission: TheSubmission) -> Response:
    """For the head of the disclosure work."""
    return await submission.to(Registry.approve_extension, f"request/{request}", request=request, **wish.stated())


@router.post("/{request}/extensions", summary="延长答复期限 · extend a deadline", **RECORDED)
async def extend_deadline(request: Named, wish: Extension, submission: TheSubmission) -> Response:
    """Approved by the head and told to the applicant, or refused."""
    return await submission.to(Registry.extend_deadline, f"request/{request}", request=request, **wish.stated())


@router.post("/{request}/reason-requests", summary="要求说明理由 · ask for reasons", **RECORDED)
async def request_reasons(request: Named, wish: ReasonsAsked, submission: TheSubmission) -> Response:
    """Ask the applicant of too many requests for reasons."""
    return await submission.to(Registry.request_reasons, f"request/{request}", request=request, **wish.stated())


@router.post("/{request}/reason-conclusions", summary="认定申请理由 · conclude on the reasons", **RECORDED)
async def receive_reasons(request: Named, wish: ReasonsConcluded, submission: TheSubmission) -> Response:
    """Conclude whether the reasons are good."""
    return await submission.to(Registry.receive_reasons, f"request/{request}", request=request, **wish.stated())


@router.post("/{request}/delays", summary="延迟答复 · delay a reply", **RECORDED)
async def delay_reply(request: Named, wish: Delay, submission: TheSubmission) -> Response:
    """Set a reasonable later day."""
    return await submission.to(Registry.delay_reply, f"request/{request}", request=request, **wish.stated())


@router.post("/{request}/searches", summary="登记检索 · record a search", **RECORDED)
async def conduct_search(request: Named, wish: Search, submission: TheSubmission) -> Response:
    """A reply that nothing exists needs one."""
    return await submission.to(Registry.conduct_search, f"request/{request}", request=request, **wish.stated())


@router.post("/{request}/fee-notices", summary="发出收费通知 · issue a fee notice", **RECORDED)
async def issue_fee_notice(request: Named, wish: FeeNotice, submission: TheSubmission) -> Response:
    """The amount is the scale's."""
    return await submission.to(Registry.issue_fee_notice, f"request/{request}", request=request, **wish.stated())


@router.post("/{request}/fee-payments", summary="登记缴费 · record a payment", **RECORDED)
async def record_fee_paid(request: Named, wish: FeePayment, submission: TheSubmission) -> Response:
    """The period is counted anew."""
    return await submission.to(Registry.record_fee_paid, f"request/{request}", request=request, **wish.stated())


@router.post("/{request}/fee-lapses", summary="登记逾期未缴费 · record a fee as not paid", **RECORDED)
async def record_fee_not_paid(request: Named, wish: Nothing, submission: TheSubmission) -> Response:
    """The request is closed."""
    return await submission.to(Registry.record_fee_not_paid, f"request/{request}", request=request, **wish.stated())
