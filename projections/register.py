"""The publication register (信息发布登记簿): one row a publication, complete without gaps (十).

The six fields of the article, 信息原始内容、发布单位、审核人、发布人员、发布时间、发布渠道, all hands of the
responsibility chain (谁主管、谁审核、谁发布 谁负责), and what became of the publication: corrections,
further channels, withdrawal, sealing, archiving.  Rows of old registers stand beside them and say no
more than was written then.  ``check_complete`` compares the register with the log itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, func, select

from ledger.schema import entries
from projections.feed import Event
from projections.projection import Folds, KeylessFold, TableProjection, keyless, nothing_known, picked, to
from projections.reading import (
    LARGEST_PAGE,
    THE_ONLY,
    Answer,
    Listed,
    Order,
    Reader,
    RowVersion,
    View,
    list_page,
    typed,
)
from projections.tables import Shape, flags, integers, jsons, texts
from projections.temporal import NOW, AsOf, Content, Key

PUBLICATIONS = Shape(
    "publications",
    key=texts("publication"),
    content=(
        *integers("registered_position"),
        *texts("kind registered_at item unit title document_number index_number attribute phase theme written_on"),
        # The six fields: content, unit, reviewer, publisher, time, channels; and the other hands.
        *jsons("content attachments"),
        *integers("draft_version withheld_passages"),
        *texts("competent_unit drafter reviewer secrecy_reviewer approver publisher review"),
        *texts("published_at client_published_at published_on column"),
        *jsons("channels flags"),
        # What became of it.
        *texts("status superseded_by superseded_on withdrawn_at withdrawal_reason_code withdrawal_reason"),
        *jsons("corrections"),
        *texts("archived_at retention archive_number"),
        # Rows of old registers.
        *texts("unit_name channel_name historic_kind supersedes note"),
        *jsons("source repeats"),
    ),
    orders=(("published_on",), ("unit", "published_on"), ("item", "published_on")),
    compared=True,
)
HANDS = Shape(
    "hands",
    key=texts("officer publication role"),
    content=(*texts("published_on"), *flags("correcting")),
)
OUTLETS = Shape("outlets", key=texts("channel publication"), content=texts("published_at adaptation_sha256"))
LATEST = Shape("latest", key=texts("list"), content=texts("published_on"))
SEALS = Shape("seals", key=texts("item sha256"), content=texts("sealed_at sealed_by reason unsealed_at"), compared=True)

PUBLISHED, HISTORIC = "publication.published/1", "publication.historic_recorded/1"
REGISTERED = (PUBLISHED, HISTORIC)
"""The events that make a row of the register: each of them one."""

ROLES = ("drafter", "reviewer", "secrecy_reviewer", "approver", "publisher")
"""The hands through which a publication goes, by the field that names them."""


# ---------------------------------------------------------------------- the folds


def _published(row: Content | None, event: Event) -> Content:
    if row is not None:
        return _repeated(row, event)
    data = event.data
    return {
        **_registered(event, "published"),
        **picked(
            data, "item", "unit", "title", "document_number", "index_number", "attribute", "phase", "theme",
            "written_on", "content", "draft_version", "withheld_passages", "competent_unit", *ROLES, "review",
            "published_at", "client_published_at", "column",
        ),
        "attachments": data.get("attachments") or [],
        "published_on": _day(event),
        "channels": [{"channel": channel, "published_at": data["published_at"]} for channel in data["channels"]],
        "flags": data.get("flags") or [],
    }  # fmt: skip


def _historic_recorded(row: Content | None, event: Event) -> Content:
    if row is not None:
        return _repeated(row, event)
    data = event.data
    channel = data.get("channel_name")
    return {
        **_registered(event, "historic"),
        **picked(data, "item", "unit", "title", "theme", "written_on", "unit_name", "channel_name", "supersedes",
                 "note", "source"),
        "document_number": data.get("number"),
        "historic_kind": data.get("kind"),
        "published_at": data.get("published_on"),
        "published_on": _day(event),
        "attachments": [],
        "channels": [] if channel is None else [{"channel": channel, "published_at": data.get("published_on")}],
        "flags": [],
    }  # fmt: skip


def _day(event: Event) -> str:
    """The day of a row in the list: of publication; an undated old row's of writing, or none ("")."""
    if event.type == PUBLISHED:
        return event.occurred_on
    return event.data.get("published_on") or event.data.get("written_on") or ""


