"""The November of a unit over HTTP: a withheld item becomes public, a sample is drawn, a rectification is closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.web.district import District, Door, open_door

NOVEMBER = datetime(2025, 11, 3, 1, 0, tzinfo=UTC)


class MovingClock:
    """November 2025; a second passes with every look."""

    def __init__(self) -> None:
        self.now = NOVEMBER

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def november(tmp_path: Path) -> Iterator[Door]:
    district = District(f"sqlite:///{tmp_path / 'district.db'}", MovingClock())
    with open_door(district) as door:
        yield door
    district.close()


def withheld(door: Door, item: str) -> str:
    door.drafted(item)
    body = {"attribute": "WITHHELD", "reason": "过程性信息", "legal_basis": ["条例第十六条"]}
    return door.carried_out("D02", f"/api/documents/{item}/attributes", body).headers["ETag"]


@pytest.mark.requirement("R35")
@pytest.mark.requirement("R36")
def test_a_withheld_item_is_found_convertible_reviewed_converted_published_and_reported(november: Door) -> None:
    door = november
    etag = withheld(door, "I-7")
    door.carried_out("G01", "/api/self-checks", {"year": 2025, "units": ["U02", "U05"]})
    finding = {"item": "I-7", "finding_scope": "WITHHELD", "conclusion": "CONVERTIBLE", "reason": "决策已作出"}
    door.carried_out("G02", "/api/self-checks/2025/units/U02/findings", finding)
    conversion = {"year": 2025, "reason": "可转为主动公开"}

    refused = door.post("G02", "/api/documents/I-7/conversions", conversion)
    assert (refused.status_code, refused.json()["code"]) == (409, "NOT_REVIEWED")

    door.reviewed("I-7", etag)
    converted = door.carried_out("G02", "/api/documents/I-7/conversions", conversion)
    assert converted.headers["ETag"] == f'"{converted.json()["streams"]["document/I-7"]}"'
    door.carried_out("A02", "/api/documents/I-7/attribute-reviews", {"conclusion": "CONFIRMED"})
    submitted = door.carried_out("D02", "/api/documents/I-7/submissions", {})
    door.carried_out("A02", "/api/documents/I-7/approvals", {}, If_Match=submitted.headers["ETag"])
    door.carried_out("P02", "/api/publications", {"item": "I-7", "channels": ["CH-01"]})

    counts = {"findings": 1, "kept": 0, "convertible": 1, "should_be_disclosed": 0}
    differing = door.post("G02", "/api/self-checks/2025/units/U02/reports", {**counts, "kept": 1})
    assert (differing.status_code, differing.json()["code"]) == (409, "REPORT_COUNTS_DIFFER")
    door.carried_out("G02", "/api/self-checks/2025/units/U02/reports", counts)
    [entry] = door.district.entries("self_check.reported/1")
    assert (entry.data["converted"], entry.data["disclosed"]) == (1, 1)
    unknown = door.post("G02", "/api/self-checks/2024/units/U02/reports", counts)
    assert (unknown.status_code, unknown.json()["code"]) == (404, "SELF_CHECK_UNKNOWN")


@pytest.mark.requirement("R37")
@pytest.mark.requirement("R38")
def test_the_office_draws_a_sample_orders_disclosure_and_closes_a_rectification_by_evidence(november: Door) -> None:
    door = november
    door.drafted("I-1")
    drawing = {"spot_check": "SK-2025", "check_occasion": "APPRAISAL", "seed": "20251124", "sample_size": 60}
    door.carried_out("J01", "/api/spot-checks", drawing)
    [conducted] = door.district.entries("spot_check.conducted/1")
    assert conducted.data["sample"] == ["I-1"]
    finding = {"drawn": "I-1", "conclusion": "SHOULD_BE_DISCLOSED"}
    door.carried_out("J01", "/api/spot-checks/SK-2025/findings", finding)
    duty = {"item": "I-1", "unit": "U02", "cause": "SPOT_CHECK", "reason": "应公开", "spot_check": "SK-2025"}
    door.carried_out("J01", "/api/disclosure-duties", duty)
    order = {
        "rectification": "RC-07",
        "unit": "U02",
        "problem": "应公开未公开",
        "demand": "公开",
        "cause": "SPOT_CHECK",
        "item": "I-1",
        "due_on": "2025-11-28",
    }
    door.carried_out("J01", "/api/rectifications", order)

    path = "/api/rectifications/RC-07/confirmations"
    refused = door.post("J01", path, {"evidence_positions": []})
    assert (refused.status_code, refused.json()["code"]) == (409, "RECTIFICATION_EVIDENCE_MISSING")
    of_another_unit = door.post("G02", path, {"evidence_positions": [1]})
    assert (of_another_unit.status_code, of_another_unit.json()["code"]) == (403, "NOT_DISTRICT_OFFICE")
    door.way_up("I-1")
    etag = door.etag("S02", "/api/documents/I-1", door.district.size)
    door.reviewed("I-1", etag)
    door.carried_out("P02", "/api/publications", {"item": "I-1", "channels": ["CH-01"]})
    confirmed = door.carried_out("J01", path, {"evidence_positions": [door.district.size]})

    assert confirmed.json()["streams"] == {"rectification/RC-07": 2}
    trail = door.get("J01", "/api/trails/rectification/RC-07", min_position=door.district.size).json()["rows"]
    assert [row["type"] for row in trail][-1] == "rectification.confirmed/1"
