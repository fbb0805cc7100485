"""The gate before publication: 未经审查和批准，不得对外公开发布政府信息 (四)."""

import pytest

from tests.aggregates.house import House, digest

requirement = pytest.mark.requirement


class TestReviewAndApproval:
    @requirement("R39")
    @requirement("R45")
    def test_open_the_gate_together(self, house: House) -> None:
        house.cleared("I-1")
        before = house.size

        house.as_("P02").publish_information(item="I-1", channels=["CH-01"])

        [(type_, data)] = house.since(before)
        assert (type_, data["publication"]) == ("publication.published/1", "I-1#1")

    @requirement("R39")
    @requirement("R45")
    def test_without_a_review_nothing_goes_out_and_the_attempt_is_kept(self, house: House) -> None:
        house.approved("I-5", "U05")

        with house.refuses("NOT_REVIEWED", item="I-5") as attempted:
            house.as_("P05").publish_information(item="I-5", channels=["CH-01"])

        assert attempted.refusal.article == "(四)"
        assert attempted.entry.actor.officer == "P05"
        assert attempted.entry.command_id == f"c-{house.commands}"
        assert attempted.entry.data["command"] == "publish_information"

    @requirement("R45")
    def test_an_item_nobody_drafted_was_not_reviewed_either(self, house: House) -> None:
        with house.refuses("NOT_REVIEWED"):
            house.as_("P05").publish_information(item="I-404", channels=["CH-01"])

    @requirement("R45")
    def test_without_an_approval_nothing_goes_out(self, house: House) -> None:
        house.attributed(house.drafted("I-1"))
        house.as_("S02").conduct_secrecy_review(item="I-1", conclusion="CLEARED", ground="逐项审查")

        with house.refuses("NOT_APPROVED", draft_version=1):
            house.as_("P02").publish_information(item="I-1", channels=["CH-01"])

    @requirement("R45")
    def test_an_approval_does_not_outlive_the_attribute_it_was_given_for(self, house: House) -> None:
        house.cleared("I-1")
        house.attributed("I-1")

        with house.refuses("NOT_APPROVED"):
            house.as_("P02").publish_information(item="I-1", channels=["CH-01"])

    def test_an_attribute_doubted_after_the_approval_stops_the_publication(self, house: House) -> None:
        house.cleared("I-1")
        house.as_("A02").review_disclosure_attribute(item="I-1", conclusion="CHANGE_REQUESTED", note="请再核")

        with house.refuses("ATTRIBUTE_NOT_REVIEWED"):
            house.as_("P02").publish_information(item="I-1", channels=["CH-01"])

    @requirement("R44")
    def test_a_refused_review_shuts_the_gate(self, house: House) -> None:
        house.approved("I-1")
        house.as_("S02").conduct_secrecy_review(item="I-1", conclusion="REFUSED", ground="涉及内部坐标")

        with house.refuses("REVIEW_REFUSED", review="I-1/R1", conclusion="REFUSED"):
            house.as_("P02").publish_information(item="I-1", channels=["CH-01"])

    def test_the_last_word_of_the_review_counts(self, house: House) -> None:
        house.cleared("I-1")
        house.as_("S02").conduct_secrecy_review(item="I-1", conclusion="REFUSED", ground="后来发现")

        with house.refuses("REVIEW_REFUSED", review="I-1/R2"):
            house.as_("P02").publish_information(item="I-1", channels=["CH-01"], review="I-1/R1")


