"""For whoever runs the service: is it alive, is it ready, how is it doing, how long is the log."""

import hmac
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy.exc import SQLAlchemyError

from aggregates.vocabulary import Post
from ledger import instants
from projections.engine import ProjectionStatus
from web.dependencies import TheReader, TheService
from web.metrics import CONTENT_TYPE
from web.policy import not_signed_in
from web.principal import Principal
from web.problem_codes import ProblemCode
from web.problems import Problem
from web.routing import GuardedRoute
from web.service import Service
from web.wire import dump

router = APIRouter(tags=["operations"], route_class=GuardedRoute)


@router.get("/health/live", summary="进程是否在运行 · the process runs")
async def live() -> Response:
    """Answer as long as the process can answer; asks nothing of the database."""
    return Response(dump({"status": "live"}), media_type="application/json")


@router.get(
    "/health/ready",
    summary="能否受理请求 · requests can be served",
    responses={503: {"description": "数据库不可用，或查询数据落后过多 · database away, or projections too far behind"}},
)
async def ready(service: TheService) -> Response:
    """Answer 200 when the database is there, its schema is ours, and no projection is too far behind or stopped.

    ``notices`` says what witnesses and the time-stamping authority are behind with; it takes no service away.
    """
    checks, notices = await service.asking(_checks, service)
    all_well = all(check == "ok" for check in checks.values())
    status = HTTPStatus.OK if all_well else HTTPStatus.SERVICE_UNAVAILABLE
    body = {"status": "ready" if all_well else "not ready", "checks": checks, "notices": notices}
    headers = {} if all_well else {"Retry-After": "5"}
    return Response(dump(body), status, headers, "application/json")


_OTHER_SCHEMA = "the schema is not the one this program was written for: run the migration"


def _checks(service: Service) -> tuple[dict[str, str], dict[str, str]]:
    try:
        size = service.ledger.feed.size()
        schema = "ok" if service.schema_is_ours() else _OTHER_SCHEMA
        checks = {"database": "ok", "schema": schema, **_projection_checks(service)}
        return checks, service.outside.notices(size)
    except SQLAlchemyError:
        return {"database": "the database does not answer"}, {}


def _projection_checks(service: Service) -> dict[str, str]:
    largest = service.settings.largest_lag
    return {f"projection:{status.name}": _check(status, largest) for status in service.projector.status()}


def _check(status: ProjectionStatus, largest_lag: int) -> str:
    if status.generation == 0:
        return "not written yet: a projection worker is still to write it"
    if status.state == "stopped":
        return "stopped at an event it cannot fold"
    return f"{status.lag} entries behind" if status.lag > largest_lag else "ok"


@router.get("/metrics", summary="运行指标 · figures for the monitoring system", response_class=Response)
async def metrics(request: Request, service: TheService) -> Response:
    """All figures in Prometheus' text format; not public unless the settings say so."""
    await _admit_to_metrics(request, service)
    exposition = await service.asking(request.app.state.metrics.exposition)
    return Response(exposition, media_type=CONTENT_TYPE)


async def _admit_to_metrics(request: Request, service: Service) -> None:
    settings = service.settings
    if settings.metrics_public:
        return
    given = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
    own = settings.metrics_token
    if own is not None and given and hmac.compare_digest(given.encode(), own.get_secret_value().encode()):
        return
    principal: Principal | None = await service.asking(service.principals.recognise, given) if given else None
    if principal is None:
        raise not_signed_in()
    if Post.ADMINISTRATOR not in principal.post_names:
        raise Problem(ProblemCode.NOT_PERMITTED, posts=[str(Post.ADMINISTRATOR)], district_office=False)


@router.get("/api/head", summary="台账现状 · how far the log has come")
async def head(service: TheService) -> Response:
    """Size, root hash and last moment of the log: what a witness keeps, so that nothing can be taken back."""
    now = await service.asking(service.ledger.head)
    body: dict[str, Any] = {
        "ledger": service.ledger.name,
        "size": now.size,
        "root": now.root.hex(),
        "recorded_at": None if now.recorded_at is None else instants.to_text(now.recorded_at),
    }
    return Response(dump(body), media_type="application/json")


@router.get("/api/me", summary="本人现任岗位 · who is signed in, and the posts held now")
async def me(principal: TheReader) -> Response:
    """The officer's code and posts; how ``Acting-Post`` may name them."""
    assert principal is not None
    body = {
        "officer": principal.officer,
        "posts": [{"post": held.post, "unit": held.unit, "acting_post": str(held)} for held in principal.posts],
        "district_office": principal.in_district_office,
    }
    return Response(dump(body), media_type="application/json")
