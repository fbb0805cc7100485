"""Commands on the coordination between units before something goes out (十五)."""

from collections.abc import Callable, Sequence
from datetime import date

from aggregates.deed import Deed
from aggregates.desk import Data, Desk, Order
from aggregates.document import Document
from aggregates.office import Office
from aggregates.organisation.words_commands import OrganisationCommand as Command
from ledger.append import Receipt


class CoordinationCommands(Office):
    """对涉及其他各单位的政府信息，应当与有关单位沟通确认，确保发布的信息准确一致."""

    def request_confirmation(
        self,
        deed: Deed,
        *,
        item: str,
        units: Sequence[str],
        due_date: str | date,
        question: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Ask other units to confirm the item's present draft by a day; from then on it concerns them."""
        data: Data = {"units": units, "due_date": due_date, "question": question}

        def decide(desk: Desk, document: Document) -> None:
            desk.require_reach(document.unit)
            for unit in units:
                desk.require_unit(unit)
            document.request_confirmation(desk.deed, **data)

        return self._on_draft(Command.REQUEST_CONFIRMATION, deed, item, data, decide, expected_version=expected_version)

    def confirm_information(
        self,
        deed: Deed,
        *,
        item: str,
        unit: str,
        draft_version: int | None = None,
        note: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Confirm the present draft for a unit that it concerns; ``draft_version`` is the one that was read."""
        data: Data = {"unit": unit, "draft_version": draft_version, "note": note}

        def decide(desk: Desk, document: Document) -> None:
            desk.require_reach(unit)
            document.confirm_information(desk.deed, **data, persons=desk.persons)

        return self._on_draft(Command.CONFIRM_INFORMATION, deed, item, data, decide, expected_version=expected_version)

    def object_to_information(
        self,
        deed: Deed,
        *,
        item: str,
        unit: str,
        reason: str,
        draft_version: int | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Object to the present draft for a unit that it concerns; it cannot go out until that is settled."""
        data: Data = {"unit": unit, "reason": reason, "draft_version": draft_version}

        def decide(desk: Desk, document: Document) -> None:
            desk.require_reach(unit)
            document.object_to_information(desk.deed, **data, persons=desk.persons)

        return self._on_draft(
            Command.OBJECT_TO_INFORMATION, deed, item, data, decide, expected_version=expected_version
        )

    def settle_disagreement(
        self,
        deed: Deed,
        *,
        item: str,
        unit: str,
        conclusion: str,
        reason: str,
        expected_version: int | None = None,
    ) -> Receipt:
        """Settle a unit's objection, as the district office: MAY_PUBLISH or MUST_REVISE."""
        data: Data = {"unit": unit, "conclusion": conclusion, "reason": reason}

        def decide(desk: Desk, document: Document) -> None:
            desk.require_reach(None)
            document.settle_disagreement(desk.deed, **data)

        return self._on_draft(Command.SETTLE_DISAGREEMENT, deed, item, data, decide, expected_version=expected_version)

    def _on_draft(
        self,
        command: Command,
        deed: Deed,
        item: str,
        data: Data,
        decide: Callable[[Desk, Document], None],
        *,
        expected_version: int | None,
    ) -> Receipt:
        """Carry out a command on a known draft; whose affair it is differs from command to command."""

        def decide_on_draft(desk: Desk) -> None:
            desk.entitle()
            document = desk.document(item)
            decide(desk, document)

        order = Order(command, deed, item, {"item": item, **data}, Document.stream_of(item), expected_version)
        return self.carry_out(order, decide_on_draft)
