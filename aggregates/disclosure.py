"""How the disclosure attribute of a document is determined, reviewed and examined (一)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from aggregates import attribute as attributes
from aggregates import fields
from aggregates.catalogue.words import CatalogueRefusal
from aggregates.deed import Deed
from aggregates.document_facts import DocumentFacts
from aggregates.refusal import RefusalCode, refuse
from aggregates.vocabulary import Attribute, AttributeConclusion, ExaminationConclusion, Phase, label


class DisclosureRules(DocumentFacts):
    """The rules of the attribute: stated while drafting, reviewed, and examined where policy is withheld."""

    def determine_attribute(
        self,
        deed: Deed,
        *,
        attribute: str,
        reason: str | None = None,
        legal_basis: Iterable[str] = (),
        severed_passages: Iterable[Mapping[str, Any]] = (),
        proposed: bool = False,
        draft_version: int | None = None,
        exceptions_need_reason: bool = False,
    ) -> None:
        """Determine the attribute, or propose it where the draft is the government's.

        A new determination asks for a new attribute review, examination and approval.  Where the rules
        say ``exceptions_need_reason``, so does everything that is not proactive.
        """
        self.refuse_back_dating(deed)
        data = attributes.checked(
            self.item,
            attribute=attribute,
            reason=reason,
            legal_basis=legal_basis,
            severed_passages=severed_passages,
            drafted_for_government=self.on_behalf_of_government,
        )
        if exceptions_need_reason and data["attribute"] != Attribute.PROACTIVE and data["reason"] is None:
            raise self._unreasoned_exception(data["attribute"])
        self.write(
            self.AttributeDetermined,
            deed,
            item=self.item,
            draft_version=self.at_version(draft_version),
            proposed=bool(proposed) or self.on_behalf_of_government,
            **data,
        )

    def _unreasoned_exception(self, attribute: str) -> Exception:
        """The refusal of an exception from 以公开为常态、不公开为例外 that nobody explained."""
        return refuse(
            CatalogueRefusal.EXCEPTION_WITHOUT_REASON,
            item=self.item,
            attribute=attribute,
            attribute_zh=label("attribute", attribute).zh,
        )

    def classify(self, deed: Deed, *, phase: str) -> None:
        """Say which of the five kinds of openness the item belongs to (决策、执行、管理、服务、结果)."""
        self.refuse_back_dating(deed)
        value = fields.term(Phase, phase, "phase")
        if value == self.phase:
            raise refuse(RefusalCode.NOTHING_TO_CHANGE, subject=self.stream)
        self.write(self.Classified, deed, item=self.item, phase=value, phase_before=self.phase)

    def convert_to_proactive(self, deed: Deed, *, cause: str, cycle: str, reason: str, since: datetime) -> None:
        """Turn what is kept back into proactive disclosure, on a secrecy review made after ``since``.

        The decision before stays on the record.  As with any new attribute, the attribute review and the
        approval are asked for anew, and no review made before serves the publication.
        """
        self.refuse_back_dating(deed)
        self.secrecy.refuse_locked()
        self.refuse_missing_attribute()
        if self.attribute == Attribute.PROACTIVE:
            raise refuse(RefusalCode.NOTHING_TO_CHANGE, subject=self.stream)
        review = self.secrecy.new_clearing_review(self.present.version, self.present.sha256, since)
        self.write(
            self.AttributeChanged,
            deed,
            item=self.item,
            draft_version=self.present.version,
            attribute_before=str(self.attribute),
            attribute=str(Attribute.PROACTIVE),
            cause=cause,
            cycle=cycle,
            review=review.review,
            reason=fields.text(reason, "reason", longest=fields.LONG),
        )

    def review_attribute(
        self, deed: Deed, *, conclusion: str, note: str | None = None, draft_version: int | None = None
    ) -> None:
        """Review the attribute of the present draft; what is reviewed must have been determined."""
        self.refuse_back_dating(deed)
        self.refuse_missing_attribute()
        self.write(
            self.AttributeReviewed,
            deed,
            item=self.item,
            draft_version=self.at_version(draft_version),
            conclusion=fields.term(AttributeConclusion, conclusion, "conclusion"),
            note=fields.optional_text(note, "note", longest=fields.LONG),
        )

    def refer_to_disclosure_office(self, deed: Deed, *, draft_version: int | None = None) -> None:
        """Send a proposed non-disclosure to the unit's disclosure office."""
        self.refuse_back_dating(deed)
        self._refuse_nothing_withheld()
        self.write(self.ReferredToDisclosureOffice, deed, item=self.item, draft_version=self.at_version(draft_version))

    def examine_non_disclosure(
        self,
        deed: Deed,
        *,
        conclusion: str,
        ground: str,
        note: str | None = None,
        draft_version: int | None = None,
    ) -> None:
        """Say, as the unit's disclosure office, whether withholding is right."""
        self.refuse_back_dating(deed)
        self._refuse_nothing_withheld()
        self.write(
            self.NonDisclosureExamined,
            deed,
            item=self.item,
            draft_version=self.at_version(draft_version),
            conclusion=fields.term(ExaminationConclusion, conclusion, "conclusion"),
            ground=fields.text(ground, "ground", longest=fields.LONG),
            note=fields.optional_text(note, "note", longest=fields.LONG),
        )

    def _refuse_nothing_withheld(self) -> None:
        if self.attribute != Attribute.WITHHELD:
            raise refuse(RefusalCode.NOTHING_TO_EXAMINE, item=self.item, attribute=self.attribute)
