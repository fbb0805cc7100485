"""Pages for what cannot be shown: in both languages, with what to do, and nothing of our inside."""

from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from web.envelope import REQUEST_ID, log_error
from web.pages.problem import wording_of
from web.pages.rendering import html, render
from web.pages.visit import bare_context, language_of
from web.problem_codes import ProblemCode
from web.problems import Problem, invalid_fields, of_status, problem_of


async def error_page(request: Request, error: Exception) -> Response:
    """The page of an error; one that nobody foresaw is logged by its kind and shown without it."""
    problem = _problem(error)
    if problem is None:
        log_error("unforeseen_error", error, request.scope.get(REQUEST_ID))
        problem = Problem(ProblemCode.INTERNAL)
    return await run_in_threadpool(_page, request, problem)


def _problem(error: Exception) -> Problem | None:
    if isinstance(error, HTTPException):
        return of_status(error)
    if isinstance(error, RequestValidationError):
        return invalid_fields(error.errors())
    return problem_of(error)


def _page(request: Request, problem: Problem) -> Response:
    title, sentence, values = wording_of(problem)
    context = {
        **bare_context(request),
        "title": title,
        "sentence": sentence,
        "values": values,
        "code": str(problem.code),
        "status": problem.status_code,
        "request_id": request.scope.get(REQUEST_ID),
        "next": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
    }
    kept = {name: value for name, value in (problem.headers or {}).items() if name in {"Retry-After", "Allow"}}
    return html(render("error.html", language_of(request), context), problem.status_code, kept)


def install(app: FastAPI) -> None:
    """Answer a browser that asked for an address we do not have with a page; programs keep their JSON."""
    answer: Any = app.exception_handlers[HTTPException]

    async def on_http(request: Request, error: Exception) -> Response:
        if request.url.path.startswith("/api/") or "text/html" not in request.headers.get("accept", ""):
            for_programs: Response = await answer(request, error)
            return for_programs
        return await error_page(request, error)

    app.add_exception_handler(HTTPException, on_http)
