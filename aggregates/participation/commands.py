"""Commands on major decisions and public participation (二) (十二) (十三)."""

from aggregates.participation.box_commands import BoxCommands
from aggregates.participation.consultation_commands import ConsultationCommands
from aggregates.participation.decision_commands import DecisionCommands
from aggregates.participation.hearing_commands import HearingCommands
from aggregates.participation.intake_commands import IntakeCommands


class ParticipationCommands(DecisionCommands, ConsultationCommands, HearingCommands, IntakeCommands, BoxCommands):
    """重大决策与公众参与."""
