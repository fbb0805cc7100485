"""Workflows: the steps of a unit's documents on their way to the public (一)."""

from typing import Annotated

from fastapi import Query, Response
from pydantic import Field

from aggregates.registry import Registry
from aggregates.vocabulary import WorkflowStep
from projections import directory
from web.answers import READ, RECORDED
from web.as_of import TheMoment
from web.asking import ask, many
from web.dependencies import TheService
from web.routing import router as a_router
from web.submission import TheSubmission
from web.wishes import CODE_PATTERN, Code, OneOf, Short, Wish

router = a_router("/workflows", "workflows")


class WorkflowAdoption(Wish):
    """The next version of a unit's workflow."""

    unit: Code
    workflow: Code
    steps: Annotated[list[Annotated[str, OneOf(WorkflowStep)]], Field(min_length=1, max_length=40)]
    title_zh: Short


@router.post("", summary="启用流程 · adopt a workflow", **RECORDED)
async def adopt_workflow(wish: WorkflowAdoption, submission: TheSubmission) -> Response:
    """Adopt a version; attribute review, secrecy review and approval cannot be left out."""
    return await submission.to(Registry.adopt_workflow, f"workflow/{wish.unit}", **wish.stated())


@router.get("", summary="流程各版本 · every version of the workflows", **READ)
async def list_workflows(
    service: TheService,
    moment: TheMoment,
    unit: Annotated[str | None, Query(pattern=CODE_PATTERN, description="单位 · unit")] = None,
) -> Response:
    """Every workflow version adopted, of one unit or of all."""
    return many(
        await ask(
            service,
            directory.PROJECTION.name,
            moment,
            lambda reader, as_of: directory.workflows(reader, as_of, unit=unit),
        )
    )
