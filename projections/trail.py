"""The audit trail (留痕): for every subject, every entry that concerns it, one row each, never changed.

Subjects are items, publications, officers, units, channels, columns, rulesets, workflows, cases and
findings.  Refused attempts stand in the trails of what was attempted and of who attempted it; readings
of the ledger in that of what was read.  A row says who did what when under which rule, and a summary:
short fields as they are, passages and contents only by number and hash.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table

from aggregates.area_words import AREAS
from aggregates.vocabulary import EVENT_TYPES
from projections.feed import Event
from projections.reading import Listed, Order, Reader, View, each, list_page
from projections.tables import Shape, integers, jsons, texts
from projections.temporal import NOW, AsOf, Content, Key

ENTRIES = Shape(
    "entries",
    key=(*texts("subject_kind subject"), *integers("position")),
    content=(
        *texts("type occurred_at recorded_at officer post unit on_behalf_of ruleset workflow command_id code article"),
        *jsons("summary"),
    ),
    facts=True,
)

SUBJECT_KINDS = (
    "item",
    "publication",
    "officer",
    "unit",
    "channel",
    "column",
    "ruleset",
    "workflow",
    "case",
    "found",
    *dict.fromkeys(kind for area in AREAS for kind in area.subjects.values()),
    "attempt",
    "consultation",
)
"""The kinds of subjects that have a trail; the last two hold every refused attempt and every reading."""

KIND_BY_FIELD = {
    "item": "item",
    "by_item": "item",
    "supersedes": "item",
    "publication": "publication",
    "unit": "unit",
    "successor": "unit",
    "owner_unit": "unit",
    "competent_unit": "unit",
    "officer": "officer",
    "drafter": "officer",
    "reviewer": "officer",
    "secrecy_reviewer": "officer",
    "approver": "officer",
    "publisher": "officer",
    "channel": "channel",
    "column": "column",
    "ruleset": "ruleset",
    "workflow": "workflow",
    "case": "case",
    "found": "found",
    **{field: kind for area in AREAS for field, kind in area.subjects.items()},
}
"""Which fields of an event's data name a subject, and of which kind."""

KIND_BY_STREAM = {
    "document": "item",
    "publication": "item",
    **{kind: kind for kind in SUBJECT_KINDS},
    **{stream: kind for area in AREAS for stream, kind in area.streams.items()},
}
"""Which kind of subject a stream belongs to, by the first part of its name."""

ATTEMPT, CONSULTED = "attempt.refused/1", "ledger.consulted/1"
EVERY_KIND = {ATTEMPT: "attempt", CONSULTED: "consultation"}
"""Events of these types are also kept together, under one subject."""

ALL = "all"
"""The subject that gathers every refused attempt, and every reading."""

_LONGEST_TEXT = 200
_MOST_MEMBERS = 20
_NOT_SUMMARISED = frozenset({"sentence_zh", "sentence_en", "name_commitment", "details"})


# ---------------------------------------------------------------------- the routes


def _route(event: Event) -> list[tuple[str, Key]]:
    subjects = dict.fromkeys(_subjects(event))
    return [("entries", (kind, subject, event.position)) for kind, subject in subjects]


def _subjects(event: Event) -> Iterable[tuple[str, str]]:
    data = event.data
    yield from _named(data)
    if event.officer:
        yield "officer", event.officer
    if event.unit:
        yield "unit", event.unit
    if event.type in EVERY_KIND:
        yield EVERY_KIND[event.type], ALL
        yield meant(data["subject"])


