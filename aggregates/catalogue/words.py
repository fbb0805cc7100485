"""The words of the disclosure catalogue and the negative list: what may be asked, what is recorded, why it is refused (三)."""

from aggregates.area import Area
from aggregates.terms import CommandName, EventName, RefusalReason


class CatalogueCommand(CommandName):
    """What may be asked."""


class CatalogueEvent(EventName):
    """What is recorded."""


class CatalogueRefusal(RefusalReason):
    """Why it is refused."""


AREA = Area("catalogue", CatalogueCommand, CatalogueEvent, CatalogueRefusal)
