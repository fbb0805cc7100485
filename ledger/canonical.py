"""Canonical JSON: one value, one sequence of bytes (RFC 8785), so that a hash speaks for a meaning.

The subset kept here leaves out what has ever been read two ways: object members have ASCII names,
numbers are integers that every reader holds exactly (RFC 7493: below 2**53), and there are no
floats, no lone surrogates, no NUL (where some readers' text ends) and no member twice.  orjson with sorted keys then writes exactly the
bytes that RFC 8785 prescribes; a property test holds the two together.
"""

import json
from typing import Any, Never

import orjson

LARGEST_INTEGER = 2**53 - 1
"""RFC 7493 section 2.2: beyond this, readers disagree about a number's value."""

DEEPEST = 32
"""Levels of nesting an entry may have; nothing the programme records comes near."""


class NotCanonical(ValueError):
    """A value that has no canonical form, or bytes that are not canonical; the message names the place."""


NUL = b"\\u0000"
"""How a NUL would be written; the same bytes may also be a backslash and five characters."""


def encode(value: Any) -> bytes:
    """Write a JSON value as its canonical bytes.

    Raises NotCanonical, naming the member, for what RFC 8785 as narrowed here cannot carry.
    """
    examine(value)
    try:
        data = encode_trusted(value)
    except orjson.JSONEncodeError:
        examine_texts(value)
        raise
    if NUL in data:
        examine_texts(value)
    return data


def examine(value: Any) -> None:
    """Refuse what ``encode`` refuses, but for a NUL or half a surrogate pair in a text."""
    if not _fits(value, DEEPEST):
        examine_texts(value)


def examine_texts(value: Any) -> None:
    """Refuse all that ``encode`` refuses, naming the place; slow, for when there is something to be found."""
    _examine(value, "$", DEEPEST)


def encode_trusted(value: Any) -> bytes:
    """Write a value that is known to be in the subset, without examining it again."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def decode(data: bytes) -> Any:
    """Read canonical bytes back.

    Raises NotCanonical when the bytes are not JSON, carry a member twice, or are not the
    canonical spelling of their value.
    """
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError:
        value = decode_json(data)
    # A member that stood twice, another order or another spelling would not come back as it was.
    if NUL in data or not _fits(value, DEEPEST) or encode_trusted(value) != data:
        value = decode_json(data)
        if encode(value) != data:
            raise NotCanonical("the bytes are JSON but not in canonical form; they were not written here")
    return value


def decode_json(text: bytes | str) -> Any:
    """Read any JSON text into the subset: the way in for what others wrote.

    Raises NotCanonical for malformed text, a member twice, NaN, floats or too deep a nesting.
    """
    try:
        value = json.loads(
            text, object_pairs_hook=_members_once, parse_constant=_refuse_constant, parse_float=_refuse_float
        )
    except RecursionError:
        raise NotCanonical(f"the JSON is nested deeper than {DEEPEST} levels") from None
    except NotCanonical:
        raise
    except ValueError as error:
        raise NotCanonical(f"the text is not JSON: {error}") from None
    examine_texts(value)
    return value


def _members_once(members: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(members)
    if len(value) != len(members):
        names = [name for name, _ in members]
        twice = next(name for name in names if names.count(name) > 1)
        raise NotCanonical(f"the member {twice!r} stands twice in one object")
    return value


def _refuse_constant(name: str) -> Never:
    raise NotCanonical(f"{name} is not a JSON number")


def _refuse_float(text: str) -> Never:
    raise NotCanonical(f"the number {text[:40]} is not an integer; write amounts as text or in their smallest unit")


# Every byte that is written or audited goes through these: hence plain loops, and no place names.
_NAMES: set[str] = set()
_PLAIN = frozenset({str, bool, type(None)})
_MOST_NAMES = 10_000


def _fits(value: Any, levels: int) -> bool:
    """Whether a value is surely in the subset, but for its texts; says no in doubt, and never why."""
    kind = type(value)
    if kind is dict:
        return levels > 0 and _members_fit(value, levels - 1)
    if kind is list:
        return levels > 0 and all(_fits(item, levels - 1) for item in value)
    return kind is str or _is_leaf(value)


def _members_fit(members: dict[Any, Any], levels: int) -> bool:
    if not _NAMES.issuperset(members) and not all(map(_is_name, members)):
        return False
    for member in members.values():
        kind = type(member)
        if kind in _PLAIN:
            continue
        if kind is dict:
            if levels <= 0 or not _members_fit(member, levels - 1):
                return False
        elif not (_fits(member, levels) if kind is list else _is_leaf(member)):
            return False
    return True


def _is_leaf(value: Any) -> bool:
    if type(value) is int:
        return -LARGEST_INTEGER <= value <= LARGEST_INTEGER
    return value is None or value is True or value is False


def _is_name(name: Any) -> bool:
    """Whether a member may bear the name; names come again and again, so they are remembered."""
    if type(name) is not str or not name.isascii() or "\0" in name:
        return False
    if len(_NAMES) < _MOST_NAMES:
        _NAMES.add(name)
    return True


def _examine(value: Any, place: str, levels: int) -> None:
    if value is None or value is True or value is False:
        return
    match value:
        case str():
            _examine_text(value, place)
        case int():
            if abs(value) > LARGEST_INTEGER:
                raise NotCanonical(f"{place}: the integer exceeds 2**53 - 1; write it as text")
        case dict() | list() if levels == 0:
            raise NotCanonical(f"{place[:80]}: nested deeper than {DEEPEST} levels")
        case dict():
            for name, member in value.items():
                if not isinstance(name, str) or not name.isascii() or "\0" in name:
                    raise NotCanonical(f"{place}: the member name {name!r} is not ASCII text")
                _examine(member, f"{place}.{name}", levels - 1)
        case list():
            for index, item in enumerate(value):
                _examine(item, f"{place}[{index}]", levels - 1)
        case _:
            raise NotCanonical(f"{place}: {type(value).__name__} has no canonical form; use text, integers, lists")


def _examine_text(text: str, place: str) -> None:
    if "\0" in text:
        raise NotCanonical(f"{place}: the text holds a NUL character, which PostgreSQL keeps in no text column")
    if text.isascii():
        return
    try:
        text.encode()
    except UnicodeEncodeError:
        raise NotCanonical(f"{place}: the text holds half of a surrogate pair") from None
