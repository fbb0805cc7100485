"""``report annual``: the statutory annual report of a unit or of the district, filled from the ledger."""

import os
from enum import StrEnum
from pathlib import Path

import orjson

from cli.failure import Failure, wrong_usage
from cli.moments import end
from cli.session import Session, SessionOf
from ledger.ledger import Ledger
from projections.annual.document_json import as_json
from projections.annual.files import OFFICE_FILES
from projections.annual.filling import DISTRICT, FIRST_YEAR, Compiled, report_of, unit_names
from projections.temporal import AsOf

LAST_YEAR = 9998


class Format(StrEnum):
    """What a report is written as."""

    XLSX = "xlsx"
    DOCX = "docx"
    JSON = "json"


def report_annual(
    *,
    session: SessionOf,
    year: int,
    unit: str | None = None,
    format: Format = Format.XLSX,  # noqa: A002 - the option's name
    output: Path | None = None,
    as_of_position: int | None = None,
    known_at: str | None = None,
) -> int:
    """由台账编制年度报告的三张表，按当年的正式表样。The annual report's tables from the ledger, in the year's form.

    台账不载的格留空并列明；勾稽关系先行核对，有不符即退出码1。
    Cells that the ledger does not carry stay blank and are listed.  The identities are checked; a fault makes the
    exit code 1.

    :param year: 年度。The report year.
    :param unit: 单位编号；不写为全区。The unit's code; without it the district.
    :param format: xlsx（默认）、docx或json。xlsx, the default, docx, or json.
    :param output: 写入的文件，默认annual-<年度>-<单位>.<格式>；JSON默认标准输出。The file; JSON goes to standard
        output by default.
    :param as_of_position: 截止的台账位置，默认最后一条。The cut-off position; default: the last entry.
    :param known_at: 或：当时所知。Or: as known at this instant.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise wrong_usage(
            f"--year须在{FIRST_YEAR}年以后；更早的年度没有此表样。",
            f"--year begins with {FIRST_YEAR}; before that there is no such form.",
        )
    with session.open_ledger() as ledger:
        position = _cut_off(ledger, as_of_position, known_at)
        names = unit_names(ledger, position)
        if unit is not None and unit not in names:
            raise Failure(
                f"截至第{position}条，台账中没有单位{unit}。",
                f"At position {position} the ledger holds no unit {unit}.",
            )
        compiled = report_of(ledger, year, unit, position)
    name = None if unit is None else names[unit]
    _hand_over(session, compiled, name, Format(format), output)
    return 1 if any(not fault.warning for fault in compiled.faults) else 0


def _cut_off(ledger: Ledger, as_of_position: int | None, known_at: str | None) -> int:
    if as_of_position is not None and known_at is not None:
        raise wrong_usage(
            "--as-of-position和--known-at只能写一项。", "Give --as-of-position or --known-at, not both of them."
        )
    resolved = AsOf(as_of_position, end(known_at, "--known-at")).resolve(ledger)
    size = ledger.head().size
    return size if resolved.position is None else min(resolved.position, size)


def _hand_over(session: Session, compiled: Compiled, name: str | None, wanted: Format, output: Path | None) -> None:
    if wanted is Format.JSON and output is None:
        session.print_json(as_json(compiled))
        return
    whose = "district" if compiled.report.unit == DISTRICT else compiled.report.unit
    file = output or Path(f"annual-{compiled.year}-{whose}.{wanted}")
    fresh = file.with_name(f"{file.name}.part")
    fresh.write_bytes(_written(session, compiled, name, wanted))
    os.replace(fresh, file)  # noqa: PTH105 - a file takes its name when it is whole
    if session.json:
        session.print_json({"file": str(file), **as_json(compiled)})
        return
    for fault in compiled.faults:
        session.note(fault.sentence_zh, fault.sentence_en)
    session.console.print(
        f"{file}: 截至第 {compiled.position} 条 · as known at {compiled.position}，"
        f"{len(compiled.blank)} 格台账不载 · cells to be filled in",
        markup=False,
        soft_wrap=True,
    )


def _written(session: Session, compiled: Compiled, name: str | None, wanted: Format) -> bytes:
    if wanted is Format.JSON:
        return orjson.dumps(as_json(compiled), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    return OFFICE_FILES[wanted].write(compiled, name, session.clock())
