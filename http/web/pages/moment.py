"""The moment a page is asked about: which parameters of the address name it, and how they are read.

The names are those of the API.  An instant without a zone is Beijing time: that is what a reader who
fills in the form means.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from projections.feed import BEIJING
from projections.temporal import AsOf
from web.as_of import LARGEST_POSITION
from web.pages.problem import PageProblem
from web.problem_codes import ProblemCode

POSITION, KNOWN_AT, AS_AT = "as_of_position", "known_at", "as_at"
PARAMETERS = (POSITION, KNOWN_AT, AS_AT)


@dataclass(frozen=True, slots=True)
class MomentAsked:
    """What the address says of the moment, as it says it, and what that means."""

    stated: Mapping[str, str]
    as_of: AsOf

    @property
    def is_now(self) -> bool:
        """Whether the page shows the present."""
        return not self.stated


def moment_asked(query: Mapping[str, str]) -> MomentAsked:
    """Read the moment from an address's parameters; empty ones were left empty in the form.

    Raises PageProblem for what cannot be read and for a position and an instant of recording at once.
    """
    stated = {name: query[name].strip() for name in PARAMETERS if query.get(name, "").strip()}
    if POSITION in stated and KNOWN_AT in stated:
        raise PageProblem(
            ProblemCode.CONTRADICTORY_MOMENT,
            ("时点填写有矛盾", "The moment is named twice"),
            (
                "“台账位置”与“当时所知”只能填一项，两者都表示台账已记录到哪里。请去掉其中一项后重试。",
                (
                    "A position and an instant of recording were both given; either says how far the ledger was. "
                    "Leave one of them out and ask again."
                ),
            ),
        )
    position = _position(stated[POSITION]) if POSITION in stated else None
    return MomentAsked(stated, AsOf(position, _instant(stated, KNOWN_AT), _instant(stated, AS_AT)))


def _position(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > LARGEST_POSITION:
        raise _unreadable(text)
    return int(text)


def _instant(stated: Mapping[str, str], name: str) -> datetime | None:
    if name not in stated:
        return None
    # A "+" that was not percent-encoded reaches us as a blank; no instant holds a blank before digits of a zone.
    text = stated[name].replace(" ", "+")
    try:
        read = datetime.fromisoformat(text)
        instant = read if read.tzinfo is not None else read.replace(tzinfo=BEIJING)
        # The first and the last day of all calendars have no date in every zone.
        return instant.astimezone(BEIJING).astimezone(UTC)
    except (ValueError, OverflowError):
        raise _unreadable(stated[name]) from None


def _unreadable(text: str) -> PageProblem:
    return PageProblem(
        ProblemCode.NOT_VALID,
        ("看不懂所填的时点", "The moment cannot be read"),
        (
            "所填“{text}”不是台账位置，也不是时间。位置是整数；时间写作 2025-03-01T09:00（北京时间），可带时区。",
            (
                "“{text}” is neither a position nor an instant. A position is a whole number; an instant is written "
                "2025-03-01T09:00 (Beijing time) and may name its zone."
            ),
        ),
        text=text[:80],
    )
