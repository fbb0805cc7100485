"""What may be asked of the obligations: lists, one with its explanation, at any moment.

What is not done is judged before it is cut into pages, because what is overdue is known only by counting;
the cursor carries the position and the instant of the first page, and the pages that follow are judged
alike.  What is done, and there is ever more of it, is cut into pages by the database.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Table, func, or_, select

from aggregates.deed import CHINA
from aggregates.working_days import WorkingCalendar
from ledger import instants
from ledger.clock import Clock
from ledger.ledger import Ledger
from projections import directory
from projections.errors import InvalidCursor
from projections.obligations import periodic
from projections.obligations.folding import PROJECTION
from projections.obligations.judging import Explanation, Obligation, calendar_of, explain, judge
from projections.obligations.rows import CALENDAR, DUTIES, UNITS
from projections.obligations.words import Duty, State
from projections.reading import LARGEST_PAGE, Answer, Listed, Order, Reader, View, list_page, read_cursor, write_cursor
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


def posts_of(reader: Reader, officer: str | None, at: datetime, as_of: AsOf) -> frozenset[tuple[str, str]]:
    """The posts an officer holds on the day, by post and unit; none where no officer is asked about."""
    if officer is None:
        return frozenset()
    held = directory.posts(reader, as_of, officer=officer, held_on=_today(at)).value or ()
    return frozenset((one.post, one.unit) for one in held)


def list_obligations(
    reader: Reader,
    as_of: AsOf,
    at: datetime,
    *,
    wanted: Wanted | None = None,
    limit: int = 50,
    cursor: str | None = None,
) -> Listed[Obligation]:
    """Duties as they stand at ``at``, by when they fall due; what is done, the last done first.  Raises InvalidCursor."""
    wanted = wanted or Wanted()
    if wanted.state == State.DONE:
        return _done(reader, as_of, at, wanted, limit, cursor)
    limit, after = max(1, min(limit, LARGEST_PAGE)), None
    if cursor is not None:
        position, values = read_cursor(cursor, _WIDTH)
        judged, *after = (str(value) for value in values)
        at = _instant(judged)
        if as_of.position is None and as_of.recorded_at is None:
            as_of = replace(as_of, position=position)

    def question(view: View) -> Listed[Obligation]:
        found = sorted(_judged(view, wanted, at), key=_order)
        rest = found if after is None else [one for one in found if list(_order(one)) > after]
        last = rest[limit - 1] if len(rest) > limit else None
        following = None if last is None else write_cursor(view.position, [instants.to_text(at), *_order(last)])
        return Listed(tuple(rest[:limit]), following, view.position)

    return reader.ask(PROJECTION, as_of, question)


def _done(  # noqa: PLR0917 - a list's own parameters, in their order
    reader: Reader, as_of: AsOf, at: datetime, wanted: Wanted, limit: int, cursor: str | None
) -> Listed[Obligation]:
    def conditions(_: View, table: Table) -> Iterator[ColumnElement[bool]]:
        yield from _narrowed(table, wanted)
        if wanted.units is not None:
            named = (table.c.units.contains(f'"{unit}"', autoescape=True) for unit in sorted(wanted.units))
            yield or_(table.c.unit.in_(sorted(wanted.units)), *named)
        if wanted.officer is not None:
            yield table.c.done_by == wanted.officer

    def made(view: View, rows: list[Content]) -> Iterator[Obligation]:
        calendar = _calendar(view)
        return (judge(row, calendar, at) for row in rows)

    return list_page(
        reader,
        PROJECTION,
        as_of,
        table=DUTIES.name,
        order=Order(("done_position", "obligation"), descending=True),
        where=conditions,
        make=made,
        limit=limit,
        cursor=cursor,
    )


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
    conditions = _narrowed(view.table(DUTIES.name), wanted)
    yield from view.rows(DUTIES.name, view.select(DUTIES.name).where(*conditions))
    yield from _come_round(view, at, wanted.kind)


def _narrowed(table: Table, wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    """What the database can leave out without counting days."""
    yield table.c.arisen
    if wanted.kind is not None:
        yield table.c.kind == wanted.kind
    if wanted.units is not None:
        yield or_(table.c.unit.in_(sorted(wanted.units)), table.c.units.is_not(None))
    if wanted.state is not None:
        is_done = table.c.done_position.is_not(None)
        yield is_done if wanted.state == State.DONE else ~is_done


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
