"""A command on its way to the Registry: who asks in which post, under which key, on which version.

Headers of every command:
``Idempotency-Key``  makes a repetition harmless: same key and same request, same answer.  Without one
                     the command gets an id of its own, and repeating it is asking again.
``If-Match``         the version the caller has read (the ETag); where it is required, 428 without it.
``Acting-Post``      ``publisher`` or ``publisher@U05``, where several posts held may do this.
"""

import re
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from typing import Annotated, Any, Concatenate, ParamSpec, TypeVar

from fastapi import Depends, Header, Request, Response

from aggregates.area_words import AREAS
from aggregates.deed import PUBLIC, Deed
from aggregates.posts import posts_entitled
from aggregates.refusal import Refusal
from aggregates.registry import Registry
from aggregates.terms import CommandName
from aggregates.vocabulary import COMMANDS as ALL_COMMANDS
from aggregates.vocabulary import Command, Post
from ledger import canonical
from ledger.append import Receipt
from ledger.entry import Actor
from web import receipts
from web.envelope import REQUEST_ID
from web.guard import policy_of, principal_of
from web.policy import not_signed_in
from web.principal import THE_PUBLIC, HeldPost, Principal
from web.problem_codes import ProblemCode
from web.problems import Problem
from web.service import Service
from web.versions import entity_tag
from web.wire import dump

P = ParamSpec("P")
T = TypeVar("T")

NO_UNIT = "none"
"""Stands for the unit in the attempt of an officer who holds no post at all."""

_SPEAKS_OF_A_PERSON: Mapping[str, frozenset[str]] = {
    Command.FOUND_DISTRICT: frozenset({"name"}),
    Command.REGISTER_OFFICER: frozenset({"name"}),
    **{command: names for area in AREAS for command, names in area.personal.items()},
}
"""Which fields of which bodies are about a person: a hash of them would outlive their erasure and can be guessed."""

_ENTITY_TAG = re.compile(r'"(0|[1-9][0-9]{0,15})"')
_ACTING_POST = re.compile(r"([a-z_]{1,40})(?:@([A-Za-z0-9._-]{1,64}))?")

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=100,
        pattern=r"^[A-Za-z0-9._:~-]+$",
        description="幂等键：同键同内容只记录一次 · same key and same request are recorded once",
    ),
]
IfMatch = Annotated[
    str | None,
    Header(alias="If-Match", max_length=40, description='所依据的版本，取自ETag · the version read, as `"7"`'),
]
ActingPost = Annotated[
    str | None,
    Header(
        alias="Acting-Post",
        max_length=110,
        description="以何岗位行事 · the post to act in, `publisher` or `publisher@U05`",
    ),
]


