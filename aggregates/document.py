"""A document on its way: draft, attribute, circulation, approval, secrecy review (一) (四).

The rules in their order: the attribute is determined while drafting and reviewed, a proposed
non-disclosure of policy is examined by the unit's own disclosure office, the attribute travels with
the document for approval, and nothing is approved whose attribute was not reviewed.  A request to the
government office may lack its attribute: it is received, and the office may return it.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from eventsourcing.domain import event

from aggregates import fields
from aggregates.attribute import AttributeReview, Determination, Examination
from aggregates.circulation import CirculationRules
from aggregates.deed import CHINA, Deed
from aggregates.disclosure import DisclosureRules
from aggregates.document_events import DocumentEvents
from aggregates.document_facts import Answer, Approval, Draft
from aggregates.fields import Content
from aggregates.organisation.confirmation import CoordinationRules
from aggregates.organisation.persons import NOBODY_LINKED, Persons
from aggregates.organisation.words_lists import DisagreementConclusion
from aggregates.refusal import RefusalCode, refuse
from aggregates.secrecy import SecrecyReview
from aggregates.secrecy_rules import SecrecyRules
from aggregates.vocabulary import Phase
from ledger.entry import Actor


class Document(DisclosureRules, CirculationRules, SecrecyRules, CoordinationRules):
    """One item's document; its stream is ``document/<item>``."""

    TOPIC = "document"
    STREAM = "document"
    IDENTIFIER = "item"

    def draft(
        self,
        deed: Deed,
        *,
        item: str,
        unit: str,
        title: str,
        content: Mapping[str, Any],
        attachments: Iterable[Mapping[str, Any]] = (),
        document_number: str | None = None,
        index_number: str | None = None,
        policy: bool = False,
        on_behalf_of_government: bool = False,
        concerned_units: Iterable[str] = (),
        written_on: str | date | None = None,
        theme: str | None = None,
        phase: str | None = None,
    ) -> None:
        """Open the item with its first draft."""
        if self.exists:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=self.stream)
        self.write(
            self.Drafted,
            deed,
            item=fields.code(item, "item"),
            unit=fields.code(unit, "unit"),
            title=fields.text(title, "title"),
            document_number=fields.optional_text(document_number, "document_number"),
            index_number=fields.optional_text(index_number, "index_number"),
            policy=bool(policy),
            on_behalf_of_government=bool(on_behalf_of_government),
            concerned_units=fields.codes(concerned_units, "concerned_units"),
            written_on=fields.optional_day(written_on, "written_on"),
            theme=fields.optional_text(theme, "theme"),
            phase=fields.optional_term(Phase, phase, "phase"),
            version=1,
            content=fields.content(content, "content"),
            attachments=fields.contents(attachments, "attachments"),
        )

    def revise(
        self,
        deed: Deed,
        *,
        content: Mapping[str, Any],
        attachments: Iterable[Mapping[str, Any]] = (),
        reason: str,
        persons: Persons = NOBODY_LINKED,
    ) -> None:
        """Write the next draft; reviews, submission, approval and confirmations of the last do not carry over.

        Whoever approved the item cannot become its drafter.
        """
        self.refuse_back_dating(deed)
        self.secrecy.refuse_locked()
        self._refuse_drafting_approver(deed, persons)
        self.write(
            self.Revised,
            deed,
            item=self.item,
            draft_version=self.present.version + 1,
            content=fields.content(content, "content"),
            attachments=fields.contents(attachments, "attachments"),
            reason=fields.text(reason, "reason", longest=fields.LONG),
        )

    def _refuse_drafting_approver(self, deed: Deed, persons: Persons) -> None:
        if persons.shared([deed.officer], self.approvers):
            raise refuse(RefusalCode.APPROVED_BY_DRAFTER, item=self.item, officer=deed.officer)

    # ── how each event is filed; nothing is judged here ───────────────────────────────────────────────

    @event(DocumentEvents.Drafted)
    def _drafted(
        self,
        *,
        item: str,
        unit: str,
        title: str,
        document_number: str | None,
        index_number: str | None,
        policy: bool,
        on_behalf_of_government: bool,
        concerned_units: list[str],
        written_on: str | None,
        theme: str | None,
        phase: str | None,
        content: Content,
        attachments: list[Content],
        actor: Actor | None,
    ) -> None:
        self.item, self.unit, self.title = item, unit, title
        self.document_number, self.index_number = document_number, index_number
        self.policy, self.on_behalf_of_government = policy, on_behalf_of_government
        self.written_on, self.theme, self.phase = written_on, theme, phase
        self.concerned_units = [other for other in concerned_units or () if other != unit]
        self.drafts.append(Draft(1, content, attachments, _officer(actor)))
        self.secrecy.item = item

    @event(DocumentEvents.Revised)
    def _revised(
        self, *, draft_version: int, content: Content, attachments: list[Content], actor: Actor | None
    ) -> None:
        self.drafts.append(Draft(draft_version, content, attachments, _officer(actor)))
        self.submitted_version = None
        self.approval = None
        self.issued_kept_back = False

    @event(DocumentEvents.AttributeDetermined)
    def _attribute_determined(
        self, *, draft_version: int, attribute: str, severed_passages: list[dict[str, Any]]
    ) -> None:
        passages = tuple(passage["locator"] for passage in severed_passages)
        self.determination = Determination(draft_version, attribute, passages)
        self.attribute_review = None
        self.examination = None
        if self.approval is not None:
            self.approval = None
            self.submitted_version = None

    @event(DocumentEvents.Classified)
    def _classified(self, phase: str) -> None:
        self.phase = phase

    @event(DocumentEvents.AttributeChanged)
    def _attribute_changed(
        self, *, draft_version: int, attribute: str, cycle: str, review: str, timestamp: datetime
    ) -> None:
        self.determination = Determination(draft_version, attribute, ())
        self.attribute_review = None
        self.examination = None
        self.approval = None
        self.submitted_version = None
        self.conversions.append(cycle)
        self.converted_on = timestamp.astimezone(CHINA).date().isoformat()
        self.secrecy.count_from(review)

    @event(DocumentEvents.AttributeReviewed)
    def _attribute_reviewed(self, *, draft_version: int, conclusion: str, actor: Actor | None) -> None:
        self.attribute_review = AttributeReview(draft_version, conclusion, _officer(actor))

    @event(DocumentEvents.NonDisclosureExamined)
    def _non_disclosure_examined(self, *, draft_version: int, conclusion: str) -> None:
        self.examination = Examination(draft_version, conclusion)

    @event(DocumentEvents.Submitted)
    def _submitted(self, *, draft_version: int) -> None:
        self.submitted_version = draft_version
        self.open_return = None
        self.waived = []

    @event(DocumentEvents.Returned)
    def _returned(self, return_number: str) -> None:
        self.returns += 1
        self.open_return = return_number
        self.submitted_version = None

    @event(DocumentEvents.DefectWaived)
    def _defect_waived(self, defect: str) -> None:
        self.waived.append(defect)

    @event(DocumentEvents.Approved)
    def _approved(self, *, draft_version: int, content_sha256: str, actor: Actor | None) -> None:
        officer = _officer(actor)
        self.approval = Approval(draft_version, content_sha256, officer)
        self.issued_kept_back |= self.determination is not None and not self.determination.is_published
        self.approvers.append(officer)

    @event(DocumentEvents.SecrecyReviewed)
    def _secrecy_reviewed(
        self,
        *,
        draft_version: int,
        content_sha256: str,
        review: str,
        conclusion: str,
        actor: Actor | None,
        timestamp: datetime,
    ) -> None:
        officer, unit = ("", "") if actor is None else (actor.officer, actor.unit)
        self.secrecy.record_review(
            SecrecyReview(review, draft_version, content_sha256, conclusion, officer, unit, timestamp)
        )

    @event(DocumentEvents.SecrecyEscalated)
    def _secrecy_escalated(self) -> None:
        self.secrecy.question_open = True

    @event(DocumentEvents.SecrecyDetermined)
    def _secrecy_determined(self, *, draft_version: int, conclusion: str) -> None:
        draft = self.drafts[draft_version - 1]
        held = [content["sha256"] for content in (draft.content, *draft.attachments)]
        self.secrecy.record_determination(draft_version, conclusion, held)

    @event(DocumentEvents.ConfirmationRequested)
    def _confirmation_requested(self, units: list[str]) -> None:
        self.concerned_units.extend(unit for unit in units if unit not in self.concerned_units)

    @event(DocumentEvents.InformationConfirmed)
    def _information_confirmed(self, *, draft_version: int, unit: str) -> None:
        self.answers[unit] = Answer(draft_version, agrees=True)

    @event(DocumentEvents.InformationObjected)
    def _information_objected(self, *, draft_version: int, unit: str) -> None:
        self.answers[unit] = Answer(draft_version, agrees=False)

    @event(DocumentEvents.DisagreementSettled)
    def _disagreement_settled(self, *, draft_version: int, unit: str, conclusion: str) -> None:
        self.answers[unit] = Answer(draft_version, agrees=conclusion == DisagreementConclusion.MAY_PUBLISH)


def _officer(actor: Actor | None) -> str:
    return "" if actor is None else actor.officer
