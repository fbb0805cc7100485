"""What is written in the catalogue's file; what may be written is in ``aggregates.catalogue.catalogue``."""

from typing import Any

from aggregates.base import LedgerEvent
from aggregates.catalogue.entry import CatalogueEntry


class Stated(LedgerEvent):
    """An entry's members, whole: a version never has to be put together from several events."""

    entry: str
    unit: str
    phase: str | None
    disclosing_body: str | None
    disclosed_matter: str | None
    time_limit: str | None
    method: str | None
    legal_basis: list[str]
    superior_catalogue: str | None
    entry_version: int

    def apply(self, aggregate: Any) -> None:
        """File the entry as it stands now; one way for all three events that state it."""
        members = {name: getattr(self, name) for name in CatalogueEntry.__slots__}
        aggregate.file(CatalogueEntry(**members))


class CatalogueEvents:
    """The events of the district's catalogue, all units' entries in one file."""

    class EntryDefined(Stated):
        """A unit must disclose this, complete in every member (目录事项确定)."""

        TOPIC = "catalogue_entry.defined/1"

    class EntryCarriedOver(Stated):
        """An entry of an older catalogue, as it stood there; what it lacked it lacks (原目录事项沿用)."""

        TOPIC = "catalogue_entry.carried_over/1"
        source_catalogue: str

    class EntryAmended(Stated):
        """The entry's next version; the one before stays on the record (目录事项调整)."""

        TOPIC = "catalogue_entry.amended/1"
        reason: str

    class EntryRemoved(LedgerEvent):
        """The entry is no longer in the catalogue (目录事项删减)."""

        TOPIC = "catalogue_entry.removed/1"
        entry: str
        unit: str
        reason: str

    class Aligned(LedgerEvent):
        """A unit compared its entries with a superior department's catalogue, and cites it (目录对接)."""

        TOPIC = "catalogue.aligned/1"
        unit: str
        superior_body: str
        superior_catalogue: str
        entries: list[str]
        note: str | None

    class RevisionOpened(LedgerEvent):
        """The catalogue of the district, or of one unit, is being revised (目录修订启动)."""

        TOPIC = "catalogue.revision_opened/1"
        revision: str
        revision_scope: str
        unit: str | None
        work_points_item: str | None

    class RevisionClosed(LedgerEvent):
        """The revision's result, as a version: how many entries, and a hash over all of them (目录修订完成)."""

        TOPIC = "catalogue.revision_closed/1"
        revision: str
        revision_scope: str
        unit: str | None
        catalogue_version: str
        entry_count: int
        catalogue_sha256: str

    class UnitCompleted(LedgerEvent):
        """A unit's own list is revised, once, against its deadline (单位清单修订完成)."""

        TOPIC = "catalogue.unit_completed/1"
        unit: str
        completed_on: str
        deadline: str
        days_late: int
        entry_count: int
        flags: list[str]
