"""The few files a page needs besides itself: one style sheet and one mark, under names that carry their hash.

A name with a hash can be kept by browsers for a year; a changed file has another name.
"""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

_FOLDER = Path(__file__).parent.parent / "static"
_STYLES = ("tokens", "base", "layout", "parts", "tables", "timeline", "print")


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file as it is handed out."""

    name: str
    media_type: str
    content: bytes

    @property
    def address(self) -> str:
        """Where it is read."""
        return f"/static/{self.name}"


def _named(stem: str, suffix: str, media_type: str, content: bytes) -> StaticFile:
    return StaticFile(f"{stem}-{sha256(content).hexdigest()[:12]}.{suffix}", media_type, content)


@cache
def style_sheet() -> StaticFile:
    """All styles in one file, in the order in which they build on one another."""
    content = b"\n".join((_FOLDER / f"{name}.css").read_bytes() for name in _STYLES)
    return _named("ledger", "css", "text/css; charset=utf-8", content)


@cache
def mark() -> StaticFile:
    """The mark in the browser's tab."""
    return _named("mark", "svg", "image/svg+xml", (_FOLDER / "mark.svg").read_bytes())


def found(name: str) -> StaticFile | None:
    """The file of that name, or None."""
    return next((file for file in (style_sheet(), mark()) if file.name == name), None)
