"""The duty to disclose what should have been public (应公开未公开): found here, fulfilled by publishing alone (四).

There is no command that closes it: the publication is what closes it, see ``aggregates.supervision.derived``.
"""

from datetime import date

from eventsourcing.domain import event

from aggregates import fields
from aggregates.base import Record
from aggregates.deed import Deed
from aggregates.publication import PUBLISHED, Publication
from aggregates.refusal import RefusalCode, refuse
from aggregates.supervision.refusals import SupervisionRefusal
from aggregates.supervision.words import DutyCause


class DisclosureDuty(Record):
    """What was found to be owed for one item; its stream is ``disclosure_duty/<item>``."""

    TOPIC = "disclosure_duty"
    STREAM = "disclosure_duty"
    IDENTIFIER = "item"

    class Found(Record.Event):
        """The unit owes this to the public; ``publications_before`` says how often it had been out before."""

        TOPIC = "disclosure_duty.found/1"
        item: str
        unit: str
        cause: str
        cycle: str | None
        spot_check: str | None
        due_since: str | None
        reason: str
        publications_before: int

    def __init__(self) -> None:
        self.publications_before: int | None = None

    def is_open(self, publication: Publication) -> bool:
        """Whether it was found and the item has not been published since."""
        return self.publications_before is not None and len(publication.publications) <= self.publications_before

    def find(
        self,
        deed: Deed,
        publication: Publication,
        *,
        item: str,
        unit: str,
        cause: str,
        reason: str,
        cycle: str | None = None,
        spot_check: str | None = None,
        due_since: str | date | None = None,
    ) -> None:
        """Put the item on the list of what should be public; not where it stands published already."""
        latest = publication.latest
        if latest is not None and latest.state == PUBLISHED and not latest.is_historic:
            raise refuse(RefusalCode.ALREADY_PUBLISHED, publication=latest.publication)
        if self.is_open(publication):
            raise refuse(SupervisionRefusal.DUTY_FOUND_ALREADY, item=item)
        self.write(
            self.Found,
            deed,
            item=fields.code(item, "item"),
            unit=unit,
            cause=fields.term(DutyCause, cause, "cause"),
            cycle=fields.optional_code(cycle, "cycle"),
            spot_check=fields.optional_code(spot_check, "spot_check"),
            due_since=fields.optional_day(due_since, "due_since"),
            reason=fields.text(reason, "reason", longest=fields.LONG),
            publications_before=len(publication.publications),
        )

    @event(Found)
    def _found(self, publications_before: int) -> None:
        self.publications_before = publications_before
