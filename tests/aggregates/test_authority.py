"""Who may: every command, every post, in the own unit, from another unit, and from the district office.

The table here is written by hand and knows nothing of the one in the code.  "own" is a post in the
unit concerned (U02), "other" the same post in U05, "office" the same post in the district office.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from aggregates.historic import HistoricRow
from aggregates.refusal import Refusal
from aggregates.vocabulary import COMMANDS, Post
from tests.aggregates.areas import AREAS
from tests.aggregates.house import House

requirement = pytest.mark.requirement

OWN, OWN_AND_OFFICE, OFFICE, ALL = {"own"}, {"own", "office"}, {"office"}, {"own", "other", "office"}
ADMINISTRATOR = {"administrator": ALL}
HEADS = {"principal": OWN, "deputy_in_charge": OWN, "disclosure_officer": OWN}
OFFICE_HEADS = {"principal": OFFICE, "deputy_in_charge": OFFICE, "disclosure_officer": OFFICE}
PURSUERS = {"investigator": ALL, "principal": OFFICE, "disclosure_officer": OFFICE}
EVERYBODY = {str(post): ALL for post in Post}

MAY: dict[str, dict[str, set[str]]] = {
    "found_district": EVERYBODY,  # and refused to all: the district is founded
    "register_unit": ADMINISTRATOR,
    "succeed_unit": ADMINISTRATOR,
    "designate_disclosure_office": HEADS,
    "register_officer": ADMINISTRATOR,
    "appoint_officer": {"administrator": ALL, "principal": OWN},
    "relieve_officer": {"administrator": ALL, "principal": OWN},
    "register_channel": {"administrator": ALL, "disclosure_officer": OWN_AND_OFFICE},
    "retire_channel": {"administrator": ALL, "disclosure_officer": OWN_AND_OFFICE},
    "assign_platform_owner": OFFICE_HEADS,
    "register_column": {"administrator": ALL, "disclosure_officer": OWN_AND_OFFICE},
    "maintain_column": {"publisher": OWN, "disclosure_officer": OWN},
    "adopt_workflow": HEADS,
    "adopt_ruleset": OFFICE_HEADS,
    "draft_document": {"drafter": OWN},
    "revise_document": {"drafter": OWN},
    "determine_disclosure_attribute": {"drafter": OWN, "disclosure_officer": OWN},
    "review_disclosure_attribute": {"reviewer": OWN, "disclosure_officer": OWN},
    "refer_to_disclosure_office": {"drafter": OWN},
    "examine_non_disclosure": {"disclosure_officer": OWN},
    "submit_draft_for_approval": {"drafter": OWN},
    "return_document": OFFICE_HEADS,
    "waive_defect": OFFICE_HEADS,
    "resubmit_document": {"drafter": OWN},
    "approve_document": {"reviewer": OWN, "deputy_in_charge": OWN, "principal": OWN},
    "conduct_secrecy_review": {"secrecy_reviewer": OWN},
    "escalate_secrecy_question": {"secrecy_reviewer": OWN},
    "determine_secrecy": {"secrecy_administration": ALL},
    "publish_information": {"publisher": OWN},
    "add_channel": {"publisher": OWN},
    "correct_publication": {"publisher": OWN},
    "withdraw_publication": {"publisher": OWN, **HEADS},
    "supersede_publication": {
        "publisher": OWN,
        "archivist": OWN_AND_OFFICE,
        "disclosure_officer": OWN_AND_OFFICE,
    },
    "seal_content": {
        "secrecy_reviewer": OWN,
        "disclosure_officer": OWN,
        "secrecy_administration": ALL,
        "investigator": ALL,
    },
    "unseal_content": {"secrecy_administration": ALL, "investigator": ALL},
    "archive_record": {"archivist": OWN},
    "delete_publication": EVERYBODY,  # and refused to all: the ledger is append-only
    "record_historic": {"archivist": OWN_AND_OFFICE, "disclosure_officer": OWN_AND_OFFICE},
    "report_unregistered_publication": {
        "publisher": OWN,
        "archivist": OWN,
        "disclosure_officer": OWN_AND_OFFICE,
        "inspector": ALL,
        "investigator": ALL,
    },
    "erase_personal_values": ADMINISTRATOR,
    "consult_ledger": dict.fromkeys(
        (
            "inspector",
            "investigator",
            "secrecy_administration",
            "archivist",
            "disclosure_officer",
            "deputy_in_charge",
            "principal",
        ),
        ALL,
    ),
    "open_case": PURSUERS,
    "determine_responsibility": PURSUERS,
    "impose_measure": PURSUERS,
    **{command: posts for area in AREAS for command, posts in area.MAY.items()},
}

GOVERNMENT: dict[str, dict[str, set[str]]] = {
    **{
        command: MAY[command]
        for command in (
            "revise_document",
            "refer_to_disclosure_office",
            "examine_non_disclosure",
            "submit_draft_for_approval",
            "resubmit_document",
            "return_document",
            "waive_defect",
        )
    },
    "determine_disclosure_attribute": {"drafter": OWN, "disclosure_officer": OWN_AND_OFFICE},
    "review_disclosure_attribute": {"reviewer": OWN_AND_OFFICE, "disclosure_officer": OWN_AND_OFFICE},
    "approve_document": {"reviewer": OFFICE, "deputy_in_charge": OFFICE, "principal": OFFICE},
    "conduct_secrecy_review": {"secrecy_reviewer": OWN_AND_OFFICE},
    "escalate_secrecy_question": {"secrecy_reviewer": OWN_AND_OFFICE},
    "publish_information": {"publisher": OWN_AND_OFFICE},
}
"""The same for what a department drafts on behalf of the government."""

OF_AREAS = {command for area in AREAS for command in area.MAY}
"""What the areas of the rules add; what the office may do there is in their own tables."""

BARRED = {
    "POST_NOT_HELD",
    "POST_NOT_ENTITLED",
    "OTHER_UNIT",
    "NOT_DISTRICT_OFFICE",
    "REVIEWED_BY_OTHER_UNIT",
}
"""What the rulebook answers to whoever may not; anything else is an answer to somebody who may."""

POSITIONS = {"own": ("E02", "U02"), "other": ("E05", "U05"), "office": ("E01", "U01")}


@pytest.fixture(scope="module")
def manned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A district in which one officer of each of three units holds every post, and there is something to do."""
    house = House(tmp_path_factory.mktemp("manned") / "district.db")
    house.found()
    for officer, unit in POSITIONS.values():
        house.as_("ADM").register_officer(officer=officer)
        for post in set(Post) - {Post.CITIZEN}:
            house.employ(officer, str(post), unit)
    house.published("I-1")
    house.drafted("I-2")
    house.drafted("I-G", on_behalf_of_government=True)
    house.as_("G01").register_channel(
        channel="CH-U02", kind="weibo", name_zh="局微博", name_en="weibo", owner_unit="U02"
    )
    house.as_("G01").register_column(column="COL-U02", name_zh="栏目", name_en="column", unit="U02", refresh_days=7)
    house.as_("T04").open_case(case="AC-1", ground="RULE_VIOLATION", effect="严重")
    for area in AREAS:
        area.prepare(house)
    yield house
    house.close()


