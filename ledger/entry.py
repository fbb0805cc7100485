"""An entry: the exact bytes that are hashed, and what they say.

The bytes are canonical JSON (``ledger.canonical``) of one object with these members, absent where
there is nothing to say:

======================  =====================================================================
``event_id``            random 128-bit id in hex, given when the event is handed to the ledger
``stream, version``     which sequence the event belongs to, and its number there
``type``                stable published name with a schema version, ``publication.published/1``
``actor``               ``{officer, post, unit, credential}``: who acted, in which post, proven how
``on_behalf_of``        for whom the actor acted
``occurred_at``         when it happened in the world, as claimed; absent when nobody claims another
                        time than that of recording
``recorded_at``         the ledger's clock; never runs backwards along positions
``ruleset, workflow``   the rules in force when it was decided
``cause``               ``{command, correlation}``: the command's id, and what it belongs to
``data``                what happened, a JSON value; or
``state``               base64 of bytes that are not canonical JSON
======================  =====================================================================

The position is not among them: it is the leaf's index in the tree plus one, and a proof binds it.
"""

from base64 import b64decode
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import orjson

from ledger import canonical, instants
from ledger.errors import IntegrityFault

LARGEST_ENTRY = 65_535
"""Bytes; C2SP tlog-tiles writes an entry's length as an unsigned 16-bit integer."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acted: an officer's code, the post and unit held at that moment, and the credential used."""

    officer: str
    post: str
    unit: str
    credential: str | None = None

    def to_json(self) -> dict[str, str]:
        """The member ``actor`` of an entry."""
        value = {"officer": self.officer, "post": self.post, "unit": self.unit}
        return value if self.credential is None else {**value, "credential": self.credential}

    @classmethod
    def from_json(cls, value: dict[str, str]) -> "Actor":
        """Read the member ``actor`` of an entry."""
        return cls(value["officer"], value["post"], value["unit"], value.get("credential"))


@dataclass(frozen=True, slots=True)
class EventDraft:
    """An event on its way into the ledger, not yet numbered.

    ``data`` is a JSON value; a plain ``bytes`` stands for state that is not JSON.  ``version`` is the
    event's number in its stream.  ``occurred_at`` defaults to the time of recording.
    """

    stream: str
    version: int
    type: str
    data: Any
    actor: Actor | None = None
    on_behalf_of: str | None = None
    occurred_at: datetime | None = None
    ruleset: str | None = None
    workflow: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the log as it stands at ``position`` (1 is the first); ``raw`` is what was hashed."""

    position: int
    event_id: str
    stream: str
    version: int
    type: str
    data: Any
    state: bytes | None
    actor: Actor | None
    on_behalf_of: str | None
    occurred_at: datetime
    recorded_at: datetime
    ruleset: str | None
    workflow: str | None
    command_id: str | None
    correlation_id: str | None
    raw: bytes
    leaf_hash: bytes

    @property
    def state_bytes(self) -> bytes:
        """What the event's author handed in as state: the data's canonical bytes, or the bytes themselves."""
        return canonical.encode_trusted(self.data) if self.state is None else self.state


def decode_entry(position: int, raw: bytes, leaf_hash: bytes) -> Entry:
    """Read an entry's bytes.  Raises IntegrityFault when they are not an entry at all."""
    try:
        members = orjson.loads(raw)
        actor = members.get("actor")
        cause = members.get("cause") or {}
        recorded_at = instants.from_text(members["recorded_at"])
        occurred_at = members.get("occurred_at")
        state = members.get("state")
        return Entry(
            position=position,
            event_id=members["event_id"],
            stream=members["stream"],
            version=members["version"],
            type=members["type"],
            data=members.get("data"),
            state=None if state is None else b64decode(state, validate=True),
            actor=None if actor is None else Actor.from_json(actor),
            on_behalf_of=members.get("on_behalf_of"),
            occurred_at=recorded_at if occurred_at is None else instants.from_text(occurred_at),
            recorded_at=recorded_at,
            ruleset=members.get("ruleset"),
            workflow=members.get("workflow"),
            command_id=cause.get("command"),
            correlation_id=cause.get("correlation"),
            raw=raw,
            leaf_hash=leaf_hash,
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise IntegrityFault(
            position,
            f"position {position} does not hold an entry ({type(error).__name__}: {error}); it was not written "
            "by this ledger.  Nothing was changed; run verify and compare with a kept checkpoint",
        ) from None


INDEX_COLUMNS = ("stream", "version", "type", "actor", "occurred_at", "recorded_at")
"""What the table says of an entry beside its bytes; instants in microseconds."""


def index_of(members: Any) -> tuple[Any, ...]:
    """The index columns as an entry's own members have them.

    Raises KeyError, ValueError, TypeError or AttributeError where ``decode_entry`` would find no entry.
    """
    actor, occurred_at = members.get("actor"), members.get("occurred_at")
    if not isinstance(members["event_id"], str) or (actor is not None and not {"post", "unit"} <= actor.keys()):
        raise TypeError("the event's id is not text, or its actor has no post or unit")
    if (state := members.get("state")) is not None:
        b64decode(state, validate=True)
    recorded = _recorded_microseconds(members["recorded_at"])
    return (
        members["stream"],
        members["version"],
        members["type"],
        None if actor is None else actor["officer"],
        recorded if occurred_at is None else instants.to_microseconds(instants.from_text(occurred_at)),
        recorded,
    )


@lru_cache(maxsize=16)
def _recorded_microseconds(text: str) -> int:
    """All entries of one commit were recorded at the same instant."""
    return instants.to_microseconds(instants.from_text(text))


def command_of(members: Any) -> str | None:
    """The id of the command that an entry's members name as their cause."""
    cause = members.get("cause")
    return None if cause is None else cause.get("command")
