"""``replay``: who published what, and when, told from the log itself and not from what was made of it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Annotated, Any

from cyclopts import Parameter

from aggregates.vocabulary import EVENT_TYPES, EventType, label
from cli import moments
from cli.evidence import quoted
from cli.failure import wrong_usage
from cli.session import Session, SessionOf
from cli.tables import Column, print_table
from ledger import instants
from ledger.brackets import Brackets, Stamp
from ledger.entry import Entry
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
_HANDS = ("drafter", "reviewer", "secrecy_reviewer", "approver", "publisher")
_UNITS = ("unit", "competent_unit")
_LATE = timedelta(hours=1)

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
    to: str | None = None,
    until_position: int | None = None,
    unit: str | None = None,
    officer: str | None = None,
    item: str | None = None,
    types: Annotated[list[str] | None, Parameter(name="--types", consume_multiple=True, negative="")] = None,
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
    """
    wanted = _Wanted(moments.beginning(from_, "--from"), moments.end(to, "--to"), unit=unit, officer=officer, item=item)
    chosen = _types(types)
    with session.open_ledger() as ledger:
        entries = (e for e in quoted(ledger, until=until_position, types=chosen) if wanted.includes(e))
        titles = _Titles(ledger)
        brackets = Brackets(ledger.published.stamps())
        _tell(session, (_Told(entry, titles, brackets) for entry in entries))


class _Wanted:
    """What the operator asked to see; an entry must meet every condition."""

    def __init__(
        self,
        since: datetime | None,
        until: datetime | None,
        *,
        unit: str | None,
        officer: str | None,
        item: str | None,
    ) -> None:
        self._since, self._until = since, until
        self._unit, self._officer, self._item = unit, officer, item

    def includes(self, entry: Entry) -> bool:
        """Whether an entry is asked for."""
        return (
            (self._since is None or entry.occurred_at >= self._since)
            and (self._until is None or entry.occurred_at <= self._until)
            and (self._unit is None or self._unit in _units_of(entry))
            and (self._officer is None or self._officer in _officers_of(entry))
            and (self._item is None or self._item == _item_of(entry))
        )


def _data_of(entry: Entry) -> dict[str, Any]:
    return entry.data if isinstance(entry.data, dict) else {}


def _units_of(entry: Entry) -> set[Any]:
    acting = set() if entry.actor is None else {entry.actor.unit}
    return acting | {_data_of(entry).get(name) for name in _UNITS}


def _officers_of(entry: Entry) -> set[Any]:
    acting = set() if entry.actor is None else {entry.actor.officer}
    return acting | {_data_of(entry).get(name) for name in (*_HANDS, "officer")}


def _item_of(entry: Entry) -> Any:
    data = _data_of(entry)
    return data.get("item") or data.get("subject") or data.get("found")


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


class _Titles:
    """The title an item had when an entry was written, for entries that do not repeat it."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def of(self, entry: Entry) -> str | None:
        """The title in the entry, or the last one written in its stream by then."""
        stated = _data_of(entry).get("title")
        if stated is not None:
            return str(stated)
        if not entry.stream.startswith("publication/"):
            return None
        before = self._ledger.read_stream(entry.stream, 0, entry.version)
        titles = [title for told in before if (title := _data_of(told).get("title")) is not None]
        return titles[-1] if titles else None


class _Told:
    """One entry as it is told."""

    def __init__(self, entry: Entry, titles: _Titles, brackets: Brackets) -> None:
        self.entry = entry
        self.data = _data_of(entry)
        self.title = titles.of(entry)
        self.bracket = brackets.of(entry.position)

    def row(self) -> list[Any]:
        """The cells of the table."""
        entry, actor = self.entry, self.entry.actor
        hand = "" if actor is None else f"{actor.officer} {label('post', actor.post).zh}"
        unit = self.data.get("unit") or ("" if actor is None else actor.unit)
        subject = self.data.get("publication") or _item_of(entry)
        act = label("event_type", entry.type).zh
        return [
            entry.position,
            moments.shown(entry.occurred_at),
            act,
            unit,
            hand,
            subject,
            self._channels(),
            self._say(),
        ]

    def _channels(self) -> str:
        one = self.data.get("channel") or self.data.get("channel_name")
        return one or " ".join(self.data.get("channels") or [])

    def _say(self) -> str:
        said = self.title or self.data.get("sentence_zh") or self.data.get("reason") or ""
        if self.entry.recorded_at - self.entry.occurred_at > _LATE:
            said += f"（记于 · recorded {moments.shown(self.entry.recorded_at)}）"
        if self.bracket.fault(self.entry.recorded_at) is not None:
            said += "（记录时间与时间戳不符 · recorded outside its time stamps）"
        return said

    def as_json(self) -> dict[str, Any]:
        """The line for a machine; ``data`` is what the entry says, word for word."""
        entry, actor = self.entry, self.entry.actor
        return {
            "position": entry.position,
            "type": entry.type,
            "act": label("event_type", entry.type)._asdict(),
            "occurred_at": instants.to_text(entry.occurred_at),
            "recorded_at": instants.to_text(entry.recorded_at),
            "actor": None if actor is None else actor.to_json(),
            "on_behalf_of": entry.on_behalf_of,
            "ruleset": entry.ruleset,
            "workflow": entry.workflow,
            "item": _item_of(entry),
            "title": self.title,
            "data": entry.data,
            "leaf_hash": entry.leaf_hash.hex(),
            "stamped_after": _moment(self.bracket.after),
            "stamped_before": _moment(self.bracket.before),
        }


def _moment(stamp: Stamp | None) -> dict[str, Any] | None:
    if stamp is None:
        return None
    return {"instant": instants.to_text(stamp.stamped_at), "size": stamp.size, "authority": stamp.authority}


def _tell(session: Session, told: Iterator[_Told]) -> None:
    if session.json:
        for one in told:
            session.print_json(one.as_json())
        return
    count = print_table(session.console, _COLUMNS, (one.row() for one in told))
    session.note(f"共{count}条。", f"{count} entries.")
