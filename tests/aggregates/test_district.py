"""Units, officers, the platform, workflows, rulesets: what must stand before anybody can publish (十)."""

import pytest

from aggregates.deed import Deed
from aggregates.officer import Officer
from aggregates.refusal import Refusal
from aggregates.ruleset import BUILT_IN, Ruleset
from aggregates.unit import Unit
from ledger.entry import Actor
from tests.aggregates.house import House, types_of, utc

requirement = pytest.mark.requirement
STEPS = ["DRAFT", "ATTRIBUTE", "ATTRIBUTE_REVIEW", "SUBMISSION", "APPROVAL", "SECRECY_REVIEW", "PUBLICATION"]


class TestFounding:
    def test_opens_the_ledger_with_an_office_a_platform_and_an_administrator(self, empty: House) -> None:
        empty.as_("ADM").found_district(unit="U01", name_zh="区政府办公室", name_en="Office", officer="ADM")

        assert types_of(empty.since(0)) == [
            "platform.owner_assigned/1",
            "unit.registered/1",
            "officer.registered/1",
            "officer.appointed/1",
        ]

    def test_happens_once(self, house: House) -> None:
        with house.refuses("ALREADY_FOUNDED", owner="U01"):
            house.as_("P05").found_district(unit="U66", name_zh="另一办", name_en="Another", officer="P05")

    def test_before_it_nobody_holds_a_post(self, empty: House) -> None:
        with empty.refuses("POST_NOT_HELD"):
            empty.as_("ADM").register_unit(unit="U02", name_zh="局", name_en="Dept", kind="department")


class TestThePlatform:
    @requirement("R80")
    def test_has_the_district_office_as_its_one_owner(self, house: House) -> None:
        house.as_("ADM").register_unit(
            unit="U99", name_zh="新区政府办公室", name_en="New office", kind="district_office"
        )

        house.as_("Z01").assign_platform_owner(unit="U99")

        assigned = [data["unit"] for type_, data in house.since(0) if type_ == "platform.owner_assigned/1"]
        assert assigned == ["U01", "U99"]

    @requirement("R80")
    def test_is_owned_by_no_department(self, house: House) -> None:
        with house.refuses("PLATFORM_OWNER_NOT_DISTRICT_OFFICE", unit="U02"):
            house.as_("Z01").assign_platform_owner(unit="U02")

    @requirement("R80")
    def test_has_no_second_owner_of_the_same_name(self, house: House) -> None:
        with house.refuses("NOTHING_TO_CHANGE"):
            house.as_("Z01").assign_platform_owner(unit="U01")

    @requirement("R82")
    def test_a_column_has_a_unit_and_a_period_and_is_looked_after_by_that_unit(self, house: House) -> None:
        house.as_("G01").register_column(
            column="COL-01", name_zh="重大决策公开", name_en="Decisions", unit="U02", refresh_days=14
        )
        before = house.size

        house.as_("P02").maintain_column(column="COL-01", note="更新3篇")

        assert types_of(house.since(before)) == ["column.maintained/1"]

    @requirement("R82")
    def test_a_column_is_not_looked_after_by_others(self, house: House) -> None:
        house.as_("G01").register_column(
            column="COL-01", name_zh="重大决策公开", name_en="Decisions", unit="U02", refresh_days=14
        )

        with house.refuses("OTHER_UNIT"):
            house.as_("P05").maintain_column(column="COL-01", note="更新")


