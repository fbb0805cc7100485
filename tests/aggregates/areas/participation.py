"""The area participation in the tests that hold for all areas.

``MAY``        command -> post -> places, as in tests/aggregates/test_authority.py, written by hand.
``asked``      data on U02's affairs for each command that passes whoever may, and is then refused for what it says.
``prepare``    puts into the manned district what those data speak of.
``CATALOGUE``  the published data of every event type of the area.
``happen``     lets every kind of event of the area happen once, in a founded house.
"""

from datetime import timedelta
from typing import Any

from aggregates.deed import PUBLIC
from tests.aggregates.house import Hand, House

OWN, OWN_AND_OFFICE, OFFICE = {"own"}, {"own", "office"}, {"office"}
OFFICE_HEADS = {"principal": OFFICE, "deputy_in_charge": OFFICE, "disclosure_officer": OFFICE}
INTAKE = {"disclosure_officer": OWN_AND_OFFICE}
DRAFTING = {"drafter": OWN, "disclosure_officer": OWN}
PUBLISHING = {"publisher": OWN}

MAY: dict[str, dict[str, set[str]]] = {
    "adopt_attendance_system": OFFICE_HEADS,
    "invite_attendee": INTAKE,
    "record_attendance": INTAKE,
    "register_major_decision": DRAFTING,
    "review_major_decision": OFFICE_HEADS,
    "exempt_from_pre_disclosure": {"drafter": OWN, "deputy_in_charge": OWN, "principal": OWN},
    "publish_decision_draft": PUBLISHING,
    "open_comment_period": DRAFTING,
    "submit_comment": {"drafter": OWN, "disclosure_officer": OWN_AND_OFFICE},
    "cluster_comments": DRAFTING,
    "close_comment_period": DRAFTING,
    "publish_consultation_feedback": PUBLISHING,
    "record_participation": DRAFTING,
    "record_decision": {"drafter": OWN, "disclosure_officer": OWN_AND_OFFICE, "principal": OWN},
    "announce_hearing": DRAFTING,
    "hold_hearing": DRAFTING,
    "publish_hearing_report": PUBLISHING,
    "register_participation_mode": INTAKE,
    "register_public_input": INTAKE,
    "register_supervision_input": INTAKE,
    "evaluate_implementation": DRAFTING,
    "open_opinion_box": INTAKE,
    "receive_message": INTAKE,
    "assign_message": INTAKE,
    "reply_message": {"disclosure_officer": OWN, "deputy_in_charge": OWN, "principal": OWN},
}

CATALOGUE: dict[str, str] = {
    "attendance_system.adopted/1": "version title document_number adopted_on item flags",
    "meeting.attendee_invited/1": "meeting unit title held_on invited agenda",
    "meeting.attendance_recorded/1": "meeting attendance note",
    "decision.registered/1": "major_decision unit title decision_kind body",
    "decision.reviewed/1": "major_decision conclusion note",
    "decision.exempted/1": "major_decision item review legal_basis reason",
    "decision.draft_published/1": "major_decision draft_item publication content_sha256 column channels",
    "decision.basis_published/1": "major_decision basis_item publication content_sha256 column channels",
    "decision.comment_period_opened/1": "major_decision period_from period_until days ways short_reason",
    "comment.received/1": "comment major_decision number source received_at characters text_commitment name_commitment "
    "contact_commitment flags",
    "decision.comments_clustered/1": "major_decision cluster title comments",
    "decision.comment_period_closed/1": "major_decision comments late_comments clusters",
    "decision.feedback_published/1": "major_decision item publication content_sha256 adoption comments unclustered",
    "decision.participation_recorded/1": "major_decision mode held_on people summary source",
    "decision.taken/1": "major_decision outcome meeting note flags",
    "public_hearing.announced/1": "public_hearing major_decision unit title item publication held_on place documents "
    "documents_on",
    "public_hearing.held/1": "public_hearing attendance minutes flags",
    "public_hearing.report_published/1": "public_hearing item publication content_sha256",
    "participation_mode.registered/1": "mode unit name_zh name_en summary",
    "public_input.registered/1": "public_input unit topic source received_at characters text_commitment "
    "name_commitment contact_commitment",
    "supervision_input.registered/1": "supervision_input unit supervisor topic source received_at characters "
    "text_commitment name_commitment contact_commitment",
    "evaluation.recorded/1": "evaluation unit item report_item publication period summary",
    "opinion_box.opened/1": "box unit name_zh name_en channel",
    "message.received/1": "message box number unit kind source received_at due_on characters text_commitment "
    "name_commitment contact_commitment",
    "message.assigned/1": "message unit topic",
    "message.replied/1": "message unit days characters reply_commitment item flags",
}

COLUMN = "COL-DECISIONS"
STAKEHOLDERS = [{"category": "STAKEHOLDER", "number": 12}, {"category": "MEDIA", "number": 2}]
NOTHING = {"sha256": "0" * 64, "size": 1, "media_type": "text/plain", "name": "x"}


def the_public(house: House, **deed: Any) -> Hand:
    """A member of the public about to say something."""
    return Hand(house, PUBLIC, **deed)


