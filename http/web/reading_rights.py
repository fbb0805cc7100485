"""Who may read what: the public what was published, officers their units' affairs, supervision everything.

What supervision reads of trails and of sealed things is itself recorded, before it is handed out (十).
"""

import uuid

from fastapi import Request

from aggregates.deed import Deed
from aggregates.posts import posts_entitled
from aggregates.registry import Registry
from aggregates.vocabulary import Command
from ledger.entry import Actor
from projections import catalogue, documents
from web.as_of import Moment
from web.envelope import REQUEST_ID
from web.policy import SUPERVISION
from web.principal import HeldPost, Principal
from web.problem_codes import ProblemCode
from web.problems import Problem
from web.service import Service


def supervises(principal: Principal | None) -> bool:
    """Whether somebody's posts open the affairs of every unit."""
    if principal is None:
        return False
    return bool(SUPERVISION.posts & principal.post_names) or principal.in_district_office


def may_take_evidence(principal: Principal | None) -> bool:
    """Whether somebody may take entries away in an evidence package: supervision, in a post that consults the ledger."""
    if principal is None:
        return False
    return supervises(principal) and bool(principal.post_names & set(posts_entitled(Command.CONSULT_LEDGER)))


def may_read_affairs_of(principal: Principal | None, *units: str | None) -> bool:
    """Whether somebody may read what is not before the public, of any of these units."""
    if principal is None:
        return False
    return supervises(principal) or bool(principal.units & set(units))


def not_permitted() -> Problem:
    """The answer to whoever asks for another unit's affairs."""
    return Problem(ProblemCode.NOT_PERMITTED, posts=sorted(SUPERVISION.posts), district_office=True)


async def judge_trail(service: Service, principal: Principal, kind: str, subject: str) -> bool:
    """Whether reading this trail is itself to be recorded.  Raises Problem NOT_PERMITTED."""
    if may_take_evidence(principal):
        return True
    if await _is_own(service, principal, kind, subject):
        return False
    raise not_permitted()


async def _is_own(service: Service, principal: Principal, kind: str, subject: str) -> bool:
    match kind:
        case "officer":
            return subject == principal.officer
        case "unit":
            return subject in principal.units
        case "item" | "publication":
            return bool(principal.units & await service.asking(_units_of, service, subject.partition("#")[0]))
        case _:
            return False


def _units_of(service: Service, item: str) -> set[str]:
    drafted, listed_as = documents.get(service.reader, item).value, catalogue.get(service.reader, item).value
    return {row.unit for row in (drafted, listed_as) if row is not None and row.unit is not None}


def consulting_post(principal: Principal) -> HeldPost:
    """The post in which somebody consults the ledger.  Raises Problem NOT_PERMITTED."""
    for post in posts_entitled(Command.CONSULT_LEDGER):
        for held in principal.posts:
            if held.post == post:
                return held
    raise Problem(ProblemCode.NOT_PERMITTED, posts=[str(post) for post in posts_entitled(Command.CONSULT_LEDGER)])


async def record_consultation(
    request: Request, service: Service, principal: Principal, *, subject: str, moment: Moment, results: int
) -> None:
    """Write down that somebody read the record, about what and as of when; blocks until it is durable."""
    held = consulting_post(principal)
    actor = Actor(principal.officer, held.post, held.unit, principal.credential)
    deed = Deed(
        actor,
        service.clock(),
        command_id=f"{principal.officer}:{uuid.uuid4().hex}",
        correlation_id=request.scope[REQUEST_ID],
    )
    await service.commanding(
        Registry.consult_ledger,
        service.registry,
        deed,
        query=f"{request.method} {request.url.path}",
        subject=subject,
        result_count=results,
        as_of=moment.text,
    )
