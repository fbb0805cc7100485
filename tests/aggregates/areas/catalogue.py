"""The area catalogue in the tests that hold for all areas.

``MAY``        command -> post -> places, as in tests/aggregates/test_authority.py, written by hand.
``asked``      data on U02's affairs for each command that passes whoever may, and is then refused for what it says.
``prepare``    puts into the manned district what those data speak of.
``CATALOGUE``  the published data of every event type of the area.
``happen``     lets every kind of event of the area happen once, in a founded house.
"""

from typing import Any

from tests.aggregates.house import House

OWN, OWN_AND_OFFICE = {"own"}, {"own", "office"}
KEEPERS = {"drafter": OWN, "disclosure_officer": OWN_AND_OFFICE}
HEADS = dict.fromkeys(("principal", "deputy_in_charge", "disclosure_officer"), OWN_AND_OFFICE)
OWN_HEADS = dict.fromkeys(HEADS, OWN)

MAY: dict[str, dict[str, set[str]]] = {
    "classify_disclosure_item": {"drafter": OWN, "disclosure_officer": OWN},
    "define_catalogue_entry": KEEPERS,
    "carry_over_catalogue_entry": KEEPERS,
    "amend_catalogue_entry": KEEPERS,
    "remove_catalogue_entry": {"disclosure_officer": OWN_AND_OFFICE},
    "align_catalogue_with_superior": HEADS,
    "open_catalogue_revision": HEADS,
    "close_catalogue_revision": HEADS,
    "complete_unit_catalogue": OWN_HEADS,
    "add_negative_list_entry": {"drafter": OWN, **OWN_HEADS},
    "amend_negative_list_entry": {"drafter": OWN, **OWN_HEADS},
    "remove_negative_list_entry": OWN_HEADS,
}

_STATED = (
    "entry unit phase disclosing_body disclosed_matter time_limit method legal_basis superior_catalogue entry_version"
)
_WITHHELD = "negative_entry unit harm_ground scope examples legal_basis citation entry_version"

CATALOGUE: dict[str, str] = {
    "document.classified/1": "item phase phase_before",
    "catalogue_entry.defined/1": _STATED,
    "catalogue_entry.carried_over/1": f"{_STATED} source_catalogue",
    "catalogue_entry.amended/1": f"{_STATED} reason",
    "catalogue_entry.removed/1": "entry unit reason",
    "catalogue.aligned/1": "unit superior_body superior_catalogue entries note",
    "catalogue.revision_opened/1": "revision revision_scope unit work_points_item",
    "catalogue.revision_closed/1": "revision revision_scope unit catalogue_version entry_count catalogue_sha256",
    "catalogue.unit_completed/1": "unit completed_on deadline days_late entry_count flags",
    "negative_list_entry.added/1": _WITHHELD,
    "negative_list_entry.amended/1": f"{_WITHHELD} reason",
    "negative_list_entry.removed/1": "negative_entry unit reason",
}


def an_entry(entry: str, unit: str = "U02", **more: Any) -> dict[str, Any]:
    """An entry of the catalogue, complete."""
    return {
        "entry": entry,
        "unit": unit,
        "phase": "result",
        "disclosing_body": "区发展改革局",
        "disclosed_matter": "中小企业扶持资金分配结果",
        "time_limit": "自形成之日起20个工作日内",
        "method": "区政府门户网站",
        **more,
    }


def completed(entry: str) -> dict[str, Any]:
    """What completes an entry that was taken over: everything but the unit."""
    return {name: value for name, value in an_entry(entry).items() if name != "unit"}


def a_negative_entry(negative_entry: str, unit: str = "U02", **more: Any) -> dict[str, Any]:
    """An entry of the negative list, complete."""
    return {
        "negative_entry": negative_entry,
        "unit": unit,
        "harm_ground": "PUBLIC_SECURITY",
        "scope": "危险化学品储存地点的精确坐标",
        "examples": ["某仓库平面图"],
        "legal_basis": ["政府信息公开条例第十四条"],
        **more,
    }


def asked() -> dict[str, dict[str, Any]]:
    return {
        "classify_disclosure_item": {"item": "I-2", "phase": ""},
        "define_catalogue_entry": an_entry("CE-9", disclosed_matter=""),
        "carry_over_catalogue_entry": {"entry": "CE-9", "unit": "U02", "source_catalogue": ""},
        "amend_catalogue_entry": {"entry": "CE-1", "reason": "", "method": "公报"},
        "remove_catalogue_entry": {"entry": "CE-1", "reason": ""},
        "align_catalogue_with_superior": {
            "unit": "U02",
            "superior_body": "",
            "superior_catalogue": "NB-1",
            "entries": ["CE-1"],
        },
        "open_catalogue_revision": {"revision": "", "unit": "U02"},
        "close_catalogue_revision": {"revision": "CAT-U02", "catalogue_version": ""},
        "complete_unit_catalogue": {"unit": "U02", "completed_on": ""},
        "add_negative_list_entry": a_negative_entry("NL-9", scope=""),
        "amend_negative_list_entry": {"negative_entry": "NL-1", "reason": "", "scope": "另一范围"},
        "remove_negative_list_entry": {"negative_entry": "NL-1", "reason": ""},
    }


def prepare(house: House) -> None:
    """An entry of each list, and a revision that is open."""
    house.as_("G02").define_catalogue_entry(**an_entry("CE-1"))
    house.as_("G02").add_negative_list_entry(**a_negative_entry("NL-1"))
    house.as_("G02").open_catalogue_revision(revision="CAT-U02", unit="U02")


def happen(house: House) -> None:
    """A catalogue comes about, is taken over, completed, aligned and closed as a version; a negative list lives."""
    house.drafted("I-CLASSED")
    house.as_("D02").classify_disclosure_item(item="I-CLASSED", phase="decision")
    house.as_("D02").define_catalogue_entry(**an_entry("CE-1"))
    house.as_("G02").carry_over_catalogue_entry(
        entry="CE-2", unit="U02", source_catalogue="v2024.2", disclosed_matter="年报"
    )
    house.as_("G02").amend_catalogue_entry(**completed("CE-2"), reason="补全")
    house.as_("G02").define_catalogue_entry(**an_entry("CE-3"))
    house.as_("G02").remove_catalogue_entry(entry="CE-3", reason="职能划转")
    house.as_("G02").align_catalogue_with_superior(
        unit="U02", superior_body="市发展改革委", superior_catalogue="NB-FGW-2025", entries=["CE-1"]
    )
    house.as_("G01").open_catalogue_revision(revision="CAT-2025", work_points_item="I-CLASSED")
    house.as_("G01").close_catalogue_revision(revision="CAT-2025", catalogue_version="2025.1")
    house.as_("G02").complete_unit_catalogue(unit="U02")
    house.as_("D02").add_negative_list_entry(**a_negative_entry("NL-1"))
    house.as_("D02").amend_negative_list_entry(negative_entry="NL-1", reason="细化", scope="储存地点坐标及安防布置")
    house.as_("G02").remove_negative_list_entry(negative_entry="NL-1", reason="已解密")
