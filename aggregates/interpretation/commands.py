"""Commands on the interpretation of policies (五)."""

from aggregates.office import Office


class InterpretationCommands(Office):
    """(五) (六) 政策解读."""
