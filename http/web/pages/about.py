"""What this service is, how its times are read, and how it is used without sight, mouse or colour."""

from fastapi import Response

from web.pages.route import page_router
from web.pages.visit import TheVisit

router = page_router()


@router.get("/about")
def about(visit: TheVisit) -> Response:
    """A page of text."""
    return visit.page("about.html")
