"""``search``: the catalogue by words, numbers and qualifiers, as of any moment."""

from dataclasses import asdict
from typing import Annotated

from cyclopts import Parameter

from aggregates.vocabulary import label
from cli import moments
from cli.failure import wrong_usage
from cli.projecting import abreast
from cli.session import SessionOf
from cli.tables import Column, print_table
from projections import catalogue
from projections.reading import Reader
from projections.searching import Question, UnreadableQuestion, read_question
from projections.temporal import AsOf

_COLUMNS = (
    Column("事项\nitem", 22),
    Column("单位\nunit", 6),
    Column("日期\nday", 10),
    Column("属性\nattribute", 14),
    Column("文号\nnumber", 24),
    Column("标题\ntitle"),
)


def search(
    query: Annotated[list[str], Parameter(consume_multiple=True, negative="")],
    *,
    session: SessionOf,
    as_of_position: int | None = None,
    known_at: str | None = None,
    as_at: str | None = None,
    limit: int = 50,
) -> None:
    """检索公开目录:标题、文号、索引号,任意长度。Search the catalogue: titles and numbers, from one character on.

    :param query: 检索词,可加 unit: attr: phase: by: from: to:。Terms, and qualifiers.
    :param as_of_position: 截至该位置。As known at this position.
    :param known_at: 截至该记录时间,日期含当日。As known at this instant of recording; a day counts to its end.
    :param as_at: 业务发生时间,日期含当日。As it was in the world at this instant; a day counts to its end.
    :param limit: 至多几项。At most so many.
    """
    question = _question(" ".join(query))
    as_of = AsOf(as_of_position, moments.end(known_at, "--known-at"), moments.end(as_at, "--as-at"))
    with session.open_ledger() as ledger:
        abreast(ledger, catalogue.PROJECTION)
        found = catalogue.search(Reader(ledger), as_of, question=question, limit=limit)
    if session.json:
        for row in found.rows:
            session.print_json(asdict(row))
        return
    count = print_table(
        session.console,
        _COLUMNS,
        (
            [
                row.item,
                row.unit or row.unit_name,
                row.listed_on,
                _attribute(row.attribute),
                row.document_number,
                row.title,
            ]
            for row in found.rows
        ),
    )
    more = ("", "") if found.next_cursor is None else ("（还有更多）", ", and there are more")
    session.note(f"找到{count}项{more[0]}。", f"{count} items{more[1]}.")


def _question(text: str) -> Question:
    try:
        return read_question(text)
    except UnreadableQuestion as error:
        raise wrong_usage(error.sentence_zh, error.sentence_en) from None


def _attribute(code: str | None) -> str:
    return "" if code is None else label("attribute", code).zh
