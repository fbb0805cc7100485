"""The clocks of (九), as pure functions: when they start, when they are due, how far they are overrun.

Elapsed time, nights and holidays counted: 最迟要在5小时内发布权威信息，在24小时内举行新闻发布会.  For
all other cases of public opinion an answer is due within 48 hours (国办发〔2016〕61号).  At the due
instant itself nothing is late; the first microsecond after it is.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from aggregates.opinion.terms import ClockStart, Grade, OpinionFlag

FIRST_WORD = timedelta(hours=5)
PRESS_CONFERENCE = timedelta(hours=24)
OTHER_ANSWER = timedelta(hours=48)

URGENT = frozenset({Grade.EXTRAORDINARY, Grade.MAJOR})
"""The grades that start the clocks of 5 and 24 hours."""

MINUTE = timedelta(minutes=1)


class Start(NamedTuple):
    """When the clocks of a case start, and by which choice."""

    rule: ClockStart
    at: datetime


class Clock(NamedTuple):
    """One clock of a case at one instant; ``flag`` is what is pointed out where it is overrun."""

    due: datetime
    met_at: datetime | None
    breach_minutes: int
    flag: OpinionFlag | None


def start_of(choice: str, *, occurred_at: datetime | None, detected_at: datetime | None, graded_at: datetime) -> Start:
    """When the clocks start: by the ruleset's choice, or what comes after it where that is not known."""
    known = (
        (ClockStart.OCCURRENCE, occurred_at),
        (ClockStart.DETECTION, detected_at),
        (ClockStart.GRADING, graded_at),
    )
    begin = list(ClockStart).index(ClockStart[choice])
    for rule, instant in known[begin:]:
        if instant is not None:
            return Start(rule, instant)
    raise AssertionError("the grading always has its time")


def first_word_limit(grade: str | None) -> timedelta:
    """Within how long the first word is due: 5 hours for the two gravest grades, 48 for all else."""
    return FIRST_WORD if grade in URGENT else OTHER_ANSWER


def first_word_flag(grade: str | None) -> OpinionFlag:
    """What is pointed out where the first word is late."""
    return OpinionFlag.BREACH_5H if grade in URGENT else OpinionFlag.BREACH_48H


def elapsed_minutes(start: datetime, at: datetime) -> int:
    """Full minutes since the start."""
    return (at - start) // MINUTE


def breach_minutes(due: datetime, at: datetime) -> int:
    """Minutes over the limit, a begun one counted in full; 0 up to and including the due instant."""
    return max(0, -((due - at) // MINUTE))


def clock(due: datetime, met_at: datetime | None, at: datetime, flag: OpinionFlag) -> Clock:
    """A clock as it stands at an instant: met, running, or overrun."""
    over = breach_minutes(due, met_at if met_at is not None and met_at <= at else at)
    return Clock(due, met_at, over, flag if over else None)
