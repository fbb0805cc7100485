"""The annual report at the operator's door: written, and checked again like anybody's."""

from pathlib import Path

import pytest

from tests.cli.conftest import Operator


@pytest.fixture
def written(at_fresh_district: Operator, tmp_path: Path) -> Path:
    file = tmp_path / "年报.xlsx"
    told = at_fresh_district.types("report", "annual", "--year", 2025, "--output", file)
    assert (told.code, told.err) == (0, "")
    assert "格台账不载" in told.out
    return file


def test_the_file_holds_against_the_checker(at_fresh_district: Operator, written: Path) -> None:
    checked = at_fresh_district.types("check", "annual-report", written, "--json")

    assert checked.code == 0
    assert checked.json["reports"] == [{"year": 2025, "unit": "全区", "cells": 6 + 25 * 7 + 15}]


def test_json_speaks_of_one_unit_as_of_a_position(at_fresh_district: Operator) -> None:
    told = at_fresh_district.types(
        "report", "annual", "--year", 2025, "--unit", "U01", "--format", "json", "--as-of-position", 3
    ).json

    assert (told["unit"], told["position"], told["edition"], told["faults"]) == ("U01", 3, 2021, [])


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--year", 2018), 2),
        (("--year", 2025, "--unit", "U99"), 1),
        (("--year", 2025, "--as-of-position", 3, "--known-at", "2025-01-01"), 2),
        (("--year", 2025, "--format", "ofd"), 2),
    ],
)
def test_what_cannot_be_is_not_written(at_fresh_district: Operator, options: tuple[object, ...], code: int) -> None:
    assert at_fresh_district.types("report", "annual", *options).code == code
