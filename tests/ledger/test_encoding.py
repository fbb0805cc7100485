"""Entries are put together by hand and are what RFC 8785 makes of their members all the same."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from ledger import canonical, instants
from ledger.canonical import NotCanonical
from ledger.encoding import EventEncoder
from ledger.entry import Actor, EventDraft, decode_entry
from tests.support.ledgers import NOON

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
MAYBE = st.none() | TEXTS
ACTORS = st.none() | st.builds(Actor, TEXTS, TEXTS, TEXTS, MAYBE)
DATA = st.none() | st.dictionaries(st.sampled_from("abc"), TEXTS | st.integers(-9, 9)) | st.binary(max_size=20) | TEXTS
DRAFTS = st.builds(
    EventDraft,
    TEXTS,
    st.integers(0, 2**40),
    TEXTS,
    DATA,
    ACTORS,
    MAYBE,
    st.none() | st.just(NOON),
    MAYBE,
    MAYBE,
)
STAMP = "2025-01-23T02:15:00.000000Z"


def members_of(draft: EventDraft, event_id: str, command: str | None, correlation: str | None) -> dict[str, Any]:
    """The entry's members as ``ledger.entry`` describes them, one by one."""
    cause = {"command": command, "correlation": correlation}
    all_ = {
        "event_id": event_id,
        "stream": draft.stream,
        "version": draft.version,
        "type": draft.type,
        "actor": None if draft.actor is None else draft.actor.to_json(),
        "on_behalf_of": draft.on_behalf_of,
        "occurred_at": None if draft.occurred_at is None else instants.to_text(draft.occurred_at),
        "recorded_at": STAMP,
        "ruleset": draft.ruleset,
        "workflow": draft.workflow,
        "cause": {name: value for name, value in cause.items() if value is not None} or None,
    }
    stated = {name: value for name, value in all_.items() if value is not None}
    content = {"state": b64encode(draft.data).decode()} if isinstance(draft.data, bytes) else {"data": draft.data}
    return {**stated, **content}


@given(DRAFTS, MAYBE, MAYBE)
def test_an_entry_is_the_canonical_form_of_its_members(
    draft: EventDraft, command: str | None, correlation: str | None
) -> None:
    before, after = EventEncoder(command, correlation).encode(draft, "0f" * 16)

    raw = before + STAMP.encode() + after

    assert raw == rfc8785.dumps(members_of(draft, "0f" * 16, command, correlation))
    assert canonical.decode(raw) == members_of(draft, "0f" * 16, command, correlation)


@given(st.lists(DRAFTS, max_size=4))
def test_the_events_of_a_command_do_not_mix(drafts: list[EventDraft]) -> None:
    together = EventEncoder("c1", None)

    for draft in drafts:
        assert together.encode(draft, "0f" * 16) == EventEncoder("c1", None).encode(draft, "0f" * 16)


@given(DRAFTS)
def test_an_entry_says_what_was_drafted(draft: EventDraft) -> None:
    before, after = EventEncoder("c1", "case 7").encode(draft, "0f" * 16)

    entry = decode_entry(1, before + STAMP.encode() + after, bytes(32))

    assert (entry.stream, entry.version, entry.type, entry.actor) == (
        draft.stream,
        draft.version,
        draft.type,
        draft.actor,
    )
    assert (entry.data if entry.state is None else entry.state) == draft.data
    assert (entry.command_id, entry.correlation_id) == ("c1", "case 7")


@pytest.mark.parametrize("text", ["a\0b", "\ud800", 7, None])
def test_what_is_no_text_is_refused(text: Any) -> None:
    with pytest.raises(NotCanonical, match="nothing was recorded"):
        EventEncoder(None, None).encode(EventDraft(text, 1, "t", {}), "0f" * 16)
    with pytest.raises(NotCanonical):
        EventEncoder(None, None).encode(EventDraft("s", 1, text, {}), "0f" * 16)
