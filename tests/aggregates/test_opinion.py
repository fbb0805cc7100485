"""(七) (八): who answers, who coordinates and leads, who watches, how grave it is."""

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregates.opinion.monitoring import Duty, gaps
from aggregates.opinion.routing import concerned, rule_for
from tests.aggregates.house import House, types_of, utc

requirement = pytest.mark.requirement

TOWNS = {"U10": "subdistrict", "U11": "town", "U12": "town"}
OUTSIDE = {"X1": "external", "X2": "external"}


@pytest.fixture
def place(house: House) -> House:
    """The district with three towns, the publicity department X1 and the cyberspace office X2."""
    for unit, kind in {**TOWNS, **OUTSIDE}.items():
        house.as_("ADM").register_unit(unit=unit, name_zh=unit, name_en=unit, kind=kind)
    for officer, post, unit in (
        ("A11", "reviewer", "U11"),
        ("P10", "publisher", "U10"),
        ("P11", "publisher", "U11"),
        ("GX1", "disclosure_officer", "X1"),
    ):
        house.as_("ADM").register_officer(officer=officer)
        house.employ(officer, post, unit)
    return house


def noticed(house: House, opinion: str = "OP-1", at: str | None = None, **more: Any) -> str:
    data = {"source_kind": "FORUM", "source": "市民论坛", "summary": "质疑", **more}
    house.as_("Y02", at=at).record_opinion_signal(opinion=opinion, **data)
    return opinion


def last(house: House) -> dict[str, Any]:
    return dict(house.entries()[-1].data)


def said(house: House, text: str = "通报", **more: Any) -> dict[str, Any]:
    return {"title": "情况通报", "content": house.stored(text), "channels": ["CH-01"], **more}


def together(house: House, opinion: str = "OP-1") -> None:
    """Two departments and a town answer."""
    shares = [{"unit": unit, "scope": f"{unit}职责"} for unit in ("U02", "U05", "U11")]
    house.as_("G01").assign_responders(opinion=opinion, responders=shares)


class TestWhoAnswersFirst:
    """属地管理、分级负责、谁主管谁负责."""

    @requirement("R57")
    @requirement("R58")
    def test_the_competent_department_where_a_district_policy_is_concerned(self, place: House) -> None:
        noticed(place)

        place.as_("G01").assign_first_responder(
            opinion="OP-1", concerned_units=["U10", "U11"], district_policy=True, competent_unit="U02"
        )

        assert (last(place)["responder"], last(place)["routing_rule"]) == ("U02", "DISTRICT_POLICY")
        assert last(place)["towns"] == ["U10", "U11"]

    @requirement("R57")
    @requirement("R59")
    def test_the_town_where_one_town_is_concerned(self, place: House) -> None:
        noticed(place)

        place.as_("Y02").assign_first_responder(opinion="OP-1", concerned_units=["U10"])

        assert (last(place)["responder"], last(place)["routing_rule"]) == ("U10", "SINGLE_TOWN")

    @requirement("R57")
    @requirement("R60")
    def test_the_department_above_them_where_several_towns_are(self, place: House) -> None:
        noticed(place)
        with place.refuses("ROUTING_INCOMPLETE", rule="MULTI_TOWN"):
            place.as_("G01").assign_first_responder(opinion="OP-1", concerned_units=["U10", "U11"])
        with place.refuses("ROUTING_INCOMPLETE", rule="MULTI_TOWN"):
            place.as_("G01").assign_first_responder(
                opinion="OP-1", concerned_units=["U10", "U11"], competent_unit="U12"
            )

        place.as_("G01").assign_first_responder(opinion="OP-1", concerned_units=["U10", "U11"], competent_unit="U05")

        assert (last(place)["responder"], last(place)["routing_rule"]) == ("U05", "MULTI_TOWN")

    @requirement("R57")
    @requirement("R61")
    def test_each_for_its_part_where_several_departments_are(self, place: House) -> None:
        noticed(place)
        with place.refuses("SHARES_REQUIRED", departments="U02, U05"):
            place.as_("G01").assign_first_responder(opinion="OP-1", concerned_units=["U02", "U11", "U05"])

        together(place)

        assert last(place)["routing_rule"] == "MULTI_DEPARTMENT"
        assert last(place)["responders"] == [
            {"unit": "U02", "scope": "U02职责"},
            {"unit": "U05", "scope": "U05职责"},
            {"unit": "U11", "scope": "U11职责"},
        ]

    @requirement("R61")
    @pytest.mark.parametrize("units", [["U02"], ["U10", "U11"], ["U02", "U10", "U11"], []])
    def test_shares_are_for_several_departments_only(self, place: House, units: list[str]) -> None:
        noticed(place)

        with place.refuses("SHARES_NOT_MET"):
            place.as_("G01").assign_responders(
                opinion="OP-1", responders=[{"unit": unit, "scope": "…"} for unit in units]
            )

    @requirement("R61")
    def test_a_share_without_its_scope_is_none(self, place: House) -> None:
        noticed(place)

        with place.refuses("INVALID", field="responders.scope"):
            place.as_("G01").assign_responders(
                opinion="OP-1", responders=[{"unit": "U02", "scope": "救援"}, {"unit": "U05", "scope": ""}]
            )

    @requirement("R57")
    @requirement("R58")
    @requirement("R59")
    @requirement("R60")
    @requirement("R61")
    @pytest.mark.parametrize(("policy", "towns", "departments"), list(product([False, True], range(4), range(4))))
    def test_the_order_is_policy_then_towns_then_departments_then_the_town(
        self, policy: bool, towns: int, departments: int
    ) -> None:
        kinds = {f"T{number}": "town" for number in range(towns)}
        kinds |= {f"D{number}": "department" for number in range(departments)} | {"X": "external"}

        rule = rule_for(concerned(kinds, district_policy=policy))

        expected = (
            "DISTRICT_POLICY"
            if policy
            else "MULTI_TOWN"
            if towns > 1
            else "MULTI_DEPARTMENT"
            if departments > 1
            else "SINGLE_TOWN"
            if towns
            else "COMPETENCE"
        )
        assert rule == expected

    def test_a_case_nobody_recorded_is_not_found(self, place: House) -> None:
        with place.refuses("OPINION_UNKNOWN", opinion="OP-9"):
            place.as_("Y02").assign_first_responder(opinion="OP-9", concerned_units=["U10"])


