"""The words of public opinion and incidents: what may be asked, what is recorded, why it is refused (七)."""

from aggregates.area import Area
from aggregates.terms import CommandName, EventName, RefusalReason


class OpinionCommand(CommandName):
    """What may be asked."""


class OpinionEvent(EventName):
    """What is recorded."""


class OpinionRefusal(RefusalReason):
    """Why it is refused."""


AREA = Area("opinion", OpinionCommand, OpinionEvent, OpinionRefusal)
