"""How a document goes up for approval, comes back, and is approved (一) (四)."""

from aggregates import fields
from aggregates.deed import Deed
from aggregates.document_facts import DocumentFacts
from aggregates.organisation.persons import NOBODY_LINKED, Persons
from aggregates.refusal import RefusalCode, refuse
from aggregates.ruleset import Rules
from aggregates.vocabulary import Attribute, Defect, ReturnGround, label


class CirculationRules(DocumentFacts):
    """The rules of the way up: submission, return (退文), waiver, resubmission, approval."""

    def submit(self, deed: Deed, rules: Rules, *, draft_version: int | None = None) -> None:
        """Submit the present draft for approval.

        Within a unit the attribute travels with the document: without one the submission is refused
        ATTRIBUTE_MISSING.  A department's request to the government (a draft on its behalf) is
        received into the inbox even so, as the rules let the office return it, or waive the defect.
        """
        if self.open_return is not None:
            raise refuse(RefusalCode.RESUBMISSION_REQUIRED, item=self.item, return_number=self.open_return)
        self._submit(deed, rules, draft_version, None)

    def resubmit(self, deed: Deed, rules: Rules, *, draft_version: int | None = None) -> None:
        """Submit again what was returned; the event refers to the return it answers."""
        if self.open_return is None:
            raise refuse(RefusalCode.NOT_RETURNED, item=self.item)
        self._submit(deed, rules, draft_version, self.open_return)

    def _submit(self, deed: Deed, rules: Rules, draft_version: int | None, resubmission_of: str | None) -> None:
        self.refuse_back_dating(deed)
        version = self.at_version(draft_version)
        if self.submitted_version == version:
            raise refuse(RefusalCode.ALREADY_SUBMITTED, item=self.item, draft_version=version)
        if not self.on_behalf_of_government:
            self.refuse_missing_attribute()
        self._refuse_unexamined_policy(version, rules)
        self.write(self.Submitted, deed, item=self.item, draft_version=version, resubmission_of=resubmission_of)

    def _refuse_unexamined_policy(self, version: int, rules: Rules) -> None:
        """对拟不公开的政策性文件，报批前应先送本单位政务公开工作机构审查."""
        if not self.policy or self.attribute != Attribute.WITHHELD:
            return
        if self.examination is None or self.examination.draft_version != version:
            raise refuse(RefusalCode.DISCLOSURE_OFFICE_NOT_CONSULTED, item=self.item)
        if not self.examination.agrees and rules.refuses("disclosure_office_disagrees"):
            raise refuse(RefusalCode.DISCLOSURE_OFFICE_DISAGREED, item=self.item)

    def return_to_unit(self, deed: Deed, *, ground: str, note: str | None = None, is_complete: bool = True) -> None:
        """Return a department's request to the government, on a ground that it shows (退文).

        ``is_complete`` says whether the interpretation it needs came with it (六).
        """
        self.refuse_back_dating(deed)
        self._refuse_not_in_inbox()
        value = fields.term(ReturnGround, ground, "ground")
        self._refuse_absent_ground(value, is_complete=is_complete)
        if value == ReturnGround.OTHER:
            fields.text(note, "note", longest=fields.LONG)
        self.write(
            self.Returned,
            deed,
            item=self.item,
            draft_version=self.present.version,
            ground=value,
            return_number=f"{self.item}/T{self.returns + 1}",
            note=fields.optional_text(note, "note", longest=fields.LONG),
        )

    def waive_defect(self, deed: Deed, *, defect: str, reason: str) -> None:
        """Take the request in despite a defect; the return is discretionary (可), so this is recorded too."""
        self.refuse_back_dating(deed)
        self._refuse_not_in_inbox()
        value = fields.term(Defect, defect, "defect")
        self._refuse_absent_ground(value)
        self.write(
            self.DefectWaived,
            deed,
            item=self.item,
            draft_version=self.present.version,
            defect=value,
            reason=fields.text(reason, "reason", longest=fields.LONG),
        )

    def _refuse_not_in_inbox(self) -> None:
        if not self.on_behalf_of_government or self.state != "SUBMITTED":
            raise refuse(
                RefusalCode.NOT_SUBMITTED, item=self.item, draft_version=self.present.version, state=self.state
            )

    def _refuse_absent_ground(self, ground: str, *, is_complete: bool = True) -> None:
        """Refuse a ground the document does not show: an attribute that is there, a reason nobody owed."""
        shown = {
            str(ReturnGround.NO_DISCLOSURE_ATTRIBUTE): self.determination is None,
            str(ReturnGround.NO_LEGAL_REASON): self.determination is not None and self.determination.keeps_back,
            str(ReturnGround.INCOMPLETE_PACKAGE): not is_complete,
            str(ReturnGround.OTHER): True,
        }
        if not shown[ground] or ground in self.waived:
            raise refuse(
                RefusalCode.RETURN_GROUND_NOT_MET,
                item=self.item,
                ground=ground,
                ground_zh=label("return_ground", ground).zh,
                attribute=self.attribute,
            )

    def approve(
        self,
        deed: Deed,
        *,
        draft_version: int | None = None,
        content_sha256: str | None = None,
        persons: Persons = NOBODY_LINKED,
    ) -> None:
        """Approve one content of the present draft; its drafter never does, in whatever post or by whatever code.

        For partial disclosure the content is the severed one, named by its hash; else it is the draft.
        """
        self.refuse_back_dating(deed)
        self.secrecy.refuse_locked()
        version = self.at_version(draft_version)
        if self.submitted_version != version:
            raise refuse(RefusalCode.NOT_SUBMITTED, item=self.item, draft_version=version, state=self.state)
        self.refuse_missing_attribute()
        if self.attribute_review is None or not self.attribute_review.confirms(version):
            raise refuse(RefusalCode.ATTRIBUTE_NOT_REVIEWED, item=self.item, draft_version=version)
        if persons.shared([deed.officer], self.drafters):
            raise refuse(RefusalCode.APPROVED_BY_DRAFTER, item=self.item, officer=deed.officer)
        sha256 = self.content_meant(content_sha256, severed=self.attribute == Attribute.PARTIAL)
        self.secrecy.refuse_secret(sha256)
        self.write(self.Approved, deed, item=self.item, draft_version=version, content_sha256=sha256)
