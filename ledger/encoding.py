"""An entry's bytes, put together in the canonical order of its members and parted where the moment goes.

The members of an entry are few and known (``ledger.entry``), so their order is written out here
instead of being sorted for every event; what a command's events share is encoded once.  A test holds
the bytes against RFC 8785.
"""

from base64 import b64encode
from functools import lru_cache

import orjson

from ledger import canonical, instants
from ledger.canonical import NotCanonical
from ledger.entry import Actor, EventDraft


class EventEncoder:
    """Encodes the events of one command."""

    def __init__(self, command_id: str | None, correlation_id: str | None) -> None:
        stated = {"command": command_id, "correlation": correlation_id}
        members = (f'"{name}":'.encode() + encode_text(text) for name, text in stated.items() if text is not None)
        cause = b",".join(members)
        self._cause = b'"cause":{' + cause + b"}," if cause else b""
        self._actor: Actor | None = None
        self._actor_member = b""

    def encode(self, draft: EventDraft, event_id: str) -> tuple[bytes, bytes]:
        """What stands before and behind the moment of recording.

        Raises NotCanonical for what has no canonical form.
        """
        data, state = _data_of(draft)
        occurred = b"" if draft.occurred_at is None else _OCCURRED % instants.to_text(draft.occurred_at).encode()
        before = b"".join(
            (
                b"{",
                self._member_of_actor(draft.actor),
                self._cause,
                data,
                b'"event_id":"',
                event_id.encode(),
                b'"',
                occurred,
                _member(b',"on_behalf_of":', draft.on_behalf_of),
                b',"recorded_at":"',
            )
        )
        after = b"".join(
            (
                b'"',
                _member(b',"ruleset":', draft.ruleset),
                state,
                b',"stream":',
                encode_text(draft.stream),
                b',"type":',
                _often(draft.type),
                b',"version":%d' % draft.version,
                _member(b',"workflow":', draft.workflow),
                b"}",
            )
        )
        return before, after

    def _member_of_actor(self, actor: Actor | None) -> bytes:
        # A command's events are nearly always by the same hand.
        if actor is not self._actor:
            self._actor = actor
            self._actor_member = b"" if actor is None else _ACTOR % canonical.encode(actor.to_json())
        return self._actor_member


_ACTOR = b'"actor":%b,'
_OCCURRED = b',"occurred_at":"%b"'


def _data_of(draft: EventDraft) -> tuple[bytes, bytes]:
    """The members ``data`` and ``state``, of which an entry has one."""
    data = draft.data
    if isinstance(data, bytes):
        return b"", b',"state":"%b"' % b64encode(data)
    # A fragment is canonical already: the adapter has encoded it.
    encoded = orjson.dumps(data) if isinstance(data, orjson.Fragment) else canonical.encode(data)
    return b'"data":%b,' % encoded, b""


def _member(name: bytes, text: str | None) -> bytes:
    return b"" if text is None else name + _often(text)


def encode_text(text: str) -> bytes:
    """The canonical bytes of a text.  Raises NotCanonical for a NUL or half a surrogate pair in it."""
    try:
        data = orjson.dumps(text)
    except orjson.JSONEncodeError as error:
        raise NotCanonical(f"the text {text!r} has no canonical form ({error}); nothing was recorded") from None
    if data[0] != _QUOTE or (canonical.NUL in data and "\0" in text):
        raise NotCanonical(f"{text!r} is no text, or holds a NUL character; nothing was recorded")
    return data


_QUOTE = ord('"')

_often = lru_cache(maxsize=2048)(encode_text)
"""The same, for texts that come again and again."""
