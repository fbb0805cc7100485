"""Requests as they come in: by the applicant online, by the office from paper, confirmed, corrected, split (十三)."""

from hashlib import sha256
from typing import Annotated

from fastapi import Query, Response
from pydantic import Field

from aggregates.registry import Registry
from aggregates.requests.words_lists import ApplicantKind, RequestChannel
from web.answers import READ, RECORDED, Named
from web.dependencies import TheService
from web.problem_codes import ProblemCode
from web.problems import Problem
from web.routing import router as a_router
from web.submission import TheSubmission, TheUnconditional
from web.wire import dump
from web.wishes import Code, Day, Instant, Long, OneOf, Short, Shorts, Wish

router = a_router("/requests", "requests")

LINK_PATTERN = r"^[A-Za-z0-9_-]{43,86}$"
"""At least 32 random bytes in base64url: nobody guesses it, and only its hash is recorded."""

StatusToken = Annotated[str, Field(pattern=LINK_PATTERN)]


class _Application(Wish):
    """What every request says; the applicant's own words and data are kept apart and can be erased."""

    unit: Code
    channel: Annotated[str, OneOf(RequestChannel)]
    applicant_kind: Annotated[str, OneOf(ApplicantKind)]
    request: Code | None = None
    subject: Short | None = None
    form: Short | None = None
    confirmed_on: Day | None = None
    applicant_name: Short | None = None
    applicant_id: Short | None = None
    applicant_contact: Short | None = None
    description: Long | None = None


class Application(_Application):
    """A request; whoever hands it in online makes up a token, by which its status can be asked later."""

    arrived_at: Instant | None = None
    status_token: StatusToken | None = None


class Entry(_Application):
    """A request that came another way, and when."""

    arrived_at: Instant


class Confirmation(Wish):
    """The day both sides confirmed, and the office's wording."""

    confirmed_on: Day | None = None
    subject: Short | None = None


class Splitting(Wish):
    """The matter it keeps and the others."""

    subject: Short
    others: Shorts


class OtherOrgan(Wish):
    """Which organ, and how to reach it."""

    organ: Short
    contact: Short | None = None
    told_on: Day | None = None


class CorrectionNotice(Wish):
    """What is to be corrected, by when."""

    items: Annotated[list[Long], Field(min_length=1, max_length=20)]
    correct_by: Day


class CorrectionReceived(Wish):
    """When the corrected request came."""

    received_on: Day | None = None
    subject: Short | None = None


class Nothing(Wish):
    """A body without fields."""


class RequestWithdrawal(Wish):
    """How that is known."""

    reason: Long


@router.post("", summary="登记申请 · receive a request", **RECORDED)
async def receive_request(wish: Application, submission: TheUnconditional) -> Response:
    """Hand in a request, by the public online or by an officer; the receipt's ``streams`` name its number.

    The holder of ``status_token`` asks on at ``GET /api/requests/{request}/status?token=…``.
    """
    stated = wish.stated()
    token = stated.pop("status_token")
    hashed = None if token is None else sha256(token.encode()).hexdigest()
    return await submission.to(Registry.receive_request, **stated, status_token_sha256=hashed)


@router.post("/entries", summary="录入其他途径的申请 · enter a request from another channel", **RECORDED)
async def enter_request_from_other_channel(wish: Entry, submission: TheUnconditional) -> Response:
    """Enter what came on paper, by fax or orally, with the time it came; both times are kept."""
    return await submission.to(Registry.enter_request_from_other_channel, **wish.stated())


@router.get("/{request}/status", summary="查询申请办理情况 · ask how a request stands", **READ)
async def request_status(
    request: Named, service: TheService, token: Annotated[str, Query(pattern=LINK_PATTERN)]
) -> Response:
    """For whoever holds the token the request was handed in with: state, due day, every day of the count."""
    status = await service.asking(service.registry.request_status, request, token)
    if status is None:
        raise Problem(ProblemCode.NOT_FOUND)
    headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    return Response(dump(status), headers=headers, media_type="application/json")


@router.post("/{request}/confirmations", summary="确认收到申请 · confirm a request's receipt", **RECORDED)
async def confirm_request_receipt(request: Named, wish: Confirmation, submission: TheSubmission) -> Response:
    """The period runs from that day."""
    return await submission.to(Registry.confirm_request_receipt, f"request/{request}", request=request, **wish.stated())


@router.post("/{request}/splits", summary="拆分申请 · split a request", **RECORDED)
async def split_request(request: Named, wish: Splitting, submission: TheSubmission) -> Response:
    """Each other matter becomes a request of its own."""
    return await submission.to(Registry.split_request, f"request/{request}", request=request, **wish.stated())


@router.post("/{request}/transfers", summary="告知其他机关 · name the organ that answers for it", **RECORDED)
async def transfer_request_information(request: Named, wish: OtherOrgan, submission: TheSubmission) -> Response:
    """The applicant was told whom to ask."""
    return await submission.to(
        Registry.transfer_request_information, f"request/{request}", request=request, **wish.stated()
    )


@router.post("/{request}/correction-notices", summary="告知补正 · ask for a correction", **RECORDED)
async def request_correction(request: Named, wish: CorrectionNotice, submission: TheSubmission) -> Response:
    """Once and for all."""
    return await submission.to(Registry.request_correction, f"request/{request}", request=request, **wish.stated())


@router.post("/{request}/corrections", summary="登记补正 · receive a correction", **RECORDED)
async def receive_correction(request: Named, wish: CorrectionReceived, submission: TheSubmission) -> Response:
    """The period begins anew."""
    return await submission.to(Registry.receive_correction, f"request/{request}", request=request, **wish.stated())


@router.post("/{request}/abandonments", summary="视为放弃申请 · take a request as abandoned", **RECORDED)
async def abandon_request(request: Named, wish: Nothing, submission: TheSubmission) -> Response:
    """It was not corrected in time."""
    return await submission.to(Registry.abandon_request, f"request/{request}", request=request, **wish.stated())


@router.post("/{request}/withdrawals", summary="登记撤回申请 · record a withdrawal", **RECORDED)
async def withdraw_request(request: Named, wish: RequestWithdrawal, submission: TheSubmission) -> Response:
    """The applicant took it back."""
    return await submission.to(Registry.withdraw_request, f"request/{request}", request=request, **wish.stated())
