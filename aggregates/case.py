"""A case of accountability (责任追究): ground, findings on persons with their evidence, measures (十) (十七)."""

from collections.abc import Iterable
from typing import Any

from eventsourcing.domain import event

from aggregates import fields
from aggregates.appraisal.words_lists import EffectSeverity
from aggregates.base import Record
from aggregates.deed import Deed
from aggregates.refusal import RefusalCode, refuse
from aggregates.vocabulary import CaseGround, ResponsibilityClass
from ledger.ledger import Ledger

Pinned = list[dict[str, Any]]
"""Evidence as it is pinned: ``position``, and ``leaf_hash`` in hexadecimal."""


class Case(Record):
    """One case; its stream is ``case/<number>``."""

    TOPIC = "case"
    STREAM = "case"
    IDENTIFIER = "case"

    class Opened(Record.Event):
        """Responsibility is pursued, on a ground and for an effect (立案)."""

        TOPIC = "case.opened/1"
        case: str
        ground: str
        effect: str
        item: str | None
        evidence_positions: list[int]

    class ResponsibilityDetermined(Record.Event):
        """An officer was found responsible, by evidence in this very ledger (责任认定)."""

        TOPIC = "case.responsibility_determined/1"
        case: str
        officer: str
        responsibility_class: str
        evidence_positions: list[int]
        finding: str

    class MeasureImposed(Record.Event):
        """What followed for an officer found responsible (处理决定)."""

        TOPIC = "case.measure_imposed/1"
        case: str
        officer: str
        measure: str
        basis: str

    class EvidencePinned(Record.Event):
        """The very bytes that evidence rests on: each position with the hash of its leaf (证据固定)."""

        TOPIC = "case.evidence_pinned/1"
        case: str
        pinned: list[dict[str, Any]]

    class EffectAssessed(Record.Event):
        """How grave the effect was, and by what (影响评估)."""

        TOPIC = "case.effect_assessed/1"
        case: str
        severity: str
        finding: str
        evidence_positions: list[int]

    def __init__(self) -> None:
        self.case = ""
        self.responsible: list[str] = []
        self.pinned: set[int] = set()

    def open(
        self,
        deed: Deed,
        *,
        case: str,
        ground: str,
        effect: str,
        ledger_size: int,
        item: str | None = None,
        evidence_positions: Iterable[int] = (),
    ) -> None:
        """Open the case; evidence may follow with the findings."""
        if self.exists:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=self.stream)
        self.write(
            self.Opened,
            deed,
            case=fields.code(case, "case"),
            ground=fields.term(CaseGround, ground, "ground"),
            effect=fields.text(effect, "effect", longest=fields.LONG),
            item=fields.optional_code(item, "item"),
            evidence_positions=_evidence(evidence_positions, ledger_size),
        )

    @event(Opened)
    def _opened(self, case: str) -> None:
        self.case = case

    def determine_responsibility(
        self,
        deed: Deed,
        *,
        officer: str,
        responsibility_class: str,
        finding: str,
        evidence_positions: Iterable[int],
        ledger_size: int,
    ) -> None:
        """Find an officer responsible; the finding cites at least one position of this ledger."""
        positions = _evidence(evidence_positions, ledger_size)
        if not positions:
            raise refuse(RefusalCode.EVIDENCE_MISSING, case=self.case)
        self.write(
            self.ResponsibilityDetermined,
            deed,
            case=self.case,
            officer=fields.code(officer, "officer"),
            responsibility_class=fields.term(ResponsibilityClass, responsibility_class, "responsibility_class"),
            evidence_positions=positions,
            finding=fields.text(finding, "finding", longest=fields.LONG),
        )

    @event(ResponsibilityDetermined)
    def _responsibility_determined(self, officer: str) -> None:
        self.responsible.append(officer)

    def impose_measure(self, deed: Deed, *, officer: str, measure: str, basis: str) -> None:
        """Impose a measure on an officer whose responsibility was determined before."""
        if officer not in self.responsible:
            raise refuse(RefusalCode.RESPONSIBILITY_NOT_DETERMINED, case=self.case, officer=officer)
        self.write(
            self.MeasureImposed,
            deed,
            case=self.case,
            officer=officer,
            measure=fields.text(measure, "measure", longest=fields.LONG),
            basis=fields.text(basis, "basis", longest=fields.LONG),
        )

    def assess_effect(
        self, deed: Deed, *, severity: str, finding: str, evidence_positions: Iterable[int], ledger_size: int
    ) -> None:
        """Say how grave the effect was; a later assessment stands beside the earlier."""
        self.write(
            self.EffectAssessed,
            deed,
            case=self.case,
            severity=fields.term(EffectSeverity, severity, "severity"),
            finding=fields.text(finding, "finding", longest=fields.LONG),
            evidence_positions=_evidence(evidence_positions, ledger_size),
        )

    def pin(self, deed: Deed, evidence: Pinned) -> None:
        """Pin evidence by the hashes of its leaves; what is pinned already need not be again."""
        new = [one for one in evidence if one["position"] not in self.pinned]
        if new:
            self.write(self.EvidencePinned, deed, case=self.case, pinned=new)

    @event(EvidencePinned)
    def _evidence_pinned(self, pinned: Pinned) -> None:
        self.pinned |= {one["position"] for one in pinned}


def pinned(ledger: Ledger, positions: Iterable[int]) -> Pinned:
    """Positions with the hashes of their leaves; whoever holds a receipt or the entry can compare."""
    found = (ledger.entry(position) for position in fields.numbers(positions, "evidence_positions"))
    return [{"position": entry.position, "leaf_hash": entry.leaf_hash.hex()} for entry in found]


def _evidence(positions: Iterable[int], ledger_size: int) -> list[int]:
    """Positions in order; every one of them must exist."""
    checked = fields.numbers(positions, "evidence_positions")
    for position in checked:
        if position > ledger_size:
            raise refuse(RefusalCode.EVIDENCE_UNKNOWN, position=position, size=ledger_size)
    return checked
