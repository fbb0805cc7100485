"""What an entry changed is what differs between the projections before it and after it."""

from __future__ import annotations

from typing import Any

import pytest

from projections.temporal import AsOf, Content
from projections.touched import STATEFUL, changes_of
from tests.projections.district import DRAFTER, PUBLISHER, District, corrected, determined, drafted, published

ITEM = "I-2025-0001"


@pytest.fixture
def told(district_everywhere: District) -> District:
    """An item's way out; the last entry happened before the one before it."""
    district = district_everywhere
    district.record(
        "unit.registered/1", {"unit": "U05", "name_zh": "区住建局", "name_en": "Housing", "kind": "department"}
    )
    district.record("document.drafted/1", drafted(ITEM), DRAFTER)
    district.record("document.attribute_determined/1", determined(ITEM), DRAFTER)
    district.record("publication.published/1", published(ITEM), PUBLISHER, minute=100)
    district.record("publication.corrected/1", corrected(ITEM), PUBLISHER, minute=300)
    added = {"item": ITEM, "publication": f"{ITEM}#1", "channel": "CH-03", "adaptation": None,
             "published_at": "2025-01-09T01:00:00.000000Z"}  # fmt: skip
    district.record("publication.channel_added/1", added, PUBLISHER, minute=200)
    district.fold()
    return district


def rows(district: District, position: int) -> dict[tuple[Any, ...], Content]:
    """Every row of every table that has a before and an after, as of a position."""
    found = {}
    for projection in STATEFUL:
        for shape in projection.tables:
            if shape.facts:
                continue
            name = shape.name
            as_of = AsOf(position=position)
            for row in district.reader.ask(projection, as_of, lambda view, n=name: view.rows(n, view.select(n))):
                found[projection.name, name, *(row[key] for key in shape.key_names)] = row
    return found


def test_it_is_the_difference_of_the_two_moments(told: District) -> None:
    for entry in told.ledger.read():
        before, after = rows(told, entry.position - 1), rows(told, entry.position)
        expected = {place: (before.get(place), row) for place, row in after.items() if before.get(place) != row}
        changes = changes_of(told.reader, entry)

        assert {(c.projection, c.table, *c.key): (c.before, c.after) for c in changes if c.kind != "retold"} == expected
        assert changes


def test_fields_say_what_was_and_what_is(told: District) -> None:
    found = {change.told()["table"]: change.told() for change in changes_of(told.reader, told.ledger.entry(5))}

    register = found["register.publications"]
    assert (register["key"], register["change"]) == ([f"{ITEM}#1"], "changed")
    assert register["fields"]["status"] == {"before": "published", "after": "corrected"}
    assert register["fields"].keys() == {"status", "corrections"}


def test_a_late_entry_says_how_much_of_the_past_it_told_anew(told: District) -> None:
    found = {f"{c.projection}.{c.table}": c for c in changes_of(told.reader, told.ledger.entry(6))}

    late = found["register.publications"]
    assert late.retold == 2
    assert late.before is not None
    assert late.after is not None
    assert [channel["channel"] for channel in late.after["channels"]] == ["CH-01", "CH-03"]
    assert late.before["channels"] == late.after["channels"][:1]
