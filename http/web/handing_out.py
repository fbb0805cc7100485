"""Which content of an item may be handed to whom: what stands before the public, what is a unit's own, what is sealed.

That something may be seen by everybody is judged twice: by the catalogue, which knows what is shown now,
and by the log itself, so that a withdrawal counts from its very entry on, however far the catalogue has come.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from eventsourcing.application import AggregateNotFoundError, Repository

from aggregates.document import Document
from aggregates.publication import PUBLISHED, Publication
from projections import catalogue, documents
from projections.evidence.citations import citations
from web.principal import Principal
from web.reading_rights import may_read_affairs_of
from web.service import Service

_SHOWN = {"published", "corrected"}


@dataclass(frozen=True, slots=True)
class Handout:
    """A content of an item as its event describes it, and how it stands."""

    sha256: str
    name: str
    media_type: str
    item: str
    units: tuple[str | None, ...]
    before_the_public: bool
    sealed: bool

    def is_open_to(self, principal: Principal | None) -> bool:
        """Whether somebody may have it as long as it is not sealed."""
        return self.before_the_public or may_read_affairs_of(principal, *self.units)


def find_handout(service: Service, item: str, sha256: str) -> Handout | None:
    """The content of that hash among everything the item ever held, or None."""
    listed = catalogue.get(service.reader, item).value
    drafted = documents.get(service.reader, item).value
    described = next((one for one in _contents(service, item, listed) if one["sha256"] == sha256), None)
    if described is None:
        return None
    publication = _publication(service, item)
    sealed = sha256 in publication.sealed if publication else False
    units = (listed.unit if listed else None, drafted.unit if drafted else None)
    shown = listed is not None and listed.status in _SHOWN and sha256 in _hashes(listed.content, listed.attachments)
    stands = publication is not None and publication.latest is not None and publication.latest.state == PUBLISHED
    return Handout(
        sha256,
        described["name"],
        described["media_type"],
        item,
        units,
        before_the_public=shown and stands and not sealed,
        sealed=sealed,
    )


def _contents(service: Service, item: str, listed: catalogue.CatalogueItem | None) -> Iterator[dict[str, Any]]:
    """Every content of the item: shown now, of every draft, of every publication there was, and what else it cites."""
    if listed is not None:
        yield from _with_attachments(listed.content, listed.attachments)
    for version in documents.history(service.reader, item).value or ():
        yield from _with_attachments(version.content["content"], version.content["attachments"])
    for version in catalogue.history(service.reader, item).value or ():
        yield from _with_attachments(version.content["content"], version.content["attachments"])
    yield from _cited(service, item)


def _cited(service: Service, item: str) -> Iterator[dict[str, Any]]:
    """What the item's own files cite in any member: a severed text that was approved, a text adapted to a channel.

    An approval names a text by its hash alone; it is handed out under that, as bytes of an unknown kind.
    """
    for stream in (Document.stream_of(item), Publication.stream_of(item)):
        for citation in (cited for entry in service.ledger.read_stream(stream) for cited in citations(entry)):
            yield {
                "sha256": citation.sha256,
                "name": citation.name or citation.sha256,
                "media_type": citation.media_type or "application/octet-stream",
            }


def _with_attachments(content: Any, attachments: Any) -> Iterator[dict[str, Any]]:
    if content is not None:
        yield content
    yield from attachments or ()


def _hashes(content: Any, attachments: Any) -> set[str]:
    return {one["sha256"] for one in _with_attachments(content, attachments)}


def _publication(service: Service, item: str) -> Publication | None:
    try:
        found: Publication = Repository[str](service.registry.events).get(Publication.stream_of(item))
    except AggregateNotFoundError:
        return None
    return found


def sealed_for(service: Service, item: str, principal: Principal) -> frozenset[str]:
    """The contents of an item that are sealed now and whose last sealing names a post of the reader's."""
    open_to: dict[str, bool] = {}
    for entry in service.ledger.read_stream(Publication.stream_of(item)):
        if entry.type == "publication.sealed/1":
            open_to.update(
                dict.fromkeys(entry.data["sha256s"], bool(principal.post_names & set(entry.data["readers"])))
            )
        elif entry.type == "publication.unsealed/1":
            open_to.update(dict.fromkeys(entry.data["sha256s"], False))
    return frozenset(sha256 for sha256, is_open in open_to.items() if is_open)


def readers_of_sealed(service: Service, item: str, sha256: str) -> frozenset[str]:
    """The posts that the last sealing of a content named."""
    readers: frozenset[str] = frozenset()
    for entry in service.ledger.read_stream(Publication.stream_of(item)):
        if entry.type == "publication.sealed/1" and sha256 in entry.data["sha256s"]:
            readers = frozenset(entry.data["readers"])
    return readers
