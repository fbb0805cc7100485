"""The pages: what a person reads and prints.  One module a group of pages; no rules of the programme here."""

from collections.abc import Mapping

from fastapi import APIRouter

from web.pages import about, catalogue, entries, problems, sign_in, static, status
from web.pages.errors import install
from web.policies import PUBLIC, SUPERVISION, Policy

__all__ = ["POLICIES", "install", "router"]

router = APIRouter(include_in_schema=False)
for _pages in (about, catalogue, entries, problems, sign_in, static, status):
    router.include_router(_pages.router)

POLICIES: Mapping[str, Policy] = {
    "GET /about": PUBLIC,
    "GET /catalogue": PUBLIC,
    "GET /catalogue.{suffix}": PUBLIC,
    "GET /problems": PUBLIC,
    "GET /problems/{code}": PUBLIC,
    "GET /sign-in": PUBLIC,
    "POST /sign-in": PUBLIC,
    "POST /sign-out": PUBLIC,
    "GET /static/{name}": PUBLIC,
    "GET /status": PUBLIC,
    "GET /entries": SUPERVISION,
    "GET /entries/{position}": SUPERVISION,
    "GET /entries/{position}.json": SUPERVISION,
}
"""Who may open which page."""
