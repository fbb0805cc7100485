"""How the disclosure attribute of a document is determined, reviewed and examined (一)."""

from collections.abc import Iterable, Mapping
from typing import Any

from aggregates import attribute as attributes
from aggregates import fields
from aggregates.deed import Deed
from aggregates.document_facts import DocumentFacts
from aggregates.refusal import RefusalCode, refuse
from aggregates.vocabulary import Attribute, AttributeConclusion, ExaminationConclusion


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
    ) -> None:
        """Determine the attribute, or propose it where the draft is the government's.

        A new determination asks for a new attribute review, examination and approval.
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
        self.write(
            self.AttributeDetermined,
            deed,
            item=self.item,
            draft_version=self.at_version(draft_version),
            proposed=bool(proposed) or self.on_behalf_of_government,
            **data,
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
