"""The area organisation in the tests that hold for all areas.

``MAY``        command -> post -> places, as in tests/aggregates/test_authority.py, written by hand.
``asked``      data on U02's affairs for each command that passes whoever may, and is then refused for what it says.
``prepare``    puts into the manned district what those data speak of.
``CATALOGUE``  the published data of every event type of the area.
``happen``     lets every kind of event of the area happen once, in a founded house.
"""

from typing import Any

from tests.aggregates.house import House

OWN, OFFICE, ALL = {"own"}, {"office"}, {"own", "other", "office"}
DESK = {"disclosure_officer": OWN, "publisher": OWN}
LEADERSHIP = {"principal": OWN, "deputy_in_charge": OWN, "disclosure_officer": OWN}
SECTION = {"disclosure_officer": OFFICE}
HEADS_OF_OFFICE = {"principal": OFFICE, "deputy_in_charge": OFFICE, "disclosure_officer": OFFICE}
CONCERNED = {"reviewer": OWN, **LEADERSHIP}

MAY: dict[str, dict[str, set[str]]] = {
    "record_media_contact": DESK,
    "receive_interview_request": DESK,
    "answer_interview_request": DESK,
    "appoint_deputy_in_charge": {"administrator": ALL, "principal": OWN},
    "publish_leadership_division": DESK,
    "record_leadership_action": LEADERSHIP,
    "record_agenda_item": LEADERSHIP,
    "record_leadership_hearing": LEADERSHIP,
    "record_hearing_resolution": LEADERSHIP,
    "publish_hearing_notice": DESK,
    "establish_disclosure_section": HEADS_OF_OFFICE,
    "conduct_inspection": {"disclosure_officer": OFFICE, "inspector": ALL},
    "publish_gazette_issue": {"disclosure_officer": OFFICE, "publisher": OFFICE},
    "record_section_cooperation": SECTION,
    "issue_media_guidance": SECTION,
    "request_confirmation": {"drafter": OWN, "disclosure_officer": OWN},
    "confirm_information": CONCERNED,
    "object_to_information": CONCERNED,
    "settle_disagreement": HEADS_OF_OFFICE,
    "flag_inconsistency": {"disclosure_officer": ALL, "inspector": ALL},
    "hold_training": SECTION,
    "record_training_result": SECTION,
    "link_officers": {"administrator": ALL, "inspector": ALL, "investigator": ALL},
}

CATALOGUE: dict[str, str] = {
    "media.contact_recorded/1": "media_contact unit counterpart counterpart_kind contacted_on subject note",
    "guidance.issued/1": "guidance unit counterpart counterpart_kind issued_on subject description",
    "interview.requested/1": "interview unit medium subject received_at",
    "interview.answered/1": "interview unit answer item answered_at waited_minutes",
    "leadership.deputy_appointed/1": "unit officer from_date until_date in_charge flags",
    "leadership.deputy_relieved/1": "unit officer until_date in_charge flags",
    "leadership.division_published/1": "unit officer item publication published_at appointed_on lag_days",
    "leadership.action_recorded/1": "unit officer acted_on action_kind description",
    "leadership.agenda_item_recorded/1": "unit meeting held_on subject note",
    "leadership.hearing_held/1": "unit hearing officer held_on subject",
    "leadership.hearing_resolution_recorded/1": "unit hearing resolution decided resolution_owner due_date",
    "leadership.hearing_notice_published/1": "unit hearing item publication published_at held_on lag_days",
    "section.established/1": "unit section_zh duties",
    "inspection.conducted/1": "inspection unit inspected_on scope finding evidence_positions",
    "gazette.issue_published/1": "issue unit year number channel publications content published_at",
    "cooperation.recorded/1": "cooperation unit counterpart counterpart_kind cooperated_on subject note",
    "document.confirmation_requested/1": "item draft_version content_sha256 units due_date question",
    "document.information_confirmed/1": "item draft_version content_sha256 unit note",
    "document.information_objected/1": "item draft_version content_sha256 unit reason",
    "document.disagreement_settled/1": "item draft_version unit conclusion reason",
    "inconsistency.flagged/1": "inconsistency fact units publications values",
    "training.held/1": "training kind title_zh held_on audiences attended absent",
    "officer.training_result_recorded/1": "officer training audience held_on result",
    "officer.acted_untrained/1": "officer unit post command subject",
    "persons.linked/1": "officer same_as basis",
}