class TestThePostIsHeldAtThatMoment:
    @requirement("R87")
    def test_a_code_without_an_appointment_holds_none(self, house: House) -> None:
        house.cleared("I-1")

        with house.refuses("POST_NOT_HELD", officer="SHARED"):
            house.as_("SHARED", "publisher", "U02").publish_information(item="I-1", channels=["CH-01"])

    @requirement("R87")
    def test_a_post_in_one_unit_is_none_in_another(self, house: House) -> None:
        house.cleared("I-1")

        with house.refuses("POST_NOT_HELD", unit="U02"):
            house.as_("P05", "publisher", "U02").publish_information(item="I-1", channels=["CH-01"])

    @requirement("R87")
    def test_another_post_than_the_one_held_is_refused(self, house: House) -> None:
        with house.refuses("POST_NOT_HELD", post="administrator"):
            house.as_("P02", "administrator", "U02").register_unit(
                unit="U77", name_zh="局", name_en="Dept", kind="department"
            )

    @requirement("R87")
    @pytest.mark.parametrize(
        ("at", "held"),
        [
            ("2025-02-28T23:59+08:00", False),
            ("2025-03-01T00:00+08:00", True),
            ("2025-03-31T23:59:59+08:00", True),
            ("2025-04-01T00:00+08:00", False),
        ],
    )
    def test_first_and_last_day_count_in_the_districts_time(self, house: House, at: str, held: bool) -> None:
        house.as_("ADM").register_officer(officer="N01")
        house.employ("N01", "publisher", "U02", "2025-03-01", "2025-03-31")
        hand = house.as_("N01", "publisher", "U02", at=at)

        if held:
            with house.refuses("NOT_REVIEWED"):
                hand.publish_information(item="I-1", channels=["CH-01"])
        else:
            with house.refuses("POST_NOT_HELD", officer="N01"):
                hand.publish_information(item="I-1", channels=["CH-01"])

    @requirement("R87")
    def test_the_post_held_then_stands_on_the_event(self, house: House) -> None:
        before = house.size

        house.drafted("I-1")

        [entry] = house.entries(before)
        assert (entry.actor.officer, entry.actor.post, entry.actor.unit) == ("D02", "drafter", "U02")

    @requirement("R87")
    def test_a_relieved_officer_acts_no_more(self, house: House) -> None:
        house.cleared("I-1")
        house.as_("ADM", at="2025-05-02T09:00+08:00").relieve_officer(
            officer="P02", unit="U02", post="publisher", until_date="2025-05-01"
        )

        with house.refuses("POST_NOT_HELD"):
            house.as_("P02").publish_information(item="I-1", channels=["CH-01"])


class TestAppointments:
    def test_nobody_appoints_themself(self, house: House) -> None:
        with house.refuses("SELF_APPOINTMENT", officer="ADM"):
            house.as_("ADM").appoint_officer(officer="ADM", unit="U01", post="publisher", from_date="2025-01-06")

    def test_a_post_is_held_once_at_a_time(self, house: House) -> None:
        with house.refuses("ALREADY_APPOINTED"):
            house.employ("P02", "publisher", "U02", "2025-06-01")

    def test_a_principal_appoints_in_the_own_unit(self, house: House) -> None:
        before = house.size

        house.as_("Z02").appoint_officer(officer="D02", unit="U02", post="deputy_in_charge", from_date="2025-01-06")

        assert types_of(house.since(before)) == ["officer.appointed/1", "leadership.deputy_appointed/1"]

    @pytest.mark.parametrize(
        "post", ["administrator", "principal", "inspector", "investigator", "secrecy_administration"]
    )
    def test_a_principal_gives_no_post_that_reaches_beyond_the_unit(self, house: House, post: str) -> None:
        with house.refuses("POST_NOT_ENTITLED"):
            house.as_("Z02").appoint_officer(officer="D02", unit="U02", post=post, from_date="2025-01-06")

    def test_an_unregistered_officer_is_not_appointed(self, house: House) -> None:
        with house.refuses("OFFICER_NOT_REGISTERED", officer="N09"):
            house.employ("N09", "publisher", "U02")

    def test_an_appointment_that_is_not_there_cannot_end(self, house: House) -> None:
        with house.refuses("APPOINTMENT_NOT_FOUND"):
            house.as_("ADM").relieve_officer(officer="P02", unit="U05", post="publisher", until_date="2025-05-01")

    def test_ended_at_once_it_was_never_held(self) -> None:
        officer = Officer.blank("officer/N01")
        deed = Deed(Actor("ADM", "administrator", "U01"), utc("2025-03-01T09:00+08:00"))
        officer.register(deed, officer="N01")
        officer.appoint(deed, unit="U02", post="publisher", from_date="2025-03-01")

        officer.relieve(deed, unit="U02", post="publisher", until_date="2025-02-28")

        assert not officer.holds("publisher", "U02", "2025-03-01")
        assert not officer.holds("publisher", "U02", "2025-02-28")

    def test_the_name_stays_out_of_the_ledger(self, house: House) -> None:
        before = house.size

        house.as_("ADM").register_officer(officer="N01", name="王小明")

        [entry] = house.entries(before)
        kept = house.ledger.personal.get("officer/N01", "name")
        assert kept is not None
        assert kept.value == "王小明"
        assert entry.data == {"officer": "N01", "name_commitment": kept.commitment}
        assert "王小明".encode() not in entry.raw


