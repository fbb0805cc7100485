"""The disclosure catalogue (主动公开目录): every unit's entries, and the revisions that make them a version (三).

It is one file for the district, because a district revision is about all entries at once: what was
counted and hashed at its close is exactly what stood there.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from eventsourcing.domain import event

from aggregates import fields
from aggregates.base import Record
from aggregates.catalogue.entry import CatalogueEntry, refuse_incomplete, stated
from aggregates.catalogue.events import CatalogueEvents
from aggregates.catalogue.words import CatalogueFlag, CatalogueRefusal, RevisionScope
from aggregates.deed import Deed
from aggregates.refusal import RefusalCode, refuse
from ledger import canonical


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision of the catalogue; ``unit`` is None where it is the district's."""

    revision: str
    unit: str | None
    catalogue_version: str | None = None

    @property
    def scope(self) -> str:
        """Whose catalogue it revises."""
        return str(RevisionScope.DISTRICT if self.unit is None else RevisionScope.UNIT)


class Catalogue(CatalogueEvents, Record):
    """The entries of all units; the stream is ``catalogue/district``."""

    TOPIC = "catalogue"
    STREAM = "catalogue"
    IDENTIFIER = "district"

    def __init__(self) -> None:
        self.entries: dict[str, CatalogueEntry] = {}
        self.entries_ever: list[str] = []
        self.revisions: dict[str, Revision] = {}
        self.completed: dict[str, str] = {}

    # ── facts ─────────────────────────────────────────────────────────────────────────────────────

    def of_unit(self, unit: str | None) -> list[CatalogueEntry]:
        """The entries of a unit, or of the whole district, by their numbers."""
        return [entry for _, entry in sorted(self.entries.items()) if unit in (None, entry.unit)]

    def entry(self, entry: str) -> CatalogueEntry:
        """The entry as it stands.  Refuses CATALOGUE_ENTRY_UNKNOWN."""
        if entry not in self.entries:
            raise refuse(CatalogueRefusal.CATALOGUE_ENTRY_UNKNOWN, entry=entry)
        return self.entries[entry]

    def open_revision(self, revision: str) -> Revision:
        """The revision, if it was opened and not closed."""
        if revision not in self.revisions:
            raise refuse(CatalogueRefusal.CATALOGUE_REVISION_UNKNOWN, revision=revision)
        found = self.revisions[revision]
        if found.catalogue_version is not None:
            raise refuse(CatalogueRefusal.CATALOGUE_REVISION_CLOSED, revision=revision, version=found.catalogue_version)
        return found

    # ── entries ───────────────────────────────────────────────────────────────────────────────────

    def define(self, deed: Deed, *, entry: str, **members: Any) -> None:
        """Enter what a unit must disclose; every member must be stated."""
        new = self._new(entry, members)
        refuse_incomplete([new])
        self.write(self.EntryDefined, deed, **new.as_data())

    def carry_over(self, deed: Deed, *, entry: str, source_catalogue: str, **members: Any) -> None:
        """Take an entry over from an older catalogue as it stood there; a revision finds what it lacks."""
        new = self._new(entry, members)
        source = fields.text(source_catalogue, "source_catalogue")
        self.write(self.EntryCarriedOver, deed, **new.as_data(), source_catalogue=source)

    def _new(self, entry: str, members: dict[str, Any]) -> CatalogueEntry:
        if entry in self.entries_ever:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=f"catalogue_entry/{entry}")
        return stated(entry, **members)

    def amend(self, deed: Deed, *, entry: str, reason: str, changes: dict[str, Any]) -> None:
        """Write the entry's next version: the present one with the ``changes``, complete in every member."""
        present = self.entry(entry)
        members = {name: value for name, value in present.as_data().items() if name != "entry"}
        new = stated(entry, **{**members, **changes, "entry_version": present.entry_version})
        if new == present:
            raise refuse(RefusalCode.NOTHING_TO_CHANGE, subject=f"catalogue_entry/{entry}")
        refuse_incomplete([new])
        new = replace(new, entry_version=present.entry_version + 1)
        said = fields.text(reason, "reason", longest=fields.LONG)
        self.write(self.EntryAmended, deed, **new.as_data(), reason=said)

    def remove(self, deed: Deed, *, entry: str, reason: str) -> None:
        """Take an entry out of the catalogue; its number is not given again."""
        self.write(
            self.EntryRemoved,
            deed,
            entry=entry,
            unit=self.entry(entry).unit,
            reason=fields.text(reason, "reason", longest=fields.LONG),
        )

    def align(
        self,
        deed: Deed,
        *,
        unit: str,
        superior_body: str,
        superior_catalogue: str,
        entries: Iterable[str],
        note: str | None = None,
    ) -> None:
        """Record that a unit's entries follow a superior department's catalogue, which they cite from now on."""
        named = fields.codes(entries, "entries")
        for entry in named:
            if self.entry(entry).unit != unit:
                raise refuse(CatalogueRefusal.CATALOGUE_ENTRY_UNKNOWN, entry=entry)
        self.write(
            self.Aligned,
            deed,
            unit=unit,
            superior_body=fields.text(superior_body, "superior_body"),
            superior_catalogue=fields.text(superior_catalogue, "superior_catalogue"),
            entries=named,
            note=fields.optional_text(note, "note", longest=fields.LONG),
        )

    # ── revisions ─────────────────────────────────────────────────────────────────────────────────

    def open(self, deed: Deed, *, revision: str, unit: str | None, work_points_item: str | None) -> None:
        """Begin a revision; the district's rests on the annual work points (年度工作要点)."""
        if revision in self.revisions:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=f"catalogue_revision/{revision}")
        for other in self.revisions.values():
            if other.unit == unit and other.catalogue_version is None:
                raise refuse(CatalogueRefusal.CATALOGUE_REVISION_OPEN, revision=other.revision)
        if unit is None and work_points_item is None:
            raise refuse(CatalogueRefusal.WORK_POINTS_MISSING, revision=revision)
        new = Revision(fields.code(revision, "revision"), unit)
        self.write(
            self.RevisionOpened,
            deed,
            revision=new.revision,
            revision_scope=new.scope,
            unit=unit,
            work_points_item=fields.optional_code(work_points_item, "work_points_item"),
        )

    def close(self, deed: Deed, *, revision: str, catalogue_version: str) -> None:
        """End a revision with its version; refused while any entry of its scope lacks a member."""
        found = self.open_revision(revision)
        version = fields.text(catalogue_version, "catalogue_version")
        if any(one.unit == found.unit and one.catalogue_version == version for one in self.revisions.values()):
            raise refuse(CatalogueRefusal.CATALOGUE_VERSION_USED, version=version)
        entries = self.of_unit(found.unit)
        refuse_incomplete(entries)
        self.write(
            self.RevisionClosed,
            deed,
            revision=found.revision,
            revision_scope=found.scope,
            unit=found.unit,
            catalogue_version=version,
            entry_count=len(entries),
            catalogue_sha256=digest(entries),
        )

    def complete(self, deed: Deed, *, unit: str, deadline: str, completed_on: str | date | None = None) -> None:
        """Record that a unit's own list is revised; once, complete, and late where the deadline was missed."""
        if unit in self.completed:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=f"catalogue/{unit}")
        entries = self.of_unit(unit)
        if not entries:
            raise refuse(CatalogueRefusal.CATALOGUE_EMPTY, unit=unit)
        refuse_incomplete(entries)
        day = fields.day(deed.day if completed_on is None else completed_on, "completed_on")
        if day > deed.day:
            raise fields.invalid("completed_on", "不能晚于今天", "it must not be in the future")
        late = max(0, (date.fromisoformat(day) - date.fromisoformat(deadline)).days)
        self.write(
            self.UnitCompleted,
            deed,
            unit=unit,
            completed_on=day,
            deadline=deadline,
            days_late=late,
            entry_count=len(entries),
            flags=[str(CatalogueFlag.COMPLETED_LATE)] if late else [],
        )

    # ── how each event is filed; nothing is judged here ───────────────────────────────────────────────

    def file(self, entry: CatalogueEntry) -> None:
        """Put an entry where it stands; called by the events that state one."""
        if entry.entry not in self.entries:
            self.entries_ever.append(entry.entry)
        self.entries[entry.entry] = entry

    @event(CatalogueEvents.EntryRemoved)
    def _removed(self, entry: str) -> None:
        del self.entries[entry]

    @event(CatalogueEvents.Aligned)
    def _aligned(self, entries: list[str], superior_catalogue: str) -> None:
        for entry in entries:
            self.entries[entry] = replace(self.entries[entry], superior_catalogue=superior_catalogue)

    @event(CatalogueEvents.RevisionOpened)
    def _revision_opened(self, revision: str, unit: str | None) -> None:
        self.revisions[revision] = Revision(revision, unit)

    @event(CatalogueEvents.RevisionClosed)
    def _revision_closed(self, revision: str, catalogue_version: str) -> None:
        self.revisions[revision] = replace(self.revisions[revision], catalogue_version=catalogue_version)

    @event(CatalogueEvents.UnitCompleted)
    def _unit_completed(self, unit: str, completed_on: str) -> None:
        self.completed[unit] = completed_on


def digest(entries: Iterable[CatalogueEntry]) -> str:
    """The SHA-256 of a version of the catalogue: its entries in order of their numbers, as canonical JSON."""
    ordered = sorted(entries, key=lambda entry: entry.entry)
    return hashlib.sha256(canonical.encode([entry.as_data() for entry in ordered])).hexdigest()