def asked() -> dict[str, dict[str, Any]]:
    media = {"counterpart": "", "counterpart_kind": "MEDIA", "subject": "通气"}
    return {
        "record_media_contact": {"media_contact": "M-9", "unit": "U02", **media},
        "receive_interview_request": {"interview": "IV-9", "unit": "U02", "medium": "", "subject": "预算"},
        "answer_interview_request": {"interview": "IV-ORG", "answer": ""},
        "appoint_deputy_in_charge": {"unit": "U02", "officer": "N77", "from_date": ""},
        "publish_leadership_division": {"unit": "U02", "officer": "F02", "item": "I-404"},
        "record_leadership_action": {"unit": "U02", "officer": "F02", "action_kind": "", "description": ""},
        "record_agenda_item": {"unit": "U02", "meeting": "", "subject": "政务公开"},
        "record_leadership_hearing": {"unit": "U02", "hearing": "", "officer": "Z02", "subject": "全年工作"},
        "record_hearing_resolution": {
            "unit": "U02",
            "hearing": "H-404",
            "decided": "",
            "resolution_owner": "F02",
            "due_date": "2026-01-01",
        },
        "publish_hearing_notice": {"unit": "U02", "hearing": "H-404", "item": "I-404"},
        "establish_disclosure_section": {"unit": "U02", "section_zh": ""},
        "conduct_inspection": {"inspection": "IN-9", "unit": "U02", "scope": "", "finding": ""},
        "publish_gazette_issue": {"issue": "G-9", "year": 2025, "number": 1, "channel": "CH-404", "items": []},
        "record_section_cooperation": {"cooperation": "C-9", **media},
        "issue_media_guidance": {"guidance": "MG-9", "description": "", **media},
        "request_confirmation": {"item": "I-2", "units": [], "due_date": "2099-01-01"},
        "confirm_information": {"item": "I-ORG", "unit": "U02", "draft_version": 9},
        "object_to_information": {"item": "I-ORG", "unit": "U02", "reason": ""},
        "settle_disagreement": {"item": "I-ORG", "unit": "U02", "conclusion": "", "reason": ""},
        "flag_inconsistency": {"inconsistency": "IC-9", "fact": "", "values": []},
        "hold_training": {"training": "T-9", "kind": "", "title_zh": "", "audiences": []},
        "record_training_result": {"training": "T-404", "officer": "D02", "audience": "STAFF", "result": ""},
        "link_officers": {"officer": "D02", "same_as": "D02", "basis": ""},
    }


def prepare(house: House) -> None:
    """A draft of another unit that concerns U02, and an interview asked of U02."""
    house.drafted("I-ORG", "U05", concerned_units=["U02"])
    house.as_("P02").receive_interview_request(interview="IV-ORG", unit="U02", medium="日报", subject="预算")


def happen(house: House) -> None:
    """A year of leadership, media, coordination and training in one afternoon."""
    media = {"counterpart": "区委宣传部", "counterpart_kind": "PUBLICITY", "subject": "发布安排"}
    house.as_("G02").record_media_contact(media_contact="M-1", unit="U02", **media)
    house.as_("G01").record_section_cooperation(cooperation="C-1", **media)
    house.as_("G01").issue_media_guidance(guidance="MG-1", description="统一口径", **media)
    house.as_("P02").receive_interview_request(interview="IV-1", unit="U02", medium="日报", subject="预算")
    house.as_("P02").answer_interview_request(interview="IV-1", answer="已安排")
    house.as_("Z01").establish_disclosure_section(unit="U01", section_zh="政务公开科")
    house.as_("J01").conduct_inspection(inspection="IN-1", unit="U05", scope="全部栏目", finding="良好")
    house.as_("ADM").relieve_officer(officer="F02", unit="U02", post="deputy_in_charge", until_date="2024-12-31")
    house.as_("Z02").appoint_deputy_in_charge(unit="U02", officer="F02", from_date="2025-01-01")
    house.published("I-ORG-1", text="分工")
    house.as_("P02").publish_leadership_division(unit="U02", officer="F02", item="I-ORG-1")
    house.as_("F02").record_leadership_action(
        unit="U02", officer="F02", action_kind="DISCLOSURE", description="调度信息公开"
    )
    house.as_("Z02").record_agenda_item(unit="U02", meeting="局党委会", subject="政务公开", held_on="2025-01-02")
    house.as_("Z02").record_leadership_hearing(
        unit="U02",
        hearing="LH-1",
        officer="Z02",
        subject="政务公开工作",
        resolutions=[{"decided": "配强力量", "resolution_owner": "F02", "due_date": "2026-01-01"}],
    )
    house.as_("P02").publish_hearing_notice(unit="U02", hearing="LH-1", item="I-ORG-1")
    house.as_("G01").register_channel(
        channel="CH-GAZETTE", kind="gazette", name_zh="公报", name_en="gazette", owner_unit="U01"
    )
    house.as_("P01").publish_gazette_issue(issue="G-1", year=2025, number=1, channel="CH-GAZETTE", items=["I-ORG-1"])
    house.drafted("I-ORG-2", text="联合", concerned_units=["U05"])
    house.as_("D02").request_confirmation(item="I-ORG-2", units=["U05"], due_date="2099-01-01")
    house.as_("A05").object_to_information(item="I-ORG-2", unit="U05", reason="数字有误")
    house.as_("G01").settle_disagreement(item="I-ORG-2", unit="U05", conclusion="MAY_PUBLISH", reason="数字无误")
    house.as_("A05").confirm_information(item="I-ORG-2", unit="U05")
    house.published("I-ORG-3", "U05", text="另一数字")
    house.as_("G05").flag_inconsistency(
        inconsistency="IC-1",
        fact="学校数",
        values=[{"item": "I-ORG-1", "value": "12"}, {"item": "I-ORG-3", "value": "13"}],
    )
    house.as_("G01").hold_training(
        training="T-1",
        kind="NEWCOMER",
        title_zh="新兵培训",
        audiences=[{"audience": "NEWCOMER", "attended": 0}],
        absent=["S05"],
    )
    house.approved("I-ORG-4", "U05", text="未训")
    house.as_("S05").conduct_secrecy_review(item="I-ORG-4", conclusion="CLEARED", ground="…")
    house.as_("G01").record_training_result(training="T-1", officer="S05", audience="NEWCOMER", result="PASSED")
    house.as_("ADM").link_officers(officer="D02", same_as="R02", basis="人事档案")
