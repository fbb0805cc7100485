"""Which address of the API belongs to what in the area organisation."""

from collections.abc import Mapping

from aggregates.organisation.words_commands import OrganisationCommand as Command
from web.policy import Policy, command

_HEARING = "/api/units/{unit}/leadership-hearings"

POLICIES: Mapping[str, Policy] = {
    "POST /api/media-contacts": command(Command.RECORD_MEDIA_CONTACT),
    "POST /api/media-guidance": command(Command.ISSUE_MEDIA_GUIDANCE),
    "POST /api/cooperations": command(Command.RECORD_SECTION_COOPERATION),
    "POST /api/interviews": command(Command.RECEIVE_INTERVIEW_REQUEST),
    "POST /api/interviews/{interview}/answers": command(Command.ANSWER_INTERVIEW_REQUEST),
    "POST /api/gazette-issues": command(Command.PUBLISH_GAZETTE_ISSUE),
    "POST /api/units/{unit}/deputies-in-charge": command(Command.APPOINT_DEPUTY_IN_CHARGE),
    "POST /api/units/{unit}/leadership-divisions": command(Command.PUBLISH_LEADERSHIP_DIVISION),
    "POST /api/units/{unit}/leadership-actions": command(Command.RECORD_LEADERSHIP_ACTION),
    "POST /api/units/{unit}/agenda-items": command(Command.RECORD_AGENDA_ITEM),
    f"POST {_HEARING}": command(Command.RECORD_LEADERSHIP_HEARING),
    f"POST {_HEARING}/{{hearing}}/resolutions": command(Command.RECORD_HEARING_RESOLUTION),
    f"POST {_HEARING}/{{hearing}}/notices": command(Command.PUBLISH_HEARING_NOTICE),
    "POST /api/units/{unit}/disclosure-section": command(Command.ESTABLISH_DISCLOSURE_SECTION),
    "POST /api/inspections": command(Command.CONDUCT_INSPECTION),
    "POST /api/documents/{item}/confirmation-requests": command(Command.REQUEST_CONFIRMATION),
    "POST /api/documents/{item}/confirmations": command(Command.CONFIRM_INFORMATION),
    "POST /api/documents/{item}/objections": command(Command.OBJECT_TO_INFORMATION),
    "POST /api/documents/{item}/settlements": command(Command.SETTLE_DISAGREEMENT),
    "POST /api/inconsistencies": command(Command.FLAG_INCONSISTENCY),
    "POST /api/trainings": command(Command.HOLD_TRAINING),
    "POST /api/trainings/{training}/results": command(Command.RECORD_TRAINING_RESULT),
    "POST /api/officers/{officer}/links": command(Command.LINK_OFFICERS),
}
