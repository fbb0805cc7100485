"""The application: ``uvicorn web.app:app``, or ``create_app(settings)`` for one with settings of your own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

import anyio.to_thread
from fastapi import Depends, FastAPI

from ledger.clock import Clock, system_clock
from web import description, problems
from web.api import routers
from web.dependencies import the_reader
from web.envelope import Envelope, configure_logging
from web.metrics import Metrics
from web.outside_figures import OutsideFigures
from web.policies import POLICIES, Doors
from web.policy import PUBLIC
from web.service import Service
from web.settings import Settings
from web.tail import Tail, ending_streams_on_signals

PAGES = "web.pages"
"""The server-rendered pages: a package with ``router``, its ``POLICIES``, and perhaps ``install(app)``."""


def create_app(settings: Settings | None = None, *, clock: Clock = system_clock) -> FastAPI:
    """The application, closed; its lifespan opens the database.

    Raises UnguardedRoute when a route has no policy: what nobody has thought about is not opened.
    """
    chosen = settings or Settings()
    app = FastAPI(
        title=description.TITLE,
        summary=description.SUMMARY,
        description=description.DESCRIPTION,
        version=description.VERSION,
        openapi_url="/api/openapi.json",
        docs_url=None,  # both would load scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_lifespan,
        dependencies=[Depends(the_reader)],
        openapi_tags=description.TAGS,
    )
    app.state.settings, app.state.clock, app.state.metrics = chosen, clock, Metrics()
    app.add_middleware(Envelope, metrics=app.state.metrics, https=chosen.https, largest_body=chosen.largest_body)
    problems.install(app)
    for router in routers():
        app.include_router(router)
    policies = {**POLICIES, **_include_pages(app)}
    if chosen.entries_public:
        policies["GET /tlog/tile/entries/{name}"] = PUBLIC
    app.state.doors = Doors.of(app.routes, policies)
    description.complete(app)
    return app


def _include_pages(app: FastAPI) -> dict[str, Any]:
    """Add the pages where they are installed; answers their policies."""
    if find_spec(PAGES) is None:
        return {}
    pages: ModuleType = import_module(PAGES)
    if hasattr(pages, "router"):
        app.include_router(pages.router)
    if hasattr(pages, "install"):
        pages.install(app)
    return dict(getattr(pages, "POLICIES", {}))


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Open the service, serve, close it; blocking both times, hence in a thread."""
    configure_logging(app.state.settings.log_format)
    service = await anyio.to_thread.run_sync(Service, app.state.settings, app.state.clock)
    service.tail = Tail(service.ledger, asyncio.get_running_loop(), app.state.metrics)
    app.state.service = service
    app.state.metrics.watch(service.ledger, service.projector, OutsideFigures(service.outside, service.ledger))
    try:
        service.start()
        with ending_streams_on_signals(service.tail):
            yield
    finally:
        service.tail.end_streams()
        await anyio.to_thread.run_sync(service.close)
        app.state.metrics.forget()


def __getattr__(name: str) -> FastAPI:
    """Make ``app`` when a server asks for it, so that importing this module reads no environment."""
    if name != "app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()["app"] = create_app()
    made: FastAPI = globals()["app"]
    return made
