"""How grave it is and what to do: consultation, assessment, handling, grading (八) (九)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from aggregates import fields
from aggregates.deed import Deed
from aggregates.opinion.clocks import (
    PRESS_CONFERENCE,
    URGENT,
    Start,
    breach_minutes,
    first_word_flag,
    first_word_limit,
    start_of,
)
from aggregates.opinion.facts import OpinionFacts
from aggregates.opinion.refusals import OpinionRefusal
from aggregates.opinion.terms import Grade, OpinionFlag, ParticipantRole, SourceKind
from aggregates.refusal import RefusalCode, refuse
from ledger import instants


class AssessmentRules(OpinionFacts):
    """性质、走势、风险: three parts, and a grade from which the clocks follow."""

    def record_signal(
        self,
        deed: Deed,
        *,
        opinion: str,
        source_kind: str,
        source: str,
        summary: str,
        detected_at: datetime | str | None = None,
        item: str | None = None,
    ) -> None:
        """Write down what was noticed; the first signal opens the case.  Entered late, it keeps its own time."""
        detected = fields.instant(detected_at or deed.occurred_at, "detected_at")
        refuse_future(deed, detected, "detected_at")
        self.write(
            self.SignalDetected,
            deed,
            opinion=fields.code(opinion, "opinion"),
            signal=f"{opinion}/S{self.signals + 1}",
            unit=deed.unit,
            source_kind=fields.term(SourceKind, source_kind, "source_kind"),
            source=fields.text(source, "source"),
            summary=fields.text(summary, "summary", longest=fields.LONG),
            detected_at=detected,
            item=fields.optional_code(item, "item"),
        )

    def hold_consultation(
        self, deed: Deed, *, participants: Iterable[Mapping[str, Any]], note: str | None = None
    ) -> str:
        """Write down who consulted; the unit involved and the competent department are among them."""
        checked = [
            {
                "unit": fields.code(each.get("unit"), "participants.unit"),
                "role": fields.term(ParticipantRole, each.get("role"), "participants.role"),
            }
            for each in fields.mappings(participants, "participants")
        ]
        self._refuse_absent(checked)
        consultation = f"{self.opinion}/C{self.consultations + 1}"
        self.write(
            self.ConsultationHeld,
            deed,
            opinion=self.opinion,
            consultation=consultation,
            participants=checked,
            note=fields.optional_text(note, "note", longest=fields.LONG),
        )
        return consultation

    def _refuse_absent(self, participants: list[dict[str, str]]) -> None:
        present = {each["role"] for each in participants}
        missing = [role for role in (ParticipantRole.INVOLVED, ParticipantRole.COMPETENT) if role not in present]
        if missing:
            raise refuse(
                OpinionRefusal.CONSULTATION_INCOMPLETE,
                opinion=self.opinion,
                missing=", ".join(missing),
                missing_zh="、".join(role.zh for role in missing),
            )

    def assess(self, deed: Deed, *, nature: str, trend: str, risk: str, consultation: str | None = None) -> None:
        """Assess it in all three parts, in a consultation or outside one."""
        named = fields.optional_text(consultation, "consultation")
        known = {f"{self.opinion}/C{number + 1}" for number in range(self.consultations)}
        if named is not None and named not in known:
            raise refuse(OpinionRefusal.CONSULTATION_UNKNOWN, opinion=self.opinion, consultation=named)
        self.write(
            self.Assessed,
            deed,
            opinion=self.opinion,
            assessment=f"{self.opinion}/A{self.assessments + 1}",
            consultation=named,
            nature=fields.text(nature, "nature", longest=fields.LONG),
            trend=fields.text(trend, "trend", longest=fields.LONG),
            risk=fields.text(risk, "risk", longest=fields.LONG),
        )

    def propose_handling(self, deed: Deed, *, proposal: str, assessment: str | None = None) -> None:
        """Propose what to do on an assessment, the latest where none is named."""
        known = [f"{self.opinion}/A{number + 1}" for number in range(self.assessments)]
        named = assessment if assessment is not None else next(reversed(known), "—")
        if named not in known:
            raise refuse(OpinionRefusal.ASSESSMENT_UNKNOWN, opinion=self.opinion, assessment=named)
        said = fields.text(proposal, "proposal", longest=fields.LONG)
        self.write(self.HandlingProposed, deed, opinion=self.opinion, assessment=named, proposal=said)

    def grade_incident(
        self, deed: Deed, *, grade: str, reason: str, clock_start: str, incident_occurred_at: datetime | str | None
    ) -> None:
        """Grade it; ``clock_start`` is the ruleset's choice of when the clocks begin, which holds from now on."""
        if self.grade is not None:
            label = Grade[self.grade]
            raise refuse(OpinionRefusal.ALREADY_GRADED, opinion=self.opinion, grade=str(label), grade_zh=label.zh)
        occurred = fields.optional_instant(incident_occurred_at, "incident_occurred_at")
        if occurred is not None:
            refuse_future(deed, occurred, "incident_occurred_at")
        start = start_of(
            clock_start,
            occurred_at=None if occurred is None else instants.from_text(occurred),
            detected_at=self.detected_at,
            graded_at=deed.occurred_at,
        )
        checked = fields.term(Grade, grade, "grade")
        flag = first_word_flag(checked)
        self.write(
            self.Graded, deed, incident_occurred_at=occurred, **self._grading(deed, checked, reason, start, flag)
        )

    def regrade_incident(self, deed: Deed, *, grade: str, reason: str) -> None:
        """Change the grade.  The clocks keep their original start, so it may be late the moment it is regraded."""
        if self.grade is None or self.start is None:
            raise refuse(OpinionRefusal.NOT_GRADED, opinion=self.opinion)
        checked = fields.term(Grade, grade, "grade")
        if checked == self.grade:
            raise refuse(RefusalCode.NOTHING_TO_CHANGE, subject=self.stream)
        occurred = self.incident_occurred_at
        self.write(
            self.Regraded,
            deed,
            incident_occurred_at=occurred and instants.to_text(occurred),
            **self._grading(deed, checked, reason, self.start, OpinionFlag.BREACH_ON_REGRADING),
        )

    def _grading(self, deed: Deed, grade: str, reason: str, start: Start, flag: OpinionFlag) -> dict[str, Any]:
        assert self.detected_at is not None, "a case begins with a signal"
        due = start.at + first_word_limit(grade)
        over = breach_minutes(due, self.first_released_at or deed.occurred_at)
        conference = instants.to_text(start.at + PRESS_CONFERENCE) if grade in URGENT else None
        return {
            "opinion": self.opinion,
            "grade": grade,
            "previous_grade": self.grade,
            "reason": fields.text(reason, "reason", longest=fields.LONG),
            "detected_at": instants.to_text(self.detected_at),
            "graded_at": instants.to_text(deed.occurred_at),
            "clock_rule": str(start.rule),
            "clock_start": instants.to_text(start.at),
            "first_word_due": instants.to_text(due),
            "press_conference_due": conference,
            "breach_minutes": over,
            "flags": [str(flag)] if over else [],
        }


def refuse_future(deed: Deed, instant: str, field: str) -> None:
    """Refuse a time after the deed's own: nobody has noticed yet what is still to come."""
    if instants.from_text(instant) > deed.occurred_at:
        raise fields.invalid(field, "不能晚于办理时间", "it must not be later than the act itself")
