"""Canonical bytes are those of RFC 8785, and what has ever been read two ways has none."""

from __future__ import annotations

import json
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from ledger import canonical
from ledger.canonical import DEEPEST, LARGEST_INTEGER, NotCanonical

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
NAMES = st.text(st.characters(min_codepoint=1, max_codepoint=0x7F))
LEAVES = st.none() | st.booleans() | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER) | TEXTS
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner), max_leaves=30)


def nested(levels: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(levels - 1):
        value = [value]
    return value


class TestEncoding:
    @given(VALUES)
    def test_writes_the_bytes_that_rfc_8785_prescribes(self, value: Any) -> None:
        assert canonical.encode(value) == rfc8785.dumps(value)

    @given(VALUES)
    def test_is_undone_by_decoding(self, value: Any) -> None:
        written = canonical.encode(value)

        assert canonical.decode(written) == value
        assert canonical.encode(canonical.decode(written)) == written

    @given(st.dictionaries(NAMES, LEAVES), st.randoms())
    def test_does_not_depend_on_the_order_of_members(self, value: dict[str, Any], random: Any) -> None:
        names = list(value)
        random.shuffle(names)

        assert canonical.encode({name: value[name] for name in names}) == canonical.encode(value)

    def test_keeps_different_spellings_apart(self) -> None:
        # é as one character and as two: the same to the eye, not the same text.
        assert canonical.encode("\u00e9") != canonical.encode("e\u0301")

    def test_keeps_true_apart_from_one(self) -> None:
        assert canonical.encode([True, 1, False, 0]) == b"[true,1,false,0]"


REFUSED = {
    "a float": 1.0,
    "an exponent": 1e3,
    "not a number": float("nan"),
    "infinity": float("inf"),
    "an integer that readers disagree about": 2**53,
    "the same below nought": -(2**53),
    "half of a surrogate pair": "\ud800",
    "half of one in a list": ["text", "\udfff"],
    "a NUL": "a\0b",
    "a member name beyond ASCII": {"题目": 1},
    "a member name with a NUL": {"a\0b": 1},
    "a member name that is half a pair": {"\ud800": 1},
    "a member name that is a number": {1: 1},
    "a tuple": (1, 2),
    "bytes": b"bytes",
    "a set": {1},
    "a nesting too deep": nested(DEEPEST + 1),
}


class TestRefusals:
    @pytest.mark.parametrize("value", REFUSED)
    def test_of_values(self, value: str) -> None:
        with pytest.raises(NotCanonical):
            canonical.encode(REFUSED[value])
        with pytest.raises(NotCanonical):
            canonical.encode({"member": [REFUSED[value]]})

    def test_name_the_place(self) -> None:
        with pytest.raises(NotCanonical, match=r"\$\.fees\[1\]\.amount: float has no canonical form"):
            canonical.encode({"fees": [{}, {"amount": 0.5}]})

    def test_spare_what_is_just_within(self) -> None:
        for value in (LARGEST_INTEGER, -LARGEST_INTEGER, nested(DEEPEST), "\u0001", "\U0010ffff"):
            assert canonical.decode(canonical.encode(value)) == value


class TestReadingWhatOthersWrote:
    @pytest.mark.parametrize(
        "text",
        [
            b'{"a":1,"a":2}',
            b'{"b":{"a":1,"a":1}}',
            b"[1.0]",
            b"[1e2]",
            b"[NaN]",
            b"[Infinity]",
            b"[-Infinity]",
            b"[9007199254740992]",
            b'["\\ud800"]',
            b'["\\u0000"]',
            b'{"\\u9898":1}',
            b"{",
            b"",
            b"[1]x",
            b"\xff",
            b"[" * 100_000,
            b"[" * 1000 + b"]" * 1000,
            b"[1" + b"0" * 5000 + b"]",
        ],
    )
    def test_refuses(self, text: bytes) -> None:
        with pytest.raises(NotCanonical):
            canonical.decode_json(text)
        with pytest.raises(NotCanonical):
            canonical.decode(text)

    @pytest.mark.parametrize(
        "text", [b' {"a":1}', b'{"a": 1}', b'{"b":1,"a":2}', b'["\\u0041"]', b"[-0]", b'["\\/"]', b"[1]\n"]
    )
    def test_takes_other_spellings_but_not_as_canonical(self, text: bytes) -> None:
        assert canonical.decode_json(text) == json.loads(text)
        with pytest.raises(NotCanonical, match="not in canonical form"):
            canonical.decode(text)

    @given(st.binary())
    def test_never_fails_otherwise(self, data: bytes) -> None:
        try:
            value = canonical.decode(data)
        except NotCanonical:
            return
        assert canonical.encode(value) == data
