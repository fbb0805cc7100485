"""The disclosure catalogue (公开目录): one row an item, from its draft to whatever became of it.

What the public may see is ``listed``: what was published, whatever has become of it since, and what it
was decided (approved) not to publish, with attribute and legal basis.  Drafts, what a secrecy question
is open about and what was determined to be secret are kept but not listed.  Severed passages are
counted; neither their text nor their place nor the reasons stand here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table, func, or_

from aggregates.vocabulary import Attribute, SecrecyConclusion, SecrecyDetermination
from projections import search_index
from projections.feed import Event
from projections.projection import KeylessFold, Route, TableProjection, keyless, nothing_known, picked, to
from projections.reading import THE_ONLY, Answer, Listed, Order, Reader, RowVersion, View, each, list_page
from projections.searching import ROLES, Question, searched, written
from projections.tables import Shape, flags, integers, jsons, texts
from projections.temporal import NOW, AsOf, Content, Key

ITEMS = Shape(
    "items",
    key=texts("item"),
    content=(
        *texts("unit unit_name title document_number index_number attribute phase theme written_on"),
        *jsons("legal_basis"),
        *integers("withheld_passages"),
        # The publication that stands, or stood last.
        *texts("publication first_published_at published_at competent_unit column"),
        *jsons("channels content attachments"),
        *texts("standing withdrawal_reason superseded_by supersedes"),
        *jsons("sealed"),
        *flags("historic decided in_question secret listed"),
        *texts("status listed_on"),
        # By what the search finds it.
        *texts("searched hands"),
    ),
    orders=(("listed_on",), ("unit", "listed_on")),
    compared=True,
)

LATEST = Shape("latest", key=texts("list"), content=texts("listed_on"))

STATUSES = (
    "drafting",
    "pending",
    "undisclosed",
    "secret",
    "published",
    "corrected",
    "withdrawn",
    "superseded",
    "sealed",
)
"""What becomes of an item: on its way and not listed (``drafting`` until approved, then ``pending`` until
published), kept back with its legal basis (``undisclosed``), ``secret`` (not listed), or published and
since then corrected, withdrawn, superseded, or sealed."""

_UNLISTED = frozenset({"drafting", "pending", "secret"})
_PUBLIC = frozenset({Attribute.PROACTIVE, Attribute.PARTIAL})


# ---------------------------------------------------------------------- the folds


def _drafted(row: Content | None, event: Event) -> Content:
    data = event.data
    named = picked(data, "unit", "title", "document_number", "index_number", "phase", "theme", "written_on")
    return _placed(_searched({**(row or nothing_known(ITEMS)), **named, "listed_on": _day(event)}, event))


def _attribute_determined(row: Content | None, event: Event) -> Content | None:
    if row is None:
        return None
    data = event.data
    determined = {
        "attribute": data["attribute"],
        "legal_basis": data.get("legal_basis") or [],
        "withheld_passages": len(data.get("severed_passages") or ()),
        "decided": False,
    }
    # What stands published keeps the attribute under which it went out.
    return row if row["standing"] in {"published", "corrected"} else _placed({**row, **determined})


def _approved(row: Content | None, _event: Event) -> Content | None:
    """The attribute travels with the document (随公文一并报批): approved with it, it is decided."""
    return None if row is None else _placed({**row, "decided": True})


def _secrecy_reviewed(row: Content | None, event: Event) -> Content | None:
    return row if event.data["conclusion"] != SecrecyConclusion.ESCALATED else _secrecy_escalated(row, event)


def _secrecy_escalated(row: Content | None, _event: Event) -> Content | None:
    return None if row is None else _placed({**row, "in_question": True})


def _secrecy_determined(row: Content | None, event: Event) -> Content | None:
    if row is None:
        return None
    secret = event.data["conclusion"] == SecrecyDetermination.SECRET
    return _placed({**row, "in_question": False, "secret": secret})


def _published(row: Content | None, event: Event) -> Content:
    data = event.data
    before = row or nothing_known(ITEMS)
    first = before["first_published_at"] or data["published_at"]
    published = {
        **before,
        **picked(
            data, "unit", "title", "document_number", "index_number", "attribute", "phase", "theme", "written_on",
            "publication", "published_at", "competent_unit", "column", "withheld_passages", "channels", "content",
            "attachments",
        ),
        "first_published_at": first,
        "hands": _through_hands(before, event),
        "listed_on": _day(event) if before["first_published_at"] is None else before["listed_on"],
        "standing": "published",
        "withdrawal_reason": None,
        "superseded_by": None,
        # A text that went out through review and approval is another than the one found secret.
        "secret": False,
    }  # fmt: skip
    return _placed(_searched(published, event))


def _historic_recorded(key: Key, row: Content | None, event: Event) -> Content | None:
    """A row of an old register: what it says, and nothing about reviews, of which it knows none."""
    data = event.data
    if key != (data["item"],):
        return _succeeded_by(row, data["item"])
    before = row or nothing_known(ITEMS)
    published_on = data.get("published_on")
    named = picked(data, "unit", "unit_name", "title", "theme", "written_on", "publication", "supersedes")
    recorded = {
        **before,
        **named,
        "document_number": data.get("number"),
        "first_published_at": before["first_published_at"] or published_on,
        "published_at": published_on,
        "channels": [] if data.get("channel_name") is None else [data["channel_name"]],
        "listed_on": _day(event),
        "standing": "published",
        "historic": True,
    }
    return _placed(_searched(recorded, event))


def _channel_added(row: Content | None, event: Event) -> Content | None:
    if row is None or row["publication"] != event.data["publication"]:
        return row
    channel = event.data["channel"]
    return row if channel in row["channels"] else {**row, "channels": [*row["channels"], channel]}


def _corrected(row: Content | None, event: Event) -> Content | None:
    data = event.data
    if row is None or row["publication"] != data["publication"]:
        return row
    shown = {**picked(data, "content", "attachments"), "title": data.get("title") or row["title"]}
    named = {"standing": "corrected", "hands": _through_hands(row, event)}
    return _placed(_searched({**row, **shown, **named}, event))


def _withdrawn(row: Content | None, event: Event) -> Content | None:
    data = event.data
    if row is None or row["publication"] != data["publication"]:
        return row
    return _placed({**row, "channels": [], "standing": "withdrawn", "withdrawal_reason": data["reason_code"]})


def _superseded(key: Key, row: Content | None, event: Event) -> Content | None:
    data = event.data
    if key == (data["item"],):
        return _succeeded_by(row, data["by_item"])
    return None if row is None else {**row, "supersedes": data["item"]}


def _succeeded_by(row: Content | None, item: str) -> Content | None:
    return None if row is None else _placed({**row, "standing": "superseded", "superseded_by": item})


def _sealed(row: Content | None, event: Event) -> Content | None:
    if row is None:
        return None
    return _placed({**row, "sealed": sorted({*(row["sealed"] or ()), *event.data["sha256s"]})})


def _unsealed(row: Content | None, event: Event) -> Content | None:
    if row is None:
        return None
    return _placed({**row, "sealed": sorted(set(row["sealed"] or ()) - set(event.data["sha256s"]))})


def _searched(row: Content, event: Event) -> Content:
    """A row with its names as they are searched."""
    return {**row, "searched": searched(*(row[name] for name in _NAMES), event.data["item"])}


_NAMES = ("title", "document_number", "index_number")


def _through_hands(row: Content, event: Event) -> str:
    """The officers through whose hands the item's publications have gone, each code between blanks."""
    named = {str(code) for role in ROLES if (code := event.data.get(role))}
    return f" {' '.join(sorted(named.union((row['hands'] or '').split())))} "


