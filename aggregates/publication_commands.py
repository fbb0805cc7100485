"""Commands on what is before the public: publish, add a channel, correct, withdraw, seal, archive (十)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from aggregates import fields
from aggregates.clearance import Request
from aggregates.deed import Deed
from aggregates.desk import Data, Desk, Order
from aggregates.document import Document
from aggregates.interpretation.completeness import refuse_alone
from aggregates.office import Office
from aggregates.publication import Publication
from aggregates.publishing import Outgoing, cleared, put_out
from aggregates.refusal import RefusalCode, refuse
from aggregates.vocabulary import Command, Post
from ledger.append import Receipt
from ledger.errors import ContentMissing

READERS_OF_SEALED = (str(Post.INVESTIGATOR), str(Post.SECRECY_ADMINISTRATION))
"""Who may still read what was sealed, unless the sealing names others."""


class PublicationCommands(Office):
    """未经审查和批准，不得对外公开发布政府信息."""

    def _on_publication(
        self,
        command: Command,
        deed: Deed,
        item: str,
        data: Data,
        decide: Callable[[Desk, Publication], None],
        *,
        expected_version: int | None,
    ) -> Receipt:
        """Carry out a command on an item's latest publication, by somebody whose reach extends to its unit."""

        def decide_on_publication(desk: Desk) -> None:
            desk.entitle()
            publication = desk.publication(item)
            desk.require_reach(publication.named(item, None).unit)
            decide(desk, publication)

        stream = Publication.stream_of(item)
        order = Order(command, deed, item, {"item": item, **data}, stream, expected_version)
        return self.carry_out(order, decide_on_publication)

    # ── before the public ─────────────────────────────────────────────────────────────────────────

    def publish_information(
        self,
        deed: Deed,
        *,
        item: str,
        channels: Sequence[str],
        column: str | None = None,
        content: Mapping[str, Any] | None = None,
        attachments: Sequence[Mapping[str, Any]] | None = None,
        review: str | None = None,
        client_published_at: datetime | str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Publish an item's present draft; the deed's time is the time of publication.

        ``content`` is the severed content where disclosure is partial, with those ``attachments`` of the
        draft that go out; else both may be left out.  ``review`` names the secrecy review to use, the
        publishing unit's last one on this content if left out.  An item nobody drafted has no review,
        and is refused so.  A policy document goes out with its interpretation, by publish_policy_package.
        """
        data: Data = {
            "item": item,
            "channels": channels,
            "column": column,
            "content": content,
            "attachments": attachments,
            "review": review,
            "client_published_at": client_published_at,
        }
        outgoing = Outgoing(item, channels, column, content, attachments, review, client_published_at)

        def decide(desk: Desk) -> None:
            desk.entitle()
            put_out(desk, self, outgoing)
            refuse_alone(desk.document_read(item))

        order = Order(Command.PUBLISH_INFORMATION, deed, item, data, Publication.stream_of(item), expected_version)
        return self.carry_out(order, decide)

    def add_channel(
        self,
        deed: Deed,
        *,
        item: str,
        channel: str,
        adaptation: Mapping[str, Any] | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Put the same information out on one more channel; an adaptation must have been cleared with it."""
        data: Data = {"channel": channel, "adaptation": adaptation}

        def decide(desk: Desk, publication: Publication) -> None:
            publication.standing(item)
            desk.read(Document, item).secrecy.refuse_locked()
            (registered,) = desk.require_channels(item, [channel])
            publication.add_channel(desk.deed, item=item, channel=registered, adaptation=adaptation)

        return self._on_publication(Command.ADD_CHANNEL, deed, item, data, decide, expected_version=expected_version)

    def correct_publication(
        self,
        deed: Deed,
        *,
        item: str,
        reason: str,
        title: str | None = None,
        content: Mapping[str, Any] | None = None,
        attachments: Sequence[Mapping[str, Any]] | None = None,
        review: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Replace what is shown by the document's newer draft, which passes the gate itself."""
        data: Data = {
            "reason": reason,
            "title": title,
            "content": content,
            "attachments": attachments,
            "review": review,
        }
        request = Request(content, attachments, review)

        def decide(desk: Desk, publication: Publication) -> None:
            document = desk.document_read(item)
            publication.correctable(item, document)
            clearance = cleared(desk, self, document, publication, request)
            publication.correct(desk.deed, document, clearance, reason=reason, title=title)

        return self._on_publication(
            Command.CORRECT_PUBLICATION, deed, item, data, decide, expected_version=expected_version
        )

    def withdraw_publication(
        self,
        deed: Deed,
        *,
        item: str,
        reason_code: str,
        reason: str,
        expected_version: int | None = None,
    ) -> Receipt:
        """Take a publication back from all its channels; the record and its contents stay."""
        data: Data = {"reason_code": reason_code, "reason": reason}

        def decide(desk: Desk, publication: Publication) -> None:
            publication.withdraw(desk.deed, item=item, **data)

        return self._on_publication(
            Command.WITHDRAW_PUBLICATION, deed, item, data, decide, expected_version=expected_version
        )

    def supersede_publication(
        self,
        deed: Deed,
        *,
        item: str,
        by_item: str,
        on_date: str | date | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Mark a publication as replaced by another item (废止、被替代)."""
        data: Data = {"by_item": by_item, "on_date": on_date}

        def decide(desk: Desk, publication: Publication) -> None:
            publication.supersede(desk.deed, item=item, **data)

        return self._on_publication(
            Command.SUPERSEDE_PUBLICATION, deed, item, data, decide, expected_version=expected_version
        )

    def delete_publication(self, deed: Deed, *, item: str, publication: str | None = None) -> Receipt:
        """Refuse: nothing is deleted here, whoever asks; the attempt is kept."""
        data: Data = {"item": item, "publication": publication}

        def decide(desk: Desk) -> None:
            desk.cite_rules()
            named = fields.text(publication or item, "publication", longest=100)
            raise refuse(RefusalCode.LEDGER_APPEND_ONLY, publication=named)

        return self.carry_out(Order(Command.DELETE_PUBLICATION, deed, item, data), decide)

    # ── sealing and archiving ─────────────────────────────────────────────────────────────────────

    def seal_content(
        self,
        deed: Deed,
        *,
        item: str,
        reason: str,
        sha256s: Sequence[str] | None = None,
        readers: Sequence[str] = READERS_OF_SEALED,
        expected_version: int | None = None,
    ) -> Receipt:
        """Make contents of an item unreadable to all but the posts in ``readers``; all of them if none is named.

        The bytes are sealed before the event is recorded: should the machine stop between the two, the
        content is safe and repeating the command completes the record.
        """
        data: Data = {"item": item, "reason": reason, "sha256s": sha256s, "readers": readers}

        def decide(desk: Desk) -> None:
            desk.entitle()
            document, publication = self._holding(desk, item)
            known = _contents_of(document, publication)
            hashes = sorted(known - set(publication.sealed)) if sha256s is None else sha256s
            publication.seal(desk.deed, item=item, sha256s=hashes, reason=reason, readers=readers, known=known)
            for sha256 in hashes:
                self._seal_bytes(sha256)

        order = Order(Command.SEAL_CONTENT, deed, item, data, Publication.stream_of(item), expected_version)
        return self.carry_out(order, decide)

    def _holding(self, desk: Desk, item: str) -> tuple[Document, Publication]:
        """The item's document and publications, one of which must exist and be within reach."""
        document, publication = desk.read(Document, item), desk.open(Publication, item)
        if document.exists:
            desk.require_reach(document.unit, for_government=document.on_behalf_of_government)
        else:
            desk.require_reach(publication.named(item, None).unit)
        return document, publication

    def _seal_bytes(self, sha256: str) -> None:
        try:
            self.ledger.contents.seal(sha256)
        except ContentMissing as error:
            raise refuse(RefusalCode.CONTENT_NOT_STORED, sha256=sha256) from error

    def unseal_content(
        self,
        deed: Deed,
        *,
        item: str,
        reason: str,
        sha256s: Sequence[str] | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Make sealed contents readable again; never while a secrecy question is open, nor a secret.

        The event is recorded before the bytes are unsealed; repeating the command completes it.
        """
        data: Data = {"item": item, "reason": reason, "sha256s": sha256s}

        def decide(desk: Desk) -> None:
            desk.entitle()
            document, publication = self._holding(desk, item)
            document.secrecy.refuse_locked()
            hashes = list(publication.sealed) if sha256s is None else list(sha256s)
            for sha256 in hashes:
                document.secrecy.refuse_secret(sha256)
            publication.unseal(desk.deed, item=item, sha256s=hashes, reason=reason)

        order = Order(Command.UNSEAL_CONTENT, deed, item, data, Publication.stream_of(item), expected_version)
        receipt = self.carry_out(order, decide)
        for sha256 in self.ledger.entry(receipt.position).data["sha256s"]:
            self.ledger.contents.unseal(sha256)
        return receipt

    def archive_record(
        self,
        deed: Deed,
        *,
        item: str,
        retention: str,
        archive_number: str,
        publication: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Archive a publication's record: ``permanent``, ``30_years`` or ``10_years``; the latest if none is named."""
        data: Data = {"retention": retention, "archive_number": archive_number, "publication": publication}

        def decide(desk: Desk, file: Publication) -> None:
            fields.optional_text(publication, "publication", longest=100)
            file.archive(desk.deed, item=item, **data)

        return self._on_publication(Command.ARCHIVE_RECORD, deed, item, data, decide, expected_version=expected_version)


def _contents_of(document: Document, publication: Publication) -> set[str]:
    """Every content of the item that is stored: of its drafts, its reviews and its publications."""
    reviewed = {review.sha256 for review in document.secrecy.reviews}
    return document.content_hashes | reviewed | publication.content_hashes
