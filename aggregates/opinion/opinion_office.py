"""What all commands on public opinion have in common."""

from collections.abc import Callable

from aggregates.deed import Deed
from aggregates.desk import Data, Desk, Order
from aggregates.office import Office
from aggregates.opinion.opinion import Opinion
from aggregates.opinion.words import OpinionCommand
from ledger.append import Receipt


class OpinionOffice(Office):
    """Carries out what is about one case."""

    def _on_opinion(
        self,
        command: OpinionCommand,
        deed: Deed,
        opinion: str,
        data: Data,
        decide: Callable[[Desk, Opinion], None],
        *,
        expected_version: int | None,
    ) -> Receipt:
        """Carry out a command on a case that was recorded and is open; units answer for the rest themselves."""

        def decide_on_opinion(desk: Desk) -> None:
            desk.entitle()
            desk.require_reach(None)
            case = desk.open(Opinion, opinion)
            case.refuse_unfit(desk.deed, opinion)
            decide(desk, case)

        stream = Opinion.stream_of(opinion)
        order = Order(command, deed, opinion, {"opinion": opinion, **data}, stream, expected_version)
        return self.carry_out(order, decide_on_opinion)
