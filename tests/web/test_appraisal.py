"""Appraisal, bulletins and annual reports over HTTP (十七)."""

from __future__ import annotations

import pytest

from aggregates.appraisal.figures import digest, figures_of
from tests.web.district import Door, now


def last_month() -> str:
    today = now()
    year, month = (today.year, today.month - 1) if today.month > 1 else (today.year - 1, 12)
    return f"{year:04d}-{month:02d}"


class TestTheBulletin:
    @pytest.mark.requirement("R148")
    def test_is_counted_from_the_ledger_and_counts_the_same_again(self, small_door: Door) -> None:
        month = last_month()

        small_door.carried_out("G01", "/api/bulletins/MB-1/compilations", {"month": month})
        issued = small_door.carried_out("G01", "/api/bulletins/MB-1/issues", {"month": month})

        (compiled,) = small_door.district.entries("bulletin.compiled/1")
        entries = small_door.district.ledger.read(0, 10_000, compiled.data["cut_off_position"])
        assert digest(figures_of(entries, month)) == compiled.data["figures_sha256"]
        again = small_door.post("G01", "/api/bulletins/MB-2/issues", {"month": month})
        assert (issued.status_code, again.status_code, again.json()["code"]) == (201, 409, "BULLETIN_ISSUED_ALREADY")

    def test_of_this_month_is_not_due_yet(self, small_door: Door) -> None:
        refused = small_door.post("G01", "/api/bulletins/MB-1/issues", {"month": "2099-01"})

        assert (refused.status_code, refused.json()["code"]) == (409, "MONTH_NOT_OVER")


class TestAppraisal:
    def test_scores_cite_version_and_evidence(self, small_door: Door) -> None:
        for path, body in (
            (
                "appraisals",
                {
                    "appraisal": "AP-1",
                    "year": 2025,
                    "title_zh": "考核",
                    "weights": [{"part": "DISCLOSURE", "weight": 100}],
                },
            ),
            (
                "indicator-sets",
                {
                    "indicator_set": "IS-1",
                    "title_zh": "指标",
                    "indicators": [{"indicator": "K1", "title_zh": "组织领导", "weight": 100}],
                },
            ),
            (
                "appraisals/AP-1/scores",
                {
                    "unit": "U02",
                    "indicator_set": "IS-1",
                    "indicator": "K1",
                    "score": 96,
                    "evidence_positions": [1],
                },
            ),
            (
                "assessments",
                {
                    "third_party_assessment": "TP-1",
                    "assessor": "某大学",
                    "assessment_method": "抽样",
                    "assessed_on": "2025-11-19",
                    "scores": [{"unit": "U02", "score": 91}],
                },
            ),
            ("units/U02/commendations", {"commendation": "CM-1", "basis": "96分"}),
            ("units/U05/criticisms", {"criticism": "CR-1", "basis": "(十七)", "breach_positions": [1]}),
        ):
            small_door.carried_out("G01", f"/api/{path}", body)

        (scored,) = small_door.district.entries("appraisal.indicator_scored/1")
        assert (scored.data["version"], scored.data["evidence_positions"]) == (1, [1])
        unknown = small_door.post(
            "G01", "/api/appraisals/AP-404/scores", {"unit": "U02", "indicator_set": "IS-1", "indicator": "K1"}
        )
        assert (unknown.status_code, unknown.json()["code"]) == (404, "CYCLE_UNKNOWN")

    def test_a_case_has_its_effect_and_its_evidence_pinned(self, small_door: Door) -> None:
        opened = {"case": "AC-1", "ground": "NON_PERFORMANCE", "effect": "…", "evidence_positions": [1]}
        small_door.carried_out("T04", "/api/cases", opened)
        small_door.carried_out("T04", "/api/cases/AC-1/effects", {"severity": "SERIOUS", "finding": "…"})

        (pinned,) = small_door.district.entries("case.evidence_pinned/1")
        (first,) = small_door.district.ledger.read(0, 1)
        assert pinned.data["pinned"] == [{"position": 1, "leaf_hash": first.leaf_hash.hex()}]


class TestTheAnnualReport:
    def test_goes_from_the_count_to_the_public(self, small_door: Door) -> None:
        year = now().year - 1
        body = {"year": year, "unit": "U02"}
        small_door.carried_out("G02", "/api/annual-reports/AR-1/compilations", body)
        report = small_door.stored("年度报告")
        small_door.carried_out("G02", "/api/annual-reports/AR-1/submissions", {**body, "content": report})
        small_door.published("I-2025-0001")
        small_door.carried_out("P02", "/api/annual-reports/AR-1/publications", {"item": "I-2025-0001"})

        (published,) = small_door.district.entries("annual_report.published/1")
        assert published.data["due_on"] == f"{year + 1}-01-31"
