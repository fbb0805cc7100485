"""How one item goes out: the whole way from what somebody hands in to the publication event (四) (十).

One procedure for every command that publishes, so that none of them has a gate of its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from aggregates import fields
from aggregates.channel import Column
from aggregates.clearance import Clearance, Request, clear
from aggregates.desk import Desk
from aggregates.document import Document
from aggregates.fields import Content
from aggregates.lateness import flags_of_lateness
from aggregates.organisation.newcomers import flags_of_training
from aggregates.publication import Publication
from aggregates.refusal import RefusalCode, refuse


class Store(Protocol):
    """Whoever can say whether contents are stored: the Registry."""

    def require_stored(self, contents: Iterable[Content]) -> None:
        """Refuse contents that the store does not hold as they are described."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One item that somebody wants to put out: where, in which content, with which flags beside the gate's own."""

    item: str
    channels: Sequence[str]
    column: str | None = None
    content: Mapping[str, Any] | None = None
    attachments: Sequence[Mapping[str, Any]] | None = None
    review: str | None = None
    client_published_at: datetime | str | None = None
    flags: tuple[str, ...] = ()

    @property
    def request(self) -> Request:
        """What the gate judges."""
        return Request(self.content, self.attachments, self.review)


def document_to_publish(desk: Desk, item: str) -> Document:
    """The item's document, within the publisher's reach; what nobody drafted has no review, and is refused so."""
    document = desk.read(Document, item)
    if not document.exists:
        raise refuse(RefusalCode.NOT_REVIEWED, item=item)
    desk.require_reach(document.unit, for_government=document.on_behalf_of_government)
    return document


def cleared(desk: Desk, store: Store, document: Document, publication: Publication, request: Request) -> Clearance:
    """The gate's answer to what somebody wants to put out."""
    fields.optional_text(request.review, "review")
    clearance = clear(document, desk.deed, desk.rules, request, spent=publication.spent, persons=desk.persons)
    if request.content is not None:
        store.require_stored([clearance.content])
    return replace(clearance, flags=[*clearance.flags, *flags_of_training(desk, document.item)])


def put_out(desk: Desk, store: Store, outgoing: Outgoing) -> Publication:
    """Publish an item's present draft at the deed's time, or refuse with the first rule it breaks."""
    document = document_to_publish(desk, outgoing.item)
    publication = desk.open(Publication, outgoing.item, likely_new=True)
    publication.refuse_published()
    clearance = cleared(desk, store, document, publication, outgoing.request)
    registered = desk.require_channels(outgoing.item, list(outgoing.channels))
    _require_column(desk, outgoing.column)
    late = flags_of_lateness(desk, document, publication)
    publication.publish(
        desk.deed,
        document,
        replace(clearance, flags=[*clearance.flags, *late, *outgoing.flags]),
        channels=registered,
        column=outgoing.column,
        client_published_at=outgoing.client_published_at,
    )
    return publication


def _require_column(desk: Desk, column: str | None) -> None:
    if column is not None and not desk.read(Column, column).exists:
        raise refuse(RefusalCode.COLUMN_NOT_REGISTERED, column=column)
