"""The area interpretation in the tests that hold for all areas.

``MAY``        command -> post -> places, as in tests/aggregates/test_authority.py, written by hand.
``asked``      data on U02's affairs for each command that passes whoever may, and is then refused for what it says.
``prepare``    puts into the manned district what those data speak of.
``CATALOGUE``  the published data of every event type of the area.
``happen``     lets every kind of event of the area happen once, in a founded house.
"""

from typing import Any

from tests.aggregates.house import House

OWN, OWN_AND_OFFICE = {"own"}, {"own", "office"}
STAFF = {"drafter": OWN, "disclosure_officer": OWN}

MAY: dict[str, dict[str, set[str]]] = {
    "register_joint_issue": STAFF,
    "record_cooperation": STAFF,
    "assign_interpretation_duty": {
        "drafter": OWN,
        "disclosure_officer": OWN_AND_OFFICE,
        "deputy_in_charge": OWN_AND_OFFICE,
        "principal": OWN_AND_OFFICE,
    },
    "register_interpretation": STAFF,
    "record_interpretation_effect": {"publisher": OWN, **STAFF},
    "approve_interpretation": {"principal": OWN},
    "sign_off_policy_package": {"deputy_in_charge": OWN, "principal": OWN},
    "publish_policy_package": {"publisher": OWN},
}

CATALOGUE: dict[str, str] = {
    "policy_package.joint_issue_registered/1": "item lead co_issuers",
    "policy_package.cooperation_recorded/1": "item unit contribution",
    "policy_package.interpretation_duty_assigned/1": "item owner owner_rule derived_owner co_issuers reason",
    "policy_package.interpretation_registered/1": "item interpretation form note",
    "policy_package.effect_recorded/1": "item interpretation views measured_on note",
    "policy_package.interpretation_approved/1": "item interpretation draft_version content_sha256",
    "policy_package.signed_off/1": "item draft_version content_sha256 interpretations",
    "policy_package.published/1": "item parts publications document_published_at interpretation_published_at "
    "lag_seconds tolerance_seconds flags",
}


def asked() -> dict[str, dict[str, Any]]:
    return {
        "register_joint_issue": {"item": "I-POLICY", "lead": "U02", "co_issuers": []},
        "record_cooperation": {"item": "I-POLICY", "unit": "U02", "contribution": ""},
        "assign_interpretation_duty": {"item": "I-POLICY", "owner": "U05"},
        "register_interpretation": {"item": "I-POLICY", "interpretation": "I-READING", "form": ""},
        "record_interpretation_effect": {
            "item": "I-POLICY",
            "interpretation": "I-READING",
            "views": 0,
            "measured_on": "",
        },
        "approve_interpretation": {"item": "I-POLICY", "interpretation": "I-READING"},
        "sign_off_policy_package": {"item": "I-POLICY"},
        "publish_policy_package": {"item": "I-POLICY", "channels": []},
    }


def prepare(house: House) -> None:
    """A policy document and a text that might interpret it, both of U02."""
    house.drafted("I-POLICY", policy=True)
    house.drafted("I-READING", text="解读")


def happen(house: House) -> None:
    """A joint policy document is interpreted, signed and published."""
    house.attributed(house.drafted("I-71", policy=True))
    house.attributed(house.drafted("I-72", text="一图读懂"))
    house.as_("D02").register_joint_issue(item="I-71", lead="U02", co_issuers=["U05"])
    house.as_("D02").assign_interpretation_duty(item="I-71")
    house.as_("D05").record_cooperation(item="I-71", unit="U05", contribution="提供数据")
    house.as_("D02").register_interpretation(item="I-71", interpretation="I-72", form="INFOGRAPHIC")
    house.as_("Z02").approve_interpretation(item="I-71", interpretation="I-72")
    for item in ("I-71", "I-72"):
        house.as_("D02").submit_draft_for_approval(item=item)
    house.as_("Z02").sign_off_policy_package(item="I-71")
    for item in ("I-71", "I-72"):
        house.as_("S02").conduct_secrecy_review(item=item, conclusion="CLEARED", ground="…")
    house.as_("P02").publish_policy_package(item="I-71", channels=["CH-01"])
    house.as_("P02").record_interpretation_effect(
        item="I-71", interpretation="I-72", views=1200, measured_on="2025-02-01"
    )
