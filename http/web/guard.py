"""Letting a request in: its route's policy, the officer behind its credential, and nobody else's hand."""

from typing import Any

import structlog
from fastapi import Request

from web.envelope import PLACE, REQUEST_ID
from web.policies import Door, Doors
from web.policy import Policy, not_signed_in
from web.principal import Credential, Principal, credential_of
from web.problem_codes import ProblemCode
from web.problems import Problem

logger = structlog.get_logger("web")

_PRINCIPAL = "ledger.principal"
_SAFE = {"GET", "HEAD", "OPTIONS"}


async def admit(request: Request) -> Principal | None:
    """Let the request in by its route's policy; answers who it is.

    Raises Problem NOT_SIGNED_IN, NOT_PERMITTED or CROSS_SITE.  A route without a policy opens to nobody.
    """
    if _PRINCIPAL in request.scope:
        return principal_of(request)
    door = _door(request)
    request.scope[PLACE] = door.template
    principal = await _recognise(request, door)
    door.policy.check(principal)
    request.scope[_PRINCIPAL] = principal
    return principal


def principal_of(request: Request) -> Principal | None:
    """Who the request was let in as; None for the public."""
    found: Principal | None = request.scope[_PRINCIPAL]
    return found


def policy_of(request: Request) -> Policy:
    """The rule of the request's route."""
    return _door(request).policy


def _door(request: Request) -> Door:
    doors: Doors = request.app.state.doors
    door = doors.by_endpoint.get(request.scope["endpoint"])
    if door is None:
        raise Problem(ProblemCode.NOT_PERMITTED)
    return door


async def _recognise(request: Request, door: Door) -> Principal | None:
    service: Any = request.app.state.service
    credential = credential_of_request(request)
    if credential is None or door.policy.own_credential:
        return None
    if credential.by_cookie and request.method not in _SAFE:
        refuse_cross_site(request)
    principals = service.principals
    principal: Principal | None = principals.remembered(credential.text) or await service.asking(
        principals.recognise, credential.text
    )
    if principal is None:
        request.app.state.metrics.token_refused()
        logger.warning("token_refused", route=door.template, request_id=request.scope[REQUEST_ID])
        # An old cookie comes along by itself and gets the public's view; a header was meant.
        if not credential.by_cookie:
            raise not_signed_in()
    return principal


def credential_of_request(request: Request) -> Credential | None:
    """What the request presents, by the settings of its application."""
    return credential_of(request, https=request.app.state.settings.https)


def refuse_cross_site(request: Request) -> None:
    """Refuse what a page of another site made a browser send; its cookie comes along by itself.

    Raises Problem CROSS_SITE.
    """
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    same = site == "same-origin" if site is not None else origin is not None and _is_own(request, origin)
    if not same:
        raise Problem(ProblemCode.CROSS_SITE)


def _is_own(request: Request, origin: str) -> bool:
    return origin.partition("://")[2].lower() == request.headers.get("host", "").lower()
