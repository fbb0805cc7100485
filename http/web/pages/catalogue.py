"""The disclosure catalogue (公开目录): what there is, of which unit, and what has become of it."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Query, Response

from aggregates.vocabulary import Attribute, Phase
from projections import catalogue
from projections.catalogue import CatalogueItem
from projections.reading import Listed
from web.pages.exports import Column, Suffix, as_file
from web.pages.labels import LISTED_STATUSES, status_of
from web.pages.route import page_router
from web.pages.visit import TheVisit, Visit
from web.pages.wording import instant_in_short, term

router = page_router()

_PAGE = 50
_LONGEST_CURSOR = 500

Chosen = Annotated[str, Query(max_length=100)]
Cursor = Annotated[str, Query(max_length=_LONGEST_CURSOR)]


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader looks for; a field left empty leaves everything in."""

    text: str
    unit: str
    attribute: str
    phase: str
    status: str

    @property
    def stated(self) -> dict[str, Any]:
        """The filters as the catalogue is asked."""
        values = {"text": self.text.strip(), "unit": self.unit, "attribute": self.attribute, "phase": self.phase}
        return {name: value or None for name, value in {**values, "status": self.status}.items()}


def the_filters(
    text: Chosen = "", unit: Chosen = "", attribute: Chosen = "", phase: Chosen = "", status: Chosen = ""
) -> Filters:
    """Read the filters from the address."""
    return Filters(text, unit, attribute, phase, status)


TheFilters = Annotated[Filters, Depends(the_filters)]


@router.get("/catalogue")
def catalogue_page(visit: TheVisit, filters: TheFilters, cursor: Cursor = "") -> Response:
    """The items that are before the public, the latest first."""
    listed = _search(visit, filters, _PAGE, cursor or None)
    language = visit.language
    return visit.page(
        "catalogue.html",
        place="catalogue",
        position=listed.position,
        listed=listed,
        filters=filters,
        is_filtered=any(filters.stated.values()),
        units=[(code, names[0 if language == "zh" else 1]) for code, names in visit.names.units.items()],
        attributes=[(str(code), term(language, "attribute", code)) for code in Attribute],
        phases=[(str(code), term(language, "phase", code)) for code in Phase],
        statuses=[(code, status_of(code).text(language)) for code in LISTED_STATUSES],
    )


@router.get("/catalogue.{suffix}")
def catalogue_file(visit: TheVisit, filters: TheFilters, suffix: Suffix) -> Response:
    """The same list as a file."""

    def fetch(limit: int, cursor: str | None) -> Listed[CatalogueItem]:
        return _search(visit, filters, limit, cursor)

    return as_file("catalogue", suffix, visit.language, _columns(visit), fetch)


def _search(visit: Visit, filters: Filters, limit: int, cursor: str | None) -> Listed[CatalogueItem]:
    return catalogue.search(visit.service.reader, visit.as_of, **filters.stated, limit=limit, cursor=cursor)


def _columns(visit: Visit) -> list[Column[CatalogueItem]]:
    language, names = visit.language, visit.names
    return [
        Column("事项编号", "Item", lambda row: row.item),
        Column("标题", "Title", lambda row: row.title),
        Column("发布单位", "Unit", lambda row: names.unit(row.unit, language) or row.unit or row.unit_name),
        Column("文号", "Document number", lambda row: row.document_number),
        Column("索引号", "Index number", lambda row: row.index_number),
        Column("公开属性", "Attribute", lambda row: term(language, "attribute", row.attribute)),
        Column("五公开类别", "Phase", lambda row: term(language, "phase", row.phase)),
        Column("主题", "Theme", lambda row: row.theme),
        Column("成文日期", "Written on", lambda row: row.written_on),
        Column("首次发布", "First published", lambda row: _when(row.first_published_at)),
        Column("状态", "Status", lambda row: status_of(row.status).text(language)),
    ]


def _when(value: str | None) -> str:
    """A publication's time: an instant, or only the day where an old register knew no more."""
    return instant_in_short(value) if value and "T" in value else value or ""
