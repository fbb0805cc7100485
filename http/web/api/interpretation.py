"""Policy documents with their interpretations: who owes one, signing and publishing them together (五) (六)."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import Field

from aggregates import fields
from aggregates.interpretation.commands import BOTH
from aggregates.interpretation.words import InterpretationForm, PackagePart
from aggregates.registry import Registry
from web.answers import RECORDED, Named
from web.routing import router as a_router
from web.submission import TheSubmission
from web.wishes import Attachments, Code, Codes, Content, Day, Instant, Long, OneOf, Sha256, Wish

router = a_router("/policy-packages", "policy-packages")

ROUTERS: tuple[APIRouter, ...] = (router,)


class JointIssue(Wish):
    """Exactly one unit leads, at least one other takes part."""

    lead: Code
    co_issuers: Codes


class Cooperation(Wish):
    """What a co-issuer gave to the interpretation."""

    unit: Code
    contribution: Long


class Duty(Wish):
    """Another owner than the rules derive needs a reason."""

    owner: Code | None = None
    reason: Long | None = None


class Registration(Wish):
    """The item that interprets, and its form."""

    interpretation: Code
    form: Annotated[str, OneOf(InterpretationForm)]
    note: Long | None = None


class Effect(Wish):
    """How often an interpretation had been read or played by a day."""

    interpretation: Code
    views: Annotated[int, Field(ge=0, le=2**53 - 1)]
    measured_on: Day
    note: Long | None = None


class Approval(Wish):
    """Which interpretation the principal approves."""

    interpretation: Code


class SignOff(Wish):
    """The severed content, where the document is disclosed in part."""

    content_sha256: Sha256 | None = None


class PackagePublication(Wish):
    """Where document and interpretations go out; one part alone is recorded with its lag."""

    channels: Codes
    column: Code | None = None
    parts: Annotated[list[Annotated[str, OneOf(PackagePart)]], Field(min_length=1, max_length=fields.MOST)] = Field(
        default_factory=lambda: list(BOTH)
    )
    content: Content | None = None
    attachments: Attachments | None = None
    client_published_at: Instant | None = None


def _stream(item: str) -> str:
    return f"policy_package/{item}"


@router.post("/{item}/joint-issues", summary="登记联合发文 · register a joint issue", **RECORDED)
async def register_joint_issue(item: Named, wish: JointIssue, submission: TheSubmission) -> Response:
    """Record who issues a policy document together."""
    return await submission.to(Registry.register_joint_issue, _stream(item), item=item, **wish.stated())


@router.post("/{item}/cooperation", summary="登记配合解读 · record cooperation", **RECORDED)
async def record_cooperation(item: Named, wish: Cooperation, submission: TheSubmission) -> Response:
    """Record what a co-issuer gave to the interpretation."""
    return await submission.to(Registry.record_cooperation, _stream(item), item=item, **wish.stated())


@router.post("/{item}/duties", summary="确定解读责任 · assign the duty to interpret", **RECORDED)
async def assign_interpretation_duty(item: Named, wish: Duty, submission: TheSubmission) -> Response:
    """Record who owes the interpretation, as the rules derive it or otherwise with a reason."""
    return await submission.to(Registry.assign_interpretation_duty, _stream(item), item=item, **wish.stated())


@router.post("/{item}/interpretations", summary="登记解读材料 · register an interpretation", **RECORDED)
async def register_interpretation(item: Named, wish: Registration, submission: TheSubmission) -> Response:
    """Register a drafted item as the document's interpretation."""
    return await submission.to(Registry.register_interpretation, _stream(item), item=item, **wish.stated())


@router.post("/{item}/effects", summary="登记解读效果 · record an effect", **RECORDED)
async def record_interpretation_effect(item: Named, wish: Effect, submission: TheSubmission) -> Response:
    """Record how far an interpretation reached."""
    return await submission.to(Registry.record_interpretation_effect, _stream(item), item=item, **wish.stated())


@router.post("/{item}/interpretation-approvals", summary="审定解读材料 · approve an interpretation", **RECORDED)
async def approve_interpretation(item: Named, wish: Approval, submission: TheSubmission) -> Response:
    """Approve an interpretation's present content, as the drafting unit's principal."""
    return await submission.to(Registry.approve_interpretation, _stream(item), item=item, **wish.stated())


@router.post("/{item}/sign-offs", summary="同步审签 · sign off a package", **RECORDED)
async def sign_off_policy_package(item: Named, wish: SignOff, submission: TheSubmission) -> Response:
    """Sign the document and its interpretations in one act, which approves each of them."""
    return await submission.to(Registry.sign_off_policy_package, _stream(item), item=item, **wish.stated())


@router.post("/{item}/publications", summary="同步发布 · publish a package", **RECORDED)
async def publish_policy_package(item: Named, wish: PackagePublication, submission: TheSubmission) -> Response:
    """Publish document and interpretations at once; the last entry states their lag in seconds."""
    return await submission.to(Registry.publish_policy_package, _stream(item), item=item, **wish.stated())
