"""Which objects an entry concerns and in what part, and which of its members may leave the house."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple, TypeGuard

from aggregates.area_words import AREAS
from aggregates.vocabulary import LISTS
from ledger.entry import Entry
from projections import trail
from projections.evidence.wording import kind_of

OBJECT_KINDS: Final = tuple(
    kind for kind in dict.fromkeys(trail.SUBJECT_KINDS) if kind not in trail.EVERY_KIND.values()
)
"""The kinds of objects there are: what has an audit trail, each kind once."""

ACTOR, ACTING_UNIT, ON_BEHALF_OF = "actor", "acting_unit", "on_behalf_of"
SUBJECT, MEANT, CHANNELS = "subject", "meant", "channel"
"""Qualifiers that no member gives its name to: the stream's own object, what was attempted or read, outlets."""

_LISTS_OF: Final[Mapping[str, tuple[str, str]]] = {
    "channels": ("channel", CHANNELS),
    "concerned_units": ("unit", "concerned_unit"),
}
# A stream of publications belongs to an item and has its number; the publications in it are the item's #1, #2.
_KIND_BY_STREAM: Final = {**trail.KIND_BY_STREAM, "publication": "item"}
_VERSIONED: Final = frozenset({"ruleset", "workflow"})
_PERSONAL: Final = frozenset(name for area in AREAS for names in area.personal.values() for name in names)
_CODES: Final = {name: frozenset(map(str, terms)) for name, terms in LISTS.items()}
_PATTERNS: Final = {
    "day": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "instant": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z"),
}
_SHOWN_BY_NAME: Final[Mapping[str, tuple[str, ...]]] = {
    "document.drafted/1": ("title", "document_number"),
    "publication.published/1": ("title", "document_number"),
    "publication.corrected/1": ("title",),
    "publication.historic_recorded/1": ("title",),
    "unit.registered/1": ("name_zh", "name_en"),
    "channel.registered/1": ("name_zh", "name_en"),
    "column.registered/1": ("name_zh", "name_en"),
}
"""The texts of public bodies and documents that name an object; no other text goes out."""


class ObjectRef(NamedTuple):
    """An object by its kind and code; as text ``item/I-2025-0001``."""

    kind: str
    code: str

    def __str__(self) -> str:
        return f"{self.kind}/{self.code}"


class Relation(NamedTuple):
    """That an entry concerns an object, and in which part: the member that names it, or one of the qualifiers here."""

    target: ObjectRef
    qualifier: str


def data_of(entry: Entry) -> Mapping[str, Any]:
    """The entry's members; empty for an entry whose data are no object."""
    return entry.data if isinstance(entry.data, dict) else {}


def subject_of(entry: Entry) -> ObjectRef | None:
    """The object whose stream the entry stands in; None for attempts, readings and streams of other programs."""
    first, _, code = entry.stream.partition("/")
    kind = _KIND_BY_STREAM.get(first)
    if kind in _VERSIONED:
        # Their streams are called after whose they are, and their entries say which one it is.
        code = data_of(entry).get(kind, "")
    return ObjectRef(kind, code) if kind in OBJECT_KINDS and _is_code(code) else None


def relations_of(entry: Entry) -> list[Relation]:
    """Every object the entry concerns, each pair of object and qualifier once."""
    return list(dict.fromkeys(_relations(entry)))


def _relations(entry: Entry) -> Iterator[Relation]:
    own = subject_of(entry)
    if own is not None:
        yield Relation(own, SUBJECT)
    if entry.actor is not None:
        yield Relation(ObjectRef("officer", entry.actor.officer), ACTOR)
        yield Relation(ObjectRef("unit", entry.actor.unit), ACTING_UNIT)
    for relation in _named(entry):
        # What the stream says already need not be said again under the name of the member that repeats it.
        if relation.target != own:
            yield relation


def _named(entry: Entry) -> Iterator[Relation]:
    data = data_of(entry)
    for name, kind in trail.KIND_BY_FIELD.items():
        if _is_code(code := data.get(name)):
            yield Relation(ObjectRef(kind, code), name)
    for name, (kind, qualifier) in _LISTS_OF.items():
        members = data.get(name)
        for code in members if isinstance(members, list) else ():
            if _is_code(code):
                yield Relation(ObjectRef(kind, code), qualifier)
    if entry.type in trail.EVERY_KIND and _is_code(meant := data.get("subject")):
        yield Relation(ObjectRef(*trail.meant(meant)), MEANT)


def _is_code(value: Any) -> TypeGuard[str]:
    return isinstance(value, str) and bool(value)


def coded_members(entry: Entry) -> dict[str, str]:
    """The members that are a code of a closed list, a day or an instant; free texts and personal ones stay here."""
    return {
        name: value
        for name, value in data_of(entry).items()
        if isinstance(value, str) and name not in _PERSONAL and _may_leave(kind_of(entry.type, name), value)
    }


def _may_leave(kind: str, value: str) -> bool:
    # What a member is meant for does not decide: an imported row may hold anything where a day belongs.
    if (pattern := _PATTERNS.get(kind)) is not None:
        return pattern.fullmatch(value) is not None
    return value in _CODES.get(kind, ())


def naming_members(entry: Entry) -> dict[str, str]:
    """What the entry calls the object of its stream: titles and numbers of documents, names of units and channels."""
    data = data_of(entry)
    names = _SHOWN_BY_NAME.get(entry.type, ())
    return {name: value for name in names if isinstance(value := data.get(name), str) and value}


def actor_members(entry: Entry) -> dict[str, str]:
    """In which post it was done, and under which rules."""
    stated = {
        "post": None if entry.actor is None else entry.actor.post,
        "ruleset": entry.ruleset,
        "workflow": entry.workflow,
    }
    return {name: value for name, value in stated.items() if value}
