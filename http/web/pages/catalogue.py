"""The disclosure catalogue (公开目录): what there is, of which unit, and what has become of it."""

from typing import Annotated, Any

from fastapi import Depends, Response

from projections import catalogue
from projections.catalogue import CatalogueItem
from projections.reading import Listed
from projections.searching import Question, UnreadableQuestion, read_question
from web.pages import choices
from web.pages.choices import Chosen, Cursor
from web.pages.exports import Column, Export, Suffix, as_file
from web.pages.labels import LISTED_STATUSES, status_of
from web.pages.problem import PageProblem
from web.pages.route import page_router
from web.pages.visit import TheVisit, Visit
from web.pages.wording import published, term
from web.problem_codes import ProblemCode

router = page_router()

_PAGE = 50

Filters = dict[str, Any]


def the_filters(
    *,
    q: Chosen = "",
    text: Chosen = "",
    unit: Chosen = "",
    attribute: Chosen = "",
    phase: Chosen = "",
    status: Chosen = "",
) -> Filters:
    """What the reader looks for."""
    return choices.stated(q=q, text=text, unit=unit, attribute=attribute, phase=phase, status=status)


TheFilters = Annotated[Filters, Depends(the_filters)]


@router.get("/catalogue")
def catalogue_page(visit: TheVisit, filters: TheFilters, cursor: Cursor = "") -> Response:
    """The items that are before the public, the latest first."""
    listed = _search(visit, filters, _PAGE, cursor or None)
    return visit.page(
        "catalogue.html",
        place="catalogue",
        position=listed.position,
        listed=listed,
        filters=filters,
        units=choices.of_units(visit),
        attributes=choices.of_list(visit, "attribute"),
        phases=choices.of_list(visit, "phase"),
        statuses=choices.of_statuses(visit, LISTED_STATUSES),
    )


@router.get("/catalogue.{suffix}")
def catalogue_file(visit: TheVisit, filters: TheFilters, suffix: Suffix) -> Response:
    """The same list as a file."""
    export = Export("catalogue", _columns(visit), lambda limit, cursor: _search(visit, filters, limit, cursor))
    return as_file(export, suffix, visit.language)


def _search(visit: Visit, filters: Filters, limit: int, cursor: str | None) -> Listed[CatalogueItem]:
    named = {name: value for name, value in filters.items() if name != "q"}
    return catalogue.search(
        visit.service.reader, visit.as_of, **named, question=_question(filters["q"]), limit=limit, cursor=cursor
    )


def _question(text: str | None) -> Question | None:
    if text is None:
        return None
    try:
        return read_question(text)
    except UnreadableQuestion as error:
        raise PageProblem(
            ProblemCode.NOT_VALID,
            ("检索无法理解", "The search cannot be read"),
            ("{zh}", "{en}"),
            zh=error.sentence_zh,
            en=error.sentence_en,
        ) from None


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
        Column("首次发布", "First published", lambda row: published(row.first_published_at)),
        Column("状态", "Status", lambda row: status_of(row.status).text(language)),
    ]
