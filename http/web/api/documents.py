"""Documents on their way: draft, attribute, circulation, approval, secrecy review (一) (四)."""

from typing import Annotated

from fastapi import Query, Request, Response
from pydantic import Field

from aggregates import fields
from aggregates.registry import Registry
from aggregates.vocabulary import (
    Attribute,
    AttributeConclusion,
    Defect,
    ExaminationConclusion,
    Phase,
    ReturnGround,
    SecrecyConclusion,
    SecrecyDetermination,
    SecrecyLevel,
)
from projections import documents
from projections.reading import Answer, Reader
from projections.temporal import AsOf
from web.answers import READ, RECORDED, REVISED, Named
from web.as_of import TheMoment
from web.asking import ask, listed, one
from web.dependencies import TheActor, TheService
from web.paging import Cursor, Limit
from web.principal import Principal
from web.problem_codes import ProblemCode
from web.problems import Problem
from web.reading_rights import may_read_affairs_of, not_permitted, supervises
from web.routing import router as a_router
from web.submission import TheRevision, TheSubmission
from web.versions import etag_at
from web.wishes import (
    CODE_PATTERN,
    Attachments,
    Code,
    Codes,
    Content,
    Day,
    DraftVersion,
    Long,
    OneOf,
    Sha256,
    Short,
    Shorts,
    Wish,
)

router = a_router("/documents", "documents")


class Draft(Wish):
    """The first draft of an item; its original content has been uploaded before."""

    item: Code
    unit: Code
    title: Short
    content: Content
    attachments: Attachments = Field(default_factory=list)
    document_number: Short | None = None
    index_number: Short | None = None
    policy: bool = False
    on_behalf_of_government: bool = False
    concerned_units: Codes = Field(default_factory=list)
    written_on: Day | None = None
    theme: Short | None = None
    phase: Annotated[str, OneOf(Phase)] | None = None


class Revision(Wish):
    """The next draft, and why."""

    content: Content
    attachments: Attachments = Field(default_factory=list)
    reason: Long


class SeveredPassage(Wish):
    """What is withheld of a partly disclosed document: where, why, on what basis."""

    locator: Short
    reason: Long
    basis: Short | None = None


Passages = Annotated[list[SeveredPassage], Field(max_length=fields.MOST)]


class AttributeDetermination(Wish):
    """The disclosure attribute of a draft, with reasons and severance where it is not fully open."""

    attribute: Annotated[str, OneOf(Attribute)] = str(Attribute.PROACTIVE)
    reason: Long | None = None
    legal_basis: Shorts = Field(default_factory=list)
    severed_passages: Passages = Field(default_factory=list)
    proposed: bool = False
    draft_version: DraftVersion | None = None


class AttributeReview(Wish):
    """What the attribute review came to."""

    conclusion: Annotated[str, OneOf(AttributeConclusion)]
    note: Long | None = None
    draft_version: DraftVersion | None = None


class Referral(Wish):
    """Which draft goes to the disclosure office; the present one if none is named."""

    draft_version: DraftVersion | None = None


class Examination(Wish):
    """What the disclosure office said to a proposed non-disclosure."""

    conclusion: Annotated[str, OneOf(ExaminationConclusion)]
    ground: Long
    note: Long | None = None
    draft_version: DraftVersion | None = None


class ForApproval(Wish):
    """A submission; an attribute given here is determined in the same command."""

    attribute: Annotated[str, OneOf(Attribute)] | None = None
    reason: Long | None = None
    legal_basis: Shorts = Field(default_factory=list)
    severed_passages: Passages = Field(default_factory=list)
    draft_version: DraftVersion | None = None


class Return(Wish):
    """Why the district office sends it back; OTHER needs a note."""

    ground: Annotated[str, OneOf(ReturnGround)]
    note: Long | None = None


class Waiver(Wish):
    """The defect that is passed over, and why."""

    defect: Annotated[str, OneOf(Defect)]
    reason: Long


class Approval(Wish):
    """What is approved; ``content_sha256`` names the severed content where disclosure is partial."""

    draft_version: DraftVersion | None = None
    content_sha256: Sha256 | None = None


