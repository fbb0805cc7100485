"""``check annual-report``: the identities of the statutory annual report, on tables from anywhere."""

from pathlib import Path
from typing import Any

from cli.failure import Failure
from cli.session import Session, SessionOf
from projections.annual.document_json import fault_as_json
from projections.annual.form import YearReport
from projections.annual.identities import Fault, check
from projections.annual.table_file import TableFileUnreadable, read_reports

LARGEST = 50 * 2**20
"""Bytes of a file of tables."""


def check_annual_report(file: Path, *, session: SessionOf, year: int | None = None) -> int:
    """核对年度报告表格的勾稽关系，无论出自何处。Check the tables of an annual report, wherever they come from.

    不符之处指明表、行、列，所填与应为；有不符即退出码1，只有警告为0。不需要台账。
    Each fault names table, row and column, what is there and what it should be.  Faults make the exit code 1,
    warnings do not.  No ledger is needed.

    :param file: .csv或.xlsx，可含多个年度、多个单位。The file; it may hold several years and units.
    :param year: 表中没有写明年度时的年度。The year of tables that name none.
    """
    reports = _read(file, year)
    faults = check(reports)
    wrong = [fault for fault in faults if not fault.warning]
    if session.json:
        session.print_json(_told(file, reports, faults))
    else:
        _show(session, file, reports, faults)
    return 1 if wrong else 0


def _read(file: Path, year: int | None) -> list[YearReport]:
    if file.stat().st_size > LARGEST:
        raise Failure(
            f"{file.name}超过{LARGEST // 2**20} MiB，不是年度报告表格。没有核对任何内容。",
            f"{file.name} is larger than {LARGEST // 2**20} MiB; that is no annual report. Nothing was checked.",
        )
    try:
        return read_reports(file.name, file.read_bytes(), year)
    except TableFileUnreadable as error:
        raise Failure(error.sentence_zh, error.sentence_en) from None


def _show(session: Session, file: Path, reports: list[YearReport], faults: list[Fault]) -> None:
    for fault in faults:
        mark, style = ("警告 · warning", "yellow") if fault.warning else ("不符 · fault", "bold red")
        session.console.print(f"({fault.identity}) {mark}", style=style, markup=False)
        session.console.print(f"  {fault.sentence_zh}\n  {fault.sentence_en}", markup=False, soft_wrap=True)
    wrong = sum(not fault.warning for fault in faults)
    years = "、".join(map(str, sorted({report.year for report in reports})))
    session.console.print(
        f"{file.name}: {years}；{len(reports)} 份报告 · reports，{wrong} 处不符 · faults，"
        f"{len(faults) - wrong} 处警告 · warnings",
        style="bold red" if wrong else "green",
        markup=False,
        soft_wrap=True,
    )


def _told(file: Path, reports: list[YearReport], faults: list[Fault]) -> dict[str, Any]:
    return {
        "file": file.name,
        "reports": [{"year": one.year, "unit": one.unit, "cells": len(one.cells)} for one in reports],
        "faults": [fault_as_json(fault) for fault in faults if not fault.warning],
        "warnings": [fault_as_json(fault) for fault in faults if fault.warning],
    }
