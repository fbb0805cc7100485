"""What the commands of this area have in common: files that are there or refused, items that go out, numbers."""

from collections.abc import Callable
from contextlib import suppress

from aggregates.base import Record
from aggregates.deed import Deed
from aggregates.desk import AnyRecord, Data, Desk, Order
from aggregates.office import Decision as Deciding
from aggregates.office import Office
from aggregates.participation.decision import Decision, Shown
from aggregates.participation.numbering import Numbering
from aggregates.participation.refusals import ParticipationRefusal
from aggregates.publication import Publication
from aggregates.publishing import Outgoing, put_out
from aggregates.refusal import refuse
from aggregates.terms import CommandName
from ledger.append import Receipt
from ledger.errors import VersionConflict
from ledger.ledger import Ledger

ROUNDS = 4
"""How often a number is asked for, each time as often as any command is decided anew."""


class ParticipationOffice(Office):
    """The desk's helpers on decisions, publications and numbered files."""

    def __init__(self, ledger: Ledger) -> None:
        super().__init__(ledger)
        self.numbering = Numbering()

    def _on_decision(
        self,
        command: CommandName,
        deed: Deed,
        decision: str,
        data: Data,
        decide: Callable[[Desk, Decision], None],
        *,
        expected_version: int | None = None,
    ) -> Receipt:
        """Carry out a command on a decision's file, by somebody whose reach extends to its unit."""

        def decide_on_it(desk: Desk) -> None:
            desk.entitle()
            file = known_decision(desk.open(Decision, decision), decision)
            desk.require_reach(file.unit)
            decide(desk, file)

        stream = Decision.stream_of(decision)
        order = Order(command, deed, decision, {"decision": decision, **data}, stream, expected_version)
        return self.carry_out(order, decide_on_it)

    def _put_out(self, desk: Desk, outgoing: Outgoing) -> Shown:
        """Publish an item through the one gate there is, and say what the public sees now."""
        latest = put_out(desk, self, outgoing).named(outgoing.item, None)
        return Shown(
            outgoing.item, latest.publication, latest.contents[0], outgoing.column or "", list(latest.channels)
        )

    def _numbered(self, order: Order, decide: Deciding) -> Receipt:
        """Carry out what takes the next number: one at a time here, and patiently where other processes take them too."""
        with self.numbering.one_at_a_time:
            for _ in range(ROUNDS - 1):
                with suppress(VersionConflict):
                    return self.carry_out(order, decide)
            return self.carry_out(order, decide)

    def _next_file(self, desk: Desk, kind: type[AnyRecord], series: str) -> tuple[int, AnyRecord]:
        """The next number of a series and its empty file, to write in."""
        number = self._last_number(kind, series) + 1
        while (file := desk.open(kind, f"{series}.{number}")).exists:
            # Another process took it between the look and the opening.
            number += 1
        return number, file

    def _last_number(self, kind: type[Record], series: str) -> int:
        """The last number taken in a series of files, ``comment/MD-01.17``."""

        def taken(number: int) -> bool:
            return self._as_it_stands(kind, f"{series}.{number}").exists

        return self.numbering.last(kind.stream_of(series), taken)

    def _as_it_stands(self, kind: type[AnyRecord], identifier: str) -> AnyRecord:
        """A numbered file: that it is there stays true, that it is not must be seen in the ledger."""
        stream = kind.stream_of(identifier)
        if self._is_remembered(stream) and (file := self._remembered(kind, stream)).exists:
            return file
        return self._fetched(kind, stream)


def known_decision(file: Decision, decision: str) -> Decision:
    """The decision's file; it must have been registered."""
    if not file.exists:
        raise refuse(ParticipationRefusal.DECISION_UNKNOWN, decision=decision)
    return file


def standing_publication(desk: Desk, item: str) -> str:
    """The publication under which an item is before the public now; refused if it is not."""
    return desk.read(Publication, item).standing(item).publication
