"""Commands on appraisal, bulletins, commendation and criticism (十七)."""

from aggregates.appraisal.appraisal_commands import ScoringCommands
from aggregates.appraisal.bulletin_commands import BulletinCommands
from aggregates.appraisal.standing_commands import StandingCommands


class AppraisalCommands(ScoringCommands, BulletinCommands, StandingCommands):
    """(十七) 考核、通报与问责."""
