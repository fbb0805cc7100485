"""(五) (六): whoever drafts interprets; document and interpretation go up, are signed and go out together."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregates.interpretation.synchrony import lag_in_seconds, package_flags
from tests.aggregates.house import House, types_of, utc

requirement = pytest.mark.requirement


def policy(house: House, unit: str = "U02", **more: Any) -> str:
    """A policy document with its attribute reviewed."""
    return house.attributed(house.drafted("I-2", unit, policy=True, **more), unit, reason="应当主动公开")


def interpreted(house: House, unit: str = "U02", **more: Any) -> None:
    """A policy document and its registered interpretation, both with their attributes."""
    policy(house, unit, **more)
    house.attributed(house.drafted("I-3", unit, text="一图读懂", **more), unit, reason="应当主动公开")
    house.as_(f"D{unit[1:]}").register_interpretation(item="I-2", interpretation="I-3", form="INFOGRAPHIC")


def submitted(house: House) -> None:
    interpreted(house)
    for item in ("I-2", "I-3"):
        house.as_("D02").submit_draft_for_approval(item=item)


def signed(house: House) -> None:
    """Signed together and cleared: only publishing is left."""
    submitted(house)
    house.as_("Z02").sign_off_policy_package(item="I-2")
    for item in ("I-2", "I-3"):
        house.as_("S02").conduct_secrecy_review(item=item, conclusion="CLEARED", ground="逐项审查")


def last(house: House) -> dict[str, Any]:
    return dict(house.entries()[-1].data)


class TestWhoInterprets:
    """谁起草、谁解读."""

    @requirement("R46")
    @requirement("R47")
    def test_a_government_document_is_interpreted_by_the_unit_that_drafted_it(self, house: House) -> None:
        house.drafted("I-2", policy=True, on_behalf_of_government=True)

        house.as_("D02").assign_interpretation_duty(item="I-2")

        assert (last(house)["owner"], last(house)["owner_rule"]) == ("U02", "GOVERNMENT_DRAFTER")

    @requirement("R47")
    def test_also_where_several_units_issue_it(self, house: House) -> None:
        house.drafted("I-2", policy=True, on_behalf_of_government=True)
        house.as_("D02").register_joint_issue(item="I-2", lead="U05", co_issuers=["U02"])

        house.as_("D02").assign_interpretation_duty(item="I-2")

        assert (last(house)["owner"], last(house)["owner_rule"]) == ("U02", "GOVERNMENT_DRAFTER")

    @requirement("R46")
    @requirement("R48")
    def test_a_departments_document_is_interpreted_by_the_department(self, house: House) -> None:
        house.drafted("I-2", policy=True)

        house.as_("D02").assign_interpretation_duty(item="I-2")

        assert (last(house)["owner"], last(house)["owner_rule"]) == ("U02", "DEPARTMENT_ISSUER")

    @requirement("R49")
    def test_a_joint_issue_is_interpreted_by_its_lead_and_the_others_cooperate(self, house: House) -> None:
        house.drafted("I-2", policy=True)
        house.as_("D02").register_joint_issue(item="I-2", lead="U05", co_issuers=["U02", "X3"])

        house.as_("D02").assign_interpretation_duty(item="I-2")

        assert (last(house)["owner"], last(house)["owner_rule"]) == ("U05", "JOINT_LEAD")
        assert last(house)["co_issuers"] == ["U02", "X3"]

    @requirement("R46")
    def test_another_owner_needs_a_reason(self, house: House) -> None:
        house.drafted("I-2", policy=True)

        with house.refuses("OVERRIDE_WITHOUT_REASON", derived="U02", owner="U05"):
            house.as_("D02").assign_interpretation_duty(item="I-2", owner="U05")
        house.as_("D02").assign_interpretation_duty(item="I-2", owner="U05", reason="职能已划转")

        assert last(house) | {"item": ""} == {
            "item": "",
            "owner": "U05",
            "owner_rule": "OVERRIDE",
            "derived_owner": "U02",
            "co_issuers": [],
            "reason": "职能已划转",
        }

    @requirement("R46")
    def test_an_interpretation_comes_from_whoever_owes_it(self, house: House) -> None:
        house.drafted("I-2", policy=True)
        house.drafted("I-3", "U05")

        with house.refuses("INTERPRETATION_NOT_BY_OWNER", unit="U05", owner="U02"):
            house.as_("D02").register_interpretation(item="I-2", interpretation="I-3", form="TEXT")
        house.as_("D02").assign_interpretation_duty(item="I-2", owner="U05", reason="职能已划转")
        house.as_("D05").register_interpretation(item="I-2", interpretation="I-3", form="TEXT")

        assert last(house)["interpretation"] == "I-3"

    def test_nothing_of_the_kind_is_owed_for_other_documents(self, house: House) -> None:
        house.drafted("I-2")

        with house.refuses("NOT_POLICY_DOCUMENT", item="I-2"):
            house.as_("D02").assign_interpretation_duty(item="I-2")


class TestJointIssue:
    @requirement("R49")
    @pytest.mark.parametrize("co_issuers", [[], ["U02"], ["U05", "U02"]])
    def test_has_exactly_one_lead_and_others_beside_it(self, house: House, co_issuers: list[str]) -> None:
        house.drafted("I-2", policy=True)

        with house.refuses("JOINT_LEAD_AMBIGUOUS", lead="U02"):
            house.as_("D02").register_joint_issue(item="I-2", lead="U02", co_issuers=co_issuers)

    @requirement("R49")
    def test_is_registered_once(self, house: House) -> None:
        house.drafted("I-2", policy=True)
        house.as_("D02").register_joint_issue(item="I-2", lead="U02", co_issuers=["U05"])

        with house.refuses("ALREADY_REGISTERED"):
            house.as_("D02").register_joint_issue(item="I-2", lead="U05", co_issuers=["U02"])

    @requirement("R50")
    def test_what_a_co_issuer_gave_is_recorded_by_that_co_issuer(self, house: House) -> None:
        house.drafted("I-2", policy=True)
        house.as_("D02").register_joint_issue(item="I-2", lead="U02", co_issuers=["U05"])

        with house.refuses("OTHER_UNIT"):
            house.as_("D02").record_cooperation(item="I-2", unit="U05", contribution="代填")
        house.as_("D05").record_cooperation(item="I-2", unit="U05", contribution="提供口径说明")

        assert last(house) == {"item": "I-2", "unit": "U05", "contribution": "提供口径说明"}

    @requirement("R50")
    def test_who_issues_nothing_together_does_not_cooperate(self, house: House) -> None:
        house.drafted("I-2", policy=True)

        with house.refuses("NOT_CO_ISSUER", unit="U05"):
            house.as_("D05").record_cooperation(item="I-2", unit="U05", contribution="…")


class TestTheMaterial:
    @requirement("R52")
    def test_has_a_form_of_the_list(self, house: House) -> None:
        policy(house)
        house.drafted("I-3", text="解读")

        with house.refuses("INVALID", field="form"):
            house.as_("D02").register_interpretation(item="I-2", interpretation="I-3", form="DANCE")
        house.as_("D02").register_interpretation(item="I-2", interpretation="I-3", form="VIDEO")

        assert last(house)["form"] == "VIDEO"

    @requirement("R52")
    def test_has_an_effect_that_can_be_followed(self, house: House) -> None:
        interpreted(house)
        for views, day in ((120, "2025-01-20"), (4300, "2025-02-20")):
            house.as_("P02").record_interpretation_effect(
                item="I-2", interpretation="I-3", views=views, measured_on=day
            )

        told = [entry.data for entry in house.entries() if entry.type == "policy_package.effect_recorded/1"]

        assert [(effect["measured_on"], effect["views"]) for effect in told] == [
            ("2025-01-20", 120),
            ("2025-02-20", 4300),
        ]

    def test_is_not_a_policy_document_itself(self, house: House) -> None:
        policy(house)
        house.drafted("I-3", policy=True)

        with house.refuses("INVALID", field="interpretation"):
            house.as_("D02").register_interpretation(item="I-2", interpretation="I-3", form="TEXT")


class TestGoingUp:
    """文件与解读材料同步组织."""

    @requirement("R51")
    @requirement("R55")
    def test_a_policy_document_without_interpretation_is_not_submitted(self, house: House) -> None:
        policy(house)

        with house.refuses("INTERPRETATION_MISSING", item="I-2"):
            house.as_("D02").submit_draft_for_approval(item="I-2")
        with house.refuses("INTERPRETATION_MISSING", item="I-2"):
            house.as_("Z02").sign_off_policy_package(item="I-2")

    @requirement("R51")
    def test_with_one_it_is(self, house: House) -> None:
        interpreted(house)
        before = house.size

        house.as_("D02").submit_draft_for_approval(item="I-2")

        assert types_of(house.since(before)) == ["document.submitted/1"]

    def test_what_is_kept_from_the_public_needs_none(self, house: House) -> None:
        """同步 is about what is published: nothing is explained to the public that it may not see."""
        house.drafted("I-2", policy=True)
        house.as_("D02").determine_disclosure_attribute(item="I-2", attribute="ON_REQUEST", reason="特定对象")

        house.as_("D02").submit_draft_for_approval(item="I-2")

        assert house.entries()[-1].type == "document.submitted/1"

    def test_what_was_issued_so_and_is_opened_later_needs_none_either(self, house: House) -> None:
        house.drafted("I-2", policy=True)
        house.as_("D02").determine_disclosure_attribute(item="I-2", attribute="ON_REQUEST", reason="特定对象")
        house.as_("A02").review_disclosure_attribute(item="I-2", conclusion="CONFIRMED")
        house.as_("D02").submit_draft_for_approval(item="I-2")
        house.as_("Z02").approve_document(item="I-2")

        house.attributed("I-2")
        house.as_("D02").submit_draft_for_approval(item="I-2")
        house.as_("Z02").approve_document(item="I-2")
        house.as_("S02").conduct_secrecy_review(item="I-2", conclusion="CLEARED", ground="…")
        house.as_("P02").publish_information(item="I-2", channels=["CH-01"])

        assert house.entries()[-1].type == "publication.published/1"


class TestGoingUpForTheGovernment:
    """牵头起草部门上报代拟稿时应将经本部门主要负责人审定的解读材料一并报送."""

    def given_without(self, house: House) -> None:
        policy(house, on_behalf_of_government=True)
        house.as_("D02").submit_draft_for_approval(item="I-2")

    @requirement("R53")
    def test_the_drafting_units_principal_approves_the_interpretation_and_nobody_else(self, house: House) -> None:
        interpreted(house, on_behalf_of_government=True)

        for officer, code in (("F02", "POST_NOT_ENTITLED"), ("Z05", "OTHER_UNIT"), ("Z01", "OTHER_UNIT")):
            with house.refuses(code):
                house.as_(officer).approve_interpretation(item="I-2", interpretation="I-3")
        house.as_("Z02").approve_interpretation(item="I-2", interpretation="I-3")

        document = house.entries()[-1]
        assert document.actor is not None
        assert (document.actor.post, document.actor.unit) == ("principal", "U02")
        assert document.data["content_sha256"] == house.stored("一图读懂")["sha256"]

    @requirement("R54")
    def test_an_incomplete_package_is_received_and_cannot_be_approved(self, house: House) -> None:
        self.given_without(house)

        with house.refuses("INCOMPLETE_PACKAGE", item="I-2"):
            house.as_("Z01").approve_document(item="I-2")
        with house.refuses("INCOMPLETE_PACKAGE", item="I-2"):
            house.as_("Z01").sign_off_policy_package(item="I-2")

    @requirement("R54")
    def test_it_cannot_be_waived_either(self, house: House) -> None:
        """(一) says 可 and (六) does not."""
        self.given_without(house)

        with house.refuses("INVALID", field="defect"):
            house.as_("G01").waive_defect(item="I-2", defect="INCOMPLETE_PACKAGE", reason="…")

    @requirement("R54")
    def test_it_is_returned_and_comes_back_complete(self, house: House) -> None:
        self.given_without(house)
        house.as_("G01").return_document(item="I-2", ground="INCOMPLETE_PACKAGE")
        assert last(house)["ground"] == "INCOMPLETE_PACKAGE"

        with house.refuses("INTERPRETATION_MISSING"):
            house.as_("D02").resubmit_document(item="I-2")
        house.drafted("I-3", text="解读", on_behalf_of_government=True)
        house.as_("D02").register_interpretation(item="I-2", interpretation="I-3", form="TEXT")
        with house.refuses("INTERPRETATION_MISSING"):
            house.as_("D02").resubmit_document(item="I-2")
        house.as_("Z02").approve_interpretation(item="I-2", interpretation="I-3")
        house.as_("D02").resubmit_document(item="I-2")

        assert last(house)["resubmission_of"] == "I-2/T1"

    @requirement("R54")
    def test_what_is_complete_is_not_returned_as_incomplete(self, house: House) -> None:
        interpreted(house, on_behalf_of_government=True)
        house.as_("Z02").approve_interpretation(item="I-2", interpretation="I-3")
        house.as_("D02").submit_draft_for_approval(item="I-2")

        with house.refuses("RETURN_GROUND_NOT_MET", ground="INCOMPLETE_PACKAGE"):
            house.as_("G01").return_document(item="I-2", ground="INCOMPLETE_PACKAGE")

    @requirement("R53")
    def test_a_revised_interpretation_is_approved_anew(self, house: House) -> None:
        interpreted(house, on_behalf_of_government=True)
        house.as_("Z02").approve_interpretation(item="I-2", interpretation="I-3")
        house.as_("D02").revise_document(item="I-3", content=house.stored("改过的解读"), reason="改")
        house.as_("D02").submit_draft_for_approval(item="I-2")

        with house.refuses("INCOMPLETE_PACKAGE"):
            house.as_("Z01").approve_document(item="I-2")


class TestSigningOff:
    """同步审签."""

    @requirement("R51")
    @requirement("R55")
    def test_the_head_signs_both_by_their_hashes_and_so_approves_both(self, house: House) -> None:
        submitted(house)
        before = house.size

        house.as_("Z02").sign_off_policy_package(item="I-2")

        written = house.entries(before)
        assert sorted(entry.type for entry in written) == [
            "document.approved/1",
            "document.approved/1",
            "policy_package.signed_off/1",
        ]
        assert len({entry.command_id for entry in written}) == 1
        (together,) = [entry.data for entry in written if entry.type == "policy_package.signed_off/1"]
        assert together["content_sha256"] == house.stored("全文")["sha256"]
        (interpretation,) = together["interpretations"]
        assert interpretation == {
            "item": "I-3",
            "draft_version": 1,
            "content_sha256": house.stored("一图读懂")["sha256"],
        }

    @requirement("R55")
    @pytest.mark.parametrize("officer", ["A02", "G02", "P02"])
    def test_nobody_signs_for_the_head(self, house: House, officer: str) -> None:
        submitted(house)

        with house.refuses("POST_NOT_ENTITLED"):
            house.as_(officer).sign_off_policy_package(item="I-2")

    @requirement("R51")
    def test_one_of_the_two_alone_is_not_signed(self, house: House) -> None:
        interpreted(house)
        house.as_("D02").submit_draft_for_approval(item="I-2")

        with house.refuses("NOT_SUBMITTED", item="I-3"):
            house.as_("Z02").sign_off_policy_package(item="I-2")

    @requirement("R51")
    def test_what_changed_after_the_signature_does_not_go_out(self, house: House) -> None:
        signed(house)
        house.as_("D02").revise_document(item="I-3", content=house.stored("改过的解读"), reason="改")

        with house.refuses("PACKAGE_NOT_SIGNED_OFF", item="I-2"):
            house.as_("P02").publish_policy_package(item="I-2", channels=["CH-01"])

    def test_what_is_drafted_for_the_government_is_signed_in_the_district_office(self, house: House) -> None:
        interpreted(house, on_behalf_of_government=True)
        house.as_("Z02").approve_interpretation(item="I-2", interpretation="I-3")
        for item in ("I-2", "I-3"):
            house.as_("D02").submit_draft_for_approval(item=item)

        with house.refuses("NOT_DISTRICT_OFFICE"):
            house.as_("Z02").sign_off_policy_package(item="I-2")
        house.as_("Z01").sign_off_policy_package(item="I-2")
        for item in ("I-2", "I-3"):
            house.as_("S01").conduct_secrecy_review(item=item, conclusion="CLEARED", ground="…")
        house.as_("P01").publish_policy_package(item="I-2", channels=["CH-01"])

        assert last(house)["lag_seconds"] == 0


class TestGoingOut:
    """同步发布."""

    @requirement("R56")
    def test_document_and_interpretation_go_out_in_one_act_and_the_lag_is_nothing(self, house: House) -> None:
        signed(house)
        before = house.size

        house.as_("P02", at="2025-01-15T09:00+08:00").publish_policy_package(item="I-2", channels=["CH-01"])

        written = house.entries(before)
        assert sorted(entry.type for entry in written) == [
            "policy_package.published/1",
            "publication.published/1",
            "publication.published/1",
        ]
        assert {entry.correlation_id for entry in written} == {"policy_package/I-2"}
        assert len({entry.command_id for entry in written}) == 1
        (package,) = [entry.data for entry in written if entry.type == "policy_package.published/1"]
        assert package["publications"] == ["I-2#1", "I-3#1"]
        assert (package["lag_seconds"], package["tolerance_seconds"], package["flags"]) == (0, 0, [])

    @requirement("R56")
    def test_an_interpretation_six_and_a_half_hours_later_is_recorded_with_its_lag(self, house: House) -> None:
        signed(house)

        house.as_("P02", at="2025-06-11T10:00+08:00").publish_policy_package(
            item="I-2", channels=["CH-01"], parts=["DOCUMENT"]
        )
        first = last_package(house)
        house.as_("P02", at="2025-06-11T16:30+08:00").publish_policy_package(
            item="I-2", channels=["CH-01"], parts=["INTERPRETATION"]
        )

        assert (first["lag_seconds"], first["flags"]) == (None, ["INTERPRETATION_OUTSTANDING"])
        second = last_package(house)
        assert (second["lag_seconds"], second["flags"]) == (6 * 3600 + 30 * 60, ["SYNC_LAG"])
        published = [entry for entry in house.entries() if entry.type == "publication.published/1"]
        assert {entry.correlation_id for entry in published} == {"policy_package/I-2"}

    @requirement("R56")
    def test_a_district_may_tolerate_a_lag_which_is_recorded_all_the_same(self, house: House) -> None:
        house.as_("G01").adopt_ruleset(
            ruleset="RS-143",
            document_number="号",
            title_zh="细则",
            effective_from="2024-01-01",
            parameters={"interpretation_lag_tolerance_s": 600},
        )
        signed(house)
        house.as_("P02", at="2025-06-11T10:00+08:00").publish_policy_package(
            item="I-2", channels=["CH-01"], parts=["DOCUMENT"]
        )

        house.as_("P02", at="2025-06-11T10:10+08:00").publish_policy_package(
            item="I-2", channels=["CH-01"], parts=["INTERPRETATION"]
        )

        told = last_package(house)
        assert (told["lag_seconds"], told["tolerance_seconds"], told["flags"]) == (600, 600, [])

    @requirement("R56")
    def test_the_document_does_not_go_out_by_the_other_door(self, house: House) -> None:
        signed(house)

        with house.refuses("POLICY_PACKAGE_REQUIRED", item="I-2"):
            house.as_("P02").publish_information(item="I-2", channels=["CH-01"])

    @requirement("R56")
    def test_the_platform_is_among_the_channels(self, house: House) -> None:
        signed(house)

        with house.refuses("NOT_ON_PLATFORM", item="I-2"):
            house.as_("P02").publish_policy_package(item="I-2", channels=["CH-03"])

    def test_something_of_it_goes_out(self, house: House) -> None:
        signed(house)

        with house.refuses("INVALID", field="parts"):
            house.as_("P02").publish_policy_package(item="I-2", channels=["CH-01"], parts=[])

    def test_each_of_the_two_passes_the_gate_of_its_own(self, house: House) -> None:
        submitted(house)
        house.as_("Z02").sign_off_policy_package(item="I-2")
        house.as_("S02").conduct_secrecy_review(item="I-2", conclusion="CLEARED", ground="…")

        with house.refuses("NOT_REVIEWED", item="I-3"):
            house.as_("P02").publish_policy_package(item="I-2", channels=["CH-01"])

    def test_an_interpretation_is_published_once(self, house: House) -> None:
        signed(house)
        house.as_("P02").publish_policy_package(item="I-2", channels=["CH-01"])

        with house.refuses("INTERPRETATION_ALREADY_PUBLISHED"):
            house.as_("P02").publish_policy_package(item="I-2", channels=["CH-01"], parts=["INTERPRETATION"])


@requirement("R56")
@given(st.timedeltas(timedelta(days=-9), timedelta(days=9)), st.integers(0, 3660))
def test_the_lag_is_the_same_whichever_came_first_and_a_begun_second_counts(lag: timedelta, tolerance_s: int) -> None:
    document = utc("2025-06-11T10:00+08:00")

    seconds = lag_in_seconds(document, document + lag)

    assert seconds == lag_in_seconds(document + lag, document)
    assert seconds is not None
    assert timedelta(0) <= timedelta(seconds=seconds) - abs(lag) < timedelta(seconds=1)
    assert package_flags(document, document + lag, tolerance_s) == (
        ["SYNC_LAG"] if abs(lag) > timedelta(seconds=tolerance_s) else []
    )


def last_package(house: House) -> dict[str, Any]:
    return [dict(entry.data) for entry in house.entries() if entry.type == "policy_package.published/1"][-1]