class TestTheReview:
    @requirement("R44")
    def test_records_item_conclusion_ground_reviewer_and_time(self, house: House) -> None:
        house.approved("I-1")
        before = house.size

        house.as_("S02", at="2025-02-01T09:00+08:00").conduct_secrecy_review(
            item="I-1", conclusion="CLEARED", ground="逐项审查，无涉密内容"
        )

        [entry] = house.entries(before)
        assert entry.data == {
            "item": "I-1",
            "draft_version": 1,
            "content_sha256": digest("全文"),
            "review": "I-1/R1",
            "conclusion": "CLEARED",
            "ground": "逐项审查，无涉密内容",
        }
        assert entry.actor.officer == "S02"
        assert entry.occurred_at == house.now

    @requirement("R44")
    def test_knows_four_conclusions_only(self, house: House) -> None:
        house.approved("I-1")

        with house.refuses("INVALID", field="conclusion"):
            house.as_("S02").conduct_secrecy_review(item="I-1", conclusion="PROBABLY", ground="…")

    @requirement("R41")
    def test_by_another_unit_is_no_review(self, house: House) -> None:
        house.approved("I-1")

        with house.refuses("REVIEWED_BY_OTHER_UNIT", review_unit="U05", unit="U02"):
            house.as_("S05").conduct_secrecy_review(item="I-1", conclusion="CLEARED", ground="…")

    @requirement("R41")
    def test_by_the_drafting_unit_does_not_serve_the_office_that_publishes(self, house: House) -> None:
        house.attributed(house.drafted("I-1", on_behalf_of_government=True), reason="应公开")
        house.as_("D02").submit_draft_for_approval(item="I-1")
        house.as_("Z01").approve_document(item="I-1")
        house.as_("S02").conduct_secrecy_review(item="I-1", conclusion="CLEARED", ground="…")

        with house.refuses("REVIEWED_BY_OTHER_UNIT", review_unit="U02", unit="U01"):
            house.as_("P01").publish_information(item="I-1", channels=["CH-01"])

    @requirement("R43")
    def test_of_several_items_on_one_sheet_is_refused(self, house: House) -> None:
        house.drafted("I-9")

        with house.refuses("ONE_ITEM_ONE_REVIEW", items="I-9, I-10, I-11, I-12, I-13"):
            house.as_("S02").conduct_secrecy_review(
                item="I-9",
                further_items=["I-10", "I-11", "I-12", "I-13"],
                conclusion="CLEARED",
                ground="一表五事",
            )

    @requirement("R43")
    def test_of_one_item_does_not_serve_another(self, house: House) -> None:
        house.cleared("I-1")
        house.cleared("I-2")

        with house.refuses("ONE_ITEM_ONE_REVIEW"):
            house.as_("P02").publish_information(item="I-2", channels=["CH-01"], review="I-1/R1")

    @requirement("R43")
    def test_serves_once(self, house: House) -> None:
        house.published("I-1")
        house.as_("P02").withdraw_publication(item="I-1", reason_code="ERROR", reason="附件有误")

        with house.refuses("REVIEW_ALREADY_USED", review="I-1/R1", publication="I-1#1"):
            house.as_("P02").publish_information(item="I-1", channels=["CH-01"])

    @requirement("R43")
    def test_that_is_named_is_the_one_that_is_used(self, house: House) -> None:
        house.cleared("I-1")
        house.as_("S02").conduct_secrecy_review(item="I-1", conclusion="CLEARED", ground="复审")
        before = house.size

        house.as_("P02").publish_information(item="I-1", channels=["CH-01"], review="I-1/R1")

        assert house.since(before)[0][1]["review"] == "I-1/R1"

    @requirement("R43")
    def test_that_is_named_and_never_was_is_none(self, house: House) -> None:
        house.cleared("I-1")

        with house.refuses("VERSION_NOT_REVIEWED"):
            house.as_("P02").publish_information(item="I-1", channels=["CH-01"], review="I-1/R7")

    @requirement("R41")
    def test_that_is_named_must_be_the_publishing_units(self, house: House) -> None:
        house.attributed(house.drafted("I-1", on_behalf_of_government=True), reason="应公开")
        house.as_("D02").submit_draft_for_approval(item="I-1")
        house.as_("Z01").approve_document(item="I-1")
        house.as_("S02").conduct_secrecy_review(item="I-1", conclusion="CLEARED", ground="…")
        house.as_("S01").conduct_secrecy_review(item="I-1", conclusion="CLEARED", ground="…")

        with house.refuses("REVIEWED_BY_OTHER_UNIT", review_unit="U02"):
            house.as_("P01").publish_information(item="I-1", channels=["CH-01"], review="I-1/R1")

    @requirement("R43")
    def test_covers_one_version_only(self, house: House) -> None:
        house.cleared("I-9")
        house.as_("D02").revise_document(item="I-9", content=house.stored("改过的全文"), reason="补充")

        with house.refuses("VERSION_NOT_REVIEWED", draft_version=2):
            house.as_("P02").publish_information(item="I-9", channels=["CH-01"])

    @requirement("R43")
    def test_covers_one_content_only(self, house: House) -> None:
        house.cleared("I-9")

        with house.refuses("VERSION_NOT_REVIEWED", sha256=digest("换过的全文")):
            house.as_("P02").publish_information(item="I-9", channels=["CH-01"], content=house.stored("换过的全文"))

    def test_of_a_content_that_is_not_the_drafts_is_refused(self, house: House) -> None:
        house.approved("I-1")

        with house.refuses("CONTENT_NOT_OF_DRAFT"):
            house.as_("S02").conduct_secrecy_review(
                item="I-1", conclusion="CLEARED", ground="…", content_sha256=digest("别的")
            )

    def test_of_a_draft_that_is_not_the_present_one_is_refused(self, house: House) -> None:
        house.approved("I-1")
        house.as_("D02").revise_document(item="I-1", content=house.stored("二稿"), reason="补充")

        with house.refuses("VERSION_OUTDATED", current=2, draft_version=1):
            house.as_("S02").conduct_secrecy_review(item="I-1", conclusion="CLEARED", ground="…", draft_version=1)


