"""Rulesets: how the district settles what the rules leave open."""

from typing import Annotated

from fastapi import Response
from pydantic import Field

from aggregates.registry import Registry
from aggregates.vocabulary import Mode
from projections import directory
from web.answers import READ, RECORDED
from web.as_of import TheMoment
from web.asking import ask, many
from web.dependencies import TheService
from web.routing import router as a_router
from web.submission import TheSubmission
from web.wishes import Code, Day, OneOf, Short, Wish

router = a_router("/rulesets", "rulesets")

_Parameters = Annotated[
    dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,60}$")], Annotated[str, OneOf(Mode)]], Field(max_length=40)
]


class RulesetAdoption(Wish):
    """The next version of the district's rules; each parameter is REFUSE or FLAG."""

    ruleset: Code
    document_number: Short
    title_zh: Short
    effective_from: Day
    parameters: _Parameters | None = None


@router.post("", summary="启用规则集 · adopt a ruleset", **RECORDED)
async def adopt_ruleset(wish: RulesetAdoption, submission: TheSubmission) -> Response:
    """Adopt a version, for what happens from ``effective_from`` on."""
    return await submission.to(Registry.adopt_ruleset, "ruleset/district", **wish.stated())


@router.get("", summary="规则集各版本 · every version of the rules", **READ)
async def list_rulesets(service: TheService, moment: TheMoment) -> Response:
    """Every ruleset version adopted, in the order of adoption; before the first the built-in rules hold."""
    return many(await ask(service, directory.PROJECTION.name, moment, directory.rulesets))
