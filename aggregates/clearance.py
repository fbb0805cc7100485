"""The gate before publication (四): 未经审查和批准，不得对外公开发布政府信息.

One procedure in one order, because its order is its meaning: is the item locked; is it for the public
at all; have the units it concerns confirmed it (十五); was it reviewed; was exactly this reviewed, by the
unit that publishes, with leave, and is the review unspent; was exactly this approved; is nothing
back-dated; are review and publication in different hands.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from aggregates import fields
from aggregates.deed import Deed
from aggregates.document_facts import Approval, DocumentFacts
from aggregates.fields import Content
from aggregates.organisation.confirmation import refuse_unconfirmed
from aggregates.organisation.persons import NOBODY_LINKED, Persons
from aggregates.refusal import RefusalCode, refuse
from aggregates.ruleset import Rules
from aggregates.secrecy import SecrecyReview
from aggregates.vocabulary import Attribute, SecrecyConclusion, label


@dataclass(frozen=True, slots=True)
class Clearance:
    """What may go before the public now, and by whose hands it came so far."""

    draft_version: int
    attribute: str
    content: Content
    attachments: list[Content]
    withheld_passages: int
    review: str
    drafter: str
    reviewer: str
    secrecy_reviewer: str
    approver: str
    publisher: str
    flags: list[str]


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody wants to put out: the draft as it is, or a severed content; by which review."""

    content: Mapping[str, Any] | None = None
    attachments: Iterable[Mapping[str, Any]] | None = None
    review: str | None = None


def clear(
    document: DocumentFacts,
    deed: Deed,
    rules: Rules,
    request: Request,
    *,
    spent: Mapping[str, str],
    persons: Persons = NOBODY_LINKED,
) -> Clearance:
    """Let the document's present draft pass, or refuse with the first rule it breaks.

    ``spent`` says which reviews have served which publication, ``persons`` which codes are one person.
    """
    document.secrecy.refuse_locked()
    _refuse_kept_back(document)
    refuse_unconfirmed(document)
    _refuse_unreviewed(document, request)
    content = _content_to_go_out(document, request)
    document.secrecy.refuse_secret(content["sha256"])
    review = _review_that_clears(document, deed, content, request.review, spent)
    approval = _approval_of(document, content)
    attachments = _attachments_to_go_out(document, request)
    document.refuse_back_dating(deed)
    determination = document.determination
    assert determination is not None, "an approval stands only with its attribute"
    reviewer = _attribute_reviewer(document)
    hands = _Hands(document, reviewer, review.officer, deed.officer, persons)
    return Clearance(
        draft_version=document.present.version,
        attribute=determination.attribute,
        content=content,
        attachments=attachments,
        withheld_passages=len(determination.passages),
        review=review.review,
        drafter=document.present.officer,
        reviewer=reviewer,
        secrecy_reviewer=review.officer,
        approver=approval.officer,
        publisher=deed.officer,
        flags=hands.flags(rules),
    )


def _refuse_kept_back(document: DocumentFacts) -> None:
    determination = document.determination
    if determination is not None and not determination.is_published:
        raise refuse(
            RefusalCode.NOT_PROACTIVE,
            item=document.item,
            attribute=determination.attribute,
            attribute_zh=label("attribute", determination.attribute).zh,
        )


def _refuse_unreviewed(document: DocumentFacts, request: Request) -> None:
    if request.review is not None and request.review.rpartition("/")[0] != document.item:
        raise refuse(RefusalCode.ONE_ITEM_ONE_REVIEW, items=f"{request.review}, {document.item}")
    if not document.secrecy.counting:
        raise refuse(RefusalCode.NOT_REVIEWED, item=document.item)


def _content_to_go_out(document: DocumentFacts, request: Request) -> Content:
    """The draft's own content, or for partial disclosure the severed one, which must be handed in."""
    draft = document.present
    content = draft.content if request.content is None else fields.content(request.content, "content")
    is_full = content["sha256"] == draft.sha256
    if document.attribute == Attribute.PARTIAL and is_full:
        raise refuse(RefusalCode.SEVERANCE_NOT_APPLIED, item=document.item, what=draft.content["name"])
    if document.attribute != Attribute.PARTIAL and not is_full:
        raise _version_not_reviewed(document, content["sha256"])
    return content


def _review_that_clears(
    document: DocumentFacts, deed: Deed, content: Content, named: str | None, spent: Mapping[str, str]
) -> SecrecyReview:
    """The review by which this content goes out: the publishing unit's last word on exactly this."""
    review = _last_word(document, deed, content["sha256"])
    if not review.clears:
        raise refuse(
            RefusalCode.REVIEW_REFUSED,
            item=document.item,
            review=review.review,
            conclusion=review.conclusion,
            conclusion_zh=label("secrecy_conclusion", review.conclusion).zh,
        )
    if named is not None and named != review.review:
        review = _named_review(document, deed, content["sha256"], named)
    if review.review in spent:
        raise refuse(RefusalCode.REVIEW_ALREADY_USED, review=review.review, publication=spent[review.review])
    _refuse_wrong_severance(document, review)
    return review