def _latest(row: Content | None, event: Event) -> Content:
    day = _day(event)
    return row if row is not None and row["published_on"] >= day else {"published_on": day}


def _registered(event: Event, kind: str) -> Content:
    return {
        **nothing_known(PUBLICATIONS),
        "kind": kind,
        "registered_position": event.position,
        "registered_at": event.recorded_at,
        "status": "published",
        "corrections": [],
        "repeats": [],
    }


def _repeated(row: Content, event: Event) -> Content:
    """A second event under one publication's name keeps its place in the log; ``check_complete`` names it."""
    return {**row, "repeats": [*row["repeats"], event.position]}


def _channel_added(row: Content | None, event: Event) -> Content | None:
    added = picked(event.data, "channel", "published_at", "adaptation")
    return None if row is None else {**row, "channels": [*row["channels"], added]}


def _corrected(row: Content | None, event: Event) -> Content | None:
    """A correction stands beside the original, which keeps the fields under which it went out."""
    if row is None:
        return None
    correction = {
        **picked(event.data, "reason", "draft_version", "content", "attachments", "title", "review", *ROLES),
        "position": event.position,
        "corrected_at": event.occurred_at,
    }
    return {**row, "status": "corrected", "corrections": [*row["corrections"], correction]}


def _withdrawn(row: Content | None, event: Event) -> Content | None:
    if row is None:
        return None
    return {
        **row,
        "status": "withdrawn",
        "withdrawn_at": event.occurred_at,
        "withdrawal_reason_code": event.data["reason_code"],
        "withdrawal_reason": event.data["reason"],
    }


def _superseded(row: Content | None, event: Event) -> Content | None:
    by = {"superseded_by": event.data["by_item"], "superseded_on": event.data.get("on_date")}
    return None if row is None else {**row, **by, "status": "superseded"}


def _archived(row: Content | None, event: Event) -> Content | None:
    archived = picked(event.data, "retention", "archive_number")
    return None if row is None else {**row, **archived, "archived_at": event.occurred_at}


def _hand(row: Content | None, event: Event) -> Content:
    return row or {"published_on": event.occurred_on, "correcting": event.type != PUBLISHED}


def _outlet(row: Content | None, event: Event) -> Content:
    adaptation = event.data.get("adaptation") or {}
    published_at = event.data.get("published_at") or event.data.get("published_on")
    return row or {"published_at": published_at, "adaptation_sha256": adaptation.get("sha256")}


def _content_sealed(_row: Content | None, event: Event) -> Content:
    return {
        "sealed_at": event.occurred_at,
        "sealed_by": event.officer,
        "reason": event.data["reason"],
        "unsealed_at": None,
    }


def _content_unsealed(row: Content | None, event: Event) -> Content | None:
    return None if row is None else {**row, "unsealed_at": event.occurred_at}


# ---------------------------------------------------------------------- the routes


def _to_publication_hands_and_outlets(event: Event) -> list[tuple[str, Key]]:
    data, publication = event.data, event.data["publication"]
    keys: list[tuple[str, Key]] = [("publications", (publication,)), *_hands(data, publication)]
    if event.type == PUBLISHED:
        keys.append(("latest", (THE_ONLY,)))
    keys += [("outlets", (channel, publication)) for channel in dict.fromkeys(data.get("channels") or ())]
    return keys


def _to_publication_and_outlet(event: Event) -> list[tuple[str, Key]]:
    data, publication = event.data, event.data["publication"]
    channel = data.get("channel") or data.get("channel_name")
    keys: list[tuple[str, Key]] = [("publications", (publication,))]
    if channel is not None:
        keys.append(("outlets", (channel, publication)))
    if event.type == HISTORIC:
        keys.append(("latest", (THE_ONLY,)))
    return keys


def _hands(data: Content, publication: str) -> Iterable[tuple[str, Key]]:
    for role in ROLES:
        if data.get(role):
            yield "hands", (data[role], publication, role)


