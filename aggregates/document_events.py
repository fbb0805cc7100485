"""What is written in a document's file, event by event; what may be written is in ``aggregates.document``."""

from typing import Any

from aggregates.base import LedgerEvent
from aggregates.fields import Content
from aggregates.organisation.confirmation_events import CoordinationEvents


class DocumentEvents(CoordinationEvents):
    """The events of one item, in the order in which they usually come."""

    class Drafted(LedgerEvent):
        """The first draft (拟稿)."""

        TOPIC = "document.drafted/1"
        item: str
        unit: str
        title: str
        document_number: str | None
        index_number: str | None
        policy: bool
        on_behalf_of_government: bool
        concerned_units: list[str]
        written_on: str | None
        theme: str | None
        phase: str | None
        version: int
        content: Content
        attachments: list[Content]

    class Classified(LedgerEvent):
        """Which of the five kinds of openness the item belongs to (五公开类别认定)."""

        TOPIC = "document.classified/1"
        item: str
        phase: str
        phase_before: str | None

    class Revised(LedgerEvent):
        """A further draft; what was reviewed, submitted or approved was another."""

        TOPIC = "document.revised/1"
        item: str
        draft_version: int
        content: Content
        attachments: list[Content]
        reason: str

    class AttributeDetermined(LedgerEvent):
        """The disclosure attribute, or the proposal of it for a draft of the government (公开属性认定)."""

        TOPIC = "document.attribute_determined/1"
        item: str
        draft_version: int
        attribute: str
        reason: str | None
        legal_basis: list[str]
        severed_passages: list[dict[str, Any]]
        proposed: bool

    class AttributeChanged(LedgerEvent):
        """What was kept back becomes proactive after a self-check; the old decision stays on record (转为主动公开)."""

        TOPIC = "document.attribute_changed/1"
        item: str
        draft_version: int
        attribute_before: str
        attribute: str
        cause: str
        cycle: str
        review: str
        reason: str

    class AttributeReviewed(LedgerEvent):
        """The step that no workflow may skip (公开属性审查)."""

        TOPIC = "document.attribute_reviewed/1"
        item: str
        draft_version: int
        conclusion: str
        note: str | None

    class ReferredToDisclosureOffice(LedgerEvent):
        """A proposed non-disclosure went to the unit's disclosure office."""

        TOPIC = "document.referred_to_disclosure_office/1"
        item: str
        draft_version: int

    class NonDisclosureExamined(LedgerEvent):
        """What the unit's disclosure office said to it (拟不公开审查)."""

        TOPIC = "document.non_disclosure_examined/1"
        item: str
        draft_version: int
        conclusion: str
        ground: str
        note: str | None

    class Submitted(LedgerEvent):
        """The draft went up for approval, or into the government office's inbox (报批)."""

        TOPIC = "document.submitted/1"
        item: str
        draft_version: int
        resubmission_of: str | None

    class Returned(LedgerEvent):
        """The government office sent it back (退文)."""

        TOPIC = "document.returned/1"
        item: str
        draft_version: int
        ground: str
        return_number: str
        note: str | None

    class DefectWaived(LedgerEvent):
        """The government office took it in despite a defect, in this officer's name (免予退文)."""

        TOPIC = "document.defect_waived/1"
        item: str
        draft_version: int
        defect: str
        reason: str

    class Approved(LedgerEvent):
        """This content of this draft version may go out as its attribute says (批准)."""

        TOPIC = "document.approved/1"
        item: str
        draft_version: int
        content_sha256: str

    class SecrecyReviewed(LedgerEvent):
        """One item, one version, one review (保密审查)."""

        TOPIC = "document.secrecy_reviewed/1"
        item: str
        draft_version: int
        content_sha256: str
        review: str
        conclusion: str
        ground: str

    class SecrecyEscalated(LedgerEvent):
        """It could not be decided here; the item is locked until it is (报请确定)."""

        TOPIC = "document.secrecy_escalated/1"
        item: str
        draft_version: int
        question: str

    class SecrecyDetermined(LedgerEvent):
        """The secrecy administration's answer (密级确定)."""

        TOPIC = "document.secrecy_determined/1"
        item: str
        draft_version: int
        conclusion: str
        level: str | None
        ground: str
