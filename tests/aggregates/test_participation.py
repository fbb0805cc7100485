"""Major decisions: draft and basis go before the public before anything is decided, and the public takes part (二) (十二)."""

from datetime import timedelta
from typing import Any

import pytest

from aggregates.participation import findings
from aggregates.participation.terms import AttendeeCategory
from tests.aggregates.areas.participation import (
    COLUMN,
    PUBLISHED_ON,
    REGISTERED_ON,
    both,
    closed,
    column_of_decisions,
    decide,
    published,
    ready,
    registered,
)
from tests.aggregates.house import House, types_of

requirement = pytest.mark.requirement


class TestTheFlag:
    @requirement("R16")
    def test_the_originating_unit_flags_and_the_office_reviews(self, house: House) -> None:
        before = house.size

        house.as_("D02", at=REGISTERED_ON).register_major_decision(
            decision="MD-01", unit="U02", title="方案", decision_kind="REFORM_PLAN", body="DISTRICT_STANDING_MEETING"
        )
        house.as_("G01").review_major_decision(decision="MD-01", conclusion="CONFIRMED")

        [(first, flagged), (second, reviewed)] = house.since(before)
        assert (first, flagged["unit"], flagged["decision_kind"]) == ("decision.registered/1", "U02", "REFORM_PLAN")
        assert (second, reviewed["conclusion"]) == ("decision.reviewed/1", "CONFIRMED")

    @requirement("R16")
    def test_no_other_unit_flags_and_no_department_reviews(self, house: House) -> None:
        registered(house, "MD-01")

        with house.refuses("OTHER_UNIT", unit="U02"):
            house.as_("D05").register_major_decision(
                decision="MD-02", unit="U02", title="方案", decision_kind="REFORM_PLAN", body="DEPARTMENT_MEETING"
            )
        with house.refuses("NOT_DISTRICT_OFFICE"):
            house.as_("G02").review_major_decision(decision="MD-01", conclusion="CONFIRMED")

    @requirement("R16")
    def test_what_the_office_calls_not_major_needs_no_publication(self, house: House) -> None:
        registered(house, "MD-01")
        house.as_("G01").review_major_decision(decision="MD-01", conclusion="NOT_MAJOR", note="日常事务")
        before = house.size

        decide(house, officer="D02")

        assert house.since(before)[0][1]["flags"] == []

    @requirement("R16")
    def test_a_unit_that_decides_without_the_offices_review_is_flagged(self, house: House) -> None:
        closed(house)
        before = house.size

        decide(house, officer="D02", at="2025-04-30T15:00+08:00")

        assert house.since(before)[0][1]["flags"] == ["FEEDBACK_MISSING", "NOT_REVIEWED_BY_OFFICE"]

    def test_a_decision_is_registered_once(self, house: House) -> None:
        registered(house, "MD-01")

        with house.refuses("ALREADY_REGISTERED"):
            registered(house, "MD-01")


