"""Where each document stands (公文公开属性): attribute, submission, approval, reviews, and what comes next.

One row an item.  Of severed passages only their number stands here; where they are and why stays in
the log.  ``next_step`` names the command that the rules ask for next, for work lists; whether it is
granted is for the Registry to say.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aggregates.vocabulary import (
    Attribute,
    AttributeConclusion,
    Command,
    SecrecyConclusion,
    SecrecyDetermination,
)
from projections.feed import Event
from projections.projection import KeylessFold, TableProjection, keyless, nothing_known, picked, to
from projections.reading import Answer, Listed, Order, Reader, RowVersion, each, list_page
from projections.tables import Shape, flags, integers, jsons, texts
from projections.temporal import NOW, AsOf, Content

DOCUMENTS = Shape(
    "items",
    key=texts("item"),
    content=(
        *texts("unit title document_number index_number theme phase written_on drafted_at drafter"),
        *flags("policy on_behalf_of_government"),
        *jsons("concerned_units content attachments"),
        *integers("draft_version"),
        # The attribute, article (一).
        *texts("attribute attribute_reason attribute_review examination"),
        *jsons("legal_basis"),
        *integers("attribute_version attribute_review_version examination_version severed_passages"),
        *flags("attribute_proposed referred"),
        # The way up.
        *integers("submitted_version returns"),
        *texts("submitted_at open_return return_ground approver approved_at approved_sha256"),
        *integers("approved_version"),
        *jsons("waived"),
        # Secrecy, article (四).
        *texts("review review_conclusion review_sha256 secrecy_reviewer reviewed_at determination"),
        *integers("review_version"),
        *flags("question_open"),
        # What became of it.
        *texts("publication publication_status"),
        *integers("published_version"),
        *texts("state next_step changed_at"),
    ),
    orders=(("changed_at",), ("unit", "changed_at"), ("next_step", "changed_at")),
    compared=True,
)

_PUBLIC = frozenset({Attribute.PROACTIVE, Attribute.PARTIAL})
_CLEARING = frozenset({SecrecyConclusion.CLEARED, SecrecyConclusion.CLEARED_WITH_SEVERANCE})

_DETERMINE_SECRECY = str(Command.DETERMINE_SECRECY)
_DETERMINE_ATTRIBUTE = str(Command.DETERMINE_DISCLOSURE_ATTRIBUTE)
_EXAMINE = str(Command.EXAMINE_NON_DISCLOSURE)
_REFER = str(Command.REFER_TO_DISCLOSURE_OFFICE)
_REVIEW_ATTRIBUTE = str(Command.REVIEW_DISCLOSURE_ATTRIBUTE)
_RESUBMIT = str(Command.RESUBMIT_DOCUMENT)
_SUBMIT = str(Command.SUBMIT_DRAFT_FOR_APPROVAL)
_APPROVE = str(Command.APPROVE_DOCUMENT)
_REVIEW_SECRECY = str(Command.CONDUCT_SECRECY_REVIEW)
_PUBLISH = str(Command.PUBLISH_INFORMATION)

NOTHING_LEFT = "none"
"""``next_step`` where the rules ask for nothing more."""


# ---------------------------------------------------------------------- the folds


def _drafted(row: Content | None, event: Event) -> Content:
    data = event.data
    named = picked(
        data, "unit", "title", "document_number", "index_number", "theme", "phase", "written_on", "policy",
        "on_behalf_of_government", "content",
    )  # fmt: skip
    return {
        **(row or nothing_known(DOCUMENTS)),
        **named,
        "concerned_units": data.get("concerned_units") or [],
        "attachments": data.get("attachments") or [],
        "draft_version": data.get("version", 1),
        "drafted_at": event.occurred_at,
        "drafter": event.officer,
        "returns": 0,
        "waived": [],
    }


def _revised(row: Content, event: Event) -> Content:
    # What was submitted and approved was another text.
    return {
        **row,
        **picked(event.data, "draft_version", "content", "attachments"),
        "drafter": event.officer,
        "submitted_version": None,
        **_NO_APPROVAL,
    }


def _attribute_determined(row: Content, event: Event) -> Content:
    data = event.data
    withdrawn: Content = {} if row["approved_version"] is None else {"submitted_version": None, **_NO_APPROVAL}
    return {
        **row,
        **withdrawn,
        "attribute": data["attribute"],
        "attribute_reason": data.get("reason"),
        "legal_basis": data.get("legal_basis") or [],
        "severed_passages": len(data.get("severed_passages") or ()),
        "attribute_version": data["draft_version"],
        "attribute_proposed": bool(data.get("proposed")),
        "attribute_review": None,
        "attribute_review_version": None,
        "examination": None,
        "examination_version": None,
        "referred": False,
    }


_NO_APPROVAL: Content = {"approver": None, "approved_at": None, "approved_sha256": None, "approved_version": None}


def _attribute_reviewed(row: Content, event: Event) -> Content:
    data = event.data
    return {**row, "attribute_review": data["conclusion"], "attribute_review_version": data["draft_version"]}


def _referred(row: Content, _event: Event) -> Content:
    return {**row, "referred": True}


def _examined(row: Content, event: Event) -> Content:
    data = event.data
    return {**row, "examination": data["conclusion"], "examination_version": data["draft_version"]}


def _submitted(row: Content, event: Event) -> Content:
    submitted = {"submitted_version": event.data["draft_version"], "submitted_at": event.occurred_at}
    return {**row, **submitted, "open_return": None, "waived": []}


def _returned(row: Content, event: Event) -> Content:
    returned = {"open_return": event.data["return_number"], "return_ground": event.data["ground"]}
    return {**row, **returned, "returns": row["returns"] + 1, "submitted_version": None}


def _defect_waived(row: Content, event: Event) -> Content:
    return {**row, "waived": [*row["waived"], event.data["defect"]]}


def _approved(row: Content, event: Event) -> Content:
    return {
        **row,
        "approver": event.officer,
        "approved_at": event.occurred_at,
        "approved_sha256": event.data["content_sha256"],
        "approved_version": event.data["draft_version"],
    }


def _secrecy_reviewed(row: Content, event: Event) -> Content:
    data = event.data
    return {
        **row,
        "review": data["review"],
        "review_conclusion": data["conclusion"],
        "review_sha256": data["content_sha256"],
        "review_version": data["draft_version"],
        "secrecy_reviewer": event.officer,
        "reviewed_at": event.occurred_at,
        "question_open": row["question_open"] or data["conclusion"] == SecrecyConclusion.ESCALATED,
    }


def _secrecy_escalated(row: Content, _event: Event) -> Content:
    return {**row, "question_open": True}


def _secrecy_determined(row: Content, event: Event) -> Content:
    return {**row, "question_open": False, "determination": event.data["conclusion"]}


def _published(row: Content, event: Event) -> Content:
    data = event.data
    return {
        **row,
        "publication": data["publication"],
        "publication_status": "published",
        "published_version": data["draft_version"],
    }


def _corrected(row: Content, event: Event) -> Content:
    return {**row, "publication_status": "corrected", "published_version": event.data["draft_version"]}


def _ended(status: str) -> Callable[[Content, Event], Content]:
    return lambda row, _: {**row, "publication_status": status}


def _first(row: Content | None, event: Event) -> Content:
    return _placed(_drafted(row, event), event)


def _then(change: Callable[[Content, Event], Content]) -> KeylessFold:
    """A fold that changes a row where there is one; an item that was never drafted here has none."""
    return lambda row, event: None if row is None else _placed(change(row, event), event)


def _placed(after: Content, event: Event) -> Content:
    """A row that a fold has just made, completed by where the document now stands."""
    after["changed_at"], after["state"], after["next_step"] = event.occurred_at, _state(after), _next_step(after)
    return after


def _state(row: Content) -> str:
    """DRAFTING, SUBMITTED, RETURNED or APPROVED, as the Registry's own word for it."""
    if row["open_return"] is not None:
        return "RETURNED"
    if row["submitted_version"] != row["draft_version"]:
        return "DRAFTING"
    return "SUBMITTED" if row["approved_version"] is None else "APPROVED"


