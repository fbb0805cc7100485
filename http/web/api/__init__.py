"""The API: one module a noun, each with what may be asked of it and what may be read of it."""

from fastapi import APIRouter

from web.api import (
    cases,
    catalogue,
    channels,
    columns,
    consultations,
    contents,
    district,
    documents,
    events,
    found,
    historic,
    officers,
    operations,
    personal,
    problems,
    projections,
    publications,
    register,
    rulesets,
    tlog,
    trails,
    units,
    workflows,
)


def routers() -> tuple[APIRouter, ...]:
    """Every router of the API; the first are asked most often, and a request is matched in this order."""
    return (
        publications.router,
        documents.router,
        contents.router,
        contents.uploads,
        catalogue.router,
        register.router,
        trails.router,
        tlog.router,
        events.router,
        found.router,
        historic.router,
        cases.router,
        consultations.router,
        personal.router,
        district.router,
        units.router,
        officers.router,
        channels.router,
        columns.router,
        workflows.router,
        rulesets.router,
        projections.router,
        problems.router,
        operations.router,
    )
