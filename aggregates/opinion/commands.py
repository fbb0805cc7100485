"""Commands on public opinion and incidents (七)."""

from aggregates.office import Office


class OpinionCommands(Office):
    """(七) (八) (九) 政务舆情回应."""
