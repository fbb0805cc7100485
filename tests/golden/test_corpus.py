"""What was ever written can always be read: every version of every event type, from its exact bytes.

``entries.jsonl`` holds one entry of each version of each type, as this program once wrote it, with its
leaf hash.  Lines are added when a type gets a new version; none is ever changed or removed.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aggregates.base import Record
from aggregates.office import UPCASTERS
from aggregates.registry import Registry
from aggregates.vocabulary import EVENT_TYPES
from ledger import canonical
from ledger.entry import decode_entry
from ledger.recorder import RecordedEvent
from ledger.tree import leaf_hash
from projections.feed import Event
from projections.standard import STANDARD

CORPUS = [
    json.loads(line) for line in (Path(__file__).parent / "entries.jsonl").read_text(encoding="utf-8").splitlines()
]
TYPES = [json.loads(line["entry"])["type"] for line in CORPUS]


def test_it_holds_every_type_that_is_written_now() -> None:
    assert {str(type_) for type_ in EVENT_TYPES} <= set(TYPES)


def test_no_version_stands_in_it_twice() -> None:
    assert len(TYPES) == len(set(TYPES))


@pytest.mark.parametrize("line", CORPUS, ids=TYPES)
class TestEveryEntry:
    def test_still_hashes_to_its_leaf(self, line: dict[str, str]) -> None:
        assert leaf_hash(line["entry"].encode()).hex() == line["leaf_hash"]

    def test_is_still_canonical(self, line: dict[str, str]) -> None:
        raw = line["entry"].encode()

        assert canonical.encode(canonical.decode(raw)) == raw

    def test_still_becomes_an_event_of_its_file(self, line: dict[str, str], registry: Registry) -> None:
        entry = decode_entry(1, line["entry"].encode(), bytes.fromhex(line["leaf_hash"]))
        stored = RecordedEvent(entry.stream, 1, entry.type, entry.state_bytes, entry)

        event = registry.mapper.to_domain_event(stored)

        assert isinstance(event.kept_by, type)
        assert issubclass(event.kept_by, Record)
        assert event.actor == entry.actor
        assert event.timestamp == entry.occurred_at

    def test_is_still_folded(self, line: dict[str, str]) -> None:
        entry = decode_entry(1, line["entry"].encode(), bytes.fromhex(line["leaf_hash"]))
        event = Event(1, 0, 0, entry.type, entry.raw)
        if entry.type in UPCASTERS:
            event.upcast(UPCASTERS)

        folded = [
            projection.fold(table, key, None, event)
            for projection in STANDARD
            if event.type in projection.types
            for table, key in projection.route(event)
        ]

        assert folded, "no projection says anything of this event"
