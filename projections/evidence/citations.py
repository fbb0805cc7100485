"""What an entry cites: original contents by their SHA-256, and personal values by their commitments."""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from ledger.entry import Entry
from ledger.personal import COMMITMENT, ERASED

_SHA256 = re.compile(r"[0-9a-f]{64}")
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
_CITING = frozenset({"sha256", "content_sha256", "sha256s"})
"""Members that name contents, wherever they stand: ``sha256`` beside a size and a name, the others by hash alone.

Any other member with 64 hexadecimal digits is the hash of something that is no content: of figures, of a
register's row, of a personal value with its salt.  The page and verify.py know the same three.
"""


class Citation(NamedTuple):
    """A content as an entry describes it; where it gives the hash alone, the rest is None."""

    sha256: str
    size: int | None = None
    media_type: str | None = None
    name: str | None = None

    @property
    def suffix(self) -> str:
        """The name's extension where it is a plain one (``.pdf``), else nothing: a name is not to be trusted."""
        suffix = PurePosixPath(self.name or "").suffix.lower()
        return suffix if _SUFFIX.fullmatch(suffix) else ""


class Commitment(NamedTuple):
    """A commitment to a personal value: the record and field it is of, and its 64 hexadecimal digits."""

    record: str
    field: str
    digest: str


def citations(entry: Entry) -> Iterator[Citation]:
    """Every content that an entry cites, however deep in its data, in the order in which they are named."""
    return _cited(entry.data, "", {})


def _cited(value: Any, member: str, around: Mapping[str, Any]) -> Iterator[Citation]:
    """What a value names that stands in a member; ``around`` are the members beside it."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _cited(part, name, value)
    elif isinstance(value, list):
        for part in value:
            yield from _cited(part, member, {})
    elif member in _CITING and _is_hash(value):
        yield _described(value, around if member == "sha256" else {})


def commitments(entry: Entry) -> Iterator[Commitment]:
    """Every commitment in an entry; the record is the entry's stream, the field the member's name."""
    for member, value in sorted(_data(entry).items()):
        if member.endswith(COMMITMENT) and _is_hash(value):
            yield Commitment(entry.stream, member.removesuffix(COMMITMENT), value)


def erasures(entry: Entry) -> Iterator[tuple[str, str]]:
    """Record and field of every value that an entry tells of as erased."""
    data = _data(entry)
    if entry.type == ERASED and isinstance(data.get("record"), str):
        yield from ((data["record"], field) for field in _listed(data.get("fields")) if isinstance(field, str))


def _data(entry: Entry) -> Mapping[str, Any]:
    return entry.data if isinstance(entry.data, dict) else {}


def _listed(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _is_hash(value: Any) -> bool:
    return isinstance(value, str) and _SHA256.fullmatch(value) is not None


def _described(sha256: str, around: Mapping[str, Any]) -> Citation:
    size, media_type, name = around.get("size"), around.get("media_type"), around.get("name")
    return Citation(
        sha256,
        size if isinstance(size, int) else None,
        media_type if isinstance(media_type, str) else None,
        name if isinstance(name, str) else None,
    )
