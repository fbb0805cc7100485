"""What comes in and what is learnt from it: public input, supervision, evaluations, new modes (十二) (十三)."""

from typing import Annotated

from fastapi import Response

from aggregates.participation.terms import InputSource, SupervisorKind
from aggregates.registry import Registry
from web.answers import RECORDED
from web.routing import router as a_router
from web.submission import TheSubmission, TheUnconditional
from web.wishes import Code, Instant, Long, OneOf, Short, Wish

inputs = a_router("/public-inputs", "public inputs")
supervision = a_router("/supervision-inputs", "public inputs")
evaluations = a_router("/evaluations", "evaluations")
modes = a_router("/participation-modes", "participation modes")


class PublicInput(Wish):
    """An opinion from the public: source, time, topic, and the words."""

    public_input: Code
    unit: Code
    topic: Short
    source: Annotated[str, OneOf(InputSource)]
    text: Long
    name: Short | None = None
    contact: Short | None = None
    received_at: Instant | None = None


class SupervisionInput(Wish):
    """What a supervisor said on a unit's openness."""

    supervision_input: Code
    unit: Code
    supervisor: Annotated[str, OneOf(SupervisorKind)]
    topic: Short
    source: Annotated[str, OneOf(InputSource)]
    text: Long
    name: Short | None = None
    contact: Short | None = None
    received_at: Instant | None = None


class Evaluation(Wish):
    """How a policy document is carried out; the report is before the public already."""

    evaluation: Code
    item: Code
    report_item: Code
    period: Short
    summary: Long


class ParticipationMode(Wish):
    """A way to take part that the rules do not name."""

    mode: Code
    unit: Code
    name_zh: Short
    name_en: Short
    summary: Long


@inputs.post("", summary="登记民意 · register public input", **RECORDED)
async def register_public_input(wish: PublicInput, submission: TheUnconditional) -> Response:
    """Enter an opinion from the public, by whatever way it came."""
    return await submission.to(Registry.register_public_input, f"public_input/{wish.public_input}", **wish.stated())


@supervision.post("", summary="登记监督意见 · register supervision input", **RECORDED)
async def register_supervision_input(wish: SupervisionInput, submission: TheUnconditional) -> Response:
    """Enter what a deputy, a member, a party, an organisation, a citizen or a newspaper said."""
    about = f"supervision_input/{wish.supervision_input}"
    return await submission.to(Registry.register_supervision_input, about, **wish.stated())


@evaluations.post("", summary="评估执行情况 · evaluate a policy's implementation", **RECORDED)
async def evaluate_implementation(wish: Evaluation, submission: TheSubmission) -> Response:
    """Record an evaluation of a policy document's implementation."""
    return await submission.to(Registry.evaluate_implementation, f"evaluation/{wish.evaluation}", **wish.stated())


@modes.post("", summary="登记参与方式 · register a mode of participation", **RECORDED)
async def register_participation_mode(wish: ParticipationMode, submission: TheSubmission) -> Response:
    """Register a new way to take part; participation may be recorded in it from then on."""
    return await submission.to(Registry.register_participation_mode, f"participation_mode/{wish.mode}", **wish.stated())


ROUTERS = (inputs, supervision, evaluations, modes)
