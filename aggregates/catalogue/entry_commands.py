"""Commands on the entries of the disclosure catalogue: defined, taken over, amended, removed, aligned (三)."""

from collections.abc import Callable, Sequence

from aggregates.catalogue.catalogue import Catalogue
from aggregates.catalogue.words import CatalogueCommand
from aggregates.deed import Deed
from aggregates.desk import DISTRICT, Data, Desk, Order
from aggregates.office import Office
from ledger.append import Receipt


class EntryCommands(Office):
    """What the units must disclose, entry by entry."""

    def _on_catalogue(
        self,
        command: CatalogueCommand,
        deed: Deed,
        subject: str,
        data: Data,
        decide: Callable[[Desk, Catalogue], None],
        *,
        expected_version: int | None,
    ) -> Receipt:
        def decide_on_catalogue(desk: Desk) -> None:
            desk.entitle()
            decide(desk, desk.open(Catalogue, DISTRICT))

        order = Order(command, deed, subject, data, Catalogue.stream_of(DISTRICT), expected_version)
        return self.carry_out(order, decide_on_catalogue)

    def define_catalogue_entry(
        self,
        deed: Deed,
        *,
        entry: str,
        unit: str,
        phase: str,
        disclosing_body: str,
        disclosed_matter: str,
        time_limit: str,
        method: str,
        legal_basis: Sequence[str] = (),
        superior_catalogue: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Enter what a unit must disclose: phase, subject, content, time limit and method, none of them empty.

        ``superior_catalogue`` cites the superior department's standard catalogue that it follows.
        """
        data: Data = {
            "unit": unit,
            "phase": phase,
            "disclosing_body": disclosing_body,
            "disclosed_matter": disclosed_matter,
            "time_limit": time_limit,
            "method": method,
            "legal_basis": legal_basis,
            "superior_catalogue": superior_catalogue,
        }

        def decide(desk: Desk, catalogue: Catalogue) -> None:
            desk.require_unit(unit)
            desk.require_reach(unit)
            catalogue.define(desk.deed, entry=entry, **data)

        command = CatalogueCommand.DEFINE_CATALOGUE_ENTRY
        return self._on_catalogue(
            command, deed, entry, {"entry": entry, **data}, decide, expected_version=expected_version
        )

    def carry_over_catalogue_entry(
        self,
        deed: Deed,
        *,
        entry: str,
        unit: str,
        source_catalogue: str,
        phase: str | None = None,
        disclosing_body: str | None = None,
        disclosed_matter: str | None = None,
        time_limit: str | None = None,
        method: str | None = None,
        legal_basis: Sequence[str] = (),
        superior_catalogue: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Take over an entry of an older catalogue as it stood there, with whatever it lacks.

        ``source_catalogue`` says of which, as ``v2024.2``.  No revision closes before the entry is complete.
        """
        data: Data = {
            "unit": unit,
            "phase": phase,
            "disclosing_body": disclosing_body,
            "disclosed_matter": disclosed_matter,
            "time_limit": time_limit,
            "method": method,
            "legal_basis": legal_basis,
            "superior_catalogue": superior_catalogue,
            "source_catalogue": source_catalogue,
        }

        def decide(desk: Desk, catalogue: Catalogue) -> None:
            desk.require_unit(unit)
            desk.require_reach(unit)
            catalogue.carry_over(desk.deed, entry=entry, **data)

        command = CatalogueCommand.CARRY_OVER_CATALOGUE_ENTRY
        return self._on_catalogue(
            command, deed, entry, {"entry": entry, **data}, decide, expected_version=expected_version
        )

    def amend_catalogue_entry(
        self,
        deed: Deed,
        *,
        entry: str,
        reason: str,
        phase: str | None = None,
        disclosing_body: str | None = None,
        disclosed_matter: str | None = None,
        time_limit: str | None = None,
        method: str | None = None,
        legal_basis: Sequence[str] | None = None,
        superior_catalogue: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Write an entry's next version; what is left out stays, and the result must be complete."""
        said: Data = {
            "phase": phase,
            "disclosing_body": disclosing_body,
            "disclosed_matter": disclosed_matter,
            "time_limit": time_limit,
            "method": method,
            "legal_basis": legal_basis,
            "superior_catalogue": superior_catalogue,
        }
        changes = {name: value for name, value in said.items() if value is not None}

        def decide(desk: Desk, catalogue: Catalogue) -> None:
            desk.require_reach(catalogue.entry(entry).unit)
            catalogue.amend(desk.deed, entry=entry, reason=reason, changes=changes)

        command, data = CatalogueCommand.AMEND_CATALOGUE_ENTRY, {"entry": entry, "reason": reason, **changes}
        return self._on_catalogue(command, deed, entry, data, decide, expected_version=expected_version)

    def remove_catalogue_entry(
        self, deed: Deed, *, entry: str, reason: str, expected_version: int | None = None
    ) -> Receipt:
        """Take an entry out of the catalogue, with the reason; the record of it stays."""

        def decide(desk: Desk, catalogue: Catalogue) -> None:
            desk.require_reach(catalogue.entry(entry).unit)
            catalogue.remove(desk.deed, entry=entry, reason=reason)

        command, data = CatalogueCommand.REMOVE_CATALOGUE_ENTRY, {"entry": entry, "reason": reason}
        return self._on_catalogue(command, deed, entry, data, decide, expected_version=expected_version)

    def align_catalogue_with_superior(
        self,
        deed: Deed,
        *,
        unit: str,
        superior_body: str,
        superior_catalogue: str,
        entries: Sequence[str],
        note: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Record that a unit's entries follow a superior department's catalogue, cited by its id from now on."""
        data: Data = {
            "unit": unit,
            "superior_body": superior_body,
            "superior_catalogue": superior_catalogue,
            "entries": entries,
            "note": note,
        }

        def decide(desk: Desk, catalogue: Catalogue) -> None:
            desk.require_unit(unit)
            desk.require_reach(unit)
            catalogue.align(desk.deed, **data)

        command = CatalogueCommand.ALIGN_CATALOGUE_WITH_SUPERIOR
        return self._on_catalogue(command, deed, unit, data, decide, expected_version=expected_version)
