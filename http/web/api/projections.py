"""How far what can be read has come: position, lag and state of every projection."""

from typing import Any

from fastapi import Response

from ledger import instants
from projections.engine import ProjectionStatus
from web.answers import READ
from web.dependencies import TheService
from web.routing import router as a_router
from web.wire import dump

router = a_router("/projections", "projections")


@router.get("", summary="查询数据状态 · how the projections stand", **READ)
async def list_projections(service: TheService) -> Response:
    """Every projection with its position and the entries it is behind; a stopped one says where it stopped."""
    found = await service.asking(service.projector.status)
    return Response(dump({"rows": [_shown(status) for status in found]}), media_type="application/json")


def _shown(status: ProjectionStatus) -> dict[str, Any]:
    dead = status.dead_letter
    return {
        "name": status.name,
        "version": status.version,
        "generation": status.generation,
        "position": status.position,
        "lag": status.lag,
        "state": status.state,
        "building_position": status.building_position,
        "stopped_at": None if dead is None else dead.position,
        "stopped_since": None if dead is None else instants.to_text(dead.since),
    }