def registered(house: House, decision: str, unit: str = "U02") -> str:
    house.as_(f"D{unit[1:]}").register_major_decision(
        decision=decision,
        unit=unit,
        title="老旧小区改造方案",
        decision_kind="POLICY_MEASURE",
        body="DEPARTMENT_MEETING",
    )
    return decision


def column_of_decisions(house: House) -> str:
    house.as_("G01").register_column(
        column=COLUMN, name_zh="重大决策公开", name_en="Major decisions", unit="U01", refresh_days=30
    )
    return COLUMN


def asked() -> dict[str, dict[str, Any]]:
    said = {"text": "", "source": "LETTER"}
    return {
        "adopt_attendance_system": {"title": "", "adopted_on": "2017-12-01"},
        "invite_attendee": {"meeting": "MT-9", "unit": "U02", "title": "", "held_on": "2025-01-01", "invited": []},
        "record_attendance": {"meeting": "MT-1", "attendance": []},
        "register_major_decision": {"decision": "MD-9", "unit": "U02", "title": "", "decision_kind": "", "body": ""},
        "review_major_decision": {"decision": "MD-1", "conclusion": ""},
        "exempt_from_pre_disclosure": {
            "decision": "MD-1",
            "item": "I-2",
            "review": "",
            "legal_basis": [],
            "reason": "",
        },
        "publish_decision_draft": {"decision": "MD-1", "draft_item": "I-2", "column": COLUMN, "channels": []},
        "open_comment_period": {"decision": "MD-1", "period_from": "", "period_until": "", "ways": ""},
        "submit_comment": {"decision": "MD-1", **said},
        "cluster_comments": {"decision": "MD-1", "cluster": "K1", "title": "", "comments": []},
        "close_comment_period": {"decision": "MD-1"},
        "publish_consultation_feedback": {"decision": "MD-1", "item": "I-2", "channels": [], "adoption": []},
        "record_participation": {
            "decision": "MD-1",
            "mode": "HEARING",
            "held_on": "",
            "participants": 1,
            "summary": "",
        },
        "record_decision": {"decision": "MD-1", "outcome": ""},
        "announce_hearing": {
            "public_hearing": "HR-9",
            "unit": "U02",
            "title": "",
            "item": "I-1",
            "held_on": "2025-01-01",
            "place": "",
            "documents": [],
        },
        "hold_hearing": {"public_hearing": "HR-1", "attendance": [], "minutes": NOTHING},
        "publish_hearing_report": {"public_hearing": "HR-1", "item": "I-2", "channels": []},
        "register_participation_mode": {"mode": "M-9", "unit": "U02", "name_zh": "", "name_en": "", "summary": ""},
        "register_public_input": {"public_input": "PI-9", "unit": "U02", "topic": "", **said},
        "register_supervision_input": {
            "supervision_input": "SI-9",
            "unit": "U02",
            "supervisor": "",
            "topic": "",
            **said,
        },
        "evaluate_implementation": {
            "evaluation": "EV-9",
            "item": "I-2",
            "report_item": "I-1",
            "period": "",
            "summary": "",
        },
        "open_opinion_box": {"box": "BOX-9", "unit": "U02", "name_zh": "", "name_en": "", "channel": "CH-01"},
        "receive_message": {"box": "BOX-U02", "kind": "", "text": ""},
        "assign_message": {"message": "BOX-U02.1", "unit": "U02", "topic": ""},
        "reply_message": {"message": "BOX-U02.1", "text": ""},
    }


def prepare(house: House) -> None:
    """A decision, a hearing, a meeting and an opinion box of U02."""
    column_of_decisions(house)
    registered(house, "MD-1")
    announced(house, "HR-1", "I-1")
    house.as_("G02").invite_attendee(
        meeting="MT-1", unit="U02", title="局务会议", held_on="2025-01-20", invited=STAKEHOLDERS
    )
    house.as_("G02").open_opinion_box(box="BOX-U02", unit="U02", name_zh="意见箱", name_en="Box", channel="CH-01")
    the_public(house).receive_message(box="BOX-U02", kind="SUGGESTION", text="请增设路灯")


def announced(house: House, hearing: str, notice: str, decision: str | None = None, **more: Any) -> str:
    """A hearing announced for eight days from now, with its papers delivered today."""
    data = {
        "title": "方案听证会",
        "held_on": house.now.date() + timedelta(days=8),
        "place": "区行政中心",
        "documents": [house.stored("听证材料")],
        **more,
    }
    house.as_("D02").announce_hearing(public_hearing=hearing, unit="U02", item=notice, decision=decision, **data)
    return hearing


