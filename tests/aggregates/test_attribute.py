"""The disclosure attribute: determined while drafting, reviewed, and travelling with the document (一)."""

import pytest

from tests.aggregates.house import House, types_of

requirement = pytest.mark.requirement
WITHHELD = {"attribute": "WITHHELD", "reason": "过程性信息", "legal_basis": ["条例第十六条"]}


class TestDetermination:
    @requirement("R4")
    def test_comes_before_the_submission(self, house: House) -> None:
        before = house.size

        house.approved("I-1")

        types = types_of(house.since(before))
        assert types.index("document.attribute_determined/1") < types.index("document.submitted/1")

    @requirement("R4")
    def test_is_never_dated_back_before_what_was_done_already(self, house: House) -> None:
        house.drafted("I-1")

        with house.refuses("BACKDATED"):
            house.as_("D02", at="2025-01-01T00:00+08:00").determine_disclosure_attribute(
                item="I-1", attribute="PROACTIVE"
            )

    @requirement("R5")
    @pytest.mark.parametrize("attribute", ["PROACTIVE", "ON_REQUEST", "WITHHELD", "PARTIAL"])
    def test_takes_one_of_four_values(self, house: House, attribute: str) -> None:
        house.drafted("I-1")
        before = house.size

        house.as_("D02").determine_disclosure_attribute(
            item="I-1",
            attribute=attribute,
            reason="理由",
            legal_basis=["条例第十六条"],
            severed_passages=[{"locator": "附件2", "reason": "个人信息"}],
        )

        assert house.since(before)[0][1]["attribute"] == attribute

    @requirement("R5")
    @pytest.mark.parametrize("attribute", ["SECRET", "proactive", "", "DRAFTER"])
    def test_takes_no_other_value(self, house: House, attribute: str) -> None:
        house.drafted("I-1")

        with house.refuses("INVALID", field="attribute"):
            house.as_("D02").determine_disclosure_attribute(item="I-1", attribute=attribute)

    @requirement("R7")
    @pytest.mark.parametrize(
        ("reason", "basis"),
        [("内部", []), (None, ["条例第十六条"]), ("  ", ["条例第十六条"]), (None, [])],
    )
    def test_of_withholding_needs_reason_and_legal_basis(self, house: House, reason, basis) -> None:
        house.drafted("I-7")

        with house.refuses("NO_LEGAL_REASON"):
            house.as_("D02").determine_disclosure_attribute(
                item="I-7", attribute="WITHHELD", reason=reason, legal_basis=basis
            )

    @requirement("R7")
    def test_of_withholding_records_both(self, house: House) -> None:
        house.drafted("I-7")
        before = house.size

        house.as_("D02").determine_disclosure_attribute(item="I-7", **WITHHELD)

        [(_, data)] = house.since(before)
        assert (data["reason"], data["legal_basis"]) == ("过程性信息", ["条例第十六条"])

    @requirement("R8")
    @pytest.mark.parametrize(
        "passages",
        [[], [{"locator": "附件2"}], [{"reason": "个人信息"}], [{"locator": " ", "reason": "个人信息"}]],
    )
    def test_of_partial_disclosure_needs_every_passage_with_its_reason(self, house: House, passages) -> None:
        house.drafted("I-4")

        with house.refuses("SEVERANCE_MISSING"):
            house.as_("D02").determine_disclosure_attribute(item="I-4", attribute="PARTIAL", severed_passages=passages)

    @requirement("R8")
    def test_of_partial_disclosure_lists_the_passages(self, house: House) -> None:
        house.drafted("I-4")
        before = house.size

        house.as_("D02").determine_disclosure_attribute(
            item="I-4",
            attribute="PARTIAL",
            severed_passages=[{"locator": "附件2", "reason": "个人信息", "basis": "条例第十五条"}],
        )

        [(_, data)] = house.since(before)
        assert data["severed_passages"] == [{"locator": "附件2", "reason": "个人信息", "basis": "条例第十五条"}]

    def test_a_passage_has_fields_of_its_own(self, house: House) -> None:
        house.drafted("I-4")

        with house.refuses("INVALID", field="severed_passages"):
            house.as_("D02").determine_disclosure_attribute(item="I-4", attribute="PARTIAL", severed_passages=["附件2"])

    @requirement("R10")
    @pytest.mark.parametrize("attribute", ["PROACTIVE", "ON_REQUEST"])
    def test_proposed_to_the_government_needs_a_reason_whatever_it_is(self, house: House, attribute) -> None:
        house.drafted("I-6", on_behalf_of_government=True)

        with house.refuses("PROPOSAL_REASON_MISSING"):
            house.as_("D02").determine_disclosure_attribute(item="I-6", attribute=attribute)

    @requirement("R10")
    def test_on_behalf_of_the_government_is_a_proposal(self, house: House) -> None:
        house.drafted("I-6", on_behalf_of_government=True)
        before = house.size

        house.as_("D02").determine_disclosure_attribute(item="I-6", attribute="PROACTIVE", reason="涉及群众切身利益")

        [(_, data)] = house.since(before)
        assert data["proposed"] is True


