"""Rows that hold in two times: since which entry we have known them, and when they were so in the world.

A key's row is a fold over its events.  Nothing told is ever overwritten: each event closes the row
that was open and opens the next, so that every earlier answer can be given again.  A row version says
where it holds on both axes:

``from_position, to_position``  it was the row of its key as known from one entry until another;
``occurred_from, occurred_to``  in the world it was so from one instant until another (microseconds);
``retold_at``                   the entry of a *late* event, one that had happened before the key's
                                last: from there on the version is no longer what we tell of that time.

The upper ends are ``OPEN`` while nothing has ended them, and never belong to the span.

==========================  ====================================================================
What a reader asks          is answered by the one version with
==========================  ====================================================================
now                         ``to_position = OPEN``
as of position P            ``from_position <= P < to_position``
as it was at T, known at P  ``from_position <= P`` and ``occurred_from <= T`` and ``retold_at > P``
                            and (``to_position > P`` or ``occurred_to > T``)
==========================  ====================================================================

"As of P" is the fold of all events up to P.  "As it was at T, known at P" is the fold, in the order of
positions, of those among them that had occurred by T.

A late event stands last in the order of positions.  So it is told by folding it into every version
from its own instant on; what was told of the time before stays as it is, and nothing is read again
from the log.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple, Protocol

from ledger import instants
from projections.errors import ContradictoryInstant, FoldFault

OPEN = 2**63 - 1
"""No end yet."""

Content = dict[str, Any]
"""A row without its key: column names to JSON values.  Folds never change one, they return another."""

Key = tuple[Any, ...]
"""A row's key, in the order of its table's key columns."""

Fold = Callable[[str, Key, Content | None, Any], Content | None]
"""``fold(table, key, the row before, event)`` gives the row after, or None while there is none."""


class Placed(Protocol):
    """What must be known of an event to place what it tells; ``occurred`` in microseconds."""

    @property
    def position(self) -> int: ...  # noqa: D102

    @property
    def occurred(self) -> int: ...  # noqa: D102


class Version:
    """One version of one row.

    ``stored`` ones are in the table already; ``values`` is the content in column order; ``before`` is
    the version that this one has followed since the last page was written.
    """

    __slots__ = (
        "before",
        "content",
        "ended",
        "from_position",
        "occurred_from",
        "occurred_to",
        "retold_at",
        "sequence",
        "stored",
        "to_position",
        "values",
    )

    def __init__(  # noqa: PLR0917 - one is made for every event; names would be read each time
        self,
        content: Content,
        values: tuple[Any, ...],
        from_position: int,
        to_position: int,
        occurred_from: int,
        occurred_to: int,
        retold_at: int = OPEN,
        sequence: int = 0,
        stored: bool = False,
    ) -> None:
        self.content, self.values = content, values
        self.from_position, self.to_position = from_position, to_position
        self.occurred_from, self.occurred_to = occurred_from, occurred_to
        self.retold_at, self.sequence = retold_at, sequence
        self.stored, self.ended = stored, False
        self.before: Version | None = None


class Sheet:
    """What a page of events does to one table: the versions in hand before it, and those it leaves.

    Before an event is told, ``open`` holds the open version of every key it touches that has one and,
    where it comes late, ``telling`` all of the key's versions with ``retold_at = OPEN`` that reach
    beyond its instant, in the order of ``occurred_from``, the open one last.
    Afterwards ``fresh`` are the rows to add and ``ended`` the stored ones whose ends have changed.
    """

    def __init__(self, table: str, columns: tuple[str, ...]) -> None:
        self.table = table
        self.open: dict[Key, Version] = {}
        self.telling: dict[Key, list[Version]] = {}
        self._told_since: dict[Key, int] = {}
        self.fresh: list[tuple[Key, Version]] = []
        self.ended: list[tuple[Key, Version]] = []
        self._width = len(columns)
        self._in_order = itemgetter(*columns) if len(columns) > 1 else _only(columns)

    def tell(self, key: Key, event: Placed, fold: Fold) -> None:
        """Fold one event into the key's row."""
        version = self.open.get(key)
        if version is None:
            after = fold(self.table, key, None, event)
            if after is not None:
                self._add(key, self._version(after, event.position, OPEN, event.occurred, OPEN))
            return
        if version.from_position >= event.position:
            raise FoldFault(f"{self.table}: one event was routed twice to one key; a route names each key once")
        if event.occurred < version.occurred_from:
            self._retell(key, event, fold)
            return
        after = self._after(version, key, event, fold)
        if after is version.content:
            return
        version.to_position, version.occurred_to = event.position, event.occurred
        self._end(key, version)
        following = self._version(after, event.position, OPEN, event.occurred, OPEN)
        following.before = version
        self._add(key, following)

    def untold(self, late: Mapping[Key, int]) -> dict[Key, int]:
        """Of keys with a late event at an instant, those whose past since then is not in hand."""
        return {key: at for key, at in late.items() if at < self._told_since.get(key, OPEN)}

    def know_past(self, late: Mapping[Key, int], past: Mapping[Key, list[Version]]) -> None:
        """Take in what the table says of the time after these instants, without the open versions."""
        for key, at in late.items():
            if key in self.telling:
                since = self._told_since[key]
                earlier = [version for version in past[key] if version.occurred_to <= since]
                self.telling[key] = earlier + self.telling[key]
            else:
                self.telling[key] = past[key] + self._followed(key)
            self._told_since[key] = at

    def _followed(self, key: Key) -> list[Version]:
        """The key's versions of this page, before them the one that it found open."""
        followed: list[Version] = []
        version = self.open.get(key)
        while version is not None:
            followed.append(version)
            version = version.before
        return followed[::-1]

    def _retell(self, key: Key, event: Placed, fold: Fold) -> None:
        """Tell the key's past again from a late event's instant on."""
        at, known = event.occurred, event.position
        telling = self.telling[key]
        touched = [v for v in telling if v.occurred_to > at and v.occurred_from < v.occurred_to]
        added: list[Version] = []
        begins = touched[0].occurred_from
        if at < begins and (first := fold(self.table, key, None, event)) is not None:
            added.append(self._version(first, known, known, at, begins))
        for version in touched:
            after = self._after(version, key, event, fold)
            if after is version.content:
                continue
            reaches = version.to_position
            version.retold_at, version.to_position = known, min(reaches, known)
            self._end(key, version)
            if version.occurred_from < at:
                added.append(self._version(version.content, known, known, version.occurred_from, at))
            since = max(at, version.occurred_from)
            until = OPEN if reaches == OPEN else known
            added.append(self._version(after, known, until, since, version.occurred_to))
        self.telling[key] = [v for v in telling if v.retold_at == OPEN]
        for sequence, version in enumerate(added):
            version.sequence = sequence
            self._add(key, version)
        self.telling[key].sort(key=attrgetter("occurred_from", "occurred_to"))

    def _after(self, version: Version, key: Key, event: Placed, fold: Fold) -> Content:
        after = fold(self.table, key, version.content, event)
        if after is None:
            raise FoldFault(f"{self.table}: a fold took a row away; an end is a column, a row once told stays")
        return after

    def _version(self, content: Content, since: int, until: int, occurred_from: int, occurred_to: int) -> Version:
        if len(content) != self._width:
            raise FoldFault(f"{self.table}: a fold told {len(content)} columns, the table has {self._width}")
        return Version(content, self._in_order(content), since, until, occurred_from, occurred_to)

    def _add(self, key: Key, version: Version) -> None:
        self.fresh.append((key, version))
        if version.to_position == OPEN:
            self.open[key] = version
        if key in self.telling:
            self.telling[key].append(version)

    def _end(self, key: Key, version: Version) -> None:
        if version.stored and not version.ended:
            version.ended = True
            self.ended.append((key, version))


