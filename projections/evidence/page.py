"""The page of the package: one HTML file that carries all it needs and checks itself, without a network.

From ``file://`` a page can fetch nothing beside it, so the data stand inside it as JSON.  That JSON can
end no script element whatever it says, the page puts nothing but text into itself, and its content
security policy runs no script but the one whose hash it names.
"""

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from string import Template
from typing import Any, NamedTuple

from ledger.entry import Entry

_ENTRIES_PER_BLOCK = 200
_HERE = files(__package__)
# "<" could begin an end tag or a comment; the line separators end a line in older readers of scripts.
_ESCAPES = str.maketrans({character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"})


class Proved(NamedTuple):
    """An entry and its inclusion path, each hash in base64."""

    entry: Entry
    path: tuple[str, ...]


def page(facts: Mapping[str, Any], proved: Iterable[Proved]) -> Iterator[bytes]:
    """The page in pieces: ``facts`` are what it shows beside the entries, which are read only once."""
    before, _, after = _template().partition("<!--data-->")
    yield before.encode()
    yield f'<script type="application/json" id="package">{_inlined(facts)}</script>\n'.encode()
    block: list[dict[str, Any]] = []
    for entry, path in proved:
        block.append({"position": entry.position, "entry": entry.raw.decode(), "path": path})
        if len(block) == _ENTRIES_PER_BLOCK:
            yield _block(block)
            block = []
    if block:
        yield _block(block)
    yield after.encode()


def _block(entries: list[dict[str, Any]]) -> bytes:
    return f'<script type="application/json" class="entries">{_inlined(entries)}</script>\n'.encode()


def _inlined(value: Any) -> str:
    """JSON that is the same value and holds no character that means anything to an HTML parser."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


@cache
def _template() -> str:
    script = "".join(
        _text(name) for name in ("vendor/noble/noble.js", "page/checks.js", "page/wording.js", "page/show.js")
    )
    style = _text("page/style.css")
    return Template(_text("page/index.html")).substitute(
        script=script, style=style, script_hash=_source_hash(script), style_hash=_source_hash(style)
    )


def _text(name: str) -> str:
    return _HERE.joinpath(name).read_text(encoding="utf-8")


def _source_hash(source: str) -> str:
    """The hash by which a content security policy names an inline source."""
    return f"sha256-{b64encode(sha256(source.encode()).digest()).decode()}"