class TestWhatSeveralSay:
    """部门之间要加强沟通协调，确保回应的信息准确一致."""

    @requirement("R62")
    def test_goes_out_when_all_have_confirmed_this_very_text(self, place: House) -> None:
        together(place, noticed(place))
        text = place.stored("通报")
        place.as_("A02").confirm_response_text(opinion="OP-1", content=text)
        place.as_("A05").confirm_response_text(opinion="OP-1", content=place.stored("另一份通报"))
        place.as_("A05").confirm_response_text(opinion="OP-1", content=text)

        with place.refuses("RESPONSE_TEXT_NOT_CONFIRMED", missing="U11"):
            place.as_("P02").release_authoritative_information(opinion="OP-1", **said(place))
        place.as_("A11", "reviewer", "U11").confirm_response_text(opinion="OP-1", content=text)
        place.as_("P02").release_authoritative_information(opinion="OP-1", **said(place))

        assert last(place)["content"]["sha256"] == text["sha256"]

    @requirement("R62")
    def test_holds_for_every_follow_up_too(self, place: House) -> None:
        together(place, noticed(place))
        for officer, unit in (("A02", "U02"), ("A05", "U05"), ("A11", "U11")):
            place.as_(officer, "reviewer", unit).confirm_response_text(opinion="OP-1", content=place.stored("通报"))
        place.as_("P02").release_authoritative_information(opinion="OP-1", **said(place))

        with place.refuses("RESPONSE_TEXT_NOT_CONFIRMED", missing="U02, U05, U11"):
            place.as_("P02").release_follow_up(opinion="OP-1", **said(place, "续报"))

    @requirement("R62")
    def test_a_unit_that_does_not_answer_confirms_nothing_and_releases_nothing(self, place: House) -> None:
        together(place, noticed(place))

        with place.refuses("NOT_A_RESPONDER", unit="U10"):
            place.as_("P10", "publisher", "U10").release_authoritative_information(opinion="OP-1", **said(place))
        with place.refuses("NOT_A_RESPONDER", unit="U01"):
            place.as_("A01").confirm_response_text(opinion="OP-1", content=place.stored("通报"))