class TestPublishedBefore:
    @requirement("R19")
    @requirement("R20")
    def test_draft_and_basis_go_out_together_through_the_gate_in_the_column(self, house: House) -> None:
        registered(house, "MD-01")
        ready(house, "I-D", "I-B")
        column_of_decisions(house)
        before = house.size

        house.as_("P02", at=PUBLISHED_ON).publish_decision_draft(decision="MD-01", **both())

        written = dict(house.since(before))
        assert sorted(types_of(house.since(before))) == [
            "decision.basis_published/1",
            "decision.draft_published/1",
            "publication.published/1",
            "publication.published/1",
        ]
        draft, basis = written["decision.draft_published/1"], written["decision.basis_published/1"]
        for shown, item in ((draft, "I-D"), (basis, "I-B")):
            assert (shown["publication"], shown["column"], shown["channels"]) == (f"{item}#1", COLUMN, ["CH-01"])
            assert house.ledger.contents.get(shown["content_sha256"]) == item.encode()
        assert {entry.occurred_at for entry in house.entries(before)} == {house.now}

    @requirement("R20")
    @requirement("R18")
    def test_one_without_the_other_is_refused(self, house: House) -> None:
        registered(house, "MD-01")
        ready(house, "I-D")
        column_of_decisions(house)

        for basis in (None, "I-D"):
            with house.refuses("DECISION_BASIS_MISSING", decision="MD-01"):
                house.as_("P02", at="2025-03-18T09:00+08:00").publish_decision_draft(
                    decision="MD-01", **both(basis_item=basis)
                )

    @requirement("R20")
    @requirement("R45")
    def test_neither_goes_out_where_one_has_no_secrecy_review(self, house: House) -> None:
        registered(house, "MD-01")
        ready(house, "I-D")
        house.approved("I-B", text="I-B")
        column_of_decisions(house)

        with house.refuses("NOT_REVIEWED", item="I-B"):
            house.as_("P02").publish_decision_draft(decision="MD-01", **both())

    @requirement("R19")
    @pytest.mark.parametrize("where", [{"channels": ["CH-03"]}, {"column": "COL-X"}, {"column": "COL-404"}])
    def test_another_place_than_the_platforms_column_is_refused(self, house: House, where: dict[str, Any]) -> None:
        registered(house, "MD-01")
        ready(house, "I-D", "I-B")
        column_of_decisions(house)
        house.as_("G01").register_column(column="COL-X", name_zh="公示", name_en="x", unit="U01", refresh_days=7)

        with house.refuses("NOT_IN_DECISION_COLUMN", decision="MD-01"):
            house.as_("P02").publish_decision_draft(decision="MD-01", **both(**where))

    @requirement("R19")
    def test_further_channels_beside_the_platform_are_welcome(self, house: House) -> None:
        registered(house, "MD-01")
        ready(house, "I-D", "I-B")
        column_of_decisions(house)
        before = house.size

        house.as_("P02").publish_decision_draft(decision="MD-01", **both(channels=["CH-03", "CH-01"]))

        assert len(house.since(before)) == 4

    @requirement("R18")
    def test_deciding_before_publishing_is_refused(self, house: House) -> None:
        registered(house, "MD-01")

        with house.refuses("DECISION_DRAFT_NOT_PUBLISHED", decision="MD-01"):
            decide(house)

    @requirement("R18")
    def test_publishing_at_the_very_moment_of_deciding_is_not_before(self, house: House) -> None:
        decision = published(house)

        with house.refuses("DECISION_DRAFT_NOT_PUBLISHED"):
            decide(house, decision, at=PUBLISHED_ON)

    @requirement("R18")
    def test_a_decision_dated_before_its_publication_is_back_dated(self, house: House) -> None:
        decision = published(house)

        with house.refuses("BACKDATED"):
            decide(house, decision, at="2025-03-18T14:00+08:00")