class TestOrder:
    @requirement("R42")
    def test_the_review_stands_before_the_publication_in_the_ledger(self, house: House) -> None:
        house.published("I-1")

        types = [entry.type for entry in house.entries()]
        assert types.index("document.secrecy_reviewed/1") < types.index("publication.published/1")

    @requirement("R42")
    def test_a_publication_cannot_be_dated_before_its_review(self, house: House) -> None:
        house.approved("I-1")
        house.as_("S02", at="2025-02-01T10:00+08:00").conduct_secrecy_review(
            item="I-1", conclusion="CLEARED", ground="…"
        )

        with house.refuses("BACKDATED"):
            house.as_("P02", at="2025-02-01T09:59+08:00").publish_information(item="I-1", channels=["CH-01"])

    @requirement("R42")
    def test_a_review_cannot_be_dated_before_the_draft(self, house: House) -> None:
        house.drafted("I-1")

        with house.refuses("BACKDATED"):
            house.as_("S02", at="2025-01-01T00:00+08:00").conduct_secrecy_review(
                item="I-1", conclusion="CLEARED", ground="…"
            )


class TestTheSecrecyQuestion:
    @requirement("R40")
    @pytest.mark.parametrize("by_review", [True, False])
    def test_locks_the_item_until_it_is_determined(self, house: House, by_review: bool) -> None:
        house.cleared("I-1")
        if by_review:
            house.as_("S02").conduct_secrecy_review(item="I-1", conclusion="ESCALATED", ground="拿不准")
        else:
            house.as_("S02").escalate_secrecy_question(item="I-1", question="是否涉密？")

        with house.refuses("SECRECY_QUESTION_OPEN"):
            house.as_("P02").publish_information(item="I-1", channels=["CH-01"])
        with house.refuses("SECRECY_QUESTION_OPEN"):
            house.as_("S02").conduct_secrecy_review(item="I-1", conclusion="CLEARED", ground="…")
        with house.refuses("SECRECY_QUESTION_OPEN"):
            house.as_("Z02").approve_document(item="I-1")
        with house.refuses("SECRECY_QUESTION_OPEN"):
            house.as_("D02").revise_document(item="I-1", content=house.stored("新稿"), reason="…")

    @requirement("R40")
    def test_answered_with_no_secret_opens_the_way_again(self, house: House) -> None:
        house.cleared("I-1")
        house.as_("S02").escalate_secrecy_question(item="I-1", question="是否涉密？")

        house.as_("X03").determine_secrecy(item="I-1", conclusion="NOT_SECRET", ground="不涉密")

        house.as_("P02").publish_information(item="I-1", channels=["CH-01"])

    @requirement("R40")
    def test_answered_with_a_secret_shuts_it_for_that_content_in_any_draft(self, house: House) -> None:
        house.cleared("I-1")
        house.as_("S02").escalate_secrecy_question(item="I-1", question="是否涉密？")

        house.as_("X03").determine_secrecy(item="I-1", conclusion="SECRET", level="CONFIDENTIAL", ground="坐标")

        with house.refuses("DETERMINED_SECRET"):
            house.as_("P02").publish_information(item="I-1", channels=["CH-01"])
        house.as_("D02").revise_document(item="I-1", content=house.stored("全文"), reason="原样再报")
        with house.refuses("DETERMINED_SECRET"):
            house.as_("S02").conduct_secrecy_review(item="I-1", conclusion="CLEARED", ground="…")

    def test_is_answered_only_where_it_was_asked(self, house: House) -> None:
        house.cleared("I-1")

        with house.refuses("NO_SECRECY_QUESTION"):
            house.as_("X03").determine_secrecy(item="I-1", conclusion="NOT_SECRET", ground="…")

    def test_a_secret_has_a_level(self, house: House) -> None:
        house.cleared("I-1")
        house.as_("S02").escalate_secrecy_question(item="I-1", question="是否涉密？")

        with house.refuses("INVALID", field="level"):
            house.as_("X03").determine_secrecy(item="I-1", conclusion="SECRET", ground="…")