class TestCoordination:
    """区级政府办公室要会同宣传部门做好组织协调、督促指导工作."""

    def given_the_publicity_department(self, place: House) -> None:
        place.as_("G01").adopt_ruleset(
            ruleset="RS-143",
            document_number="号",
            title_zh="细则",
            effective_from="2024-01-01",
            parameters={"publicity_department": "X1"},
        )

    @requirement("R63")
    @pytest.mark.parametrize("officer", ["G01", "GX1"])
    def test_is_the_offices_and_the_publicity_departments(self, place: House, officer: str) -> None:
        self.given_the_publicity_department(place)
        together(place, noticed(place))
        before = place.size
        unit = "U01" if officer == "G01" else "X1"

        hand = place.as_(officer, "disclosure_officer", unit)
        hand.issue_coordination_notice(opinion="OP-1", units=["U02", "U05"], text="统一口径")
        hand = place.as_(officer, "disclosure_officer", unit)
        hand.urge_responder(opinion="OP-1", responder="U02", text="请于今日内回应")

        assert types_of(place.since(before)) == ["opinion.coordination_notice_issued/1", "opinion.responder_urged/1"]

    @requirement("R63")
    def test_is_nobody_elses(self, place: House) -> None:
        together(place, noticed(place))

        with place.refuses("NOT_COORDINATOR", unit="U02"):
            place.as_("G02").issue_coordination_notice(opinion="OP-1", units=["U05"], text="…")
        with place.refuses("NOT_COORDINATOR", unit="X1", publicity="—"):
            place.as_("GX1", "disclosure_officer", "X1").urge_responder(opinion="OP-1", responder="U02", text="…")

    @requirement("R63")
    def test_who_does_not_answer_is_not_urged(self, place: House) -> None:
        together(place, noticed(place))

        with place.refuses("NOT_A_RESPONDER", unit="U10"):
            place.as_("G01").urge_responder(opinion="OP-1", responder="U10", text="…")


class TestLeadership:
    """对特别重大的政务舆情，区级政府主要负责人要切实负起领导责任."""

    @requirement("R64")
    def test_is_the_district_principals_own_act(self, place: House) -> None:
        noticed(place)
        place.as_("A02").grade_incident(opinion="OP-1", grade="EXTRAORDINARY", reason="伤亡")

        for officer, code in (("F01", "POST_NOT_ENTITLED"), ("Z02", "NOT_DISTRICT_OFFICE")):
            with place.refuses(code):
                place.as_(officer).assume_leadership(opinion="OP-1")
        place.as_("Z01").assume_leadership(opinion="OP-1")

        assert last(place)["grade"] == "EXTRAORDINARY"

    @requirement("R64")
    @pytest.mark.parametrize("led", [False, True])
    def test_that_is_missing_is_pointed_out_at_the_end(self, place: House, led: bool) -> None:
        noticed(place)
        place.as_("A02").grade_incident(opinion="OP-1", grade="EXTRAORDINARY", reason="伤亡")
        if led:
            place.as_("Z01").assume_leadership(opinion="OP-1")
        place.as_("P02").release_authoritative_information(opinion="OP-1", **said(place))

        place.as_("P02").close_incident(opinion="OP-1", summary="处置完毕")

        assert ("LEADERSHIP_NOT_ASSUMED" in last(place)["flags"]) is not led

    @requirement("R65")
    def test_directs_units_each_of_which_owes_a_response(self, place: House) -> None:
        noticed(place)
        place.as_("Z01").issue_directive(opinion="OP-1", units=["U02", "U05"], text="全力救援")
        directive = last(place)["directive"]
        place.as_("G02").answer_directive(opinion="OP-1", directive=directive, response="已部署")
        place.as_("P02").release_authoritative_information(opinion="OP-1", **said(place))

        with place.refuses("DIRECTIVE_UNKNOWN", unit="U01"):
            place.as_("G01").answer_directive(opinion="OP-1", directive=directive, response="…")
        place.as_("P02").close_incident(opinion="OP-1", summary="处置完毕")

        assert directive == "OP-1/D1"
        assert "DIRECTIVE_UNANSWERED" in last(place)["flags"]

    @requirement("R65")
    def test_a_directive_that_all_answered_is_not_pointed_out(self, place: House) -> None:
        noticed(place)
        place.as_("Z01").issue_directive(opinion="OP-1", units=["U02", "U05"], text="全力救援")
        for officer in ("G02", "G05"):
            place.as_(officer).answer_directive(opinion="OP-1", directive="OP-1/D1", response="已部署")
        place.as_("P02").release_authoritative_information(opinion="OP-1", **said(place))

        place.as_("P02").close_incident(opinion="OP-1", summary="处置完毕")

        assert last(place)["flags"] == []


