"""A request over HTTP: handed in by anybody, confirmed, asked about by its secret link, extended by the right person."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

import pytest

from aggregates.calendar_sources import propose
from aggregates.deed import CHINA
from tests.web.district import Door

PERSON = {"applicant_name": "王小明", "applicant_contact": "13800000000", "description": "我要旧城改造的文件"}
APPLICATION = {"unit": "U02", "channel": "online", "applicant_kind": "natural_person", **PERSON}
REPLY = {
    "kind": "GRANTED",
    "title": "政府信息公开申请答复书",
    "document_number": "鄞公开〔2026〕1号",
    "facts": "收到申请，要求公开某信息",
    "legal_basis": ["政府信息公开条例第三十六条"],
    "decision": "予以公开",
    "remedies": "可在60日内申请行政复议",
    "sealed": True,
}


def token() -> str:
    return secrets.token_urlsafe(32)


def with_calendar(door: Door) -> Door:
    year = propose(2026)
    door.carried_out(
        "G01",
        "/api/calendar/years",
        {
            "year": 2026,
            "source": "国办发明电〔2025〕7号",
            "holidays": year.holidays,
            "make_up_workdays": year.make_up_workdays,
        },
    )
    return door


def handed_in(door: Door, **more: Any) -> tuple[str, str]:
    """A request from outside; answers its number and the token of its link."""
    mine = token()
    answer = door.post(None, "/api/requests", {**APPLICATION, "status_token": mine, **more})
    assert answer.status_code == 201, answer.text
    [number] = [stream.partition("/")[2] for stream in answer.json()["streams"] if stream.startswith("request/")]
    return number, mine


@pytest.mark.requirement("R115")
@pytest.mark.requirement("R116")
@pytest.mark.requirement("R117")
def test_anybody_asks_and_follows_the_request_by_its_link(small_door: Door) -> None:
    door = with_calendar(small_door)

    number, mine = handed_in(door)

    waiting = door.get(None, f"/api/requests/{number}/status", token=mine)
    assert (waiting.json()["state"], waiting.json()["due_on"]) == ("ARRIVED", None)
    assert waiting.headers["Cache-Control"] == "no-store"
    door.carried_out("G02", f"/api/requests/{number}/confirmations", {"subject": "旧城改造文件"})
    running = door.get(None, f"/api/requests/{number}/status", token=mine).json()
    (confirmed,) = door.district.entries("request.receipt_confirmed/1")
    assert (running["state_zh"], running["due_on"]) == ("办理中", confirmed.data["due_on"])
    assert running["days"][0]["reason"] == "RECEIVED"
    door.carried_out("G02", f"/api/requests/{number}/replies", REPLY)
    done = door.get(None, f"/api/requests/{number}/status", token=mine).json()
    assert (done["state"], done["reply_kind_zh"]) == ("REPLIED", "予以公开")


def test_nothing_about_the_applicant_is_in_the_log_or_told_to_anybody(small_door: Door) -> None:
    door = small_door

    number, mine = handed_in(door)

    told = door.get(None, f"/api/requests/{number}/status", token=mine).text
    log = b"".join(entry.raw for entry in door.district.entries())
    for value in PERSON.values():
        assert value not in told
        assert value.encode() not in log
    assert mine.encode() not in log


def test_a_wrong_link_and_an_unknown_number_look_alike(small_door: Door) -> None:
    door = small_door
    number, _ = handed_in(door)
    other, others = handed_in(door)

    answers = [
        door.get(None, f"/api/requests/{number}/status", token=others),
        door.get(None, f"/api/requests/{number}/status", token=token()),
        door.get(None, "/api/requests/Q-2026-999/status", token=token()),
    ]

    assert other != number
    assert [answer.status_code for answer in answers] == [404] * 3
    assert len({answer.json()["detail"] for answer in answers}) == 1
    assert door.get(None, f"/api/requests/{number}/status").status_code == 422


def test_a_request_without_a_link_is_not_told_to_anybody(small_door: Door) -> None:
    door = small_door
    streams = door.carried_out("G02", "/api/requests", {**APPLICATION, "channel": "in_person"}).json()["streams"]
    [stream] = [stream for stream in streams if stream.startswith("request/")]

    answer = door.get(None, f"/api/{stream.replace('request', 'requests', 1)}/status", token=token())

    assert answer.status_code == 404


def test_the_public_does_not_fill_in_what_the_office_does(small_door: Door) -> None:
    door = small_door
    for field, value in (
        ("request", "Q-2026-001"),
        ("subject", "某信息"),
        ("confirmed_on", "2026-01-05"),
        ("arrived_at", "2026-01-05T09:00:00+08:00"),
        ("channel", "in_person"),
        ("description", None),
    ):
        answer = door.post(None, "/api/requests", {**APPLICATION, field: value})

        assert (answer.status_code, answer.json()["code"]) == (422, "INVALID"), field
    assert door.district.entries("request.received/1") == []


def test_the_public_does_not_handle_requests(small_door: Door) -> None:
    number, _ = handed_in(small_door)

    answer = small_door.post(None, f"/api/requests/{number}/replies", REPLY)

    assert answer.status_code == 401


def test_a_repeated_key_makes_one_request_and_another_token_is_another_request(small_door: Door) -> None:
    door = small_door
    body = {**APPLICATION, "status_token": token()}

    first = door.post(None, "/api/requests", body, Idempotency_Key="mine")
    again = door.post(None, "/api/requests", body, Idempotency_Key="mine")
    stranger = door.post(None, "/api/requests", {**body, "status_token": token()}, Idempotency_Key="mine")

    assert (again.status_code, again.json()["position"]) == (201, first.json()["position"])
    assert stranger.status_code == 422
    assert len(door.district.entries("request.received/1")) == 1


@pytest.mark.requirement("R117")
def test_an_extension_by_the_wrong_person_is_refused_and_kept(small_door: Door) -> None:
    door = with_calendar(small_door)
    number, _ = handed_in(door)
    door.carried_out("G02", f"/api/requests/{number}/confirmations", {})
    today = door.district.clock().astimezone(CHINA).date().isoformat()
    wish = {"working_days": 20, "reason": "材料多", "applicant_told_on": today}

    refused = door.post("G02", f"/api/requests/{number}/extensions", wish)
    door.carried_out("Z02", f"/api/requests/{number}/extensions", wish)

    assert (refused.status_code, refused.json()["code"]) == (409, "EXTENSION_NOT_APPROVED")
    (attempt,) = door.district.entries("attempt.refused/1")
    assert attempt.data["subject"] == f"request/{number}"
    (extended,) = door.district.entries("request.deadline_extended/1")
    assert extended.data["approver"] == "Z02"


@pytest.mark.requirement("R118")
def test_what_came_on_paper_is_entered_with_both_times(small_door: Door) -> None:
    door = with_calendar(small_door)
    arrived = (door.district.clock().astimezone(CHINA) - timedelta(days=30)).isoformat(timespec="seconds")

    door.carried_out(
        "G02", "/api/requests/entries", {**APPLICATION, "channel": "registered_mail", "arrived_at": arrived}
    )

    (entry,) = door.district.entries("request.received/1")
    assert (entry.recorded_at - entry.occurred_at).days == 30
    assert entry.data["entry_working_days"] is None or entry.data["flags"] == ["LATE_ENTRY"]


def test_libraries_propose_a_year_and_a_year_they_do_not_know_is_not_there(small_door: Door) -> None:
    proposed = small_door.get("G01", "/api/calendar/proposals/2026")

    assert proposed.json()["make_up_workdays"][0] == "2026-01-04"
    assert proposed.json()["disputed"] == []
    assert small_door.get("G01", "/api/calendar/proposals/2099").status_code == 404
    assert small_door.get(None, "/api/calendar/proposals/2026").status_code == 401


def test_a_demand_and_a_suggestion(small_door: Door) -> None:
    door = small_door
    door.carried_out(
        "G02",
        "/api/record-corrections",
        {"record_correction": "RC-1", "unit": "U02", "subject": "登记信息", "applicant_name": "王小明"},
    )
    door.carried_out("G02", "/api/record-corrections/RC-1/decisions", {"conclusion": "CORRECTED", "reason": "审核属实"})
    door.carried_out("G02", "/api/suggestions", {"suggestion": "S-1", "unit": "U02", "subject": "学区划分"})
    door.carried_out("G02", "/api/suggestions/S-1/examinations", {"conclusion": "ADOPTED", "reason": "涉及公众利益"})

    assert len(door.district.entries("record_correction.decided/1", "suggestion.examined/1")) == 2