def _last_word(document: DocumentFacts, deed: Deed, sha256: str) -> SecrecyReview:
    of_this = [r for r in document.secrecy.counting if r.covers(document.present.version, sha256)]
    if not of_this:
        raise _version_not_reviewed(document, sha256)
    own = [review for review in of_this if review.unit == deed.unit]
    if not own:
        raise refuse(
            RefusalCode.REVIEWED_BY_OTHER_UNIT,
            item=document.item,
            review_unit=of_this[-1].unit,
            unit=deed.unit,
        )
    # Another unit's clearing does not open the gate, but its refusal shuts it.
    return own[-1] if of_this[-1].clears else of_this[-1]


def _named_review(document: DocumentFacts, deed: Deed, sha256: str, named: str) -> SecrecyReview:
    for review in document.secrecy.counting:
        if review.review == named and review.covers(document.present.version, sha256) and review.clears:
            if review.unit != deed.unit:
                raise refuse(
                    RefusalCode.REVIEWED_BY_OTHER_UNIT,
                    item=document.item,
                    review_unit=review.unit,
                    unit=deed.unit,
                )
            return review
    raise _version_not_reviewed(document, sha256)


def _refuse_wrong_severance(document: DocumentFacts, review: SecrecyReview) -> None:
    with_severance = review.conclusion == SecrecyConclusion.CLEARED_WITH_SEVERANCE
    if document.attribute == Attribute.PARTIAL and not with_severance:
        raise refuse(RefusalCode.SEVERANCE_NOT_CLEARED, item=document.item, review=review.review)


def _approval_of(document: DocumentFacts, content: Content) -> Approval:
    approval = document.approval
    if approval is None or (approval.draft_version, approval.sha256) != (
        document.present.version,
        content["sha256"],
    ):
        raise refuse(
            RefusalCode.NOT_APPROVED,
            item=document.item,
            draft_version=document.present.version,
            sha256=content["sha256"],
            attribute=document.attribute,
        )
    return approval


def _attribute_reviewer(document: DocumentFacts) -> str:
    """Who confirmed the attribute; a change requested after the approval stops the publication."""
    version = document.present.version
    if document.attribute_review is None or not document.attribute_review.confirms(version):
        raise refuse(RefusalCode.ATTRIBUTE_NOT_REVIEWED, item=document.item, draft_version=version)
    return document.attribute_review.officer


def _attachments_to_go_out(document: DocumentFacts, request: Request) -> list[Content]:
    """All attachments of the draft; for partial disclosure only those named, and none that is withheld."""
    drafted = {attachment["sha256"]: attachment for attachment in document.present.attachments}
    partial = document.attribute == Attribute.PARTIAL
    if request.attachments is None:
        return [] if partial else list(drafted.values())
    named = fields.contents(request.attachments, "attachments")
    for attachment in named:
        if attachment["sha256"] not in drafted:
            raise _version_not_reviewed(document, attachment["sha256"])
    chosen = [drafted[attachment["sha256"]] for attachment in named]
    if not partial and len(chosen) != len(drafted):
        raise fields.invalid("attachments", "须为该稿的全部附件", "they must be all attachments of the draft")
    _refuse_withheld_attachments(document, chosen)
    return chosen


def _refuse_withheld_attachments(document: DocumentFacts, chosen: list[Content]) -> None:
    passages = () if document.determination is None else document.determination.passages
    withheld = [attachment["name"] for attachment in chosen if attachment["name"] in passages]
    if withheld:
        raise refuse(RefusalCode.SEVERANCE_NOT_APPLIED, item=document.item, what=", ".join(withheld))


def _version_not_reviewed(document: DocumentFacts, sha256: str) -> Exception:
    return refuse(
        RefusalCode.VERSION_NOT_REVIEWED,
        item=document.item,
        draft_version=document.present.version,
        sha256=sha256,
    )


@dataclass(frozen=True, slots=True)
class _Hands:
    """Through whose hands the item went (谁审核谁负责，谁发布谁负责)."""

    document: DocumentFacts
    reviewer: str
    secrecy_reviewer: str
    publisher: str
    persons: Persons

    def flags(self, rules: Rules) -> list[str]:
        """Nothing where reviewers neither drafted nor publish; else a flag, or the refusal, as the rules say."""
        others = self.document.drafters | {self.publisher}
        same = self.persons.shared({self.reviewer, self.secrecy_reviewer}, others)
        if not same:
            return []
        if rules.refuses("segregation_of_duties"):
            raise refuse(RefusalCode.SEGREGATION_OF_DUTIES, item=self.document.item, same=", ".join(same))
        return [str(RefusalCode.SEGREGATION_OF_DUTIES)]
