"""What hostile hands send: every answer is a 4xx problem that names the place, and nothing is recorded."""

from __future__ import annotations

import json
import time
from base64 import urlsafe_b64encode

import pytest

from tests.web.district import District, Door, open_door

JSON = {"Content_Type": "application/json"}
SHA = "0" * 64
CONTENT = f'{{"sha256":"{SHA}","size":1,"media_type":"text/html","name":"a"}}'


def draft(**members: str) -> bytes:
    """A draft's body, with some members spelt as given."""
    spelt = {"item": '"I-1"', "unit": '"U02"', "title": '"通知"', "content": CONTENT, **members}
    return ("{" + ",".join(f'"{name}":{value}' for name, value in spelt.items()) + "}").encode()


BODIES: dict[str, tuple[bytes, int, str]] = {
    "nothing": (b"", 422, "#"),
    "no JSON": (b"{", 400, "#"),
    "a word": (b"draft", 400, "#"),
    "more than one value": (b"{} {}", 400, "#"),
    "a list": (b"[]", 422, "#"),
    "a number": (b"1", 422, "#"),
    "null": (b"null", 422, "#"),
    "a member twice": (draft()[:-1] + b',"title":"x"}', 400, "title"),
    "a member twice, deep": (draft(content=CONTENT[:-1] + ',"size":2}'), 400, "size"),
    "NaN": (draft(policy="NaN"), 400, "NaN"),
    "-Infinity": (draft(policy="-Infinity"), 400, "Infinity"),
    "a float": (draft(content=CONTENT.replace(":1,", ":1.0,")), 400, "1.0"),
    "1e400": (draft(content=CONTENT.replace(":1,", ":1e400,")), 400, "1e400"),
    "2**64": (draft(content=CONTENT.replace(":1,", f":{2**64},")), 422, "#/content/size"),
    "2**53": (draft(content=CONTENT.replace(":1,", f":{2**53},")), 422, "#/content/size"),
    "a negative size": (draft(content=CONTENT.replace(":1,", ":-1,")), 422, "#/content/size"),
    "5,000 digits": (draft(content=CONTENT.replace(":1,", ":" + "9" * 5000 + ",")), 400, "#"),
    "nested 10,000 levels": (draft(title="[" * 10_000 + "]" * 10_000), 400, "levels"),
    "nested 40 levels": (draft(title="[" * 40 + "]" * 40), 422, "#/title"),
    "half a surrogate pair": (draft(title='"\\ud800"'), 422, "#/title"),
    "NUL": (draft(title='"a\\u0000b"'), 422, "#/title"),
    "a control character": (draft(title='"a\\u001bb"'), 422, "#/title"),
    "writing turned around": (draft(title='"a\\u202eb"'), 422, "#/title"),
    "blank": (draft(title='"  "'), 422, "#/title"),
    "too long": (draft(title='"' + "长" * 501 + '"'), 422, "#/title"),
    "bytes that are no UTF-8": (draft(title='"x"').replace(b"x", b"\xff"), 400, "UTF-8"),
    "UTF-16": (draft().decode().encode("utf-16"), 400, "#"),
    "a byte order mark": (b"\xef\xbb\xbf" + draft(), 400, "#"),
    "an unknown member": (draft(actor='"P01"'), 422, "#/actor"),
    "an unknown member, deep": (draft(content=CONTENT[:-1] + ',"path":"/etc/passwd"}'), 422, "#/content/path"),
    "a member that is not ASCII": (draft(标题='"x"'), 422, "#"),
    "text for a number": (draft(content=CONTENT.replace(":1,", ':"1",')), 422, "#/content/size"),
    "truth for a number": (draft(content=CONTENT.replace(":1,", ":true,")), 422, "#/content/size"),
    "a number for text": (draft(title="1"), 422, "#/title"),
    "a number for truth": (draft(policy="1"), 422, "#/policy"),
    "an identifier with a path": (draft(item='"../../I-1"'), 422, "#/item"),
    "an identifier with a line end": (draft(item='"I-1\\n"'), 422, "#/item"),
    "a hash in capitals": (draft(content=CONTENT.replace(SHA, "A" * 64)), 422, "#/content/sha256"),
    "a media type with a line end": (
        draft(content=CONTENT.replace("html", "html\\nx: y")),
        422,
        "#/content/media_type",
    ),
    "a day that is none": (draft(written_on='"2025-02-30"'), 422, "#/written_on"),
    "a day and more": (draft(written_on='"2025-02-03T00:00"'), 422, "#/written_on"),
    "a code of no list": (draft(phase='"everything"'), 422, "#/phase"),
    "300 attachments": (draft(attachments="[" + ",".join([CONTENT] * 300) + "]"), 422, "#/attachments"),
    "20,000 unknown members": (draft(**{f"m{n}": "1" for n in range(20_000)}), 422, "#/m0"),
}


