"""Commands on information requests (十三)."""

from aggregates.requests.answer_commands import AnswerCommands
from aggregates.requests.calendar_commands import CalendarCommands
from aggregates.requests.handling_commands import HandlingCommands
from aggregates.requests.intake_commands import IntakeCommands
from aggregates.requests.voice_commands import VoiceCommands


class RequestCommands(CalendarCommands, IntakeCommands, HandlingCommands, AnswerCommands, VoiceCommands):
    """(十三) 依申请公开: the calendar, the requests, and what else may be asked of the record."""
