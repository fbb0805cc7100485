"""Handing out the style sheet and the mark, to be kept by browsers for a year."""

from fastapi import Response

from web.pages import assets
from web.pages.problem import not_found
from web.pages.route import page_router

router = page_router()


@router.get("/static/{name}")
def static_file(name: str) -> Response:
    """One of our files; a changed file has another name."""
    file = assets.found(name)
    if file is None:
        raise not_found(("文件", "file"), name)
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
    return Response(file.content, media_type=file.media_type, headers=headers)