@dataclass(frozen=True, slots=True)
class Submission:
    """One command's headers and its caller."""

    request: Request
    service: Service
    principal: Principal
    command: CommandName
    key: str | None
    expected_version: int | None
    acting_post: str | None

    async def to(
        self,
        method: Callable[Concatenate[Registry, Deed, P], Receipt],
        about: str | None = None,
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Response:
        """Hand the command to the Registry's method; ``about`` is the stream whose version the ETag tells."""
        asked = await self._asked()
        outside = self.service.outside
        if not outside.strict:
            return await self.service.commanding(lambda: _answer(self._carry_out(method, asked, args, kwargs), about))
        receipt = await self.service.commanding(self._carry_out, method, asked, args, kwargs)
        await outside.until_witnessed(receipt.position)
        return await self.service.asking(lambda: _answer(outside.proven(receipt), about))

    async def carry_out(self, work: Callable[[Deed], T]) -> T:
        """Do something in the caller's name that is more than one command; its ids are the work's own."""
        asked = await self._asked()
        done = await self.service.commanding(lambda: work(self._deed(asked, None)))
        await self.service.all_witnessed()
        return done

    async def _asked(self) -> bytes:
        body = await self.request.json() if await self.request.body() else None
        personal = _SPEAKS_OF_A_PERSON.get(self.command)
        if personal is not None and isinstance(body, dict):
            body = {name: value for name, value in body.items() if name not in personal}
        return canonical.encode_trusted(body)

    def _carry_out(
        self,
        method: Callable[..., Receipt],
        asked: bytes,
        args: tuple[Any, ...],
        kwargs: Mapping[str, Any],
    ) -> Receipt:
        """Runs in a thread of its own: blocks until the command is durable."""
        metrics = self.request.app.state.metrics
        began = time.perf_counter()
        deed = self._deed(asked, kwargs.get("unit"))
        versioned = {} if self.expected_version is None else {"expected_version": self.expected_version}
        try:
            receipt = method(self.service.registry, deed, *args, **kwargs, **versioned)
        except Refusal as refusal:
            metrics.refused(refusal.code)
            raise
        metrics.recorded(str(self.command), time.perf_counter() - began)
        return receipt

    def _deed(self, asked: bytes, unit: object) -> Deed:
        held = chosen_post(self.principal, self.command, self.acting_post, unit if isinstance(unit, str) else None)
        known = self.principal is not THE_PUBLIC
        actor = Actor(self.principal.officer, held.post, held.unit, self.principal.credential) if known else PUBLIC
        return Deed(
            actor,
            # Last of all: of two commands on one item, the one recorded second must not be dated first.
            occurred_at=self.service.clock(),
            command_id=f"{self.principal.officer}:{self.key or uuid.uuid4().hex}",
            correlation_id=self.request.scope[REQUEST_ID],
            fingerprint=self._fingerprint(asked, held),
        )

    def _fingerprint(self, asked: bytes, held: HeldPost) -> bytes:
        """A hash of everything that makes this request another one than the key was first used for."""
        parts = (
            self.request.method.encode(),
            self.request.url.path.encode(errors="surrogatepass"),
            asked,
            b"" if self.expected_version is None else str(self.expected_version).encode(),
            str(held).encode(),
        )
        digest = sha256()
        for part in parts:
            digest.update(len(part).to_bytes(8, "big") + part)
        return digest.digest()


def _answer(receipt: Receipt, about: str | None) -> Response:
    members = receipts.members(receipt)
    headers = {"Ledger-Position": str(receipt.position)}
    if about in members["streams"]:
        headers["ETag"] = entity_tag(members["streams"][about])
    if receipt.replayed:
        headers["Idempotency-Replayed"] = "true"
    return Response(dump(members), HTTPStatus.CREATED, headers, "application/json")


def chosen_post(principal: Principal, command: CommandName, named: str | None, unit: str | None = None) -> HeldPost:
    """The post to act in: the one named, or the only one held that is entitled to the command.

    A post that is not held, or not entitled, is handed on all the same: the Registry refuses it and
    records the attempt.  Raises Problem POST_AMBIGUOUS and NOT_VALID.
    """
    if named is not None:
        return _named_post(principal, named)
    entitled = set(posts_entitled(command))
    candidates = [held for held in principal.posts if held.post in entitled]
    if len(candidates) > 1:
        of_unit = [held for held in candidates if held.unit == unit]
        candidates = of_unit if len(of_unit) == 1 else candidates
    if len(candidates) > 1:
        raise _ambiguous(candidates)
    if candidates:
        return candidates[0]
    if not entitled and unit is not None:
        # Founding the district: nobody holds a post yet, the founder acts as the administrator to be.
        return HeldPost(str(Post.ADMINISTRATOR), unit)
    attempted = str(next(iter(posts_entitled(command)), Post.ADMINISTRATOR))
    return principal.posts[0] if principal.posts else HeldPost(attempted, NO_UNIT)


def _named_post(principal: Principal, named: str) -> HeldPost:
    found = _ACTING_POST.fullmatch(named)
    if found is None or found[1] not in list(Post):
        fault = {"pointer": "header:acting-post", "detail": "name a post, as publisher or publisher@U05"}
        raise Problem(ProblemCode.NOT_VALID, errors=[fault])
    post, unit = found[1], found[2]
    if unit is not None:
        return HeldPost(post, unit)
    held = [one for one in principal.posts if one.post == post]
    if len(held) > 1:
        raise _ambiguous(held)
    return held[0] if held else HeldPost(post, min(principal.units, default=NO_UNIT))


def _ambiguous(candidates: list[HeldPost]) -> Problem:
    return Problem(ProblemCode.POST_AMBIGUOUS, choices=[str(held) for held in candidates])


def _version(if_match: str | None) -> int | None:
    """The version an ``If-Match`` names; ``*`` asks for none in particular."""
    if if_match is None or if_match.strip() == "*":
        return None
    found = _ENTITY_TAG.fullmatch(if_match.strip())
    if found is None:
        fault = {"pointer": "header:if-match", "detail": 'one strong ETag as it was given out, "7"'}
        raise Problem(ProblemCode.NOT_VALID, errors=[fault])
    return int(found[1])


def _submission(request: Request, key: str | None, version: int | None, acting_post: str | None) -> Submission:
    """Put it together from what the guard knows already; further dependencies would cost every command."""
    principal, policy = principal_of(request), policy_of(request)
    if principal is None:
        if policy.signed_in:
            raise not_signed_in()
        principal = THE_PUBLIC
    assert policy.command is not None, "only routes whose policy names a command take submissions"
    command = COMMANDS[policy.command]
    return Submission(request, request.app.state.service, principal, command, key, version, acting_post)


COMMANDS = {str(command): command for command in ALL_COMMANDS}


async def a_submission(
    request: Request,
    key: IdempotencyKey = None,
    if_match: IfMatch = None,
    acting_post: ActingPost = None,
) -> Submission:
    """A command that may name the version it was decided on."""
    return _submission(request, key, _version(if_match), acting_post)


async def a_revision(
    request: Request,
    key: IdempotencyKey = None,
    if_match: IfMatch = None,
    acting_post: ActingPost = None,
) -> Submission:
    """A command that changes what somebody has read, so it must say which version that was.

    Raises Problem PRECONDITION_REQUIRED.
    """
    if if_match is None:
        raise Problem(ProblemCode.PRECONDITION_REQUIRED)
    return _submission(request, key, _version(if_match), acting_post)


async def an_unconditional(
    request: Request,
    key: IdempotencyKey = None,
    acting_post: ActingPost = None,
) -> Submission:
    """A command that opens a file of its own, so that there is no version to name."""
    return _submission(request, key, None, acting_post)


TheSubmission = Annotated[Submission, Depends(a_submission)]
TheRevision = Annotated[Submission, Depends(a_revision)]
TheUnconditional = Annotated[Submission, Depends(an_unconditional)]
