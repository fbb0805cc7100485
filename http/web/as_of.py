"""The moment a question is asked about, as a reader names it in the address.

``as_of_position`` or ``known_at`` say what was known; ``as_at`` asks how it was in the world;
``min_position`` asks for an answer that has taken in the reader's own writing.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Query

from ledger import instants
from projections.temporal import AsOf
from web.problem_codes import ProblemCode
from web.problems import Problem

LARGEST_POSITION = 2**53 - 1

Position = Annotated[int, Query(ge=0, le=LARGEST_POSITION)]


@dataclass(frozen=True, slots=True)
class Moment:
    """What a reader said of time, ready to be asked of the projections."""

    as_of: AsOf
    min_position: int

    @property
    def text(self) -> str | None:
        """How a consultation of the ledger is recorded; None means now."""
        stated = {
            "as_of_position": self.as_of.position,
            "known_at": None if self.as_of.recorded_at is None else instants.to_text(self.as_of.recorded_at),
            "as_at": None if self.as_of.occurred_at is None else instants.to_text(self.as_of.occurred_at),
        }
        return " ".join(f"{name}={value}" for name, value in stated.items() if value is not None) or None


async def the_moment(
    as_of_position: Annotated[
        int | None,
        Query(ge=0, le=LARGEST_POSITION, description="截至台账位置 · as the ledger stood at this position"),
    ] = None,
    known_at: Annotated[
        str | None,
        Query(
            max_length=40,
            description="截至记录时间 · as known at this instant (RFC 3339, with zone); instead of as_of_position",
            examples=["2025-01-23T10:15:00+08:00"],
        ),
    ] = None,
    as_at: Annotated[
        str | None,
        Query(
            max_length=40,
            description="业务发生时间 · as it was in the world at this instant (RFC 3339, with zone)",
            examples=["2025-01-23T10:15:00+08:00"],
        ),
    ] = None,
    min_position: Annotated[
        int,
        Query(
            ge=0,
            le=LARGEST_POSITION,
            description="读己之写 · wait up to 2 s until the answer has taken in this position, else 503",
        ),
    ] = 0,
) -> Moment:
    """Read the four parameters.  Raises Problem CONTRADICTORY_MOMENT or NOT_VALID."""
    if as_of_position is not None and known_at is not None:
        raise Problem(ProblemCode.CONTRADICTORY_MOMENT)
    as_of = AsOf(as_of_position, _instant(known_at, "known_at"), _instant(as_at, "as_at"))
    return Moment(as_of, min_position)


def _instant(text: str | None, name: str) -> datetime | None:
    if text is None:
        return None
    try:
        # A plus sign that was not escaped arrives as a blank; an instant has a blank nowhere else.
        return instants.from_text(text.replace(" ", "+"))
    except (ValueError, OverflowError):
        fault = {"pointer": f"query:{name}", "detail": "write an instant with its zone, as 2025-01-23T10:15:00+08:00"}
        raise Problem(ProblemCode.NOT_VALID, errors=[fault]) from None


TheMoment = Annotated[Moment, Depends(the_moment)]


@dataclass(frozen=True, slots=True)
class Span:
    """Two moments between which a reader asks what has changed."""

    earlier: AsOf
    later: Moment


async def the_span(
    *,
    from_position: Annotated[
        int | None, Query(ge=0, le=LARGEST_POSITION, description="自台账位置 · from this position of the ledger")
    ] = None,
    from_known_at: Annotated[
        str | None, Query(max_length=40, description="自记录时间 · from what was known at this instant (RFC 3339)")
    ] = None,
    from_as_at: Annotated[
        str | None,
        Query(max_length=40, description="自业务发生时间 · from how it was in the world at this instant (RFC 3339)"),
    ] = None,
    to_position: Annotated[
        int | None, Query(ge=0, le=LARGEST_POSITION, description="至台账位置，默认现在 · to this position; default now")
    ] = None,
    to_known_at: Annotated[str | None, Query(max_length=40, description="至记录时间 · to what was known then")] = None,
    to_as_at: Annotated[
        str | None, Query(max_length=40, description="至业务发生时间 · to how it was in the world then")
    ] = None,
) -> Span:
    """Read two moments; the second is now where nothing is said of it.

    Raises Problem CONTRADICTORY_MOMENT, and NOT_VALID where no first moment is named.
    """
    if (from_position is not None and from_known_at is not None) or (to_position is not None and to_known_at):
        raise Problem(ProblemCode.CONTRADICTORY_MOMENT)
    earlier = AsOf(from_position, _instant(from_known_at, "from_known_at"), _instant(from_as_at, "from_as_at"))
    if earlier == AsOf():
        detail = "name the first moment by from_position, from_known_at or from_as_at"
        raise Problem(ProblemCode.NOT_VALID, errors=[{"pointer": "query:from_position", "detail": detail}])
    later = AsOf(to_position, _instant(to_known_at, "to_known_at"), _instant(to_as_at, "to_as_at"))
    return Span(earlier, Moment(later, 0))


TheSpan = Annotated[Span, Depends(the_span)]

NOW = Moment(AsOf(), 0)
"""What is asked without naming a moment."""
