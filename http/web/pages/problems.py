"""What every code of a refusal or an error means: the pages behind the ``type`` of a problem."""

from typing import Any

from fastapi import Response
from fastapi.responses import JSONResponse

from aggregates.vocabulary import REFUSALS
from web.pages.problem import not_found
from web.pages.route import page_router
from web.pages.visit import TheVisit
from web.problem_codes import Explanation, ProblemCode, explain

router = page_router()

_GROUPS: tuple[tuple[tuple[str, str], Any], ...] = (
    (("规则不允许的（记入台账）", "Refused by the rules (and recorded)"), REFUSALS),
    (("服务本身的", "Of the service itself"), ProblemCode),
)


@router.get("/problems")
def problems(visit: TheVisit) -> Response:
    """All codes in two tables."""
    groups = [(heading, [explain(str(code)) for code in codes]) for heading, codes in _GROUPS]
    return visit.page("problems.html", groups=groups)


@router.get("/problems/{code}")
def problem(visit: TheVisit, code: str) -> Response:
    """One code: its article and its sentences in both languages; for programs the same as JSON."""
    meaning = _meaning(code)
    if "text/html" in visit.request.headers.get("accept", "*/*").replace("*/*", "text/html"):
        return visit.page("problem.html", one=meaning)
    return JSONResponse(meaning._asdict())


def _meaning(code: str) -> Explanation:
    found = explain(code)
    if found is None:
        raise not_found(("代码", "code"), code)
    return found