class SecrecyReview(Wish):
    """One item, one review."""

    conclusion: Annotated[str, OneOf(SecrecyConclusion)]
    ground: Long
    further_items: Codes = Field(default_factory=list)
    draft_version: DraftVersion | None = None
    content_sha256: Sha256 | None = None


class SecrecyQuestion(Wish):
    """What the secrecy administration is asked."""

    question: Long
    draft_version: DraftVersion | None = None


class SecrecyAnswer(Wish):
    """What the secrecy administration determined."""

    conclusion: Annotated[str, OneOf(SecrecyDetermination)]
    ground: Long
    level: Annotated[str, OneOf(SecrecyLevel)] | None = None


def _stream(item: str) -> str:
    return f"document/{item}"


@router.post("", summary="起草公文 · draft a document", **RECORDED)
async def draft_document(wish: Draft, submission: TheSubmission) -> Response:
    """Record the first draft of an item."""
    return await submission.to(Registry.draft_document, _stream(wish.item), **wish.stated())


@router.post("/{item}/revisions", summary="修改公文 · revise a document", **REVISED)
async def revise_document(item: Named, wish: Revision, submission: TheRevision) -> Response:
    """Record the next draft; it must be reviewed, submitted and approved itself."""
    return await submission.to(Registry.revise_document, _stream(item), item=item, **wish.stated())


@router.post("/{item}/attributes", summary="认定公开属性 · determine the disclosure attribute", **RECORDED)
async def determine_disclosure_attribute(
    item: Named, wish: AttributeDetermination, submission: TheSubmission
) -> Response:
    """Determine the attribute of the present draft (公开属性认定)."""
    return await submission.to(Registry.determine_disclosure_attribute, _stream(item), item=item, **wish.stated())


@router.post("/{item}/attribute-reviews", summary="审查公开属性 · review the disclosure attribute", **RECORDED)
async def review_disclosure_attribute(item: Named, wish: AttributeReview, submission: TheSubmission) -> Response:
    """Review the attribute; the step cannot be skipped."""
    return await submission.to(Registry.review_disclosure_attribute, _stream(item), item=item, **wish.stated())


@router.post("/{item}/referrals", summary="送公开机构审查 · refer to the disclosure office", **RECORDED)
async def refer_to_disclosure_office(item: Named, wish: Referral, submission: TheSubmission) -> Response:
    """Send a proposed non-disclosure to the unit's own disclosure office."""
    return await submission.to(Registry.refer_to_disclosure_office, _stream(item), item=item, **wish.stated())


@router.post("/{item}/non-disclosure-examinations", summary="审查拟不公开 · examine a non-disclosure", **RECORDED)
async def examine_non_disclosure(item: Named, wish: Examination, submission: TheSubmission) -> Response:
    """Say, as the disclosure office, whether withholding is right."""
    return await submission.to(Registry.examine_non_disclosure, _stream(item), item=item, **wish.stated())


@router.post("/{item}/submissions", summary="报批 · submit for approval", **RECORDED)
async def submit_draft_for_approval(item: Named, wish: ForApproval, submission: TheSubmission) -> Response:
    """Submit the present draft; its attribute travels with it."""
    return await submission.to(Registry.submit_draft_for_approval, _stream(item), item=item, **wish.stated())


@router.post("/{item}/returns", summary="退文 · return a document", **RECORDED)
async def return_document(item: Named, wish: Return, submission: TheSubmission) -> Response:
    """Return a department's request, as the district office."""
    return await submission.to(Registry.return_document, _stream(item), item=item, **wish.stated())


@router.post("/{item}/waivers", summary="免予退文 · waive a defect", **RECORDED)
async def waive_defect(item: Named, wish: Waiver, submission: TheSubmission) -> Response:
    """Take a request in despite a defect, in this officer's name."""
    return await submission.to(Registry.waive_defect, _stream(item), item=item, **wish.stated())


