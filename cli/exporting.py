"""``export``: what the ledger holds, into a file, a page in memory at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import orjson
from cyclopts import Parameter

from cli import moments
from cli.evidence import held, quoted
from cli.exports.forms import FORMS
from cli.exports.parquet import Parts
from cli.exports.rows import EVENT_COLUMNS, LISTS, TABLES, Row, Rows, counted, event_line, event_row, listed, tabled
from cli.exports.target import carried_to, resumed, target
from cli.failure import wrong_usage
from cli.packaging import subject_of
from cli.progress import Advance, progress
from cli.projecting import abreast
from cli.session import Session, SessionOf
from cli.tiles import export_directory
from ledger import instants
from ledger.entry import Entry
from ledger.ledger import Ledger
from projections import trail
from projections.evidence.selection import Selection, entries_at, evidence_of
from projections.exchange.ocel import write_ocel
from projections.exchange.prov import provenance
from projections.exchange.relations import OBJECT_KINDS, ObjectRef
from projections.exchange.xes import write_xes
from projections.temporal import AsOf, Moment

Format = Literal["jsonl", "csv", "xlsx", "parquet"]
EVENTS, OCEL, XES, PROV = "events", "ocel", "xes", "prov"
WHATS = (EVENTS, *LISTS, OCEL, XES, PROV)
"""What can be exported besides the tables of the projections."""


def export(
    what: str,
    directory: Path | None = None,
    *,
    session: SessionOf,
    format: Format | None = None,  # noqa: A002 - the option's name
    output: Path | None = None,
    case: str = "item",
    subject: str | None = None,
    resume: Annotated[bool, Parameter(negative="")] = False,
    as_of_position: int | None = None,
    known_at: str | None = None,
    as_at: str | None = None,
) -> None:
    """导出事件、目录、登记簿、投影的表,或OCEL、XES、PROV。Export events, catalogue, register, a table, OCEL, XES, PROV.

    事件的jsonl每行含条目原文,可独立重算叶哈希。目录只含可以公开的条目。写入文件时先写临时文件,完成后改名。
    A line of events in jsonl holds the entry's exact bytes, from which its leaf hash can be computed.  The
    catalogue holds what the public may see.  A file takes its name when it is complete, not before.

    :param what: events(事件)、catalogue(公开目录)、register(登记簿)、投影的表(如documents.documents)、ocel(OCEL 2.0
        JSON)、xes或prov(PROV-JSON)。What to export; a projection's table is named with its projection.
        tlog(签名日志的静态目录,同 tlog export)。tlog is the signed log as static tiles, as ``tlog export`` writes it.
    :param directory: tlog写入的目录。The directory that tlog is written to.
    :param format: 行的格式:jsonl(默认)、csv或xlsx(csv中以=、+、-、@开头的文字前加撇号)。Form of rows: jsonl, csv, in
        which a text that a spreadsheet would take for a formula gets an apostrophe before it, or xlsx.
        events也可写作parquet(目录,再次导出只补新增,需要pyarrow)。Events also as parquet, a directory that another
        export carries on; needs pyarrow.
    :param output: 写入的文件(parquet为目录),默认标准输出。File to write, of parquet a directory; default standard output.
    :param case: xes的案例:对象种类,默认item。Kind of object that makes a case of xes.
    :param subject: prov的对象,写作 种类/编号,如item/I-2025-0001。The object of prov, as kind/code.
    :param resume: 接着上次导出的事件(jsonl)写;中断后保留已写部分。Carry on an earlier file of events (jsonl); what is
        written is kept when it breaks off.
    :param as_of_position: 截至该位置。As known at this position.
    :param known_at: 截至该记录时间,日期含当日。As known at this instant of recording; a day counts to its end.
    :param as_at: 业务发生时间,日期含当日。As it was in the world at this instant; a day counts to its end.
    """
    if what == "tlog" and directory is not None:
        export_directory(directory, session=session)
        return
    if what == "tlog" or directory is not None:
        raise wrong_usage(
            "写作 export tlog 目录；其余各种导出用--output。未作任何改动。",
            "Write export tlog DIRECTORY; every other export takes --output. Nothing was done.",
        )
    as_of = AsOf(as_of_position, moments.end(known_at, "--known-at"), moments.end(as_at, "--as-at"))
    wish = _Wish(what, format, output, as_of, case, subject, resume)
    _sensible(wish)
    with session.open_ledger() as ledger:
        _Export(session, ledger, wish).write()


@dataclass(frozen=True)
class _Wish:
    """What the operator asked for."""

    what: str
    format: Format | None
    output: Path | None
    as_of: AsOf
    case: str
    subject: str | None
    resume: bool


def _sensible(wish: _Wish) -> None:
    """Raises Failure for a wish that makes no sense."""
    if wish.what not in {*WHATS, *TABLES}:
        known = [*WHATS, *TABLES]
        raise wrong_usage(
            f"不能导出{wish.what}；可以导出：{'、'.join(known)}。",
            f"There is no {wish.what} to export; there are: {', '.join(known)}.",
        )
    if wish.what in {OCEL, XES, PROV} and wish.format is not None:
        raise wrong_usage(
            f"{wish.what}有自己的格式，请去掉--format。", f"{wish.what} has a form of its own; leave --format out."
        )
    if wish.case not in OBJECT_KINDS:
        raise wrong_usage(
            f"--case没有对象种类{wish.case}；有：{'、'.join(OBJECT_KINDS)}。",
            f"--case: there is no kind of object {wish.case}; there are: {', '.join(OBJECT_KINDS)}.",
        )
    if (wish.what == PROV) != (wish.subject is not None):
        raise wrong_usage(
            "prov须用--subject写明对象，如item/I-2025-0001；其他导出没有--subject。",
            "prov needs --subject, such as item/I-2025-0001, and nothing else has it.",
        )
    if wish.format == "parquet" and not (wish.what == EVENTS and wish.output is not None and not wish.resume):
        raise wrong_usage(
            "parquet只用于events，须以--output写明目录，再次导出自会补上新增。",
            "parquet is for events and needs --output, a directory; another export carries it on by itself.",
        )
    _sensible_to_resume(wish)


def _sensible_to_resume(wish: _Wish) -> None:
    lines = wish.what == EVENTS and wish.format in {None, "jsonl"}
    carried_on = wish.resume or wish.format == "parquet"
    if wish.resume and not (lines and wish.output is not None):
        raise wrong_usage("--resume只用于写入文件的events（jsonl）。", "--resume is for events (jsonl) in a file.")
    if carried_on and wish.as_of.occurred_at is not None:
        raise wrong_usage(
            "可以接着写的导出不与--as-at同用：后到的条目会落在已写部分之中。",
            "What can be carried on does not go together with --as-at: a late entry would belong into what is written.",
        )


class _Export:
    """One export of one ledger, at one moment."""

    def __init__(self, session: Session, ledger: Ledger, wish: _Wish) -> None:
        self._session, self._ledger, self._wish = session, ledger, wish
        self._moment = wish.as_of.resolve(ledger)

    def write(self) -> None:
        """Write what is wished, and say how much it was."""
        match self._wish.what:
            case _ if self._wish.resume:
                self._carry_on()
            case _ if self._wish.format == "parquet":
                self._write_parts()
            case "ocel":
                self._write_ocel()
            case "xes":
                self._write_xes()
            case "prov":
                self._write_prov()
            case _:
                self._write_rows()

    def _write_rows(self) -> None:
        write = FORMS[self._wish.format or "jsonl"]
        with target(self._wish.output) as file, self._rows() as (columns, rows):
            count = write(file, columns, rows)
        self._session.note(f"导出{count}行。", f"{count} rows exported.")

    @contextmanager
    def _rows(self) -> Iterator[Rows]:
        wish = self._wish
        if wish.what == EVENTS:
            shape = event_line if wish.format in {None, "jsonl"} else event_row
            with self._entries() as entries:
                yield Rows(EVENT_COLUMNS, (shape(entry) for entry in entries))
            return
        found = (listed if wish.what in LISTS else tabled)(self._ledger, wish.what, wish.as_of)
        with progress(self._session, self._task, None) as tell:
            yield Rows(found.columns, counted(found.rows, tell))

    def _carry_on(self) -> None:
        assert self._wish.output is not None
        with resumed(self._wish.output) as file:
            after = carried_to(file, self._ledger)
            with self._entries(after) as entries:
                rows: Iterator[Row] = (event_line(entry) for entry in entries)
                count = FORMS["jsonl"](file, EVENT_COLUMNS, rows)
        self._tell_carried(after, count)

    def _write_parts(self) -> None:
        assert self._wish.output is not None
        parts = Parts(self._wish.output)
        after = parts.carried_to(self._ledger)
        with self._entries(after) as entries:
            count = parts.write(entries, after)
        self._tell_carried(after, count)

    def _tell_carried(self, after: int, count: int) -> None:
        self._session.note(
            f"在位置{after}之后接着导出{count}行。", f"{count} rows exported, carrying on after position {after}."
        )

    def _write_ocel(self) -> None:
        with target(self._wish.output) as file, self._entries() as entries:
            events, objects = write_ocel(file, entries)
        self._session.note(f"导出{events}个事件、{objects}个对象。", f"{events} events and {objects} objects exported.")

    def _write_xes(self) -> None:
        with target(self._wish.output) as file, self._entries() as entries:
            traces, events = write_xes(file, entries, self._wish.case)
        self._session.note(f"导出{traces}个案例、{events}个事件。", f"{traces} traces of {events} events exported.")

    def _write_prov(self) -> None:
        kind, code = subject_of(str(self._wish.subject))
        abreast(self._ledger, trail.PROJECTION)
        until = self._ledger.head().size if self._moment.position is None else self._moment.position
        chosen = evidence_of(self._ledger, Selection(subjects=((kind, code),), registrations=False), until)
        found = [held(entry) for entry in entries_at(self._ledger, chosen.positions) if _occurred(entry, self._moment)]
        with target(self._wish.output) as file:
            document = provenance(ObjectRef(kind, code), found)
            file.write(orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
        self._session.note(f"导出{len(found)}条的来历。", f"The provenance of {len(found)} entries exported.")

    @property
    def _task(self) -> str:
        return f"导出 · export {self._wish.what}"

    @contextmanager
    def _entries(self, after: int = 0) -> Iterator[Iterator[Entry]]:
        """The entries up to the moment, each held against its leaf, while a bar says how far it is."""
        size = self._ledger.head().size
        until = size if self._moment.position is None else min(size, self._moment.position)
        with progress(self._session, self._task, until) as tell:
            entries = quoted(self._ledger, after=after, until=until)
            yield (entry for entry in _told(entries, tell) if _occurred(entry, self._moment))


def _told(entries: Iterator[Entry], tell: Advance) -> Iterator[Entry]:
    for entry in entries:
        yield entry
        tell(entry.position)


def _occurred(entry: Entry, moment: Moment) -> bool:
    return moment.occurred is None or instants.to_microseconds(entry.occurred_at) <= moment.occurred
