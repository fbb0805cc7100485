"""Coordination, leaders and training over HTTP (十) (十四) (十五) (十六)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.web.district import Door

ITEM = "I-2025-0020"


def joint(door: Door) -> None:
    """An item of U02 that concerns U05, with everything else that the gate asks for."""
    drafted = door.drafted(ITEM, concerned_units=["U05"])
    assert drafted.status_code == 201
    door.reviewed(ITEM, door.way_up(ITEM).headers["ETag"])


class TestWhatConcernsAnotherUnit:
    @pytest.mark.requirement("R134")
    def test_is_refused_until_that_unit_has_confirmed_it(self, small_door: Door) -> None:
        joint(small_door)
        publishing = {"item": ITEM, "channels": ["CH-01"]}

        refused = small_door.post("P02", "/api/publications", publishing)
        assert (refused.status_code, refused.json()["code"]) == (409, "UNCONFIRMED_BY")
        assert refused.json()["article"] == "(十五)"

        small_door.carried_out("A05", f"/api/documents/{ITEM}/confirmations", {"unit": "U05", "draft_version": 1})
        assert small_door.post("P02", "/api/publications", publishing).status_code == 201

    @pytest.mark.requirement("R134")
    def test_is_not_confirmed_by_anybody_else(self, small_door: Door) -> None:
        joint(small_door)

        refused = small_door.post("A02", f"/api/documents/{ITEM}/confirmations", {"unit": "U05"})

        assert (refused.status_code, refused.json()["code"]) == (403, "OTHER_UNIT")

    def test_is_objected_to_and_settled_by_the_district_office(self, small_door: Door) -> None:
        joint(small_door)
        small_door.carried_out(
            "G02", f"/api/documents/{ITEM}/confirmation-requests", {"units": ["U01"], "due_date": "2099-12-31"}
        )
        for unit in ("U01", "U05"):
            body = {"unit": unit, "reason": "数字有误"}
            small_door.carried_out(f"A{unit[1:]}", f"/api/documents/{ITEM}/objections", body)
            settled = {"unit": unit, "conclusion": "MAY_PUBLISH", "reason": "已核实"}
            small_door.carried_out("G01", f"/api/documents/{ITEM}/settlements", settled)

        assert small_door.post("P02", "/api/publications", {"item": ITEM, "channels": ["CH-01"]}).status_code == 201


class TestLeaders:
    @pytest.mark.requirement("R120")
    def test_a_second_deputy_is_flagged(self, small_door: Door) -> None:
        for officer in ("F02", "F02b"):
            small_door.district.as_administrator("register_officer", officer=officer)
            small_door.carried_out("Z02", "/api/units/U02/deputies-in-charge", {"officer": officer})

        first, second = small_door.district.entries("leadership.deputy_appointed/1")
        assert (first.data["flags"], second.data["flags"]) == ([], ["TWO_DEPUTIES_IN_CHARGE"])

    def test_the_year_of_a_leader(self, small_door: Door) -> None:
        small_door.published("I-2025-0001")
        small_door.district.as_administrator("register_officer", officer="F02")
        unit = "/api/units/U02"
        for officer, path, body in (
            ("Z02", "deputies-in-charge", {"officer": "F02"}),
            ("G02", "agenda-items", {"meeting": "局党委会", "subject": "政务公开"}),
            ("G02", "leadership-actions", {"officer": "F02", "action_kind": "RESPONSE", "description": "督促"}),
            ("Z02", "leadership-hearings", {"hearing": "LH-1", "officer": "Z02", "subject": "全年工作"}),
            (
                "Z02",
                "leadership-hearings/LH-1/resolutions",
                {"decided": "配强力量", "resolution_owner": "F02", "due_date": "2099-12-31"},
            ),
        ):
            small_door.carried_out(officer, f"{unit}/{path}", body)
        small_door.published("I-2025-0002", "第二份")
        small_door.carried_out("P02", f"{unit}/leadership-divisions", {"officer": "F02", "item": "I-2025-0002"})
        small_door.carried_out("P02", f"{unit}/leadership-hearings/LH-1/notices", {"item": "I-2025-0002"})

        (notice,) = small_door.district.entries("leadership.hearing_notice_published/1")
        assert notice.data["lag_days"] in {0, 1}


class TestTheSection:
    def test_its_work_is_recorded(self, small_door: Door) -> None:
        small_door.published("I-2025-0001")
        counterpart = {"counterpart": "区委网信办", "counterpart_kind": "CYBERSPACE", "subject": "联合监测"}
        gazette = {"channel": "CH-04", "kind": "gazette", "name_zh": "公报", "name_en": "gazette", "owner_unit": "U01"}
        issue = {"issue": "G-1", "year": 2025, "number": 1, "channel": "CH-04", "items": ["I-2025-0001"]}
        inspected = {"inspection": "IN-1", "unit": "U05", "scope": "栏目", "finding": "良好"}
        training = {
            "training": "T-1",
            "kind": "NEWCOMER",
            "title_zh": "新兵培训",
            "audiences": [{"audience": "NEWCOMER", "attended": 1}],
            "attended": ["P05"],
        }
        for path, body in (
            ("units/U01/disclosure-section", {"section_zh": "政务公开科"}),
            ("inspections", inspected),
            ("channels", gazette),
            ("gazette-issues", issue),
            ("cooperations", {"cooperation": "C-1", **counterpart}),
            ("media-guidance", {"guidance": "MG-1", "description": "口径", **counterpart}),
            ("media-contacts", {"media_contact": "M-1", "unit": "U01", **counterpart}),
            ("interviews", {"interview": "IV-1", "unit": "U01", "medium": "日报", "subject": "预算"}),
            ("interviews/IV-1/answers", {"answer": "已安排"}),
            ("trainings", training),
            ("trainings/T-1/results", {"officer": "S05", "audience": "NEWCOMER", "result": "ABSENT"}),
        ):
            small_door.carried_out("G01", f"/api/{path}", body)

        results = small_door.district.entries("officer.training_result_recorded/1")
        assert [entry.data["result"] for entry in results] == ["PASSED", "ABSENT"]

    def test_an_inconsistency_names_two_units(self, small_door: Door) -> None:
        small_door.published("I-2025-0001")
        values = [{"item": "I-2025-0001", "value": "12"}, {"item": "I-2025-0001", "value": "13"}]

        refused = small_door.post(
            "G01", "/api/inconsistencies", {"inconsistency": "IC-1", "fact": "学校数", "values": values}
        )

        assert (refused.status_code, refused.json()["code"]) == (409, "NOT_INCONSISTENT")


class TestNoWayAround:
    @pytest.mark.requirement("R93")
    def test_a_service_token_publishes_nothing_and_its_attempt_is_kept(self, small_door: Door) -> None:
        small_door.cleared(ITEM)
        robot = small_door.district.tokens.issue("CMS-ROBOT", "interface of the website", timedelta(days=1)).text

        refused = small_door.client.post(
            "/api/publications",
            json={"item": ITEM, "channels": ["CH-01"]},
            headers={"Authorization": f"Bearer {robot}", "Acting-Post": "publisher@U02"},
        )

        assert (refused.status_code, refused.json()["code"]) == (403, "POST_NOT_HELD")
        (attempt,) = small_door.district.entries("attempt.refused/1")
        assert attempt.actor is not None
        assert attempt.actor.officer == "CMS-ROBOT"

    @pytest.mark.requirement("R92")
    def test_two_codes_declared_one_person_count_as_one(self, small_door: Door) -> None:
        small_door.carried_out("J01", "/api/officers/P02/links", {"same_as": "S02", "basis": "人事档案"})
        small_door.cleared(ITEM)

        refused = small_door.post("P02", "/api/publications", {"item": ITEM, "channels": ["CH-01"]})

        assert (refused.status_code, refused.json()["code"]) == (409, "SEGREGATION_OF_DUTIES")
