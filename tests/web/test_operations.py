"""What whoever runs the service relies on: health, figures, headers, logs, settings, and a database that goes away."""

from __future__ import annotations

import contextlib
import json
import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from pydantic import ValidationError

from aggregates.registry import Registry
from ledger.errors import QueueFull
from tests.support.postgres import PostgresServer
from tests.web.district import District, Door, open_door
from tests.web.server import Server, running_server
from web.settings import Settings, UnusableSettings


class TestHealth:
    def test_is_alive_and_ready(self, door: Door) -> None:
        assert door.client.get("/health/live").json() == {"status": "live"}
        ready = door.client.get("/health/ready")
        assert (ready.status_code, ready.json()["status"]) == (200, "ready")
        assert set(ready.json()["checks"].values()) == {"ok"}

    def test_is_not_ready_while_a_projection_is_far_behind(self, small_district: District) -> None:
        with open_door(small_district) as door:
            assert door.client.get("/health/ready").status_code == 200
        with open_door(small_district, run_projections=False, largest_lag=1) as door:
            for number in range(2):
                door.drafted(f"I-2025-000{number}")
            ready = door.client.get("/health/ready")

        assert (ready.status_code, ready.json()["status"]) == (503, "not ready")
        assert ready.json()["checks"]["projection:register"] == "2 entries behind"
        assert "Retry-After" in ready.headers

    def test_is_not_ready_before_the_projections_are_written(self, small_district: District) -> None:
        with open_door(small_district, run_projections=False) as door:
            ready = door.client.get("/health/ready")

        assert ready.status_code == 503
        assert ready.json()["checks"]["projection:register"].startswith("not written yet")

    def test_is_not_ready_on_another_schema(self, small_district: District) -> None:
        with open_door(small_district) as door:
            with small_district.database.writing() as connection:
                connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")

            ready = door.client.get("/health/ready")

        assert ready.status_code == 503
        assert "run the migration" in ready.json()["checks"]["schema"]


class TestMetrics:
    def test_are_not_for_everybody(self, standing_door: Door) -> None:
        assert standing_door.client.get("/metrics").status_code == 401
        assert standing_door.get("P02", "/metrics").status_code == 403
        assert standing_door.get("ADM", "/metrics").status_code == 200

    def test_are_for_whom_the_settings_name(self, small_district: District) -> None:
        with open_door(small_district, metrics_token="scrape-me") as door:
            with_token = door.client.get("/metrics", headers={"Authorization": "Bearer scrape-me"})
            with_another = door.client.get("/metrics", headers={"Authorization": "Bearer scrape-you"})
        with open_door(small_district, metrics_public=True) as door:
            without = door.client.get("/metrics")

        assert [with_token.status_code, with_another.status_code, without.status_code] == [200, 401, 200]

    def test_count_what_happened(self, small_district: District) -> None:
        with open_door(small_district, metrics_public=True) as door:
            door.cleared("I-2025-0001")
            door.post("P02", "/api/publications", {"item": "I-2025-0002", "channels": ["CH-01"]})
            door.client.get("/nowhere/at/all")
            door.client.get("/api/me", headers={"Authorization": "Bearer dl_x_y"})
            text = door.client.get("/metrics").text

        def value(sample: str) -> float:
            found = re.search(rf"^{re.escape(sample)} ([0-9.e+-]+)$", text, flags=re.MULTILINE)
            assert found is not None, sample
            return float(found[1])

        assert value('ledger_refusals_total{code="NOT_REVIEWED"}') == 1
        assert value('ledger_command_duration_seconds_count{command="approve_document"}') == 1
        assert value("ledger_head_position") == small_district.size
        assert value("ledger_committed_events_total") >= 7
        assert value("ledger_largest_batch") >= 1
        assert value("ledger_commands_waiting") == 0
        assert value("ledger_tokens_refused_total") == 1
        assert value("ledger_database_up") == 1
        assert value('ledger_projection_stopped{projection="register"}') == 0
        route = '{method="POST",route="/api/documents/{item}/approvals",status="201"}'
        assert value(f"ledger_http_duration_seconds_count{route}") == 1
        unmatched = '{method="GET",route="unmatched",status="404"}'
        assert value(f"ledger_http_duration_seconds_count{unmatched}") == 1
        assert "I-2025-0001" not in text


HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


