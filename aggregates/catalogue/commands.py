"""Commands on the disclosure catalogue and the negative list (三)."""

from aggregates.office import Office


class CatalogueCommands(Office):
    """(三) 主动公开目录与负面清单."""
