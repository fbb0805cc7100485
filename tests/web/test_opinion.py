"""An incident over HTTP: noticed, graded, answered too late and by the right unit only, closed (七) (八) (九)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.web.district import Door, now

CASE = "/api/opinions/IN-01"


@pytest.fixture
def noticed(door: Door) -> Door:
    signal = {"source_kind": "MICROBLOG", "source": "微博", "summary": "化学品仓库火情"}
    door.carried_out("G02", f"{CASE}/signals", signal)
    return door


def said(door: Door) -> dict[str, Any]:
    return {"title": "情况通报", "content": door.stored("通报"), "channels": ["CH-01"]}


@pytest.mark.requirement("R75")
def test_a_first_word_after_five_hours_and_thirty_eight_minutes_is_recorded_as_late(noticed: Door) -> None:
    happened = (now() - timedelta(hours=5, minutes=37, seconds=30)).isoformat()
    grading = {"grade": "MAJOR", "reason": "有人员伤亡", "incident_occurred_at": happened}
    noticed.carried_out("A02", f"{CASE}/grades", grading)

    noticed.carried_out("P02", f"{CASE}/releases", {**said(noticed), "matter": "PUBLIC_EMERGENCY"})

    (released,) = noticed.district.entries("opinion.authoritative_information_released/1")
    assert released.data["breach_minutes"] == 38
    assert released.data["flags"][0] == "BREACH_5H"


@pytest.mark.requirement("R62")
def test_what_not_all_responders_have_confirmed_is_refused(noticed: Door) -> None:
    shares = [{"unit": "U02", "scope": "救援"}, {"unit": "U05", "scope": "房屋安全"}]
    noticed.carried_out("G01", f"{CASE}/responders", {"responders": shares})
    noticed.carried_out("A02", f"{CASE}/text-confirmations", {"content": noticed.stored("通报")})

    refused = noticed.post("P02", f"{CASE}/releases", said(noticed))

    assert refused.status_code == 409
    assert (refused.json()["code"], refused.json()["details"]["missing"]) == ("RESPONSE_TEXT_NOT_CONFIRMED", "U05")
    noticed.carried_out("A05", f"{CASE}/text-confirmations", {"content": noticed.stored("通报")})
    noticed.carried_out("P02", f"{CASE}/releases", said(noticed))
    noticed.carried_out("P02", f"{CASE}/closings", {"summary": "处置完毕"})


def test_a_case_nobody_recorded_is_not_found(door: Door) -> None:
    missing = door.post("A02", f"{CASE}/grades", {"grade": "MAJOR", "reason": "…"})

    assert (missing.status_code, missing.json()["code"]) == (404, "OPINION_UNKNOWN")
