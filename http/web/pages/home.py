"""The first page: what this is, how far the ledger has come, and what was published last."""

from fastapi import Response

from projections import register
from web.pages.completeness import completeness_at
from web.pages.route import page_router
from web.pages.visit import TheVisit

router = page_router()

_LATEST = 8


@router.get("/")
def home(visit: TheVisit) -> Response:
    """Position and root, a few numbers, the latest publications, and a field to search."""
    reader = visit.service.reader
    latest = register.list_publications(reader, visit.as_of, limit=_LATEST)
    return visit.page(
        "home.html",
        place="home",
        position=latest.position,
        latest=latest.rows,
        completeness=completeness_at(visit, latest.position),
    )