def _named(data: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for field, kind in KIND_BY_FIELD.items():
        value = data.get(field)
        if isinstance(value, str) and value:
            yield kind, value
    for channel in data.get("channels") or ():
        yield "channel", channel


def meant(subject: str) -> tuple[str, str]:
    """The kind of a subject that is named by its code alone, or by its stream.

    Codes say their kind by their first letters; what says nothing is taken for an item.
    """
    kind, slash, code = subject.partition("/")
    if slash and kind in KIND_BY_STREAM:
        return KIND_BY_STREAM[kind], code
    if "#" in subject:
        return "publication", subject
    prefixes = {"CH-": "channel", "COL-": "column", "RS-": "ruleset", "WF-": "workflow", "AC-": "case", "F-": "found"}
    for prefix, meant in prefixes.items():
        if subject.startswith(prefix):
            return meant, subject
    if subject[:1] in {"U", "X"} and subject[1:].isdigit():
        return "unit", subject
    if subject[:1].isalpha() and subject[1:3].isdigit():
        return "officer", subject
    return "item", subject


# ---------------------------------------------------------------------- the fold


def _row(event: Event) -> Content:
    data = event.data
    return {
        "type": event.type,
        "occurred_at": event.occurred_at,
        "recorded_at": event.recorded_at,
        "officer": event.officer,
        "post": event.post,
        "unit": event.unit,
        "on_behalf_of": event.stated("on_behalf_of"),
        "ruleset": event.stated("ruleset"),
        "workflow": event.stated("workflow"),
        "command_id": event.command_id,
        "code": data.get("code") if event.type == ATTEMPT else None,
        "article": data.get("article"),
        "summary": summary(data),
    }


def summary(data: Mapping[str, Any]) -> dict[str, Any]:
    """What fits in a line: short values as they are, contents by hash and size, everything else by number."""
    return {
        field: short
        for field, value in data.items()
        if field not in _NOT_SUMMARISED and (short := _short(value)) is not None
    }


def _short(value: Any) -> Any:
    match value:
        case str():
            return value if len(value) <= _LONGEST_TEXT else value[: _LONGEST_TEXT - 1] + "…"
        case dict():
            return {name: value[name] for name in ("sha256", "size", "media_type", "name") if name in value} or None
        case list() if all(isinstance(member, str | int) for member in value) and len(value) <= _MOST_MEMBERS:
            return [_short(member) for member in value] or None
        case list():
            return {"count": len(value)}
        case _:
            return value


TYPES = frozenset(str(type_) for type_ in EVENT_TYPES)
"""Every event type there is.  Raise the version of the trail when a type is added: what was skipped before
would otherwise be missing until the next rebuild."""


class Trail:
    """The projection: the same row for every subject of an event."""

    name = "trail"
    version = 3
    tables = (ENTRIES,)
    types = TYPES

    def __init__(self) -> None:
        self._last: tuple[Event | None, Content] = None, {}

    def route(self, event: Event) -> Iterable[tuple[str, Key]]:
        """Every subject the event names, and who acted for which unit."""
        return _route(event)

    def fold(self, table: str, key: Key, row: Content | None, event: Event) -> Content:  # noqa: ARG002
        """The event in a line, the same for each of its subjects."""
        last, told = self._last
        if last is not event:
            told = _row(event)
            self._last = event, told
        return told


PROJECTION = Trail()


# ---------------------------------------------------------------------- what may be asked


@dataclass(frozen=True, slots=True)
class TrailEntry:
    """One entry in a subject's trail; ``code`` and ``article`` are those of a refusal."""

    subject_kind: str
    subject: str
    position: int
    type: str
    occurred_at: str
    recorded_at: str
    officer: str | None
    post: str | None
    unit: str | None
    on_behalf_of: str | None
    ruleset: str | None
    workflow: str | None
    command_id: str | None
    code: str | None
    article: str | None
    summary: dict[str, Any]


def of(
    reader: Reader,
    kind: str,
    subject: str,
    as_of: AsOf = NOW,
    *,
    types: Iterable[str] = (),
    from_instant: str | None = None,
    until_instant: str | None = None,
    latest_first: bool = False,
    limit: int = 100,
    cursor: str | None = None,
) -> Listed[TrailEntry]:
    """The trail of one subject, in the order of positions.

    ``types`` leaves the other event types out; the instants (as the entries write them) bound when it
    occurred, both included.
    """
    wanted = tuple(types)

    def where(_: View, table: Table) -> Iterable[ColumnElement[bool]]:
        yield table.c.subject_kind == kind
        yield table.c.subject == subject
        if wanted:
            yield table.c.type.in_(wanted)
        if from_instant is not None:
            yield table.c.occurred_at >= from_instant
        if until_instant is not None:
            yield table.c.occurred_at <= until_instant

    return list_page(
        reader,
        PROJECTION,
        as_of,
        table="entries",
        order=Order(("position",), descending=latest_first),
        where=where,
        make=each(TrailEntry),
        limit=limit,
        cursor=cursor,
    )


def refused_attempts(
    reader: Reader, as_of: AsOf = NOW, *, limit: int = 100, cursor: str | None = None
) -> Listed[TrailEntry]:
    """Every refused attempt, the latest first."""
    return of(reader, "attempt", ALL, as_of, latest_first=True, limit=limit, cursor=cursor)


def readings(reader: Reader, as_of: AsOf = NOW, *, limit: int = 100, cursor: str | None = None) -> Listed[TrailEntry]:
    """Every reading of the ledger by an inspector, the latest first."""
    return of(reader, "consultation", ALL, as_of, latest_first=True, limit=limit, cursor=cursor)
