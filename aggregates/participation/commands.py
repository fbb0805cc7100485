"""Commands on major decisions and public participation (二)."""

from aggregates.office import Office


class ParticipationCommands(Office):
    """(二) (十二) (十三) 重大决策与公众参与."""