@router.post("/{item}/resubmissions", summary="重新报送 · resubmit a document", **RECORDED)
async def resubmit_document(item: Named, wish: ForApproval, submission: TheSubmission) -> Response:
    """Submit again what was returned."""
    return await submission.to(Registry.resubmit_document, _stream(item), item=item, **wish.stated())


@router.post("/{item}/approvals", summary="批准公文 · approve a document", **REVISED)
async def approve_document(item: Named, wish: Approval, submission: TheRevision) -> Response:
    """Approve the present draft, as it was read; a drafter cannot."""
    return await submission.to(Registry.approve_document, _stream(item), item=item, **wish.stated())


@router.post("/{item}/secrecy-reviews", summary="进行保密审查 · conduct a secrecy review", **REVISED)
async def conduct_secrecy_review(item: Named, wish: SecrecyReview, submission: TheRevision) -> Response:
    """Review one item for secrets, as it was read, in the unit that will publish it."""
    return await submission.to(Registry.conduct_secrecy_review, _stream(item), item=item, **wish.stated())


@router.post("/{item}/secrecy-escalations", summary="报请确定密级 · escalate a secrecy question", **RECORDED)
async def escalate_secrecy_question(item: Named, wish: SecrecyQuestion, submission: TheSubmission) -> Response:
    """Ask the secrecy administration; the item is locked until it is determined."""
    return await submission.to(Registry.escalate_secrecy_question, _stream(item), item=item, **wish.stated())


@router.post("/{item}/secrecy-determinations", summary="确定密级 · determine secrecy", **RECORDED)
async def determine_secrecy(item: Named, wish: SecrecyAnswer, submission: TheSubmission) -> Response:
    """Answer the open question, as the secrecy administration."""
    return await submission.to(Registry.determine_secrecy, _stream(item), item=item, **wish.stated())


@router.get("", summary="公文 · documents on their way", **READ)
async def list_documents(
    *,
    request: Request,
    service: TheService,
    principal: TheActor,
    moment: TheMoment,
    unit: Annotated[str | None, Query(pattern=CODE_PATTERN, description="单位 · unit")] = None,
    state: Annotated[str | None, Query(max_length=40, pattern=r"^[A-Z_]+$")] = None,
    next_step: Annotated[
        str | None, Query(max_length=60, pattern=r"^[a-z_]+$", description="下一步 · next step")
    ] = None,
    attribute: Annotated[str | None, OneOf(Attribute), Query(description="公开属性 · attribute")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """The unit's documents, the last changed first; supervision sees those of every unit."""
    of_unit = _unit_to_read(principal, unit)
    found = await ask(
        service,
        documents.PROJECTION.name,
        moment,
        lambda reader, as_of: documents.list_documents(
            reader,
            as_of,
            unit=of_unit,
            state=state,
            next_step=next_step,
            attribute=attribute,
            limit=limit,
            cursor=cursor,
        ),
        cursor,
    )
    return listed(request, found)


def _unit_to_read(principal: Principal, named: str | None) -> str | None:
    """The unit whose documents are listed; None for all of them."""
    if supervises(principal):
        return named
    if named is not None:
        if named not in principal.units:
            raise not_permitted()
        return named
    if len(principal.units) != 1:
        fault = {"pointer": "query:unit", "detail": f"name one of your units: {', '.join(sorted(principal.units))}"}
        raise Problem(ProblemCode.NOT_VALID, errors=[fault])
    return next(iter(principal.units))


@router.get("/{item}", summary="一件公文 · one document", **READ)
async def read_document(item: Named, service: TheService, principal: TheActor, moment: TheMoment) -> Response:
    """How a document stands, and what comes next; its ``ETag`` is the version to name in ``If-Match``."""

    def question(reader: Reader, as_of: AsOf) -> tuple[Answer[documents.Document], str]:
        found = documents.get(reader, item, as_of)
        return found, etag_at(service.ledger, _stream(item), found.position)

    found, etag = await ask(service, documents.PROJECTION.name, moment, question)
    row = found.value
    if row is not None and not may_read_affairs_of(principal, row.unit, *row.concerned_units):
        # Another unit's document looks like none at all.
        return one(Answer(None, found.position))
    return one(found, {"ETag": etag})
