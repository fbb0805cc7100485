"""Who owes what by when, over HTTP: one's own units, one duty day by day, and nothing of other units."""

from __future__ import annotations

import pytest
from icalendar import Calendar

from tests.web.district import Door
from tests.web.test_requests import APPLICATION, with_calendar


def a_request(door: Door) -> str:
    """A request that U02 received today; answers the number of the duty to answer it."""
    streams = door.carried_out("G02", "/api/requests", {**APPLICATION, "channel": "in_person"}).json()["streams"]
    [number] = [stream.partition("/")[2] for stream in streams if stream.startswith("request/")]
    return f"request_answer.{number}"


@pytest.mark.requirement("R117")
def test_an_officer_sees_what_the_unit_owes_and_why_it_is_due_then(small_door: Door) -> None:
    door = with_calendar(small_door)
    duty = a_request(door)
    head = door.district.size

    listed = door.get("G02", "/api/obligations", kind="request_answer", state="open", min_position=head).json()
    shown = door.get("G02", f"/api/obligations/{duty}").json()

    (received,) = door.district.entries("request.received/1")
    assert [(row["obligation"], row["unit"]) for row in listed["rows"]] == [(duty, "U02")]
    assert shown["due_on"] == received.data["due_on"]
    assert shown["days"][0]["reason_zh"] == "收到当日不计"
    mine = door.get("G02", "/api/obligations?officer=G02&state=open").json()["rows"]
    assert duty in [row["obligation"] for row in mine]
    before = door.get("G02", "/api/obligations", as_of_position=received.position - 1).json()["rows"]
    assert duty not in [row["obligation"] for row in before]


def test_another_units_duties_are_not_shown(small_door: Door) -> None:
    door = with_calendar(small_door)
    duty = a_request(door)
    head = door.district.size

    answers = [
        door.get(None, "/api/obligations"),
        door.get("G05", "/api/obligations", unit="U02"),
        door.get("G05", f"/api/obligations/{duty}", min_position=head),
        door.get("G05", "/api/obligations/request_answer.Q-1"),
    ]

    assert [answer.status_code for answer in answers] == [401, 403, 404, 404]
    own = door.get("G05", "/api/obligations", limit=200).json()["rows"]
    assert {row["unit"] for row in own} == {"U05"}
    supervised = door.get("J01", "/api/obligations", limit=200).json()["rows"]
    assert {"U01", "U02", "U05"} <= {row["unit"] for row in supervised}


def test_pages_follow_one_another_without_a_gap(small_door: Door) -> None:
    whole = small_door.get("J01", "/api/obligations", limit=200, min_position=small_door.district.size).json()["rows"]
    rows, cursor = [], None
    while cursor is not None or not rows:
        page = small_door.get("J01", "/api/obligations", limit=2, **({"cursor": cursor} if cursor else {})).json()
        rows, cursor = [*rows, *page["rows"]], page["next_cursor"]

    assert [row["obligation"] for row in rows] == [row["obligation"] for row in whole]
    assert small_door.get("J01", "/api/obligations", cursor="WzEsMiwzLDRd").status_code == 422


def test_what_is_open_is_a_calendar_to_subscribe_to(small_door: Door) -> None:
    door = small_door
    order = {"rectification": "RC-07", "unit": "U02", "cause": "SPOT_CHECK", "problem": "未公开", "demand": "公开"}
    door.carried_out("J01", "/api/rectifications", {**order, "due_on": "2099-11-28"})
    answer = door.get("G02", "/api/obligations.ics", min_position=door.district.size)

    events = {str(event["uid"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")}
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert events["rectification.RC-07@disclosure-ledger"].decoded("dtstart").isoformat() == "2099-11-28"
    assert door.get(None, "/api/obligations.ics").status_code == 401
    assert "RC-07" not in door.get("G05", "/api/obligations.ics").text


@pytest.mark.requirement("R126")
def test_gaps_are_shown_to_their_unit_and_to_supervision(small_door: Door) -> None:
    door = small_door
    before = door.get("G02", "/api/gaps").json()["rows"]
    door.carried_out("Z02", "/api/units/U02/disclosure-office", {"office_zh": "党政综合办"})
    after = door.get("J01", "/api/gaps", unit="U05").json()["rows"]

    assert {row["unit"] for row in before} == {"U02"}
    assert {"NO_MONITORING_DUTY", "NO_DEPUTY_IN_CHARGE", "UNTRAINED_OFFICER"} <= {row["code"] for row in before}
    assert {row["unit"] for row in after} == {"U05"}
    assert door.get("G02", "/api/gaps", unit="U05").status_code == 403
