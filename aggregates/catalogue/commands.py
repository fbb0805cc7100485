"""Commands on the disclosure catalogue and the negative list (三)."""

from datetime import date

from aggregates.catalogue.catalogue import Catalogue
from aggregates.catalogue.entry_commands import EntryCommands
from aggregates.catalogue.negative_commands import NegativeListCommands
from aggregates.catalogue.words import CatalogueCommand
from aggregates.deed import Deed
from aggregates.desk import Data, Desk, Order
from aggregates.document import Document
from aggregates.publication import Publication
from aggregates.refusal import RefusalCode, refuse
from ledger.append import Receipt


class CatalogueCommands(EntryCommands, NegativeListCommands):
    """(三) 主动公开目录与负面清单."""

    # ── the five kinds of openness ────────────────────────────────────────────────────────────────

    def classify_disclosure_item(
        self, deed: Deed, *, item: str, phase: str, expected_version: int | None = None
    ) -> Receipt:
        """Say which of the five kinds of openness an item belongs to; a later classification replaces it."""

        def decide(desk: Desk) -> None:
            desk.entitle()
            document = desk.document(item)
            desk.require_reach(document.unit, for_government=document.on_behalf_of_government)
            document.classify(desk.deed, phase=phase)

        data: Data = {"item": item, "phase": phase}
        command = CatalogueCommand.CLASSIFY_DISCLOSURE_ITEM
        order = Order(command, deed, item, data, Document.stream_of(item), expected_version)
        return self.carry_out(order, decide)

    # ── revisions ─────────────────────────────────────────────────────────────────────────────────

    def open_catalogue_revision(
        self,
        deed: Deed,
        *,
        revision: str,
        unit: str | None = None,
        work_points_item: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Begin a revision of one unit's catalogue, or of the whole district's where no unit is named.

        The district's is the district office's alone and cites the annual work points by their item,
        which must stand in this ledger.  One revision of a scope is open at a time.
        """

        def decide(desk: Desk, catalogue: Catalogue) -> None:
            _require_scope(desk, unit)
            _require_work_points(desk, work_points_item)
            catalogue.open(desk.deed, revision=revision, unit=unit, work_points_item=work_points_item)

        data: Data = {"revision": revision, "unit": unit, "work_points_item": work_points_item}
        return self._on_catalogue(
            CatalogueCommand.OPEN_CATALOGUE_REVISION, deed, revision, data, decide, expected_version=expected_version
        )

    def close_catalogue_revision(
        self, deed: Deed, *, revision: str, catalogue_version: str, expected_version: int | None = None
    ) -> Receipt:
        """End a revision with its version, as ``2025.1``: the entries are counted and hashed.

        Refused CATALOGUE_FIELD_MISSING while an entry of its scope lacks phase, subject, content, time
        limit or method; nothing has changed then.
        """

        def decide(desk: Desk, catalogue: Catalogue) -> None:
            _require_scope(desk, catalogue.open_revision(revision).unit)
            catalogue.close(desk.deed, revision=revision, catalogue_version=catalogue_version)

        data: Data = {"revision": revision, "catalogue_version": catalogue_version}
        return self._on_catalogue(
            CatalogueCommand.CLOSE_CATALOGUE_REVISION, deed, revision, data, decide, expected_version=expected_version
        )

    def complete_unit_catalogue(
        self,
        deed: Deed,
        *,
        unit: str,
        completed_on: str | date | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Record that a unit's own list is revised; the deadline is the rules' ``unit_catalogue_deadline``.

        ``completed_on`` is today unless an earlier day is named.  After the deadline the event says by
        how many days it is late.
        """

        def decide(desk: Desk, catalogue: Catalogue) -> None:
            desk.require_unit(unit)
            desk.require_reach(unit)
            deadline = desk.rules.day("unit_catalogue_deadline")
            catalogue.complete(desk.deed, unit=unit, deadline=deadline, completed_on=completed_on)

        data: Data = {"unit": unit, "completed_on": completed_on}
        return self._on_catalogue(
            CatalogueCommand.COMPLETE_UNIT_CATALOGUE, deed, unit, data, decide, expected_version=expected_version
        )


def _require_scope(desk: Desk, unit: str | None) -> None:
    """Refuse a unit's revision to strangers, and the district's to everybody but the district office."""
    if unit is not None:
        desk.require_unit(unit)
        desk.require_reach(unit)
    elif not desk.acting_unit.is_district_office:
        raise desk.not_district_office()


def _require_work_points(desk: Desk, item: str | None) -> None:
    if item is None:
        return
    if not desk.read(Document, item).exists and desk.read(Publication, item).latest is None:
        raise refuse(RefusalCode.ITEM_UNKNOWN, item=item)
