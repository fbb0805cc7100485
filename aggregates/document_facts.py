"""What is known of a document: its drafts, its attribute, how far it has come, its secrecy file."""

from dataclasses import dataclass

from aggregates import fields
from aggregates.attribute import AttributeReview, Determination, Examination
from aggregates.base import Record
from aggregates.document_events import DocumentEvents
from aggregates.fields import Content
from aggregates.refusal import RefusalCode, refuse
from aggregates.secrecy import SecrecyFile


@dataclass(frozen=True, slots=True)
class Draft:
    """One version of the text, and who wrote it."""

    version: int
    content: Content
    attachments: list[Content]
    officer: str

    @property
    def sha256(self) -> str:
        """The hash of the text itself."""
        return self.content["sha256"]


@dataclass(frozen=True, slots=True)
class Answer:
    """A concerned unit's last word on a draft version: confirmed, objected, or the objection settled."""

    draft_version: int
    agrees: bool


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved which content of which draft version; a new attribute or draft leaves it behind."""

    draft_version: int
    sha256: str
    officer: str


class DocumentFacts(DocumentEvents, Record):
    """The facts on which every rule about a document decides; ``aggregates.document`` files them."""

    def __init__(self) -> None:
        self.item = ""
        self.unit = ""
        self.title = ""
        self.document_number: str | None = None
        self.index_number: str | None = None
        self.policy = False
        self.on_behalf_of_government = False
        self.written_on: str | None = None
        self.theme: str | None = None
        self.phase: str | None = None
        self.drafts: list[Draft] = []
        self.determination: Determination | None = None
        self.attribute_review: AttributeReview | None = None
        self.examination: Examination | None = None
        self.submitted_version: int | None = None
        self.returns = 0
        self.open_return: str | None = None
        self.waived: list[str] = []
        self.approval: Approval | None = None
        self.approvers: list[str] = []
        self.issued_kept_back = False
        self.conversions: list[str] = []
        """The self-check cycles that turned it into proactive disclosure."""
        self.converted_on: str | None = None
        """The day of the last such conversion, from which its publication is due."""
        self.secrecy = SecrecyFile()
        self.concerned_units: list[str] = []
        """Other units whom the information concerns: named in the draft, or asked since (十五)."""
        self.answers: dict[str, Answer] = {}

    @property
    def present(self) -> Draft:
        """The draft that everything is about now."""
        return self.drafts[-1]

    @property
    def attribute(self) -> str | None:
        """The attribute as it stands, None before one is determined."""
        return None if self.determination is None else self.determination.attribute

    @property
    def drafters(self) -> set[str]:
        """Everybody who wrote a version of it."""
        return {draft.officer for draft in self.drafts}

    @property
    def state(self) -> str:
        """Where it is on its way: DRAFTING, SUBMITTED, RETURNED or APPROVED."""
        if self.open_return is not None:
            return "RETURNED"
        if self.submitted_version != self.present.version:
            return "DRAFTING"
        return "SUBMITTED" if self.approval is None else "APPROVED"

    @property
    def needs_interpretation(self) -> bool:
        """Whether (六) asks for an interpretation: a policy document that is not kept from the public.

        One that was issued while it was kept back and is opened later was issued without; nothing is
        prepared together with it any more.
        """
        is_kept_back = self.determination is not None and not self.determination.is_published
        return self.policy and not is_kept_back and not self.issued_kept_back

    @property
    def content_hashes(self) -> set[str]:
        """Every content that any draft of this item holds."""
        return {content["sha256"] for draft in self.drafts for content in (draft.content, *draft.attachments)}

    def at_version(self, draft_version: int | None) -> int:
        """The present draft's version, if that is the one meant; None means whichever is present."""
        present = self.present.version
        if draft_version is not None and fields.number(draft_version, "draft_version") != present:
            raise refuse(RefusalCode.VERSION_OUTDATED, item=self.item, current=present, draft_version=draft_version)
        return present

    def refuse_missing_attribute(self) -> None:
        """Refuse to go on without an attribute: it travels with the document."""
        if self.determination is None:
            raise refuse(RefusalCode.ATTRIBUTE_MISSING, item=self.item)

    def content_meant(self, content_sha256: str | None, *, severed: bool) -> str:
        """The content an act is about: a severed one, which must be another than the draft's, or the draft's."""
        full = self.present.sha256
        sha256 = full if content_sha256 is None else fields.sha256(content_sha256, "content_sha256")
        if severed and sha256 == full:
            raise refuse(RefusalCode.SEVERED_CONTENT_MISSING, item=self.item)
        if not severed and sha256 != full:
            raise refuse(
                RefusalCode.CONTENT_NOT_OF_DRAFT,
                item=self.item,
                draft_version=self.present.version,
                sha256=sha256,
            )
        return sha256
