"""Reading over HTTP: who sees what, as of when, in pages, and how far the answer has come."""

from __future__ import annotations

import re

import pytest

from tests.web.district import District, Door, open_door


@pytest.fixture(scope="module")
def reading(standing_door: Door) -> Door:
    """Two items of U02, one published and one on its way, that the tests here only read."""
    door = standing_door
    door.published("I-2025-0001")
    last = door.drafted("I-2025-0002", title="尚未公开的公文").json()["position"]
    assert door.app.state.service.projector.wait_for(last, 20)
    return door


class TestPublicReadings:
    def test_the_catalogue_shows_what_was_published_and_not_what_is_on_its_way(self, reading: Door) -> None:
        rows = reading.get(None, "/api/catalogue").json()["rows"]

        assert [row["item"] for row in rows] == ["I-2025-0001"]
        assert reading.get(None, "/api/catalogue/I-2025-0002").status_code == 404
        assert reading.get(None, "/api/catalogue", unlisted="true").json()["rows"] == rows

    def test_the_catalogue_is_searched_by_words_and_qualifiers(self, reading: Door) -> None:
        def items(q: str, **moment: int) -> list[str]:
            return [row["item"] for row in reading.get(None, "/api/catalogue", q=q, **moment).json()["rows"]]

        assert items("i-2025 by:P02") == ["I-2025-0001"]
        assert items("尚未") == []
        assert items("i-2025", as_of_position=1) == []
        refused = reading.get(None, "/api/catalogue", q="attr:<b>")
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["pointer"] == "query:q"

    def test_the_register_names_officers_by_code_and_never_by_name(self, reading: Door) -> None:
        answer = reading.get(None, "/api/register")

        (row,) = answer.json()["rows"]
        assert (row["drafter"], row["secrecy_reviewer"], row["publisher"]) == ("D02", "S02", "P02")
        assert "姓名" not in answer.text

    def test_nothing_public_carries_a_name(self, reading: Door) -> None:
        for path in ("catalogue", "catalogue/I-2025-0001", "register", "units", "channels", "rulesets", "head"):
            assert "姓名" not in reading.get(None, f"/api/{path}").text

    def test_units_channels_and_the_platform_are_known(self, reading: Door) -> None:
        assert reading.get(None, "/api/units/U02").json()["name_zh"] == "单位U02"
        assert [row["channel"] for row in reading.get(None, "/api/channels").json()["rows"]] == ["CH-01", "CH-03"]
        assert reading.get(None, "/api/platform/owner").json()["owner_unit"] == "U01"
        assert reading.get(None, "/api/units", kind="external").json()["rows"][0]["unit"] == "X03"

    def test_the_head_is_what_a_witness_keeps(self, reading: Door) -> None:
        head = reading.get(None, "/api/head").json()

        assert head["size"] == reading.district.size
        assert head["root"] == reading.district.ledger.head().root.hex()


class TestOfficers:
    def test_see_their_own_units_documents(self, reading: Door) -> None:
        rows = reading.get("D02", "/api/documents").json()["rows"]

        assert {row["item"] for row in rows} == {"I-2025-0001", "I-2025-0002"}
        assert reading.get("A02", "/api/documents/I-2025-0002").json()["title"] == "尚未公开的公文"

    def test_of_another_unit_see_none_of_it(self, reading: Door) -> None:
        assert reading.get("D05", "/api/documents").json()["rows"] == []
        assert reading.get("D05", "/api/documents", unit="U02").status_code == 403
        assert reading.get("D05", "/api/documents/I-2025-0002").status_code == 404
        assert reading.get("D05", "/api/catalogue/I-2025-0002").status_code == 404

    @pytest.mark.parametrize("officer", ["J01", "T04", "X03", "G01"])
    def test_of_supervision_see_all_of_it(self, reading: Door, officer: str) -> None:
        assert reading.get(officer, "/api/documents/I-2025-0002").status_code == 200
        assert len(reading.get(officer, "/api/documents").json()["rows"]) == 2
        assert reading.get(officer, "/api/catalogue/I-2025-0002").json()["status"] == "drafting"
        assert len(reading.get(officer, "/api/catalogue", unlisted="true").json()["rows"]) == 2

    def test_see_names_which_the_public_does_not(self, reading: Door) -> None:
        one = reading.get("D05", "/api/officers/P02").json()
        listed = reading.get("D05", "/api/officers").json()["rows"]

        assert one["name"] == "姓名P02"
        assert [(held["post"], held["unit"]) for held in one["posts"]] == [("publisher", "U02")]
        assert "姓名D02" in {row["name"] for row in listed}

    def test_know_who_they_are(self, reading: Door) -> None:
        me = reading.get("P02", "/api/me").json()

        assert me["officer"] == "P02"
        assert me["posts"] == [{"post": "publisher", "unit": "U02", "acting_post": "publisher@U02"}]
        assert me["district_office"] is False
        assert reading.get("G01", "/api/me").json()["district_office"] is True