class TestConcernedUnits:
    def test_must_exist(self, house: House) -> None:
        with house.refuses("UNIT_NOT_REGISTERED", unit="U66"):
            house.drafted("I-1", concerned_units=["U05", "U66"])


class TestReview:
    @requirement("R3")
    def test_cannot_be_skipped(self, house: House) -> None:
        house.drafted("I-1")
        house.as_("D02").determine_disclosure_attribute(item="I-1", attribute="PROACTIVE")
        house.as_("D02").submit_draft_for_approval(item="I-1")

        with house.refuses("ATTRIBUTE_NOT_REVIEWED", draft_version=1):
            house.as_("Z02").approve_document(item="I-1")

    @requirement("R3")
    def test_of_an_earlier_draft_does_not_count(self, house: House) -> None:
        house.attributed(house.drafted("I-1"))
        house.as_("D02").revise_document(item="I-1", content=house.stored("二稿"), reason="补充")
        house.as_("D02").submit_draft_for_approval(item="I-1")

        with house.refuses("ATTRIBUTE_NOT_REVIEWED", draft_version=2):
            house.as_("Z02").approve_document(item="I-1")

    @requirement("R3")
    def test_that_asks_for_a_change_does_not_count(self, house: House) -> None:
        house.drafted("I-1")
        house.as_("D02").determine_disclosure_attribute(item="I-1", attribute="PROACTIVE")
        house.as_("A02").review_disclosure_attribute(item="I-1", conclusion="CHANGE_REQUESTED")
        house.as_("D02").submit_draft_for_approval(item="I-1")

        with house.refuses("ATTRIBUTE_NOT_REVIEWED"):
            house.as_("Z02").approve_document(item="I-1")

    @requirement("R3")
    def test_of_an_attribute_that_changed_since_does_not_count(self, house: House) -> None:
        house.attributed(house.drafted("I-1"))
        house.as_("D02").determine_disclosure_attribute(item="I-1", attribute="ON_REQUEST")
        house.as_("D02").submit_draft_for_approval(item="I-1")

        with house.refuses("ATTRIBUTE_NOT_REVIEWED"):
            house.as_("Z02").approve_document(item="I-1")

    def test_needs_something_to_review(self, house: House) -> None:
        house.drafted("I-1")

        with house.refuses("ATTRIBUTE_MISSING"):
            house.as_("A02").review_disclosure_attribute(item="I-1", conclusion="CONFIRMED")

    @requirement("R3")
    def test_is_a_step_no_workflow_may_leave_out(self, house: House) -> None:
        with house.refuses("WORKFLOW_STEP_MISSING", missing="ATTRIBUTE_REVIEW"):
            house.as_("Z02").adopt_workflow(
                unit="U02",
                workflow="WF-U02",
                steps=["DRAFT", "SECRECY_REVIEW", "APPROVAL", "PUBLICATION"],
                title_zh="公文办理程序",
            )


