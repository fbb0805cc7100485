"""What may be asked of the obligations: lists, one with its explanation, at any moment.

A list is judged before it is cut into pages, because what is overdue is known only by counting.  The
cursor carries the position and the instant of the first page: the pages that follow are judged alike.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Select, Table, func, or_, select

from aggregates.deed import CHINA
from aggregates.working_days import WorkingCalendar
from ledger import instants
from ledger.clock import Clock
from ledger.ledger import Ledger
from projections.errors import InvalidCursor
from projections.obligations import periodic
from projections.obligations.folding import PROJECTION
from projections.obligations.judging import Explanation, Obligation, calendar_of, explain, judge
from projections.obligations.rows import CALENDAR, DUTIES, UNITS
from projections.obligations.words import Duty, State
from projections.reading import LARGEST_PAGE, Answer, Listed, Reader, View, read_cursor, write_cursor
from projections.temporal import NOW, AsOf, Content

UNDONE = frozenset({State.WAITING, State.OPEN, State.DUE_SOON, State.OVERDUE})
_WIDTH = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which duties are asked for; what is None leaves nothing out.

    ``posts`` are (post, unit) that an officer holds: with ``officer``, what is owed in them or was done
    by that officer.  ``state`` OPEN means all that is not done.
    """

    units: frozenset[str] | None = None
    kind: str | None = None
    state: str | None = None
    officer: str | None = None
    posts: frozenset[tuple[str, str]] = frozenset()

    def includes(self, found: Obligation) -> bool:
        """Whether a judged duty is asked for."""
        return self._of_units(found) and self._in_state(found) and self._of_officer(found)

    def _of_units(self, found: Obligation) -> bool:
        return self.units is None or bool(self.units & {found.unit, *found.units})

    def _in_state(self, found: Obligation) -> bool:
        if self.state is None:
            return True
        return found.state in UNDONE if self.state == State.OPEN else found.state == self.state

    def _of_officer(self, found: Obligation) -> bool:
        if self.officer is None:
            return True
        return found.done_by == self.officer or (
            found.state != State.DONE and any((found.post, unit) in self.posts for unit in (found.unit, *found.units))
        )


def judging_instant(ledger: Ledger, as_of: AsOf, clock: Clock) -> datetime:
    """The instant at which clocks are read: the one asked about, else when the position was recorded, else now."""
    asked = as_of.occurred_at or as_of.recorded_at
    if asked is not None:
        return asked
    if as_of.position is not None and 0 < as_of.position <= ledger.feed.size():
        return ledger.entry(as_of.position).recorded_at
    return clock()


def list_obligations(
    reader: Reader,
    as_of: AsOf,
    at: datetime,
    *,
    wanted: Wanted | None = None,
    limit: int = 50,
    cursor: str | None = None,
) -> Listed[Obligation]:
    """Duties by when they fall due, the earliest first, as they stand at ``at``.  Raises InvalidCursor."""
    limit, after = max(1, min(limit, LARGEST_PAGE)), None
    if cursor is not None:
        position, values = read_cursor(cursor, _WIDTH)
        judged, *after = (str(value) for value in values)
        at = _instant(judged)
        if as_of.position is None and as_of.recorded_at is None:
            as_of = replace(as_of, position=position)

    def question(view: View) -> Listed[Obligation]:
        found = sorted(_judged(view, wanted or Wanted(), at), key=_order)
        rest = found if after is None else [one for one in found if list(_order(one)) > after]
        last = rest[limit - 1] if len(rest) > limit else None
        following = None if last is None else write_cursor(view.position, [instants.to_text(at), *_order(last)])
        return Listed(tuple(rest[:limit]), following, view.position)

    return reader.ask(PROJECTION, as_of, question)


def one(reader: Reader, obligation: str, at: datetime, as_of: AsOf = NOW) -> Answer[Explanation]:
    """One duty with its count, day by day."""

    def question(view: View) -> Answer[Explanation]:
        row = view.one(DUTIES.name, obligation)
        if row is None or not row["arisen"]:
            kind = obligation.partition(".")[0]
            row = next((row for row in _come_round(view, at, kind) if row["obligation"] == obligation), None)
        return Answer(None if row is None else explain(row, _calendar(view), at), view.position)

    return reader.ask(PROJECTION, as_of, question)


def _order(found: Obligation) -> tuple[str, str]:
    return found.falls_due, found.obligation


def _instant(text: str) -> datetime:
    try:
        return instants.from_text(text)
    except (ValueError, OverflowError):
        raise InvalidCursor from None


def _judged(view: View, wanted: Wanted, at: datetime) -> Iterator[Obligation]:
    calendar = _calendar(view)
    for row in _rows(view, wanted, at):
        found = judge(row, calendar, at)
        if wanted.includes(found):
            yield found


def _rows(view: View, wanted: Wanted, at: datetime) -> Iterator[Content]:
    table = view.table(DUTIES.name)
    yield from view.rows(DUTIES.name, _narrowed(view.select(DUTIES.name), table, wanted))
    if wanted.state != State.DONE:
        yield from _come_round(view, at, wanted.kind)


def _narrowed(query: Select[tuple[object, ...]], table: Table, wanted: Wanted) -> Select[tuple[object, ...]]:
    """What the database can leave out; the rest is told by judging."""
    conditions: list[ColumnElement[bool]] = [table.c.arisen]
    if wanted.kind is not None:
        conditions.append(table.c.kind == wanted.kind)
    if wanted.units is not None:
        conditions.append(or_(table.c.unit.in_(sorted(wanted.units)), table.c.units.is_not(None)))
    if wanted.state is not None:
        is_done = table.c.done_position.is_not(None)
        conditions.append(is_done if wanted.state == State.DONE else ~is_done)
    return query.where(*conditions)


def _calendar(view: View) -> WorkingCalendar:
    return calendar_of(view.rows(CALENDAR.name, view.select(CALENDAR.name)))


_PERIODIC = {str(duty) for duty in periodic.HEARD}


def _come_round(view: View, at: datetime, kind: str | None) -> Iterator[Content]:
    """The periodic duties of which nothing is on the record yet."""
    if kind is not None and kind not in _PERIODIC:
        return
    table = view.table(DUTIES.name)
    known = select(table.c.obligation).where(view.holds(DUTIES.name), table.c.kind.in_(_PERIODIC))
    begun = set(view.connection.execute(known).scalars())
    bulletins = select(func.min(table.c.subject)).where(
        view.holds(DUTIES.name), table.c.kind == str(Duty.MONTHLY_BULLETIN)
    )
    first_bulletin = view.connection.execute(bulletins).scalar()
    units = view.rows(UNITS.name, view.select(UNITS.name))
    rows: Iterable[Content] = periodic.come_round(units, first_bulletin, _today(at))
    yield from (row for row in rows if row["obligation"] not in begun and kind in {None, row["kind"]})


def _today(at: datetime) -> str:
    return at.astimezone(CHINA).date().isoformat()
