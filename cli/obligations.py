"""``obligations``: who owes what by when, judged at any moment."""

from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any, Literal

from cli import moments
from cli.failure import wrong_usage
from cli.projecting import abreast
from cli.session import SessionOf
from cli.tables import Column, print_table
from ledger import instants
from projections import directory
from projections.obligations import PROJECTION, asking
from projections.obligations.asking import Wanted
from projections.obligations.judging import Obligation
from projections.obligations.words import DUTIES_BY_CODE, Rule, State
from projections.reading import LARGEST_PAGE, Listed, Reader
from projections.temporal import AsOf

Standing = Literal["waiting", "open", "due_soon", "overdue", "done"]

_COLUMNS = (
    Column("到期\ndue", 16),
    Column("状态\nstate", 8),
    Column("逾期\nlate by", 14, right=True),
    Column("单位\nunit", 4),
    Column("责任\nduty", 20),
    Column("事项\nsubject", 24),
    Column("依据\nsource"),
)
_STATES = {str(state): state.zh for state in State}
_LATE = {"working_days": "工作日", "days": "天", "minutes": "分钟"}


def obligations(
    *,
    session: SessionOf,
    unit: str | None = None,
    kind: str | None = None,
    officer: str | None = None,
    state: Standing = "open",
    as_of_position: int | None = None,
    known_at: str | None = None,
    as_at: str | None = None,
) -> None:
    """责任清单:谁应于何时前办什么,是否逾期。Who owes what by when, and what is overdue.

    期限按该时点的台账和工作日历现算。Clocks are judged at the moment asked about, by the calendar as known then.

    :param unit: 单位编号。Code of the unit that owes it.
    :param officer: 人员编号:所任岗位应办的,或本人办结的。Code of an officer: owed in posts held, or done by them.
    :param kind: 责任种类,如request_answer。Kind of duty, as request_answer.
    :param state: 状态,默认open(一切未办)。How it stands; default open, all that is not done.
    :param as_of_position: 截至该位置。As known at this position.
    :param known_at: 截至该记录时间,日期含当日。As known at this instant of recording; a day counts to its end.
    :param as_at: 业务发生时间,日期含当日。As it was in the world at this instant; a day counts to its end.
    """
    as_of = AsOf(as_of_position, moments.end(known_at, "--known-at"), moments.end(as_at, "--as-at"))
    if kind is not None and kind not in DUTIES_BY_CODE:
        known = ", ".join(DUTIES_BY_CODE)
        raise wrong_usage(f"没有责任种类{kind}；有：{known}。", f"There is no kind of duty {kind}; there are: {known}.")
    with session.open_ledger() as ledger:
        for projection in (PROJECTION, directory.PROJECTION):
            abreast(ledger, projection)
        at, reader = asking.judging_instant(ledger, as_of, session.clock), Reader(ledger)
        held = asking.posts_of(reader, officer, at, as_of)
        units = None if unit is None else frozenset({unit})
        wanted = Wanted(units=units, kind=kind, state=state, officer=officer, posts=held)
        found = _all(
            lambda cursor: asking.list_obligations(reader, as_of, at, wanted=wanted, limit=LARGEST_PAGE, cursor=cursor)
        )
        if session.json:
            for one in found:
                session.print_json(asdict(one))
            return
        count = print_table(session.console, _COLUMNS, (_row(one) for one in found))
    session.note(f"共{count}项，截至{moments.shown(at)}。", f"{count} obligations, as of {moments.shown(at)}.")


def _all(page: Callable[[str | None], Listed[Obligation]]) -> Iterator[Obligation]:
    listed = page(None)
    while True:
        yield from listed.rows
        if listed.next_cursor is None:
            return
        listed = page(listed.next_cursor)


def _row(one: Obligation) -> list[Any]:
    return [_due(one), _STATES[one.state], _late(one), one.unit, one.kind_zh, one.subject, one.source]


def _due(one: Obligation) -> str:
    if one.due_at is not None:
        return moments.shown(instants.from_text(one.due_at))
    if one.waits_for is not None:
        return "期限未起算"
    return one.due_on or ("及时" if one.rule == Rule.PROMPT else "")


def _late(one: Obligation) -> str:
    if not one.breached:
        return ""
    return "?" if one.late_by is None else f"{one.late_by} {_LATE[one.late_unit or 'days']}"
