"""What concerned units are asked and answer, in the document's own file (十五)."""

from aggregates.base import LedgerEvent


class CoordinationEvents:
    """The events of the coordination between units on one item; each is about one draft version."""

    class ConfirmationRequested(LedgerEvent):
        """Other units were asked whether this draft is right, by a day (发布协调征询)."""

        TOPIC = "document.confirmation_requested/1"
        item: str
        draft_version: int
        content_sha256: str
        units: list[str]
        due_date: str
        question: str | None

    class InformationConfirmed(LedgerEvent):
        """A concerned unit confirmed this draft (协商确认)."""

        TOPIC = "document.information_confirmed/1"
        item: str
        draft_version: int
        content_sha256: str
        unit: str
        note: str | None

    class InformationObjected(LedgerEvent):
        """A concerned unit objected to this draft (提出异议)."""

        TOPIC = "document.information_objected/1"
        item: str
        draft_version: int
        content_sha256: str
        unit: str
        reason: str

    class DisagreementSettled(LedgerEvent):
        """The district office settled a unit's objection to this draft (分歧裁定)."""

        TOPIC = "document.disagreement_settled/1"
        item: str
        draft_version: int
        unit: str
        conclusion: str
        reason: str
