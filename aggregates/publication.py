"""An item before the public: published, extended, corrected, withdrawn, sealed, archived (十).

Nothing here is ever deleted.  What went out passed the gate in ``aggregates.clearance``; an error is
mended by a correction, which passes it again, or ended by a withdrawal; to publish anew is another
publication of the same item, ``I-2025-0001#2``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from eventsourcing.domain import event

from aggregates import fields
from aggregates.base import Record
from aggregates.clearance import Clearance
from aggregates.deed import Deed
from aggregates.document_facts import DocumentFacts
from aggregates.fields import Content
from aggregates.historic import HistoricRow
from aggregates.publication_events import PublicationEvents
from aggregates.refusal import RefusalCode, refuse
from aggregates.vocabulary import Post, Retention, WithdrawalReason
from ledger import instants

PUBLISHED, WITHDRAWN, SUPERSEDED = "PUBLISHED", "WITHDRAWN", "SUPERSEDED"


@dataclass(slots=True)
class Standing:
    """One publication of the item and how it stands now."""

    publication: str
    draft_version: int | None
    unit: str | None
    channels: list[str]
    contents: list[str]
    published_at: datetime | None = None
    state: str = PUBLISHED
    archive_number: str | None = None

    @property
    def is_historic(self) -> bool:
        """Whether it was taken over from an old register, and so passed no gate of this ledger."""
        return self.draft_version is None


class Publication(PublicationEvents, Record):
    """All publications of one item; the stream is ``publication/<item>``."""

    TOPIC = "publication"
    STREAM = "publication"
    IDENTIFIER = "item"

    def __init__(self) -> None:
        self.publications: list[Standing] = []
        self.spent: dict[str, str] = {}
        self.sealed: list[str] = []

    # ── facts ─────────────────────────────────────────────────────────────────────────────────────

    @property
    def latest(self) -> Standing | None:
        """The last publication of the item, whether it stands or not."""
        return self.publications[-1] if self.publications else None

    @property
    def content_hashes(self) -> set[str]:
        """Every content that any publication of the item showed."""
        return {sha256 for standing in self.publications for sha256 in standing.contents}

    def named(self, item: str, publication: str | None) -> Standing:
        """The publication with that id, or the latest."""
        for standing in reversed(self.publications):
            if publication is None or standing.publication == publication:
                return standing
        raise refuse(RefusalCode.NOT_PUBLISHED, item=item if publication is None else publication)

    def standing(self, item: str) -> Standing:
        """The latest publication, if it still stands."""
        latest = self.named(item, None)
        if latest.state != PUBLISHED:
            raise refuse(RefusalCode.PUBLICATION_WITHDRAWN, publication=latest.publication)
        return latest

    def _next_publication(self, item: str) -> str:
        return f"{item}#{len(self.publications) + 1}"

    # ── decisions ─────────────────────────────────────────────────────────────────────────────────

    def refuse_published(self) -> None:
        """Refuse a second publication beside one that stands; a row of an old register is none of ours."""
        latest = self.latest
        if latest is not None and latest.state == PUBLISHED and not latest.is_historic:
            raise refuse(RefusalCode.ALREADY_PUBLISHED, publication=latest.publication)

    def publish(
        self,
        deed: Deed,
        document: DocumentFacts,
        clearance: Clearance,
        *,
        channels: Sequence[str],
        column: str | None = None,
        client_published_at: object = None,
    ) -> None:
        """Put out what was cleared, at the deed's time; the caller's own clock is kept apart."""
        self.refuse_published()
        self._refuse_sealed(document.item, clearance)
        self.refuse_back_dating(deed)
        self.write(
            self.Published,
            deed,
            item=document.item,
            publication=self._next_publication(document.item),
            unit=deed.unit,
            title=document.title,
            document_number=document.document_number,
            index_number=document.index_number,
            attribute=clearance.attribute,
            phase=document.phase,
            theme=document.theme,
            written_on=document.written_on,
            draft_version=clearance.draft_version,
            content=clearance.content,
            attachments=clearance.attachments,
            withheld_passages=clearance.withheld_passages,
            drafter=clearance.drafter,
            reviewer=clearance.reviewer,
            secrecy_reviewer=clearance.secrecy_reviewer,
            approver=clearance.approver,
            publisher=clearance.publisher,
            review=clearance.review,
            channels=list(channels),
            column=column,
            published_at=instants.to_text(deed.occurred_at),
            client_published_at=fields.optional_instant(client_published_at, "client_published_at"),
            competent_unit=document.unit,
            flags=clearance.flags,
        )

    def _refuse_sealed(self, item: str, clearance: Clearance) -> None:
        for part in (clearance.content, *clearance.attachments):
            if part["sha256"] in self.sealed:
                raise refuse(RefusalCode.CONTENT_SEALED, item=item, sha256=part["sha256"])

    def add_channel(self, deed: Deed, *, item: str, channel: str, adaptation: Mapping[str, Any] | None = None) -> None:
        """Put the same information out on one more channel.

        An adaptation (a shorter text for weibo) must be one of the contents that were cleared with the
        publication; anything else is refused VERSION_NOT_REVIEWED.
        """
        standing = self.standing(item)
        self.refuse_back_dating(deed)
        if channel in standing.channels:
            raise refuse(RefusalCode.CHANNEL_ALREADY_USED, publication=standing.publication, channel=channel)
        adapted = None if adaptation is None else fields.content(adaptation, "adaptation")
        if adapted is not None and adapted["sha256"] not in standing.contents:
            raise refuse(
                RefusalCode.VERSION_NOT_REVIEWED,
                item=item,
                draft_version=standing.draft_version,
                sha256=adapted["sha256"],
            )
        self.write(
            self.ChannelAdded,
            deed,
            item=item,
            publication=standing.publication,
            channel=channel,
            adaptation=adapted,
            published_at=instants.to_text(deed.occurred_at),
        )

    def correctable(self, item: str, document: DocumentFacts) -> Standing:
        """The publication a correction may touch: it stands, and the document has a newer draft."""
        standing = self.standing(item)
        if standing.draft_version == document.present.version:
            raise refuse(
                RefusalCode.CORRECTION_NEEDS_NEW_VERSION,
                publication=standing.publication,
                draft_version=standing.draft_version,
            )
        return standing

    def correct(
        self, deed: Deed, document: DocumentFacts, clearance: Clearance, *, reason: str, title: str | None = None
    ) -> None:
        """Show the newer draft, which was reviewed and approved itself; the original stays on the record."""
        standing = self.correctable(document.item, document)
        self._refuse_sealed(document.item, clearance)
        self.refuse_back_dating(deed)
        self.write(
            self.Corrected,
            deed,
            item=document.item,
            publication=standing.publication,
            reason=fields.text(reason, "reason", longest=fields.LONG),
            draft_version=clearance.draft_version,
            content=clearance.content,
            attachments=clearance.attachments,
            title=fields.optional_text(title, "title"),
            review=clearance.review,
            drafter=clearance.drafter,
            reviewer=clearance.reviewer,
            secrecy_reviewer=clearance.secrecy_reviewer,
            approver=clearance.approver,
            publisher=clearance.publisher,
            flags=clearance.flags,
        )

    def withdraw(self, deed: Deed, *, item: str, reason_code: str, reason: str) -> None:
        """Take the publication back from all its channels; it cannot be corrected or extended afterwards."""
        standing = self.standing(item)
        self.refuse_back_dating(deed)
        self.write(
            self.Withdrawn,
            deed,
            item=item,
            publication=standing.publication,
            reason_code=fields.term(WithdrawalReason, reason_code, "reason_code"),
            reason=fields.text(reason, "reason", longest=fields.LONG),
            channels=list(standing.channels),
        )

    def supersede(self, deed: Deed, *, item: str, by_item: str, on_date: str | date | None = None) -> None:
        """Mark the publication as replaced by another item."""
        standing = self.standing(item)
        if by_item == item:
            raise fields.invalid("by_item", "不能是本事项", "it must be another item")
        self.write(
            self.Superseded,
            deed,
            item=item,
            publication=standing.publication,
            by_item=fields.code(by_item, "by_item"),
            on_date=fields.optional_day(on_date, "on_date"),
        )

    def seal(
        self, deed: Deed, *, item: str, sha256s: Iterable[str], reason: str, readers: Iterable[str], known: set[str]
    ) -> None:
        """Make contents of the item unreadable to all but the posts named (``known`` are the item's contents)."""
        hashes = fields.sha256s(sha256s, "sha256s")
        self._refuse_contents(item, hashes, known - set(self.sealed))
        latest = self.latest
        self.write(
            self.Sealed,
            deed,
            item=item,
            publication=None if latest is None else latest.publication,
            sha256s=hashes,
            reason=fields.text(reason, "reason", longest=fields.LONG),
            readers=[fields.term(Post, reader, "readers") for reader in fields.codes(readers, "readers")],
        )

    def unseal(self, deed: Deed, *, item: str, sha256s: Iterable[str], reason: str) -> None:
        """Make sealed contents readable again."""
        hashes = fields.sha256s(sha256s, "sha256s")
        self._refuse_contents(item, hashes, set(self.sealed))
        self.write(
            self.Unsealed,
            deed,
            item=item,
            sha256s=hashes,
            reason=fields.text(reason, "reason", longest=fields.LONG),
        )

    def _refuse_contents(self, item: str, hashes: list[str], allowed: set[str]) -> None:
        if not hashes:
            raise fields.invalid("sha256s", "至少一项", "it must name at least one")
        for sha256 in hashes:
            if sha256 not in allowed:
                raise refuse(RefusalCode.CONTENT_UNKNOWN, item=item, sha256=sha256)

    def archive(
        self, deed: Deed, *, item: str, retention: str, archive_number: str, publication: str | None = None
    ) -> None:
        """Archive the record of one publication with its retention period; once."""
        standing = self.named(item, publication)
        if standing.archive_number is not None:
            raise refuse(
                RefusalCode.ALREADY_ARCHIVED,
                publication=standing.publication,
                archive_number=standing.archive_number,
            )
        self.write(
            self.Archived,
            deed,
            item=item,
            publication=standing.publication,
            retention=fields.term(Retention, retention, "retention"),
            archive_number=fields.text(archive_number, "archive_number"),
        )

    def record_historic(self, deed: Deed, row: HistoricRow) -> None:
        """Take over a row of an old register as it stands there."""
        self.write(self.HistoricRecorded, deed, publication=self._next_publication(row.item), **row.checked())

    # ── how each event is filed; nothing is judged here ───────────────────────────────────────────────

    @event(PublicationEvents.Published)
    def _published(
        self,
        *,
        publication: str,
        unit: str,
        draft_version: int,
        content: Content,
        attachments: list[Content],
        review: str,
        channels: list[str],
        timestamp: datetime,
    ) -> None:
        contents = [part["sha256"] for part in (content, *attachments)]
        self.publications.append(Standing(publication, draft_version, unit, list(channels), contents, timestamp))
        self.spent[review] = publication

    @event(PublicationEvents.ChannelAdded)
    def _channel_added(self, *, publication: str, channel: str) -> None:
        self.named("", publication).channels.append(channel)

    @event(PublicationEvents.Corrected)
    def _corrected(
        self,
        *,
        publication: str,
        draft_version: int,
        content: Content,
        attachments: list[Content],
        review: str,
    ) -> None:
        standing = self.named("", publication)
        standing.draft_version = draft_version
        standing.contents.extend(part["sha256"] for part in (content, *attachments))
        self.spent[review] = publication

    @event(PublicationEvents.Withdrawn)
    def _withdrawn(self, publication: str) -> None:
        self.named("", publication).state = WITHDRAWN

    @event(PublicationEvents.Superseded)
    def _superseded(self, publication: str) -> None:
        self.named("", publication).state = SUPERSEDED

    @event(PublicationEvents.Sealed)
    def _sealed(self, sha256s: list[str]) -> None:
        self.sealed.extend(sha256s)

    @event(PublicationEvents.Unsealed)
    def _unsealed(self, sha256s: list[str]) -> None:
        self.sealed = [sha256 for sha256 in self.sealed if sha256 not in sha256s]

    @event(PublicationEvents.Archived)
    def _archived(self, *, publication: str, archive_number: str) -> None:
        self.named("", publication).archive_number = archive_number

    @event(PublicationEvents.HistoricRecorded)
    def _historic_recorded(self, *, publication: str, unit: str | None, channel_name: str | None) -> None:
        channels = [] if channel_name is None else [channel_name]
        self.publications.append(Standing(publication, None, unit, channels, []))
