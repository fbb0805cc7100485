"""Which entries of the log are told, and how one of them is told: in a table's row, or to a machine."""

from datetime import datetime, timedelta
from typing import Any

from aggregates.vocabulary import label
from cli import moments
from ledger import instants
from ledger.brackets import Brackets, Stamp
from ledger.entry import Entry
from ledger.ledger import Ledger

_HANDS = ("drafter", "reviewer", "secrecy_reviewer", "approver", "publisher")
_UNITS = ("unit", "competent_unit")
_LATE = timedelta(hours=1)


class Wanted:
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
            and (self._item is None or self._item == item_of(entry))
        )


def _data_of(entry: Entry) -> dict[str, Any]:
    return entry.data if isinstance(entry.data, dict) else {}


def _units_of(entry: Entry) -> set[Any]:
    acting = set() if entry.actor is None else {entry.actor.unit}
    return acting | {_data_of(entry).get(name) for name in _UNITS}


def _officers_of(entry: Entry) -> set[Any]:
    acting = set() if entry.actor is None else {entry.actor.officer}
    return acting | {_data_of(entry).get(name) for name in (*_HANDS, "officer")}


def item_of(entry: Entry) -> Any:
    """What the entry is about: its item, what was attempted or read, or the finding."""
    data = _data_of(entry)
    return data.get("item") or data.get("subject") or data.get("found")


class Titles:
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


class Told:
    """One entry as it is told."""

    def __init__(self, entry: Entry, titles: Titles, brackets: Brackets) -> None:
        self.entry = entry
        self.data = _data_of(entry)
        self.title = titles.of(entry)
        self.bracket = brackets.of(entry.position)

    def row(self) -> list[Any]:
        """The cells of the table."""
        entry, actor = self.entry, self.entry.actor
        hand = "" if actor is None else f"{actor.officer} {label('post', actor.post).zh}"
        unit = self.data.get("unit") or ("" if actor is None else actor.unit)
        subject = self.data.get("publication") or item_of(entry)
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
            "item": item_of(entry),
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
