"""The words of leadership, media, coordination and training: what may be asked, what is recorded, why it is refused (十)."""

from aggregates.area import Area
from aggregates.terms import CommandName, EventName, RefusalReason


class OrganisationCommand(CommandName):
    """What may be asked."""


class OrganisationEvent(EventName):
    """What is recorded."""


class OrganisationRefusal(RefusalReason):
    """Why it is refused."""


AREA = Area("organisation", OrganisationCommand, OrganisationEvent, OrganisationRefusal)
