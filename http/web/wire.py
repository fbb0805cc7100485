"""JSON on the wire: how answers are written, and how a place in a request's body is named."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import orjson

from ledger import instants


def dump(value: Any) -> bytes:
    """Write an answer; instants in the ledger's own spelling, tuples as lists."""
    return orjson.dumps(value, default=_plain, option=orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_NON_STR_KEYS)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return instants.to_text(value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(f"{type(value).__name__} has no form on the wire")


def pointer(parts: Iterable[str | int]) -> str:
    """A place in a JSON text as a URI fragment, ``#/content/sha256`` (RFC 6901)."""
    escaped = (str(part).replace("~", "~0").replace("/", "~1")[:80] for part in parts)
    return "#" + "".join(f"/{part}" for part in escaped)
