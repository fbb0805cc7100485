"""What is written in the file of a policy package, event by event; what may be written is in ``package``."""

from typing import TypedDict

from aggregates.base import LedgerEvent


class SignedContent(TypedDict):
    """One content that was signed: of which item, which draft, which bytes."""

    item: str
    draft_version: int
    content_sha256: str


class PackageEvents:
    """The events of a policy document and its interpretation, from the duty to the publication."""

    class JointIssueRegistered(LedgerEvent):
        """Several units issue it together, one of them leads (联合发文)."""

        TOPIC = "policy_package.joint_issue_registered/1"
        item: str
        lead: str
        co_issuers: list[str]

    class CooperationRecorded(LedgerEvent):
        """What a co-issuer gave to the interpretation (配合)."""

        TOPIC = "policy_package.cooperation_recorded/1"
        item: str
        unit: str
        contribution: str

    class InterpretationDutyAssigned(LedgerEvent):
        """Who owes the interpretation, by which rule (谁起草、谁解读)."""

        TOPIC = "policy_package.interpretation_duty_assigned/1"
        item: str
        owner: str
        owner_rule: str
        derived_owner: str
        co_issuers: list[str]
        reason: str | None

    class InterpretationRegistered(LedgerEvent):
        """An item is the document's interpretation, in this form."""

        TOPIC = "policy_package.interpretation_registered/1"
        item: str
        interpretation: str
        form: str
        note: str | None

    class EffectRecorded(LedgerEvent):
        """How far an interpretation reached by a day (注重效果)."""

        TOPIC = "policy_package.effect_recorded/1"
        item: str
        interpretation: str
        views: int
        measured_on: str
        note: str | None

    class InterpretationApproved(LedgerEvent):
        """The drafting unit's principal approved this content of it (主要负责人审定)."""

        TOPIC = "policy_package.interpretation_approved/1"
        item: str
        interpretation: str
        draft_version: int
        content_sha256: str

    class SignedOff(LedgerEvent):
        """The head signed document and interpretations in one act, each by its hash (同步审签)."""

        TOPIC = "policy_package.signed_off/1"
        item: str
        draft_version: int
        content_sha256: str
        interpretations: list[SignedContent]

    class Published(LedgerEvent):
        """Document and interpretation, or what was left of them, went before the public (同步发布)."""

        TOPIC = "policy_package.published/1"
        item: str
        parts: list[str]
        publications: list[str]
        document_published_at: str | None
        interpretation_published_at: str | None
        lag_seconds: int | None
        tolerance_seconds: int
        flags: list[str]
