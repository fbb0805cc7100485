"""The area opinion in the tests that hold for all areas.

``MAY``        command -> post -> places, as in tests/aggregates/test_authority.py, written by hand.
``asked``      data on U02's affairs for each command that passes whoever may, and is then refused for what it says.
``prepare``    puts into the manned district what those data speak of.
``CATALOGUE``  the published data of every event type of the area.
``happen``     lets every kind of event of the area happen once, in a founded house.
"""

from typing import Any

from tests.aggregates.house import House

OWN, OFFICE, ALL = {"own"}, {"office"}, {"own", "other", "office"}
HEADS = {"disclosure_officer": ALL, "deputy_in_charge": ALL, "principal": ALL}
WATCHERS = {"opinion_monitor": ALL, **HEADS}
DECIDERS = {"reviewer": ALL, **HEADS}
OFFICE_HEADS = {"disclosure_officer": OFFICE, "deputy_in_charge": OFFICE, "principal": OFFICE}

MAY: dict[str, dict[str, set[str]]] = {
    "assign_monitoring_duty": {"disclosure_officer": OWN, "deputy_in_charge": OWN, "principal": OWN},
    "open_special_monitoring": WATCHERS,
    "record_opinion_signal": {"opinion_monitor": ALL, "disclosure_officer": ALL},
    "assign_first_responder": WATCHERS,
    "assign_responders": WATCHERS,
    "confirm_response_text": DECIDERS,
    "issue_coordination_notice": HEADS,  # and refused to units that are no coordinator
    "urge_responder": HEADS,  # the same
    "assume_leadership": {"principal": OFFICE},
    "issue_directive": {"principal": OFFICE},
    "answer_directive": HEADS,  # and refused to units it does not address
    "convene_consultation": OFFICE_HEADS,
    "assess_opinion": WATCHERS,
    "propose_handling": WATCHERS,
    "grade_incident": DECIDERS,
    "regrade_incident": DECIDERS,
    "activate_joint_response": OFFICE_HEADS,
    "release_authoritative_information": {"publisher": ALL},
    "release_follow_up": {"publisher": ALL},
    "hold_press_conference": {"publisher": ALL, **HEADS},
    "record_opinion_media_contact": {"publisher": ALL, **WATCHERS},
    "close_incident": {"publisher": ALL, **HEADS},
}

_GRADING = (
    "opinion grade previous_grade reason incident_occurred_at detected_at graded_at clock_rule clock_start "
    "first_word_due press_conference_due breach_minutes flags"
)

CATALOGUE: dict[str, str] = {
    "monitoring.duty_assigned/1": "unit officer from_date until_date",
    "special_monitoring.opened/1": "session unit occasion_kind occasion source_kinds from_date until_date opinion",
    "opinion.signal_detected/1": "opinion signal unit source_kind source summary detected_at item",
    "opinion.first_responder_assigned/1": "opinion responder routing_rule district_policy towns departments",
    "opinion.responders_assigned/1": "opinion routing_rule responders towns departments",
    "opinion.response_text_confirmed/1": "opinion unit content",
    "opinion.coordination_notice_issued/1": "opinion units text",
    "opinion.responder_urged/1": "opinion responder text",
    "opinion.leadership_assumed/1": "opinion grade note",
    "opinion.directive_issued/1": "opinion directive units text",
    "opinion.directive_answered/1": "opinion directive unit response",
    "opinion.consultation_held/1": "opinion consultation participants note",
    "opinion.assessed/1": "opinion assessment consultation nature trend risk",
    "opinion.handling_proposed/1": "opinion assessment proposal",
    "opinion.graded/1": _GRADING,
    "opinion.regraded/1": _GRADING,
    "opinion.joint_response_activated/1": "opinion partners note",
    "opinion.authoritative_information_released/1": "opinion release unit title content item channels matter "
    "clock_rule clock_start due_at elapsed_minutes breach_minutes flags",
    "opinion.follow_up_released/1": "opinion release unit title content item channels gap_minutes flags",
    "opinion.press_conference_held/1": "opinion unit title place spokesperson media clock_rule clock_start due_at "
    "elapsed_minutes breach_minutes flags",
    "opinion.media_contact_recorded/1": "opinion unit media contacted_at text",
    "opinion.closed/1": "opinion summary flags",
}


