"""Information that concerns another unit goes out only after that unit confirmed this very draft (十五).

对涉及其他各单位的政府信息，应当与有关单位沟通确认.  A unit is concerned when the draft says so or when it
was asked.  A confirmation is of one draft version and lapses with it; an objection may be settled by
the district office.
"""

from collections.abc import Iterable
from datetime import date

from aggregates import fields
from aggregates.deed import Deed
from aggregates.document_facts import Answer, DocumentFacts
from aggregates.organisation.persons import NOBODY_LINKED, Persons
from aggregates.organisation.words_lists import DisagreementConclusion
from aggregates.organisation.words_refusals import OrganisationRefusal
from aggregates.refusal import refuse


def refuse_unconfirmed(document: DocumentFacts) -> None:
    """Refuse what some concerned unit has not confirmed in exactly the present draft."""
    version = document.present.version
    missing = [unit for unit in document.concerned_units if not _agrees(document.answers.get(unit), version)]
    if missing:
        raise refuse(
            OrganisationRefusal.UNCONFIRMED_BY,
            item=document.item,
            draft_version=version,
            unit=missing[0],
            units=", ".join(missing),
            units_zh="、".join(missing),
        )


def _agrees(answer: Answer | None, version: int) -> bool:
    return answer is not None and answer.draft_version == version and answer.agrees


class CoordinationRules(DocumentFacts):
    """What concerned units are asked and say about a draft."""

    def request_confirmation(
        self, deed: Deed, *, units: Iterable[str], due_date: str | date, question: str | None = None
    ) -> None:
        """Ask other units to confirm the present draft by a day; whoever is asked is concerned from then on."""
        self.refuse_back_dating(deed)
        asked = fields.codes(units, "units")
        if not asked or self.unit in asked:
            raise fields.invalid("units", "须为其他单位，至少一个", "it must name other units, at least one")
        due = fields.day(due_date, "due_date")
        if due < deed.day:
            raise fields.invalid("due_date", "早于征询日期", "it lies before the day of the request")
        self.write(
            self.ConfirmationRequested,
            deed,
            item=self.item,
            draft_version=self.present.version,
            content_sha256=self.present.sha256,
            units=asked,
            due_date=due,
            question=fields.optional_text(question, "question", longest=fields.LONG),
        )

    def confirm_information(
        self,
        deed: Deed,
        *,
        unit: str,
        draft_version: int | None = None,
        note: str | None = None,
        persons: Persons = NOBODY_LINKED,
    ) -> None:
        """Confirm the present draft for a concerned unit; nobody who drafted it speaks for another unit."""
        version = self._asked_about(deed, unit, draft_version, persons)
        self.write(
            self.InformationConfirmed,
            deed,
            item=self.item,
            draft_version=version,
            content_sha256=self.present.sha256,
            unit=unit,
            note=fields.optional_text(note, "note", longest=fields.LONG),
        )

    def object_to_information(
        self,
        deed: Deed,
        *,
        unit: str,
        reason: str,
        draft_version: int | None = None,
        persons: Persons = NOBODY_LINKED,
    ) -> None:
        """Object to the present draft for a concerned unit; an earlier confirmation of it falls."""
        version = self._asked_about(deed, unit, draft_version, persons)
        self.write(
            self.InformationObjected,
            deed,
            item=self.item,
            draft_version=version,
            content_sha256=self.present.sha256,
            unit=unit,
            reason=fields.text(reason, "reason", longest=fields.LONG),
        )

    def _asked_about(self, deed: Deed, unit: str, draft_version: int | None, persons: Persons) -> int:
        if unit not in self.concerned_units:
            raise refuse(OrganisationRefusal.NOT_CONCERNED, item=self.item, unit=unit)
        self.refuse_back_dating(deed)
        version = self.at_version(draft_version)
        if persons.shared([deed.officer], self.drafters):
            raise refuse(OrganisationRefusal.CONFIRMED_BY_DRAFTER, item=self.item, officer=deed.officer, unit=unit)
        return version

    def settle_disagreement(self, deed: Deed, *, unit: str, conclusion: str, reason: str) -> None:
        """Settle a unit's objection to the present draft, as the district office."""
        self.refuse_back_dating(deed)
        version = self.present.version
        answer = self.answers.get(unit)
        if answer is None or answer.agrees or answer.draft_version != version:
            raise refuse(OrganisationRefusal.NO_DISAGREEMENT, item=self.item, unit=unit, draft_version=version)
        self.write(
            self.DisagreementSettled,
            deed,
            item=self.item,
            draft_version=version,
            unit=unit,
            conclusion=fields.term(DisagreementConclusion, conclusion, "conclusion"),
            reason=fields.text(reason, "reason", longest=fields.LONG),
        )
