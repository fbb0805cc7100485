"""Which address of the API belongs to what in the area opinion."""

from collections.abc import Mapping

from aggregates.opinion.words import OpinionCommand as Command
from web.policy import Policy, command

POLICIES: Mapping[str, Policy] = {
    "POST /api/monitoring/{unit}/duties": command(Command.ASSIGN_MONITORING_DUTY),
    "POST /api/monitoring/sessions": command(Command.OPEN_SPECIAL_MONITORING),
    "POST /api/opinions/{opinion}/signals": command(Command.RECORD_OPINION_SIGNAL),
    "POST /api/opinions/{opinion}/first-responders": command(Command.ASSIGN_FIRST_RESPONDER),
    "POST /api/opinions/{opinion}/responders": command(Command.ASSIGN_RESPONDERS),
    "POST /api/opinions/{opinion}/text-confirmations": command(Command.CONFIRM_RESPONSE_TEXT),
    "POST /api/opinions/{opinion}/coordination-notices": command(Command.ISSUE_COORDINATION_NOTICE),
    "POST /api/opinions/{opinion}/urgings": command(Command.URGE_RESPONDER),
    "POST /api/opinions/{opinion}/leadership": command(Command.ASSUME_LEADERSHIP),
    "POST /api/opinions/{opinion}/directives": command(Command.ISSUE_DIRECTIVE),
    "POST /api/opinions/{opinion}/directive-answers": command(Command.ANSWER_DIRECTIVE),
    "POST /api/opinions/{opinion}/consultations": command(Command.CONVENE_CONSULTATION),
    "POST /api/opinions/{opinion}/assessments": command(Command.ASSESS_OPINION),
    "POST /api/opinions/{opinion}/proposals": command(Command.PROPOSE_HANDLING),
    "POST /api/opinions/{opinion}/grades": command(Command.GRADE_INCIDENT),
    "POST /api/opinions/{opinion}/regradings": command(Command.REGRADE_INCIDENT),
    "POST /api/opinions/{opinion}/joint-responses": command(Command.ACTIVATE_JOINT_RESPONSE),
    "POST /api/opinions/{opinion}/releases": command(Command.RELEASE_AUTHORITATIVE_INFORMATION),
    "POST /api/opinions/{opinion}/follow-ups": command(Command.RELEASE_FOLLOW_UP),
    "POST /api/opinions/{opinion}/press-conferences": command(Command.HOLD_PRESS_CONFERENCE),
    "POST /api/opinions/{opinion}/media-contacts": command(Command.RECORD_OPINION_MEDIA_CONTACT),
    "POST /api/opinions/{opinion}/closings": command(Command.CLOSE_INCIDENT),
}