class TestExemption:
    def given_a_secret_draft(self, house: House) -> None:
        registered(house, "MD-01")
        house.drafted("I-S")
        house.as_("S02").conduct_secrecy_review(item="I-S", conclusion="REFUSED", ground="属于国家秘密")

    def exempt(self, house: House, **more: Any) -> None:
        data = {"review": "I-S/R1", "legal_basis": ["保守国家秘密法第九条"], "reason": "涉密", **more}
        house.as_("D02").exempt_from_pre_disclosure(decision="MD-01", item="I-S", **data)

    @requirement("R17")
    @requirement("R105")
    def test_what_the_law_keeps_secret_is_decided_without_publication(self, house: House) -> None:
        self.given_a_secret_draft(house)
        before = house.size

        self.exempt(house)
        decide(house)

        [(first, exempted), (second, taken)] = house.since(before)
        assert (first, exempted["review"], exempted["legal_basis"]) == (
            "decision.exempted/1",
            "I-S/R1",
            ["保守国家秘密法第九条"],
        )
        assert (second, taken["flags"]) == ("decision.taken/1", [])

    @requirement("R17")
    def test_an_exemption_needs_a_law(self, house: House) -> None:
        self.given_a_secret_draft(house)

        with house.refuses("EXEMPTION_BASIS_MISSING", decision="MD-01"):
            self.exempt(house, legal_basis=[])

    @requirement("R17")
    def test_an_exemption_needs_a_review_of_that_item(self, house: House) -> None:
        self.given_a_secret_draft(house)

        with house.refuses("EXEMPTION_NOT_REVIEWED", review="I-S/R2"):
            self.exempt(house, review="I-S/R2")

    @requirement("R17")
    def test_what_was_cleared_is_not_exempt(self, house: House) -> None:
        registered(house, "MD-01")
        ready(house, "I-S")

        with house.refuses("EXEMPTION_NOT_REVIEWED"):
            self.exempt(house)

    @requirement("R17")
    def test_what_everybody_has_read_is_not_exempt_afterwards(self, house: House) -> None:
        published(house)
        house.drafted("I-S")
        house.as_("S02").conduct_secrecy_review(item="I-S", conclusion="REFUSED", ground="属于国家秘密")

        with house.refuses("ALREADY_PUBLISHED", publication="I-D#1"):
            self.exempt(house)


class TestParticipation:
    @requirement("R105")
    def test_a_decision_nobody_was_asked_about_is_refused(self, house: House) -> None:
        decision = published(house)

        with house.refuses("PARTICIPATION_MISSING", decision=decision):
            decide(house, decision)

    @requirement("R105")
    def test_or_flagged_as_the_ruleset_says(self, house: House) -> None:
        house.as_("G01").adopt_ruleset(
            ruleset="RS-143",
            document_number="号",
            title_zh="细则",
            effective_from="2025-01-01",
            parameters={"decision_without_participation": "FLAG"},
        )
        decision = published(house)

        decide(house, decision)

        assert findings.decisions_in_breach(house.entries()) == {decision: ["PARTICIPATION_MISSING"]}

    @requirement("R105")
    @pytest.mark.parametrize("mode", ["CONSULTATION", "HEARING", "ADVISORY", "ATTENDANCE"])
    def test_any_of_the_four_ways_will_do(self, house: House, mode: str) -> None:
        decision = published(house)
        house.as_("D02").record_participation(
            decision=decision, mode=mode, held_on="2025-03-18", participants=12, summary="座谈", source="meeting/MT-07"
        )
        before = house.size

        decide(house, decision)

        assert house.since(before)[0][1]["flags"] == []

    @requirement("R112")
    def test_a_new_mode_is_registered_and_used_without_a_change_to_the_program(self, house: House) -> None:
        decision = published(house)
        seen = {"decision": decision, "held_on": "2025-03-18", "participants": 300, "summary": "线上投票"}
        with house.refuses("PARTICIPATION_MODE_UNKNOWN", mode="ONLINE_VOTE"):
            house.as_("D02").record_participation(mode="ONLINE_VOTE", **seen)
        house.as_("G01").register_participation_mode(
            mode="ONLINE_VOTE", unit="U01", name_zh="线上投票", name_en="Online vote", summary="居民投票"
        )
        before = house.size

        house.as_("D02").record_participation(mode="ONLINE_VOTE", **seen)
        decide(house, decision)

        assert types_of(house.since(before)) == ["decision.participation_recorded/1", "decision.taken/1"]

    @requirement("R112")
    @pytest.mark.parametrize("mode", ["HEARING", "ONLINE_VOTE"])
    def test_a_mode_is_registered_once(self, house: House, mode: str) -> None:
        words = {"unit": "U01", "name_zh": "方式", "name_en": "mode", "summary": "…"}
        house.as_("G01").register_participation_mode(mode="ONLINE_VOTE", **words)

        with house.refuses("ALREADY_REGISTERED"):
            house.as_("G01").register_participation_mode(mode=mode, **words)

    @requirement("R18")
    def test_after_the_decision_nothing_before_it_can_be_made_up_for(self, house: House) -> None:
        closed(house)
        decide(house, at="2025-04-30T15:00+08:00")
        seen = {"mode": "HEARING", "held_on": "2025-04-30", "participants": 1, "summary": "…"}

        with house.refuses("DECISION_ALREADY_TAKEN"):
            house.as_("D02").record_participation(decision="MD-01", **seen)
        with house.refuses("DECISION_ALREADY_TAKEN"):
            decide(house)
        with house.refuses("DECISION_ALREADY_TAKEN"):
            house.as_("P02").publish_decision_draft(decision="MD-01", **both())
        with house.refuses("DECISION_ALREADY_TAKEN"):
            house.as_("G01").review_major_decision(decision="MD-01", conclusion="NOT_MAJOR")


