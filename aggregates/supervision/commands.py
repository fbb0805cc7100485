"""Commands on self-checks, spot checks, rectification (四)."""

from aggregates.office import Office


class SupervisionCommands(Office):
    """(四) 自查、抽查与整改."""