def asked(command: str, item: str) -> dict[str, Any]:
    """Data on U02's affairs that passes whoever may, and is then refused for what it says (an empty text)."""
    text = {"sha256": "0" * 64, "size": 1, "media_type": "text/plain", "name": "x"}
    return {
        "found_district": {"unit": "U88", "name_zh": "办", "name_en": "Office", "officer": "N88"},
        "register_unit": {"unit": "U77", "name_zh": "", "name_en": "Dept", "kind": "department"},
        "succeed_unit": {"unit": "U02", "successor": "U02"},
        "designate_disclosure_office": {"unit": "U02", "office_zh": ""},
        "register_officer": {"officer": "N77", "name": ""},
        "appoint_officer": {"officer": "N77", "unit": "U02", "post": "drafter", "from_date": ""},
        "relieve_officer": {"officer": "N77", "unit": "U02", "post": "drafter", "until_date": ""},
        "register_channel": {
            "channel": "CH-9",
            "kind": "weibo",
            "name_zh": "",
            "name_en": "w",
            "owner_unit": "U02",
        },
        "retire_channel": {"channel": "CH-U02", "reason": ""},
        "assign_platform_owner": {"unit": "U02"},
        "register_column": {
            "column": "COL-9",
            "name_zh": "",
            "name_en": "c",
            "unit": "U02",
            "refresh_days": 7,
        },
        "maintain_column": {"column": "COL-U02", "note": ""},
        "adopt_workflow": {"unit": "U02", "workflow": "WF-U02", "steps": [], "title_zh": ""},
        "adopt_ruleset": {
            "ruleset": "RS-1",
            "document_number": "",
            "title_zh": "",
            "effective_from": "2025-01-01",
        },
        "draft_document": {"item": "I-9", "unit": "U02", "title": "", "content": text},
        "revise_document": {"item": item, "content": text, "reason": ""},
        "determine_disclosure_attribute": {"item": item, "attribute": ""},
        "review_disclosure_attribute": {"item": item, "conclusion": ""},
        "refer_to_disclosure_office": {"item": item},
        "examine_non_disclosure": {"item": item, "conclusion": "", "ground": ""},
        "submit_draft_for_approval": {"item": item, "attribute": "NONE"},
        "return_document": {"item": item, "ground": ""},
        "waive_defect": {"item": item, "defect": "", "reason": ""},
        "resubmit_document": {"item": item},
        "approve_document": {"item": item},
        "conduct_secrecy_review": {"item": item, "conclusion": "", "ground": ""},
        "escalate_secrecy_question": {"item": item, "question": ""},
        "determine_secrecy": {"item": item, "conclusion": "", "ground": ""},
        "publish_information": {"item": item, "channels": []},
        "add_channel": {"item": "I-1", "channel": "CH-404"},
        "correct_publication": {"item": "I-1", "reason": ""},
        "withdraw_publication": {"item": "I-1", "reason_code": "", "reason": ""},
        "supersede_publication": {"item": "I-1", "by_item": ""},
        "seal_content": {"item": "I-1", "reason": ""},
        "unseal_content": {"item": "I-1", "reason": ""},
        "archive_record": {"item": "I-1", "retention": "", "archive_number": ""},
        "delete_publication": {"item": "I-1"},
        "record_historic": {
            "rows": [HistoricRow("H-1", {"file": "f", "line": 1, "row_sha256": "1" * 64}, "", "局", unit="U02")]
        },
        "report_unregistered_publication": {
            "found": "F-1",
            "unit": "U02",
            "channel": "网站",
            "title": "",
            "source": "巡查",
        },
        "erase_personal_values": {"record": "officer/D02", "names": ["name"], "ground": "", "approver": "Z02"},
        "consult_ledger": {"query": "", "subject": "I-1", "result_count": 0},
        "open_case": {"case": "AC-2", "ground": "", "effect": ""},
        "determine_responsibility": {
            "case": "AC-1",
            "officer": "D02",
            "responsibility_class": "",
            "finding": "",
            "evidence_positions": [],
        },
        "impose_measure": {"case": "AC-1", "officer": "D02", "measure": "", "basis": ""},
        **{name: data for area in AREAS for name, data in area.asked().items()},
    }[command]


