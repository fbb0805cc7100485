"""What is before the public: published, extended, corrected, withdrawn, sealed, archived; never deleted (十)."""

from typing import Annotated

from fastapi import Response
from pydantic import Field

from aggregates.publication_commands import READERS_OF_SEALED
from aggregates.registry import Registry
from aggregates.vocabulary import Retention, WithdrawalReason
from projections import register
from projections.reading import Listed, Reader
from projections.temporal import AsOf
from web.answers import READ, RECORDED, REVISED, Named
from web.as_of import TheMoment
from web.asking import ask, shown
from web.dependencies import TheService
from web.paging import LARGEST_PAGE
from web.problem_codes import ProblemCode
from web.problems import Problem
from web.routing import router as a_router
from web.submission import TheRevision, TheSubmission, TheUnconditional
from web.versions import etag_at
from web.wire import dump
from web.wishes import Attachments, Code, Codes, Content, Day, Hashes, Instant, Long, OneOf, Posts, Short, Wish

router = a_router("/publications", "publications")

PublicationNumber = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}#[1-9][0-9]{0,5}$")]


class Publishing(Wish):
    """What goes out where; ``client_published_at`` is the caller's own clock and only kept beside ours."""

    item: Code
    channels: Codes
    column: Code | None = None
    content: Content | None = None
    attachments: Attachments | None = None
    review: Short | None = None
    client_published_at: Instant | None = None


class FurtherChannel(Wish):
    """One more channel; an adapted text must have been cleared with the publication."""

    channel: Code
    adaptation: Content | None = None


class Correction(Wish):
    """Why what is shown is replaced by the document's newer draft."""

    reason: Long
    title: Short | None = None
    content: Content | None = None
    attachments: Attachments | None = None
    review: Short | None = None


class Withdrawal(Wish):
    """Why a publication is taken back."""

    reason_code: Annotated[str, OneOf(WithdrawalReason)]
    reason: Long


class Supersession(Wish):
    """The item that replaces it."""

    by_item: Code
    on_date: Day | None = None


class Sealing(Wish):
    """What becomes unreadable, to all but whom; everything of the item where no hash is named."""

    reason: Long
    sha256s: Hashes | None = None
    readers: Posts = Field(default_factory=lambda: list(READERS_OF_SEALED))


class Unsealing(Wish):
    """What becomes readable again; everything sealed of the item where no hash is named."""

    reason: Long
    sha256s: Hashes | None = None


class Archiving(Wish):
    """The retention period and the number in the archive; of the latest publication where none is named."""

    retention: Annotated[str, OneOf(Retention)]
    archive_number: Short
    publication: PublicationNumber | None = None


def _stream(item: str) -> str:
    return f"publication/{item}"


@router.post("", summary="发布信息 · publish information", **RECORDED)
async def publish_information(wish: Publishing, submission: TheSubmission) -> Response:
    """Publish an item's present draft: what was reviewed and approved, and nothing else.

    ``If-Match`` may name the version of the item's publications; that content, review and approval
    belong together is judged in any case.
    """
    return await submission.to(Registry.publish_information, _stream(wish.item), **wish.stated())


@router.post("/{item}/channels", summary="增加渠道 · add a channel", **RECORDED)
async def add_channel(item: Named, wish: FurtherChannel, submission: TheSubmission) -> Response:
    """Put the same information out on one more channel."""
    return await submission.to(Registry.add_channel, _stream(item), item=item, **wish.stated())


@router.post("/{item}/corrections", summary="更正发布 · correct a publication", **REVISED)
async def correct_publication(item: Named, wish: Correction, submission: TheRevision) -> Response:
    """Replace what is shown by a newer draft that has passed the gate itself."""
    return await submission.to(Registry.correct_publication, _stream(item), item=item, **wish.stated())


@router.post("/{item}/withdrawals", summary="撤回发布 · withdraw a publication", **REVISED)
async def withdraw_publication(item: Named, wish: Withdrawal, submission: TheRevision) -> Response:
    """Take a publication back from all its channels; the record and its contents stay."""
    return await submission.to(Registry.withdraw_publication, _stream(item), item=item, **wish.stated())


@router.post("/{item}/supersessions", summary="标注替代 · mark as superseded", **REVISED)
async def supersede_publication(item: Named, wish: Supersession, submission: TheRevision) -> Response:
    """Mark a publication as replaced by another item."""
    return await submission.to(Registry.supersede_publication, _stream(item), item=item, **wish.stated())


@router.post("/{item}/seals", summary="封存内容 · seal content", **RECORDED)
async def seal_content(item: Named, wish: Sealing, submission: TheSubmission) -> Response:
    """Make contents unreadable to all but the posts named; nothing is deleted."""
    return await submission.to(Registry.seal_content, _stream(item), item=item, **wish.stated())


@router.post("/{item}/unsealings", summary="启封内容 · unseal content", **RECORDED)
async def unseal_content(item: Named, wish: Unsealing, submission: TheSubmission) -> Response:
    """Make sealed contents readable again."""
    return await submission.to(Registry.unseal_content, _stream(item), item=item, **wish.stated())


@router.post("/{item}/archivings", summary="归档 · archive a record", **RECORDED)
async def archive_record(item: Named, wish: Archiving, submission: TheSubmission) -> Response:
    """Archive a publication's record with its retention period."""
    return await submission.to(Registry.archive_record, _stream(item), item=item, **wish.stated())


@router.delete("/{item}", summary="(总是拒绝)删除发布记录 · always refused, and the attempt is kept", **RECORDED)
async def delete_publication(item: Named, submission: TheUnconditional) -> Response:
    """Refuse: nothing is deleted here, whoever asks."""
    return await submission.to(Registry.delete_publication, None, item=item)


@router.get("/{item}", summary="一个事项的全部发布 · every publication of an item", **READ)
async def read_publications(item: Named, service: TheService, moment: TheMoment) -> Response:
    """The item's rows of the register; the ``ETag`` is the version to name in ``If-Match``."""

    def question(reader: Reader, as_of: AsOf) -> tuple[Listed[register.Publication], str]:
        found = register.list_publications(reader, as_of, item=item, limit=LARGEST_PAGE)
        return found, etag_at(service.ledger, _stream(item), found.position)

    found, etag = await ask(service, register.PROJECTION.name, moment, question)
    if not found.rows:
        raise Problem(ProblemCode.NOT_FOUND, position=found.position)
    body = {"item": item, "position": found.position, "rows": [shown(row) for row in found.rows]}
    headers = {"ETag": etag, "Ledger-Position": str(found.position)}
    return Response(dump(body), headers=headers, media_type="application/json")
