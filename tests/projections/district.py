"""A small district for the projections' tests: events with their envelopes, as the Registry would write them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from ledger.append import Command
from ledger.entry import Actor, EventDraft
from ledger.ledger import Ledger
from projections.engine import Projector
from projections.feed import Event
from projections.folding import Projection
from projections.reading import Reader
from projections.standard import STANDARD
from projections.temporal import Content, Key

MONDAY = datetime(2025, 1, 6, 1, 0, tzinfo=UTC)
"""Nine o'clock in the district."""

ADMINISTRATOR = Actor("K01", "administrator", "U01")
DRAFTER = Actor("D05", "drafter", "U05")
REVIEWER = Actor("A05", "reviewer", "U05")
SECRECY = Actor("S05", "secrecy_reviewer", "U05")
PRINCIPAL = Actor("Z05", "principal", "U05")
PUBLISHER = Actor("P05", "publisher", "U05")
INSPECTOR = Actor("J01", "inspector", "U01")


def content(letter: str) -> dict[str, Any]:
    return {"sha256": letter * 64, "size": 1234, "media_type": "application/pdf", "name": f"{letter}.pdf"}


def drafted(item: str, **data: Any) -> dict[str, Any]:
    return {
        "item": item,
        "unit": "U05",
        "title": "旧小区改造公告",
        "document_number": "鄞住建〔2025〕3号",
        "index_number": None,
        "policy": False,
        "on_behalf_of_government": False,
        "concerned_units": [],
        "written_on": "2025-01-06",
        "theme": "城乡建设",
        "phase": "decision",
        "version": 1,
        "content": content("a"),
        "attachments": [],
        **data,
    }


def determined(item: str, attribute: str = "PROACTIVE", **data: Any) -> dict[str, Any]:
    base = {"item": item, "draft_version": 1, "attribute": attribute, "reason": None, "legal_basis": []}
    return {**base, "severed_passages": [], "proposed": False, **data}


def published(item: str, number: int = 1, **data: Any) -> dict[str, Any]:
    return {
        "item": item,
        "publication": f"{item}#{number}",
        "unit": "U05",
        "title": "旧小区改造公告",
        "document_number": "鄞住建〔2025〕3号",
        "index_number": None,
        "attribute": "PROACTIVE",
        "phase": "decision",
        "theme": "城乡建设",
        "written_on": "2025-01-06",
        "draft_version": 1,
        "content": content("a"),
        "attachments": [],
        "withheld_passages": 0,
        "drafter": "D05",
        "reviewer": "A05",
        "secrecy_reviewer": "S05",
        "approver": "Z05",
        "publisher": "P05",
        "review": f"{item}/R1",
        "channels": ["CH-01"],
        "column": None,
        "published_at": "2025-01-09T01:00:00.000000Z",
        "client_published_at": None,
        "competent_unit": "U05",
        "flags": [],
        **data,
    }


def corrected(item: str, number: int = 1, **data: Any) -> dict[str, Any]:
    return {
        "item": item,
        "publication": f"{item}#{number}",
        "reason": "附件二金额有误",
        "draft_version": 2,
        "content": content("c"),
        "attachments": [],
        "title": None,
        "review": f"{item}/R2",
        "drafter": "D05",
        "reviewer": "A05",
        "secrecy_reviewer": "S05",
        "approver": "Z05",
        "publisher": "P06",
        "flags": [],
        **data,
    }


def historic(item: str, **data: Any) -> dict[str, Any]:
    return {
        "item": item,
        "publication": f"{item}#1",
        "source": {"file": "公报.csv", "line": 7, "row_sha256": "f" * 64},
        "number": "鄞政办发〔2013〕214号",
        "title": "关于公布政府信息公开目录的通知",
        "unit_name": "鄞州区人民政府办公室",
        "unit": None,
        "written_on": "2013-11-20",
        "published_on": "2013-12-02",
        "channel_name": "政府公报",
        "kind": "通知",
        "theme": None,
        "supersedes": None,
        "note": None,
        **data,
    }


class District:
    """A ledger with its projections; the clock moves a minute with every event unless told otherwise."""

    def __init__(self, ledger: Ledger, projections: Iterable[Projection] = STANDARD) -> None:
        self.ledger = ledger
        self.projector = Projector(ledger, projections)
        self.reader = Reader(ledger)
        self._versions: dict[str, int] = {}
        self._minute = 0

    def record(
        self,
        type_: str,
        data: dict[str, Any],
        actor: Actor | None = ADMINISTRATOR,
        *,
        minute: int | None = None,
        at: datetime | None = None,
        stream: str | None = None,
        **envelope: Any,
    ) -> int:
        """Append one event; the answer is its position."""
        self._minute += 1
        happened = MONDAY + timedelta(minutes=self._minute if minute is None else minute)
        stream = stream or f"{type_.split('.', maxsplit=1)[0]}/{next(iter(data.values()))}"
        version = self._versions[stream] = self._versions.get(stream, self.ledger.stream_version(stream)) + 1
        draft = EventDraft(stream, version, type_, data, actor, occurred_at=at or happened, **envelope)
        return self.ledger.append(Command([draft], command_id=envelope.get("command_id"))).position

    def fold(self) -> None:
        """Take everything recorded into every projection."""
        self.projector.catch_up()

    def publish(self, item: str, **data: Any) -> int:
        """The whole way of one item from its draft to the public."""
        self.record("document.drafted/1", drafted(item), DRAFTER)
        self.record("document.attribute_determined/1", determined(item), DRAFTER)
        review = {"item": item, "draft_version": 1, "conclusion": "CONFIRMED", "note": None}
        self.record("document.attribute_reviewed/1", review, REVIEWER)
        submitted = {"item": item, "draft_version": 1, "resubmission_of": None}
        self.record("document.submitted/1", submitted, DRAFTER)
        approved = {"item": item, "draft_version": 1, "content_sha256": "a" * 64}
        self.record("document.approved/1", approved, PRINCIPAL)
        cleared = {**approved, "review": f"{item}/R1", "conclusion": "CLEARED", "ground": "不涉密"}
        self.record("document.secrecy_reviewed/1", cleared, SECRECY)
        return self.record("publication.published/1", published(item, **data), PUBLISHER)


def all_events(ledger: Ledger) -> list[Event]:
    return [Event(*fields) for fields in ledger.read_raw(0, 10**6)]


def naive(
    projection: Projection, events: Sequence[Event], *, until: int, occurred: int | None = None
) -> dict[str, dict[Key, Content]]:
    """The rows of every table by the plainest replay there is: from zero, one event after the other."""
    rows: dict[str, dict[Key, Content]] = {shape.name: {} for shape in projection.tables}
    for event in events:
        if event.position > until or event.type not in projection.types:
            continue
        if occurred is not None and event.occurred > occurred:
            continue
        for table, key in projection.route(event):
            row = projection.fold(table, key, rows[table].get(key), event)
            if row is not None:
                rows[table][key] = row
    return rows
