"""The story of one item over HTTP: refused without a review, published with one, corrected, asked about before."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.web.district import Door
from tests.web.server import Server


class TestPublishing:
    @pytest.mark.requirement("R45")
    def test_without_a_review_it_is_refused_and_the_refusal_stands_in_the_trail(self, door: Door) -> None:
        door.approved("I-2025-0001")

        refused = door.post("P02", "/api/publications", {"item": "I-2025-0001", "channels": ["CH-01"]})

        assert refused.status_code == 409
        assert refused.headers["Content-Type"] == "application/problem+json"
        problem = refused.json()
        assert problem["code"] == "NOT_REVIEWED"
        assert problem["type"] == "/problems/NOT_REVIEWED"
        assert problem["article"] == "(四)"
        assert "请先由本单位保密审查员审查" in problem["detail_zh"]
        trail = door.get("J01", "/api/trails/item/I-2025-0001", min_position=door.district.size).json()["rows"]
        assert [(row["type"], row["officer"], row["code"]) for row in trail][-1] == (
            "attempt.refused/1",
            "P02",
            "NOT_REVIEWED",
        )
        assert door.district.entries("publication.published/1") == []

    def test_with_a_review_it_is_published_and_the_receipt_says_where(self, door: Door) -> None:
        door.cleared("I-2025-0001")

        published = door.post("P02", "/api/publications", {"item": "I-2025-0001", "channels": ["CH-01"]})

        assert published.status_code == 201
        receipt = published.json()
        (entry,) = door.district.entries("publication.published/1")
        assert receipt["position"] == entry.position == door.district.size
        assert receipt["positions"] == [entry.position]
        assert receipt["leaf_hashes"] == [entry.leaf_hash.hex()]
        assert receipt["streams"] == {"publication/I-2025-0001": 1}
        assert published.headers["ETag"] == '"1"'
        assert published.headers["Ledger-Position"] == str(entry.position)

    def test_who_acts_comes_from_the_credential(self, door: Door) -> None:
        door.published("I-2025-0001")

        (entry,) = door.district.entries("publication.published/1")
        assert entry.actor is not None
        assert (entry.actor.officer, entry.actor.post, entry.actor.unit) == ("P02", "publisher", "U02")
        assert entry.actor.credential == f"token:{door.district.token('P02').split('_')[1]}"


class TestCorrection:
    def test_the_register_tells_of_before_and_after(self, door: Door) -> None:
        published = door.published("I-2025-0001", "第一稿")
        before = published.json()
        revised = door.carried_out(
            "D02",
            "/api/documents/I-2025-0001/revisions",
            {"content": door.stored("第二稿"), "reason": "更正错字"},
            If_Match=door.etag("D02", "/api/documents/I-2025-0001", before["position"]),
        )
        assert revised.status_code == 201
        door.reviewed("I-2025-0001", door.way_up("I-2025-0001").headers["ETag"])

        corrected = door.carried_out(
            "P02",
            "/api/publications/I-2025-0001/corrections",
            {"reason": "更正错字"},
            If_Match=published.headers["ETag"],
        ).json()

        row = "/api/register/I-2025-0001%231"
        after = door.get(None, row, min_position=corrected["position"]).json()
        assert (after["status"], len(after["corrections"])) == ("corrected", 1)
        earlier = door.get(None, row, as_of_position=before["position"]).json()
        assert (earlier["status"], earlier["corrections"]) == ("published", [])
        assert earlier["position"] == before["position"]
        known = door.get(None, row, known_at=before["recorded_at"]).json()
        assert known["status"] == "published"
        listed = door.get(None, "/api/register", as_of_position=before["position"]).json()
        assert [one["status"] for one in listed["rows"]] == ["published"]
        was = door.get(None, "/api/register", as_at=before["recorded_at"]).json()
        assert [one["status"] for one in was["rows"]] == ["published"]


class TestAfterwards:
    def test_a_withdrawn_publication_keeps_its_record(self, door: Door) -> None:
        published = door.published("I-2025-0001")

        withdrawn = door.post(
            "P02",
            "/api/publications/I-2025-0001/withdrawals",
            {"reason_code": "ERROR", "reason": "附件有误"},
            If_Match=published.headers["ETag"],
        )

        assert withdrawn.status_code == 201
        row = door.get(None, "/api/register/I-2025-0001%231", min_position=withdrawn.json()["position"]).json()
        assert row["status"] == "withdrawn"

    def test_nothing_is_deleted_and_the_attempt_is_kept(self, door: Door) -> None:
        door.published("I-2025-0001")
        size = door.district.size

        refused = door.client.delete("/api/publications/I-2025-0001", headers=door.headers("P02", None))

        assert (refused.status_code, refused.json()["code"]) == (409, "LEDGER_APPEND_ONLY")
        (attempt,) = door.district.entries("attempt.refused/1")
        assert (attempt.position, attempt.data["command"]) == (size + 1, "delete_publication")


class TestBehindARealServer:
    """What holds in one process holds over a socket: uvicorn, its parser, its own event loop."""

    def test_the_whole_way_to_the_public(self, server: Server) -> None:
        server.approved("I-2025-0101")
        body = {"item": "I-2025-0101", "channels": ["CH-01"]}
        unreviewed = server.post("P02", "/api/publications", body)
        approved = server.get("A02", "/api/documents/I-2025-0101", min_position=server.district.size)
        server.reviewed("I-2025-0101", approved.headers["ETag"])

        with ThreadPoolExecutor(50) as pool:
            answers = list(
                pool.map(lambda _: server.post("P02", "/api/publications", body, Idempotency_Key="p"), range(50))
            )

        assert (unreviewed.status_code, unreviewed.json()["code"]) == (409, "NOT_REVIEWED")
        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.content for answer in answers}) == 1
        published = [entry.data["item"] for entry in server.district.entries("publication.published/1")]
        assert published == ["I-2025-0101"]
        row = server.get(None, "/api/register/I-2025-0101%231", min_position=answers[0].json()["position"])
        assert row.json()["publisher"] == "P02"

    def test_of_sixty_four_writers_on_one_version_one_wins_each_time(self, server: Server) -> None:
        etag = server.drafted("I-2025-0102").headers["ETag"]
        content = server.stored("再改一稿")
        path, body = "/api/documents/I-2025-0102/revisions", {"content": content, "reason": "修改"}

        for round_ in range(3):
            with ThreadPoolExecutor(64) as pool:
                answers = list(pool.map(lambda _: server.post("D02", path, body, If_Match=etag), range(64)))  # noqa: B023 - the pool ends within the round

            statuses = [answer.status_code for answer in answers]
            assert statuses.count(201) == 1, round_
            assert statuses.count(412) == 63, round_
            etag = next(answer.headers["ETag"] for answer in answers if answer.status_code == 201)

        revised = [entry for entry in server.district.entries("document.revised/1") if "0102" in entry.stream]
        assert [entry.version for entry in revised] == [2, 3, 4]

    def test_what_cannot_be_read_is_a_problem_here_too(self, server: Server) -> None:
        size = server.district.size
        headers = {**server.headers("D02", None), "Content-Type": "application/json"}

        too_large = server.client.post("/api/documents", content=b"[" * 300_000, headers=headers)
        counted = server.client.post("/api/documents", content=iter([b"[" * 200_000] * 2), headers=headers)
        nested = server.client.post("/api/documents", content=b"[" * 100_000, headers=headers)
        unknown = server.client.get("/nowhere")

        statuses = [answer.status_code for answer in (too_large, counted, nested, unknown)]
        assert statuses == [413, 413, 400, 404]
        for answer in (too_large, counted, nested, unknown):
            assert answer.headers["Content-Type"] == "application/problem+json"
        assert server.district.size == size
