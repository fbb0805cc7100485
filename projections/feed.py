"""Events as folds see them, read from the log a page at a time.

A fold needs a fraction of what an entry carries, and a projection a fraction of the entries.  So a
page holds the entries' raw bytes, and an event decodes its own when somebody first asks.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import orjson

from ledger.ledger import Ledger
from ledger.recorder import Upcaster

_READ_AT_ONCE = 2000
_WIDEST_WINDOW = 128_000
_HEAVIEST_PAGE = 1 << 24
"""Bytes of entries after which a page ends early: what it decodes to must fit in memory too."""

_MICROSECONDS_PER_DAY = 86_400_000_000
_BEIJING_US = 8 * 3_600_000_000
_EPOCH_DAY = datetime(1970, 1, 1, tzinfo=UTC).toordinal()
BEIJING = timezone(timedelta(hours=8), "+08:00")
"""The district's time; China has one zone and no summer time."""

# No screen shows them, and one of them stands for an absent value in a COPY (``projections.bulk``): each
# becomes its Unicode control picture.
_CONTROL_PICTURES = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n\r"}


class Event:
    """One entry, as much of it as folds ask for.  ``occurred`` and ``recorded`` are microseconds."""

    __slots__ = ("_members", "_raw", "occurred", "position", "recorded", "type")

    def __init__(self, position: int, occurred: int, recorded: int, type_: str, raw: bytes) -> None:
        self.position, self.type = position, type_
        self.occurred, self.recorded = occurred, recorded
        self._raw = raw
        self._members: dict[str, Any] | None = None

    @property
    def members(self) -> dict[str, Any]:
        """The entry's JSON object, decoded once.  Raises ValueError for bytes that are no JSON."""
        members = self._members
        if members is None:
            members = self._members = orjson.loads(self._raw)
            if b"\\u00" in self._raw:
                members = self._members = _visible(members)
        return members

    def upcast(self, upcasters: Mapping[str, Upcaster]) -> None:
        """Turn an event of an old version into its newest, once; in the log its bytes stay as they were written."""
        type_, data = self.type, self.members["data"]
        while upcaster := upcasters.get(type_):
            type_, data = upcaster(data)
        self.members["data"] = data
        self._raw = orjson.dumps(self.members)
        self.type = type_

    def let_go(self) -> None:
        """Forget what was decoded; whoever asks again has it decoded again."""
        self._members = None

    @property
    def data(self) -> dict[str, Any]:
        """What happened: the event's own fields."""
        data: dict[str, Any] = self.members["data"]
        return data

    @property
    def stream(self) -> str:
        """The sequence the event belongs to."""
        stream: str = self.members["stream"]
        return stream

    @property
    def occurred_at(self) -> str:
        """When it happened, as the entry writes it."""
        text: str = self.members["occurred_at"]
        return text

    @property
    def recorded_at(self) -> str:
        """When it was recorded, as the entry writes it."""
        text: str = self.members["recorded_at"]
        return text

    @property
    def occurred_on(self) -> str:
        """The district's calendar day on which it happened."""
        return day_of(self.occurred)

    @property
    def officer(self) -> str | None:
        """Who acted."""
        return self._of_actor("officer")

    @property
    def post(self) -> str | None:
        """In which post."""
        return self._of_actor("post")

    @property
    def unit(self) -> str | None:
        """Of which unit."""
        return self._of_actor("unit")

    @property
    def command_id(self) -> str | None:
        """The command that it was decided by."""
        cause = self.members.get("cause")
        return None if cause is None else cause.get("command")

    def _of_actor(self, name: str) -> str | None:
        actor = self.members.get("actor")
        return None if actor is None else actor.get(name)

    def stated(self, name: str) -> str | None:
        """Another member of the entry (``on_behalf_of``, ``ruleset``, ``workflow``), or None."""
        return self.members.get(name)


def day_of(microseconds: int) -> str:
    """The calendar day in the district, ``YYYY-MM-DD``, of an instant in microseconds."""
    days = (microseconds + _BEIJING_US) // _MICROSECONDS_PER_DAY
    return datetime.fromordinal(_EPOCH_DAY + days).date().isoformat()


def _visible(value: Any) -> Any:
    match value:
        case str():
            return value.translate(_CONTROL_PICTURES)
        case list():
            return [_visible(item) for item in value]
        case dict():
            return {name: _visible(member) for name, member in value.items()}
        case _:
            return value


@dataclass(frozen=True, slots=True)
class Page:
    """The wanted events after one position and up to another; ``full`` when more are known to follow.

    ``once`` says that one reader alone will ask for its events.
    """

    after: int
    until: int
    events: Sequence[Event]
    full: bool
    once: bool = False

    def halves(self) -> "tuple[Page, Page]":
        """The same page in two, cut between two events."""
        middle = len(self.events) // 2
        cut = self.events[middle - 1].position
        first = replace(self, until=cut, events=self.events[:middle], full=True)
        return first, replace(self, after=cut, events=self.events[middle:])


def read_page(
    ledger: Ledger, after: int, limit: int, types: Iterable[str] | None = None, *, once: bool = False
) -> Page:
    """Read the next events after a position, at most ``limit`` of the types named (all without).

    The page reaches to its last event or, where nothing more was there to read, to the log's end.
    It ends early when its entries are heavy.
    """
    size = ledger.feed.size()
    wanted = tuple(sorted(types)) if types is not None else ()
    events: list[Event] = []
    until, window, weight = after, _READ_AT_ONCE, 0
    while until < size and len(events) < limit and weight < _HEAVIEST_PAGE:
        # Positions have no gaps, so a window of them bounds the work whatever plan the database chooses.
        most, end = min(limit - len(events), _READ_AT_ONCE), min(until + window, size)
        raw = ledger.read_raw(until, most, end, wanted)
        events += [Event(*fields) for fields in raw]
        weight += sum(len(fields[4]) for fields in raw)
        until = raw[-1][0] if len(raw) == most else end
        if len(raw) < _READ_AT_ONCE // 4:
            window = min(2 * window, _WIDEST_WINDOW)
    return Page(after, until, events, full=until < size, once=once)