def assert_refused(door: Door, size: int, answer: object, statuses: set[int]) -> dict[str, object]:
    """A problem, of one of these statuses, with nothing recorded."""
    status, headers, text = answer.status_code, answer.headers, answer.text  # type: ignore[attr-defined]
    assert status in statuses, text
    assert headers["Content-Type"] == "application/problem+json"
    problem: dict[str, object] = json.loads(text)
    assert problem["status"] == status
    assert problem["type"] == f"/problems/{problem['code']}"
    assert "Traceback" not in text
    assert door.district.size == size
    return problem


class TestBodies:
    @pytest.mark.parametrize("name", BODIES)
    def test_is_refused_with_its_place_and_leaves_no_trace(self, standing_door: Door, name: str) -> None:
        body, status, place = BODIES[name]
        size = standing_door.district.size
        began = time.process_time()

        answer = standing_door.raw("D02", "/api/documents", body, **JSON)

        assert time.process_time() - began < 1.0
        problem = assert_refused(standing_door, size, answer, {status})
        assert place in json.dumps(problem.get("errors", [{"pointer": "#"}]), ensure_ascii=False)

    def test_a_million_members_are_not_read_to_the_end(self, standing_door: Door) -> None:
        size = standing_door.district.size
        body = draft(**{f"m{n}": "1" for n in range(1_000_000)})

        answer = standing_door.raw("D02", "/api/documents", body, **JSON)

        problem = assert_refused(standing_door, size, answer, {413})
        assert problem["code"] == "BODY_TOO_LARGE"

    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"Content_Type": "text/plain"},
            {"Content_Type": "text/json"},
            {"Content_Type": "application/xml"},
            {"Content_Type": "application/merge-patch+json"},
            {"Content_Type": "multipart/form-data; boundary=x"},
            {"Content_Type": "application/json", "Content_Encoding": "gzip"},
        ],
    )
    def test_of_another_type_are_not_read_at_all(self, standing_door: Door, headers: dict[str, str]) -> None:
        size = standing_door.district.size

        answer = standing_door.raw("D02", "/api/documents", draft(), **headers)

        assert_refused(standing_door, size, answer, {415})

    def test_are_not_read_before_it_is_known_who_sends_them(self, standing_door: Door) -> None:
        answer = standing_door.raw(None, "/api/documents", b"{", **JSON)

        assert answer.status_code == 401

    def test_what_was_sent_does_not_come_back(self, standing_door: Door) -> None:
        answer = standing_door.raw("D02", "/api/documents", draft(title='"身份证 110101199003070000\\u0000"'), **JSON)

        assert "110101199003070000" not in answer.text


QUERIES = [
    "limit=0",
    "limit=201",
    "limit=-1",
    "limit=1e3",
    "limit=%00",
    "as_of_position=-1",
    "as_of_position=9007199254740992",
    "as_of_position=1&known_at=2025-01-01T00:00:00Z",
    "known_at=yesterday",
    "known_at=2025-01-01T00:00:00",
    "known_at=9999-12-31T23:59:59-23:59",
    "as_at=0001-01-01T00:00:00%2B23:59",
    "as_at=%00",
    "unit=%27%20OR%201=1",
    "unit=%00",
    "text=%00",
    "text=a%00b",
    "text=" + "x" * 101,
    "attribute=EVERYTHING",
    "status=%00",
    "cursor=x",
    "cursor=%00",
    "cursor=" + "A" * 1001,
    *(
        "cursor=" + urlsafe_b64encode(text.encode()).decode().rstrip("=")
        for text in (
            "[]",
            "{}",
            "1",
            "[1]",
            '[1,"a"]',
            '[1,"a","b","c"]',
            "[1,1,1]",
            '[1,"\\u0000","\\u0000"]',
            '["1","a","b"]',
            f'[{2**64},"a","b"]',
            f'[1,{2**64},"b"]',
            '[true,"a","b"]',
            '[-1,"a","b"]',
            "[1,null,null]",
            "[1.5,1.5,1.5]",
        )
    ),
]


