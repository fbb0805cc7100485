"""A row of an old register, taken over as it stands there; nothing pretends that a review took place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from aggregates import fields


@dataclass(frozen=True, slots=True)
class HistoricRow:
    """One row: what it says, and where it stands (``source``: file, line from 1, SHA-256 of the row's bytes)."""

    item: str
    source: Mapping[str, Any]
    title: str
    unit_name: str
    number: str | None = None
    unit: str | None = None
    written_on: str | date | None = None
    published_on: str | date | None = None
    channel_name: str | None = None
    kind: str | None = None
    theme: str | None = None
    supersedes: str | None = None
    note: str | None = None

    def checked(self) -> dict[str, Any]:
        """The event's data, if every field is well formed."""
        return {
            "item": fields.code(self.item, "item"),
            "source": _source(self.source),
            "number": fields.optional_text(self.number, "number"),
            "title": fields.text(self.title, "title", longest=fields.LONG),
            "unit_name": fields.text(self.unit_name, "unit_name"),
            "unit": fields.optional_code(self.unit, "unit"),
            "written_on": fields.optional_day(self.written_on, "written_on"),
            "published_on": fields.optional_day(self.published_on, "published_on"),
            "channel_name": fields.optional_text(self.channel_name, "channel_name"),
            "kind": fields.optional_text(self.kind, "kind"),
            "theme": fields.optional_text(self.theme, "theme"),
            "supersedes": fields.optional_text(self.supersedes, "supersedes"),
            "note": fields.optional_text(self.note, "note", longest=fields.LONG),
        }


def _source(source: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(source, Mapping):
        raise fields.invalid("source", "须写明文件、行号和行哈希", "it must state file, line and row_sha256")
    return {
        "file": fields.text(source.get("file"), "source.file"),
        "line": fields.number(source.get("line"), "source.line"),
        "row_sha256": fields.sha256(source.get("row_sha256"), "source.row_sha256"),
    }
