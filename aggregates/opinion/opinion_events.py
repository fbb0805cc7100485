"""What is written in the file of a case of public opinion, event by event."""

from aggregates.base import LedgerEvent
from aggregates.fields import Content


class OpinionEvents:
    """The events of one case, from its first signal to its end."""

    class SignalDetected(LedgerEvent):
        """Somebody noticed it: when, and where (舆情线索); the entry says when that was recorded."""

        TOPIC = "opinion.signal_detected/1"
        opinion: str
        signal: str
        unit: str
        source_kind: str
        source: str
        summary: str
        detected_at: str
        item: str | None

    class FirstResponderAssigned(LedgerEvent):
        """The unit that answers first, by which rule (第一回应主体)."""

        TOPIC = "opinion.first_responder_assigned/1"
        opinion: str
        responder: str
        routing_rule: str
        district_policy: bool
        towns: list[str]
        departments: list[str]

    class RespondersAssigned(LedgerEvent):
        """Several units answer, each for its part (职责分工)."""

        TOPIC = "opinion.responders_assigned/1"
        opinion: str
        routing_rule: str
        responders: list[dict[str, str]]
        towns: list[str]
        departments: list[str]

    class ResponseTextConfirmed(LedgerEvent):
        """A responder stands by exactly this text (口径会签)."""

        TOPIC = "opinion.response_text_confirmed/1"
        opinion: str
        unit: str
        content: Content

    class CoordinationNoticeIssued(LedgerEvent):
        """The coordinators said who does what (组织协调)."""

        TOPIC = "opinion.coordination_notice_issued/1"
        opinion: str
        units: list[str]
        text: str

    class ResponderUrged(LedgerEvent):
        """The coordinators urged a responder (督促)."""

        TOPIC = "opinion.responder_urged/1"
        opinion: str
        responder: str
        text: str

    class LeadershipAssumed(LedgerEvent):
        """The district's principal took the lead (领导责任)."""

        TOPIC = "opinion.leadership_assumed/1"
        opinion: str
        grade: str | None
        note: str | None

    class DirectiveIssued(LedgerEvent):
        """The district's principal directed units (批示)."""

        TOPIC = "opinion.directive_issued/1"
        opinion: str
        directive: str
        units: list[str]
        text: str

    class DirectiveAnswered(LedgerEvent):
        """A unit said what it did about a directive (批示落实)."""

        TOPIC = "opinion.directive_answered/1"
        opinion: str
        directive: str
        unit: str
        response: str

    class ConsultationHeld(LedgerEvent):
        """The office brought the units involved and the competent ones together (会商研判)."""

        TOPIC = "opinion.consultation_held/1"
        opinion: str
        consultation: str
        participants: list[dict[str, str]]
        note: str | None

    class Assessed(LedgerEvent):
        """Nature, trend and risk were assessed (评估)."""

        TOPIC = "opinion.assessed/1"
        opinion: str
        assessment: str
        consultation: str | None
        nature: str
        trend: str
        risk: str

    class HandlingProposed(LedgerEvent):
        """What to do was proposed, on an assessment (预控处置意见)."""

        TOPIC = "opinion.handling_proposed/1"
        opinion: str
        assessment: str
        proposal: str

    class Graded(LedgerEvent):
        """How grave the incident is: all three starts of the clocks, the one that counts, what is due (事件定级)."""

        TOPIC = "opinion.graded/1"
        opinion: str
        grade: str
        previous_grade: str | None
        reason: str
        incident_occurred_at: str | None
        detected_at: str
        graded_at: str
        clock_rule: str
        clock_start: str
        first_word_due: str
        press_conference_due: str | None
        breach_minutes: int
        flags: list[str]

    class Regraded(LedgerEvent):
        """The grade changed; the clocks keep their original start (级别调整)."""

        TOPIC = "opinion.regraded/1"
        opinion: str
        grade: str
        previous_grade: str | None
        reason: str
        incident_occurred_at: str | None
        detected_at: str
        graded_at: str
        clock_rule: str
        clock_start: str
        first_word_due: str
        press_conference_due: str | None
        breach_minutes: int
        flags: list[str]

    class JointResponseActivated(LedgerEvent):
        """Publicity, cyberspace and others were brought in (联动机制启动)."""

        TOPIC = "opinion.joint_response_activated/1"
        opinion: str
        partners: list[str]
        note: str | None

    class AuthoritativeInformationReleased(LedgerEvent):
        """The first authoritative word, and how long it took (权威信息发布)."""

        TOPIC = "opinion.authoritative_information_released/1"
        opinion: str
        release: str
        unit: str
        title: str
        content: Content
        item: str | None
        channels: list[str]
        matter: str | None
        clock_rule: str
        clock_start: str
        due_at: str
        elapsed_minutes: int
        breach_minutes: int
        flags: list[str]

    class FollowUpReleased(LedgerEvent):
        """A further word, and how long after the last (续报)."""

        TOPIC = "opinion.follow_up_released/1"
        opinion: str
        release: str
        unit: str
        title: str
        content: Content
        item: str | None
        channels: list[str]
        gap_minutes: int
        flags: list[str]

    class PressConferenceHeld(LedgerEvent):
        """A press conference took place (新闻发布会)."""

        TOPIC = "opinion.press_conference_held/1"
        opinion: str
        unit: str
        title: str
        place: str
        spokesperson: str
        media: list[str]
        clock_rule: str | None
        clock_start: str | None
        due_at: str | None
        elapsed_minutes: int | None
        breach_minutes: int
        flags: list[str]

    class MediaContactRecorded(LedgerEvent):
        """Somebody spoke with a medium or a site, when and about what (媒体沟通)."""

        TOPIC = "opinion.media_contact_recorded/1"
        opinion: str
        unit: str
        media: str
        contacted_at: str
        text: str

    class Closed(LedgerEvent):
        """The case is at its end; what is missing is pointed out (办结)."""

        TOPIC = "opinion.closed/1"
        opinion: str
        summary: str
        flags: list[str]
