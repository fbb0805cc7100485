"""How a sample is drawn so that anybody can draw it again: from a seed and a population, by SHA-256 alone (四).

The items are put in the order of ``sha256(seed, newline, item)``; the sample is the first of them.  It
does not depend on the order in which the population is read, nor on any generator of random numbers.
"""

import hashlib
from collections.abc import Iterable

from aggregates.supervision.words import Population
from aggregates.vocabulary import Attribute, EventType
from ledger.entry import Entry

_CHANGED = "document.attribute_changed/1"
POPULATION_TYPES = (
    str(EventType.DOCUMENT_DRAFTED),
    str(EventType.ATTRIBUTE_DETERMINED),
    _CHANGED,
    str(EventType.PUBLISHED),
    str(EventType.HISTORIC_RECORDED),
)
"""The events that say what there is to draw from."""


def draw(population: Iterable[str], seed: str, size: int) -> list[str]:
    """The sample of that size that the seed draws from the population, in the order in which it is drawn."""
    ordered = sorted(set(population), key=lambda item: (hashlib.sha256(f"{seed}\n{item}".encode()).digest(), item))
    return ordered[:size]


def population_digest(population: Iterable[str]) -> str:
    """The SHA-256 of a population: its members in order, each on a line."""
    return hashlib.sha256("".join(f"{member}\n" for member in sorted(set(population))).encode()).hexdigest()


def population_of(entries: Iterable[Entry], population: str, units: Iterable[str] = ()) -> list[str]:
    """The population that the entries up to some position make, of these units or of all."""
    unit_of: dict[str, str | None] = {}
    attribute: dict[str, str] = {}
    published: dict[str, str | None] = {}
    for entry in entries:
        if entry.type == EventType.DOCUMENT_DRAFTED:
            unit_of[entry.data["item"]] = entry.data["unit"]
        elif entry.type in {EventType.ATTRIBUTE_DETERMINED, _CHANGED}:
            attribute[entry.data["item"]] = entry.data["attribute"]
        elif entry.type in {EventType.PUBLISHED, EventType.HISTORIC_RECORDED}:
            published[entry.data["publication"]] = entry.data["unit"]
    chosen = published if population == Population.PUBLICATIONS else unit_of
    wanted = set(units)
    return sorted(
        member
        for member, unit in chosen.items()
        if (not wanted or unit in wanted)
        and (population != Population.WITHHELD or attribute.get(member) == Attribute.WITHHELD)
    )