class TestTheAttributeAtTheGate:
    @pytest.mark.parametrize("attribute", ["ON_REQUEST", "WITHHELD"])
    def test_what_is_not_for_publication_is_not_published(self, house: House, attribute: str) -> None:
        house.attributed(house.drafted("I-1"), attribute=attribute, reason="过程性信息", legal_basis=["条例第十六条"])
        house.as_("D02").submit_draft_for_approval(item="I-1")
        house.as_("Z02").approve_document(item="I-1")
        house.as_("S02").conduct_secrecy_review(item="I-1", conclusion="CLEARED", ground="…")

        with house.refuses("NOT_PROACTIVE", attribute=attribute):
            house.as_("P02").publish_information(item="I-1", channels=["CH-01"])


class TestAttachments:
    def given(self, house: House) -> dict:
        annex = house.stored("附件", "附件1")
        house.cleared("I-1", attachments=[annex])
        return annex

    def test_all_of_the_draft_go_out(self, house: House) -> None:
        annex = self.given(house)
        before = house.size

        house.as_("P02").publish_information(item="I-1", channels=["CH-01"], attachments=[annex])

        assert house.since(before)[0][1]["attachments"] == [annex]

    def test_one_that_was_not_reviewed_does_not(self, house: House) -> None:
        self.given(house)

        with house.refuses("VERSION_NOT_REVIEWED"):
            house.as_("P02").publish_information(item="I-1", channels=["CH-01"], attachments=[house.stored("另一附件")])

    def test_none_is_left_out_in_silence(self, house: House) -> None:
        self.given(house)

        with house.refuses("INVALID", field="attachments"):
            house.as_("P02").publish_information(item="I-1", channels=["CH-01"], attachments=[])


