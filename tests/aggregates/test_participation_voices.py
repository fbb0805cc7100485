"""Hearings in their order, what comes in by whatever way, and the opinion box with its clock (十二) (十三)."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from aggregates.deed import PUBLIC, Deed
from aggregates.participation import findings
from aggregates.participation.terms import SupervisorKind
from aggregates.registry import Registry
from tests.aggregates.areas.participation import registered, the_public
from tests.aggregates.house import House, types_of

requirement = pytest.mark.requirement

ATTENDANCE = [
    {"category": "STAKEHOLDER", "number": 12},
    {"category": "EXPERT", "number": 2},
    {"category": "LEGAL_ADVISER", "number": 1},
    {"category": "MEDIA", "number": 2},
]


class TestHearing:
    def announce(self, house: House, at: str = "2025-04-03T15:00+08:00", **more: Any) -> None:
        data = {
            "public_hearing": "HR-01",
            "unit": "U02",
            "title": "改造方案听证会",
            "item": "I-N",
            "held_on": "2025-04-11",
            "place": "区行政中心",
            "documents": [house.stored("听证材料")],
            **more,
        }
        house.as_("D02", at=at).announce_hearing(**data)

    def hold(self, house: House, at: str = "2025-04-11T14:00+08:00", **more: Any) -> None:
        data = {"attendance": ATTENDANCE, "minutes": house.stored("笔录"), **more}
        house.as_("D02", at=at).hold_hearing(public_hearing="HR-01", **data)

    def report(self, house: House, item: str = "I-R") -> None:
        house.as_("P02").publish_hearing_report(public_hearing="HR-01", item=item, channels=["CH-01"])

    @requirement("R106")
    def test_it_is_announced_held_and_reported_in_this_order(self, house: House) -> None:
        house.published("I-N")
        house.cleared("I-R", text="报告")
        before = house.size

        self.announce(house)
        self.hold(house)
        self.report(house)

        written = house.since(before)
        assert types_of(written) == [
            "public_hearing.announced/1",
            "public_hearing.held/1",
            "public_hearing.report_published/1",
            "publication.published/1",
        ]
        assert written[0][1]["publication"] == "I-N#1"
        assert written[1][1]["attendance"] == ATTENDANCE
        assert dict(written)["public_hearing.report_published/1"]["publication"] == "I-R#1"

    @requirement("R106")
    def test_out_of_order_it_is_refused(self, house: House) -> None:
        house.published("I-N")
        house.cleared("I-R", text="报告")
        with house.refuses("PUBLIC_HEARING_UNKNOWN", public_hearing="HR-01"):
            self.hold(house, at="2025-04-01T14:00+08:00")
        self.announce(house)
        with house.refuses("HEARING_OUT_OF_ORDER", found="announced"):
            self.report(house)
        with house.refuses("HEARING_OUT_OF_ORDER", found="it is announced for 2025-04-11"):
            self.hold(house, at="2025-04-10T14:00+08:00")
        self.hold(house)
        with house.refuses("HEARING_OUT_OF_ORDER", found="held"):
            self.hold(house)
        self.report(house)
        with house.refuses("HEARING_OUT_OF_ORDER", found="reported"):
            self.report(house)

    @requirement("R106")
    @pytest.mark.parametrize(("documents_on", "allowed"), [("2025-04-04", True), ("2025-04-05", False)])
    def test_the_papers_are_there_seven_days_before(self, house: House, documents_on: str, allowed: bool) -> None:
        house.published("I-N")

        if allowed:
            self.announce(house, documents_on=documents_on)
        else:
            with house.refuses("HEARING_DOCUMENTS_LATE", documents_on=documents_on, held_on="2025-04-11", least=7):
                self.announce(house, documents_on=documents_on)

    @requirement("R106")
    def test_its_papers_and_minutes_are_in_the_store(self, house: House) -> None:
        house.published("I-N")
        nowhere = {"sha256": "0" * 64, "size": 1, "media_type": "text/plain", "name": "x"}

        with house.refuses("CONTENT_NOT_STORED", sha256="0" * 64):
            self.announce(house, documents=[nowhere])
        self.announce(house)
        with house.refuses("CONTENT_NOT_STORED"):
            self.hold(house, minutes=nowhere)

    @requirement("R106")
    @requirement("R45")
    def test_its_notice_is_before_the_public_and_its_report_passes_the_gate(self, house: House) -> None:
        house.cleared("I-N")
        with house.refuses("NOT_PUBLISHED", item="I-N"):
            self.announce(house)
        house.as_("P02").publish_information(item="I-N", channels=["CH-01"])
        house.approved("I-R", text="报告")
        self.announce(house)
        self.hold(house)

        with house.refuses("NOT_REVIEWED", item="I-R"):
            self.report(house)

    @requirement("R106")
    def test_held_later_than_announced_it_is_flagged(self, house: House) -> None:
        house.published("I-N")
        self.announce(house)
        before = house.size

        self.hold(house, at="2025-04-14T14:00+08:00")

        assert house.since(before)[0][1]["flags"] == ["HEARING_POSTPONED"]

    @requirement("R105")
    @requirement("R106")
    def test_for_a_major_decision_it_counts_as_participation(self, house: House) -> None:
        house.published("I-N")
        registered(house, "MD-01")
        self.announce(house, decision="MD-01")
        before = house.size

        self.hold(house)

        written = dict(house.since(before))
        took_part = written["decision.participation_recorded/1"]
        assert (took_part["mode"], took_part["people"], took_part["source"]) == (
            "HEARING",
            17,
            "public_hearing/HR-01",
        )


class TestIntake:
    def given_all_kinds(self, house: House) -> None:
        house.as_("G01").open_opinion_box(box="BOX-01", unit="U01", name_zh="意见箱", name_en="Box", channel="CH-01")
        the_public(house).receive_message(box="BOX-01", kind="SUGGESTION", text="请增设路灯")
        house.as_("G01").assign_message(message="BOX-01.1", unit="U02", topic="路灯")
        house.as_("G02").register_public_input(
            public_input="PI-01", unit="U02", topic="噪声", source="PHONE", text="夜间施工", name="某人"
        )
        house.as_("G02").register_supervision_input(
            supervision_input="SI-01",
            unit="U02",
            supervisor="CPPCC_MEMBER",
            topic="栏目更新",
            source="MEETING",
            text="更新太慢",
        )

    @requirement("R104")
    def test_all_that_comes_in_stands_in_one_list_with_source_time_and_topic(self, house: House) -> None:
        self.given_all_kinds(house)

        listed = findings.intake(house.entries())

        assert [(one.stream, one.unit, one.source, one.topic) for one in listed] == [
            ("message/BOX-01.1", "U02", "PLATFORM", "路灯"),
            ("public_input/PI-01", "U02", "PHONE", "噪声"),
            ("supervision_input/SI-01", "U02", "MEETING", "栏目更新"),
        ]
        assert all(one.received_at.endswith("Z") for one in listed)

    @requirement("R104")
    def test_what_came_earlier_says_when_and_not_in_the_future(self, house: House) -> None:
        said = {"unit": "U02", "topic": "噪声", "source": "LETTER", "text": "夜间施工"}
        before = house.size

        house.as_("G02", at="2025-03-05T09:00+08:00").register_public_input(
            public_input="PI-01", received_at="2025-03-03T16:00+08:00", **said
        )
        with house.refuses("INVALID", field="received_at"):
            house.as_("G02").register_public_input(public_input="PI-02", received_at="2025-04-01T09:00+08:00", **said)

        assert house.since(before)[0][1]["received_at"] == "2025-03-03T08:00:00.000000Z"

    @requirement("R104")
    def test_a_number_is_given_once_and_the_first_words_stay(self, house: House) -> None:
        self.given_all_kinds(house)

        with house.refuses("ALREADY_REGISTERED"):
            house.as_("G02").register_public_input(
                public_input="PI-01", unit="U02", topic="噪声", source="PHONE", text="别的话"
            )

        value = house.ledger.personal.get("public_input/PI-01", "text")
        assert value is not None
        assert value.value == "夜间施工"

    @requirement("R108")
    @pytest.mark.parametrize("supervisor", [str(kind) for kind in SupervisorKind])
    def test_supervision_says_which_kind_of_supervisor_it_came_from(self, house: House, supervisor: str) -> None:
        before = house.size

        house.as_("G02").register_supervision_input(
            supervision_input="SI-01", unit="U02", supervisor=supervisor, topic="更新", source="LETTER", text="太慢"
        )

        [(type_, data)] = house.since(before)
        assert (type_, data["supervisor"]) == ("supervision_input.registered/1", supervisor)

    @requirement("R108")
    def test_there_are_six_kinds_and_no_seventh(self, house: House) -> None:
        assert [kind.zh for kind in SupervisorKind] == [
            "人大代表",
            "政协委员",
            "民主党派",
            "人民团体",
            "社会公众",
            "新闻媒体",
        ]
        with house.refuses("INVALID", field="supervisor"):
            house.as_("G02").register_supervision_input(
                supervision_input="SI-01", unit="U02", supervisor="FRIEND", topic="…", source="LETTER", text="…"
            )

    @requirement("R109")
    def test_an_evaluation_belongs_to_a_policy_document_and_its_report_is_public(self, house: House) -> None:
        house.drafted("I-POL", policy=True)
        house.drafted("I-ORD")
        house.cleared("I-REP", text="评估报告")
        seen = {"report_item": "I-REP", "period": "2024年", "summary": "总体良好"}

        with house.refuses("NOT_A_POLICY", item="I-ORD"):
            house.as_("D02").evaluate_implementation(evaluation="EV-01", item="I-ORD", **seen)
        with house.refuses("ITEM_UNKNOWN", item="I-404"):
            house.as_("D02").evaluate_implementation(evaluation="EV-01", item="I-404", **seen)
        with house.refuses("NOT_PUBLISHED", item="I-REP"):
            house.as_("D02").evaluate_implementation(evaluation="EV-01", item="I-POL", **seen)
        house.as_("P02").publish_information(item="I-REP", channels=["CH-01"])
        before = house.size
        house.as_("D02").evaluate_implementation(evaluation="EV-01", item="I-POL", **seen)

        [(type_, data)] = house.since(before)
        assert (type_, data["item"], data["publication"]) == ("evaluation.recorded/1", "I-POL", "I-REP#1")

    @requirement("R107")
    def test_enforcement_disclosures_are_counted_per_unit_from_what_was_published(self, house: House) -> None:
        house.published("I-1", theme="行政处罚")
        house.published("I-2", text="二", theme="行政许可决定")
        house.published("I-3", text="三", theme="教育")
        house.published("I-4", "U05", text="四", theme="行政处罚")
        house.cleared("I-5", text="五", theme="行政处罚")

        assert findings.enforcement_disclosures(house.entries()) == {"U02": 2, "U05": 1}


class TestOpinionBox:
    @pytest.fixture(autouse=True)
    def box(self, house: House) -> None:
        house.as_("G01").open_opinion_box(box="BOX-01", unit="U01", name_zh="意见箱", name_en="Box", channel="CH-01")

    def left(self, house: House, at: str = "2025-03-03T21:00+08:00", **more: Any) -> None:
        the_public(house, at=at).receive_message(box="BOX-01", kind="ENQUIRY", text="何时修路", **more)

    @requirement("R113")
    def test_a_box_stands_on_the_platform_of_a_unit_or_of_the_district(self, house: House) -> None:
        names = {"name_zh": "意见箱", "name_en": "Box"}
        house.as_("G02").open_opinion_box(box="BOX-02", unit="U02", channel="CH-01", **names)

        with house.refuses("BOX_NOT_ON_PLATFORM", channel="CH-03"):
            house.as_("G02").open_opinion_box(box="BOX-03", unit="U02", channel="CH-03", **names)
        with house.refuses("CHANNEL_NOT_REGISTERED"):
            house.as_("G02").open_opinion_box(box="BOX-03", unit="U02", channel="CH-09", **names)
        with house.refuses("ALREADY_REGISTERED"):
            house.as_("G02").open_opinion_box(box="BOX-02", unit="U02", channel="CH-01", **names)
        with house.refuses("OTHER_UNIT"):
            house.as_("G02").open_opinion_box(box="BOX-04", unit="U05", channel="CH-01", **names)

    @requirement("R113")
    def test_messages_are_numbered_box_by_box(self, house: House) -> None:
        house.as_("G02").open_opinion_box(box="BOX-02", unit="U02", name_zh="箱", name_en="Box", channel="CH-01")
        before = house.size

        self.left(house)
        self.left(house)
        the_public(house).receive_message(box="BOX-02", kind="HELP", text="漏水")

        assert [data["message"] for _, data in house.since(before)] == ["BOX-01.1", "BOX-01.2", "BOX-02.1"]
        assert {entry.actor for entry in house.entries(before)} == {PUBLIC}

    @requirement("R113")
    def test_a_number_is_given_to_one_message_only_however_many_come_at_once(self, house: House) -> None:
        before, hands = house.size, [the_public(house) for _ in range(24)]

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda hand: hand.receive_message(box="BOX-01", kind="OTHER", text="同时"), hands))

        assert [data["number"] for _, data in house.since(before)] == list(range(1, 25))

    @requirement("R113")
    def test_nor_however_many_processes_take_them_in(self, house: House) -> None:
        before = house.size
        elsewhere = Registry(house.ledger)
        deeds = [(house.registry, elsewhere)[number % 2] for number in range(24)]
        said = {"box": "BOX-01", "kind": "OTHER", "text": "同时"}
        ids = iter(range(24))

        with ThreadPoolExecutor(4) as pool:
            list(
                pool.map(lambda there: there.receive_message(Deed(PUBLIC, house.now, f"m-{next(ids)}"), **said), deeds)
            )

        assert [data["number"] for _, data in house.since(before)] == list(range(1, 25))

    @requirement("R113")
    def test_the_letter_can_be_read_and_erased_and_stands_in_no_entry(self, house: House) -> None:
        before = house.size
        self.left(house, name="某某某", contact="13800000000")
        house.as_("G01").reply_message(message="BOX-01.1", text="某某某您好，下月修")

        house.as_("ADM").erase_personal_values(
            record="message/BOX-01.1", names=["text", "name", "contact", "reply"], ground="个人请求", approver="Z01"
        )

        assert all("某某某".encode() not in entry.raw for entry in house.entries(before))
        assert house.ledger.personal.get("message/BOX-01.1", "text") is None
        assert types_of(house.since(before))[-1] == "personal.erased/1"

    @requirement("R114")
    def test_the_clock_runs_from_the_day_it_came_however_often_it_is_passed_on(self, house: House) -> None:
        before = house.size
        self.left(house)
        house.as_("G01", at="2025-03-04T09:00+08:00").assign_message(message="BOX-01.1", unit="U02", topic="道路")
        house.as_("G02", at="2025-03-05T09:00+08:00").assign_message(message="BOX-01.1", unit="U05")

        house.as_("G05", at="2025-03-08T09:00+08:00").reply_message(message="BOX-01.1", text="下月修")

        written = [data for _, data in house.since(before)]
        assert written[0]["due_on"] == "2025-03-18"
        assert (written[-1]["unit"], written[-1]["days"], written[-1]["flags"]) == ("U05", 5, [])

    @requirement("R114")
    def test_a_late_answer_is_recorded_and_flagged_and_before_it_the_message_is_overdue(self, house: House) -> None:
        self.left(house)
        house.as_("G01").assign_message(message="BOX-01.1", unit="U02", topic="道路")

        assert findings.overdue(house.entries(), "2025-03-18") == {}
        assert findings.overdue(house.entries(), "2025-03-19") == {"BOX-01.1": "U02"}
        house.as_("G02", at="2025-03-19T09:00+08:00").reply_message(message="BOX-01.1", text="下月修")

        assert findings.overdue(house.entries(), "2025-03-20") == {}
        assert findings.timeliness(house.entries()) == {"U02": findings.Timeliness(1, 16, 16, 1)}

    @requirement("R114")
    def test_an_answer_on_the_last_day_is_in_time(self, house: House) -> None:
        self.left(house)
        before = house.size

        house.as_("G01", at="2025-03-18T23:59+08:00").reply_message(message="BOX-01.1", text="下月修")

        assert house.since(before)[0][1]["flags"] == []

    @requirement("R114")
    def test_the_limit_is_a_parameter_of_the_ruleset(self, house: House) -> None:
        house.as_("G01").adopt_ruleset(
            ruleset="RS-143",
            document_number="号",
            title_zh="细则",
            effective_from="2025-01-01",
            parameters={"message_reply_days": 5},
        )
        before = house.size

        self.left(house)

        assert house.since(before)[0][1]["due_on"] == "2025-03-08"

    @requirement("R114")
    def test_a_message_is_answered_once_by_whom_it_was_passed_to(self, house: House) -> None:
        self.left(house)
        with house.refuses("MESSAGE_UNKNOWN", message="BOX-01.2"):
            house.as_("G01").reply_message(message="BOX-01.2", text="…")
        house.as_("G01").assign_message(message="BOX-01.1", unit="U02")
        with house.refuses("OTHER_UNIT", unit="U02"):
            house.as_("G01").reply_message(message="BOX-01.1", text="…")
        house.as_("G02").reply_message(message="BOX-01.1", text="下月修")

        with house.refuses("MESSAGE_ALREADY_REPLIED"):
            house.as_("G02").reply_message(message="BOX-01.1", text="不修了")
        with house.refuses("MESSAGE_ALREADY_REPLIED"):
            house.as_("G02").assign_message(message="BOX-01.1", unit="U05")

    @requirement("R114")
    def test_a_published_answer_is_published_through_the_gate(self, house: House) -> None:
        self.left(house)
        house.cleared("I-A", "U01")

        with house.refuses("NOT_PUBLISHED", item="I-A"):
            house.as_("G01").reply_message(message="BOX-01.1", text="见公开答复", item="I-A")

    def test_an_instant_is_a_day_of_the_district(self, house: House) -> None:
        before = house.size

        self.left(house, at="2025-03-03T16:30+00:00")

        assert house.since(before)[0][1]["due_on"] == "2025-03-19"

    @requirement("R113")
    def test_nothing_lay_in_a_box_before_it_was_opened(self, house: House) -> None:
        with house.refuses("BACKDATED"):
            self.left(house, at="2025-01-05T09:00+08:00")
