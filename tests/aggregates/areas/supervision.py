"""The area supervision in the tests that hold for all areas.

``MAY``        command -> post -> places, as in tests/aggregates/test_authority.py, written by hand.
``asked``      data on U02's affairs for each command that passes whoever may, and is then refused for what it says.
``prepare``    puts into the manned district what those data speak of.
``CATALOGUE``  the published data of every event type of the area.
``happen``     lets every kind of event of the area happen once, in a founded house.
"""

from datetime import datetime
from typing import Any

from tests.aggregates.house import House

OWN, OFFICE, OWN_AND_OFFICE = {"own"}, {"office"}, {"own", "office"}
HEADS = dict.fromkeys(("principal", "deputy_in_charge", "disclosure_officer"), OWN)
HEADS_AND_OFFICE = dict.fromkeys(HEADS, OWN_AND_OFFICE)
OF_THE_OFFICE = {**dict.fromkeys(HEADS, OFFICE), "inspector": OFFICE}

MAY: dict[str, dict[str, set[str]]] = {
    "open_self_check": HEADS_AND_OFFICE,
    "record_self_check_finding": HEADS,
    "order_disclosure": {**HEADS_AND_OFFICE, "inspector": OFFICE},
    "convert_to_proactive": HEADS,
    "submit_self_check_report": HEADS,
    "conduct_spot_check": OF_THE_OFFICE,
    "record_spot_check_finding": OF_THE_OFFICE,
    "order_rectification": OF_THE_OFFICE,
    "confirm_rectification": OF_THE_OFFICE,
}

CATALOGUE: dict[str, str] = {
    "self_check.opened/1": "cycle unit year window_from window_until withheld_items flags",
    "self_check.finding_recorded/1": "cycle unit finding_number item finding_scope attribute conclusion requests clustered "
    "due_since reason flags",
    "self_check.reported/1": "cycle unit findings kept convertible should_be_disclosed converted disclosed withheld_items "
    "unchecked_count unchecked note flags",
    "disclosure_duty.found/1": "item unit cause cycle spot_check due_since reason publications_before",
    "document.attribute_changed/1": "item draft_version attribute_before attribute cause cycle review reason",
    "spot_check.conducted/1": "spot_check check_occasion occasion_reference population units seed population_position "
    "population_size population_sha256 sample_size sample flags",
    "spot_check.finding_recorded/1": "spot_check drawn item conclusion note",
    "rectification.ordered/1": "rectification unit item cause spot_check problem demand due_on evidence_positions",
    "rectification.confirmed/1": "rectification unit evidence_positions note days_late flags",
}


def an_order(rectification: str, unit: str = "U02", **more: Any) -> dict[str, Any]:
    """A rectification as the office orders it."""
    return {
        "rectification": rectification,
        "unit": unit,
        "problem": "未经审查发布",
        "demand": "撤下、审查、重新发布",
        "cause": "SPOT_CHECK",
        "due_on": "2027-12-31",
        **more,
    }


def asked() -> dict[str, dict[str, Any]]:
    finding = {"unit": "U02", "year": 2023, "item": "I-W", "finding_scope": "WITHHELD", "conclusion": "KEPT"}
    return {
        "open_self_check": {"year": 2999, "units": ["U02"]},
        "record_self_check_finding": {**finding, "reason": ""},
        "order_disclosure": {"item": "I-W", "unit": "U02", "cause": "", "reason": "未公开"},
        "convert_to_proactive": {"item": "I-W", "year": 2022, "reason": "可转"},
        "submit_self_check_report": {
            "unit": "U02",
            "year": 2023,
            "findings": 99,
            "kept": 0,
            "convertible": 0,
            "should_be_disclosed": 0,
        },
        "conduct_spot_check": {"spot_check": "SK-9", "check_occasion": "", "seed": "1", "sample_size": 1},
        "record_spot_check_finding": {"spot_check": "SK-1", "drawn": "I-2", "conclusion": ""},
        "order_rectification": an_order("RC-9", problem=""),
        "confirm_rectification": {"rectification": "RC-1", "evidence_positions": []},
    }


def prepare(house: House) -> None:
    """A self-check of a year gone by, a spot check, a rectification."""
    house.attributed(house.drafted("I-W"), attribute="WITHHELD", reason="过程性信息", legal_basis=["条例第十六条"])
    house.as_("G02").open_self_check(year=2023, units=["U02"])
    house.as_("G01").conduct_spot_check(spot_check="SK-1", check_occasion="SPECIAL", seed="7", sample_size=1000)
    house.as_("G01").order_rectification(**an_order("RC-1"))


def happen(house: House) -> None:
    """A November: an item kept back is converted, another is found to be owed; a spot check; a rectification."""
    house.attributed(house.drafted("I-KEPT"), attribute="WITHHELD", reason="过程性信息", legal_basis=["条例第十六条"])
    house.now = max(house.now, datetime.fromisoformat("2025-11-03T09:00+08:00"))
    year = 2025
    house.as_("G01").open_self_check(year=year, units=["U02", "U05"])
    finding = {"unit": "U02", "year": year, "reason": "决策已作出"}
    house.as_("G02").record_self_check_finding(
        **finding, item="I-KEPT", finding_scope="WITHHELD", conclusion="CONVERTIBLE"
    )
    house.as_("G02").record_self_check_finding(
        **finding, item="I-OWED", finding_scope="UNDISCLOSED", conclusion="SHOULD_BE_DISCLOSED", due_since="2025-05-20"
    )
    house.as_("S02").conduct_secrecy_review(item="I-KEPT", conclusion="CLEARED", ground="重新审查")
    house.as_("G02").convert_to_proactive(item="I-KEPT", year=year, reason="可转为主动公开")
    house.as_("G02").submit_self_check_report(
        unit="U02", year=year, findings=2, kept=0, convertible=1, should_be_disclosed=1
    )
    house.as_("J01").conduct_spot_check(
        spot_check="SK-2025", check_occasion="APPRAISAL", seed="20251124", sample_size=3
    )
    [drawn, *_] = house.entries(house.size - 1)[0].data["sample"]
    house.as_("J01").record_spot_check_finding(spot_check="SK-2025", drawn=drawn, conclusion="IN_ORDER")
    house.as_("J01").order_rectification(**an_order("RC-1"))
    house.as_("P02").maintain_column(column="C-1", note="已撤下")
    house.as_("J01").confirm_rectification(rectification="RC-1", evidence_positions=[house.size])
