"""Signing in with a token, and signing out."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from ledger import instants
from web.guard import refuse_cross_site
from web.pages import session
from web.pages.route import page_router
from web.pages.visit import TheVisit, Visit

router = page_router()

_LONGEST_TOKEN = 256
_LONGEST_ADDRESS = 2000
_REFUSED = (
    "令牌不正确、已过期或已被吊销。请核对后重新填写，或请系统管理员另发。",
    "The token is wrong, expired or revoked. Check it and try again, or have the administrator issue another.",
)

Next = Annotated[str, Query(max_length=_LONGEST_ADDRESS)]


@router.get("/sign-in")
def sign_in_form(visit: TheVisit, next: Next = "") -> Response:  # noqa: A002 - the address's own word
    """The form; it sets the one cookie that proves it is ours."""
    return _form(visit, next)


@router.post("/sign-in")
def sign_in(
    visit: TheVisit,
    token: Annotated[str, Form(max_length=_LONGEST_TOKEN)] = "",
    csrf: Annotated[str, Form(max_length=_LONGEST_TOKEN)] = "",
    next: Annotated[str, Form(max_length=_LONGEST_ADDRESS)] = "",  # noqa: A002 - the form's own word
) -> Response:
    """Check the token and keep it in the session cookie; a wrong one shows the form again."""
    request = visit.request
    refuse_cross_site(request)
    session.check_form(request, csrf, signed_in=False)
    text = token.strip()
    found = visit.service.tokens.check(text)
    if found is None:
        request.app.state.metrics.token_refused()
        return _form(visit, next, refused=True)
    answer = RedirectResponse(_own_address(next) or visit.links.to(""), 303)
    session.keep_token(request, answer, text, _seconds_left(visit, instants.to_microseconds(found.expires_at)))
    return answer


@router.post("/sign-out")
def sign_out(request: Request, visit: TheVisit, csrf: Annotated[str, Form(max_length=_LONGEST_TOKEN)] = "") -> Response:
    """Forget the token in this browser."""
    if visit.reader is not None:
        session.check_form(request, csrf, signed_in=True)
    answer = RedirectResponse(visit.links.to(""), 303)
    session.forget_token(request, answer)
    return answer


def _form(visit: Visit, address: str, *, refused: bool = False) -> Response:
    form_token = session.new_form_token()
    page = visit.page(
        "sign_in.html",
        place="sign-in",
        status=403 if refused else 200,
        refused=_REFUSED if refused else None,
        next=_own_address(address),
        form_token=form_token,
        hours=session.LONGEST_S // 3600,
    )
    session.keep_form_token(visit.request, page, form_token)
    return page


def _seconds_left(visit: Visit, expires_at: int) -> int:
    return (expires_at - instants.to_microseconds(visit.service.clock())) // 1_000_000


def _own_address(address: str) -> str:
    """The address if it stays on this site, otherwise nothing: a sign-in never leads elsewhere."""
    parts = urlsplit(address)
    stays = not parts.scheme and not parts.netloc and address[:1] == "/" and address[1:2] not in {"/", "\\"}
    return address if stays and address.isprintable() else ""
