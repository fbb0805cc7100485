"""Where a document stands, and which step comes next."""

from __future__ import annotations

import pytest

from projections import documents
from tests.projections.district import DRAFTER, PRINCIPAL, PUBLISHER, REVIEWER, SECRECY, District, determined, drafted

ITEM = "I-2025-0001"


def standing(district: District) -> documents.Document:
    district.fold()
    found = documents.get(district.reader, ITEM).value
    assert found is not None
    return found


def test_the_next_step_follows_the_rules(district: District) -> None:
    steps = []
    district.record("document.drafted/1", drafted(ITEM), DRAFTER)
    steps.append(standing(district).next_step)
    district.record("document.attribute_determined/1", determined(ITEM), DRAFTER)
    steps.append(standing(district).next_step)
    review = {"item": ITEM, "draft_version": 1, "conclusion": "CONFIRMED", "note": None}
    district.record("document.attribute_reviewed/1", review, REVIEWER)
    steps.append(standing(district).next_step)
    district.record("document.submitted/1", {"item": ITEM, "draft_version": 1, "resubmission_of": None}, DRAFTER)
    steps.append(standing(district).next_step)
    approved = {"item": ITEM, "draft_version": 1, "content_sha256": "a" * 64}
    district.record("document.approved/1", approved, PRINCIPAL)
    steps.append(standing(district).next_step)
    cleared = {**approved, "review": f"{ITEM}/R1", "conclusion": "CLEARED", "ground": "不涉密"}
    district.record("document.secrecy_reviewed/1", cleared, SECRECY)
    steps.append(standing(district).next_step)

    assert steps == [
        "determine_disclosure_attribute",
        "review_disclosure_attribute",
        "submit_draft_for_approval",
        "approve_document",
        "conduct_secrecy_review",
        "publish_information",
    ]
    assert standing(district).state == "APPROVED"


def test_a_published_document_asks_for_nothing_more_until_it_is_revised(district: District) -> None:
    district.publish(ITEM)
    done = standing(district)
    revised = {"item": ITEM, "draft_version": 2, "content": {"sha256": "b" * 64}, "attachments": [], "reason": "更正"}
    district.record("document.revised/1", revised, DRAFTER)

    again = standing(district)

    assert (done.next_step, done.publication, done.published_version) == ("none", f"{ITEM}#1", 1)
    assert (again.draft_version, again.state, again.approver) == (2, "DRAFTING", None)
    assert again.next_step == "review_disclosure_attribute"


@pytest.mark.requirement("R9")
def test_withheld_policy_goes_to_the_disclosure_office_first(district: District) -> None:
    district.record("document.drafted/1", drafted(ITEM, policy=True), DRAFTER)
    data = determined(
        ITEM, "WITHHELD", reason="内部", legal_basis=["条例第十六条"], severed_passages=[{"locator": "一"}]
    )
    district.record("document.attribute_determined/1", data, DRAFTER)
    before = standing(district)
    district.record("document.referred_to_disclosure_office/1", {"item": ITEM, "draft_version": 1}, DRAFTER)
    referred = standing(district)
    examined = {"item": ITEM, "draft_version": 1, "conclusion": "AGREED", "ground": "条例第十六条", "note": None}
    district.record("document.non_disclosure_examined/1", examined, REVIEWER)

    after = standing(district)

    assert (before.next_step, before.severed_passages) == ("refer_to_disclosure_office", 1)
    assert referred.next_step == "examine_non_disclosure"
    assert (after.examination, after.next_step) == ("AGREED", "review_disclosure_attribute")


@pytest.mark.requirement("R11", "R13")
def test_a_return_is_answered_by_a_resubmission(district: District) -> None:
    district.record("document.drafted/1", drafted(ITEM, on_behalf_of_government=True), DRAFTER)
    submitted = {"item": ITEM, "draft_version": 1, "resubmission_of": None}
    district.record("document.submitted/1", submitted, DRAFTER)
    returned = {
        "item": ITEM,
        "draft_version": 1,
        "ground": "NO_DISCLOSURE_ATTRIBUTE",
        "return_number": f"{ITEM}/T1",
        "note": None,
    }
    district.record("document.returned/1", returned, PRINCIPAL)
    sent_back = standing(district)
    district.record("document.attribute_determined/1", determined(ITEM), DRAFTER)
    district.record("document.submitted/1", {**submitted, "resubmission_of": f"{ITEM}/T1"}, DRAFTER)
    waived = {"item": ITEM, "draft_version": 1, "defect": "NO_LEGAL_REASON", "reason": "时间紧迫"}
    district.record("document.defect_waived/1", waived, PRINCIPAL)

    again = standing(district)

    assert (sent_back.state, sent_back.open_return, sent_back.returns) == ("RETURNED", f"{ITEM}/T1", 1)
    assert (again.state, again.open_return, again.waived) == ("SUBMITTED", None, ("NO_LEGAL_REASON",))


@pytest.mark.requirement("R40")
def test_an_open_secrecy_question_comes_before_everything(district: District) -> None:
    district.publish(ITEM)
    district.record("document.secrecy_escalated/1", {"item": ITEM, "draft_version": 1, "question": "是否涉密"}, SECRECY)
    asked = standing(district)
    answer = {"item": ITEM, "draft_version": 1, "conclusion": "SECRET", "level": "秘密", "ground": "第三条"}
    district.record("document.secrecy_determined/1", answer, PRINCIPAL)
    withdrawn = {
        "item": ITEM,
        "publication": f"{ITEM}#1",
        "reason_code": "SUSPECTED_SECRET",
        "reason": "涉密",
        "channels": [],
    }
    district.record("publication.withdrawn/1", withdrawn, PUBLISHER)

    determined_secret = standing(district)

    assert (asked.question_open, asked.next_step) == (True, "determine_secrecy")
    assert (determined_secret.determination, determined_secret.next_step) == ("SECRET", "none")
    assert determined_secret.publication_status == "withdrawn"


def test_work_lists(district_everywhere: District) -> None:
    district = district_everywhere
    district.publish("I-1")
    district.record("document.drafted/1", drafted("I-2", unit="U02"), DRAFTER)
    district.record("document.drafted/1", drafted("I-3"), DRAFTER)
    district.fold()

    def items(**wanted: str) -> list[str]:
        return [row.item for row in documents.list_documents(district.reader, **wanted).rows]

    assert items() == ["I-3", "I-2", "I-1"]
    assert items(next_step="determine_disclosure_attribute") == ["I-3", "I-2"]
    assert items(unit="U02", next_step="determine_disclosure_attribute") == ["I-2"]
    assert items(state="APPROVED", attribute="PROACTIVE") == ["I-1"]
