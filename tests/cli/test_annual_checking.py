"""Checking somebody else's annual report at the operator's door, without any ledger."""

import json
from pathlib import Path

import pytest

from cli.app import run

HEADER = "年度,类别,自然人,商业企业,科研机构,社会公益组织,法律服务机构,其他,总计\n"


def checked(file: Path, capfd: pytest.CaptureFixture[str], *options: str) -> tuple[int, str, str]:
    code = run(["check", "annual-report", str(file), *options])
    told = capfd.readouterr()
    return code, told.out, told.err


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    file = tmp_path / "年报.csv"
    file.write_text(f"{HEADER}2023,三（一）予以公开,6,0,0,0,0,1,8\n", encoding="utf-8")
    return file


def test_names_the_cell_and_fails(wrong: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = checked(wrong, capfd)

    assert code == 1
    assert "2023年表2“三（一）予以公开”的“总计”为8，该行各栏之和为7" in out
    assert "2023, table 2, granted, total: the cell is 8; the row's columns add up to 7" in out


def test_tells_programs_the_same(wrong: Path, capfd: pytest.CaptureFixture[str]) -> None:
    _, out, _ = checked(wrong, capfd, "--json")
    told = json.loads(out)

    (fault,) = [fault for fault in told["faults"] if fault["identity"] != "blank"]
    assert (fault["identity"], fault["row"], fault["column"], fault["found"], fault["expected"]) == (
        "c", "三（一）予以公开", "总计", 8, 7,
    )  # fmt: skip
    assert told["warnings"] == []


def test_all_is_well_with_warnings_only(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "stock.csv"
    rows = ("2023,行政规范性文件,5,0,40", "2024,行政规范性文件,5,0,44")
    file.write_text("\n".join(("年度,信息内容,本年制发件数,本年废止件数,现行有效件数", *rows)), encoding="utf-8")

    code, out, _ = checked(file, capfd)

    assert code == 0
    assert "0 处不符 · faults，1 处警告 · warnings" in out


def test_a_file_without_tables_is_said_to_be_one(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "letter.csv"
    file.write_text("敬启者\n", encoding="utf-8")

    code, _, err = checked(file, capfd)

    assert code == 1
    assert "没有认出年度报告的表格" in err
