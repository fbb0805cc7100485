"""The pages: what a person reads and prints.  One module a group of pages; no rules of the programme here."""

from collections.abc import Mapping

from fastapi import APIRouter

from web.pages import (
    about,
    annual,
    catalogue,
    differences,
    entries,
    evidence,
    home,
    items,
    problems,
    register,
    sign_in,
    static,
    status,
    units,
)
from web.pages.errors import install
from web.policy import PUBLIC, SIGNED_IN, SUPERVISION, Policy

__all__ = ["POLICIES", "install", "router"]

router = APIRouter(include_in_schema=False)
for _pages in (
    about,
    annual,
    catalogue,
    differences,
    entries,
    evidence,
    home,
    items,
    problems,
    register,
    sign_in,
    static,
    status,
    units,
):
    router.include_router(_pages.router)

POLICIES: Mapping[str, Policy] = {
    "GET /": PUBLIC,
    "GET /about": PUBLIC,
    "GET /catalogue": PUBLIC,
    "GET /catalogue.{suffix}": PUBLIC,
    "GET /catalogue/differences": PUBLIC,
    "GET /items/{item}": PUBLIC,
    "GET /items/{item}.csv": PUBLIC,
    "GET /items/{item}.json": PUBLIC,
    "GET /register": PUBLIC,
    "GET /register.{suffix}": PUBLIC,
    "GET /register/differences": PUBLIC,
    "GET /problems": PUBLIC,
    "GET /problems/{code}": PUBLIC,
    "GET /sign-in": PUBLIC,
    "POST /sign-in": PUBLIC,
    "POST /sign-out": PUBLIC,
    "GET /static/{name}": PUBLIC,
    "GET /status": PUBLIC,
    "GET /units": PUBLIC,
    "GET /units/{unit}": PUBLIC,
    "GET /units/{code}.csv": SIGNED_IN,
    "GET /units/{code}.json": SIGNED_IN,
    "GET /officers/{officer}": SIGNED_IN,
    "GET /officers/{code}.csv": SIGNED_IN,
    "GET /officers/{code}.json": SIGNED_IN,
    "GET /reports/annual/{year}": SIGNED_IN,
    "GET /reports/annual/{year}.{suffix}": SIGNED_IN,
    "GET /entries": SUPERVISION,
    "GET /entries/{position}": SUPERVISION,
    "GET /entries/{position}.json": SUPERVISION,
    "POST /evidence": SUPERVISION,
}
"""Who may open which page."""