def _placed(row: Content) -> Content:
    """A changed row with its status, and whether the public sees it."""
    status = _status(row)
    return {**row, "status": status, "listed": status not in _UNLISTED}


def _day(event: Event) -> str:
    """The day by which the event places its item in the list: of publication, else of writing."""
    data = event.data
    if event.type == "publication.published/1":
        return event.occurred_on
    return data.get("published_on") or data.get("written_on") or event.occurred_on


def _latest(row: Content | None, event: Event) -> Content:
    day = _day(event)
    return row if row is not None and row["listed_on"] >= day else {"listed_on": day}


def _status(row: Content) -> str:
    if row["secret"]:
        return "secret"
    if row["standing"]:
        shown = [] if row["content"] is None else [row["content"], *(row["attachments"] or ())]
        is_sealed = any(content["sha256"] in (row["sealed"] or ()) for content in shown)
        return "sealed" if is_sealed else str(row["standing"])
    if row["attribute"] is None or not row["decided"]:
        return "drafting"
    return "pending" if row["attribute"] in _PUBLIC or row["in_question"] else "undisclosed"


def _with_other(name: str) -> Route:
    """The route to the event's own item and to the other one that it names, if it does."""

    def route(event: Event) -> list[tuple[str, Key]]:
        item, other = event.data["item"], event.data.get(name)
        return [("items", (key,)) for key in dict.fromkeys([item, other]) if key is not None]

    return route


def _placing(route: Route) -> Route:
    """A route that goes by the latest day too."""
    return lambda event: [*route(event), ("latest", (THE_ONLY,))]


_FOLDS: dict[str, KeylessFold] = {
    "document.drafted/1": _drafted,
    "document.attribute_determined/1": _attribute_determined,
    "document.approved/1": _approved,
    "document.secrecy_reviewed/1": _secrecy_reviewed,
    "document.secrecy_escalated/1": _secrecy_escalated,
    "document.secrecy_determined/1": _secrecy_determined,
    "publication.published/1": _published,
    "publication.channel_added/1": _channel_added,
    "publication.corrected/1": _corrected,
    "publication.withdrawn/1": _withdrawn,
    "publication.sealed/1": _sealed,
    "publication.unsealed/1": _unsealed,
}

