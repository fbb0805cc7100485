"""Original contents: uploaded under their hash, handed to whoever may read them, shown in place to nobody."""

from __future__ import annotations

import base64
import hashlib

import pytest

from tests.web.district import District, Door, open_door


def address(content: dict[str, object], item: str) -> str:
    return f"/api/contents/{content['sha256']}?item={item}"


class TestUploads:
    def test_are_stored_under_their_hash(self, door: Door) -> None:
        for number, body in enumerate((b"", b"\x00\xff" * 1000, "公文".encode())):
            sent = door.client.put("/api/contents", content=body, headers=door.headers("D02", None))
            again = door.client.put("/api/contents", content=body, headers=door.headers("A02", None))

            assert sent.status_code == again.status_code == 201, number
            assert sent.json() == again.json() == {"sha256": hashlib.sha256(body).hexdigest(), "size": len(body)}
            assert door.district.ledger.contents.get(sent.json()["sha256"]) == body

    def test_small_ones_may_come_in_base64(self, small_door: Door) -> None:
        answer = small_door.post("D02", "/api/contents", {"base64": base64.b64encode(b"\xff\x00").decode()})

        assert answer.json() == {"sha256": hashlib.sha256(b"\xff\x00").hexdigest(), "size": 2}

    @pytest.mark.parametrize("text", ["a", "ab=", "a b=", "日本", "YQ==\n", "YQ", "_w=="])
    def test_what_is_no_base64_is_named(self, small_door: Door, text: str) -> None:
        answer = small_door.post("D02", "/api/contents", {"base64": text})

        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "#/base64")

    def test_larger_ones_than_allowed_are_not_kept(self, small_district: District) -> None:
        with open_door(small_district, largest_content=2000) as door:
            headers = door.headers("D02", None)
            exact = door.client.put("/api/contents", content=b"x" * 2000, headers=headers)
            announced = door.client.put("/api/contents", content=b"x" * 2001, headers=headers)
            counted = door.client.put("/api/contents", content=iter([b"x" * 1500, b"x" * 1500]), headers=headers)

        assert exact.status_code == 201
        assert (announced.status_code, announced.json()["code"]) == (413, "BODY_TOO_LARGE")
        assert (counted.status_code, counted.json()["code"]) == (413, "BODY_TOO_LARGE")

    def test_are_taken_from_officers_with_a_post_only(self, small_door: Door) -> None:
        small_door.district.as_administrator("register_officer", officer="N09")

        assert small_door.client.put("/api/contents", content=b"x").status_code == 401
        answer = small_door.client.put("/api/contents", content=b"x", headers=small_door.headers("N09", None))
        assert (answer.status_code, answer.json()["code"]) == (403, "NOT_PERMITTED")

    def test_a_document_cannot_cite_what_was_never_sent(self, small_door: Door) -> None:
        content = {"sha256": "0" * 64, "size": 1, "media_type": "text/html", "name": "a"}
        body = {"item": "I-2025-0001", "unit": "U02", "title": "通知", "content": content}

        answer = small_door.post("D02", "/api/documents", body)

        assert (answer.status_code, answer.json()["code"]) == (409, "CONTENT_NOT_STORED")