class TestWorkflows:
    def adopt(self, house: House, officer: str = "Z02", **more) -> None:
        data = {"unit": "U02", "workflow": "WF-U02", "steps": STEPS, "title_zh": "发布流程", **more}
        house.as_(officer).adopt_workflow(**data)

    @requirement("R86")
    def test_every_event_cites_the_version_in_force_in_its_unit(self, house: House) -> None:
        house.drafted("I-1")
        self.adopt(house)
        house.drafted("I-2")
        self.adopt(house, title_zh="发布流程(修订)")
        house.drafted("I-3")
        house.drafted("I-4", "U05")

        cited = {e.data["item"]: e.workflow for e in house.entries() if e.type == "document.drafted/1"}
        assert cited == {"I-1": None, "I-2": "WF-U02/1", "I-3": "WF-U02/2", "I-4": None}

    @requirement("R86")
    def test_what_happened_earlier_cites_what_was_in_force_then(self, house: House) -> None:
        self.adopt(house)
        before = house.size

        house.as_("D02", at="2024-06-01T09:00+08:00").draft_document(
            item="I-1", unit="U02", title="补录", content=house.stored("全文")
        )

        assert house.entries(before)[0].workflow is None

    @requirement("R86")
    def test_a_review_after_publication_is_no_workflow(self, house: House) -> None:
        with house.refuses("WORKFLOW_STEP_ORDER", step="SECRECY_REVIEW"):
            self.adopt(house, steps=["ATTRIBUTE_REVIEW", "APPROVAL", "PUBLICATION", "SECRECY_REVIEW"])

    def test_its_own_event_names_it_and_cites_the_one_before(self, house: House) -> None:
        self.adopt(house)
        before = house.size

        self.adopt(house)

        [entry] = house.entries(before)
        assert (entry.data["workflow"], entry.data["version"], entry.workflow) == ("WF-U02", 2, "WF-U02/1")


class TestRulesets:
    def test_before_any_adoption_the_built_in_rules_are_cited(self, house: House) -> None:
        before = house.size

        house.drafted("I-1")

        assert house.entries(before)[0].ruleset == BUILT_IN.citation == "RS-143/1"

    def test_a_ruleset_holds_from_its_day_on(self, house: House) -> None:
        house.as_("G01").adopt_ruleset(
            ruleset="RS-200",
            document_number="鄞政办发〔2025〕1号",
            title_zh="新细则",
            effective_from="2025-07-01",
        )
        before = house.size

        house.drafted("I-1")
        house.as_("D02", at="2025-07-01T00:00+08:00").draft_document(
            item="I-2", unit="U02", title="通知", content=house.stored("全文")
        )

        assert [entry.ruleset for entry in house.entries(before)] == ["RS-143/1", "RS-200/1"]

    def test_its_own_event_names_it_and_is_read_back(self, house: House) -> None:
        before = house.size
        house.as_("G01").adopt_ruleset(
            ruleset="RS-143",
            document_number="鄞政办发〔2017〕143号",
            title_zh="实施细则",
            effective_from="2017-08-09",
            parameters={"untrained_officer": "REFUSE", "consultation_days": 30},
        )

        [entry] = house.entries(before)
        assert (entry.data["ruleset"], entry.data["version"], entry.ruleset) == ("RS-143", 1, "RS-143/1")
        assert entry.data["parameters"]["consultation_days"] == 30
        ruleset = house.registry.repository.get("ruleset/district", version=1)
        assert isinstance(ruleset, Ruleset)
        assert ruleset.in_force_on("2025-01-01").refuses("untrained_officer")

    def test_a_parameter_is_refuse_or_flag(self, house: House) -> None:
        with house.refuses("INVALID", field="parameters.segregation_of_duties"):
            house.as_("G01").adopt_ruleset(
                ruleset="RS-1",
                document_number="号",
                title_zh="细则",
                effective_from="2025-01-01",
                parameters={"segregation_of_duties": "IGNORE"},
            )


