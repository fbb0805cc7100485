"""What a field of a command must look like, whichever command it is; everything else is refused INVALID.

The doors check shapes and unknown fields; here is the last word on emptiness, length and characters,
because what is recorded can never be mended.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypedDict

from aggregates.refusal import Refusal, RefusalCode, refuse
from aggregates.terms import Term
from ledger import instants

SHORT = 500
"""Characters of a title, a name, a number."""
LONG = 4000
"""Characters of a reason, a note, a ground; 12 kB of an entry's 64 at most."""
MOST = 200
"""Members of a list."""

_CODE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class Content(TypedDict):
    """What an event says of a stored content: hash in hexadecimal, bytes, media type, file name."""

    sha256: str
    size: int
    media_type: str
    name: str


def invalid(field: str, problem_zh: str, problem: str) -> Refusal:
    """The refusal of one field."""
    return refuse(RefusalCode.INVALID, field=field, problem_zh=problem_zh, problem=problem)


def text(value: Any, field: str, *, longest: int = SHORT) -> str:
    """A text that says something: not empty, not longer than ``longest`` characters, no control characters."""
    if not isinstance(value, str) or not value.strip():
        raise invalid(field, "不能为空", "it must not be empty")
    if len(value) > longest:
        raise invalid(
            field, f"长{len(value)}字，最多{longest}字", f"it has {len(value)} characters, at most {longest} may be"
        )
    if found := _FORBIDDEN.search(value):
        place = found.start() + 1
        raise invalid(
            field, f"第{place}个字符是不允许的控制字符", f"character {place} is a control character or half of one"
        )
    return str(value)


def optional_text(value: Any, field: str, *, longest: int = SHORT) -> str | None:
    """A text, or None where there is nothing to say."""
    return None if value is None else text(value, field, longest=longest)


def code(value: Any, field: str) -> str:
    """An identifier: 1 to 64 ASCII letters, digits, dots, hyphens or underscores, as ``I-2025-0001``."""
    if not isinstance(value, str) or not _CODE.fullmatch(value):
        raise invalid(
            field,
            "须为1至64个字母、数字、点、连字符或下划线，且以字母或数字起止",
            "it must be 1 to 64 letters, digits, dots, hyphens or underscores, beginning and ending with one of the "
            "first two",
        )
    return str(value)


def optional_code(value: Any, field: str) -> str | None:
    """An identifier, or None."""
    return None if value is None else code(value, field)


def codes(values: Iterable[Any], field: str) -> list[str]:
    """Identifiers, each once."""
    return _each_once([code(value, field) for value in _listed(values, field)], field)


def term(terms: type[Term], value: Any, field: str) -> str:
    """A code of a closed list; anything else is refused, naming the list."""
    if not isinstance(value, str) or value not in list(terms):
        allowed = ", ".join(terms)
        raise invalid(field, f"只能是：{allowed}", f"it must be one of {allowed}")
    return str(value)


def optional_term(terms: type[Term], value: Any, field: str) -> str | None:
    """A code of a closed list, or None."""
    return None if value is None else term(terms, value, field)


def day(value: Any, field: str) -> str:
    """A date, as ``YYYY-MM-DD`` or a ``date``; answers the text."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    try:
        parsed = date.fromisoformat(value)
    except (TypeError, ValueError):
        parsed = None
    if parsed is None or parsed.isoformat() != value:
        raise invalid(field, "须为YYYY-MM-DD格式的日期", "it must be a date written YYYY-MM-DD")
    return str(value)


def optional_day(value: Any, field: str) -> str | None:
    """A date, or None."""
    return None if value is None else day(value, field)


def days(values: Iterable[Any], field: str) -> list[str]:
    """Dates, each once, in order of time."""
    return sorted(_each_once([day(value, field) for value in _listed(values, field)], field))


def instant(value: Any, field: str) -> str:
    """An instant with a zone, as a ``datetime`` or RFC 3339 text; answers the ledger's spelling in UTC."""
    try:
        return instants.to_text(value if isinstance(value, datetime) else instants.from_text(value))
    except (TypeError, ValueError, OverflowError):
        raise invalid(field, "须为带时区的时间", "it must be an instant with its time zone") from None


def optional_instant(value: Any, field: str) -> str | None:
    """An instant, or None."""
    return None if value is None else instant(value, field)


def number(value: Any, field: str, *, least: int = 1, most: int = 2**53 - 1) -> int:
    """A whole number between ``least`` and ``most``."""
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise invalid(field, f"须为{least}至{most}的整数", f"it must be a whole number from {least} to {most}")
    return int(value)


def numbers(values: Iterable[Any], field: str) -> list[int]:
    """Whole numbers from 1, each once, in order."""
    return sorted({number(value, field) for value in _listed(values, field)})


def sha256(value: Any, field: str) -> str:
    """A SHA-256 as 64 lower-case hexadecimal digits."""
    if not isinstance(value, str) or not _SHA256.fullmatch(value):
        raise invalid(
            field, "须为64位小写十六进制的SHA-256", "it must be a SHA-256 in 64 lower-case hexadecimal digits"
        )
    return str(value)


def sha256s(values: Iterable[Any], field: str) -> list[str]:
    """Hashes, each once."""
    return _each_once([sha256(value, field) for value in _listed(values, field)], field)


def content(value: Any, field: str) -> Content:
    """A reference to a stored content; only its four members are taken over."""
    if not isinstance(value, Mapping) or not {"sha256", "size", "media_type", "name"} <= value.keys():
        raise invalid(field, "须写明sha256、size、media_type、name", "it must state sha256, size, media_type and name")
    media_type = value["media_type"]
    if not isinstance(media_type, str) or not _MEDIA_TYPE.fullmatch(media_type):
        raise invalid(f"{field}.media_type", "须为小写的媒体类型", "it must be a media type such as text/html")
    return {
        "sha256": sha256(value["sha256"], f"{field}.sha256"),
        "size": number(value["size"], f"{field}.size", least=0),
        "media_type": media_type,
        "name": text(value["name"], f"{field}.name"),
    }


def contents(values: Iterable[Any], field: str) -> list[Content]:
    """References to stored contents."""
    return [content(value, field) for value in _listed(values, field)]


def mappings(values: Iterable[Any], field: str) -> list[Mapping[str, Any]]:
    """Members with fields of their own."""
    listed = _listed(values, field)
    if not all(isinstance(value, Mapping) for value in listed):
        raise invalid(field, "每项须有各自的字段", "each member must have fields of its own")
    return listed


def texts(values: Iterable[Any], field: str, *, longest: int = SHORT) -> list[str]:
    """Texts that say something."""
    return [text(value, field, longest=longest) for value in _listed(values, field)]


def _listed(values: Iterable[Any], field: str) -> list[Any]:
    if isinstance(values, str | bytes | Mapping) or not isinstance(values, Iterable):
        raise invalid(field, "须为列表", "it must be a list")
    listed = list(values)
    if len(listed) > MOST:
        raise invalid(field, f"有{len(listed)}项，最多{MOST}项", f"it has {len(listed)} members, at most {MOST} may be")
    return listed


def _each_once(values: list[str], field: str) -> list[str]:
    if len(set(values)) != len(values):
        raise invalid(field, "有重复项", "it names something twice")
    return values