def asked() -> dict[str, dict[str, Any]]:
    text = {"sha256": "0" * 64, "size": 1, "media_type": "text/plain", "name": "x"}
    case = {"opinion": "OP-A"}
    said = {**case, "title": "", "content": text, "channels": []}
    watched = {"from_date": "2025-01-01", "until_date": ""}
    return {
        "assign_monitoring_duty": {"unit": "U02", "officer": "Y02", **watched},
        "open_special_monitoring": {
            "session": "SM-A",
            "occasion_kind": "KEY_MOMENT",
            "occasion": "",
            "source_kinds": [],
            **watched,
        },
        "record_opinion_signal": {**case, "source_kind": "", "source": "", "summary": ""},
        "assign_first_responder": {**case, "concerned_units": ["U02", "U05"]},
        "assign_responders": {**case, "responders": []},
        "confirm_response_text": {**case, "content": text},
        "issue_coordination_notice": {**case, "units": [], "text": ""},
        "urge_responder": {**case, "responder": "U02", "text": ""},
        "assume_leadership": {**case, "note": ""},
        "issue_directive": {**case, "units": [], "text": ""},
        "answer_directive": {**case, "directive": "OP-A/D1", "response": ""},
        "convene_consultation": {**case, "participants": []},
        "assess_opinion": {**case, "nature": "", "trend": "", "risk": ""},
        "propose_handling": {**case, "proposal": ""},
        "grade_incident": {**case, "grade": "", "reason": ""},
        "regrade_incident": {**case, "grade": "", "reason": ""},
        "activate_joint_response": {**case, "partners": []},
        "release_authoritative_information": said,
        "release_follow_up": said,
        "hold_press_conference": {**case, "title": "", "place": "", "spokesperson": ""},
        "record_opinion_media_contact": {**case, "media": "", "text": ""},
        "close_incident": {**case, "summary": ""},
    }


def prepare(house: House) -> None:
    """A case of public opinion that nobody answers for yet."""
    house.as_("Y02").record_opinion_signal(opinion="OP-A", source_kind="FORUM", source="论坛", summary="质疑")


def happen(house: House) -> None:
    """A fire is noticed, graded, answered by two departments, led, followed up and closed."""
    text, case = house.stored("通报"), {"opinion": "IN-71"}
    house.as_("Z02").assign_monitoring_duty(unit="U02", officer="Y02", from_date="2025-01-01", until_date="2025-12-31")
    house.as_("Y02").record_opinion_signal(**case, source_kind="MICROBLOG", source="微博", summary="火情")
    house.as_("Y02").open_special_monitoring(
        session="SM-71",
        occasion_kind="EMERGENCY",
        occasion="火情",
        source_kinds=["MICROBLOG"],
        from_date="2025-01-01",
        until_date="2025-01-31",
        opinion="IN-71",
    )
    house.as_("Y02").assign_first_responder(**case, concerned_units=["U02"])
    shares = [{"unit": "U02", "scope": "救援"}, {"unit": "U05", "scope": "房屋安全"}]
    house.as_("Y02").assign_responders(**case, responders=shares)
    house.as_("A02").grade_incident(**case, grade="MAJOR", reason="伤亡")
    house.as_("A02").regrade_incident(**case, grade="EXTRAORDINARY", reason="伤亡增加")
    house.as_("G01").activate_joint_response(**case, partners=["X3"])
    house.as_("G01").convene_consultation(
        **case,
        participants=[{"unit": "U05", "role": "INVOLVED"}, {"unit": "U02", "role": "COMPETENT"}],
        nature="安全事故",
        trend="上升",
        risk="谣言",
    )
    house.as_("G01").propose_handling(**case, proposal="及时发布")
    house.as_("G01").issue_coordination_notice(**case, units=["U02"], text="统一口径")
    house.as_("G01").urge_responder(**case, responder="U02", text="请尽快发布")
    house.as_("Z01").assume_leadership(**case)
    house.as_("Z01").issue_directive(**case, units=["U02"], text="全力救援")
    house.as_("Z02").answer_directive(**case, directive="IN-71/D1", response="已部署")
    for officer in ("A02", "A05"):
        house.as_(officer).confirm_response_text(**case, content=text)
    house.as_("P02").release_authoritative_information(**case, title="通报", content=text, channels=["CH-01"])
    house.as_("P02").release_follow_up(**case, title="续报", content=text, channels=["CH-01"])
    house.as_("Z02").hold_press_conference(**case, title="发布会", place="区政府", spokesperson="F02")
    house.as_("P02").record_opinion_media_contact(**case, media="日报", text="答复提问")
    house.as_("P02").close_incident(**case, summary="明火扑灭")
