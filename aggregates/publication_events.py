"""What is written in an item's publication file, event by event (信息发布登记, (十)).

``publication.published/1`` holds the six fields of the register: original content, publishing unit,
reviewers, publishing officer, time, channels; and all hands through which the item went.
"""

from typing import Any

from aggregates.base import LedgerEvent
from aggregates.fields import Content


class PublicationEvents:
    """The events of an item's publications; an item may have several, one after the other."""

    class Published(LedgerEvent):
        """The information went before the public (信息发布)."""

        TOPIC = "publication.published/1"
        item: str
        publication: str
        unit: str
        title: str
        document_number: str | None
        index_number: str | None
        attribute: str
        phase: str | None
        theme: str | None
        written_on: str | None
        draft_version: int
        content: Content
        attachments: list[Content]
        withheld_passages: int
        drafter: str
        reviewer: str
        secrecy_reviewer: str
        approver: str
        publisher: str
        review: str
        channels: list[str]
        column: str | None
        published_at: str
        client_published_at: str | None
        competent_unit: str
        flags: list[str]

    class ChannelAdded(LedgerEvent):
        """The same information went out on one more channel (增加渠道)."""

        TOPIC = "publication.channel_added/1"
        item: str
        publication: str
        channel: str
        adaptation: Content | None
        published_at: str

    class Corrected(LedgerEvent):
        """A newer draft replaced what is shown; the original stays on the record (更正)."""

        TOPIC = "publication.corrected/1"
        item: str
        publication: str
        reason: str
        draft_version: int
        content: Content
        attachments: list[Content]
        title: str | None
        review: str
        drafter: str
        reviewer: str
        secrecy_reviewer: str
        approver: str
        publisher: str
        flags: list[str]

    class Withdrawn(LedgerEvent):
        """It was taken back from all its channels (撤回)."""

        TOPIC = "publication.withdrawn/1"
        item: str
        publication: str
        reason_code: str
        reason: str
        channels: list[str]

    class Superseded(LedgerEvent):
        """Another item took its place (废止、被替代)."""

        TOPIC = "publication.superseded/1"
        item: str
        publication: str
        by_item: str
        on_date: str | None

    class Sealed(LedgerEvent):
        """Contents became unreadable to all but the posts named; hash and metadata stay (封存)."""

        TOPIC = "publication.sealed/1"
        item: str
        publication: str | None
        sha256s: list[str]
        reason: str
        readers: list[str]

    class Unsealed(LedgerEvent):
        """Sealed contents became readable again (启封)."""

        TOPIC = "publication.unsealed/1"
        item: str
        sha256s: list[str]
        reason: str

    class Archived(LedgerEvent):
        """The record was archived with its retention period (归档)."""

        TOPIC = "publication.archived/1"
        item: str
        publication: str
        retention: str
        archive_number: str

    class HistoricRecorded(LedgerEvent):
        """A row of an old register, as it stood there; it says nothing about any review."""

        TOPIC = "publication.historic_recorded/1"
        item: str
        publication: str
        source: dict[str, Any]
        number: str | None
        title: str
        unit_name: str
        unit: str | None
        written_on: str | None
        published_on: str | None
        channel_name: str | None
        kind: str | None
        theme: str | None
        supersedes: str | None
        note: str | None
