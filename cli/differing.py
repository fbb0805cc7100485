"""``diff``: what became of a list between two moments, and by which entries."""

from collections.abc import Iterator
from typing import Annotated, Any

from cyclopts import Parameter

from aggregates.vocabulary import label
from cli import moments
from cli.failure import wrong_usage
from cli.projecting import abreast
from cli.session import SessionOf
from cli.tables import Column, print_table
from ledger.ledger import Ledger
from projections.compared import COMPARED
from projections.difference import CHANGED, Compared, Difference, differences
from projections.reading import LARGEST_PAGE, Reader
from projections.temporal import AsOf

_CHANGES = {"added": "增加 added", "changed": "变更 changed", "removed": "减少 removed"}
_COLUMNS = (
    Column("行\nrow", 24),
    Column("变化\nchange", 14),
    Column("由何条\nby entries", 24),
    Column("内容\nwhat"),
)


def diff(
    table: str,
    *,
    session: SessionOf,
    from_: Annotated[str | None, Parameter(name="--from")] = None,
    to: str | None = None,
    from_as_at: str | None = None,
    to_as_at: str | None = None,
) -> None:
    """两个时点之间的差异:增加、逐项变更、减少,及所据条目。What became of a list between two moments.

    :param table: 哪一张表,如catalogue、register、documents、units。Which list, such as catalogue or register.
    :param from_: 自台账位置,或记录时间(日期自当日零点)。From this position, or from what was recorded before
        this instant or day.
    :param to: 至台账位置,或记录时间(日期含当日),默认现在。To this position, instant or end of a day; default now.
    :param from_as_at: 自业务发生时间。From how it was in the world at this instant.
    :param to_as_at: 至业务发生时间。To how it was in the world at this instant.
    """
    compared = COMPARED.get(table)
    if compared is None:
        raise wrong_usage(
            f"没有表{table};有:{'、'.join(COMPARED)}。", f"There is no list {table}; there are: {', '.join(COMPARED)}."
        )
    if from_ is None and from_as_at is None:
        raise wrong_usage("请以--from或--from-as-at写明起点。", "Name the first moment by --from or --from-as-at.")
    recorded = None if _is_position(from_) else moments.beginning(from_, "--from")
    earlier = AsOf(_position(from_), recorded, moments.beginning(from_as_at, "--from-as-at"))
    until = None if _is_position(to) else moments.end(to, "--to")
    later = AsOf(_position(to), until, moments.end(to_as_at, "--to-as-at"))
    with session.open_ledger() as ledger:
        abreast(ledger, compared.projection)
        found = _all(ledger, compared, earlier, later)
        if session.json:
            for one in found:
                session.print_json(one.told())
            return
        count = print_table(session.console, _COLUMNS, (_row(one) for one in found))
    session.note(f"共{count}行有差异。", f"{count} rows differ.")


def _is_position(text: str | None) -> bool:
    # A day is written with its hyphens; what is digits alone is a position.
    return text is not None and text.isascii() and text.isdigit()


def _position(text: str | None) -> int | None:
    return int(text) if text is not None and _is_position(text) else None


def _all(ledger: Ledger, compared: Compared, earlier: AsOf, later: AsOf) -> Iterator[Difference]:
    reader, cursor = Reader(ledger), None
    while True:
        page = differences(reader, compared, earlier, later, limit=LARGEST_PAGE, cursor=cursor)
        yield from page.rows
        cursor = page.next_cursor
        if cursor is None:
            return


def _row(one: Difference) -> list[Any]:
    causes = " ".join(f"#{cause.position}{label('event_type', cause.type).zh}" for cause in one.causes)
    return [" ".join(map(str, one.key.values())), _CHANGES[one.change], causes, _what(one)]


def _what(one: Difference) -> str:
    before, after = one.before or {}, one.after or {}
    if one.change == CHANGED:
        return "; ".join(f"{name}: {_short(before[name])} → {_short(after[name])}" for name in one.fields)
    row = after or before
    return str(row.get("title") or row.get("name_zh") or row.get("title_zh") or "")


def _short(value: Any) -> str:
    """A value in a table's cell; lists and objects stand in full in ``--json`` only."""
    if isinstance(value, tuple | list | dict):
        return f"{len(value)}项"
    return "—" if value is None else str(value)