class TestTrails:
    def test_what_an_inspector_reads_is_recorded_before_it_is_answered(self, door: Door) -> None:
        door.drafted("I-2025-0001")

        trail = door.get("J01", "/api/trails/item/I-2025-0001", as_of_position=door.district.size)

        assert [row["type"] for row in trail.json()["rows"]] == ["document.drafted/1"]
        (reading,) = door.district.entries("ledger.consulted/1")
        assert reading.actor is not None
        assert (reading.actor.officer, reading.actor.post) == ("J01", "inspector")
        assert reading.data["subject"] == "item/I-2025-0001"
        assert reading.data["as_of"].startswith("as_of_position=")
        assert reading.data["result_count"] == 1
        readings = door.get("T04", "/api/trails/consultation/all", min_position=door.district.size).json()["rows"]
        assert [row["officer"] for row in readings] == ["J01"]

    def test_their_own_affairs_officers_read_without_a_trace(self, door: Door) -> None:
        position = door.drafted("I-2025-0001").json()["position"]
        assert door.get("D02", "/api/documents/I-2025-0001", min_position=position).status_code == 200
        size = door.district.size

        for path in ("item/I-2025-0001", "unit/U02", "officer/A02"):
            assert door.get("A02", f"/api/trails/{path}", min_position=position).status_code == 200

        assert door.district.size == size

    def test_another_units_affairs_are_none_of_theirs(self, door: Door) -> None:
        position = door.drafted("I-2025-0001").json()["position"]

        for path in ("item/I-2025-0001", "unit/U02", "officer/A02", "attempt/all", "consultation/all", "case/AC-1"):
            assert door.get("A05", f"/api/trails/{path}", min_position=position).status_code == 403

    def test_a_drafter_of_the_district_office_reads_no_trail_of_others(self, small_door: Door) -> None:
        position = small_door.drafted("I-2025-0001").json()["position"]

        assert small_door.get("D01", "/api/trails/item/I-2025-0001", min_position=position).status_code == 403

    def test_a_kind_that_is_none_is_named(self, reading: Door) -> None:
        answer = reading.get("J01", "/api/trails/secret/x")

        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "path:kind")


class TestPages:
    def test_of_a_list_follow_one_another_for_one_position(self, small_door: Door) -> None:
        for number in range(1, 8):
            small_door.drafted(f"I-2025-000{number}")
        last = small_door.district.size
        seen: list[str] = []
        positions = set()

        answer = small_door.get("D02", "/api/documents", limit=3, min_position=last)
        while True:
            seen += [row["item"] for row in answer.json()["rows"]]
            positions.add(answer.json()["position"])
            link = answer.headers.get("Link")
            if link is None:
                break
            if len(seen) == 3:
                small_door.drafted("I-2025-0008")
            found = re.fullmatch(r'<(/api/documents\?[^>]+)>; rel="next"', link)
            assert found is not None
            answer = small_door.get("D02", found[1])

        assert seen == [f"I-2025-000{number}" for number in range(7, 0, -1)]
        assert positions == {last}

    def test_say_which_position_they_speak_for(self, reading: Door) -> None:
        answer = reading.get(None, "/api/register")

        assert answer.headers["Ledger-Position"] == str(answer.json()["position"]) == str(reading.district.size)


class TestOwnWriting:
    def test_is_read_as_soon_as_the_receipt_is_in_hand(self, door: Door) -> None:
        for number in range(1, 6):
            position = door.drafted(f"I-2025-000{number}").json()["position"]

            answer = door.get("D02", f"/api/documents/I-2025-000{number}", min_position=position)

            assert answer.status_code == 200
            assert answer.json()["position"] >= position

    def test_that_does_not_arrive_in_time_is_said_to_be_on_its_way(self, small_district: District) -> None:
        with open_door(small_district, run_projections=False, patience_s=0.2) as door:
            position = door.drafted("I-2025-0001").json()["position"]

            answer = door.get("D02", "/api/documents/I-2025-0001", min_position=position)

        assert (answer.status_code, answer.json()["code"]) == (503, "PROJECTION_BEHIND")
        assert answer.headers["Retry-After"] == "1"
