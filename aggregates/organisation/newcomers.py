"""Newly appointed officers are trained before they review or publish (十六): flagged, or refused, as the rules say.

A newcomer is whoever was first appointed to disclosure work after this ledger was opened, or was called
to a training for newcomers.  Whoever was at work when it was opened is taken over as they are.  One
training for newcomers that was passed ends it.
"""

from aggregates.channel import Platform
from aggregates.desk import DISTRICT, Desk
from aggregates.officer import Officer
from aggregates.organisation.words_refusals import OrganisationRefusal
from aggregates.refusal import refuse


def flags_of_training(desk: Desk, subject: str) -> list[str]:
    """Nothing for a trained officer; else the flag UNTRAINED_OFFICER with its event, or the refusal.

    ``subject`` is the item on which the officer acts.
    """
    code = desk.deed.officer
    if not desk.read(Officer, code).is_untrained_newcomer(desk.read(Platform, DISTRICT).founded_on):
        return []
    if desk.rules.refuses("untrained_officer"):
        raise refuse(OrganisationRefusal.UNTRAINED_OFFICER, officer=code)
    desk.open(Officer, code).act_untrained(desk.deed, command=str(desk.command), subject=subject)
    return [str(OrganisationRefusal.UNTRAINED_OFFICER)]
