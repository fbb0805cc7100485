"""The words of the interpretation of policies: what may be asked, what is recorded, why it is refused (五)."""

from aggregates.area import Area
from aggregates.terms import CommandName, EventName, RefusalReason


class InterpretationCommand(CommandName):
    """What may be asked."""


class InterpretationEvent(EventName):
    """What is recorded."""


class InterpretationRefusal(RefusalReason):
    """Why it is refused."""


AREA = Area("interpretation", InterpretationCommand, InterpretationEvent, InterpretationRefusal)