class TestPartialDisclosure:
    def given_severed(self, house: House, conclusion: str = "CLEARED_WITH_SEVERANCE") -> dict:
        severed = house.partially("I-4", attachments=[house.stored("个人信息表", "附件2")])
        house.as_("Z02").approve_document(item="I-4", content_sha256=severed["sha256"])
        house.as_("S02").conduct_secrecy_review(
            item="I-4", conclusion=conclusion, ground="已遮盖", content_sha256=severed["sha256"]
        )
        return severed

    def test_publishes_the_severed_content_and_no_attachment_of_itself(self, house: House) -> None:
        severed = self.given_severed(house)
        before = house.size

        house.as_("P02").publish_information(item="I-4", channels=["CH-01"], content=severed)

        [(_, data)] = house.since(before)
        assert data["content"] == severed
        assert data["attachments"] == []
        assert data["withheld_passages"] == 1

    def test_never_publishes_the_full_text(self, house: House) -> None:
        self.given_severed(house)

        with house.refuses("SEVERANCE_NOT_APPLIED"):
            house.as_("P02").publish_information(item="I-4", channels=["CH-01"])

    def test_never_publishes_an_attachment_that_is_withheld(self, house: House) -> None:
        severed = self.given_severed(house)

        with house.refuses("SEVERANCE_NOT_APPLIED", what="附件2"):
            house.as_("P02").publish_information(
                item="I-4",
                channels=["CH-01"],
                content=severed,
                attachments=[house.stored("个人信息表", "改名")],
            )

    def test_publishes_an_attachment_that_is_not_withheld_when_it_is_named(self, house: House) -> None:
        plan = house.stored("规划图", "附件1")
        severed = house.partially("I-4", attachments=[plan, house.stored("个人信息表", "附件2")])
        house.as_("Z02").approve_document(item="I-4", content_sha256=severed["sha256"])
        house.as_("S02").conduct_secrecy_review(
            item="I-4",
            conclusion="CLEARED_WITH_SEVERANCE",
            ground="已遮盖",
            content_sha256=severed["sha256"],
        )
        before = house.size

        house.as_("P02").publish_information(item="I-4", channels=["CH-01"], content=severed, attachments=[plan])

        assert house.since(before)[0][1]["attachments"] == [plan]

    def test_may_be_refused_on_the_full_text(self, house: House) -> None:
        house.partially("I-4")
        before = house.size

        house.as_("S02").conduct_secrecy_review(
            item="I-4", conclusion="REFUSED", ground="整体涉密", content_sha256=digest("全文")
        )

        assert house.since(before)[0][1]["content_sha256"] == digest("全文")

    def test_reviews_only_what_is_in_the_store(self, house: House) -> None:
        house.partially("I-4")

        with house.refuses("CONTENT_NOT_STORED"):
            house.as_("S02").conduct_secrecy_review(
                item="I-4", conclusion="CLEARED_WITH_SEVERANCE", ground="…", content_sha256="0" * 64
            )

    def test_needs_a_review_that_cleared_it_with_severance(self, house: House) -> None:
        severed = self.given_severed(house, "CLEARED")

        with house.refuses("SEVERANCE_NOT_CLEARED", review="I-4/R1"):
            house.as_("P02").publish_information(item="I-4", channels=["CH-01"], content=severed)

    def test_needs_an_approval_of_the_severed_content(self, house: House) -> None:
        house.partially("I-4")

        with house.refuses("SEVERED_CONTENT_MISSING"):
            house.as_("Z02").approve_document(item="I-4")

    def test_needs_a_review_of_the_severed_content(self, house: House) -> None:
        house.partially("I-4")

        with house.refuses("SEVERED_CONTENT_MISSING"):
            house.as_("S02").conduct_secrecy_review(item="I-4", conclusion="CLEARED_WITH_SEVERANCE", ground="…")


