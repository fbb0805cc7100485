"""The words of self-checks, spot checks, rectification: what may be asked, what is recorded, why it is refused (四)."""

from aggregates.area import Area
from aggregates.terms import CommandName, EventName, RefusalReason


class SupervisionCommand(CommandName):
    """What may be asked."""


class SupervisionEvent(EventName):
    """What is recorded."""


class SupervisionRefusal(RefusalReason):
    """Why it is refused."""


AREA = Area("supervision", SupervisionCommand, SupervisionEvent, SupervisionRefusal)
