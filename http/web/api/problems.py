"""What a problem's ``type`` leads to: the meaning of its code, in both languages."""

from typing import Annotated

from fastapi import Path, Response

from web.problem_codes import ProblemCode, all_codes, explain
from web.problems import Problem
from web.routing import router as a_router
from web.wire import dump

router = a_router("/problems", "problems")


@router.get("", summary="全部原因代码 · every reason code")
async def list_problems() -> Response:
    """Every code that a problem may carry, with its meaning."""
    meanings = [meaning._asdict() for code in all_codes() if (meaning := explain(code))]
    return Response(dump({"problems": meanings}), media_type="application/json")


@router.get("/{code}", summary="原因代码说明 · the meaning of one code")
async def explain_problem(code: Annotated[str, Path(max_length=80)]) -> Response:
    """What was found, which article it comes from, what to do; the words in braces are filled in each problem."""
    meaning = explain(code)
    if meaning is None:
        raise Problem(ProblemCode.NOT_FOUND)
    return Response(dump(meaning._asdict()), media_type="application/json")