def _next_step(row: Content) -> str:
    """The first thing missing on the way that the rules prescribe (一) (四)."""
    version, goes_public = row["draft_version"], row["attribute"] in _PUBLIC
    cleared = row["review_version"] == version and row["review_conclusion"] in _CLEARING
    confirmed = row["attribute_review"] == AttributeConclusion.CONFIRMED
    awaited = (
        (_DETERMINE_SECRECY, row["question_open"]),
        (NOTHING_LEFT, row["determination"] == SecrecyDetermination.SECRET or row["published_version"] == version),
        (_DETERMINE_ATTRIBUTE, row["attribute"] is None),
        (_EXAMINE, _needs_examination(row) and row["referred"]),
        (_REFER, _needs_examination(row)),
        (_REVIEW_ATTRIBUTE, not confirmed or row["attribute_review_version"] != version),
        (_RESUBMIT, row["open_return"] is not None),
        (_SUBMIT, row["submitted_version"] != version),
        (_APPROVE, row["approved_version"] != version),
        (_REVIEW_SECRECY, goes_public and not cleared),
        (_PUBLISH, goes_public),
    )
    return next((step for step, is_awaited in awaited if is_awaited), NOTHING_LEFT)


def _needs_examination(row: Content) -> bool:
    withheld_policy = bool(row["policy"]) and row["attribute"] == Attribute.WITHHELD
    return withheld_policy and row["examination_version"] != row["draft_version"]