class TestSubmission:
    @requirement("R6")
    def test_without_an_attribute_is_refused_within_the_unit(self, house: House) -> None:
        house.drafted("I-1")

        with house.refuses("ATTRIBUTE_MISSING"):
            house.as_("D02").submit_draft_for_approval(item="I-1")

    @requirement("R6")
    def test_may_carry_its_attribute_along(self, house: House) -> None:
        house.drafted("I-1")
        before = house.size

        house.as_("D02").submit_draft_for_approval(item="I-1", attribute="PROACTIVE")

        assert types_of(house.since(before)) == ["document.attribute_determined/1", "document.submitted/1"]

    @requirement("R6")
    def test_must_come_before_the_approval(self, house: House) -> None:
        house.attributed(house.drafted("I-1"))

        with house.refuses("NOT_SUBMITTED", state="DRAFTING"):
            house.as_("Z02").approve_document(item="I-1")

    def test_is_made_once_for_a_draft(self, house: House) -> None:
        house.approved("I-1")

        with house.refuses("ALREADY_SUBMITTED"):
            house.as_("D02").submit_draft_for_approval(item="I-1")

    @requirement("R9")
    def test_of_withheld_policy_goes_through_the_disclosure_office_first(self, house: House) -> None:
        house.drafted("I-7", policy=True)
        house.as_("D02").determine_disclosure_attribute(item="I-7", **WITHHELD)

        with house.refuses("DISCLOSURE_OFFICE_NOT_CONSULTED"):
            house.as_("D02").submit_draft_for_approval(item="I-7")

    @requirement("R9")
    def test_passes_after_the_units_own_disclosure_office_agreed(self, house: House) -> None:
        house.drafted("I-7", policy=True)
        house.as_("D02").determine_disclosure_attribute(item="I-7", **WITHHELD)
        house.as_("D02").refer_to_disclosure_office(item="I-7")
        house.as_("G02").examine_non_disclosure(item="I-7", conclusion="AGREED", ground="过程性信息")
        before = house.size

        house.as_("D02").submit_draft_for_approval(item="I-7")

        assert types_of(house.since(before)) == ["document.submitted/1"]

    @requirement("R9")
    def test_is_not_served_by_another_units_disclosure_office(self, house: House) -> None:
        house.drafted("I-7", policy=True)
        house.as_("D02").determine_disclosure_attribute(item="I-7", **WITHHELD)

        with house.refuses("OTHER_UNIT", unit="U02", actor_unit="U05"):
            house.as_("G05").examine_non_disclosure(item="I-7", conclusion="AGREED", ground="…")

    @requirement("R9")
    def test_is_not_served_by_an_examination_of_an_earlier_determination(self, house: House) -> None:
        house.drafted("I-7", policy=True)
        house.as_("D02").determine_disclosure_attribute(item="I-7", **WITHHELD)
        house.as_("G02").examine_non_disclosure(item="I-7", conclusion="AGREED", ground="过程性信息")
        house.as_("D02").determine_disclosure_attribute(item="I-7", **{**WITHHELD, "reason": "另一理由"})

        with house.refuses("DISCLOSURE_OFFICE_NOT_CONSULTED"):
            house.as_("D02").submit_draft_for_approval(item="I-7")

    def test_against_the_disclosure_offices_no_is_refused_by_default(self, house: House) -> None:
        house.drafted("I-7", policy=True)
        house.as_("D02").determine_disclosure_attribute(item="I-7", **WITHHELD)
        house.as_("G02").examine_non_disclosure(item="I-7", conclusion="DISAGREED", ground="应当公开")

        with house.refuses("DISCLOSURE_OFFICE_DISAGREED"):
            house.as_("D02").submit_draft_for_approval(item="I-7")

    def test_needs_no_examination_where_nothing_is_withheld(self, house: House) -> None:
        house.attributed(house.drafted("I-7", policy=True))

        with house.refuses("NOTHING_TO_EXAMINE"):
            house.as_("G02").examine_non_disclosure(item="I-7", conclusion="AGREED", ground="…")


