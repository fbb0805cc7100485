"""An item's dossier: what it is, what was published of it, and everything that was done with it, in order."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fastapi import Response

from aggregates.posts import posts_entitled
from aggregates.vocabulary import Command
from ledger.brackets import Brackets
from ledger.entry import Entry
from projections import catalogue, documents, register, trail
from projections.catalogue import CatalogueItem
from projections.compared import BEFORE_THE_PUBLIC
from projections.documents import Document
from projections.reading import LARGEST_PAGE, Listed
from projections.register import Publication
from web.pages.exports import Export, Suffix, as_file
from web.pages.problem import not_found
from web.pages.register import openable
from web.pages.route import page_router
from web.pages.telling import CONSULTED, Told, tell
from web.pages.timeline_file import columns_of, members_of
from web.pages.trail_rights import Following, follow
from web.pages.visit import TheVisit, Visit

router = page_router()


@dataclass(frozen=True, slots=True)
class Dossier:
    """What a reader may see of an item."""

    item: str
    row: CatalogueItem | None
    publications: tuple[Publication, ...]
    document: Document | None
    timeline: list[Told]
    position: int

    @property
    def title(self) -> str:
        """The item's title, or its number where there is none: somebody tried what nobody had drafted."""
        return self.row.title if self.row else self.item


@router.get("/items/{item}.csv")
@router.get("/items/{item}.json")
async def timeline_file(visit: TheVisit, item: str) -> Response:
    """The timeline as a file."""
    suffix: Suffix = "csv" if visit.request.url.path.endswith(".csv") else "json"
    async with follow(visit, "item", item) as following:
        dossier = await visit.service.asking(_dossier, visit, item, following)
    listed = Listed(tuple(dossier.timeline), None, dossier.position)
    export = Export(item, columns_of(visit), lambda _limit, _cursor: listed, members_of)
    return as_file(export, suffix, visit.language)


@router.get("/items/{item}")
async def item_page(visit: TheVisit, item: str) -> Response:
    """The dossier; the public sees what was published, officers of the unit and supervision see all."""
    async with follow(visit, "item", item) as following:
        return await visit.service.asking(_page, visit, item, following)


def _page(visit: Visit, item: str, following: Following) -> Response:
    dossier = _dossier(visit, item, following)
    visit.names.look_up_officers(told.actor.officer for told in dossier.timeline if told.actor)
    visit.names.open_contents(_openable(dossier, following))
    return visit.page(
        "item.html",
        place="catalogue",
        position=dossier.position,
        dossier=dossier,
        row=dossier.row,
        told_apart=[one for one in dossier.timeline if one.type == CONSULTED],
        told_in_order=[one for one in dossier.timeline if one.type != CONSULTED],
        document=dossier.document,
        brackets=_brackets(visit, [one.position for one in dossier.timeline]),
        entitled=_entitled(dossier.document),
        may_follow=following.allowed,
    )


def _dossier(visit: Visit, item: str, following: Following) -> Dossier:
    reader, as_of = visit.service.reader, visit.as_of
    found = catalogue.get(reader, item, as_of)
    row = found.value if found.value and (found.value.listed or following.allowed) else None
    types: Iterable[str] = () if following.allowed else BEFORE_THE_PUBLIC
    trodden = trail.of(reader, "item", item, as_of, types=types, limit=LARGEST_PAGE)
    if row is None and not (following.allowed and trodden.rows):
        raise not_found(("事项", "item"), item)
    publications = register.list_publications(reader, as_of, item=item, limit=LARGEST_PAGE).rows
    document = documents.get(reader, item, as_of).value if following.allowed else None
    following.results = len(trodden.rows)
    timeline = [tell(entry) for entry in _entries(visit, item, [one.position for one in trodden.rows])]
    return Dossier(item, row, publications, document, timeline, found.position)


def _entries(visit: Visit, item: str, positions: list[int]) -> list[Entry]:
    """The entries at these positions: two streams hold nearly all of them, the others are read one by one."""
    ledger = visit.service.ledger
    streams = (f"document/{item}", f"publication/{item}")
    known = {entry.position: entry for stream in streams for entry in ledger.read_stream(stream)}
    return [known.get(position) or ledger.entry(position) for position in positions]


def _brackets(visit: Visit, positions: list[int]) -> Brackets:
    """Between which foreign clocks each of these was recorded."""
    return visit.service.ledger.published.brackets(min(positions, default=1), max(positions, default=1))


def _openable(dossier: Dossier, following: Following) -> Iterable[str]:
    for publication in dossier.publications:
        yield from openable(publication)
        if following.allowed:
            yield from (one["sha256"] for one in _contents(publication) if one["sha256"] not in publication.sealed)
    if dossier.document and not dossier.publications:
        yield from (one["sha256"] for one in (dossier.document.content, *dossier.document.attachments) if one)


def _contents(publication: Publication) -> Iterable[dict[str, Any]]:
    for one in (publication.content, *publication.attachments):
        if one:
            yield one
    for correction in publication.corrections:
        yield from (one for one in (correction["content"], *(correction["attachments"] or ())) if one)


def _entitled(document: Document | None) -> list[str]:
    """The posts that may take the next step."""
    if document is None or document.next_step == documents.NOTHING_LEFT:
        return []
    return [str(post) for post in posts_entitled(Command(document.next_step))]  # type: ignore[call-arg]
