"""``replay``: who published what, and when, told from the log itself and not from what was made of it."""

from typing import Annotated

from cyclopts import Parameter

from aggregates.vocabulary import EVENT_TYPES, EventType
from cli import moments
from cli.failure import wrong_usage
from cli.session import Session, SessionOf
from cli.stepping import Chosen, step, tell_changes
from cli.tables import Column, print_table
from cli.told import Titles, Told, Wanted
from ledger.brackets import Brackets
from ledger.ledger import Ledger

TOLD = (
    EventType.PUBLISHED,
    EventType.CHANNEL_ADDED,
    EventType.CORRECTED,
    EventType.WITHDRAWN,
    EventType.SUPERSEDED,
    EventType.SEALED,
    EventType.UNSEALED,
    EventType.ARCHIVED,
    EventType.HISTORIC_RECORDED,
    EventType.UNREGISTERED_PUBLICATION_FOUND,
)
"""What is replayed unless other types are named: everything that came before the public or left it."""

EVERYTHING = "all"
_COLUMNS = (
    Column("位置\nposition", 8, right=True),
    Column("发生时间\noccurred", 19),
    Column("行为\nact", 12),
    Column("单位\nunit", 4),
    Column("经办\nofficer", 20),
    Column("事项\nitem", 22),
    Column("渠道\nchannels", 12),
    Column("标题\ntitle"),
)


def replay(
    *,
    session: SessionOf,
    from_: Annotated[str | None, Parameter(name="--from")] = None,
    to: Annotated[str | None, Parameter(name=["--to", "--until"])] = None,
    until_position: int | None = None,
    unit: str | None = None,
    officer: str | None = None,
    item: str | None = None,
    types: Annotated[list[str] | None, Parameter(name="--types", consume_multiple=True, negative="")] = None,
    changes: Annotated[bool, Parameter(negative="")] = False,
    step_: Annotated[bool, Parameter(name="--step", negative="")] = False,
) -> None:
    """重放:谁、何时、发布了什么。Replay who published what and when, from the log itself.

    默认重放发布、增加渠道、更正、撤回、替代、封存、启封、归档、历史登记与未登记发布;逐条核对哈希后才输出。
    Told by default: publications, added channels, corrections, withdrawals, successions, sealings, archivings,
    historic rows and unregistered publications.  Every entry is held against its leaf hash first.

    :param from_: 发生时间从此起,日期或时间(东八区)。Occurred at or after this day or instant (+08:00).
    :param to: 发生时间至此止,日期含当日。Occurred at or before this instant; a day counts to its end.
    :param until_position: 只看记到此位置为止的。Only what was recorded up to this position.
    :param unit: 单位编号。Code of the unit that acted or published.
    :param officer: 人员编号,任一环节经手即算。Code of an officer, in whatever hand of the chain.
    :param item: 事项编号。Number of the item.
    :param types: 事件类型(可多个),all为全部。Event types, several if need be; all for every one.
    :param changes: 每条并列出它逐字段改变了哪些行,默认全部类型。With what each entry changed, row by row and field by
        field; every type unless some are named.
    :param step_: 逐条前进、后退,或到某位置、某时间。Step through the past, forward and back, or to a position or instant.
    """
    wanted = Wanted(moments.beginning(from_, "--from"), moments.end(to, "--to"), unit=unit, officer=officer, item=item)
    whole = (changes or step_) and types is None
    chosen = Chosen(_types([EVERYTHING] if whole else types), until_position, wanted)
    with session.open_ledger() as ledger:
        if step_:
            step(session, ledger, chosen)
        elif changes:
            tell_changes(session, ledger, chosen)
        else:
            _tell(session, ledger, chosen)


def _types(named: list[str] | None) -> tuple[str, ...]:
    """The event types meant by their names, with or without version.  Raises Failure for an unknown one."""
    if named is None:
        return tuple(str(term) for term in TOLD)
    if EVERYTHING in named:
        return ()
    known = [str(term) for term in EVENT_TYPES]
    chosen: list[str] = []
    for name in named:
        found = [type_ for type_ in known if name in {type_, type_.partition("/")[0]}]
        if not found:
            raise wrong_usage(
                f"没有事件类型{name}；有：{'、'.join(known)}。",
                f"There is no event type {name}; there are: {', '.join(known)}.",
            )
        chosen += found
    return tuple(chosen)


def _tell(session: Session, ledger: Ledger, chosen: Chosen) -> None:
    titles, brackets = Titles(ledger), Brackets(ledger.published.stamps())
    told = (Told(entry, titles, brackets) for entry in chosen.forward(ledger, 0))
    if session.json:
        for one in told:
            session.print_json(one.as_json())
        return
    count = print_table(session.console, _COLUMNS, (one.row() for one in told))
    session.note(f"共{count}条。", f"{count} entries.")
