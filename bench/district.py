"""A long log of a made-up district: documents drafted, revised, determined and published, in a steady stream.

It is written straight into the ledger, past the rulebook, because only its size matters here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from ledger.append import Command
from ledger.entry import Actor, EventDraft
from ledger.ledger import Ledger

EVENTS_AN_ITEM = 5
EVENTS_A_COMMAND = 1_000
BEGINNING = datetime(2025, 1, 6, 1, 0, tzinfo=UTC)
UNITS = [f"U{number:02}" for number in range(1, 41)]
CONTENT = {"sha256": "0" * 64, "size": 48_213, "media_type": "application/pdf", "name": "正文.pdf"}


def fill(ledger: Ledger, events: int) -> None:
    """Write that many events, in commands of a thousand."""
    drafts = _events()
    for first in range(0, events, EVENTS_A_COMMAND):
        command = Command(list(islice(drafts, min(EVENTS_A_COMMAND, events - first))), command_id=f"import-{first}")
        ledger.append(command)


def _events() -> Iterator[EventDraft]:
    """Twenty items on their way at a time, so that neighbouring entries are of different items."""
    first = 0
    while True:
        for version in range(1, EVENTS_AN_ITEM + 1):
            for number in range(first, first + 20):
                yield _event(number, version)
        first += 20


def _event(number: int, version: int) -> EventDraft:
    item, unit = f"I-2025-{number:07}", UNITS[number % len(UNITS)]
    kind, data = _STEPS[version - 1]
    return EventDraft(
        f"document/{item}",
        version,
        kind,
        {"item": item, "draft_version": 1, **data(item, unit)},
        Actor(f"P{number % 90:02}", "drafter", unit, "token:0123456789ab"),
        occurred_at=BEGINNING + timedelta(minutes=2 * number, seconds=version),
        ruleset="RS-143/1",
        workflow=f"WF-{unit}/1",
    )


def _drafted(item: str, unit: str) -> dict[str, Any]:
    return {
        "unit": unit,
        "title": f"关于{item}有关事项的通知",
        "document_number": f"某政办发〔2025〕{int(item[-7:])}号",
        "policy": False,
        "on_behalf_of_government": False,
        "concerned_units": [],
        "version": 1,
        "content": CONTENT,
        "attachments": [],
    }


def _published(item: str, unit: str) -> dict[str, Any]:
    officers = {role: f"P{10 + place}" for place, role in enumerate(_ROLES)}
    return {
        "publication": f"{item}#1",
        "unit": unit,
        "title": f"关于{item}有关事项的通知",
        "attribute": "PROACTIVE",
        "content": CONTENT,
        "attachments": [],
        "withheld_passages": 0,
        **officers,
        "review": f"R-{item}",
        "channels": ["CH-01"],
        "published_at": "2025-01-23T02:15:00.000000Z",
        "competent_unit": unit,
        "flags": [],
    }


_ROLES = ("drafter", "reviewer", "secrecy_reviewer", "approver", "publisher")
_STEPS = (
    ("document.drafted/1", _drafted),
    ("document.attribute_determined/1", lambda *_: {"attribute": "PROACTIVE", "legal_basis": [], "proposed": False}),
    ("document.approved/1", lambda *_: {"content_sha256": "0" * 64}),
    (
        "document.secrecy_reviewed/1",
        lambda item, _: {
            "content_sha256": "0" * 64,
            "review": f"R-{item}",
            "conclusion": "CLEARED",
            "ground": "逐条核对，未发现涉密内容",
        },
    ),
    ("publication.published/1", _published),
)
