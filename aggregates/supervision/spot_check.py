"""A spot check (抽查): a sample drawn from a seed, recorded so that it can be drawn again, and what it showed (四)."""

from collections.abc import Iterable, Sequence

from eventsourcing.domain import event

from aggregates import fields
from aggregates.base import Record
from aggregates.deed import Deed
from aggregates.refusal import RefusalCode, refuse
from aggregates.supervision.refusals import SupervisionRefusal
from aggregates.supervision.sampling import draw, population_digest
from aggregates.supervision.words import (
    Population,
    SpotCheckConclusion,
    SpotCheckOccasion,
    SupervisionFlag,
)

LARGEST_SAMPLE = 1000


class SpotCheck(Record):
    """One spot check; its stream is ``spot_check/<number>``."""

    TOPIC = "spot_check"
    STREAM = "spot_check"
    IDENTIFIER = "spot_check"

    class Conducted(Record.Event):
        """The sample that this seed draws from what the ledger held at that position (抽查)."""

        TOPIC = "spot_check.conducted/1"
        spot_check: str
        check_occasion: str
        occasion_reference: str | None
        population: str
        units: list[str]
        seed: str
        population_position: int
        population_size: int
        population_sha256: str
        sample_size: int
        sample: list[str]
        flags: list[str]

    class FindingRecorded(Record.Event):
        """What was found of one member of the sample (抽查情况登记)."""

        TOPIC = "spot_check.finding_recorded/1"
        spot_check: str
        drawn: str
        item: str
        conclusion: str
        note: str | None

    def __init__(self) -> None:
        self.spot_check = ""
        self.open_sample: list[str] = []

    def conduct(
        self,
        deed: Deed,
        *,
        spot_check: str,
        check_occasion: str,
        seed: str,
        sample_size: int,
        population: str,
        members: Sequence[str],
        position: int,
        occasion_reference: str | None = None,
        units: Iterable[str] = (),
    ) -> None:
        """Draw the sample from ``members``, the population as of the ``position``; a seed draws one sample only."""
        if self.exists:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=self.stream)
        if not members:
            raise refuse(SupervisionRefusal.POPULATION_EMPTY, position=position)
        number = fields.code(spot_check, "spot_check")
        drawn_with = fields.text(seed, "seed")
        size = fields.number(sample_size, "sample_size", most=LARGEST_SAMPLE)
        self.write(
            self.Conducted,
            deed,
            spot_check=number,
            check_occasion=fields.term(SpotCheckOccasion, check_occasion, "check_occasion"),
            occasion_reference=fields.optional_text(occasion_reference, "occasion_reference"),
            population=fields.term(Population, population, "population"),
            units=fields.codes(units, "units"),
            seed=drawn_with,
            population_position=position,
            population_size=len(members),
            population_sha256=population_digest(members),
            sample_size=size,
            sample=draw(members, drawn_with, size),
            flags=[str(SupervisionFlag.WHOLE_POPULATION)] if len(members) <= size else [],
        )

    @event(Conducted)
    def _conducted(self, spot_check: str, sample: list[str]) -> None:
        self.spot_check = spot_check
        self.open_sample = list(sample)

    def record_finding(self, deed: Deed, *, drawn: str, conclusion: str, note: str | None = None) -> None:
        """Write down what one member of the sample showed, once; nothing is added to the sample."""
        if drawn not in self.open_sample:
            raise refuse(SupervisionRefusal.NOT_IN_SAMPLE, item=drawn, spot_check=self.spot_check)
        self.write(
            self.FindingRecorded,
            deed,
            spot_check=self.spot_check,
            drawn=drawn,
            item=drawn.partition("#")[0],
            conclusion=fields.term(SpotCheckConclusion, conclusion, "conclusion"),
            note=fields.optional_text(note, "note", longest=fields.LONG),
        )

    @event(FindingRecorded)
    def _finding_recorded(self, drawn: str) -> None:
        self.open_sample.remove(drawn)
