"""``import``: historic registers into the ledger, examined as a whole before the first row is recorded."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from aggregates.deed import CHINA, Deed
from aggregates.registry import Registry
from aggregates.vocabulary import Command
from cli.acting import actor_for
from cli.failure import Failure
from cli.imports.mapping import Mapping, load_mapping
from cli.imports.recording import Recorder, Tally, examine
from cli.imports.records import Reader
from cli.imports.rows import Register, open_register
from cli.imports.scratch import Scratch
from cli.progress import progress
from cli.session import Session, SessionOf

_SHOWN = 20


def import_register(
    file: Path,
    *,
    session: SessionOf,
    mapping: str,
    officer: str | None = None,
    keep_going: Annotated[bool, Parameter(negative="")] = False,
    rejected: Path | None = None,
    dry_run: Annotated[bool, Parameter(negative="")] = False,
) -> int:
    """导入历史登记(CSV、XLSX)。Import an old register; nothing pretends that a review took place.

    先通读全部行;有一行不合格就一行也不记,并指明行号和原因。重复导入不会重复记录。
    The whole file is read first: one bad row, named by its line and reason, and nothing is recorded.
    Importing it again records nothing twice.

    :param file: CSV或XLSX文件。The CSV or XLSX file.
    :param mapping: 映射TOML文件,或随程序提供的gazette、laws、pingtan、shanghai。A mapping's TOML file, or
        the name of one that comes with the program: gazette, laws, pingtan, shanghai.
    :param officer: 以谁的名义(档案人员或公开机构工作人员)。In whose name: an archivist or a disclosure officer.
    :param keep_going: 不合格的行另存,其余照记。Record the good rows, and write the bad ones to a file.
    :param rejected: 不合格行另存何处,默认为<文件名>.rejected.csv。Where to; default <file>.rejected.csv.
    :param dry_run: 只检查,不记录。Examine only; record nothing.
    """
    chosen = load_mapping(mapping)
    with Scratch() as scratch:
        _examine(session, file, chosen, scratch)
        if scratch.rejected:
            _name_rejected(session, scratch)
        if scratch.rejected and not keep_going:
            return _report(session, Tally(rows=scratch.accepted, rejected=scratch.rejected), file, dry_run=dry_run)
        if dry_run:
            tally = Tally(rows=scratch.accepted, rejected=scratch.rejected)
        else:
            tally = _record(session, file, chosen, scratch, officer)
        if scratch.rejected:
            _write_rejected(file, chosen, scratch, rejected or Path(f"{file.name}.rejected.csv"))
    return _report(session, tally, file, dry_run=dry_run)


def _examine(session: Session, file: Path, mapping: Mapping, scratch: Scratch) -> None:
    with _reading(session, file, mapping) as (register, reader), progress(session, "检查 · examine", None) as done:
        examine(register, reader, scratch, done)


@contextmanager
def _reading(session: Session, file: Path, mapping: Mapping) -> Iterator[tuple[Register, Reader]]:
    with open_register(file, mapping) as register:
        yield register, Reader(mapping, register.header, session.clock().astimezone(CHINA).date())


def _record(session: Session, file: Path, mapping: Mapping, scratch: Scratch, officer: str | None) -> Tally:
    if officer is None:
        raise Failure(
            "记录需要--officer：以哪位档案人员或公开机构工作人员的名义。未作任何改动。",
            "Recording needs --officer: the archivist or disclosure officer in whose name. Nothing was changed.",
            exit_code=2,
        )
    with session.open_ledger(signed=True) as ledger:
        registry = Registry(ledger)
        now = session.clock()
        deed = Deed(actor_for(registry, officer, Command.RECORD_HISTORIC, now), now)
        recorder = Recorder(ledger, registry, mapping, deed, file)
        with (
            _reading(session, file, mapping) as (register, reader),
            progress(session, "记录 · record", scratch.accepted) as done,
        ):
            recorder.record(register, reader, scratch, done)
        with progress(session, "替代关系 · supersede", None) as done:
            recorder.supersede(scratch.successions(), done)
    recorder.tally.rejected = scratch.rejected
    return recorder.tally


def _name_rejected(session: Session, scratch: Scratch) -> None:
    for found in scratch.rejections(_SHOWN):
        session.note(f"第{found.line}行：{found.zh}", f"line {found.line}: {found.en}")
    if scratch.rejected > _SHOWN:
        rest = scratch.rejected - _SHOWN
        session.note(f"另有{rest}行不合格。", f"{rest} more rows are bad.")


def _write_rejected(file: Path, mapping: Mapping, scratch: Scratch, target: Path) -> None:
    """The bad rows as they stand in the file, with line and reasons before them; opens in a spreadsheet."""
    rejections = scratch.rejections()
    expected = next(rejections, None)
    with open_register(file, mapping) as register, target.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["line", "reason_zh", "reason_en", *register.header])
        for row in register.rows:
            if expected is None:
                return
            if row.line == expected.line:
                cells = [cell.encode("utf-8", "surrogateescape").decode("utf-8", "replace") for cell in row.cells]
                writer.writerow([*expected, *cells])
                expected = next(rejections, None)


def _report(session: Session, tally: Tally, file: Path, *, dry_run: bool) -> int:
    if session.json:
        session.print_json(
            {
                "file": file.name,
                "dry_run": dry_run,
                "rows": tally.rows,
                "recorded": tally.recorded,
                "known_before": tally.known,
                "superseded": tally.superseded,
                "rejected": tally.rejected,
                "first_position": tally.first_position,
                "last_position": tally.last_position,
            }
        )
    elif dry_run:
        session.console.print(f"可记录 · can be recorded  {tally.rows:,}")
        session.console.print(f"不合格 · bad rows         {tally.rejected:,}")
    else:
        session.console.print(f"记录 · recorded          {tally.recorded:,}")
        session.console.print(f"早已记录 · known before  {tally.known:,}")
        session.console.print(f"标为被替代 · superseded  {tally.superseded:,}")
        session.console.print(f"不合格 · bad rows        {tally.rejected:,}")
    return 1 if tally.rejected else 0
