"""How a unit stands: commendations and circulated criticism, each with what it rests on (十七)."""

from collections.abc import Iterable

from eventsourcing.domain import event

from aggregates import fields
from aggregates.appraisal.words_refusals import AppraisalRefusal
from aggregates.base import Record
from aggregates.deed import Deed
from aggregates.refusal import RefusalCode, refuse


class Standing(Record):
    """A unit's commendations and criticisms; the stream is ``standing/<unit>``."""

    TOPIC = "standing"
    STREAM = "standing"
    IDENTIFIER = "unit"

    class UnitCommended(Record.Event):
        """The unit was commended, on a basis (表彰)."""

        TOPIC = "standing.unit_commended/1"
        commendation: str
        unit: str
        basis: str
        evidence_positions: list[int]

    class UnitCriticised(Record.Event):
        """The unit was criticised before all, for breaches that stand in this ledger (通报批评)."""

        TOPIC = "standing.unit_criticised/1"
        criticism: str
        unit: str
        basis: str
        breach_positions: list[int]

    def __init__(self) -> None:
        self.known: set[str] = set()

    def commend(
        self, deed: Deed, *, commendation: str, unit: str, basis: str, evidence_positions: Iterable[int]
    ) -> None:
        """Commend the unit; the basis is cited, positions of the ledger where it rests on them."""
        self._refuse_known(commendation)
        self.write(
            self.UnitCommended,
            deed,
            commendation=fields.code(commendation, "commendation"),
            unit=unit,
            basis=fields.text(basis, "basis", longest=fields.LONG),
            evidence_positions=fields.numbers(evidence_positions, "evidence_positions"),
        )

    @event(UnitCommended)
    def _unit_commended(self, commendation: str) -> None:
        self.known.add(commendation)

    def criticise(self, deed: Deed, *, criticism: str, unit: str, basis: str, breach_positions: Iterable[int]) -> None:
        """Criticise the unit for at least one breach, named by its position."""
        self._refuse_known(criticism)
        positions = fields.numbers(breach_positions, "breach_positions")
        if not positions:
            raise refuse(AppraisalRefusal.BREACH_NOT_CITED, unit=unit)
        self.write(
            self.UnitCriticised,
            deed,
            criticism=fields.code(criticism, "criticism"),
            unit=unit,
            basis=fields.text(basis, "basis", longest=fields.LONG),
            breach_positions=positions,
        )

    @event(UnitCriticised)
    def _unit_criticised(self, criticism: str) -> None:
        self.known.add(criticism)

    def _refuse_known(self, number: str) -> None:
        if number in self.known:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=number)
