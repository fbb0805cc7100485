"""How units stand, from the record alone: praise, criticism, scores, accountability, what supervisors said (十七)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from aggregates.appraisal.figures import missing_months
from aggregates.appraisal.words_events import AppraisalEvent
from aggregates.participation.words import ParticipationEvent
from aggregates.vocabulary import EventType
from ledger.entry import Entry


@dataclass(slots=True)
class UnitStanding:
    """Incentive and accountability side by side (强化激励和问责), by positions of the ledger."""

    unit: str
    commended: list[int] = field(default_factory=list)
    criticised: list[int] = field(default_factory=list)
    measures: list[int] = field(default_factory=list)
    """Measures imposed on officers for what they did in the unit."""
    scores: dict[tuple[str, str], int] = field(default_factory=dict)
    """By appraisal and indicator the last score."""
    assessed: dict[str, int] = field(default_factory=dict)
    """By third-party assessment the score."""
    supervised: Counter[str] = field(default_factory=Counter)
    """How often each kind of supervisor said something about the unit."""


def unit_standings(entries: Iterable[Entry]) -> dict[str, UnitStanding]:
    """Every unit of which there is something to say, from entries in the order of their positions."""
    standings: dict[str, UnitStanding] = {}
    home: dict[str, str] = {}

    def of(unit: str) -> UnitStanding:
        return standings.setdefault(unit, UnitStanding(unit))

    for entry in entries:
        data = entry.data
        if entry.type == EventType.OFFICER_APPOINTED:
            home[data["officer"]] = data["unit"]
        elif entry.type == AppraisalEvent.UNIT_COMMENDED:
            of(data["unit"]).commended.append(entry.position)
        elif entry.type == AppraisalEvent.UNIT_CRITICISED:
            of(data["unit"]).criticised.append(entry.position)
        elif entry.type == EventType.MEASURE_IMPOSED and data["officer"] in home:
            of(home[data["officer"]]).measures.append(entry.position)
        elif entry.type == AppraisalEvent.INDICATOR_SCORED:
            of(data["unit"]).scores[data["appraisal"], data["indicator"]] = data["score"]
        elif entry.type == AppraisalEvent.THIRD_PARTY_ASSESSMENT_RECORDED:
            for each in data["scores"]:
                of(each["unit"]).assessed[data["third_party_assessment"]] = each["score"]
        elif entry.type == ParticipationEvent.SUPERVISION_INPUT_REGISTERED:
            of(data["unit"]).supervised[data["supervisor"]] += 1
    return standings


def months_without_bulletin(entries: Iterable[Entry], until: str) -> list[str]:
    """The months from the first bulletin to the month before ``until`` (``YYYY-MM``) that were never issued."""
    issued = [entry.data["month"] for entry in entries if entry.type == AppraisalEvent.BULLETIN_ISSUED]
    return missing_months(issued, until)
