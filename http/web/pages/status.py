"""How far the projections have come, for whoever is on duty."""

from fastapi import Response

from web.pages.route import page_router
from web.pages.visit import TheVisit

router = page_router()


@router.get("/status")
def status(visit: TheVisit) -> Response:
    """Every projection with its state, its position and what stopped it."""
    projections = visit.service.projector.status()
    behind = any(one.lag or one.state != "live" for one in projections)
    return visit.page(
        "status.html",
        projections=projections,
        behind=behind,
        outside=visit.service.outside,
        stamp=visit.service.ledger.published.latest_stamp(),
    )
