"""What a reader may see of the differences between two moments: of each list as much as of the list itself."""

from typing import NamedTuple

from projections.compared import BEFORE_THE_PUBLIC
from projections.difference import Sight
from projections.temporal import Content
from web.policy import not_signed_in
from web.principal import Principal
from web.reading_rights import supervises

FOR_OFFICERS = frozenset({"documents", "officers", "posts"})
"""Lists that only officers may read."""


class Sights(NamedTuple):
    """Which rows a reader sees, and the types of the entries that the reader may hear of (None: all)."""

    sees: Sight | None
    told: frozenset[str] | None


def sights_of(principal: Principal | None, table: str, *, unlisted: bool = False) -> Sights:
    """What somebody may see of a list; what is on its way in the catalogue only supervision, where it asks for it.

    Raises Problem NOT_SIGNED_IN.
    """
    if table in FOR_OFFICERS and principal is None:
        raise not_signed_in()
    watches = supervises(principal)
    match table:
        case "catalogue":
            return Sights(None if unlisted and watches else _is_listed, None if watches else BEFORE_THE_PUBLIC)
        case "register":
            return Sights(None, None if watches else BEFORE_THE_PUBLIC)
        case "documents" if principal is not None and not watches:
            units = principal.units
            return Sights(lambda row: row["unit"] in units, None)
        case _:
            return Sights(None, None)


def _is_listed(row: Content) -> bool:
    return bool(row["listed"])