def _to_seals(event: Event) -> list[tuple[str, Key]]:
    data = event.data
    return [("seals", (data["item"], sha256)) for sha256 in dict.fromkeys(data["sha256s"])]


_ROW_FOLDS: dict[str, KeylessFold] = {
    PUBLISHED: _published,
    HISTORIC: _historic_recorded,
    "publication.channel_added/1": _channel_added,
    "publication.corrected/1": _corrected,
    "publication.withdrawn/1": _withdrawn,
    "publication.superseded/1": _superseded,
    "publication.archived/1": _archived,
}
_FOLDS: Folds = keyless(
    {
        **{("publications", type_): fold for type_, fold in _ROW_FOLDS.items()},
        ("latest", PUBLISHED): _latest,
        ("latest", HISTORIC): _latest,
        ("hands", PUBLISHED): _hand,
        ("hands", "publication.corrected/1"): _hand,
        ("outlets", PUBLISHED): _outlet,
        ("outlets", HISTORIC): _outlet,
        ("outlets", "publication.channel_added/1"): _outlet,
        ("seals", "publication.sealed/1"): _content_sealed,
        ("seals", "publication.unsealed/1"): _content_unsealed,
    }
)

PROJECTION = TableProjection(
    name="register",
    version=3,
    tables=(PUBLICATIONS, HANDS, OUTLETS, SEALS, LATEST),
    routes={
        PUBLISHED: _to_publication_hands_and_outlets,
        "publication.corrected/1": _to_publication_hands_and_outlets,
        HISTORIC: _to_publication_and_outlet,
        "publication.channel_added/1": _to_publication_and_outlet,
        **dict.fromkeys(
            ["publication.withdrawn/1", "publication.superseded/1", "publication.archived/1"],
            to("publications", "publication"),
        ),
        "publication.sealed/1": _to_seals,
        "publication.unsealed/1": _to_seals,
    },
    folds=_FOLDS,
)


# ---------------------------------------------------------------------- what may be asked


@dataclass(frozen=True, slots=True)
class Publication:
    """A row of the register.  ``kind`` is published or historic; ``published_on`` a day, "" for an undated row.

    ``content`` and the hands are those of the original; each correction carries its own.  ``sealed``
    names, by SHA-256, which of the contents are sealed.
    """

    publication: str
    registered_position: int
    kind: str
    registered_at: str
    item: str
    unit: str | None
    title: str
    document_number: str | None
    index_number: str | None
    attribute: str | None
    phase: str | None
    theme: str | None
    written_on: str | None
    content: dict[str, Any] | None
    attachments: tuple[dict[str, Any], ...]
    draft_version: int | None
    withheld_passages: int | None
    competent_unit: str | None
    drafter: str | None
    reviewer: str | None
    secrecy_reviewer: str | None
    approver: str | None
    publisher: str | None
    review: str | None
    published_at: str | None
    client_published_at: str | None
    published_on: str
    column: str | None
    channels: tuple[dict[str, Any], ...]
    flags: tuple[str, ...]
    status: str
    superseded_by: str | None
    superseded_on: str | None
    withdrawn_at: str | None
    withdrawal_reason_code: str | None
    withdrawal_reason: str | None
    corrections: tuple[dict[str, Any], ...]
    archived_at: str | None
    retention: str | None
    archive_number: str | None
    unit_name: str | None
    channel_name: str | None
    historic_kind: str | None
    supersedes: str | None
    note: str | None
    source: dict[str, Any] | None
    sealed: tuple[str, ...]


