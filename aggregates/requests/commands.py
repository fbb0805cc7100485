"""Commands on information requests (十三)."""

from aggregates.office import Office


class RequestCommands(Office):
    """(十三) 依申请公开."""
