"""The catalogue and the negative list over HTTP: an entry without its time limit stops the year's revision."""

from __future__ import annotations

import pytest

from tests.web.district import Door

ENTRY = {
    "entry": "CE-1",
    "unit": "U02",
    "phase": "result",
    "disclosing_body": "区发展改革局",
    "disclosed_matter": "扶持资金分配结果",
    "time_limit": "20个工作日内",
    "method": "区政府门户网站",
}
NEGATIVE = {
    "negative_entry": "NL-19",
    "unit": "U02",
    "harm_ground": "PUBLIC_SECURITY",
    "scope": "危险化学品储存地点的精确坐标",
    "examples": ["某仓库平面图"],
    "legal_basis": ["政府信息公开条例第十四条"],
}


@pytest.mark.requirement("R24")
@pytest.mark.requirement("R25")
def test_the_years_revision_closes_only_when_every_entry_is_complete(door: Door) -> None:
    door.published("I-30")
    refused = door.post("D02", "/api/catalogue-entries", {**ENTRY, "time_limit": ""})
    assert (refused.status_code, refused.json()["code"]) == (409, "CATALOGUE_FIELD_MISSING")
    [attempt] = door.district.entries("attempt.refused/1")
    assert attempt.data["subject"] == "CE-1"
    door.carried_out("D02", "/api/catalogue-entries", ENTRY)
    lacking = {"entry": "CE-2", "unit": "U02", "source_catalogue": "v2024.2", "disclosed_matter": "年报"}
    door.carried_out("D02", "/api/catalogue-entries/carried-over", lacking)
    door.carried_out("G01", "/api/catalogue-revisions", {"revision": "CAT-2025", "work_points_item": "I-30"})
    closing = {"catalogue_version": "2025.1"}

    early = door.post("G01", "/api/catalogue-revisions/CAT-2025/closings", closing)
    assert (early.status_code, early.json()["code"]) == (409, "CATALOGUE_FIELD_MISSING")
    completed = {name: value for name, value in ENTRY.items() if name not in {"entry", "unit"}}
    door.carried_out("D02", "/api/catalogue-entries/CE-2/amendments", {**completed, "reason": "补全"})
    door.carried_out("G01", "/api/catalogue-revisions/CAT-2025/closings", closing)

    [closed] = door.district.entries("catalogue.revision_closed/1")
    assert (closed.data["catalogue_version"], closed.data["entry_count"]) == ("2025.1", 2)
    unknown = door.post("D02", "/api/catalogue-entries/CE-9/amendments", {"reason": "…", "method": "公报"})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "CATALOGUE_ENTRY_UNKNOWN")


def test_entries_are_aligned_removed_and_the_units_list_completed(door: Door) -> None:
    door.carried_out("D02", "/api/catalogue-entries", ENTRY)
    door.carried_out("D02", "/api/catalogue-entries", {**ENTRY, "entry": "CE-2"})
    alignment = {"unit": "U02", "superior_body": "市局", "superior_catalogue": "NB-1", "entries": ["CE-1"]}
    door.carried_out("G02", "/api/catalogue-alignments", alignment)
    door.carried_out("G02", "/api/catalogue-entries/CE-2/removals", {"reason": "职能划转"})
    door.carried_out("Z02", "/api/units/U02/catalogue-completions", {"completed_on": "2017-12-29"})
    door.drafted("I-1")
    door.carried_out("D02", "/api/documents/I-1/classifications", {"phase": "decision"})

    [completed] = door.district.entries("catalogue.unit_completed/1")
    assert (completed.data["entry_count"], completed.data["days_late"]) == (1, 0)


@pytest.mark.requirement("R31")
def test_a_negative_list_entry_lives_in_versions(door: Door) -> None:
    without_basis = door.post("D02", "/api/negative-list", {**NEGATIVE, "legal_basis": []})
    assert (without_basis.status_code, without_basis.json()["code"]) == (409, "NEGATIVE_LIST_BASIS_MISSING")
    door.carried_out("D02", "/api/negative-list", NEGATIVE)
    door.carried_out("D02", "/api/negative-list/NL-19/amendments", {"reason": "细化", "scope": "坐标及安防布置"})
    door.carried_out("G02", "/api/negative-list/NL-19/removals", {"reason": "已公开"})

    versions = [entry.version for entry in door.district.entries() if entry.stream == "negative_list_entry/NL-19"]
    assert versions == [1, 2, 3]
