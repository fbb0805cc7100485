"""Commands on the negative list: what is not disclosed, added, adjusted and taken off (三)."""

from collections.abc import Sequence

from aggregates.catalogue.negative_list import NegativeListEntry
from aggregates.catalogue.words import CatalogueCommand, CatalogueRefusal
from aggregates.deed import Deed
from aggregates.desk import Data, Desk, Order
from aggregates.office import Office
from aggregates.refusal import refuse
from ledger.append import Receipt


class NegativeListCommands(Office):
    """不予公开范围: each unit keeps its own."""

    def add_negative_list_entry(
        self,
        deed: Deed,
        *,
        negative_entry: str,
        unit: str,
        harm_ground: str,
        scope: str,
        examples: Sequence[str],
        legal_basis: Sequence[str],
        citation: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Put a matter on a unit's negative list.

        ``harm_ground`` is STATE_SECURITY, ECONOMIC_SECURITY, PUBLIC_SECURITY or SOCIAL_STABILITY; OTHER
        needs ``citation``, the provision that puts it on the list.  Scope, at least one example and at
        least one legal basis are stated.
        """
        said: Data = {
            "harm_ground": harm_ground,
            "scope": scope,
            "examples": examples,
            "legal_basis": legal_basis,
            "citation": citation,
        }

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_unit(unit)
            desk.require_reach(unit)
            file = desk.open(NegativeListEntry, negative_entry)
            file.add(desk.deed, negative_entry=negative_entry, unit=unit, **said)

        data = {"negative_entry": negative_entry, "unit": unit, **said}
        stream = NegativeListEntry.stream_of(negative_entry)
        order = Order(CatalogueCommand.ADD_NEGATIVE_LIST_ENTRY, deed, negative_entry, data, stream, expected_version)
        return self.carry_out(order, decide)

    def amend_negative_list_entry(
        self,
        deed: Deed,
        *,
        negative_entry: str,
        reason: str,
        harm_ground: str | None = None,
        scope: str | None = None,
        examples: Sequence[str] | None = None,
        legal_basis: Sequence[str] | None = None,
        citation: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Write the next version of an entry; what is left out stays as it was."""
        said: Data = {
            "harm_ground": harm_ground,
            "scope": scope,
            "examples": examples,
            "legal_basis": legal_basis,
            "citation": citation,
        }
        changes = {name: value for name, value in said.items() if value is not None}

        def decide(desk: Desk) -> None:
            _standing(desk, negative_entry).amend(desk.deed, reason=reason, changes=changes)

        data = {"negative_entry": negative_entry, "reason": reason, **changes}
        stream = NegativeListEntry.stream_of(negative_entry)
        order = Order(CatalogueCommand.AMEND_NEGATIVE_LIST_ENTRY, deed, negative_entry, data, stream, expected_version)
        return self.carry_out(order, decide)

    def remove_negative_list_entry(
        self, deed: Deed, *, negative_entry: str, reason: str, expected_version: int | None = None
    ) -> Receipt:
        """Take a matter off the negative list; that it stood there stays on the record."""

        def decide(desk: Desk) -> None:
            _standing(desk, negative_entry).remove(desk.deed, reason=reason)

        data = {"negative_entry": negative_entry, "reason": reason}
        stream = NegativeListEntry.stream_of(negative_entry)
        order = Order(CatalogueCommand.REMOVE_NEGATIVE_LIST_ENTRY, deed, negative_entry, data, stream, expected_version)
        return self.carry_out(order, decide)


def _standing(desk: Desk, negative_entry: str) -> NegativeListEntry:
    """The entry, to write in; it must stand and be of a unit within reach."""
    desk.entitle()
    file = desk.open(NegativeListEntry, negative_entry)
    if not file.stands:
        raise refuse(CatalogueRefusal.NEGATIVE_LIST_ENTRY_UNKNOWN, entry=negative_entry)
    desk.require_reach(file.unit)
    return file
