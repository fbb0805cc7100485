"""Training, and officers who turn out to be one person (十) (十六)."""

from typing import Annotated

from fastapi import Response
from pydantic import Field

from aggregates.organisation.words_lists import Audience, TrainingKind, TrainingResult
from aggregates.registry import Registry
from web.answers import RECORDED, Named
from web.routing import router as a_router
from web.submission import TheSubmission
from web.wishes import Code, Codes, Day, Long, OneOf, Short, Wish

router = a_router("", "training")

AudienceCode = Annotated[str, OneOf(Audience)]


class Present(Wish):
    """An audience and how many of it were there."""

    audience: AudienceCode
    attended: Annotated[int, Field(ge=0, le=100_000)]


class Training(Wish):
    """A training as it was held; officers named with one audience have their results settled by it."""

    training: Code
    kind: Annotated[str, OneOf(TrainingKind)]
    title_zh: Short
    audiences: Annotated[list[Present], Field(max_length=3)]
    held_on: Day | None = None
    attended: Codes = Field(default_factory=list)
    absent: Codes = Field(default_factory=list)


class Result(Wish):
    """What it came to for an officer, as one of an audience."""

    officer: Code
    audience: AudienceCode
    result: Annotated[str, OneOf(TrainingResult)]


class Link(Wish):
    """The other code of the same person, and what that rests on."""

    same_as: Code
    basis: Long


@router.post("/trainings", summary="举办培训 · hold a training", **RECORDED)
async def hold_training(wish: Training, submission: TheSubmission) -> Response:
    """Record a training, yearly or for newcomers, with its audiences."""
    return await submission.to(Registry.hold_training, f"training/{wish.training}", **wish.stated())


@router.post("/trainings/{training}/results", summary="登记培训结果 · record a training result", **RECORDED)
async def record_training_result(training: Named, wish: Result, submission: TheSubmission) -> Response:
    """Record what a training came to for one officer."""
    stream = f"officer/{wish.officer}"
    return await submission.to(Registry.record_training_result, stream, training=training, **wish.stated())


@router.post("/officers/{officer}/links", summary="认定同一人 · declare two officer codes one person", **RECORDED)
async def link_officers(officer: Named, wish: Link, submission: TheSubmission) -> Response:
    """Declare it; from then on every separation of duties counts the two codes as one person."""
    return await submission.to(Registry.link_officers, "persons/district", officer=officer, **wish.stated())
