"""Old registers, taken over row by row as they stand; nothing pretends that a review took place."""

from itertools import starmap
from typing import Annotated, Any

from fastapi import Response
from pydantic import Field

from aggregates.deed import Deed
from aggregates.historic import HistoricRow
from aggregates.refusal import Refusal
from ledger.append import Receipt
from web import receipts
from web.answers import problems
from web.problem_codes import status_of_refusal
from web.routing import router as a_router
from web.submission import TheUnconditional
from web.wire import dump
from web.wishes import Code, Day, LedgerPosition, Long, Sha256, Short, Wish

router = a_router("/historic", "historic")

MOST_ROWS = 200


class Source(Wish):
    """Where the row stands: file, line from 1, SHA-256 of the row's bytes."""

    file: Short
    line: LedgerPosition
    row_sha256: Sha256


class Row(Wish):
    """One row of an old register."""

    item: Code
    source: Source
    title: Long
    unit_name: Short
    number: Short | None = None
    unit: Code | None = None
    written_on: Day | None = None
    published_on: Day | None = None
    channel_name: Short | None = None
    kind: Short | None = None
    theme: Short | None = None
    supersedes: Short | None = None
    note: Long | None = None


class Rows(Wish):
    """Rows of one register; a row's place in its source is what makes repeating harmless."""

    rows: Annotated[list[Row], Field(min_length=1, max_length=MOST_ROWS)]


@router.post(
    "",
    summary="导入历史登记 · record historic register rows",
    response_class=Response,
    responses={
        200: {
            "description": "逐行结果 · what became of each row: 201 with its receipt, or the refusal",
            "content": {"application/json": {"schema": {"type": "object"}}},
        },
        **problems(400, 401, 403, 409, 413, 415, 422, 500, 503),
    },
)
async def record_historic(wish: Rows, submission: TheUnconditional) -> Response:
    """Take rows over, each a command of its own; the answer says of each whether it was recorded or refused."""
    rows = [HistoricRow(**row.stated()) for row in wish.rows]

    def record(deed: Deed) -> list[Receipt | Refusal]:
        return list(submission.service.registry.record_historic(deed, rows=rows))

    answers = await submission.carry_out(record)
    outcomes = list(starmap(_outcome, zip(rows, answers, strict=True)))
    return Response(dump({"rows": outcomes}), media_type="application/json")


def _outcome(row: HistoricRow, answer: Receipt | Refusal) -> dict[str, Any]:
    if isinstance(answer, Refusal):
        return {
            "item": row.item,
            "status": int(status_of_refusal(answer.code)),
            "code": answer.code,
            "article": answer.article,
            "detail": f"{answer.sentence_zh} {answer.sentence_en}",
        }
    return {"item": row.item, "status": 201, "replayed": answer.replayed, "receipt": receipts.members(answer)}
