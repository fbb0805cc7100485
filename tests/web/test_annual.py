"""The annual report over HTTP: for whom, up to where, as which file."""

from __future__ import annotations

from datetime import timedelta

import pytest

from projections.annual.identities import check
from projections.annual.table_file import read_reports
from tests.web.district import Door, now


@pytest.fixture
def year() -> int:
    return (now() - timedelta(days=1)).year


def test_supervision_has_the_district_and_a_unit_its_own(door: Door, year: int) -> None:
    statuses = {
        (officer, unit): door.get(officer, f"/api/reports/annual/{year}{unit}").status_code
        for officer in ("J01", "P05")
        for unit in ("", "?unit=U05", "?unit=U02")
    }

    assert statuses == {
        ("J01", ""): 200,
        ("J01", "?unit=U05"): 200,
        ("J01", "?unit=U02"): 200,
        ("P05", ""): 403,
        ("P05", "?unit=U05"): 200,
        ("P05", "?unit=U02"): 403,
    }


def test_speaks_for_the_position_asked_about(door: Door, year: int) -> None:
    told = door.get("J01", f"/api/reports/annual/{year}?as_of_position=5").json()

    assert (told["position"], told["year"], told["unit"], told["faults"]) == (5, year, None, [])
    assert told["tables"]["2"]["rows"][0]["label"] == "一、本年新收政府信息公开申请数量"


def test_the_file_is_read_by_the_checker(small_door: Door, year: int) -> None:
    answer = small_door.get("J01", f"/api/reports/annual/{year}?format=xlsx")

    (read,) = read_reports("年报.xlsx", answer.content)
    assert (read.year, read.unit, check([read])) == (year, "全区", [])


@pytest.mark.parametrize("suffix", ["xlsx", "docx", "json"])
def test_the_page_offers_it_as_a_file(small_door: Door, year: int, suffix: str) -> None:
    answer = small_door.get("J01", f"/reports/annual/{year}.{suffix}?unit=U05")

    assert (answer.status_code, answer.headers["content-type"].endswith(("sheet", "document", "json"))) == (200, True)


@pytest.mark.parametrize(
    ("path", "status"), [("2018", 422), ("2025?unit=U99", 404), ("2025?as_at=2025-01-23T10:15:00Z", 422)]
)
def test_says_what_there_is_no_report_of(small_door: Door, path: str, status: int) -> None:
    assert small_door.get("J01", f"/api/reports/annual/{path}").status_code == status