def is_admitted(house: House, command: str, post: str, position: str, item: str) -> bool:
    """Whether the rulebook lets this post in this position come as far as the matter itself."""
    officer, unit = POSITIONS[position]
    hand = house.as_(officer, post, unit)
    try:
        answer = getattr(hand, command)(**asked(command, item))
        if command == "record_historic":
            [answer] = answer
    except Refusal as refusal:
        answer = refusal
    assert isinstance(answer, Refusal), f"{command} by {post} from {position} was recorded; it was to be refused"
    return answer.code not in BARRED


def admitted(house: House, command: str, item: str) -> dict[str, set[str]]:
    found = {
        str(post): {place for place in POSITIONS if is_admitted(house, command, str(post), place, item)}
        for post in Post
    }
    return {post: places for post, places in found.items() if places}


@requirement("R81")
@requirement("R87")
@pytest.mark.parametrize("command", [str(command) for command in COMMANDS])
def test_a_command_is_for_these_posts_in_these_units_and_no_others(manned: House, command: str) -> None:
    assert admitted(manned, command, "I-2") == MAY[command]


@requirement("R13")
@requirement("R81")
@pytest.mark.parametrize("command", sorted(GOVERNMENT))
def test_what_is_drafted_for_the_government_is_also_the_offices_affair(manned: House, command: str) -> None:
    assert admitted(manned, command, "I-G") == GOVERNMENT[command]


@requirement("R81")
def test_the_district_office_reads_everything_and_acts_in_no_other_unit_but_by_its_orders() -> None:
    """Supervision is reading, returning, waiving, finding and marking; the unit's own acts stay its own."""
    from_the_office = {
        command
        for command, posts in MAY.items()
        if command not in OF_AREAS
        for post, places in posts.items()
        if post in {"disclosure_officer", "principal", "deputy_in_charge"} and "office" in places
    }

    assert from_the_office == {
        "found_district",
        "delete_publication",
        "register_channel",
        "retire_channel",
        "register_column",
        "assign_platform_owner",
        "adopt_ruleset",
        "return_document",
        "waive_defect",
        "supersede_publication",
        "record_historic",
        "report_unregistered_publication",
        "consult_ledger",
        "open_case",
        "determine_responsibility",
        "impose_measure",
    }


def test_every_command_is_a_method_of_the_registry_and_has_its_row(manned: House) -> None:
    for command in COMMANDS:
        assert callable(getattr(manned.registry, command))
        assert str(command) in MAY
