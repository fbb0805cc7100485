"""A publication found outside the ledger: put up past the register, by a direct login or elsewhere (十).

It is written down as what it is, a breach with its evidence; nothing pretends that it was reviewed.
"""

from collections.abc import Mapping
from typing import Any

from eventsourcing.domain import event

from aggregates import fields
from aggregates.base import Record
from aggregates.deed import Deed
from aggregates.refusal import RefusalCode, refuse


class Found(Record):
    """One finding; its stream is ``found/<id>``."""

    TOPIC = "found"
    STREAM = "found"
    IDENTIFIER = "found"

    class UnregisteredPublication(Record.Event):
        """Somebody saw information of a unit before the public that no register holds."""

        TOPIC = "found.unregistered_publication/1"
        found: str
        item: str | None
        unit: str
        channel: str
        title: str
        found_at: str
        seen_published_at: str | None
        evidence: fields.Content | None
        source: str

    def __init__(self) -> None:
        self.found = ""
        self.unit = ""

    def report(
        self,
        deed: Deed,
        *,
        found: str,
        unit: str,
        channel: str,
        title: str,
        source: str,
        item: str | None = None,
        found_at: object = None,
        seen_published_at: object = None,
        evidence: Mapping[str, Any] | None = None,
    ) -> None:
        """Write the finding down; ``found_at`` is the deed's time when it is left out."""
        if self.exists:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=self.stream)
        self.write(
            self.UnregisteredPublication,
            deed,
            found=fields.code(found, "found"),
            item=fields.optional_code(item, "item"),
            unit=fields.code(unit, "unit"),
            channel=fields.text(channel, "channel"),
            title=fields.text(title, "title"),
            found_at=fields.instant(deed.occurred_at if found_at is None else found_at, "found_at"),
            seen_published_at=fields.optional_instant(seen_published_at, "seen_published_at"),
            evidence=None if evidence is None else fields.content(evidence, "evidence"),
            source=fields.text(source, "source"),
        )

    @event(UnregisteredPublication)
    def _reported(self, *, found: str, unit: str) -> None:
        self.found = found
        self.unit = unit