class TestReturns:
    """退文: discretionary, recorded, and answered by a resubmission that refers to it."""

    def given_a_request(self, house: House, **attribute) -> None:
        house.drafted("I-4", on_behalf_of_government=True)
        house.as_("D02").submit_draft_for_approval(item="I-4", **attribute)

    @requirement("R11")
    def test_a_request_without_attribute_is_received_and_may_be_returned(self, house: House) -> None:
        self.given_a_request(house)
        before = house.size

        house.as_("G01").return_document(item="I-4", ground="NO_DISCLOSURE_ATTRIBUTE")

        [(type_, data)] = house.since(before)
        assert type_ == "document.returned/1"
        assert (data["ground"], data["return_number"]) == ("NO_DISCLOSURE_ATTRIBUTE", "I-4/T1")

    @requirement("R12")
    def test_a_request_whose_reason_is_no_legal_one_may_be_returned(self, house: House) -> None:
        self.given_a_request(house, **WITHHELD)
        before = house.size

        house.as_("G01").return_document(item="I-4", ground="NO_LEGAL_REASON", note="所引条款不适用")

        assert house.since(before)[0][1]["ground"] == "NO_LEGAL_REASON"

    @requirement("R11")
    @requirement("R12")
    @pytest.mark.parametrize("ground", ["NO_DISCLOSURE_ATTRIBUTE", "NO_LEGAL_REASON"])
    def test_a_ground_that_the_request_does_not_show_is_refused(self, house: House, ground: str) -> None:
        self.given_a_request(house, attribute="PROACTIVE", reason="应公开")

        with house.refuses("RETURN_GROUND_NOT_MET", ground=ground):
            house.as_("G01").return_document(item="I-4", ground=ground)

    def test_another_ground_is_spelt_out(self, house: House) -> None:
        self.given_a_request(house, attribute="PROACTIVE", reason="应公开")

        with house.refuses("INVALID", field="note"):
            house.as_("G01").return_document(item="I-4", ground="OTHER")

    @requirement("R13")
    @pytest.mark.parametrize("officer", ["G02", "Z02", "G05"])
    def test_only_the_district_office_returns(self, house: House, officer: str) -> None:
        self.given_a_request(house)

        with house.refuses("NOT_DISTRICT_OFFICE"):
            house.as_(officer).return_document(item="I-4", ground="NO_DISCLOSURE_ATTRIBUTE")

    @requirement("R13")
    def test_the_resubmission_refers_to_the_return(self, house: House) -> None:
        self.given_a_request(house)
        house.as_("G01").return_document(item="I-4", ground="NO_DISCLOSURE_ATTRIBUTE")
        before = house.size

        house.as_("D02").resubmit_document(
            item="I-4",
            attribute="PARTIAL",
            reason="含个人信息",
            severed_passages=[{"locator": "附件2", "reason": "个人信息", "basis": "条例第十五条"}],
        )

        written = house.since(before)
        assert types_of(written) == ["document.attribute_determined/1", "document.submitted/1"]
        assert written[1][1]["resubmission_of"] == "I-4/T1"

    @requirement("R7")
    @requirement("R13")
    def test_a_resubmission_is_held_to_the_same_rules_and_leaves_nothing_behind(self, house: House) -> None:
        self.given_a_request(house)
        house.as_("G01").return_document(item="I-4", ground="NO_DISCLOSURE_ATTRIBUTE")

        with house.refuses("NO_LEGAL_REASON"):
            house.as_("D02").resubmit_document(item="I-4", attribute="WITHHELD", reason="内部")

    @requirement("R13")
    def test_what_was_returned_is_resubmitted_and_not_submitted(self, house: House) -> None:
        self.given_a_request(house)
        house.as_("G01").return_document(item="I-4", ground="NO_DISCLOSURE_ATTRIBUTE")

        with house.refuses("RESUBMISSION_REQUIRED", return_number="I-4/T1"):
            house.as_("D02").submit_draft_for_approval(item="I-4")

    def test_what_was_returned_is_not_approved_before_it_comes_again(self, house: House) -> None:
        self.given_a_request(house)
        house.as_("G01").return_document(item="I-4", ground="NO_DISCLOSURE_ATTRIBUTE")

        with house.refuses("NOT_SUBMITTED", state="RETURNED"):
            house.as_("Z01").approve_document(item="I-4")

    def test_what_was_not_returned_is_not_resubmitted(self, house: House) -> None:
        self.given_a_request(house)

        with house.refuses("NOT_RETURNED"):
            house.as_("D02").resubmit_document(item="I-4")

    def test_what_stayed_in_its_unit_cannot_be_returned(self, house: House) -> None:
        house.attributed(house.drafted("I-1"))
        house.as_("D02").submit_draft_for_approval(item="I-1")

        with house.refuses("NOT_SUBMITTED"):
            house.as_("G01").return_document(item="I-1", ground="OTHER", note="…")

    @requirement("R13")
    def test_a_waived_defect_is_recorded_with_who_waived_it(self, house: House) -> None:
        self.given_a_request(house)
        before = house.size

        house.as_("G01").waive_defect(item="I-4", defect="NO_DISCLOSURE_ATTRIBUTE", reason="时限紧迫")

        [entry] = house.entries(before)
        assert (entry.type, entry.actor.officer) == ("document.defect_waived/1", "G01")
        assert entry.data["defect"] == "NO_DISCLOSURE_ATTRIBUTE"

    @requirement("R13")
    def test_a_waived_ground_is_spent(self, house: House) -> None:
        self.given_a_request(house)
        house.as_("G01").waive_defect(item="I-4", defect="NO_DISCLOSURE_ATTRIBUTE", reason="时限紧迫")

        with house.refuses("RETURN_GROUND_NOT_MET"):
            house.as_("G01").return_document(item="I-4", ground="NO_DISCLOSURE_ATTRIBUTE")

    @requirement("R13")
    def test_only_the_district_office_waives(self, house: House) -> None:
        self.given_a_request(house)

        with house.refuses("NOT_DISTRICT_OFFICE"):
            house.as_("G02").waive_defect(item="I-4", defect="NO_DISCLOSURE_ATTRIBUTE", reason="…")

    @requirement("R3")
    def test_a_waived_attribute_must_still_be_determined_before_the_approval(self, house: House) -> None:
        self.given_a_request(house)
        house.as_("G01").waive_defect(item="I-4", defect="NO_DISCLOSURE_ATTRIBUTE", reason="时限紧迫")

        with house.refuses("ATTRIBUTE_MISSING"):
            house.as_("Z01").approve_document(item="I-4")

    def test_what_is_drafted_for_the_government_is_approved_by_its_office_only(self, house: House) -> None:
        self.given_a_request(house, attribute="PROACTIVE", reason="应公开")
        house.as_("A02").review_disclosure_attribute(item="I-4", conclusion="CONFIRMED")

        with house.refuses("NOT_DISTRICT_OFFICE"):
            house.as_("Z02").approve_document(item="I-4")
