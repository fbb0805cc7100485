"""Commands on leadership, media, coordination and training (十)."""

from aggregates.office import Office


class OrganisationCommands(Office):
    """(十) (十一) (十四) (十五) (十六) 组织领导、媒体与培训."""