class TestHeaders:
    @pytest.mark.parametrize(
        "path", ["/api/catalogue", "/nowhere", "/health/live", "/api/me", "/api/openapi.json", "/api/contents/x"]
    )
    def test_guard_every_answer_whatever_it_is(self, standing_door: Door, path: str) -> None:
        answer = standing_door.client.get(path)

        for name, value in HEADERS.items():
            assert answer.headers[name] == value, name
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "referrer-policy" in answer.headers
        assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["x-request-id"])
        assert "strict-transport-security" not in answer.headers

    def test_guard_an_answer_that_nobody_foresaw_which_tells_nothing(
        self, standing_door: Door, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def broken(*_: object, **__: object) -> None:
            raise RuntimeError("SELECT secret FROM tokens -- 110101199003070000")

        monkeypatch.setattr(Registry, "register_unit", broken)
        body = {"unit": "U77", "name_zh": "x", "name_en": "x", "kind": "department"}
        answer = standing_door.post("ADM", "/api/units", body)

        assert (answer.status_code, answer.json()["code"]) == (500, "INTERNAL")
        assert answer.headers["content-type"] == "application/problem+json"
        assert all(answer.headers[name] == value for name, value in HEADERS.items())
        logged = capsys.readouterr().out
        assert "secret" not in answer.text + logged
        assert "110101199003070000" not in answer.text + logged
        (line,) = [json.loads(line) for line in logged.splitlines() if "unforeseen_error" in line]
        assert line["kind"] == "RuntimeError"
        assert line["request_id"] == answer.json()["request_id"]
        assert line["at"][-1].endswith("broken")


class TestOpenApi:
    @pytest.fixture(scope="class")
    @staticmethod
    def schema(standing_door: Door) -> dict[str, object]:
        answer = standing_door.client.get("/api/openapi.json")
        assert answer.status_code == 200
        return answer.json()

    def test_is_3_1_and_describes_every_address_of_the_api(self, schema: dict, standing_door: Door) -> None:
        described = {
            f"{method.upper()} {path}" for path, operations in schema["paths"].items() for method in operations
        }
        doors = {door.address for door in standing_door.app.state.doors.by_endpoint.values()}
        expected = {
            address.replace(":path}", "}")
            for address in doors
            if re.match(r"[A-Z]+ /(api|health|metrics|tlog)", address) and "openapi.json" not in address
        }

        assert schema["openapi"].startswith("3.1")
        assert described == expected

    def test_lists_the_problems_of_every_address(self, schema: dict) -> None:
        problem = {"$ref": "#/components/schemas/Problem"}
        for path, operations in schema["paths"].items():
            for method, operation in operations.items():
                for status, answer in operation["responses"].items():
                    content = answer.get("content", {})
                    if int(status) >= 400 and "ready" not in path:
                        assert content == {"application/problem+json": {"schema": problem}}, (method, path, status)
                if method in {"post", "put", "delete"}:
                    assert {"401", "403", "413", "422", "503"} <= set(operation["responses"]), path

    def test_says_who_must_sign_in_and_which_writes_need_a_version(self, schema: dict) -> None:
        publishing = schema["paths"]["/api/publications"]["post"]
        approving = schema["paths"]["/api/documents/{item}/approvals"]["post"]

        assert publishing["security"] == [{"token": []}]
        assert "security" not in schema["paths"]["/api/catalogue"]["get"]
        assert "428" in approving["responses"]
        assert "428" not in publishing["responses"]
        assert publishing["x-policy"] == "command:publish_information"

    def test_never_lets_a_body_say_who_acts(self, schema: dict) -> None:
        for name, model in schema["components"]["schemas"].items():
            if name in {"Problem", "Receipt"}:
                continue
            assert model.get("additionalProperties") is False, name
            assert not {"actor", "deed", "credential", "occurred_at", "recorded_at"} & set(model["properties"]), name

    def test_every_code_that_a_problem_may_carry_is_explained(self, standing_door: Door) -> None:
        codes = [one["code"] for one in standing_door.client.get("/api/problems").json()["problems"]]

        assert {"NOT_REVIEWED", "NOT_SIGNED_IN", "VERSION_CONFLICT", "SEGREGATION_OF_DUTIES"} <= set(codes)
        one = standing_door.client.get("/api/problems/NOT_REVIEWED").json()
        assert (one["article"], one["zh"], one["status"]) == ("(四)", "未经保密审查", 409)
        assert one["sentence_en"]


class TestLog:
    def test_is_one_line_of_json_an_event_and_tells_no_secrets(self, small_district: District, tmp_path: Path) -> None:
        with running_server(small_district, tmp_path) as server:
            server.get("J01", "/api/catalogue", text="机密检索词", limit=3)
            server.client.get("/api/catalogue/I-2025-0001?token=dl_secret")
            server.client.get("/%0d%0aINJECTED: line", headers={"X-Request-ID": "a b"})
            server.post("ADM", "/api/officers", {"officer": "N01", "name": "某某某"})
            server.stop()
            lines = server.log

        told = "\n".join(lines)
        for secret in ("机密检索词", "dl_", "I-2025-0001", "INJECTED", "某某某", "?", "Traceback"):
            assert secret not in told, secret
        answers = [json.loads(line) for line in lines if line.startswith("{")]
        assert ("GET", "/api/catalogue", 200) in {
            (one.get("method"), one.get("route"), one.get("status")) for one in answers
        }
        assert all(set(one) >= {"event", "level", "timestamp"} for one in answers)


class TestSettings:
    def test_come_from_the_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("LEDGER_DATABASE_URL", "postgresql://ledger@db/ledger")
        monkeypatch.setenv("LEDGER_LARGEST_CONTENT", "1000")

        settings = Settings()

        assert (settings.address, settings.largest_content) == ("postgresql://ledger@db/ledger", 1000)
        assert (settings.is_embedded, settings.projects, settings.creates_schema) == (False, False, False)

    def test_may_stand_in_files(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        secret = tmp_path / "url"
        secret.write_text("postgresql://ledger:geheim@db/ledger\n", encoding="utf-8")
        monkeypatch.delenv("LEDGER_DATABASE_URL", raising=False)
        monkeypatch.setenv("LEDGER_DATABASE_URL_FILE", str(secret))

        settings = Settings()

        assert settings.address == "postgresql://ledger:geheim@db/ledger"
        assert "geheim" not in repr(settings)

    def test_said_twice_or_unreadable_are_refused(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("LEDGER_METRICS_TOKEN_FILE", str(tmp_path / "missing"))
        with pytest.raises(UnusableSettings, match="LEDGER_METRICS_TOKEN_FILE names a file that cannot be read"):
            Settings()

        monkeypatch.setenv("LEDGER_METRICS_TOKEN", "x")
        with pytest.raises(UnusableSettings, match="both LEDGER_METRICS_TOKEN_FILE and"):
            Settings()

    def test_that_make_no_sense_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("LEDGER_COMMAND_THREADS", "0")

        with pytest.raises(ValidationError):
            Settings()

    def test_alone_open_a_file_in_the_present_folder(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("LEDGER_DATABASE_URL", raising=False)

        settings = Settings()

        assert (settings.address, settings.projects, settings.creates_schema) == ("disclosure-ledger.db", True, True)


class TestOverload:
    def test_a_full_queue_is_said_to_be_full(self, standing_door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(*_: object, **__: object) -> None:
            raise QueueFull(8192)

        monkeypatch.setattr(Registry, "register_unit", full)
        body = {"unit": "U77", "name_zh": "x", "name_en": "x", "kind": "department"}
        answer = standing_door.post("ADM", "/api/units", body)

        assert (answer.status_code, answer.json()["code"]) == (503, "BUSY")
        assert answer.headers["Retry-After"] == "1"

    def test_what_would_wait_too_long_is_turned_away_at_once(
        self, small_district: District, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        go_on = threading.Event()
        monkeypatch.setattr(Registry, "register_unit", lambda *_, **__: go_on.wait(30))
        body = {"unit": "U77", "name_zh": "x", "name_en": "x", "kind": "department"}
        with open_door(small_district, command_threads=1, backlog=1) as door, ThreadPoolExecutor(2) as pool:
            held = [pool.submit(door.post, "ADM", "/api/units", body) for _ in range(2)]
            deadline = time.monotonic() + 10
            while door.app.state.service._commanding.in_hand < 2:
                assert time.monotonic() < deadline

            turned_away = door.post("ADM", "/api/units", body)
            alive = door.client.get("/health/live")
            go_on.set()
            assert [future.result().status_code for future in held] == [500, 500]  # what waited was no receipt

        assert (turned_away.status_code, turned_away.json()["code"]) == (503, "BUSY")
        assert alive.status_code == 200


@pytest.fixture(scope="class")
def own_postgres() -> Iterator[PostgresServer]:
    with PostgresServer(durable=True) as postgres:
        yield postgres


@pytest.fixture
def server_on_own_postgres(own_postgres: PostgresServer, tmp_path: Path) -> Iterator[Server]:
    district = District(own_postgres.create_database())
    district.token("P02")
    with running_server(district, tmp_path, heartbeat_s="1") as running:
        yield running
    district.close()


class TestDatabaseAway:
    def test_is_a_503_until_it_is_back_and_nothing_is_restarted(
        self, own_postgres: PostgresServer, server_on_own_postgres: Server
    ) -> None:
        server = server_on_own_postgres
        server.cleared("I-2025-0001")
        body = {"item": "I-2025-0001", "channels": ["CH-01"]}

        own_postgres.stop()
        write = server.post("P02", "/api/publications", body, Idempotency_Key="once")
        read = server.get(None, "/api/catalogue")
        live = server.client.get("/health/live")
        ready = server.client.get("/health/ready")
        metrics = server.client.get("/metrics")

        for answer in (write, read):
            assert (answer.status_code, answer.json()["code"]) == (503, "UNAVAILABLE")
            assert answer.headers["Content-Type"] == "application/problem+json"
            assert int(answer.headers["Retry-After"]) >= 1
        assert live.status_code == 200
        assert (ready.status_code, ready.json()["checks"]) == (503, {"database": "the database does not answer"})
        assert metrics.status_code == 401

        own_postgres.start()
        answers = self.repeated_until_answered(server, body)

        assert answers[-1].status_code == 201
        assert {answer.status_code for answer in answers} <= {201, 503}
        assert len(server.district.entries("publication.published/1")) == 1
        assert self.ready_within(server, 20)

    def test_ends_a_stream_which_goes_on_where_it_was(
        self, own_postgres: PostgresServer, server_on_own_postgres: Server
    ) -> None:
        server = server_on_own_postgres
        headers, size = server.headers("J01", None), server.district.size
        with server.client.stream("GET", "/api/events/stream", params={"after": size - 1}, headers=headers) as answer:
            lines = answer.iter_lines()
            assert any(line == f"id: {size}" for line in lines)
            own_postgres.stop()
            with contextlib.suppress(httpx.TransportError):
                assert not any("data:" in line for line in lines)
        own_postgres.start()
        assert self.ready_within(server, 30)
        server.drafted("I-2025-0001")

        resumed = {**headers, "Last-Event-ID": str(size)}
        with server.client.stream("GET", "/api/events/stream", headers=resumed) as answer:
            assert any(line == f"id: {size + 1}" for line in answer.iter_lines())
        assert not any("Traceback" in line for line in server.log)

    def test_in_the_middle_of_a_crowd_loses_and_doubles_nothing(
        self, own_postgres: PostgresServer, server_on_own_postgres: Server
    ) -> None:
        server = server_on_own_postgres
        content = server.stored("全文")

        def draft(number: int) -> int:
            body = {"item": f"I-2025-{number:04}", "unit": "U02", "title": "通知", "content": content}
            deadline = time.monotonic() + 60
            while True:
                answer = server.post("D02", "/api/documents", body, Idempotency_Key=f"draft-{number}")
                if answer.status_code != 503:
                    return answer.status_code
                assert time.monotonic() < deadline
                time.sleep(0.2)

        with ThreadPoolExecutor(12) as pool:
            waiting = [pool.submit(draft, number) for number in range(120)]
            time.sleep(0.3)
            own_postgres.kill()
            own_postgres.start()
            statuses = {future.result() for future in waiting}

        assert statuses == {201}
        drafted = [entry.stream for entry in server.district.entries("document.drafted/1")]
        assert sorted(drafted) == [f"document/I-2025-{number:04}" for number in range(120)]

    @staticmethod
    def repeated_until_answered(server: Server, body: dict[str, object]) -> list[httpx.Response]:
        answers: list[httpx.Response] = []
        deadline = time.monotonic() + 30
        while not answers or (answers[-1].status_code == 503 and time.monotonic() < deadline):
            answers.append(server.post("P02", "/api/publications", body, Idempotency_Key="once"))
            time.sleep(0.1)
        return answers

    @staticmethod
    def ready_within(server: Server, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if server.client.get("/health/ready").status_code == 200:
                return True
            time.sleep(0.1)
        return False