class TestWatching:
    """各单位要安排人员和力量."""

    @requirement("R66")
    def test_is_somebodys_by_name_and_day(self, place: House) -> None:
        with place.refuses("OFFICER_NOT_REGISTERED", officer="Y99"):
            place.as_("Z02").assign_monitoring_duty(
                unit="U02", officer="Y99", from_date="2025-01-01", until_date="2025-01-31"
            )
        place.as_("Z02").assign_monitoring_duty(
            unit="U02", officer="Y02", from_date="2025-01-01", until_date="2025-01-31"
        )

        duty = Duty(**{name: last(place)[name] for name in ("officer", "from_date", "until_date")})

        assert gaps([duty], "2025-01-01", "2025-02-02") == [("2025-02-01", "2025-02-02")]

    @requirement("R66")
    @given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 6)), max_size=6))
    def test_a_day_is_in_a_gap_when_nobody_watches(self, spans: list[tuple[int, int]]) -> None:
        first = date(2025, 1, 1)
        days = [first + timedelta(days=number) for number in range(21)]
        duties = [
            Duty("Y", (first + timedelta(days=begin)).isoformat(), (first + timedelta(days=begin + length)).isoformat())
            for begin, length in spans
        ]

        found = gaps(duties, days[0].isoformat(), days[-1].isoformat())

        in_gap = {day for day in days for begin, end in found if begin <= day.isoformat() <= end}
        unwatched = {
            day for day in days if not any(duty.from_date <= day.isoformat() <= duty.until_date for duty in duties)
        }
        assert in_gap == unwatched

    @requirement("R67")
    @pytest.mark.parametrize("kind", ["PORTAL", "FORUM", "BLOG", "MICROBLOG", "NEWS_COMMENT", "TRADITIONAL_MEDIA"])
    def test_covers_the_sources_of_the_rule(self, place: House, kind: str) -> None:
        noticed(place, source_kind=kind)

        assert last(place)["source_kind"] == kind

    @requirement("R67")
    def test_and_no_source_outside_the_list(self, place: House) -> None:
        with place.refuses("INVALID", field="source_kind"):
            noticed(place, source_kind="RUMOUR")

    @requirement("R68")
    def test_special_monitoring_is_linked_to_its_incident(self, place: House) -> None:
        noticed(place, "IN-1")
        data = {
            "session": "SM-1",
            "occasion": "国庆假期火灾",
            "source_kinds": ["MICROBLOG", "NEWS_COMMENT"],
            "from_date": "2025-10-03",
            "until_date": "2025-10-13",
        }

        with place.refuses("MONITORING_UNLINKED", session="SM-1"):
            place.as_("Y02").open_special_monitoring(**data, occasion_kind="EMERGENCY")
        with place.refuses("OPINION_UNKNOWN", opinion="IN-9"):
            place.as_("Y02").open_special_monitoring(**data, occasion_kind="EMERGENCY", opinion="IN-9")
        place.as_("Y02").open_special_monitoring(**data, occasion_kind="EMERGENCY", opinion="IN-1")

        assert (last(place)["unit"], last(place)["opinion"]) == ("U02", "IN-1")

    @requirement("R68")
    def test_a_key_moment_needs_no_incident(self, place: House) -> None:
        place.as_("Y02").open_special_monitoring(
            session="SM-1",
            occasion_kind="KEY_MOMENT",
            occasion="两会期间",
            source_kinds=["PORTAL"],
            from_date="2025-03-01",
            until_date="2025-03-15",
        )

        assert last(place)["opinion"] is None

    @requirement("R69")
    def test_when_it_was_noticed_and_when_it_was_entered_are_both_kept(self, place: House) -> None:
        noticed(place, at="2025-03-25T10:30+08:00", detected_at="2025-03-25T09:00:00+08:00")

        entry = place.entries()[-1]

        assert entry.data["detected_at"] == "2025-03-25T01:00:00.000000Z"
        assert entry.occurred_at - utc("2025-03-25T09:00+08:00") == timedelta(minutes=90)
        assert entry.recorded_at > entry.occurred_at

    @requirement("R69")
    def test_nobody_notices_what_is_still_to_come(self, place: House) -> None:
        with place.refuses("INVALID", field="detected_at"):
            noticed(place, at="2025-03-25T09:00+08:00", detected_at="2025-03-25T09:00:01+08:00")

    @requirement("R69")
    def test_a_signal_that_comes_late_may_have_been_the_first(self, place: House) -> None:
        noticed(place, at="2025-03-25T09:00+08:00")
        noticed(place, at="2025-03-25T11:00+08:00", detected_at="2025-03-25T07:00:00+08:00")

        place.as_("A02").grade_incident(opinion="OP-1", grade="MAJOR", reason="…")

        assert last(place)["clock_start"] == "2025-03-24T23:00:00.000000Z"


