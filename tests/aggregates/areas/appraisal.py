"""The area appraisal in the tests that hold for all areas.

``MAY``        command -> post -> places, as in tests/aggregates/test_authority.py, written by hand.
``asked``      data on U02's affairs for each command that passes whoever may, and is then refused for what it says.
``prepare``    puts into the manned district what those data speak of.
``CATALOGUE``  the published data of every event type of the area.
``happen``     lets every kind of event of the area happen once, in a founded house.
"""

from typing import Any

from tests.aggregates.house import House

OWN, OFFICE, ALL = {"own"}, {"office"}, {"own", "other", "office"}
HEADS_OF_OFFICE = {"principal": OFFICE, "deputy_in_charge": OFFICE, "disclosure_officer": OFFICE}
SECTION = {"disclosure_officer": OFFICE}
REPORTING = {"principal": OWN, "disclosure_officer": OWN}

MAY: dict[str, dict[str, set[str]]] = {
    "open_appraisal_cycle": HEADS_OF_OFFICE,
    "adopt_indicator_set": HEADS_OF_OFFICE,
    "score_indicator": SECTION,
    "record_third_party_assessment": {"assessor": ALL, "disclosure_officer": OFFICE},
    "compile_monthly_bulletin": SECTION,
    "issue_monthly_bulletin": SECTION,
    "compile_annual_report": REPORTING,
    "submit_annual_report": REPORTING,
    "publish_annual_report": {**REPORTING, "publisher": OWN},
    "commend_unit": HEADS_OF_OFFICE,
    "criticise_unit": HEADS_OF_OFFICE,
    "assess_effect": {"investigator": ALL, "principal": OFFICE, "disclosure_officer": OFFICE},
}

CATALOGUE: dict[str, str] = {
    "appraisal.cycle_opened/1": "appraisal year title_zh weights",
    "indicator_set.adopted/1": "indicator_set version title_zh indicators",
    "appraisal.indicator_scored/1": "appraisal unit indicator_set version indicator weight score counted cut_off_position "
    "evidence_positions finding",
    "third_party_assessment.recorded/1": "third_party_assessment appraisal assessor assessment_method assessed_on scores content",
    "bulletin.compiled/1": "bulletin month cut_off_position figures figures_sha256",
    "bulletin.issued/1": "bulletin month figures_sha256 missing_months flags",
    "annual_report.compiled/1": "report unit year scope cut_off_position figures figures_sha256 table_two",
    "annual_report.submitted/1": "report unit year scope content due_on flags",
    "annual_report.published/1": "report unit year scope item publication published_at due_on flags",
    "standing.unit_commended/1": "commendation unit basis evidence_positions",
    "standing.unit_criticised/1": "criticism unit basis breach_positions",
    "case.evidence_pinned/1": "case pinned",
    "case.effect_assessed/1": "case severity finding evidence_positions",
}


def asked() -> dict[str, dict[str, Any]]:
    text = {"sha256": "0" * 64, "size": 1, "media_type": "text/plain", "name": "x"}
    return {
        "open_appraisal_cycle": {"appraisal": "AP-9", "year": 2024, "title_zh": "", "weights": []},
        "adopt_indicator_set": {"indicator_set": "IS-9", "title_zh": "", "indicators": []},
        "score_indicator": {"appraisal": "AP-404", "unit": "U02", "indicator_set": "IS-404", "indicator": "K1"},
        "record_third_party_assessment": {
            "third_party_assessment": "TP-9",
            "assessor": "",
            "assessment_method": "",
            "assessed_on": "2025-01-01",
            "scores": [],
        },
        "compile_monthly_bulletin": {"bulletin": "MB-9", "month": "2099-01"},
        "issue_monthly_bulletin": {"bulletin": "MB-9", "month": "2099-01"},
        "compile_annual_report": {"report": "AR-9", "year": 2098, "unit": "U02"},
        "submit_annual_report": {"report": "AR-9", "year": 2098, "unit": "U02", "content": text},
        "publish_annual_report": {"report": "AR-U02", "item": "I-404"},
        "commend_unit": {"commendation": "CM-9", "unit": "U02", "basis": ""},
        "criticise_unit": {"criticism": "CR-9", "unit": "U02", "basis": "", "breach_positions": []},
        "assess_effect": {"case": "AC-1", "severity": "", "finding": ""},
    }


def prepare(house: House) -> None:
    """An annual report of U02 that can be published."""
    house.as_("G02").compile_annual_report(report="AR-U02", year=2023, unit="U02")


def happen(house: House) -> None:
    """An appraisal, a bulletin, an annual report, praise, criticism and a case."""
    house.as_("G01").open_appraisal_cycle(
        appraisal="AP-1",
        year=2025,
        title_zh="目标管理考核",
        weights=[{"part": "DISCLOSURE", "weight": 10}, {"part": "OTHER", "weight": 90}],
    )
    house.as_("G01").adopt_indicator_set(
        indicator_set="IS-1",
        title_zh="指标体系",
        indicators=[
            {"indicator": "K1", "title_zh": "主动公开", "weight": 60, "figure": "PUBLISHED", "target": 12},
            {"indicator": "K2", "title_zh": "组织领导", "weight": 40},
        ],
    )
    house.as_("G01").score_indicator(
        appraisal="AP-1", unit="U02", indicator_set="IS-1", indicator="K2", score=38, evidence_positions=[1]
    )
    house.as_("G01").record_third_party_assessment(
        third_party_assessment="TP-1",
        assessor="某大学",
        assessment_method="抽样",
        assessed_on="2025-01-05",
        scores=[{"unit": "U02", "score": 90}],
    )
    house.as_("G01").issue_monthly_bulletin(bulletin="MB-1", month="2024-12")
    house.as_("G02").compile_annual_report(report="AR-1", year=2024, unit="U02")
    house.as_("G02").submit_annual_report(
        report="AR-1", year=2024, unit="U02", content=house.stored("年报", "report.html")
    )
    house.published("I-APP-1", text="年报")
    house.as_("P02").publish_annual_report(report="AR-1", item="I-APP-1")
    house.as_("G01").commend_unit(commendation="CM-1", unit="U02", basis="考核96分")
    house.as_("G01").criticise_unit(criticism="CR-1", unit="U05", basis="(十七)", breach_positions=[1])
    house.as_("T04").open_case(case="AC-APP", ground="NON_PERFORMANCE", effect="…", evidence_positions=[1])
    house.as_("T04").assess_effect(case="AC-APP", severity="SERIOUS", finding="群众无法知晓", evidence_positions=[2])
