"""What filter fields offer, and how a filter's parameter is read: the same on every list."""

from typing import Annotated

from fastapi import Query

from aggregates.vocabulary import LISTS
from web.pages.labels import status_of
from web.pages.visit import Visit
from web.pages.wording import standing_alone, term

Choice = tuple[str, str]
"""A code, and how it is read."""

Chosen = Annotated[str, Query(max_length=100)]
"""One filter of a list; empty where everything is wanted."""
Cursor = Annotated[str, Query(max_length=500)]
"""Where a list goes on; empty for its beginning."""


def of_list(visit: Visit, list_name: str) -> list[Choice]:
    """Every code of a list of the vocabulary."""
    return [(str(code), standing_alone(term(visit.language, list_name, code))) for code in LISTS[list_name]]


def of_statuses(visit: Visit, codes: tuple[str, ...]) -> list[Choice]:
    """Statuses in words."""
    return [(code, standing_alone(status_of(code).text(visit.language))) for code in codes]


def of_units(visit: Visit) -> list[Choice]:
    """Every unit of the district."""
    return [(code, visit.names.unit(code, visit.language) or code) for code in visit.names.units]


def of_channels(visit: Visit) -> list[Choice]:
    """Every channel."""
    return [(code, visit.names.channel(code, visit.language) or code) for code in visit.names.channels]


def stated(**filters: str) -> dict[str, str | None]:
    """Filters as the projections are asked: what was left empty is not asked."""
    return {name: value.strip() or None for name, value in filters.items()}
