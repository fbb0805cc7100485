"""Signing in on a page: the token moves into a cookie that scripts cannot read and other sites cannot send.

The cookie holds the officer's own token, so that revoking the token ends every session at once, and
nothing about sessions has to be kept.  Every form carries a token of its own besides.
"""

import hmac
import secrets
from hashlib import sha256
from typing import Any

from fastapi import Request, Response
from sqlalchemy.exc import SQLAlchemyError

from ledger.errors import LedgerError
from web.guard import principal_of
from web.pages.problem import PageProblem
from web.principal import Principal, cookie_name, credential_of
from web.problem_codes import ProblemCode

LONGEST_S = 8 * 3600
"""How long a browser keeps a sign-in; a working day."""

_FORM_COOKIE_S = 3600


def reader_of(request: Request) -> Principal | None:
    """Who has signed in, as the guard has found; None for the public."""
    return principal_of(request)


def reader_of_error(request: Request) -> Principal | None:
    """Who has signed in, for a page that says why the guard or the router went no further; asks the database.

    It only decides how the frame of that page is drawn.  None where nothing can be found out.
    """
    try:
        credential = credential_of(request, https=is_https(request))
        return request.app.state.service.principals.recognise(credential.text) if credential else None
    except (LedgerError, SQLAlchemyError, AttributeError):
        return None


def is_https(request: Request) -> bool:
    """Whether the service is set up behind https; then cookies are never sent without it."""
    return bool(request.app.state.settings.https)


def keep_token(request: Request, response: Response, text: str, longest_s: int) -> None:
    """Sign in: put the token into the session cookie."""
    _set(request, response, cookie_name(https=is_https(request)), text, min(LONGEST_S, longest_s))


def forget_token(request: Request, response: Response) -> None:
    """Sign out: take both cookies away."""
    for name in (cookie_name(https=is_https(request)), _form_cookie(request)):
        _set(request, response, name, "", 0)


def form_token_of(request: Request) -> str:
    """The token that forms of a signed-in reader carry; derived from the session, so nothing need be kept."""
    session = request.cookies.get(cookie_name(https=is_https(request)), "")
    return hmac.new(session.encode(), b"form", sha256).hexdigest()


def new_form_token() -> str:
    """A token for the sign-in form of a reader who has no session yet."""
    return secrets.token_urlsafe(24)


def keep_form_token(request: Request, response: Response, token: str) -> None:
    """Set the cookie with which the sign-in form's own token must agree."""
    _set(request, response, _form_cookie(request), token, _FORM_COOKIE_S)


def check_form(request: Request, sent: str, *, signed_in: bool) -> None:
    """Refuse a form that did not come from a page of ours.  Raises PageProblem CROSS_SITE."""
    expected = form_token_of(request) if signed_in else request.cookies.get(_form_cookie(request), "")
    if not expected or not hmac.compare_digest(expected.encode(), sent.encode()):
        raise PageProblem(
            ProblemCode.CROSS_SITE,
            ("表单已失效", "The form is no longer valid"),
            (
                "表单不是由本站页面提交的，或打开过久。未作任何变更，请返回重新打开页面后再提交。",
                (
                    "The form did not come from a page of this site, or was open too long. Nothing was changed; open the "
                    "page again and repeat."
                ),
            ),
        )


def _form_cookie(request: Request) -> str:
    return "__Host-ledger-form" if is_https(request) else "ledger-form"


def _set(request: Request, response: Response, name: str, value: str, longest_s: int) -> None:
    options: dict[str, Any] = {"max_age": longest_s, "path": "/", "httponly": True, "samesite": "strict"}
    response.set_cookie(name, value, secure=is_https(request), **options)
