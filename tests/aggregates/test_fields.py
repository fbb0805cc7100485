"""What a field must look like, whichever command it is."""

from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregates import fields
from aggregates.refusal import Refusal
from ledger import canonical

CONTENT = {"sha256": "a" * 64, "size": 0, "media_type": "text/html", "name": "正文.html"}


def refused(check: Any, *arguments: Any, **more: Any) -> str:
    with pytest.raises(Refusal) as raised:
        check(*arguments, **more)
    assert raised.value.code == "INVALID"
    return raised.value.details["field"]


@pytest.mark.parametrize("value", ["", "   ", "\n", None, 7, b"x", "a\x00b", "\x1b[31m", "\ud800", "字" * 501])
def test_a_text_says_something_in_characters_that_can_be_kept(value: Any) -> None:
    assert refused(fields.text, value, "title") == "title"


@given(st.text(max_size=600))
def test_a_text_that_is_accepted_is_kept_as_it_is_and_can_be_recorded(value: str) -> None:
    try:
        kept = fields.text(value, "title")
    except Refusal:
        return
    assert kept == value
    assert canonical.decode(canonical.encode(kept)) == value


@pytest.mark.parametrize("value", ["I-2025-0001", "U01", "a", "X3.1_b", "9" * 64])
def test_a_code_is_ascii_letters_digits_and_three_marks(value: str) -> None:
    assert fields.code(value, "item") == value


@pytest.mark.parametrize("value", ["", "-a", "a-", "a/b", "a b", "项目", "a" * 65, "a\n", "../x", None, 5, "I\x00"])
def test_nothing_else_is_a_code(value: Any) -> None:
    assert refused(fields.code, value, "item") == "item"


@pytest.mark.parametrize("value", ["2025-02-29", "20250101", "2025-1-1", "", None, 20250101, "2025-01-01T00:00"])
def test_a_date_is_written_one_way_and_exists(value: Any) -> None:
    refused(fields.day, value, "from_date")


def test_a_date_may_be_a_date() -> None:
    assert fields.day(date(2024, 2, 29), "from_date") == "2024-02-29"


def test_an_instant_is_written_in_utc() -> None:
    china = timezone(timedelta(hours=8))
    assert fields.instant(datetime(2025, 1, 23, 10, 15, tzinfo=china), "at") == "2025-01-23T02:15:00.000000Z"
    assert fields.instant("2025-01-23T10:15:00+08:00", "at") == "2025-01-23T02:15:00.000000Z"


@pytest.mark.parametrize("value", ["2025-01-23T10:15:00", "yesterday", None, 5, datetime(2025, 1, 1)])  # noqa: DTZ001
def test_an_instant_names_its_zone(value: Any) -> None:
    refused(fields.instant, value, "at")


@pytest.mark.parametrize("value", [True, 0, -1, 1.0, "1", 2**53])
def test_a_number_is_whole_and_in_range(value: Any) -> None:
    refused(fields.number, value, "line")


@pytest.mark.parametrize(
    "change",
    [
        {"sha256": "A" * 64},
        {"sha256": "a" * 63},
        {"size": -1},
        {"size": "3"},
        {"media_type": "html"},
        {"media_type": "Text/HTML"},
        {"name": ""},
        {"name": "a\x00"},
    ],
)
def test_a_content_states_hash_size_type_and_name(change: dict[str, Any]) -> None:
    assert refused(fields.content, {**CONTENT, **change}, "content").startswith("content.")


def test_of_a_content_only_its_four_members_are_kept() -> None:
    assert fields.content({**CONTENT, "evil": 1}, "content") == CONTENT
    assert refused(fields.content, {"sha256": "a" * 64}, "content") == "content"


def test_a_list_is_a_list_and_not_too_long() -> None:
    refused(fields.texts, "abc", "legal_basis")
    refused(fields.texts, ["x"] * 201, "legal_basis")
    refused(fields.codes, ["CH-01", "CH-01"], "channels")
    assert fields.numbers([3, 1, 3], "positions") == [1, 3]
