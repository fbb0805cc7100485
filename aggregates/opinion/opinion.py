"""A case of public opinion or an incident: answered in time, by whom, with which words (七) (八) (九).

The rules stand in ``responsibility`` (who answers), ``assessment`` (how grave it is) and ``response`` (what
is said when); here is how each event is filed.
"""

from datetime import datetime

from eventsourcing.domain import event

from aggregates.fields import Content
from aggregates.opinion.assessment import AssessmentRules
from aggregates.opinion.clocks import Start
from aggregates.opinion.opinion_events import OpinionEvents
from aggregates.opinion.response import ResponseRules
from aggregates.opinion.terms import ClockStart
from ledger import instants


class Opinion(ResponseRules, AssessmentRules):
    """One case; its stream is ``opinion/<code>``."""

    TOPIC = "opinion"
    STREAM = "opinion"
    IDENTIFIER = "opinion"

    # ── how each event is filed; nothing is judged here ───────────────────────────────────────────

    @event(OpinionEvents.SignalDetected)
    def _signal_detected(self, opinion: str, detected_at: str) -> None:
        self.opinion = opinion
        self.signals += 1
        detected = instants.from_text(detected_at)
        self.detected_at = detected if self.detected_at is None else min(self.detected_at, detected)

    @event(OpinionEvents.FirstResponderAssigned)
    def _first_responder_assigned(self, responder: str) -> None:
        self.responders = [responder]

    @event(OpinionEvents.RespondersAssigned)
    def _responders_assigned(self, responders: list[dict[str, str]]) -> None:
        self.responders = [share["unit"] for share in responders]

    @event(OpinionEvents.ResponseTextConfirmed)
    def _response_text_confirmed(self, unit: str, content: Content) -> None:
        self.confirmed.setdefault(content["sha256"], []).append(unit)

    @event(OpinionEvents.LeadershipAssumed)
    def _leadership_assumed(self) -> None:
        self.has_leader = True

    @event(OpinionEvents.DirectiveIssued)
    def _directive_issued(self, directive: str, units: list[str]) -> None:
        self.directives[directive] = units
        self.unanswered[directive] = list(units)

    @event(OpinionEvents.DirectiveAnswered)
    def _directive_answered(self, directive: str, unit: str) -> None:
        self.unanswered[directive] = [other for other in self.unanswered[directive] if other != unit]

    @event(OpinionEvents.ConsultationHeld)
    def _consultation_held(self) -> None:
        self.consultations += 1

    @event(OpinionEvents.Assessed)
    def _assessed(self) -> None:
        self.assessments += 1

    @event(OpinionEvents.Graded)
    def _graded(self, grade: str, clock_rule: str, clock_start: str, incident_occurred_at: str | None) -> None:
        self.grades.append(grade)
        self.start = Start(ClockStart[clock_rule], instants.from_text(clock_start))
        self.incident_occurred_at = None if incident_occurred_at is None else instants.from_text(incident_occurred_at)

    @event(OpinionEvents.Regraded)
    def _regraded(self, grade: str) -> None:
        self.grades.append(grade)

    @event(OpinionEvents.AuthoritativeInformationReleased)
    def _released(self, timestamp: datetime) -> None:
        self.released_at.append(timestamp)

    @event(OpinionEvents.FollowUpReleased)
    def _follow_up_released(self, timestamp: datetime) -> None:
        self.released_at.append(timestamp)

    @event(OpinionEvents.PressConferenceHeld)
    def _press_conference_held(self, timestamp: datetime) -> None:
        self.press_conference_at = self.press_conference_at or timestamp

    @event(OpinionEvents.Closed)
    def _closed(self, timestamp: datetime) -> None:
        self.closed_at = timestamp
