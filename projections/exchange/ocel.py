"""The log as an object-centric event log, OCEL 2.0 JSON (https://www.ocel-standard.org).

Every entry is an event, every subject with an audit trail an object: items, publications, requests, decisions,
opinions, cases, units, officers (by code).  An event is related to each object it concerns, with the part it
has in it as qualifier.  An object is related to what the entries of its own stream name, officers excepted.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any, Final, NamedTuple

import orjson

from ledger import instants
from ledger.entry import Entry
from projections.evidence.wording import kind_of
from projections.exchange.relations import (
    ACTING_UNIT,
    ACTOR,
    SUBJECT,
    ObjectRef,
    Relation,
    actor_members,
    coded_members,
    data_of,
    naming_members,
    relations_of,
    subject_of,
)
from projections.exchange.spool import spool

_SCHEMA: Final = """
CREATE TABLE object (kind TEXT, code TEXT, PRIMARY KEY (kind, code)) WITHOUT ROWID;
CREATE TABLE attribute (kind TEXT, code TEXT, at TEXT, position INTEGER, name TEXT, value TEXT,
                        PRIMARY KEY (kind, code, at, position, name)) WITHOUT ROWID;
CREATE TABLE link (kind TEXT, code TEXT, target TEXT, qualifier TEXT,
                   PRIMARY KEY (kind, code, target, qualifier)) WITHOUT ROWID;
"""
_OF_THE_ACT: Final = frozenset({ACTOR, ACTING_UNIT, SUBJECT})


class Counted(NamedTuple):
    """What went into an object-centric log."""

    events: int
    objects: int


class _Types:
    """The types that were met, each with its attributes; as many as the vocabulary has, whatever the log's length."""

    def __init__(self) -> None:
        self._met: dict[str, dict[str, str]] = {}

    def meet(self, name: str, attributes: Mapping[str, str]) -> None:
        self._met.setdefault(name, {}).update(attributes)

    def as_json(self) -> list[dict[str, Any]]:
        return [
            {"name": name, "attributes": [{"name": n, "type": type_} for n, type_ in sorted(attributes.items())]}
            for name, attributes in sorted(self._met.items())
        ]


def write_ocel(file: IO[bytes], entries: Iterable[Entry]) -> Counted:
    """Write the entries, in order, and the objects they concern; memory does not grow with their number.

    The members stand as ``events, objects, eventTypes, objectTypes``: the types are those that were met.
    """
    with spool(_SCHEMA) as store:
        event_types, object_types = _Types(), _Types()
        file.write(b'{"events":[')
        events = _write_list(file, (_event(entry, event_types, store) for entry in entries))
        file.write(b'],\n"objects":[')
        objects = _write_list(file, _objects(store, object_types))
        file.write(b'],\n"eventTypes":' + orjson.dumps(event_types.as_json()))
        file.write(b',\n"objectTypes":' + orjson.dumps(object_types.as_json()) + b"}\n")
    return Counted(events, objects)


def _write_list(file: IO[bytes], values: Iterable[dict[str, Any]]) -> int:
    count = 0
    for value in values:
        file.write((b",\n" if count else b"\n") + orjson.dumps(value))
        count += 1
    return count


def _event(entry: Entry, types: _Types, store: sqlite3.Connection) -> dict[str, Any]:
    relations = relations_of(entry)
    _keep(entry, relations, store)
    attributes = _attributes(entry)
    types.meet(entry.type, {name: _type_of(entry.type, name, value) for name, value in attributes.items()})
    return {
        "id": f"entry/{entry.position}",
        "type": entry.type,
        "time": instants.to_text(entry.occurred_at),
        "attributes": [{"name": name, "value": value} for name, value in attributes.items()],
        "relationships": [{"objectId": str(target), "qualifier": part} for target, part in relations],
    }


def _attributes(entry: Entry) -> dict[str, Any]:
    return {
        **coded_members(entry),
        **actor_members(entry),
        "position": entry.position,
        "recorded_at": instants.to_text(entry.recorded_at),
        "leaf_hash": entry.leaf_hash.hex(),
    }


def _type_of(event_type: str, name: str, value: Any) -> str:
    if isinstance(value, int):
        return "integer"
    return "time" if name == "recorded_at" or kind_of(event_type, name) == "instant" else "string"


# ---------------------------------------------------------------------- objects


def _keep(entry: Entry, relations: list[Relation], store: sqlite3.Connection) -> None:
    store.executemany("INSERT OR IGNORE INTO object VALUES (?, ?)", (relation.target for relation in relations))
    own = subject_of(entry)
    if own is None:
        return
    at = instants.to_text(entry.occurred_at)
    named = [
        (*target, at, entry.position, name, value)
        for target in _named_by(entry, own)
        for name, value in naming_members(entry).items()
    ]
    store.executemany("INSERT OR IGNORE INTO attribute VALUES (?, ?, ?, ?, ?, ?)", named)
    links = [(*own, str(target), part) for target, part in relations if _links(target, part)]
    store.executemany("INSERT OR IGNORE INTO link VALUES (?, ?, ?, ?)", links)


def _named_by(entry: Entry, own: ObjectRef) -> Iterator[ObjectRef]:
    """What an entry's title is the title of: the object of the stream, and the publication it speaks of."""
    yield own
    publication = data_of(entry).get("publication")
    if entry.stream.startswith("publication/") and isinstance(publication, str):
        yield ObjectRef("publication", publication)


def _links(target: ObjectRef, qualifier: str) -> bool:
    return target.kind != "officer" and qualifier not in _OF_THE_ACT


def _objects(store: sqlite3.Connection, types: _Types) -> Iterator[dict[str, Any]]:
    for kind, code in store.execute("SELECT kind, code FROM object ORDER BY kind, code"):
        found = store.execute(
            "SELECT name, at, value FROM attribute WHERE kind = ? AND code = ? ORDER BY at, position, name",
            (kind, code),
        )
        attributes = [{"name": name, "time": at, "value": value} for name, at, value in found]
        types.meet(kind, {attribute["name"]: "string" for attribute in attributes})
        links = store.execute(
            "SELECT target, qualifier FROM link WHERE kind = ? AND code = ? ORDER BY target, qualifier", (kind, code)
        )
        related = [{"objectId": target, "qualifier": qualifier} for target, qualifier in links]
        yield {
            "id": str(ObjectRef(kind, code)),
            "type": kind,
            "attributes": attributes,
            "relationships": related,
        }
