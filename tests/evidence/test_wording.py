"""Everything that any event may say has a name in both languages."""

from __future__ import annotations

import pytest

import aggregates.registry  # noqa: F401 - importing it defines every event there is
from aggregates.base import LedgerEvent
from aggregates.vocabulary import EVENT_TYPES, LISTS
from projections.evidence import wording

ENVELOPE = {"originator_id", "originator_version", "timestamp", "actor", "on_behalf_of", "ruleset", "workflow"}
KINDS = {"text", "day", "instant", "hash", "flag", "content", "passages", "code"}


def event_classes() -> list[type[LedgerEvent]]:
    found, waiting = [], [LedgerEvent]
    while waiting:
        waiting.extend(waiting[0].__subclasses__())
        found.append(waiting.pop(0))
    return [class_ for class_ in found if "TOPIC" in vars(class_)]


def members_of(class_: type[LedgerEvent]) -> set[str]:
    return {class_.ENTRY_NAMES.get(name, name) for name in class_.__annotations__} - {"ENTRY_NAMES"}


def test_every_member_of_every_event_has_a_name() -> None:
    classes = event_classes()
    unnamed = {
        class_.TOPIC: missing  # type: ignore[attr-defined]
        for class_ in classes
        if (missing := members_of(class_) - ENVELOPE - set(wording.FIELDS))
    }

    assert {class_.TOPIC for class_ in classes} == set(map(str, EVENT_TYPES))  # type: ignore[attr-defined]
    assert unnamed == {}


def test_every_kind_is_known() -> None:
    kinds = {field.kind for field in wording.FIELDS.values()} | set(wording.glossary()["kinds_by_type"].values())

    assert kinds - KINDS <= set(LISTS)


def test_every_member_that_is_read_otherwise_in_one_event_is_one_of_its_members() -> None:
    members = {class_.TOPIC: members_of(class_) for class_ in event_classes()}  # type: ignore[attr-defined]

    for place in wording.glossary()["kinds_by_type"]:
        type_, _, member = place.partition(" ")
        assert member in members[type_]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2025-01-23T02:15:00.000000Z", "2025年1月23日 星期四 10:15:00 · Thu 23 Jan 2025, 10:15:00"),
        ("2024-12-31T16:30:01Z", "2025年1月1日 星期三 00:30:01 · Wed 1 Jan 2025, 00:30:01"),
        ("2025-01-23T10:15:00+08:00", "2025年1月23日 星期四 10:15:00 · Thu 23 Jan 2025, 10:15:00"),
        ("yesterday", "yesterday"),
        ("2025-13-01T00:00:00Z", "2025-13-01T00:00:00Z"),
    ],
)
def test_an_instant_is_read_in_the_districts_time_with_its_weekday(text: str, read: str) -> None:
    assert wording.instant(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [("2025-01-06", "2025年1月6日 星期一 · Mon 6 Jan 2025"), ("20250106", "20250106"), ("x\u202ey", "x⟨U+202E⟩y")],
)
def test_a_day_is_read_with_its_weekday(text: str, read: str) -> None:
    assert wording.day(text) == read


def test_what_steers_a_screen_shows_itself() -> None:
    assert wording.visible("公告\u202efdp.exe\u200b\x00") == "公告⟨U+202E⟩fdp.exe⟨U+200B⟩⟨U+0000⟩"
