"""The words of major decisions and public participation: what may be asked, what is recorded, why it is refused (二)."""

from aggregates.area import Area
from aggregates.terms import CommandName, EventName, RefusalReason


class ParticipationCommand(CommandName):
    """What may be asked."""


class ParticipationEvent(EventName):
    """What is recorded."""


class ParticipationRefusal(RefusalReason):
    """Why it is refused."""


AREA = Area("participation", ParticipationCommand, ParticipationEvent, ParticipationRefusal)
