"""Commands on information requests (十三)."""

from aggregates.requests.calendar_commands import CalendarCommands


class RequestCommands(CalendarCommands):
    """(十三) 依申请公开."""
