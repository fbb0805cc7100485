"""A demand to correct a record about oneself (更正申请, 条例第四十一条): verify, correct, tell; or pass on and tell."""

from collections.abc import Mapping
from datetime import date

from eventsourcing.domain import event

from aggregates import fields
from aggregates.base import Record
from aggregates.deed import Deed
from aggregates.refusal import RefusalCode, refuse
from aggregates.requests.intake import day_of_act
from aggregates.requests.words import RequestRefusal
from aggregates.requests.words_lists import RecordCorrectionConclusion

PERSONAL_FIELDS = ("applicant_name", "applicant_contact", "demand")

_TO_ANOTHER = frozenset({RecordCorrectionConclusion.TRANSFERRED, RecordCorrectionConclusion.REFERRED})


class RecordCorrection(Record):
    """One demand; its stream is ``record_correction/<id>``."""

    TOPIC = "record_correction"
    STREAM = "record_correction"
    IDENTIFIER = "record_correction"

    class Requested(Record.Event):
        """Somebody says, with evidence, that a record about themself is wrong (更正申请)."""

        TOPIC = "record_correction.requested/1"
        record_correction: str
        unit: str
        subject: str
        received_on: str
        applicant_name_commitment: str | None
        applicant_contact_commitment: str | None
        demand_commitment: str | None

    class Decided(Record.Event):
        """What was done, and when the applicant was told (更正处理)."""

        TOPIC = "record_correction.decided/1"
        record_correction: str
        conclusion: str
        reason: str
        organ: str | None
        told_on: str

    def __init__(self) -> None:
        self.record_correction = ""
        self.unit = ""
        self.received_on = ""
        self.conclusion: str | None = None

    def demand(
        self,
        deed: Deed,
        *,
        record_correction: str,
        unit: str,
        subject: str,
        commitments: Mapping[str, str],
        received_on: str | date | None = None,
    ) -> None:
        """Enter a demand; ``subject`` names the record, what is wrong in it is the applicant's own and apart."""
        if self.exists:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=self.stream)
        self.write(
            self.Requested,
            deed,
            record_correction=fields.code(record_correction, "record_correction"),
            unit=fields.code(unit, "unit"),
            subject=fields.text(subject, "subject"),
            received_on=day_of_act(deed, received_on, "received_on"),
            **{f"{name}_commitment": commitments.get(name) for name in PERSONAL_FIELDS},
        )

    @event(Requested)
    def _requested(self, record_correction: str, unit: str, received_on: str) -> None:
        self.record_correction, self.unit, self.received_on = record_correction, unit, received_on

    def decide(
        self, deed: Deed, *, conclusion: str, reason: str, told_on: str | date | None = None, organ: str | None = None
    ) -> None:
        """Conclude, once; ``organ`` is who was competent instead, where it was passed on."""
        self.refuse_back_dating(deed)
        if self.conclusion is not None:
            raise refuse(RequestRefusal.DECIDED_BEFORE, subject=self.stream)
        conclusion = fields.term(RecordCorrectionConclusion, conclusion, "conclusion")
        named = fields.optional_text(organ, "organ")
        if conclusion in _TO_ANOTHER and named is None:
            raise fields.invalid("organ", "须写明有权更正的机关", "name the organ that may correct it")
        self.write(
            self.Decided,
            deed,
            record_correction=self.record_correction,
            conclusion=conclusion,
            reason=fields.text(reason, "reason", longest=fields.LONG),
            organ=named,
            told_on=day_of_act(deed, told_on, "told_on"),
        )

    @event(Decided)
    def _decided(self, conclusion: str) -> None:
        self.conclusion = conclusion