_PLACING = ("document.drafted/1", "publication.published/1", "publication.historic_recorded/1")

PROJECTION = TableProjection(
    name="catalogue",
    version=4,
    tables=(ITEMS, LATEST),
    routes={
        **dict.fromkeys(_FOLDS, to("items", "item")),
        "document.drafted/1": _placing(to("items", "item")),
        "publication.published/1": _placing(to("items", "item")),
        "publication.historic_recorded/1": _placing(_with_other("supersedes")),
        "publication.superseded/1": _with_other("by_item"),
    },
    folds={
        **keyless({("latest", type_): _latest for type_ in _PLACING}),
        **keyless({("items", type_): fold for type_, fold in _FOLDS.items()}),
        ("items", "publication.superseded/1"): _superseded,
        ("items", "publication.historic_recorded/1"): _historic_recorded,
    },
)


# ---------------------------------------------------------------------- what may be asked


@dataclass(frozen=True, slots=True)
class CatalogueItem:
    """An item of the catalogue.  ``status`` is one of ``STATUSES``; days are the district's, ``YYYY-MM-DD``.

    ``listed_on`` is the day by which it stands in the list: of first publication, else of writing.
    ``unit_name`` is what an old register called the unit, where only that is known.
    """

    item: str
    unit: str | None
    unit_name: str | None
    title: str
    document_number: str | None
    index_number: str | None
    attribute: str | None
    legal_basis: tuple[str, ...] | None
    withheld_passages: int | None
    phase: str | None
    theme: str | None
    written_on: str | None
    status: str
    listed: bool
    listed_on: str
    publication: str | None
    first_published_at: str | None
    published_at: str | None
    competent_unit: str | None
    column: str | None
    channels: tuple[str, ...] | None
    content: dict[str, Any] | None
    attachments: tuple[dict[str, Any], ...] | None
    withdrawal_reason: str | None
    superseded_by: str | None
    supersedes: str | None
    historic: bool | None


def search(
    reader: Reader,
    as_of: AsOf = NOW,
    *,
    unit: str | None = None,
    attribute: str | None = None,
    phase: str | None = None,
    status: str | None = None,
    text: str | None = None,
    question: Question | None = None,
    listed_only: bool = True,
    limit: int = 50,
    cursor: str | None = None,
) -> Listed[CatalogueItem]:
    """The catalogue, the latest first; ``text`` is a part of the title or of a number, as it is written.

    ``question`` is a search (``projections.searching.read_question``), answered by the index.
    ``listed_only=False`` shows the items on their way too, and is not for the public.
    """
    wanted = {"unit": unit, "attribute": attribute, "phase": phase, "status": status}

    def where(view: View, table: Table) -> Iterable[ColumnElement[bool]]:
        if listed_only:
            yield table.c.listed
        yield from (table.c[name] == value for name, value in wanted.items() if value is not None)
        if text:
            yield _contains(table, text)
        if question is not None:
            yield from _answers(view, table, question)

    return list_page(
        reader,
        PROJECTION,
        as_of,
        table="items",
        order=Order(("listed_on", "item"), descending=True, latest="latest"),
        where=where,
        make=each(CatalogueItem),
        limit=limit,
        cursor=cursor,
    )


def _answers(view: View, table: Table, question: Question) -> Iterable[ColumnElement[bool]]:
    """The conditions of a search: what was asked, and, where the index knows few items for it, which these are."""
    yield from (table.c.searched.contains(written(term), autoescape=True) for term in question.terms)
    yield from (table.c[name] == value for name, value in question.equals.items())
    yield from (table.c.hands.contains(f" {officer} ", autoescape=True) for officer in question.by)
    if question.from_day is not None:
        yield table.c.listed_on >= question.from_day
    if question.to_day is not None:
        yield table.c.listed_on <= question.to_day
    few = search_index.fewest(view, question)
    if few is not None:
        yield table.c.item.in_(few)


def _contains(table: Table, text: str) -> ColumnElement[bool]:
    part = text.lower()
    columns = (table.c.title, table.c.document_number, table.c.index_number, table.c.item)
    return or_(*(func.lower(column).contains(part, autoescape=True) for column in columns))


def get(reader: Reader, item: str, as_of: AsOf = NOW) -> Answer[CatalogueItem]:
    """One item, listed or not."""
    return reader.get(PROJECTION, as_of, "items", (item,), CatalogueItem)


def history(reader: Reader, item: str, as_of: AsOf = NOW) -> Answer[tuple[RowVersion, ...]]:
    """Every version of an item's row."""
    return reader.history(PROJECTION, "items", (item,), as_of)