class TestACodeIsGivenOnce:
    @pytest.mark.parametrize(
        ("officer", "command", "data"),
        [
            ("ADM", "register_unit", {"unit": "U02", "name_zh": "局", "name_en": "Dept", "kind": "department"}),
            ("ADM", "register_officer", {"officer": "D02"}),
            (
                "G01",
                "register_channel",
                {
                    "channel": "CH-01",
                    "kind": "weibo",
                    "name_zh": "微博",
                    "name_en": "weibo",
                    "owner_unit": "U01",
                },
            ),
            (
                "G01",
                "register_column",
                {"column": "COL-1", "name_zh": "栏", "name_en": "c", "unit": "U01", "refresh_days": 7},
            ),
            ("T04", "open_case", {"case": "AC-1", "ground": "RULE_VIOLATION", "effect": "…"}),
        ],
    )
    def test_whatever_it_names(self, house: House, officer: str, command: str, data: dict) -> None:
        if command in {"register_column", "open_case"}:
            getattr(house.as_(officer), command)(**data)

        with house.refuses("ALREADY_REGISTERED"):
            getattr(house.as_(officer), command)(**data)

    def test_a_document_too(self, house: House) -> None:
        house.drafted("I-1")

        with house.refuses("ALREADY_REGISTERED", subject="document/I-1"):
            house.drafted("I-1")


class TestUnits:
    def test_a_designation_that_changes_nothing_is_none(self, house: House) -> None:
        house.as_("Z02").designate_disclosure_office(unit="U02", office_zh="党政综合办")

        with house.refuses("NOTHING_TO_CHANGE"):
            house.as_("Z02").designate_disclosure_office(unit="U02", office_zh="党政综合办")

    def test_no_unit_succeeds_itself(self, house: House) -> None:
        with house.refuses("INVALID", field="successor"):
            house.as_("ADM").succeed_unit(unit="U05", successor="U05")

    def test_a_unit_is_succeeded_once(self) -> None:
        unit = Unit.blank("unit/U05")
        deed = Deed(Actor("ADM", "administrator", "U01"), utc("2025-03-01T09:00+08:00"))
        unit.register(deed, unit="U05", name_zh="局", name_en="Dept", kind="department")
        unit.succeed(deed, successor="U02")

        with pytest.raises(Refusal, match="NOTHING_TO_CHANGE"):
            unit.succeed(deed, successor="U04")

        assert len(unit.written()) == 2

    def test_a_unit_stands_from_its_registration_on(self, house: House) -> None:
        house.as_("ADM", at="2025-03-01T09:00+08:00").register_unit(
            unit="U77", name_zh="新局", name_en="New", kind="department"
        )

        with house.refuses("UNIT_NOT_REGISTERED", unit="U77"):
            house.as_("Z01", at="2025-02-28T09:00+08:00").assign_platform_owner(unit="U77")

    def test_a_channel_that_is_retired_or_unknown_cannot_be_retired(self, house: House) -> None:
        house.as_("G01").retire_channel(channel="CH-03", reason="停用")

        with house.refuses("CHANNEL_NOT_REGISTERED", channel="CH-03"):
            house.as_("G01").retire_channel(channel="CH-03", reason="停用")
        with house.refuses("CHANNEL_NOT_REGISTERED", channel="CH-77"):
            house.as_("G01").retire_channel(channel="CH-77", reason="停用")

    def test_an_unknown_column_is_not_maintained(self, house: House) -> None:
        with house.refuses("COLUMN_NOT_REGISTERED", column="COL-9"):
            house.as_("P02").maintain_column(column="COL-9", note="…")

    def test_times_of_an_appointment_run_forwards(self, house: House) -> None:
        with house.refuses("INVALID", field="until_date"):
            house.employ("D02", "publisher", "U02", "2025-06-01", "2025-05-31")

    def test_an_unknown_parameter_is_text_or_a_number(self, house: House) -> None:
        with house.refuses("INVALID", field="parameters.limits"):
            house.as_("G01").adopt_ruleset(
                ruleset="RS-1",
                document_number="号",
                title_zh="细则",
                effective_from="2025-01-01",
                parameters={"limits": [1, 2]},
            )