class TestQueries:
    @pytest.mark.parametrize("query", QUERIES)
    def test_that_make_no_sense_are_named(self, standing_door: Door, query: str) -> None:
        size = standing_door.district.size

        answer = standing_door.client.get(f"/api/catalogue?{query}")

        if answer.status_code != 200:
            assert_refused(standing_door, size, answer, {422})
        else:
            # A cursor that happens to be well formed is answered with what comes after it.
            assert "cursor" in query
            assert answer.json()["rows"] == []

    @pytest.mark.parametrize("text", ["%", "_", "\\", "'", '"', "--", "*", "%25%27", "ﷺ", "\u202e"])
    def test_a_searched_text_is_only_a_text(self, standing_door: Door, text: str) -> None:
        answer = standing_door.get(None, "/api/catalogue", text=text)

        assert answer.status_code == 200

    def test_a_position_never_reached_is_not_waited_for_long(self, standing_door: Door) -> None:
        answer = standing_door.get(None, "/api/catalogue", min_position=2**53 - 1)

        assert (answer.status_code, answer.json()["code"]) == (503, "PROJECTION_BEHIND")
        assert answer.headers["Retry-After"] == "1"


class TestOnPostgreSQL:
    def test_cursors_that_nobody_gave_out_are_named_there_too(self, district_on_postgresql: District) -> None:
        with open_door(district_on_postgresql) as door:
            statuses = {query: door.client.get(f"/api/catalogue?{query}").status_code for query in QUERIES}
            trail = {
                query: door.get("J01", f"/api/trails/unit/U02?{query}").status_code
                for query in QUERIES
                if "cursor" in query
            }

        assert [query for query, status in statuses.items() if status >= 500] == []
        assert [query for query, status in trail.items() if status >= 500] == []


class TestAddresses:
    @pytest.mark.parametrize(
        "path",
        [
            "/nowhere",
            "/api",
            "/api/",
            "/api/catalogue/",
            "/api/catalogue/%00",
            "/api/catalogue/..%2f..%2fetc%2fpasswd",
            "/api/catalogue/%ff%fe",
            "/api/catalogue/" + "x" * 5000,
            "/api/register/I-1",
            "/api/register/I-1%230",
            "/api/contents/xyz?item=I-1",
            "/api/contents/" + SHA,
            "/api/contents/" + SHA + "?item=../x",
            "/api/problems/NO_SUCH_CODE",
            "/api/problems/%3Cscript%3E",
            "/api/events/0",
            "/api/events/99999999999999999999",
        ],
    )
    def test_that_lead_nowhere_say_so(self, standing_door: Door, path: str) -> None:
        size = standing_door.district.size

        answer = standing_door.client.get(path, headers=standing_door.headers("J01", None))

        assert_refused(standing_door, size, answer, {404, 422})

    @pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "X" * 30])
    def test_a_method_that_is_not_known_there_is_answered_with_those_that_are(
        self, standing_door: Door, method: str
    ) -> None:
        size = standing_door.district.size

        answer = standing_door.client.request(method, "/api/catalogue")

        problem = assert_refused(standing_door, size, answer, {405})
        assert problem["code"] == "METHOD_NOT_ALLOWED"
        assert "GET" in answer.headers["Allow"]


class TestHeaders:
    @pytest.mark.parametrize("given", ["a b", "x" * 65, "é", "", "a;b", "<script>"])
    def test_a_request_id_that_is_no_id_is_replaced(self, standing_door: Door, given: str) -> None:
        answer = standing_door.client.get("/health/live", headers={"X-Request-ID": given.encode()})  # type: ignore[dict-item]

        assert answer.headers["X-Request-ID"] != given
        assert len(answer.headers["X-Request-ID"]) == 32

    def test_one_that_is_comes_back(self, standing_door: Door) -> None:
        answer = standing_door.client.get("/nowhere", headers={"X-Request-ID": "desk-7.a_b"})

        assert answer.headers["X-Request-ID"] == answer.json()["request_id"] == "desk-7.a_b"
