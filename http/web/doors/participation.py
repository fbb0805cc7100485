"""Which address of the API belongs to what in the area participation."""

from collections.abc import Mapping

from aggregates.participation.words import ParticipationCommand as Command
from web.policy import Policy, command, public_command

POLICIES: Mapping[str, Policy] = {
    "POST /api/decisions": command(Command.REGISTER_MAJOR_DECISION),
    "POST /api/decisions/{decision}/reviews": command(Command.REVIEW_MAJOR_DECISION),
    "POST /api/decisions/{decision}/exemptions": command(Command.EXEMPT_FROM_PRE_DISCLOSURE),
    "POST /api/decisions/{decision}/drafts": command(Command.PUBLISH_DECISION_DRAFT),
    "POST /api/decisions/{decision}/comment-periods": command(Command.OPEN_COMMENT_PERIOD),
    "POST /api/decisions/{decision}/comments": public_command(Command.SUBMIT_COMMENT),
    "POST /api/decisions/{decision}/clusters": command(Command.CLUSTER_COMMENTS),
    "POST /api/decisions/{decision}/comment-period-closings": command(Command.CLOSE_COMMENT_PERIOD),
    "POST /api/decisions/{decision}/feedback": command(Command.PUBLISH_CONSULTATION_FEEDBACK),
    "POST /api/decisions/{decision}/participation": command(Command.RECORD_PARTICIPATION),
    "POST /api/decisions/{decision}/outcomes": command(Command.RECORD_DECISION),
    "POST /api/hearings": command(Command.ANNOUNCE_HEARING),
    "POST /api/hearings/{public_hearing}/sessions": command(Command.HOLD_HEARING),
    "POST /api/hearings/{public_hearing}/reports": command(Command.PUBLISH_HEARING_REPORT),
    "POST /api/attendance-system": command(Command.ADOPT_ATTENDANCE_SYSTEM),
    "POST /api/meetings/{meeting}/invitations": command(Command.INVITE_ATTENDEE),
    "POST /api/meetings/{meeting}/attendance": command(Command.RECORD_ATTENDANCE),
    "POST /api/participation-modes": command(Command.REGISTER_PARTICIPATION_MODE),
    "POST /api/public-inputs": command(Command.REGISTER_PUBLIC_INPUT),
    "POST /api/supervision-inputs": command(Command.REGISTER_SUPERVISION_INPUT),
    "POST /api/evaluations": command(Command.EVALUATE_IMPLEMENTATION),
    "POST /api/opinion-boxes": command(Command.OPEN_OPINION_BOX),
    "POST /api/opinion-boxes/{box}/messages": public_command(Command.RECEIVE_MESSAGE),
    "POST /api/messages/{message}/assignments": command(Command.ASSIGN_MESSAGE),
    "POST /api/messages/{message}/replies": command(Command.REPLY_MESSAGE),
}
