"""What follows from the catalogue's events: the lists of any day, how complete they are, how large the exception is (三).

Pure: entries of the ledger in, figures out.  Nobody enters any of it; "at" means by occurrence, the fold
in the ledger's order of everything that had happened by then.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from aggregates.catalogue.entry import CatalogueEntry
from aggregates.catalogue.negative_list import Withholding
from aggregates.catalogue.words import CatalogueEvent, HarmGround
from aggregates.vocabulary import Attribute, EventType, Phase
from ledger.entry import Entry

_STATED = frozenset({CatalogueEvent.ENTRY_DEFINED, CatalogueEvent.ENTRY_CARRIED_OVER, CatalogueEvent.ENTRY_AMENDED})
_CHANGED = "document.attribute_changed/1"
_WITHHELD = frozenset({CatalogueEvent.NEGATIVE_ADDED, CatalogueEvent.NEGATIVE_AMENDED})


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry of the negative list as it stood, of which unit and in which version."""

    negative_entry: str
    unit: str
    entry_version: int
    withholding: Withholding


@dataclass(frozen=True, slots=True)
class Quality:
    """How far a catalogue has come: entries in all, in standard form, and citing a superior's catalogue."""

    entries: int
    standard: int
    aligned: int

    @property
    def standard_percent(self) -> float | None:
        """The share in standard form, in percent with one decimal; None where there is no entry."""
        return round(100 * self.standard / self.entries, 1) if self.entries else None


@dataclass(frozen=True, slots=True)
class Exceptions:
    """A unit's items by what they stand as: the norm, the exceptions, and those nobody gave a reason for."""

    items: int
    proactive: int
    exceptions: int
    without_reason: int

    @property
    def percent(self) -> float | None:
        """The share of the exceptions, in percent with one decimal; None where nothing was determined."""
        return round(100 * self.exceptions / self.items, 1) if self.items else None


def catalogue_at(entries: Iterable[Entry], at: datetime | None = None) -> dict[str, CatalogueEntry]:
    """The disclosure catalogue as it stood, by the entries' numbers."""
    found: dict[str, CatalogueEntry] = {}
    for entry in _by(entries, at):
        if entry.type in _STATED:
            members = {name: entry.data[name] for name in CatalogueEntry.__slots__}
            found[entry.data["entry"]] = CatalogueEntry(**members)
        elif entry.type == CatalogueEvent.ENTRY_REMOVED:
            found.pop(entry.data["entry"], None)
        elif entry.type == CatalogueEvent.ALIGNED:
            _align(found, entry.data)
    return found


def _align(found: dict[str, CatalogueEntry], data: Mapping[str, Any]) -> None:
    for number in data["entries"]:
        if number in found:
            found[number] = replace(found[number], superior_catalogue=data["superior_catalogue"])


def coverage(catalogue: Iterable[CatalogueEntry]) -> dict[str, int]:
    """How many entries each of the five kinds of openness has (五公开覆盖), the ones without any included."""
    phases = [entry.phase for entry in catalogue]
    return {str(phase): phases.count(str(phase)) for phase in Phase}


def quality(catalogue: Iterable[CatalogueEntry]) -> Quality:
    """The share of entries in standard form (目录规范度)."""
    listed = list(catalogue)
    return Quality(
        entries=len(listed),
        standard=sum(entry.is_standard for entry in listed),
        aligned=sum(entry.superior_catalogue is not None for entry in listed),
    )


def negative_list_at(entries: Iterable[Entry], at: datetime | None = None) -> dict[str, Listed]:
    """The negative list as it stood on any date (负面清单沿革)."""
    found: dict[str, Listed] = {}
    for entry in _by(entries, at):
        if entry.type in _WITHHELD:
            data = entry.data
            said = Withholding(**{name: data[name] for name in Withholding.__slots__})
            found[data["negative_entry"]] = Listed(data["negative_entry"], data["unit"], data["entry_version"], said)
        elif entry.type == CatalogueEvent.NEGATIVE_REMOVED:
            found.pop(entry.data["negative_entry"], None)
    return found


def negative_list_by_ground(listed: Iterable[Listed]) -> dict[str, list[str]]:
    """The negative list by the harm on which it rests (按事由), the grounds without entries included."""
    found: dict[str, list[str]] = {str(ground): [] for ground in HarmGround}
    for entry in listed:
        found[entry.withholding.harm_ground].append(entry.negative_entry)
    return {ground: sorted(numbers) for ground, numbers in found.items()}


def exceptions_by_unit(entries: Iterable[Entry], at: datetime | None = None) -> dict[str, Exceptions]:
    """How far each unit keeps to 以公开为常态、不公开为例外, from the last attribute of each of its items."""
    unit_of: dict[str, str] = {}
    standing: dict[str, tuple[str, bool]] = {}
    for entry in _by(entries, at):
        if entry.type == EventType.DOCUMENT_DRAFTED:
            unit_of[entry.data["item"]] = entry.data["unit"]
        elif entry.type in {EventType.ATTRIBUTE_DETERMINED, _CHANGED}:
            reasoned = bool(entry.data["reason"] or entry.data.get("severed_passages"))
            standing[entry.data["item"]] = (entry.data["attribute"], reasoned)
    units = sorted({unit_of[item] for item in standing if item in unit_of})
    return {unit: _exceptions([said for item, said in standing.items() if unit_of.get(item) == unit]) for unit in units}


def _exceptions(standing: list[tuple[str, bool]]) -> Exceptions:
    exceptional = [reasoned for attribute, reasoned in standing if attribute != Attribute.PROACTIVE]
    return Exceptions(
        items=len(standing),
        proactive=len(standing) - len(exceptional),
        exceptions=len(exceptional),
        without_reason=exceptional.count(False),
    )


def _by(entries: Iterable[Entry], at: datetime | None) -> Iterator[Entry]:
    return (entry for entry in entries if at is None or entry.occurred_at <= at)