def list_publications(
    reader: Reader,
    as_of: AsOf = NOW,
    *,
    unit: str | None = None,
    officer: str | None = None,
    role: str | None = None,
    channel: str | None = None,
    item: str | None = None,
    kind: str | None = None,
    status: str | None = None,
    from_day: str | None = None,
    until_day: str | None = None,
    limit: int = 50,
    cursor: str | None = None,
) -> Listed[Publication]:
    """The register, the latest published first.

    ``officer`` finds what went through that officer's hands, in one ``role`` or in any; ``from_day``
    and ``until_day`` (``YYYY-MM-DD``) are both included.
    """
    wanted = {"unit": unit, "item": item, "kind": kind, "status": status}

    def where(view: View, table: Table) -> Iterable[ColumnElement[bool]]:
        yield from (table.c[name] == value for name, value in wanted.items() if value is not None)
        if from_day is not None:
            yield table.c.published_on >= from_day
        if until_day is not None:
            yield table.c.published_on <= until_day
        if officer is not None:
            yield table.c.publication.in_(_through_hands(view, officer, role))
        if channel is not None:
            outlets = view.table("outlets")
            yield table.c.publication.in_(
                select(outlets.c.publication).where(view.holds("outlets"), outlets.c.channel == channel)
            )

    return list_page(
        reader,
        PROJECTION,
        as_of,
        table="publications",
        order=Order(("published_on", "publication"), descending=True, latest="latest"),
        where=where,
        make=publications,
        limit=limit,
        cursor=cursor,
    )


def get(reader: Reader, publication: str, as_of: AsOf = NOW) -> Answer[Publication]:
    """One row of the register."""

    def question(view: View) -> Answer[Publication]:
        row = view.one("publications", publication)
        return Answer(None if row is None else publications(view, [row])[0], view.position)

    return reader.ask(PROJECTION, as_of, question)


def history(reader: Reader, publication: str, as_of: AsOf = NOW) -> Answer[tuple[RowVersion, ...]]:
    """Every version of a register row."""
    return reader.history(PROJECTION, "publications", (publication,), as_of)


def _through_hands(view: View, officer: str, role: str | None) -> Select[tuple[str]]:
    hands = view.table("hands")
    found = select(hands.c.publication).where(view.holds("hands"), hands.c.officer == officer)
    return found if role is None else found.where(hands.c.role == role)


def publications(view: View, rows: list[Content]) -> list[Publication]:
    """Rows of the table as the register shows them: with what is sealed of each."""
    sealed = _sealed_of(view, {row["item"] for row in rows})
    return [typed(Publication, {**row, "sealed": _sealed_among(row, sealed)}) for row in rows]


def _sealed_of(view: View, items: set[str]) -> set[tuple[str, str]]:
    seals = view.table("seals")
    query = select(seals.c.item, seals.c.sha256).where(
        view.holds("seals"), seals.c.item.in_(items), seals.c.unsealed_at.is_(None)
    )
    return {(item, sha256) for item, sha256 in view.connection.execute(query)}


def _sealed_among(row: Content, sealed: set[tuple[str, str]]) -> list[str]:
    shown = [row["content"], *row["attachments"]]
    for correction in row["corrections"]:
        shown += [correction["content"], *(correction["attachments"] or ())]
    hashes = dict.fromkeys(content["sha256"] for content in shown if content is not None)
    return [sha256 for sha256 in hashes if (row["item"], sha256) in sealed]


@dataclass(frozen=True, slots=True)
class Completeness:
    """The register held against the log at one position.

    ``missing`` are the positions of publication events that have no row of their own, and ``extra``
    those that rows claim and no such event stands at; a thousand of each are named at most.
    """

    position: int
    events: int
    rows: int
    missing: tuple[int, ...]
    extra: tuple[int, ...]

    @property
    def is_complete(self) -> bool:
        """Whether every publication event has its row, and every row its event."""
        return self.events == self.rows and not self.missing and not self.extra


def check_complete(reader: Reader, position: int | None = None) -> Completeness:
    """Compare the register with the log: as many rows as publication events, one for one (R89)."""

    def question(view: View) -> Completeness:
        table = view.table("publications")
        claimed = select(table.c.registered_position).where(view.holds("publications"))
        registered = select(entries.c.position).where(
            entries.c.ledger == reader.ledger_number,
            entries.c.position <= view.position,
            entries.c.type.in_(REGISTERED),
        )
        counted = [
            view.connection.execute(select(func.count()).select_from(found.subquery())).scalar_one()
            for found in (registered, claimed)
        ]
        missing, extra = (
            tuple(view.connection.execute(found.limit(LARGEST_PAGE)).scalars())
            for found in (registered.except_(claimed).order_by("position"), claimed.except_(registered))
        )
        return Completeness(view.position, counted[0], counted[1], missing, tuple(sorted(extra)))

    return reader.ask(PROJECTION, AsOf(position=position), question)
