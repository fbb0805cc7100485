"""The words of appraisal, bulletins, commendation and criticism: what may be asked, what is recorded, why it is refused (十七)."""

from aggregates.area import Area
from aggregates.terms import CommandName, EventName, RefusalReason


class AppraisalCommand(CommandName):
    """What may be asked."""


class AppraisalEvent(EventName):
    """What is recorded."""


class AppraisalRefusal(RefusalReason):
    """Why it is refused."""


AREA = Area("appraisal", AppraisalCommand, AppraisalEvent, AppraisalRefusal)
