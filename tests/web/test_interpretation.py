"""A policy document over HTTP: refused without its interpretation, signed and published with it (五) (六)."""

from __future__ import annotations

import pytest

from tests.web.district import Door

POLICY, READING = "I-2025-0001", "I-2025-0002"
PACKAGE = f"/api/policy-packages/{POLICY}"


def attributed(door: Door, item: str, text: str, *, policy: bool) -> None:
    door.drafted(item, text, policy=policy)
    door.carried_out("D02", f"/api/documents/{item}/attributes", {"attribute": "PROACTIVE"})
    door.carried_out("A02", f"/api/documents/{item}/attribute-reviews", {"conclusion": "CONFIRMED"})


@pytest.mark.requirement("R51")
def test_without_interpretation_the_submission_is_refused(door: Door) -> None:
    attributed(door, POLICY, "全文", policy=True)

    refused = door.post("D02", f"/api/documents/{POLICY}/submissions", {})

    assert refused.status_code == 409
    problem = refused.json()
    assert (problem["code"], problem["article"]) == ("INTERPRETATION_MISSING", "(六)")
    assert "请先登记解读材料再报批" in problem["detail_zh"]


@pytest.mark.requirement("R56")
def test_document_and_interpretation_go_out_in_one_receipt(door: Door) -> None:
    attributed(door, POLICY, "全文", policy=True)
    attributed(door, READING, "一图读懂", policy=False)
    door.carried_out("D02", f"{PACKAGE}/joint-issues", {"lead": "U02", "co_issuers": ["U05"]})
    door.carried_out("D02", f"{PACKAGE}/duties", {})
    door.carried_out("D05", f"{PACKAGE}/cooperation", {"unit": "U05", "contribution": "提供数据"})
    door.carried_out("D02", f"{PACKAGE}/interpretations", {"interpretation": READING, "form": "INFOGRAPHIC"})
    for item in (POLICY, READING):
        door.carried_out("D02", f"/api/documents/{item}/submissions", {})
    door.carried_out("Z02", f"{PACKAGE}/sign-offs", {})
    for item in (POLICY, READING):
        etag = door.etag("S02", f"/api/documents/{item}", door.district.size)
        door.reviewed(item, etag)

    receipt = door.carried_out("P02", f"{PACKAGE}/publications", {"channels": ["CH-01"]}).json()

    assert set(receipt["streams"]) == {f"publication/{POLICY}", f"publication/{READING}", f"policy_package/{POLICY}"}
    (package,) = door.district.entries("policy_package.published/1")
    assert (package.position, package.data["lag_seconds"]) == (receipt["positions"][-1], 0)
    effect = {"interpretation": READING, "views": 42, "measured_on": "2025-02-01"}
    door.carried_out("P02", f"{PACKAGE}/effects", effect)
