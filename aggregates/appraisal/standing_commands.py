"""Commands on commendation, criticism, and the effect in a case of accountability (十七)."""

from collections.abc import Callable, Sequence

from aggregates.appraisal.counting import Counting
from aggregates.appraisal.standing import Standing
from aggregates.appraisal.words_commands import AppraisalCommand as Command
from aggregates.case import Case, pinned
from aggregates.deed import Deed
from aggregates.desk import Data, Desk, Order
from aggregates.refusal import RefusalCode, refuse
from ledger.append import Receipt


class StandingCommands(Counting):
    """强化激励和问责：落实好的予以表彰，落实不到位的予以通报批评."""

    def commend_unit(
        self,
        deed: Deed,
        *,
        commendation: str,
        unit: str,
        basis: str,
        evidence_positions: Sequence[int] = (),
        expected_version: int | None = None,
    ) -> Receipt:
        """Commend a unit; ``basis`` says by which rule and on what, positions where it rests on entries."""
        data: Data = {"commendation": commendation, "basis": basis, "evidence_positions": evidence_positions}

        def decide(desk: Desk, standing: Standing) -> None:
            self.require_positions(evidence_positions, "evidence_positions")
            standing.commend(desk.deed, unit=unit, **data)

        return self._on_standing(Command.COMMEND_UNIT, deed, unit, data, decide, expected_version=expected_version)

    def criticise_unit(
        self,
        deed: Deed,
        *,
        criticism: str,
        unit: str,
        basis: str,
        breach_positions: Sequence[int],
        expected_version: int | None = None,
    ) -> Receipt:
        """Criticise a unit before all, for breaches named by their positions, at least one."""
        data: Data = {"criticism": criticism, "basis": basis, "breach_positions": breach_positions}

        def decide(desk: Desk, standing: Standing) -> None:
            self.require_positions(breach_positions, "breach_positions")
            standing.criticise(desk.deed, unit=unit, **data)

        return self._on_standing(Command.CRITICISE_UNIT, deed, unit, data, decide, expected_version=expected_version)

    def _on_standing(
        self,
        command: Command,
        deed: Deed,
        unit: str,
        data: Data,
        decide: Callable[[Desk, Standing], None],
        *,
        expected_version: int | None,
    ) -> Receipt:
        def decide_on_standing(desk: Desk) -> None:
            desk.entitle()
            desk.require_reach(None)
            desk.require_unit(unit)
            decide(desk, desk.open(Standing, unit))

        stream = Standing.stream_of(unit)
        order = Order(command, deed, unit, {"unit": unit, **data}, stream, expected_version)
        return self.carry_out(order, decide_on_standing)

    def assess_effect(
        self,
        deed: Deed,
        *,
        case: str,
        severity: str,
        finding: str,
        evidence_positions: Sequence[int] = (),
        expected_version: int | None = None,
    ) -> Receipt:
        """Assess how grave the effect was that a case is about: SERIOUS, ADVERSE or NONE; its evidence is pinned."""
        data: Data = {"severity": severity, "finding": finding, "evidence_positions": evidence_positions}

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_reach(None)
            file = desk.open(Case, case)
            if not file.exists:
                raise refuse(RefusalCode.CASE_UNKNOWN, case=case)
            file.assess_effect(desk.deed, ledger_size=self.ledger.head().size, **data)
            file.pin(desk.deed, pinned(self.ledger, evidence_positions))

        stream = Case.stream_of(case)
        order = Order(Command.ASSESS_EFFECT, deed, case, {"case": case, **data}, stream, expected_version)
        return self.carry_out(order, decide)