class SheetOfFacts(Sheet):
    """A table whose every key hears one event only: nothing to load, nothing to close."""

    def tell(self, key: Key, event: Placed, fold: Fold) -> None:
        """Write one event's row."""
        after = fold(self.table, key, None, event)
        if after is not None:
            self.fresh.append((key, self._version(after, event.position, OPEN, event.occurred, OPEN)))


def _only(columns: tuple[str, ...]) -> Callable[[Content], tuple[Any, ...]]:
    (name,) = columns
    return lambda content: (content[name],)


class Positions(Protocol):
    """What can say which entry was the last at an instant of its own clock: the ledger."""

    def position_at(self, recorded_at: datetime) -> int: ...  # noqa: D102


class Moment(NamedTuple):
    """A moment in the rows' own terms: known at ``position`` (None: now), as it was at ``occurred`` (None: then)."""

    position: int | None
    occurred: int | None


@dataclass(frozen=True, slots=True)
class AsOf:
    """The moment a question is asked about; empty means now.

    ``position`` or ``recorded_at`` say what was known; ``occurred_at`` asks how it was in the world at
    that instant, as known then (or now).
    """

    position: int | None = None
    recorded_at: datetime | None = None
    occurred_at: datetime | None = None

    def resolve(self, ledger: Positions) -> Moment:
        """The moment in positions and microseconds.  Raises ContradictoryInstant."""
        if self.position is not None and self.recorded_at is not None:
            raise ContradictoryInstant("both a position and an instant of recording were named; name one of them")
        if self.position is not None and self.position < 0:
            raise ContradictoryInstant(f"the position {self.position} is before the log; its first entry is 1")
        position = self.position if self.recorded_at is None else ledger.position_at(self.recorded_at)
        occurred = None if self.occurred_at is None else instants.to_microseconds(self.occurred_at)
        return Moment(position, occurred)


NOW = AsOf()
"""What the projection says at this moment."""
