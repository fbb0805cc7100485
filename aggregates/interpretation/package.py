"""A policy document and its interpretation: who owes it, what it is, signed and published together (五) (六).

文件与解读材料同步组织、同步审签、同步发布.  The document and each interpretation are items of their own,
drafted, reviewed and approved like any other; what ties them together stands here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from eventsourcing.domain import event

from aggregates import fields
from aggregates.base import Record
from aggregates.deed import Deed
from aggregates.document_facts import DocumentFacts
from aggregates.interpretation.package_events import PackageEvents, SignedContent
from aggregates.interpretation.synchrony import lag_in_seconds, package_flags
from aggregates.interpretation.words import InterpretationForm, InterpretationRefusal, OwnerRule, PackagePart
from aggregates.refusal import RefusalCode, refuse
from ledger import instants


@dataclass(frozen=True, slots=True)
class Owner:
    """Who owes the interpretation, and by which rule."""

    unit: str
    rule: OwnerRule


@dataclass(slots=True)
class Interpretation:
    """One interpretation of the document, and the content its drafting unit's principal approved."""

    item: str
    form: str
    approved_sha256: str | None = None
    published_at: datetime | None = None


class PolicyPackage(PackageEvents, Record):
    """The package of one policy document; its stream is ``policy_package/<item>``."""

    TOPIC = "policy_package"
    STREAM = "policy_package"
    IDENTIFIER = "item"

    def __init__(self) -> None:
        self.lead: str | None = None
        self.co_issuers: list[str] = []
        self.assigned_owner: str | None = None
        self.interpretations: dict[str, Interpretation] = {}
        self.signed: dict[str, str] = {}
        self.document_published_at: datetime | None = None

    # ── facts ─────────────────────────────────────────────────────────────────────────────────────

    def derived_owner(self, document: DocumentFacts) -> Owner:
        """Who owes the interpretation by the rules, in their order: the government's drafter, the lead, the issuer."""
        if document.on_behalf_of_government:
            return Owner(document.unit, OwnerRule.GOVERNMENT_DRAFTER)
        if self.lead is not None:
            return Owner(self.lead, OwnerRule.JOINT_LEAD)
        return Owner(document.unit, OwnerRule.DEPARTMENT_ISSUER)

    def owner(self, document: DocumentFacts) -> str:
        """Who owes the interpretation now."""
        return self.assigned_owner or self.derived_owner(document).unit

    def named(self, item: str, interpretation: str) -> Interpretation:
        """The interpretation with that item number."""
        if interpretation not in self.interpretations:
            raise refuse(InterpretationRefusal.INTERPRETATION_UNKNOWN, item=item, interpretation=interpretation)
        return self.interpretations[interpretation]

    @property
    def interpretation_published_at(self) -> datetime | None:
        """When the first interpretation went out."""
        return min((each.published_at for each in self.interpretations.values() if each.published_at), default=None)

    # ── (五) ──────────────────────────────────────────────────────────────────────────────────────

    def register_joint_issue(self, deed: Deed, *, item: str, lead: str, co_issuers: Iterable[str]) -> None:
        """Write down who issues it together; the lead is one, and none of the others."""
        if self.lead is not None:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=self.stream)
        leading, others = fields.code(lead, "lead"), fields.codes(co_issuers, "co_issuers")
        if not others or leading in others:
            raise refuse(
                InterpretationRefusal.JOINT_LEAD_AMBIGUOUS,
                item=item,
                lead=leading,
                co_issuers=", ".join(others) or "—",
            )
        self.write(self.JointIssueRegistered, deed, item=item, lead=leading, co_issuers=others)

    @event(PackageEvents.JointIssueRegistered)
    def _joint_issue_registered(self, lead: str, co_issuers: list[str]) -> None:
        self.lead, self.co_issuers = lead, co_issuers

    def record_cooperation(self, deed: Deed, *, item: str, unit: str, contribution: str) -> None:
        """Write down what a co-issuer gave to the interpretation."""
        if unit not in self.co_issuers:
            raise refuse(InterpretationRefusal.NOT_CO_ISSUER, item=item, unit=unit)
        said = fields.text(contribution, "contribution", longest=fields.LONG)
        self.write(self.CooperationRecorded, deed, item=item, unit=unit, contribution=said)

    def assign_duty(
        self, deed: Deed, document: DocumentFacts, *, owner: str | None = None, reason: str | None = None
    ) -> None:
        """Assign the duty to whom the rules name, or to another unit with a reason."""
        derived = self.derived_owner(document)
        chosen = Owner(derived.unit, derived.rule) if owner in {None, derived.unit} else None
        if chosen is None:
            chosen = Owner(fields.code(owner, "owner"), OwnerRule.OVERRIDE)
            self._refuse_unreasoned(document.item, derived, chosen, reason)
        self.write(
            self.InterpretationDutyAssigned,
            deed,
            item=document.item,
            owner=chosen.unit,
            owner_rule=str(chosen.rule),
            derived_owner=derived.unit,
            co_issuers=[unit for unit in self._issuers() if unit != chosen.unit],
            reason=fields.optional_text(reason, "reason", longest=fields.LONG),
        )

    def _issuers(self) -> list[str]:
        return [] if self.lead is None else [self.lead, *self.co_issuers]

    @staticmethod
    def _refuse_unreasoned(item: str, derived: Owner, chosen: Owner, reason: str | None) -> None:
        if reason is None:
            raise refuse(
                InterpretationRefusal.OVERRIDE_WITHOUT_REASON, item=item, derived=derived.unit, owner=chosen.unit
            )

    @event(PackageEvents.InterpretationDutyAssigned)
    def _interpretation_duty_assigned(self, owner: str) -> None:
        self.assigned_owner = owner

    # ── (六): the interpretation ──────────────────────────────────────────────────────────────────

    def register_interpretation(
        self,
        deed: Deed,
        document: DocumentFacts,
        interpretation: DocumentFacts,
        *,
        form: str,
        note: str | None = None,
    ) -> None:
        """Register a drafted item as the document's interpretation; it comes from whoever owes it."""
        if interpretation.item in self.interpretations:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=f"{self.stream}/{interpretation.item}")
        self._refuse_unfit(document, interpretation)
        self.write(
            self.InterpretationRegistered,
            deed,
            item=document.item,
            interpretation=interpretation.item,
            form=fields.term(InterpretationForm, form, "form"),
            note=fields.optional_text(note, "note", longest=fields.LONG),
        )

    def _refuse_unfit(self, document: DocumentFacts, interpretation: DocumentFacts) -> None:
        owner = self.owner(document)
        if interpretation.unit != owner:
            raise refuse(
                InterpretationRefusal.INTERPRETATION_NOT_BY_OWNER,
                item=document.item,
                interpretation=interpretation.item,
                unit=interpretation.unit,
                owner=owner,
            )
        if interpretation.policy:
            raise fields.invalid("interpretation", "本身是政策性文件", "it is a policy document itself")
        # What is published together is approved and published by the same house.
        if interpretation.on_behalf_of_government != document.on_behalf_of_government:
            raise fields.invalid(
                "interpretation", "须与文件以同一名义起草", "it must be drafted in the same name as the document"
            )

    @event(PackageEvents.InterpretationRegistered)
    def _interpretation_registered(self, interpretation: str, form: str) -> None:
        self.interpretations[interpretation] = Interpretation(interpretation, form)

    def record_effect(
        self,
        deed: Deed,
        *,
        item: str,
        interpretation: str,
        views: int,
        measured_on: str | date,
        note: str | None = None,
    ) -> None:
        """Write down how often an interpretation was read or played by a day."""
        self.write(
            self.EffectRecorded,
            deed,
            item=item,
            interpretation=self.named(item, interpretation).item,
            views=fields.number(views, "views", least=0),
            measured_on=fields.day(measured_on, "measured_on"),
            note=fields.optional_text(note, "note", longest=fields.LONG),
        )

    def approve_interpretation(self, deed: Deed, *, item: str, interpretation: DocumentFacts) -> None:
        """Approve exactly the present content, as the drafting unit's principal; a revision needs it anew."""
        known = self.named(item, interpretation.item)
        if known.approved_sha256 == interpretation.present.sha256:
            raise refuse(RefusalCode.NOTHING_TO_CHANGE, subject=f"{self.stream}/{interpretation.item}")
        self.write(
            self.InterpretationApproved,
            deed,
            item=item,
            interpretation=interpretation.item,
            draft_version=interpretation.present.version,
            content_sha256=interpretation.present.sha256,
        )

    @event(PackageEvents.InterpretationApproved)
    def _interpretation_approved(self, interpretation: str, content_sha256: str) -> None:
        self.interpretations[interpretation].approved_sha256 = content_sha256

    # ── (六): together ────────────────────────────────────────────────────────────────────────────

    def sign_off(self, deed: Deed, document: DocumentFacts, interpretations: Sequence[DocumentFacts]) -> None:
        """Sign the document and all its interpretations as they stand, in one act."""
        self.refuse_back_dating(deed)
        if self.is_signed_off(document, interpretations):
            raise refuse(RefusalCode.NOTHING_TO_CHANGE, subject=self.stream)
        own = _signed(document)
        self.write(self.SignedOff, deed, **own, interpretations=[_signed(each) for each in interpretations])

    @event(PackageEvents.SignedOff)
    def _signed_off(self, item: str, content_sha256: str, interpretations: list[SignedContent]) -> None:
        self.signed = {item: content_sha256, **{each["item"]: each["content_sha256"] for each in interpretations}}

    def is_signed_off(self, document: DocumentFacts, interpretations: Sequence[DocumentFacts]) -> bool:
        """Whether exactly what stands now was signed, each by its hash."""
        return self.signed == {each.item: each.present.sha256 for each in (document, *interpretations)}

    def refuse_unsigned(self, document: DocumentFacts, interpretations: Sequence[DocumentFacts]) -> None:
        """Refuse a package of which not exactly this was signed."""
        if not self.is_signed_off(document, interpretations):
            raise refuse(
                InterpretationRefusal.PACKAGE_NOT_SIGNED_OFF,
                item=document.item,
                interpretations=", ".join(each.item for each in interpretations) or "—",
            )

    def publish(self, deed: Deed, *, item: str, publications: dict[str, str], tolerance_s: int) -> None:
        """Write down what went out, ``publications`` by item, and how far apart document and interpretation are.

        The first publication of each counts; a document put out again keeps the lag it had.
        """
        now = deed.occurred_at
        document_at = self.document_published_at or (now if item in publications else None)
        interprets = bool(publications.keys() - {item})
        interpretation_at = self.interpretation_published_at or (now if interprets else None)
        shown = ((PackagePart.DOCUMENT, item in publications), (PackagePart.INTERPRETATION, interprets))
        self.write(
            self.Published,
            deed,
            item=item,
            parts=[str(part) for part, is_out in shown if is_out],
            publications=list(publications.values()),
            document_published_at=document_at and instants.to_text(document_at),
            interpretation_published_at=interpretation_at and instants.to_text(interpretation_at),
            lag_seconds=lag_in_seconds(document_at, interpretation_at),
            tolerance_seconds=tolerance_s,
            flags=package_flags(document_at, interpretation_at, tolerance_s),
        )

    @event(PackageEvents.Published)
    def _published(self, item: str, publications: list[str], timestamp: datetime) -> None:
        for publication in publications:
            published = publication.rpartition("#")[0]
            if published == item:
                self.document_published_at = self.document_published_at or timestamp
            elif (interpretation := self.interpretations.get(published)) is not None:
                interpretation.published_at = interpretation.published_at or timestamp


def _signed(document: DocumentFacts) -> SignedContent:
    present = document.present
    return {"item": document.item, "draft_version": present.version, "content_sha256": present.sha256}
