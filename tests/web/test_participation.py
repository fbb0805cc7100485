"""A major decision over HTTP: published, commented upon by anybody, not decided early; and a message in the box."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from aggregates.deed import CHINA
from tests.web.district import Door

COLUMN = {"column": "COL-D", "name_zh": "重大决策公开", "name_en": "Major decisions", "unit": "U01", "refresh_days": 30}
DECISION = {
    "decision": "MD-01",
    "unit": "U02",
    "title": "老旧小区改造方案",
    "decision_kind": "POLICY_MEASURE",
    "body": "DISTRICT_STANDING_MEETING",
}


def day(door: Door, after: int = 0) -> str:
    return (door.district.clock().astimezone(CHINA).date() + timedelta(days=after)).isoformat()


def in_consultation(door: Door) -> None:
    """A decision whose draft and basis are before the public, with comments open for thirty days."""
    door.carried_out("G01", "/api/columns", COLUMN)
    door.carried_out("D02", "/api/decisions", DECISION)
    door.cleared("I-2025-0001", "草案")
    door.cleared("I-2025-0002", "依据")
    drafts = {"draft_item": "I-2025-0001", "basis_item": "I-2025-0002", "column": "COL-D", "channels": ["CH-01"]}
    door.carried_out("P02", "/api/decisions/MD-01/drafts", drafts)
    period = {"period_from": day(door), "period_until": day(door, 30), "ways": "平台、来信"}
    door.carried_out("D02", "/api/decisions/MD-01/comment-periods", period)


def refused(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


@pytest.mark.requirement("R20")
@pytest.mark.requirement("R45")
def test_a_draft_without_its_basis_does_not_go_out_nor_one_that_nobody_reviewed(small_door: Door) -> None:
    door = small_door
    door.carried_out("G01", "/api/columns", COLUMN)
    door.carried_out("D02", "/api/decisions", DECISION)
    door.cleared("I-2025-0001", "草案")
    door.approved("I-2025-0002", "依据")
    draft = {"draft_item": "I-2025-0001", "column": "COL-D", "channels": ["CH-01"]}

    alone = door.post("P02", "/api/decisions/MD-01/drafts", draft)
    unreviewed = door.post("P02", "/api/decisions/MD-01/drafts", {**draft, "basis_item": "I-2025-0002"})

    assert refused(alone) == (409, "DECISION_BASIS_MISSING")
    assert refused(unreviewed) == (409, "NOT_REVIEWED")
    assert door.district.entries("publication.published/1", "decision.draft_published/1") == []


@pytest.mark.requirement("R18")
@pytest.mark.requirement("R21")
def test_anybody_may_comment_and_nothing_is_decided_while_they_may(small_door: Door) -> None:
    door = small_door
    in_consultation(door)

    first = door.post(None, "/api/decisions/MD-01/comments", {"text": "同意，请尽快", "name": "某人"})
    again = door.post(None, "/api/decisions/MD-01/comments", {"text": "不同意"}, Idempotency_Key="mine")
    repeated = door.post(None, "/api/decisions/MD-01/comments", {"text": "不同意"}, Idempotency_Key="mine")
    early = door.post("D02", "/api/decisions/MD-01/outcomes", {"outcome": "PASSED"})
    closing = door.post("D02", "/api/decisions/MD-01/comment-period-closings", {})

    assert first.json()["streams"] == {"comment/MD-01.1": 1}
    assert again.json()["streams"] == {"comment/MD-01.2": 1}
    assert repeated.headers["Idempotency-Replayed"] == "true"
    assert refused(early) == (409, "COMMENT_PERIOD_OPEN")
    assert refused(closing) == (409, "COMMENT_PERIOD_OPEN")
    comments = door.district.entries("comment.received/1")
    assert [(entry.actor.officer, entry.data["number"]) for entry in comments if entry.actor] == [
        ("CITIZEN", 1),
        ("CITIZEN", 2),
    ]
    assert all("同意".encode() not in entry.raw and "某人".encode() not in entry.raw for entry in comments)


def test_the_public_does_nothing_but_speak(small_door: Door) -> None:
    door = small_door
    in_consultation(door)

    decided = door.post(None, "/api/decisions/MD-01/outcomes", {"outcome": "PASSED"})
    dated = door.post(
        None, "/api/decisions/MD-01/comments", {"text": "同意", "received_at": "2025-01-01T09:00:00+08:00"}
    )

    assert decided.status_code == 401
    assert refused(dated) == (422, "INVALID")
    assert door.district.entries("comment.received/1") == []


@pytest.mark.requirement("R113")
@pytest.mark.requirement("R114")
def test_a_message_is_numbered_passed_on_and_answered(small_door: Door) -> None:
    door = small_door
    box = {"box": "BOX-01", "unit": "U01", "name_zh": "意见箱", "name_en": "Opinion box", "channel": "CH-01"}
    door.carried_out("G01", "/api/opinion-boxes", box)

    left = door.post(None, "/api/opinion-boxes/BOX-01/messages", {"kind": "SUGGESTION", "text": "请增设路灯"})
    nowhere = door.post(None, "/api/opinion-boxes/BOX-09/messages", {"kind": "SUGGESTION", "text": "请增设路灯"})
    passed = door.post("G01", "/api/messages/BOX-01.1/assignments", {"unit": "U02", "topic": "路灯"})
    foreign = door.post("G05", "/api/messages/BOX-01.1/replies", {"text": "已增设"})
    answered = door.post("G02", "/api/messages/BOX-01.1/replies", {"text": "已增设"})

    assert left.json()["streams"] == {"message/BOX-01.1": 1}
    assert refused(nowhere) == (404, "OPINION_BOX_UNKNOWN")
    assert refused(foreign) == (403, "OTHER_UNIT")
    assert (passed.status_code, answered.status_code) == (201, 201)
    (reply,) = door.district.entries("message.replied/1")
    assert (reply.data["unit"], reply.data["days"], reply.data["flags"]) == ("U02", 0, [])
    value = door.district.ledger.personal.get("message/BOX-01.1", "text")
    assert value is not None
    assert value.value == "请增设路灯"
