"""The log as a feed: CloudEvents in pages, and a live stream behind a real server."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.web.district import District, Door
from tests.web.server import Server, running_server

_numbers = count(1)


def new_item() -> str:
    """An item that no other test has drafted."""
    return f"I-2026-{next(_numbers):04}"


class TestPages:
    def test_are_cloud_events_in_the_order_of_the_log(self, door: Door) -> None:
        door.drafted("I-2025-0001")

        answer = door.get("J01", "/api/events", after=door.district.size - 1)

        assert answer.headers["Content-Type"] == "application/cloudevents-batch+json"
        (event,) = answer.json()
        (entry,) = door.district.entries("document.drafted/1")
        assert event["specversion"] == "1.0"
        assert event["id"] == entry.event_id
        assert event["source"] == "/ledgers/district"
        assert event["type"] == "document.drafted/1"
        assert event["subject"] == "document/I-2025-0001"
        assert int(event["sequence"]) == entry.position
        assert len(event["sequence"]) == 16
        assert event["ledgerhash"] == entry.leaf_hash.hex()
        assert (event["actorofficer"], event["actorpost"], event["actorunit"]) == ("D02", "drafter", "U02")
        assert event["data"] == entry.data
        assert all(name.isalnum() and name.islower() for name in event if name != "data_base64")

    def test_reach_every_entry_once_by_their_links(self, small_door: Door) -> None:
        seen: list[int] = []
        path: str | None = "/api/events?limit=7"
        while path is not None:
            answer = small_door.get("J01", path)
            seen += [int(event["sequence"]) for event in answer.json()]
            link = answer.headers.get("Link")
            path = link[1 : link.index(">")] if link else None

        assert seen == list(range(1, small_door.district.size + 1))

    def test_may_hold_some_types_only(self, small_door: Door) -> None:
        answer = small_door.get("J01", "/api/events", types="channel.registered/1, platform.owner_assigned/1")

        assert [event["type"] for event in answer.json()] == [
            "platform.owner_assigned/1",
            "channel.registered/1",
            "channel.registered/1",
        ]
        assert small_door.get("J01", "/api/events", types="no.such/1").json() == []
        assert small_door.get("J01", "/api/events", types=",".join(f"a{n}" for n in range(101))).status_code == 422

    def test_carry_no_names(self, small_door: Door) -> None:
        assert "姓名" not in small_door.get("J01", "/api/events", limit=200).text

    def test_one_entry_can_be_read_alone(self, small_door: Door) -> None:
        answer = small_door.get("J01", "/api/events/1")

        assert answer.headers["Content-Type"] == "application/cloudevents+json"
        assert answer.json()["sequence"] == "0000000000000001"
        gone = small_door.get("J01", "/api/events/100000")
        assert (gone.status_code, gone.json()["size"]) == (404, small_door.district.size)


@contextmanager
def stream(server: Server, officer: str, last_event_id: str | None = None, **query: Any) -> Iterator[httpx.Response]:
    more = {} if last_event_id is None else {"Last-Event-ID": last_event_id}
    with server.client.stream(
        "GET", "/api/events/stream", params=query, headers=server.headers(officer, more), timeout=10
    ) as answer:
        yield answer


def blocks(answer: httpx.Response) -> Iterator[dict[str, str]]:
    """Server-sent events as their fields; a comment stands under an empty name."""
    block: dict[str, str] = {}
    for line in answer.iter_lines():
        if line:
            name, _, value = line.partition(":")
            block[name] = value.removeprefix(" ")
        elif block:
            yield block
            block = {}


def entries_of(answer: httpx.Response, count: int) -> list[tuple[int, str]]:
    """The next entries on a stream: id and type."""
    found: list[tuple[int, str]] = []
    for block in blocks(answer):
        if "data" in block:
            event = json.loads(block["data"])
            assert int(event["sequence"]) == int(block["id"])
            found.append((int(block["id"]), event["type"]))
        if len(found) == count:
            return found
    return found


class TestStream:
    def test_tells_what_was_and_then_what_comes(self, server: Server) -> None:
        size = server.district.size
        with stream(server, "J01", after=size - 2) as answer:
            assert answer.headers["Content-Type"].startswith("text/event-stream")
            assert answer.headers["Cache-Control"] == "no-cache"
            arriving = (block for block in blocks(answer) if "data" in block)
            past = [int(next(arriving)["id"]) for _ in range(2)]

            began = time.monotonic()
            server.drafted(new_item())
            live = next(arriving)

        assert past == [size - 1, size]
        assert int(live["id"]) == size + 1
        assert json.loads(live["data"])["type"] == "document.drafted/1"
        assert time.monotonic() - began < 12  # not waiting for the next sign of life

    def test_goes_on_after_the_last_event_somebody_has_seen(self, server: Server) -> None:
        size = server.district.size
        with stream(server, "J01", after=size - 10) as answer:
            first = entries_of(answer, 4)
        for _ in range(3):
            server.drafted(new_item())

        with stream(server, "J01", last_event_id=str(first[-1][0]), after=0) as answer:
            rest = entries_of(answer, 9)

        assert [position for position, _ in [*first, *rest]] == list(range(size - 9, size + 4))

    def test_may_hold_some_types_only(self, server: Server) -> None:
        with stream(server, "J01", after=server.district.size, types="document.attribute_determined/1") as answer:
            server.drafted(item := new_item())
            server.carried_out("D02", f"/api/documents/{item}/attributes", {"attribute": "PROACTIVE"})
            (only,) = entries_of(answer, 1)

        assert only[1] == "document.attribute_determined/1"

    def test_says_now_and_then_that_it_is_alive(self, server: Server) -> None:
        with stream(server, "J01", after=server.district.size) as answer:
            comments = [block[""] for block, _ in zip(blocks(answer), range(3), strict=False)]

        assert comments[1] == comments[2] == f"alive at {server.district.size}"

    def test_ends_when_the_token_does(self, server: Server) -> None:
        issued = server.district.tokens.issue("J01", "inspection", timedelta(days=1))
        headers = {"Authorization": f"Bearer {issued.text}"}
        after = {"after": server.district.size}
        with server.client.stream("GET", "/api/events/stream", params=after, headers=headers, timeout=10) as answer:
            arriving = blocks(answer)
            next(arriving)

            server.district.tokens.revoke(issued.token.token_id)

            # The iterator ends because the server ends the answer, not because the client gives up.
            assert sum(1 for _ in arriving) < 5

    def test_as_many_are_open_as_are_allowed_and_a_closed_one_makes_room(self, server: Server) -> None:
        with stream(server, "J01") as one, stream(server, "J01") as two:
            assert (one.status_code, two.status_code) == (200, 200)
            third = server.get("J01", "/api/events/stream")
            with stream(server, "T04") as of_another:
                assert of_another.status_code == 200

        assert (third.status_code, third.json()["code"]) == (429, "TOO_MANY_STREAMS")
        assert "Retry-After" in third.headers
        deadline = time.monotonic() + 10
        while True:
            with stream(server, "J01") as again:
                if again.status_code == 200:
                    break
            assert time.monotonic() < deadline
            time.sleep(0.1)

    @pytest.mark.parametrize(("officer", "status"), [(None, 401), ("P02", 403)])
    def test_is_for_supervision(self, server: Server, officer: str | None, status: int) -> None:
        assert server.get(officer, "/api/events/stream").status_code == status

    @pytest.mark.parametrize("last", ["x", "-1", "1" * 21])
    def test_a_place_that_is_none_is_named(self, server: Server, last: str) -> None:
        answer = server.get("J01", "/api/events/stream", headers={"Last-Event-ID": last})

        assert answer.status_code == 422

    def test_does_not_keep_the_service_from_stopping(self, small_district: District, tmp_path: Path) -> None:
        with running_server(small_district, tmp_path) as server:
            with stream(server, "J01", after=server.district.size) as answer:
                next(blocks(answer))

                took_s = server.stop()

            assert took_s < 5
            assert [line for line in server.log if "Traceback" in line or "ERROR" in line] == []