class TestAssessing:
    """对事件的性质、舆情走势、可能出现的风险等进行及时准确的评估，提出预控处置意见."""

    BOTH = (
        {"unit": "U11", "role": "INVOLVED"},
        {"unit": "U02", "role": "COMPETENT"},
        {"unit": "X1", "role": "PUBLICITY"},
    )
    PARTS = {"nature": "安全事故", "trend": "上升", "risk": "谣言扩散"}  # noqa: RUF012

    @requirement("R70")
    @requirement("R71")
    def test_a_consultation_of_the_office_records_who_took_part_and_what_it_came_to(self, place: House) -> None:
        noticed(place)
        before = place.size

        place.as_("G01").convene_consultation(opinion="OP-1", participants=self.BOTH, **self.PARTS)

        (_, held), (_, assessed) = place.since(before)
        assert [each["unit"] for each in held["participants"]] == ["U11", "U02", "X1"]
        assert assessed["consultation"] == held["consultation"] == "OP-1/C1"
        assert {name: assessed[name] for name in self.PARTS} == self.PARTS

    @requirement("R70")
    @pytest.mark.parametrize(("left", "missing"), [(0, "INVOLVED"), (1, "COMPETENT")])
    def test_the_unit_involved_and_the_competent_department_take_part(
        self, place: House, left: int, missing: str
    ) -> None:
        noticed(place)
        present = [each for number, each in enumerate(self.BOTH) if number != left]

        with place.refuses("CONSULTATION_INCOMPLETE", missing=missing):
            place.as_("G01").convene_consultation(opinion="OP-1", participants=present)

    @requirement("R70")
    def test_the_district_office_convenes_it(self, place: House) -> None:
        noticed(place)

        with place.refuses("NOT_DISTRICT_OFFICE"):
            place.as_("G02").convene_consultation(opinion="OP-1", participants=self.BOTH)

    @requirement("R71")
    @pytest.mark.parametrize("part", ["nature", "trend", "risk"])
    def test_an_assessment_has_all_three_parts(self, place: House, part: str) -> None:
        noticed(place)

        with place.refuses("INVALID", field=part):
            place.as_("G01").assess_opinion(opinion="OP-1", **{**self.PARTS, part: ""})
        with place.refuses("INVALID", field=part):
            place.as_("G01").convene_consultation(opinion="OP-1", participants=self.BOTH, **{**self.PARTS, part: None})

    @requirement("R71")
    def test_it_names_no_consultation_that_was_not_held(self, place: House) -> None:
        noticed(place)

        with place.refuses("CONSULTATION_UNKNOWN", consultation="OP-1/C1"):
            place.as_("G01").assess_opinion(opinion="OP-1", consultation="OP-1/C1", **self.PARTS)

    @requirement("R72")
    def test_handling_is_proposed_on_an_assessment(self, place: House) -> None:
        noticed(place)
        with place.refuses("ASSESSMENT_UNKNOWN"):
            place.as_("G01").propose_handling(opinion="OP-1", proposal="及时发布")
        place.as_("G01").assess_opinion(opinion="OP-1", **self.PARTS)
        place.as_("G01").assess_opinion(opinion="OP-1", **self.PARTS)

        place.as_("G01").propose_handling(opinion="OP-1", proposal="及时发布")
        latest = last(place)["assessment"]
        place.as_("G01").propose_handling(opinion="OP-1", proposal="持续监测", assessment="OP-1/A1")

        assert (latest, last(place)["assessment"]) == ("OP-1/A2", "OP-1/A1")
