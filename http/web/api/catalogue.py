"""The disclosure catalogue (公开目录): what was published, and what is not, with its attribute and basis."""

from typing import Annotated

from fastapi import Query, Request, Response

from aggregates.vocabulary import Attribute, Phase
from projections import catalogue
from projections.reading import Answer
from projections.searching import Question, UnreadableQuestion, read_question
from web.answers import READ, Named
from web.as_of import TheMoment
from web.asking import ask, listed, one
from web.dependencies import TheReader, TheService
from web.paging import Cursor, Limit
from web.problem_codes import ProblemCode
from web.problems import Problem
from web.reading_rights import may_read_affairs_of, supervises
from web.routing import router as a_router
from web.wishes import CODE_PATTERN, OneOf

router = a_router("/catalogue", "catalogue")

UnitFilter = Annotated[str | None, Query(pattern=CODE_PATTERN, description="单位 · unit")]
TextFilter = Annotated[
    str | None,
    Query(
        min_length=1,
        max_length=100,
        pattern=r"^[^\x00-\x1f\x7f]*$",
        description="标题或文号的一部分 · part of the title or number",
    ),
]
SearchFilter = Annotated[
    str | None,
    Query(
        min_length=1,
        max_length=200,
        pattern=r"^[^\x00-\x1f\x7f]*$",
        description="检索 · search: terms, and unit: attr: phase: by: from: to:",
        examples=["公开目录 attr:主动公开 from:2025"],
    ),
]


def question_of(text: str) -> Question:
    """A search as it was understood.  Raises Problem NOT_VALID."""
    try:
        return read_question(text)
    except UnreadableQuestion as error:
        raise Problem(ProblemCode.NOT_VALID, errors=[{"pointer": "query:q", "detail": str(error)}]) from None


@router.get("", summary="公开目录 · the disclosure catalogue", **READ)
async def list_catalogue(
    *,
    request: Request,
    service: TheService,
    principal: TheReader,
    moment: TheMoment,
    unit: UnitFilter = None,
    attribute: Annotated[str | None, OneOf(Attribute), Query(description="公开属性 · attribute")] = None,
    phase: Annotated[str | None, OneOf(Phase), Query(description="五公开 · phase")] = None,
    status: Annotated[str | None, Query(max_length=40, pattern=r"^[a-z_]+$")] = None,
    text: TextFilter = None,
    q: SearchFilter = None,
    unlisted: Annotated[bool, Query(description="含办理中的事项(限监督岗位) · also what is on its way")] = False,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """The catalogue, the latest first; what is on its way only to supervision."""
    question = None if q is None else question_of(q)
    found = await ask(
        service,
        catalogue.PROJECTION.name,
        moment,
        lambda reader, as_of: catalogue.search(
            reader,
            as_of,
            unit=unit,
            attribute=attribute,
            phase=phase,
            status=status,
            text=text,
            question=question,
            listed_only=not (unlisted and supervises(principal)),
            limit=limit,
            cursor=cursor,
        ),
        cursor,
    )
    return listed(request, found)


@router.get("/{item}", summary="目录中的一项 · one item of the catalogue", **READ)
async def read_catalogue_item(item: Named, service: TheService, principal: TheReader, moment: TheMoment) -> Response:
    """One item; what is not listed only to officers of its unit and to supervision."""
    found = await ask(
        service, catalogue.PROJECTION.name, moment, lambda reader, as_of: catalogue.get(reader, item, as_of)
    )
    row = found.value
    if row is not None and not row.listed and not may_read_affairs_of(principal, row.unit):
        return one(Answer(None, found.position))
    return one(found)
