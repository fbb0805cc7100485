"""Commands on leadership, media, coordination and training (十)."""

from aggregates.organisation.coordination_commands import CoordinationCommands
from aggregates.organisation.leadership_commands import LeadershipCommands
from aggregates.organisation.media_commands import MediaCommands
from aggregates.organisation.section_commands import SectionCommands
from aggregates.organisation.training_commands import TrainingCommands


class OrganisationCommands(MediaCommands, LeadershipCommands, SectionCommands, CoordinationCommands, TrainingCommands):
    """(十) (十一) (十四) (十五) (十六) 组织领导、媒体与培训."""
