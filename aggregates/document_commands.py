"""Commands on documents: draft, attribute, circulation, approval, secrecy review (一) (四)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from aggregates.deed import Deed
from aggregates.desk import Data, Desk, Order
from aggregates.document import Document
from aggregates.interpretation.completeness import is_complete, refuse_incomplete, refuse_uninterpreted
from aggregates.office import Office
from aggregates.organisation.newcomers import flags_of_training
from aggregates.refusal import RefusalCode, refuse
from aggregates.vocabulary import Attribute, Command
from ledger.append import Receipt

Passages = Sequence[Mapping[str, Any]]
"""Severed passages: each states ``locator``, ``reason`` and, where there is one, ``basis``."""


class DocumentCommands(Office):
    """A document's way to the gate.  ``draft_version`` left out means the present draft."""

    def _on_document(
        self,
        command: Command,
        deed: Deed,
        item: str,
        data: Data,
        decide: Callable[[Desk, Document], None],
        *,
        expected_version: int | None,
    ) -> Receipt:
        """Carry out a command on a known document, by somebody whose reach extends to it."""

        def decide_on_document(desk: Desk) -> None:
            desk.entitle()
            document = desk.document(item)
            desk.require_reach(document.unit, for_government=document.on_behalf_of_government)
            decide(desk, document)

        order = Order(command, deed, item, {"item": item, **data}, Document.stream_of(item), expected_version)
        return self.carry_out(order, decide_on_document)

    def _require_draft_stored(self, document: Document) -> None:
        self.require_stored([document.present.content, *document.present.attachments])

    # ── draft ─────────────────────────────────────────────────────────────────────────────────────

    def draft_document(
        self,
        deed: Deed,
        *,
        item: str,
        unit: str,
        title: str,
        content: Mapping[str, Any],
        attachments: Sequence[Mapping[str, Any]] = (),
        document_number: str | None = None,
        index_number: str | None = None,
        policy: bool = False,
        on_behalf_of_government: bool = False,
        concerned_units: Sequence[str] = (),
        written_on: str | date | None = None,
        theme: str | None = None,
        phase: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Record the first draft of an item.

        ``content`` and each attachment state ``sha256``, ``size``, ``media_type`` and ``name`` of bytes
        that are in the content store already.  ``on_behalf_of_government`` marks a department's draft
        of a government document (代拟稿).
        """
        data: Data = {
            "item": item,
            "unit": unit,
            "title": title,
            "content": content,
            "attachments": attachments,
            "document_number": document_number,
            "index_number": index_number,
            "policy": policy,
            "on_behalf_of_government": on_behalf_of_government,
            "concerned_units": concerned_units,
            "written_on": written_on,
            "theme": theme,
            "phase": phase,
        }

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_unit(unit)
            desk.require_reach(unit)
            for concerned in concerned_units:
                desk.require_unit(concerned)
            document = desk.open(Document, item, likely_new=True)
            document.draft(desk.deed, **data)
            self._require_draft_stored(document)

        order = Order(Command.DRAFT_DOCUMENT, deed, item, data, Document.stream_of(item), expected_version)
        return self.carry_out(order, decide)

    def revise_document(
        self,
        deed: Deed,
        *,
        item: str,
        content: Mapping[str, Any],
        attachments: Sequence[Mapping[str, Any]] = (),
        reason: str,
        expected_version: int | None = None,
    ) -> Receipt:
        """Record the next draft; it must be reviewed, submitted and approved itself."""
        data: Data = {"content": content, "attachments": attachments, "reason": reason}

        def decide(desk: Desk, document: Document) -> None:
            document.revise(desk.deed, **data, persons=desk.persons)
            self._require_draft_stored(document)

        return self._on_document(Command.REVISE_DOCUMENT, deed, item, data, decide, expected_version=expected_version)

    # ── attribute ─────────────────────────────────────────────────────────────────────────────────

    def determine_disclosure_attribute(
        self,
        deed: Deed,
        *,
        item: str,
        attribute: str = Attribute.PROACTIVE,
        reason: str | None = None,
        legal_basis: Sequence[str] = (),
        severed_passages: Passages = (),
        proposed: bool = False,
        draft_version: int | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Determine the attribute of the present draft, with its severance where it is partial.

        Disclosure is the norm (以公开为常态): PROACTIVE is what is meant where none is named.
        For a draft of the government this is a proposal, whatever ``proposed`` says, and needs a reason.
        """
        data: Data = {
            "attribute": attribute,
            "reason": reason,
            "legal_basis": legal_basis,
            "severed_passages": severed_passages,
            "proposed": proposed,
            "draft_version": draft_version,
        }

        def decide(desk: Desk, document: Document) -> None:
            reasoned = desk.rules.refuses("exception_without_reason")
            document.determine_attribute(desk.deed, **data, exceptions_need_reason=reasoned)

        command = Command.DETERMINE_DISCLOSURE_ATTRIBUTE
        return self._on_document(command, deed, item, data, decide, expected_version=expected_version)

    def review_disclosure_attribute(
        self,
        deed: Deed,
        *,
        item: str,
        conclusion: str,
        note: str | None = None,
        draft_version: int | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Review the attribute: CONFIRMED or CHANGE_REQUESTED."""
        data: Data = {"conclusion": conclusion, "note": note, "draft_version": draft_version}

        def decide(desk: Desk, document: Document) -> None:
            document.review_attribute(desk.deed, **data)
            flags_of_training(desk, item)

        return self._on_document(
            Command.REVIEW_DISCLOSURE_ATTRIBUTE, deed, item, data, decide, expected_version=expected_version
        )

    def refer_to_disclosure_office(
        self, deed: Deed, *, item: str, draft_version: int | None = None, expected_version: int | None = None
    ) -> Receipt:
        """Send a proposed non-disclosure to the unit's own disclosure office."""
        data: Data = {"draft_version": draft_version}

        def decide(desk: Desk, document: Document) -> None:
            document.refer_to_disclosure_office(desk.deed, **data)

        return self._on_document(
            Command.REFER_TO_DISCLOSURE_OFFICE, deed, item, data, decide, expected_version=expected_version
        )

    def examine_non_disclosure(
        self,
        deed: Deed,
        *,
        item: str,
        conclusion: str,
        ground: str,
        note: str | None = None,
        draft_version: int | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Say, as the unit's disclosure office, whether withholding is right: AGREED or DISAGREED."""
        data: Data = {"conclusion": conclusion, "ground": ground, "note": note, "draft_version": draft_version}

        def decide(desk: Desk, document: Document) -> None:
            document.examine_non_disclosure(desk.deed, **data)

        return self._on_document(
            Command.EXAMINE_NON_DISCLOSURE, deed, item, data, decide, expected_version=expected_version
        )

    # ── circulation and approval ──────────────────────────────────────────────────────────────────

    def submit_draft_for_approval(
        self,
        deed: Deed,
        *,
        item: str,
        attribute: str | None = None,
        reason: str | None = None,
        legal_basis: Sequence[str] = (),
        severed_passages: Passages = (),
        draft_version: int | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Submit the present draft; an ``attribute`` given here is determined in the same command.

        An own-unit submission without an attribute is refused ATTRIBUTE_MISSING.  A request to the
        government office (a draft on its behalf) is received without one, for the office to return
        or to waive.  A policy document goes up with its interpretation: INTERPRETATION_MISSING else.
        """
        stated: Data = {"reason": reason, "legal_basis": legal_basis, "severed_passages": severed_passages}
        data: Data = {"attribute": attribute, "draft_version": draft_version, **stated}
        decide = _submitting(Document.submit, attribute, draft_version, stated)
        return self._on_document(
            Command.SUBMIT_DRAFT_FOR_APPROVAL, deed, item, data, decide, expected_version=expected_version
        )

    def resubmit_document(
        self,
        deed: Deed,
        *,
        item: str,
        attribute: str | None = None,
        reason: str | None = None,
        legal_basis: Sequence[str] = (),
        severed_passages: Passages = (),
        draft_version: int | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Submit again what was returned; the event names the return it answers, else as the submission."""
        stated: Data = {"reason": reason, "legal_basis": legal_basis, "severed_passages": severed_passages}
        data: Data = {"attribute": attribute, "draft_version": draft_version, **stated}
        decide = _submitting(Document.resubmit, attribute, draft_version, stated)
        return self._on_document(Command.RESUBMIT_DOCUMENT, deed, item, data, decide, expected_version=expected_version)

    def return_document(
        self,
        deed: Deed,
        *,
        item: str,
        ground: str,
        note: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Return a department's request, as the district office (退文); OTHER needs a note.

        A policy document without its approved interpretation is returned as INCOMPLETE_PACKAGE (六).
        """
        data: Data = {"ground": ground, "note": note}

        def decide(desk: Desk, document: Document) -> None:
            document.return_to_unit(desk.deed, **data, is_complete=is_complete(desk, document))

        return self._on_document(Command.RETURN_DOCUMENT, deed, item, data, decide, expected_version=expected_version)

    def waive_defect(
        self, deed: Deed, *, item: str, defect: str, reason: str, expected_version: int | None = None
    ) -> Receipt:
        """Take a request in despite a defect, as the district office, in this officer's name."""
        data: Data = {"defect": defect, "reason": reason}

        def decide(desk: Desk, document: Document) -> None:
            document.waive_defect(desk.deed, **data)

        return self._on_document(Command.WAIVE_DEFECT, deed, item, data, decide, expected_version=expected_version)

    def approve_document(
        self,
        deed: Deed,
        *,
        item: str,
        draft_version: int | None = None,
        content_sha256: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Approve the present draft; what is drafted for the government only in the district office.

        ``content_sha256`` names the severed content where disclosure is partial, and may be left out else.
        """
        data: Data = {"draft_version": draft_version, "content_sha256": content_sha256}

        def decide(desk: Desk, document: Document) -> None:
            if document.on_behalf_of_government and not desk.acting_unit.is_district_office:
                raise desk.not_district_office()
            if document.on_behalf_of_government:
                refuse_incomplete(desk, document)
            document.approve(desk.deed, **data, persons=desk.persons)
            assert document.approval is not None, "it was just approved"
            self._require_severed_stored(document, document.approval.sha256)

        return self._on_document(Command.APPROVE_DOCUMENT, deed, item, data, decide, expected_version=expected_version)

    def _require_severed_stored(self, document: Document, sha256: str) -> None:
        if sha256 != document.present.sha256:
            self.require_stored_hash(sha256)

    # ── secrecy ───────────────────────────────────────────────────────────────────────────────────

    def conduct_secrecy_review(
        self,
        deed: Deed,
        *,
        item: str,
        conclusion: str,
        ground: str,
        further_items: Sequence[str] = (),
        draft_version: int | None = None,
        content_sha256: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Review one item for secrets, in the unit that will publish it.

        The review's id, ``I-2025-0001/R1``, is given here and names the item.  A sheet for several
        items hands the others in as ``further_items`` and is refused ONE_ITEM_ONE_REVIEW.
        """
        data: Data = {
            "conclusion": conclusion,
            "ground": ground,
            "further_items": further_items,
            "draft_version": draft_version,
            "content_sha256": content_sha256,
        }

        def decide(desk: Desk) -> None:
            desk.entitle()
            document = desk.document(item)
            if not desk.reaches(document.unit, for_government=document.on_behalf_of_government):
                raise refuse(RefusalCode.REVIEWED_BY_OTHER_UNIT, item=item, review_unit=deed.unit, unit=document.unit)
            document.review_secrecy(desk.deed, **data)
            flags_of_training(desk, item)
            self._require_severed_stored(document, document.secrecy.reviews[-1].sha256)

        order = Order(
            Command.CONDUCT_SECRECY_REVIEW,
            deed,
            item,
            {"item": item, **data},
            Document.stream_of(item),
            expected_version,
        )
        return self.carry_out(order, decide)

    def escalate_secrecy_question(
        self,
        deed: Deed,
        *,
        item: str,
        question: str,
        draft_version: int | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Ask the secrecy administration; the item is locked until it is determined."""
        data: Data = {"question": question, "draft_version": draft_version}

        def decide(desk: Desk, document: Document) -> None:
            document.escalate_secrecy_question(desk.deed, **data)

        return self._on_document(
            Command.ESCALATE_SECRECY_QUESTION, deed, item, data, decide, expected_version=expected_version
        )

    def determine_secrecy(
        self,
        deed: Deed,
        *,
        item: str,
        conclusion: str,
        ground: str,
        level: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Answer the open question as the secrecy administration: NOT_SECRET, or SECRET with its level."""
        data: Data = {"conclusion": conclusion, "ground": ground, "level": level}

        def decide(desk: Desk, document: Document) -> None:
            document.determine_secrecy(desk.deed, **data)

        return self._on_document(Command.DETERMINE_SECRECY, deed, item, data, decide, expected_version=expected_version)


def _submitting(
    submission: Callable[..., None], attribute: str | None, draft_version: int | None, stated: Data
) -> Callable[[Desk, Document], None]:
    """Determine the attribute that came with the submission, if one did, and then submit."""

    def decide(desk: Desk, document: Document) -> None:
        if attribute is not None:
            reasoned = desk.rules.refuses("exception_without_reason")
            document.determine_attribute(
                desk.deed,
                attribute=attribute,
                draft_version=draft_version,
                **stated,
                exceptions_need_reason=reasoned,
            )
        again = document.open_return is not None
        submission(document, desk.deed, desk.rules, draft_version=draft_version)
        refuse_uninterpreted(desk, document, again=again)

    return decide
