"""Differences over HTTP: every list, both moments, and to each reader what that reader may see."""

from __future__ import annotations

import pytest

from projections.compared import COMPARED
from tests.web.district import Door


@pytest.fixture(scope="module")
def door(standing_door: Door) -> Door:
    """One item published, one on its way."""
    standing_door.published("I-2025-0001")
    last = standing_door.drafted("I-2025-0002", title="尚未公开的公文").json()["position"]
    assert standing_door.app.state.service.projector.wait_for(last, 20)
    return standing_door


def differences(door: Door, officer: str | None, table: str, **query: object) -> list[dict]:
    answer = door.get(officer, f"/api/diff/{table}", **{"from_position": 0, **query})
    assert answer.status_code == 200, answer.text
    return answer.json()["rows"]


class TestWhatIsTold:
    def test_a_publication_with_the_entry_that_made_it(self, door: Door) -> None:
        (row,) = differences(door, None, "register")

        assert (row["key"], row["change"]) == ({"publication": "I-2025-0001#1"}, "added")
        assert row["row"]["publisher"] == "P02"
        assert [cause["type"] for cause in row["causes"]] == ["publication.published/1"]

    def test_a_change_field_by_field(self, door: Door) -> None:
        published = differences(door, None, "register")[0]["causes"][0]["position"]

        rows = differences(door, "J01", "documents", from_position=published - 1, to_position=published)

        assert [(row["change"], set(row["fields"])) for row in rows] == [
            ("changed", {"publication", "publication_status", "published_version", "next_step", "changed_at"})
        ]
        assert rows[0]["fields"]["publication"] == {"before": None, "after": "I-2025-0001#1"}

    def test_every_list_from_nothing_is_the_list(self, door: Door) -> None:
        for table in ("catalogue", "register", "units", "channels", "columns"):
            listed = door.get(None, f"/api/{table}").json()["rows"]
            added = [row["row"] for row in differences(door, None, table)]

            assert sorted(map(str, added)) == sorted(map(str, listed))

    def test_a_page_at_a_time_at_one_position(self, door: Door) -> None:
        answer = door.get(None, "/api/diff/units", from_position=0, limit=1)
        body = answer.json()

        following = door.get(None, "/api/diff/units", from_position=0, limit=1, cursor=body["next_cursor"]).json()

        assert 'rel="next"' in answer.headers["link"]
        assert following["position"] == body["position"]
        assert following["rows"][0]["key"]["unit"] > body["rows"][0]["key"]["unit"]


class TestWhoSeesWhat:
    def test_the_public_sees_nothing_that_is_on_its_way(self, door: Door) -> None:
        (row,) = differences(door, None, "catalogue")

        assert row["key"] == {"item": "I-2025-0001"}
        assert [cause["type"] for cause in row["causes"]] == ["publication.published/1"]
        assert [row] == differences(door, None, "catalogue", unlisted="true")

    def test_supervision_sees_it_where_it_asks_for_it(self, door: Door) -> None:
        rows = differences(door, "J01", "catalogue", unlisted="true")

        assert [row["key"]["item"] for row in rows] == ["I-2025-0001", "I-2025-0002"]
        assert "document.drafted/1" in {cause["type"] for cause in rows[1]["causes"]}
        assert len(differences(door, "J01", "catalogue")) == 1

    def test_officers_see_their_own_units_documents(self, door: Door) -> None:
        assert len(differences(door, "D02", "documents")) == 2
        assert differences(door, "D05", "documents") == []

    @pytest.mark.parametrize("table", ["documents", "officers", "posts"])
    def test_what_is_for_officers_asks_who_is_there(self, door: Door, table: str) -> None:
        assert door.get(None, f"/api/diff/{table}", from_position=0).status_code == 401

    def test_every_list_answers_supervision(self, door: Door) -> None:
        for table in COMPARED:
            assert door.get("J01", f"/api/diff/{table}", from_position=0).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"from_position": 1, "from_known_at": "2025-01-01T00:00:00Z"},
        {"from_known_at": "gestern"},
        {"from_position": 0, "cursor": "W251bGwsImEiLCJiIl0"},
    ],
)
def test_a_moment_that_is_none_is_refused(door: Door, query: dict) -> None:
    answer = door.get(None, "/api/diff/catalogue", **query)

    assert answer.status_code == 422, answer.text


def test_a_list_that_there_is_not_is_refused(door: Door) -> None:
    assert door.get(None, "/api/diff/gossip", from_position=0).status_code == 422