class TestReading:
    def test_everybody_reads_what_stands_published(self, door: Door) -> None:
        position = door.published("I-2025-0001", "公开的全文").json()["position"]
        (entry,) = door.district.entries("publication.published/1")
        assert door.get(None, "/api/catalogue", min_position=position).status_code == 200

        answer = door.get(None, address(entry.data["content"], "I-2025-0001"))

        assert (answer.status_code, answer.text) == (200, "公开的全文")
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["Content-Disposition"] == (
            "attachment; filename=\"__.html\"; filename*=UTF-8''%E9%80%9A%E7%9F%A5.html"
        )
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"].startswith("sandbox")

    def test_a_draft_is_its_units_own(self, door: Door) -> None:
        content = door.stored("草稿")
        body = {"item": "I-2025-0001", "unit": "U02", "title": "通知", "content": content}
        position = door.carried_out("D02", "/api/documents", body).json()["position"]
        assert door.get("D02", "/api/documents", min_position=position).status_code == 200
        assert door.get(None, "/api/catalogue", min_position=position).status_code == 200
        path = address(content, "I-2025-0001")

        assert door.get(None, path).status_code == 401
        assert door.get("A05", path).status_code == 404
        assert door.get("A02", path).text == "草稿"
        assert door.get("J01", path).text == "草稿"

    def test_a_content_is_not_read_by_way_of_another_item(self, small_door: Door) -> None:
        small_door.published("I-2025-0001")
        hidden = small_door.stored("另一件的草稿")
        body = {"item": "I-2025-0002", "unit": "U02", "title": "通知", "content": hidden}
        position = small_door.carried_out("D02", "/api/documents", body).json()["position"]
        assert small_door.get(None, "/api/catalogue", min_position=position).status_code == 200

        assert small_door.get(None, address(hidden, "I-2025-0001")).status_code == 401
        assert small_door.get("J01", address(hidden, "I-2025-0001")).status_code == 404

    def test_a_severed_text_is_read_by_its_unit_once_it_is_approved(self, small_door: Door) -> None:
        item, door = "I-2025-0001", small_door
        severed = door.stored("隐去住址的文本")
        door.drafted(item)
        passages = [{"locator": "第二页", "reason": "个人住址", "basis": "条例第十五条"}]
        attribute = {"attribute": "PARTIAL", "severed_passages": passages}
        door.carried_out("D02", f"/api/documents/{item}/attributes", attribute)
        door.carried_out("A02", f"/api/documents/{item}/attribute-reviews", {"conclusion": "CONFIRMED"})
        submitted = door.carried_out("D02", f"/api/documents/{item}/submissions", {})
        assert door.get("J01", "/api/catalogue", min_position=submitted.json()["position"]).status_code == 200
        assert door.get("S02", address(severed, item)).status_code == 404

        approval = {"content_sha256": severed["sha256"]}
        door.carried_out("A02", f"/api/documents/{item}/approvals", approval, If_Match=submitted.headers["ETag"])

        answer = door.get("S02", address(severed, item))
        assert (answer.status_code, answer.text) == (200, "隐去住址的文本")
        assert answer.headers["Ledger-Media-Type"] == "application/octet-stream"
        assert door.get("A05", address(severed, item)).status_code == 404
        assert door.get(None, address(severed, item)).status_code == 401

    def test_a_withdrawal_counts_from_its_very_entry(self, small_district: District) -> None:
        with open_door(small_district) as door:
            published = door.published("I-2025-0001")
            (entry,) = small_district.entries("publication.published/1")
            path = address(entry.data["content"], "I-2025-0001")
            assert door.get(None, "/api/catalogue", min_position=published.json()["position"]).status_code == 200
            assert door.get(None, path).status_code == 200
        with open_door(small_district, run_projections=False) as door:
            door.carried_out(
                "P02",
                "/api/publications/I-2025-0001/withdrawals",
                {"reason_code": "SUSPECTED_SECRET", "reason": "涉嫌涉密"},
                If_Match=published.headers["ETag"],
            )

            assert door.get(None, "/api/catalogue/I-2025-0001").json()["status"] == "published"
            assert door.get(None, path).status_code == 401
            assert door.get("P02", path).status_code == 200

    def test_what_was_corrected_is_public_no_longer(self, small_door: Door) -> None:
        published = small_door.published("I-2025-0001", "第一稿")
        position = published.json()["position"]
        revision = {"content": small_door.stored("第二稿"), "reason": "更正"}
        etag = small_door.etag("D02", "/api/documents/I-2025-0001", position)
        small_door.carried_out("D02", "/api/documents/I-2025-0001/revisions", revision, If_Match=etag)
        small_door.reviewed("I-2025-0001", small_door.way_up("I-2025-0001").headers["ETag"])
        corrected = small_door.carried_out(
            "P02",
            "/api/publications/I-2025-0001/corrections",
            {"reason": "更正"},
            If_Match=published.headers["ETag"],
        ).json()
        assert small_door.get(None, "/api/catalogue", min_position=corrected["position"]).status_code == 200

        first, second = (
            entry.data["content"]
            for entry in small_door.district.entries("publication.published/1", "publication.corrected/1")
        )
        assert small_door.get(None, address(first, "I-2025-0001")).status_code == 401
        assert small_door.get(None, address(second, "I-2025-0001")).text == "第二稿"
        assert small_door.get("D02", address(first, "I-2025-0001")).text == "第一稿"


class TestSealed:
    def test_opens_to_the_named_posts_alone_and_every_opening_is_recorded(self, door: Door) -> None:
        door.published("I-2025-0001", "封存的内容")
        (entry,) = door.district.entries("publication.published/1")
        path = address(entry.data["content"], "I-2025-0001")
        sealed = door.carried_out(
            "S02", "/api/publications/I-2025-0001/seals", {"reason": "涉嫌涉密", "readers": ["investigator"]}
        ).json()
        assert door.get(None, "/api/catalogue", min_position=sealed["position"]).status_code == 200

        answers = {officer: door.get(officer, path) for officer in (None, "P02", "J01", "X03")}
        opened = door.get("T04", path)

        for officer, answer in answers.items():
            assert (answer.status_code, answer.json()["code"]) == (403, "CONTENT_SEALED"), officer
            assert "封存的内容" not in answer.text
        assert (opened.status_code, opened.text) == (200, "封存的内容")
        (reading,) = door.district.entries("ledger.consulted/1")
        assert (reading.actor.officer if reading.actor else None, reading.data["subject"]) == ("T04", "I-2025-0001")

    def test_is_readable_again_once_unsealed(self, small_door: Door) -> None:
        small_door.published("I-2025-0001", "曾经封存")
        (entry,) = small_door.district.entries("publication.published/1")
        path = address(entry.data["content"], "I-2025-0001")
        small_door.carried_out("S02", "/api/publications/I-2025-0001/seals", {"reason": "核查"})

        unsealed = small_door.carried_out(
            "T04", "/api/publications/I-2025-0001/unsealings", {"reason": "核查完毕"}
        ).json()

        assert small_door.get(None, "/api/catalogue", min_position=unsealed["position"]).status_code == 200
        assert small_door.get(None, path).text == "曾经封存"
