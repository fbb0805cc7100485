"""Who gets in: tokens, posts, units, browsers; every route by its policy, none without one."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from fastapi import APIRouter, FastAPI
from starlette.routing import Mount

from aggregates.registry import Registry
from aggregates.vocabulary import COMMANDS, Command
from tests.web.district import District, Door, open_door
from web.app import create_app
from web.policies import POLICIES, Doors, UnguardedRoute, addresses
from web.policy import PUBLIC, SIGNED_IN
from web.settings import Settings


@pytest.fixture(scope="module")
def application() -> FastAPI:
    return create_app(Settings(database_url="never-opened.db"))


class TestPolicies:
    def test_every_route_has_one_also_those_of_nested_routers(self, application: FastAPI) -> None:
        known = {door.address for door in application.state.doors.by_endpoint.values()}
        walked = {address for address, *_ in addresses(application.routes)}

        assert set(POLICIES) <= walked
        assert known <= walked
        assert len(walked) > 60

    def test_an_application_with_a_route_nobody_thought_about_does_not_start(self) -> None:
        inner, outer = APIRouter(prefix="/inner"), APIRouter(prefix="/outer")

        @inner.get("/forgotten")
        async def forgotten() -> None: ...

        outer.include_router(inner)
        app = FastAPI(openapi_url=None)
        app.include_router(outer)

        with pytest.raises(UnguardedRoute, match="GET /outer/inner/forgotten"):
            Doors.of(app.routes, {})

    def test_a_policy_without_a_route_is_a_mistake_too(self, application: FastAPI) -> None:
        with pytest.raises(UnguardedRoute, match="GET /gone"):
            Doors.of(application.routes, {**dict.fromkeys(_addresses(application), PUBLIC), "GET /gone": PUBLIC})

    def test_what_cannot_ask_who_is_there_can_only_be_public(self) -> None:
        mounted = Mount("/files", app=FastAPI())

        with pytest.raises(UnguardedRoute, match="MOUNT /files"):
            Doors.of([mounted], {"MOUNT /files": SIGNED_IN})

    def test_every_command_of_the_registry_has_its_door(self) -> None:
        commands = {policy.command for policy in POLICIES.values() if policy.command}

        assert commands == {str(command) for command in COMMANDS}
        assert all(callable(getattr(Registry, command)) for command in commands)

    def test_a_body_asks_for_exactly_what_the_registry_takes(self, application: FastAPI) -> None:
        for endpoint, door in application.state.doors.by_endpoint.items():
            if not door.policy.command or door.policy.command == str(Command.RECORD_HISTORIC):
                continue
            asked = set(re.findall(r"{(\w+)}", door.template))
            for parameter in inspect.signature(endpoint).parameters.values():
                asked |= set(getattr(parameter.annotation, "model_fields", ()))
            taken = set(inspect.signature(getattr(Registry, door.policy.command)).parameters)
            # The link's token stays at the door; the Registry gets its hash.
            asked = {"status_token_sha256" if name == "status_token" else name for name in asked}
            # The founder is whoever has signed in; an item's latest publication is meant where none is named.
            beside = {"found_district": {"officer"}, "delete_publication": {"publication"}}.get(
                door.policy.command, set()
            )

            assert asked == taken - {"self", "deed", "expected_version"} - beside, door.address


def _addresses(application: FastAPI) -> Iterator[str]:
    return (address for address, *_ in addresses(application.routes))


class TestEveryDoor:
    """The matrix of routes and readers: what each policy promises, at every address."""

    def test_opens_to_nobody_unknown_unless_it_is_public(self, small_door: Door) -> None:
        for address, policy in POLICIES.items():
            method, path = address.split(" ")
            answer = small_door.client.request(method, _filled(path), json={} if method == "POST" else None)

            if policy.signed_in:
                assert answer.status_code == 401, address
                assert answer.headers["WWW-Authenticate"].startswith("Bearer"), address
                assert answer.json()["code"] == "NOT_SIGNED_IN", address

    def test_opens_to_no_token_that_is_wrong_expired_or_revoked(self, small_door: Door) -> None:
        district = small_door.district
        expired = district.tokens.issue("P02", "old", timedelta(seconds=-1)).text
        revoked = district.tokens.issue("P02", "gone", timedelta(days=1))
        district.tokens.revoke(revoked.token.token_id)
        good = district.token("P02")
        wrong = ["", "Bearer", "Bearer ", f"Basic {good}", f"Bearer {good}x", f"Bearer {good[:-1]}", "Bearer dl__"]

        headers = [*wrong, f"Bearer {expired}", f"Bearer {revoked.text}", f"Bearer {'x' * 5000}", "Bearer ünlesbar"]
        answers = [
            small_door.client.get("/api/me", headers={"Authorization": header.encode()})  # type: ignore[dict-item]
            for header in headers
        ]

        assert [answer.status_code for answer in answers] == [401] * len(headers)

    def test_a_wrong_token_is_an_error_even_where_everybody_may_read(self, small_door: Door) -> None:
        answer = small_door.client.get("/api/catalogue", headers={"Authorization": "Bearer dl_x_y"})

        assert answer.status_code == 401

    def test_supervision_is_not_for_the_units(self, small_door: Door) -> None:
        for address, policy in POLICIES.items():
            method, path = address.split(" ")
            if policy.name == "supervision" and path != "/api/events/stream":
                answers = [
                    small_door.client.request(
                        method,
                        _filled(path),
                        headers=small_door.headers(officer, None),
                        json={"first": 1} if method == "POST" else None,
                    ).status_code
                    for officer in (None, "P02", "J01")
                ]
                assert answers[:2] == [401, 403], address
                assert answers[2] in {200, 404}, address

    def test_a_revoked_token_ends_at_once_where_nothing_is_remembered(self, small_door: Door) -> None:
        issued = small_door.district.tokens.issue("P02", "laptop", timedelta(days=1))
        headers = {"Authorization": f"Bearer {issued.text}"}
        before = small_door.client.get("/api/me", headers=headers).status_code

        small_door.district.tokens.revoke(issued.token.token_id)

        assert (before, small_door.client.get("/api/me", headers=headers).status_code) == (200, 401)

    def test_a_remembered_token_ends_within_the_time_it_is_believed(self, small_district: District) -> None:
        with open_door(small_district, credential_memory_s=0.2) as door:
            issued = small_district.tokens.issue("P02", "laptop", timedelta(days=1))
            headers = {"Authorization": f"Bearer {issued.text}"}
            assert door.client.get("/api/me", headers=headers).status_code == 200

            small_district.tokens.revoke(issued.token.token_id)
            deadline = datetime.now(UTC) + timedelta(seconds=2)
            while door.client.get("/api/me", headers=headers).status_code == 200:
                assert datetime.now(UTC) < deadline


def _filled(path: str) -> str:
    values = {"{sha256}": "0" * 64 + "?item=I-1", "{position}": "1", "{publication}": "I-1%231", "{kind}": "item"}
    for name, value in values.items():
        path = path.replace(name, value)
    return "/".join("I-1" if part.startswith("{") else part for part in path.split("/"))


class TestActingPost:
    def test_a_post_not_held_is_refused_and_recorded(self, door: Door) -> None:
        door.drafted("I-2025-0001")

        refused = door.post("D02", "/api/publications", {"item": "I-2025-0001", "channels": ["CH-01"]})
        claimed = door.post(
            "D02", "/api/publications", {"item": "I-2025-0001", "channels": ["CH-01"]}, Acting_Post="publisher@U02"
        )

        assert (refused.status_code, refused.json()["code"]) == (403, "POST_NOT_ENTITLED")
        assert (claimed.status_code, claimed.json()["code"]) == (403, "POST_NOT_HELD")
        codes = [entry.data["code"] for entry in door.district.entries("attempt.refused/1")]
        assert codes == ["POST_NOT_ENTITLED", "POST_NOT_HELD"]

    def test_another_units_affair_is_refused_and_recorded(self, door: Door) -> None:
        door.drafted("I-2025-0001")

        refused = door.post("D05", "/api/documents/I-2025-0001/attributes", {"attribute": "WITHHELD"})

        assert (refused.status_code, refused.json()["code"]) == (403, "OTHER_UNIT")
        (attempt,) = door.district.entries("attempt.refused/1")
        assert (attempt.actor.officer if attempt.actor else None, attempt.data["subject"]) == ("D05", "I-2025-0001")

    def test_an_officer_without_any_post_is_refused_and_recorded(self, small_door: Door) -> None:
        small_door.district.as_administrator("register_officer", officer="N09")

        refused = small_door.post("N09", "/api/publications", {"item": "I-2025-0001", "channels": ["CH-01"]})

        assert (refused.status_code, refused.json()["code"]) == (403, "POST_NOT_HELD")
        (attempt,) = small_door.district.entries("attempt.refused/1")
        assert attempt.actor is not None
        assert (attempt.actor.officer, attempt.actor.post, attempt.actor.unit) == ("N09", "publisher", "none")

    def test_one_of_several_posts_must_be_named(self, small_door: Door) -> None:
        district = small_door.district
        small_door.cleared("I-2025-0001")
        for unit in ("U02", "U05"):
            district.as_administrator(
                "appoint_officer", officer="G01", unit=unit, post="publisher", from_date="2024-01-01"
            )
        body = {"item": "I-2025-0001", "channels": ["CH-01"]}

        open_question = small_door.post("G01", "/api/publications", body)
        half_named = small_door.post("G01", "/api/publications", body, Acting_Post="publisher")
        named = small_door.post("G01", "/api/publications", body, Acting_Post="publisher@U02")

        assert (open_question.status_code, open_question.json()["code"]) == (409, "POST_AMBIGUOUS")
        assert open_question.json()["choices"] == ["publisher@U02", "publisher@U05"]
        assert half_named.json()["code"] == "POST_AMBIGUOUS"
        assert named.status_code == 201

    def test_the_unit_that_is_written_about_decides_between_two_posts(self, small_door: Door) -> None:
        small_door.district.as_administrator(
            "appoint_officer", officer="D02", unit="U05", post="drafter", from_date="2024-01-01"
        )

        answer = small_door.post(
            "D02",
            "/api/documents",
            {"item": "I-2025-0009", "unit": "U05", "title": "通知", "content": small_door.stored("x")},
        )

        assert answer.status_code == 201
        (entry,) = small_door.district.entries("document.drafted/1")
        assert entry.actor is not None
        assert entry.actor.unit == "U05"

    def test_a_post_that_is_none_is_named(self, small_door: Door) -> None:
        for post in ("king", "publisher@", "publisher@U 1", "发布"):
            headers = {**small_door.headers("P02", None), "Acting-Post": post.encode()}
            answer = small_door.client.post(
                "/api/publications",
                json={"item": "I-1", "channels": []},
                headers=headers,  # type: ignore[arg-type]
            )

            assert answer.status_code == 422
            assert "acting-post" in answer.json()["errors"][0]["pointer"].lower()

    def test_a_post_ends_with_its_last_day(self, door: Door) -> None:
        yesterday = (datetime.now(UTC) - timedelta(days=2)).date().isoformat()
        door.cleared("I-2025-0001")
        door.carried_out(
            "ADM", "/api/officers/P02/reliefs", {"unit": "U02", "post": "publisher", "until_date": yesterday}
        )

        refused = door.post("P02", "/api/publications", {"item": "I-2025-0001", "channels": ["CH-01"]})

        assert (refused.status_code, refused.json()["code"]) == (403, "POST_NOT_HELD")


class TestBrowsers:
    def test_the_cookie_opens_what_the_token_opens(self, small_door: Door) -> None:
        cookie = {"Cookie": f"ledger={small_door.district.token('P02')}"}

        assert small_door.client.get("/api/me", headers=cookie).json()["officer"] == "P02"

    def test_an_old_cookie_gets_the_publics_view(self, small_door: Door) -> None:
        assert small_door.client.get("/api/catalogue", headers={"Cookie": "ledger=dl_x_y"}).status_code == 200
        assert small_door.client.get("/api/me", headers={"Cookie": "ledger=dl_x_y"}).status_code == 401

    @pytest.mark.parametrize(
        "origin",
        [
            {},
            {"Origin": "http://evil.test"},
            {"Origin": "null"},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site", "Origin": "http://ledger.test"},
            {"Sec-Fetch-Site": "none"},
        ],
    )
    def test_another_site_cannot_use_it_to_write(self, small_door: Door, origin: dict[str, str]) -> None:
        size = small_door.district.size
        cookie = {"Cookie": f"ledger={small_door.district.token('P02')}", **origin}

        answer = small_door.client.post("/api/publications", json={"item": "I-1", "channels": []}, headers=cookie)

        assert (answer.status_code, answer.json()["code"]) == (403, "CROSS_SITE")
        assert small_door.district.size == size

    def test_with_https_the_cookie_is_tied_to_the_host(self, small_district: District) -> None:
        with open_door(small_district, https=True) as door:
            plain = {"Cookie": f"ledger={small_district.token('P02')}"}
            tied = {"Cookie": f"__Host-ledger={small_district.token('P02')}"}

            assert door.client.get("/api/me", headers=plain).status_code == 401
            answer = door.client.get("/api/me", headers=tied)
            assert answer.status_code == 200
            assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
