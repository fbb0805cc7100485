"""The words of information requests: what may be asked, what is recorded, why it is refused (十三)."""

from aggregates.area import Area
from aggregates.terms import CommandName, EventName, RefusalReason


class RequestCommand(CommandName):
    """What may be asked."""


class RequestEvent(EventName):
    """What is recorded."""


class RequestRefusal(RefusalReason):
    """Why it is refused."""


AREA = Area("requests", RequestCommand, RequestEvent, RequestRefusal)
