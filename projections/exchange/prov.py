"""Where one object came from, as W3C PROV (PROV-JSON, https://www.w3.org/submissions/prov-json).

Every version of the object is an Entity, every entry of its trail an Activity, officers are Agents that acted for
their units.  What stands in the object's own stream made the version after it from the version before it; other
entries (a refused attempt, a reading, a request about it) used the version of their time and changed nothing.
Contents are entities by their SHA-256.  The ruleset in force is the plan.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from aggregates.vocabulary import label
from ledger import instants
from ledger.entry import Actor, Entry
from projections.exchange.relations import ObjectRef, coded_members, data_of, naming_members, subject_of

LEDGER_NAMESPACE: Final = "urn:disclosure-ledger:"
"""What the names of the prefix ``dl`` stand under."""

_ENDS: Final = frozenset({"publication.withdrawn/1"})
"""After these the version that was before the public is invalid; the next one says that it was withdrawn."""


def provenance(subject: ObjectRef, entries: Iterable[Entry]) -> dict[str, Any]:
    """The PROV-JSON document of one object, from the entries of its trail in the order of positions."""
    document = _Document(subject)
    for entry in entries:
        document.take(entry)
    return document.as_json()


class _Document:
    """A document that grows by an entry at a time; it is as long as one object's trail."""

    def __init__(self, subject: ObjectRef) -> None:
        self._subject = subject
        self._found: dict[str, dict[str, Any]] = {}
        self._version: str | None = None
        self._names: dict[str, str] = {}
        self._thing = _name(str(subject))
        self._put("entity", self._thing, {"prov:type": _type(f"dl:{subject.kind}"), "dl:code": subject.code})

    def take(self, entry: Entry) -> None:
        """Tell one entry of the object's trail."""
        activity = _name(f"entry/{entry.position}")
        self._put("activity", activity, _activity(entry))
        if entry.actor is not None:
            self._associate(activity, entry.actor, entry.ruleset)
        if self._version is not None:
            self._relate("used", {"prov:activity": activity, "prov:entity": self._version})
        if subject_of(entry) == self._subject:
            self._change(entry, activity)

    def _change(self, entry: Entry, activity: str) -> None:
        before, version = self._version, _name(f"{self._subject}@{entry.position}")
        self._names.update(naming_members(entry))
        about = {f"dl:{name}": value for name, value in self._names.items()}
        self._put("entity", version, {"prov:type": _type(f"dl:{self._subject.kind}_version"), **about})
        self._relate("specializationOf", {"prov:specificEntity": version, "prov:generalEntity": self._thing})
        at = instants.to_text(entry.occurred_at)
        self._relate("wasGeneratedBy", {"prov:entity": version, "prov:activity": activity, "prov:time": at})
        if before is not None:
            self._derive(version, before, activity)
            if entry.type in _ENDS:
                ended = {"prov:entity": before, "prov:activity": activity, "prov:time": at}
                self._relate("wasInvalidatedBy", ended)
        self._contents(entry, version)
        self._version = version

    def _contents(self, entry: Entry, version: str) -> None:
        for reference in _references(data_of(entry)):
            name = _name(f"sha256/{reference['sha256']}")
            about = {"prov:type": _type("dl:content"), "dl:sha256": reference["sha256"], "dl:size": reference["size"]}
            self._put("entity", name, about)
            self._relate("hadMember", {"prov:collection": version, "prov:entity": name})

    def _derive(self, version: str, before: str, activity: str) -> None:
        derived = {"prov:generatedEntity": version, "prov:usedEntity": before, "prov:activity": activity}
        self._relate("wasDerivedFrom", {**derived, "prov:type": _type("prov:Revision")})

    def _associate(self, activity: str, actor: Actor, ruleset: str | None) -> None:
        officer, unit = _name(f"officer/{actor.officer}"), _name(f"unit/{actor.unit}")
        self._put("agent", officer, {"prov:type": _type("prov:Person"), "dl:code": actor.officer})
        self._put("agent", unit, {"prov:type": _type("prov:Organization"), "dl:code": actor.unit})
        association = {"prov:activity": activity, "prov:agent": officer, "prov:role": actor.post}
        if ruleset is not None:
            plan = _name(f"ruleset/{ruleset}")
            self._put("entity", plan, {"prov:type": _type("prov:Plan"), "dl:code": ruleset})
            association["prov:plan"] = plan
        self._relate("wasAssociatedWith", association)
        delegated = {"prov:delegate": officer, "prov:responsible": unit, "prov:activity": activity}
        self._relate("actedOnBehalfOf", delegated)

    def _put(self, kind: str, name: str, about: Mapping[str, Any]) -> None:
        self._found.setdefault(kind, {})[name] = dict(about)

    def _relate(self, relation: str, members: Mapping[str, Any]) -> None:
        found = self._found.setdefault(relation, {})
        found[f"_:{relation}{len(found) + 1}"] = dict(members)

    def as_json(self) -> dict[str, Any]:
        return {"prefix": {"dl": LEDGER_NAMESPACE}, **self._found}


def _activity(entry: Entry) -> dict[str, Any]:
    at, named = instants.to_text(entry.occurred_at), label("event_type", entry.type)
    return {
        "prov:startTime": at,
        "prov:endTime": at,
        "prov:type": entry.type,
        "prov:label": [{"$": named.zh, "lang": "zh"}, {"$": named.en, "lang": "en"}],
        "dl:position": entry.position,
        "dl:recorded_at": instants.to_text(entry.recorded_at),
        "dl:leaf_hash": entry.leaf_hash.hex(),
        **{f"dl:{name}": value for name, value in coded_members(entry).items()},
    }


def _references(data: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """The contents an entry names, by hash and size; never their bytes, nor what their files were called."""
    attachments = data.get("attachments")
    named = [data.get("content"), *(attachments if isinstance(attachments, list) else [])]
    return [value for value in named if isinstance(value, dict) and {"sha256", "size"} <= value.keys()]


def _name(local: str) -> str:
    return f"dl:{local}"


def _type(name: str) -> dict[str, str]:
    return {"$": name, "type": "prov:QUALIFIED_NAME"}
