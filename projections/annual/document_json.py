"""The report as one JSON document: every cell with the captions of the form."""

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from projections.annual.filling import DISTRICT, Compiled
from projections.annual.form import (
    APPLICANTS,
    REMEDIES,
    RESULTS,
    TABLE_ONE,
    TABLE_TITLES,
    TABLE_TWO,
    Cell,
    Number,
)
from projections.annual.identities import Fault


def as_json(compiled: Compiled) -> dict[str, Any]:
    """The whole report.  A figure with a fraction is text, because it must not be rounded; a blank cell is null."""
    unit = compiled.report.unit
    return {
        "position": compiled.position,
        "year": compiled.year,
        "unit": None if unit == DISTRICT else unit,
        "edition": compiled.edition,
        "tables": {str(number): {"title": title, "rows": _rows(compiled, number)} for number, (title, _) in _TITLES},
        "fees": asdict(compiled.fees),
        "blank": [cell._asdict() for cell in compiled.blank],
        "faults": [fault_as_json(fault) for fault in compiled.faults if not fault.warning],
        "warnings": [fault_as_json(fault) for fault in compiled.faults if fault.warning],
    }


def fault_as_json(fault: Fault) -> dict[str, Any]:
    """A fault with its figures."""
    return {name: exactly(value) if isinstance(value, Decimal) else value for name, value in asdict(fault).items()}


def exactly(value: Number | None) -> int | str | None:
    """A figure as JSON can hold it."""
    return str(value) if isinstance(value, Decimal) else value


_TITLES = tuple(TABLE_TITLES.items())


def _rows(compiled: Compiled, number: int) -> list[dict[str, Any]]:
    match number:
        case 1:
            sections = TABLE_ONE[compiled.edition]
            return [
                _row(compiled, Cell(1, row, ""), label, section.columns)
                for section in sections
                for row, label in section.rows.items()
            ]
        case 2:
            lines = TABLE_TWO[compiled.edition]
            return [_row(compiled, Cell(2, line.code, ""), line.label, APPLICANTS) for line in lines]
        case _:
            return [_row(compiled, Cell(3, group, ""), label, RESULTS) for group, label in REMEDIES.items()]


def _row(compiled: Compiled, cell: Cell, label: str, columns: Any) -> dict[str, Any]:
    return {
        "row": cell.row,
        "label": label,
        "cells": [
            {
                "column": column,
                "label": caption,
                "value": exactly(compiled.report.cells.get(cell._replace(column=column))),
            }
            for column, caption in columns.items()
        ],
    }
