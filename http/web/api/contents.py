"""Original contents (信息原始内容): uploaded before they are cited, handed out to whoever may read them."""

import binascii
from base64 import b64decode
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from ledger.content import ContentReference
from web.answers import problems
from web.as_of import NOW
from web.dependencies import TheActor, TheReader, TheService
from web.handing_out import Handout, find_handout, readers_of_sealed
from web.policy import not_signed_in
from web.principal import Principal
from web.problem_codes import ProblemCode
from web.problems import Problem
from web.reading_rights import record_consultation
from web.routing import ContentRoute
from web.routing import router as a_router
from web.service import Service
from web.wire import dump
from web.wishes import Wish

router = a_router("/contents", "contents")
uploads = APIRouter(prefix="/api/contents", tags=["contents"], route_class=ContentRoute)

_STORED: dict[str, Any] = {
    "status_code": 201,
    "response_class": Response,
    "responses": {
        201: {
            "description": "已存 · stored; cite it by this hash",
            "content": {
                "application/json": {
                    "schema": {
                        "type": "object",
                        "required": ["sha256", "size"],
                        "properties": {"sha256": {"type": "string"}, "size": {"type": "integer"}},
                    }
                }
            },
        },
        **problems(400, 401, 403, 413, 415, 422, 500, 503),
    },
}


class Upload(Wish):
    """Bytes in base64; larger ones are sent as they are, by PUT."""

    base64: Annotated[str, Field(max_length=180_000)]


def _stored(reference: ContentReference) -> Response:
    body = {"sha256": reference.sha256, "size": reference.size}
    return Response(dump(body), 201, media_type="application/json")


def _refuse_no_post(principal: TheActor) -> None:
    """Only who holds a post may leave anything here."""
    if not principal.posts:
        raise Problem(ProblemCode.NOT_PERMITTED, posts=[], district_office=False)


@uploads.put(
    "",
    summary="上传原始内容 · upload original content",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
    **_STORED,
)
async def put_content(request: Request, service: TheService, principal: TheActor) -> Response:
    """Store the body as it is, under its SHA-256; storing the same bytes again changes nothing."""
    _refuse_no_post(principal)
    if "content-encoding" in request.headers:
        raise Problem(ProblemCode.UNSUPPORTED_MEDIA_TYPE)
    async with service.uploads:
        content = await request.body()
        return _stored(await service.asking(service.ledger.contents.put, content))


@router.post("", summary="上传原始内容(base64) · upload a small content", **_STORED)
async def post_content(wish: Upload, service: TheService, principal: TheActor) -> Response:
    """Store a small content sent as base64."""
    _refuse_no_post(principal)
    try:
        content = b64decode(wish.base64, validate=True)
    except (binascii.Error, ValueError):
        fault = {"pointer": "#/base64", "detail": "write it in the standard alphabet, padded, without line ends"}
        raise Problem(ProblemCode.NOT_VALID, errors=[fault]) from None
    return _stored(await service.asking(service.ledger.contents.put, content))


@router.get(
    "/{sha256}",
    summary="调阅原始内容 · read original content",
    response_class=Response,
    responses={
        200: {
            "description": "原始字节 · the bytes as they were stored",
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        },
        **problems(401, 403, 404, 422, 500, 503),
    },
)
async def read_content(
    *,
    request: Request,
    service: TheService,
    principal: TheReader,
    sha256: Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")],
    item: Annotated[
        str,
        Query(
            pattern=r"^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$",
            description="内容所属事项 · the item whose content it is",
        ),
    ],
) -> Response:
    """The bytes, to whoever may read them.

    That is everybody where they stand published, else officers of the unit and supervision.  What is
    sealed opens to the posts named in the sealing alone, and every opening is recorded.
    """
    found = await service.asking(find_handout, service, item, sha256)
    if found is None or not (found.is_open_to(principal) or found.sealed):
        # To strangers, what they may not read looks like what is not there.
        raise not_signed_in() if principal is None else Problem(ProblemCode.NOT_FOUND)
    content = (
        await _opened(request, service, principal, found)
        if found.sealed
        else await service.asking(service.ledger.contents.get, sha256)
    )
    return Response(content, headers=_headers(found), media_type="application/octet-stream")


async def _opened(request: Request, service: Service, principal: Principal | None, found: Handout) -> bytes:
    """Sealed bytes, after the opening was recorded.  Raises Problem CONTENT_SEALED."""
    readers = await service.asking(readers_of_sealed, service, found.item, found.sha256)
    if principal is None or not readers & principal.post_names:
        raise Problem(ProblemCode.CONTENT_SEALED, readers=sorted(readers))
    await record_consultation(request, service, principal, subject=found.item, moment=NOW, results=1)
    return await service.asking(service.ledger.contents.open_sealed, found.sha256)


def _headers(found: Handout) -> dict[str, str]:
    """Never shown in place: what somebody uploaded is saved under its own name and run nowhere."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in found.name)[:80] or "content"
    return {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(found.name, safe='')}",
        "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "ETag": f'"{found.sha256}"',
        "Ledger-Media-Type": found.media_type,
    }