class TestSegregationOfDuties:
    def given_one_person_for_all(self, house: House) -> None:
        """P02 drafts, reviews and publishes; only the approval is another's."""
        for post in ("drafter", "reviewer", "secrecy_reviewer"):
            house.employ("P02", post, "U02")
        house.as_("P02", "drafter", "U02").draft_document(
            item="I-8", unit="U02", title="通知", content=house.stored("全文")
        )
        house.as_("P02", "drafter", "U02").determine_disclosure_attribute(item="I-8", attribute="PROACTIVE")
        house.as_("P02", "reviewer", "U02").review_disclosure_attribute(item="I-8", conclusion="CONFIRMED")
        house.as_("P02", "drafter", "U02").submit_draft_for_approval(item="I-8")
        house.as_("Z02").approve_document(item="I-8")
        house.as_("P02", "secrecy_reviewer", "U02").conduct_secrecy_review(item="I-8", conclusion="CLEARED", ground="…")

    @requirement("R92")
    def test_refuses_one_person_who_drafts_reviews_and_publishes(self, house: House) -> None:
        self.given_one_person_for_all(house)

        with house.refuses("SEGREGATION_OF_DUTIES", same="P02"):
            house.as_("P02").publish_information(item="I-8", channels=["CH-01"])

    @requirement("R92")
    def test_flags_it_where_the_ruleset_says_so(self, house: House) -> None:
        house.as_("G01").adopt_ruleset(
            ruleset="RS-143",
            document_number="鄞政办发〔2017〕143号",
            title_zh="实施细则",
            effective_from="2017-08-09",
            parameters={"segregation_of_duties": "FLAG"},
        )
        self.given_one_person_for_all(house)
        before = house.size

        house.as_("P02").publish_information(item="I-8", channels=["CH-01"])

        [(_, data)] = house.since(before)
        assert data["flags"] == ["SEGREGATION_OF_DUTIES"]

    @requirement("R92")
    def test_writes_down_every_hand_and_no_flag_where_they_differ(self, house: House) -> None:
        before = house.size

        house.published("I-1")

        data = dict(house.since(before))["publication.published/1"]
        hands = ("drafter", "reviewer", "secrecy_reviewer", "approver", "publisher")
        assert [data[hand] for hand in hands] == ["D02", "A02", "S02", "Z02", "P02"]
        assert data["flags"] == []

    @pytest.mark.parametrize("post", ["reviewer", "deputy_in_charge", "principal"])
    def test_the_drafter_approves_in_no_post_and_by_no_account(self, house: House, post: str) -> None:
        house.employ("D02", post, "U02")
        house.attributed(house.drafted("I-1"))
        house.as_("D02").submit_draft_for_approval(item="I-1")

        with house.refuses("APPROVED_BY_DRAFTER", officer="D02"):
            house.as_("D02", post, "U02").approve_document(item="I-1")

    def test_whoever_drafted_an_earlier_version_does_not_approve_a_later(self, house: House) -> None:
        house.employ("A02", "drafter", "U02")
        house.drafted("I-1")
        house.as_("A02", "drafter", "U02").revise_document(item="I-1", content=house.stored("二稿"), reason="补充")
        house.as_("D02").revise_document(item="I-1", content=house.stored("三稿"), reason="再补充")
        house.as_("D02").determine_disclosure_attribute(item="I-1", attribute="PROACTIVE")
        house.as_("G02").review_disclosure_attribute(item="I-1", conclusion="CONFIRMED")
        house.as_("D02").submit_draft_for_approval(item="I-1")

        with house.refuses("APPROVED_BY_DRAFTER"):
            house.as_("A02").approve_document(item="I-1")

    def test_whoever_approved_does_not_draft_the_next_version(self, house: House) -> None:
        house.employ("Z02", "drafter", "U02")
        house.approved("I-1")

        with house.refuses("APPROVED_BY_DRAFTER"):
            house.as_("Z02", "drafter", "U02").revise_document(item="I-1", content=house.stored("二稿"), reason="…")
