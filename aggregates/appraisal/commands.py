"""Commands on appraisal, bulletins, commendation and criticism (十七)."""

from aggregates.office import Office


class AppraisalCommands(Office):
    """(十七) 考核、通报与问责."""
