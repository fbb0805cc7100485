"""A small projection whose rows show exactly which events were folded into them, in which order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from ledger.append import Command
from ledger.entry import EventDraft
from ledger.ledger import Ledger
from projections.feed import Event
from projections.tables import Shape, flags, integers, jsons, texts
from projections.temporal import Content, Key

START = datetime(2025, 1, 6, 1, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Happening:
    """One event to come: ``add`` brings a row about, ``mark`` needs one, ``look`` changes nothing."""

    kind: str
    name: str
    minute: int
    other: str | None = None

    @property
    def occurred_at(self) -> datetime:
        return START + timedelta(minutes=self.minute)


class Tally:
    """Counts per name; ``folded`` lists the positions, so that order and subset can be read off a row."""

    name = "tally"
    version = 1
    tables = (
        Shape(
            "counts",
            key=texts("name"),
            content=(*integers("total first_minute"), *jsons("folded"), *texts("note listed_on"), *flags("marked")),
            orders=(("listed_on",),),
        ),
        Shape("facts", key=(*texts("name"), *integers("position")), content=texts("kind note"), facts=True),
    )
    types = frozenset({"tally.add/1", "tally.mark/1", "tally.look/1"})

    def route(self, event: Event) -> Iterable[tuple[str, Key]]:
        data = event.data
        yield "counts", (data["name"],)
        if data.get("other") not in {None, data["name"]}:
            yield "counts", (data["other"],)
        yield "facts", (data["name"], event.position)

    def fold(self, table: str, key: Key, row: Content | None, event: Event) -> Content | None:
        if table == "facts":
            return {"kind": event.type, "note": event.data.get("note")}
        return fold_count(key, row, event.position, event.type, event.data)


def fold_count(_key: Key, row: Content | None, position: int, kind: str, data: dict[str, Any]) -> Content | None:
    if data.get("poison"):
        raise ValueError(data["name"])
    if kind == "tally.look/1":
        return row
    if row is None:
        if kind != "tally.add/1":
            return None
        row = {
            "total": 0,
            "first_minute": data["minute"],
            "folded": [],
            "note": None,
            "listed_on": f"day-{data['minute']:06d}",
            "marked": None,
        }
    marked = kind == "tally.mark/1" or bool(row["marked"])
    return {
        **row,
        "total": row["total"] + 1,
        "folded": [*row["folded"], position],
        "marked": marked,
        "note": data.get("note"),
    }


def record(ledger: Ledger, happenings: Sequence[Happening], **extra: Any) -> range:
    """Append happenings in one command, each on a stream of its own name."""
    versions: dict[str, int] = {}
    drafts = []
    for happening in happenings:
        stream = f"tally/{happening.name}"
        versions[stream] = versions.get(stream, ledger.stream_version(stream)) + 1
        data = {"name": happening.name, "minute": happening.minute, **extra}
        if happening.other is not None:
            data["other"] = happening.other
        drafts.append(
            EventDraft(stream, versions[stream], f"tally.{happening.kind}/1", data, occurred_at=happening.occurred_at)
        )
    return ledger.append(Command(drafts)).positions


def replay(happenings: Sequence[Happening], *, until: int, by_minute: int | None = None) -> dict[str, Content]:
    """The naive answer: from zero, every event up to a position that had occurred by a minute."""
    rows: dict[str, Content] = {}
    for position, happening in enumerate(happenings, start=1):
        if position > until or (by_minute is not None and happening.minute > by_minute):
            continue
        data = {"name": happening.name, "minute": happening.minute}
        for name in dict.fromkeys([happening.name, happening.other]):
            if name is None:
                continue
            row = fold_count((name,), rows.get(name), position, f"tally.{happening.kind}/1", data)
            if row is not None:
                rows[name] = row
    return rows