def happen(house: House) -> None:
    """A decision from its registration to its being taken, a hearing, a meeting, an opinion box; a second decision."""
    now, later = house.now, house.now + timedelta(days=40)
    column_of_decisions(house)
    house.as_("G01").adopt_attendance_system(title="列席会议制度", adopted_on="2017-11-30", document_number="1号")
    registered(house, "MD-P")
    house.as_("G01").review_major_decision(decision="MD-P", conclusion="CONFIRMED")
    for item in ("I-P1", "I-P2", "I-P3", "I-P4"):
        house.cleared(item, text=item)
    house.drafted("I-P0", policy=True)
    house.as_("P02").publish_decision_draft(
        decision="MD-P", draft_item="I-P1", basis_item="I-P2", column=COLUMN, channels=["CH-01"]
    )
    house.as_("D02").open_comment_period(
        decision="MD-P", period_from=now.date(), period_until=now.date() + timedelta(days=30), ways="平台或来信"
    )
    the_public(house).submit_comment(decision="MD-P", text="同意", name="某人", contact="电话")
    house.as_("D02").cluster_comments(decision="MD-P", cluster="K1", title="支持", comments=[1])
    announced(house, "HR-P", "I-P1", "MD-P")
    house.as_("G01").invite_attendee(
        meeting="MT-P", unit="U01", title="常务会议", held_on=later.date(), invited=STAKEHOLDERS, agenda=["MD-P"]
    )
    house.as_("G01").register_participation_mode(
        mode="ROUND_TABLE", unit="U01", name_zh="圆桌会", name_en="Round table", summary="…"
    )
    house.as_("G02").register_public_input(
        public_input="PI-P", unit="U02", topic="路灯", source="PHONE", text="请增设路灯", name="某人"
    )
    house.as_("G02").register_supervision_input(
        supervision_input="SI-P", unit="U02", supervisor="NPC_DEPUTY", topic="更新", source="MEETING", text="更新太慢"
    )
    house.as_("D02").evaluate_implementation(
        evaluation="EV-P", item="I-P0", report_item="I-P2", period="2024年", summary="总体良好"
    )
    house.as_("G01").open_opinion_box(box="BOX-P", unit="U01", name_zh="意见箱", name_en="Box", channel="CH-01")
    the_public(house).receive_message(box="BOX-P", kind="HELP", text="漏水", name="某人", contact="电话")
    house.as_("G01").assign_message(message="BOX-P.1", unit="U02", topic="房屋")
    house.as_("G02").reply_message(message="BOX-P.1", text="已修")
    registered(house, "MD-S")
    house.drafted("I-PS")
    house.as_("S02").conduct_secrecy_review(item="I-PS", conclusion="REFUSED", ground="涉密")
    house.as_("D02").exempt_from_pre_disclosure(
        decision="MD-S", item="I-PS", review="I-PS/R1", legal_basis=["保守国家秘密法第九条"], reason="涉及国家秘密"
    )
    house.as_("D02", at=later).hold_hearing(
        public_hearing="HR-P", attendance=STAKEHOLDERS, minutes=house.stored("笔录")
    )
    house.as_("P02").publish_hearing_report(public_hearing="HR-P", item="I-P3", channels=["CH-01"])
    house.as_("D02").close_comment_period(decision="MD-P")
    adoption = [{"cluster": "K1", "adoption": "ADOPTED"}]
    house.as_("P02").publish_consultation_feedback(decision="MD-P", item="I-P4", channels=["CH-01"], adoption=adoption)
    house.as_("G01").record_attendance(meeting="MT-P", attendance=STAKEHOLDERS)
    house.as_("D02").record_decision(decision="MD-P", outcome="PASSED", meeting="MT-P")
    # Elsewhere the day is what it was.
    house.now = now + timedelta(hours=2)


# ── a decision on its way ─────────────────────────────────────────────────────────────────────────

REGISTERED_ON = "2025-03-17T09:00+08:00"
PUBLISHED_ON = "2025-03-18T15:00+08:00"


def ready(house: House, *items: str, unit: str = "U02") -> None:
    for item in items:
        house.cleared(item, unit, text=item)


def published(house: House, decision: str = "MD-01") -> str:
    """Registered, and its draft and basis before the public."""
    registered(house, decision)
    ready(house, "I-D", "I-B")
    column_of_decisions(house)
    house.as_("P02", at=PUBLISHED_ON).publish_decision_draft(decision=decision, **both())
    return decision


def both(**more: Any) -> dict[str, Any]:
    return {"draft_item": "I-D", "basis_item": "I-B", "column": COLUMN, "channels": ["CH-01"], **more}


def in_consultation(house: House) -> str:
    """Published, and open for comments from 2025-03-18 to 2025-04-17."""
    decision = published(house)
    house.as_("D02", at="2025-03-18T15:05+08:00").open_comment_period(
        decision=decision, period_from="2025-03-18", period_until="2025-04-17", ways="平台、来信"
    )
    return decision


def commented(house: House, comments: int) -> str:
    """In consultation, with so many comments."""
    decision = in_consultation(house)
    for number in range(comments):
        the_public(house).submit_comment(decision=decision, text=f"意见{number}")
    return decision


def closed(house: House, comments: int = 2) -> str:
    decision = commented(house, comments)
    house.as_("D02", at="2025-04-18T09:00+08:00").close_comment_period(decision=decision)
    return decision


def decide(house: House, decision: str = "MD-01", officer: str = "G01", **more: Any) -> None:
    house.as_(officer, **more).record_decision(decision=decision, outcome="PASSED")
