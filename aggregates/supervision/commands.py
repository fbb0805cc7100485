"""Commands of supervision: self-check, spot checks and rectification (四)."""

from collections.abc import Sequence
from datetime import date

from aggregates import fields
from aggregates.calendar import Calendar
from aggregates.deed import Deed
from aggregates.desk import DISTRICT, Data, Desk, Order
from aggregates.refusal import RefusalCode, refuse
from aggregates.supervision.rectification import Rectification
from aggregates.supervision.refusals import SupervisionRefusal
from aggregates.supervision.sampling import POPULATION_TYPES, population_of
from aggregates.supervision.self_check_commands import SelfCheckCommands
from aggregates.supervision.spot_check import SpotCheck
from aggregates.supervision.words import Population, SupervisionCommand
from ledger.append import Receipt
from ledger.entry import Entry

FURTHEST_DUE_DAYS = 250


class SupervisionCommands(SelfCheckCommands):
    """(四) 自查、抽查与督促整改."""

    # ── spot checks ───────────────────────────────────────────────────────────────────────────────

    def conduct_spot_check(
        self,
        deed: Deed,
        *,
        spot_check: str,
        check_occasion: str,
        seed: str,
        sample_size: int,
        population: str = Population.ITEMS,
        units: Sequence[str] = (),
        occasion_reference: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Draw a sample as the district office, from what the ledger holds now, of these units or of all.

        The seed, the position, the population's hash and the sample are recorded, so that anybody can
        draw it again (``supervision.sampling.draw``).  ``check_occasion`` is APPRAISAL, THIRD_PARTY_TEST or
        SPECIAL; ``population`` is ITEMS, WITHHELD or PUBLICATIONS.
        """
        said: Data = {
            "spot_check": spot_check,
            "check_occasion": check_occasion,
            "seed": seed,
            "sample_size": sample_size,
            "population": str(population),
            "units": units,
            "occasion_reference": occasion_reference,
        }

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_reach(None)
            for unit in fields.codes(units, "units"):
                desk.require_unit(unit)
            position = self.ledger.head().size
            entries = self.entries_until(position, POPULATION_TYPES)
            chosen = fields.term(Population, str(population), "population")
            members = population_of(entries, chosen, units)
            desk.open(SpotCheck, spot_check).conduct(desk.deed, **said, members=members, position=position)

        stream = SpotCheck.stream_of(spot_check)
        order = Order(SupervisionCommand.CONDUCT_SPOT_CHECK, deed, spot_check, said, stream, expected_version)
        return self.carry_out(order, decide)

    def record_spot_check_finding(
        self,
        deed: Deed,
        *,
        spot_check: str,
        drawn: str,
        conclusion: str,
        note: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Record what one member of the sample showed: IN_ORDER, DEFECT_FOUND or SHOULD_BE_DISCLOSED."""
        said: Data = {"drawn": drawn, "conclusion": conclusion, "note": note}

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_reach(None)
            file = desk.open(SpotCheck, spot_check)
            if not file.exists:
                raise refuse(SupervisionRefusal.SPOT_CHECK_UNKNOWN, spot_check=spot_check)
            file.record_finding(desk.deed, **said)

        data, stream = {"spot_check": spot_check, **said}, SpotCheck.stream_of(spot_check)
        order = Order(SupervisionCommand.RECORD_SPOT_CHECK_FINDING, deed, spot_check, data, stream, expected_version)
        return self.carry_out(order, decide)

    # ── rectification ─────────────────────────────────────────────────────────────────────────────

    def order_rectification(
        self,
        deed: Deed,
        *,
        rectification: str,
        unit: str,
        problem: str,
        demand: str,
        cause: str,
        due_on: str | date | None = None,
        due_in_working_days: int | None = None,
        item: str | None = None,
        spot_check: str | None = None,
        evidence_positions: Sequence[int] = (),
        expected_version: int | None = None,
    ) -> Receipt:
        """Order a unit to put something right by a day, as the district office.

        The day is ``due_on``, or so many working days from today by the working calendar.  ``cause`` is
        SELF_CHECK, SPOT_CHECK, REPORT or OTHER; the positions are where the problem shows in this ledger.
        """
        said: Data = {
            "rectification": rectification,
            "unit": unit,
            "problem": problem,
            "demand": demand,
            "cause": cause,
            "item": item,
            "spot_check": spot_check,
            "evidence_positions": evidence_positions,
        }

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_unit(unit)
            desk.require_reach(unit)
            due = _due_day(desk, rectification, due_on, due_in_working_days)
            self._entries_at(evidence_positions)
            desk.open(Rectification, rectification).order(desk.deed, **said, due_on=due)

        data = {**said, "due_on": due_on, "due_in_working_days": due_in_working_days}
        stream = Rectification.stream_of(rectification)
        order = Order(SupervisionCommand.ORDER_RECTIFICATION, deed, rectification, data, stream, expected_version)
        return self.carry_out(order, decide)

    def confirm_rectification(
        self,
        deed: Deed,
        *,
        rectification: str,
        evidence_positions: Sequence[int],
        note: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Close a rectification as the district office, on entries of this ledger that show it was put right.

        Each must have happened since the order and concern the unit or the item; without one it stays open.
        """

        def decide(desk: Desk) -> None:
            desk.entitle()
            file = desk.open(Rectification, rectification)
            if not file.exists:
                raise refuse(SupervisionRefusal.RECTIFICATION_UNKNOWN, rectification=rectification)
            desk.require_reach(file.unit)
            file.confirm(desk.deed, evidence=self._entries_at(evidence_positions), note=note)

        data: Data = {"rectification": rectification, "evidence_positions": evidence_positions, "note": note}
        stream = Rectification.stream_of(rectification)
        order = Order(SupervisionCommand.CONFIRM_RECTIFICATION, deed, rectification, data, stream, expected_version)
        return self.carry_out(order, decide)

    def _entries_at(self, positions: Sequence[int]) -> list[Entry]:
        """The entries at these positions.  Refuses EVIDENCE_UNKNOWN where one is not there."""
        size = self.ledger.head().size
        checked = fields.numbers(positions, "evidence_positions")
        for position in checked:
            if position > size:
                raise refuse(RefusalCode.EVIDENCE_UNKNOWN, position=position, size=size)
        return [self.ledger.entry(position) for position in checked]


def _due_day(desk: Desk, rectification: str, due_on: str | date | None, working_days: int | None) -> str:
    """The due date: as it was given, or counted from today by the working calendar."""
    if (due_on is None) == (working_days is None):
        raise refuse(SupervisionRefusal.DUE_DATE_MISSING, rectification=rectification)
    if working_days is None:
        return fields.day(due_on, "due_on")
    days = fields.number(working_days, "due_in_working_days", most=FURTHEST_DUE_DAYS)
    calendar = desk.read(Calendar, DISTRICT).working_days
    counted = calendar.add_working_days(date.fromisoformat(desk.deed.day), days)
    if counted is None:
        raise refuse(SupervisionRefusal.DUE_DATE_UNCOUNTABLE, day=desk.deed.day, days=days)
    return counted.isoformat()