_CHANGES: dict[str, Callable[[Content, Event], Content]] = {
    "document.revised/1": _revised,
    "document.attribute_determined/1": _attribute_determined,
    "document.attribute_reviewed/1": _attribute_reviewed,
    "document.referred_to_disclosure_office/1": _referred,
    "document.non_disclosure_examined/1": _examined,
    "document.submitted/1": _submitted,
    "document.returned/1": _returned,
    "document.defect_waived/1": _defect_waived,
    "document.approved/1": _approved,
    "document.secrecy_reviewed/1": _secrecy_reviewed,
    "document.secrecy_escalated/1": _secrecy_escalated,
    "document.secrecy_determined/1": _secrecy_determined,
    "publication.published/1": _published,
    "publication.corrected/1": _corrected,
    "publication.withdrawn/1": _ended("withdrawn"),
    "publication.superseded/1": _ended("superseded"),
}

PROJECTION = TableProjection(
    name="documents",
    version=2,
    tables=(DOCUMENTS,),
    routes=dict.fromkeys(["document.drafted/1", *_CHANGES], to("items", "item")),
    folds=keyless(
        {
            ("items", "document.drafted/1"): _first,
            **{("items", type_): _then(change) for type_, change in _CHANGES.items()},
        }
    ),
)


# ---------------------------------------------------------------------- what may be asked


@dataclass(frozen=True, slots=True)
class Document:
    """A document's standing; versions are draft versions, instants are texts as the entries write them."""

    item: str
    unit: str
    title: str
    document_number: str | None
    index_number: str | None
    theme: str | None
    phase: str | None
    written_on: str | None
    drafted_at: str
    drafter: str | None
    policy: bool | None
    on_behalf_of_government: bool | None
    concerned_units: tuple[str, ...]
    content: dict[str, Any] | None
    attachments: tuple[dict[str, Any], ...]
    draft_version: int
    attribute: str | None
    attribute_reason: str | None
    attribute_version: int | None
    attribute_proposed: bool | None
    attribute_review: str | None
    attribute_review_version: int | None
    legal_basis: tuple[str, ...] | None
    severed_passages: int | None
    referred: bool | None
    examination: str | None
    examination_version: int | None
    submitted_version: int | None
    submitted_at: str | None
    returns: int
    open_return: str | None
    return_ground: str | None
    waived: tuple[str, ...]
    approver: str | None
    approved_at: str | None
    approved_sha256: str | None
    approved_version: int | None
    review: str | None
    review_conclusion: str | None
    review_sha256: str | None
    review_version: int | None
    secrecy_reviewer: str | None
    reviewed_at: str | None
    question_open: bool | None
    determination: str | None
    publication: str | None
    publication_status: str | None
    published_version: int | None
    state: str
    next_step: str
    changed_at: str


def get(reader: Reader, item: str, as_of: AsOf = NOW) -> Answer[Document]:
    """One document."""
    return reader.get(PROJECTION, as_of, "items", (item,), Document)


def history(reader: Reader, item: str, as_of: AsOf = NOW) -> Answer[tuple[RowVersion, ...]]:
    """Every version of a document's row."""
    return reader.history(PROJECTION, "items", (item,), as_of)


def list_documents(
    reader: Reader,
    as_of: AsOf = NOW,
    *,
    unit: str | None = None,
    state: str | None = None,
    next_step: str | None = None,
    attribute: str | None = None,
    limit: int = 50,
    cursor: str | None = None,
) -> Listed[Document]:
    """Documents, the last changed first; ``next_step`` makes it a work list."""
    wanted = {"unit": unit, "state": state, "next_step": next_step, "attribute": attribute}
    return list_page(
        reader,
        PROJECTION,
        as_of,
        table="items",
        order=Order(("changed_at", "item"), descending=True),
        where=lambda _, table: [table.c[name] == value for name, value in wanted.items() if value is not None],
        make=each(Document),
        limit=limit,
        cursor=cursor,
    )