class TestMeetings:
    @requirement("R14")
    @pytest.mark.parametrize(("adopted_on", "flags"), [("2017-12-31", []), ("2018-01-01", ["ADOPTED_LATE"])])
    def test_the_system_was_due_by_the_end_of_2017(self, house: House, adopted_on: str, flags: list[str]) -> None:
        before = house.size

        house.as_("G01").adopt_attendance_system(title="列席会议制度", adopted_on=adopted_on)
        house.as_("G01").adopt_attendance_system(title="列席会议制度(修订)", adopted_on="2024-06-01")

        assert [(data["version"], data["flags"]) for _, data in house.since(before)] == [(1, flags), (2, [])]

    @requirement("R14")
    def test_it_is_not_adopted_in_advance(self, house: House) -> None:
        with house.refuses("INVALID", field="adopted_on"):
            house.as_("G01").adopt_attendance_system(title="制度", adopted_on=house.now.date() + timedelta(days=1))

    @requirement("R15")
    def test_who_was_invited_and_who_came_is_recorded_by_category(self, house: House) -> None:
        invited = [{"category": str(category), "number": 1} for category in AttendeeCategory if category != "OTHER"]
        came = [{**count, "number": int(count["category"] != "MEDIA")} for count in invited]

        house.as_("G01", at="2025-04-29T09:00+08:00").invite_attendee(
            meeting="MT-07", unit="U01", title="第7次常务会议", held_on="2025-04-30", invited=invited
        )
        house.as_("G01", at="2025-04-30T15:00+08:00").record_attendance(meeting="MT-07", attendance=came)

        assert findings.absent(house.entries(), "MT-07") == ["MEDIA"]

    @requirement("R15")
    def test_the_categories_are_the_five_of_the_rules_and_other(self, house: House) -> None:
        assert [category.zh for category in AttendeeCategory] == [
            "利益相关方",
            "公众代表",
            "专家",
            "媒体",
            "法律顾问",
            "其他",
        ]
        with house.refuses("INVALID", field="invited.category"):
            house.as_("G01").invite_attendee(
                meeting="MT-07",
                unit="U01",
                title="会议",
                held_on="2025-04-30",
                invited=[{"category": "FRIEND", "number": 1}],
            )

    @requirement("R15")
    def test_nobody_attends_a_meeting_to_which_nobody_was_invited_or_that_is_to_come(self, house: House) -> None:
        came = [{"category": "EXPERT", "number": 1}]
        house.as_("G01").invite_attendee(meeting="MT-07", unit="U01", title="会议", held_on="2025-04-30", invited=came)

        with house.refuses("MEETING_UNKNOWN", meeting="MT-08"):
            house.as_("G01").record_attendance(meeting="MT-08", attendance=came)
        with house.refuses("INVALID", field="attendance"):
            house.as_("G01", at="2025-04-29T09:00+08:00").record_attendance(meeting="MT-07", attendance=came)
