"""Repeating a request: same key and same request, same answer and one record; anything else is told apart."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from tests.web.district import Door

PUBLISHING = {"item": "I-2025-0001", "channels": ["CH-01"]}


class TestSameKey:
    def test_fifty_at_once_are_one_publication_and_one_answer(self, door: Door) -> None:
        door.cleared("I-2025-0001")

        with ThreadPoolExecutor(50) as pool:
            answers = list(
                pool.map(
                    lambda _: door.post("P02", "/api/publications", PUBLISHING, Idempotency_Key="press-once"),
                    range(50),
                )
            )

        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.content for answer in answers}) == 1
        assert len({answer.headers["ETag"] for answer in answers}) == 1
        assert sum("Idempotency-Replayed" not in answer.headers for answer in answers) == 1
        assert len(door.district.entries("publication.published/1")) == 1
        assert door.district.entries("attempt.refused/1") == []

    def test_a_repetition_says_that_it_is_one(self, door: Door) -> None:
        door.cleared("I-2025-0001")
        first = door.post("P02", "/api/publications", PUBLISHING, Idempotency_Key="k")

        again = door.post("P02", "/api/publications", PUBLISHING, Idempotency_Key="k")

        assert (first.status_code, again.status_code) == (201, 201)
        assert first.content == again.content
        assert first.headers["ETag"] == again.headers["ETag"]
        assert "Idempotency-Replayed" not in first.headers
        assert again.headers["Idempotency-Replayed"] == "true"

    def test_a_refusal_is_repeated_word_for_word_and_recorded_once(self, door: Door) -> None:
        door.approved("I-2025-0001")
        first = door.post("P02", "/api/publications", PUBLISHING, Idempotency_Key="k", X_Request_ID="r")

        again = door.post("P02", "/api/publications", PUBLISHING, Idempotency_Key="k", X_Request_ID="r")

        assert first.status_code == again.status_code == 409
        assert first.content == again.content
        assert len(door.district.entries("attempt.refused/1")) == 1

    def test_the_spelling_of_the_body_does_not_matter(self, door: Door) -> None:
        door.cleared("I-2025-0001")
        door.carried_out("P02", "/api/publications", PUBLISHING, Idempotency_Key="k")

        again = door.raw(
            "P02",
            "/api/publications",
            b' {"channels" : ["CH-01"],\n "item": "I-2025-\\u0030001"} ',
            Idempotency_Key="k",
            Content_Type="application/json; charset=utf-8",
        )

        assert again.status_code == 201
        assert again.headers["Idempotency-Replayed"] == "true"

    def test_another_body_is_another_request(self, door: Door) -> None:
        door.cleared("I-2025-0001")
        door.carried_out("P02", "/api/publications", PUBLISHING, Idempotency_Key="k")
        size = door.district.size

        other = door.post("P02", "/api/publications", {**PUBLISHING, "channels": ["CH-03"]}, Idempotency_Key="k")

        assert (other.status_code, other.json()["code"]) == (422, "COMMAND_REUSED")
        assert door.district.size == size

    def test_another_address_version_or_post_is_another_request(self, door: Door) -> None:
        first = door.drafted("I-2025-0001")
        path, body = "/api/documents/I-2025-0001/attributes", {"attribute": "PROACTIVE"}
        door.carried_out("D02", path, body, Idempotency_Key="k", If_Match=first.headers["ETag"])
        door.drafted("I-2025-0002")

        others = [
            door.post("D02", "/api/documents/I-2025-0002/attributes", body, Idempotency_Key="k", If_Match='"1"'),
            door.post("D02", path, body, Idempotency_Key="k", If_Match='"2"'),
            door.post("D02", path, body, Idempotency_Key="k"),
            door.post("D02", path, body, Idempotency_Key="k", If_Match='"1"', Acting_Post="disclosure_officer@U02"),
        ]

        assert [(other.status_code, other.json()["code"]) for other in others] == [(422, "COMMAND_REUSED")] * 4

    def test_keys_of_two_officers_never_meet(self, door: Door) -> None:
        door.drafted("I-2025-0001")

        one = door.post("D02", "/api/documents/I-2025-0001/attributes", {"attribute": "PROACTIVE"}, Idempotency_Key="k")
        other = door.post(
            "A02", "/api/documents/I-2025-0001/attribute-reviews", {"conclusion": "CONFIRMED"}, Idempotency_Key="k"
        )

        assert (one.status_code, other.status_code) == (201, 201)

    def test_without_a_key_asking_again_is_asking_again(self, door: Door) -> None:
        door.cleared("I-2025-0001")
        door.carried_out("P02", "/api/publications", PUBLISHING)

        again = door.post("P02", "/api/publications", PUBLISHING)

        assert (again.status_code, again.json()["code"]) == (409, "ALREADY_PUBLISHED")

    def test_a_key_that_is_none_is_named(self, small_door: Door) -> None:
        for key in ("", "a b", "é", "x" * 101):
            answer = small_door.client.post(
                "/api/publications",
                json=PUBLISHING,
                headers={**small_door.headers("P02", None), "Idempotency-Key": key.encode()},  # type: ignore[dict-item]
            )

            assert answer.status_code == 422
            assert answer.json()["errors"][0]["pointer"] == "header:Idempotency-Key"

    def test_no_hash_of_a_name_is_kept(self, small_door: Door) -> None:
        body = {"officer": "N01", "name": "甲"}
        small_door.carried_out("ADM", "/api/officers", body, Idempotency_Key="k")

        with_another_name = small_door.post("ADM", "/api/officers", {**body, "name": "乙"}, Idempotency_Key="k")

        # The fingerprint does not cover the name: nothing that outlives it can tell the two apart.
        assert with_another_name.headers["Idempotency-Replayed"] == "true"
        assert small_door.get("J01", "/api/officers/N01", min_position=small_door.district.size).json()["name"] == "甲"


class TestVersions:
    def test_of_many_on_one_version_one_wins_and_the_others_learn_the_present_one(self, door: Door) -> None:
        first = door.drafted("I-2025-0001")
        contents = [door.stored(f"第{number}稿") for number in range(16)]

        with ThreadPoolExecutor(16) as pool:
            answers = list(
                pool.map(
                    lambda content: door.post(
                        "D02",
                        "/api/documents/I-2025-0001/revisions",
                        {"content": content, "reason": "修改"},
                        If_Match=first.headers["ETag"],
                    ),
                    contents,
                )
            )

        statuses = sorted(answer.status_code for answer in answers)
        assert statuses == [201, *[412] * 15]
        lost = next(answer for answer in answers if answer.status_code == 412)
        assert lost.json()["code"] == "VERSION_CONFLICT"
        assert (lost.json()["actual_version"], lost.headers["ETag"]) == (2, '"2"')
        assert len(door.district.entries("document.revised/1")) == 1

    def test_a_write_that_changes_what_was_read_must_say_what_was_read(self, door: Door) -> None:
        door.drafted("I-2025-0001")
        size = door.district.size

        answers = [
            door.post("D02", "/api/documents/I-2025-0001/revisions", {"content": door.stored("x"), "reason": "r"}),
            door.post("A02", "/api/documents/I-2025-0001/approvals", {}),
            door.post("S02", "/api/documents/I-2025-0001/secrecy-reviews", {"conclusion": "CLEARED", "ground": "g"}),
            door.post("P02", "/api/publications/I-2025-0001/corrections", {"reason": "r"}),
            door.post("P02", "/api/publications/I-2025-0001/withdrawals", {"reason_code": "ERROR", "reason": "r"}),
            door.post("P02", "/api/publications/I-2025-0001/supersessions", {"by_item": "I-2025-0002"}),
        ]

        assert [(one.status_code, one.json()["code"]) for one in answers] == [(428, "PRECONDITION_REQUIRED")] * 6
        assert door.district.size == size

    def test_the_version_in_hand_is_the_one_of_the_answer(self, door: Door) -> None:
        first = door.drafted("I-2025-0001").json()
        second = door.carried_out("D02", "/api/documents/I-2025-0001/attributes", {"attribute": "PROACTIVE"}).json()

        path = "/api/documents/I-2025-0001"
        now = door.get("D02", path, min_position=second["position"])
        before = door.get("D02", path, as_of_position=first["position"], min_position=second["position"])

        assert (now.headers["ETag"], now.json()["attribute"]) == ('"2"', "PROACTIVE")
        assert (before.headers["ETag"], before.json()["attribute"]) == ('"1"', None)

    def test_what_is_no_strong_tag_is_named(self, small_door: Door) -> None:
        small_door.drafted("I-2025-0001")

        for tag in ("1", 'W/"1"', '"1", "2"', '"x"', '"-1"'):
            answer = small_door.post("A02", "/api/documents/I-2025-0001/approvals", {}, If_Match=tag)

            assert answer.status_code == 422
            assert answer.json()["errors"][0]["pointer"] == "header:if-match"
