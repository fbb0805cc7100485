"""What is known of a case of public opinion: signals, responders, clocks, releases, and how the clocks stand."""

from datetime import datetime

from aggregates.base import Record
from aggregates.deed import Deed
from aggregates.opinion.clocks import PRESS_CONFERENCE, URGENT, Clock, Start, clock, first_word_flag, first_word_limit
from aggregates.opinion.opinion_events import OpinionEvents
from aggregates.opinion.refusals import OpinionRefusal
from aggregates.opinion.terms import ClockStart, Grade, OpinionFlag
from aggregates.refusal import refuse
from ledger import instants


class OpinionFacts(OpinionEvents, Record):
    """The facts on which every rule about a case decides."""

    def __init__(self) -> None:
        self.opinion = ""
        self.signals = 0
        self.detected_at: datetime | None = None
        self.responders: list[str] = []
        self.confirmed: dict[str, list[str]] = {}
        self.grades: list[str] = []
        self.start: Start | None = None
        self.incident_occurred_at: datetime | None = None
        self.released_at: list[datetime] = []
        self.press_conference_at: datetime | None = None
        self.has_leader = False
        self.directives: dict[str, list[str]] = {}
        self.unanswered: dict[str, list[str]] = {}
        self.consultations = 0
        self.assessments = 0
        self.closed_at: datetime | None = None

    @property
    def grade(self) -> str | None:
        """The grade as it stands, None before one is given."""
        return self.grades[-1] if self.grades else None

    @property
    def is_urgent(self) -> bool:
        """Whether the clocks of 5 and 24 hours run."""
        return self.grade in URGENT

    @property
    def first_released_at(self) -> datetime | None:
        """When the first authoritative word went out."""
        return self.released_at[0] if self.released_at else None

    def clock_start(self) -> Start:
        """When the clocks of a recorded case started: as graded, else with the first detection."""
        if self.start is not None:
            return self.start
        assert self.detected_at is not None, "a case begins with a signal"
        return Start(ClockStart.DETECTION, self.detected_at)

    def clocks(self, at: datetime) -> list[Clock]:
        """The clocks that run, each with what it is overrun by at that instant.

        Before a case is graded only the one for all public opinion runs, from the first detection.
        """
        if not self.exists:
            return []
        start = self.clock_start()
        due = start.at + first_word_limit(self.grade)
        found = [clock(due, self.first_released_at, at, first_word_flag(self.grade))]
        if self.is_urgent:
            due = start.at + PRESS_CONFERENCE
            found.append(clock(due, self.press_conference_at, at, OpinionFlag.BREACH_24H))
        return found

    def outstanding(self) -> list[str]:
        """What (七) and (九) ask for and nobody has done yet."""
        missing = {
            OpinionFlag.LEADERSHIP_NOT_ASSUMED: Grade.EXTRAORDINARY in self.grades and not self.has_leader,
            OpinionFlag.PRESS_CONFERENCE_MISSING: bool(URGENT & set(self.grades)) and not self.press_conference_at,
            OpinionFlag.DIRECTIVE_UNANSWERED: any(self.unanswered.values()),
        }
        return [str(flag) for flag, is_missing in missing.items() if is_missing]

    def refuse_unfit(self, deed: Deed, opinion: str) -> None:
        """Refuse what is about a case nobody recorded, about a closed one, or dated before what is recorded."""
        if not self.exists:
            raise refuse(OpinionRefusal.OPINION_UNKNOWN, opinion=opinion)
        self.refuse_closed()
        self.refuse_back_dating(deed)

    def refuse_closed(self) -> None:
        """Refuse to go on with a closed case."""
        if self.closed_at is not None:
            raise refuse(
                OpinionRefusal.OPINION_CLOSED, opinion=self.opinion, closed_at=instants.to_text(self.closed_at)
            )

    def refuse_not_a_responder(self, unit: str) -> None:
        """Refuse a unit that was not assigned, where units were."""
        if self.responders and unit not in self.responders:
            raise refuse(
                OpinionRefusal.NOT_A_RESPONDER, opinion=self.opinion, unit=unit, responders=", ".join(self.responders)
            )
