"""The service has its checkpoints stamped, and every event is shown with the clocks between which it was recorded."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from ledger.audit_published import UrlSource, audit_published
from ledger.audit_span import Faults
from tests.support.authority_at_work import AuthorityAtWork, authority_at_work
from tests.support.timestamp_authority import TimestampAuthority
from tests.web.district import District, Door, open_door
from tests.web.server import running_server
from web.settings import UnusableSettings


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> TimestampAuthority:
    return TimestampAuthority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def at_work(authority: TimestampAuthority, tmp_path: Path) -> Iterator[AuthorityAtWork]:
    with authority_at_work(authority, tmp_path) as found:
        yield found


@pytest.fixture
def settings(at_work: AuthorityAtWork, tmp_path: Path) -> dict[str, Any]:
    return {
        "timestamp_url": at_work.address,
        "timestamp_roots": at_work.roots,
        "timestamp_interval_s": 1.0,
        "signing_directory": tmp_path / "signing",
        "metrics_public": True,
    }


def until_stamped(door: Door, size: int) -> None:
    deadline = time.monotonic() + 20
    while not any(stamp["size"] >= size for stamp in door.get(None, "/api/tlog").json()["timestamps"]):
        assert time.monotonic() < deadline, door.get(None, "/api/tlog").json()
        time.sleep(0.05)


def test_an_event_is_shown_between_its_stamps(district: District, settings: dict[str, Any]) -> None:
    with open_door(district, **settings) as door:
        until_stamped(door, district.size)
        position = door.published("I-2025-0001").json()["position"]
        until_stamped(door, position)
        bracket = district.ledger.published.brackets(position, position).of(position)
        after, before = bracket.after, bracket.before
        assert after is not None
        assert before is not None

        event = door.get("J01", f"/api/events/{position}").json()
        receipt = door.get("J01", f"/api/events/{position}/receipt")
        entry_page = door.client.get(f"/entries/{position}", headers=door.headers("J01", None)).text
        dossier = door.get("D02", "/items/I-2025-0001", min_position=position).text

        assert datetime.fromisoformat(event["stampedafter"]) == after.stamped_at
        assert datetime.fromisoformat(event["stampedbefore"]) == before.stamped_at
        assert (event["stampedaftersize"], event["stampedbeforesize"]) == (str(after.size), str(before.size))
        assert after.size < position <= before.size
        assert f"size={after.size}" in receipt.headers["Stamped-After"]
        assert f"size={before.size}" in receipt.headers["Stamped-Before"]
        for page in (entry_page, dossier):
            assert f"（时间戳，第 {after.size} 条）" in page
            assert f"（时间戳，第 {before.size} 条）" in page
            assert "记录时间不在其间" not in page
        assert f"ledger_timestamped_position {float(before.size)}" in door.get(None, "/metrics").text
        assert f"前 {before.size} 条" in door.get(None, "/status").text


def test_an_authority_that_is_away_is_named_and_nothing_is_kept(
    small_district: District, settings: dict[str, Any], at_work: AuthorityAtWork
) -> None:
    at_work.mood = "garbage"
    with open_door(small_district, **settings) as door:
        deadline = time.monotonic() + 10
        while (found := door.get(None, "/api/tlog").json())["timestamping"]["trouble"] is None:
            assert time.monotonic() < deadline
            time.sleep(0.05)

        assert "does not hold" in found["timestamping"]["trouble"]
        assert found["timestamps"] == []
        assert "does not hold" in door.get(None, "/health/ready").json()["notices"]["timestamps"]
        assert "ledger_timestamping_trouble 1.0" in door.get(None, "/metrics").text
        at_work.mood = "well"
        until_stamped(door, small_district.size)
        assert door.get(None, "/api/tlog").json()["timestamping"]["trouble"] is None


@pytest.mark.parametrize("roots", [None, "no certificates"])
def test_without_roots_the_service_does_not_start(
    small_district: District, settings: dict[str, Any], tmp_path: Path, roots: str | None
) -> None:
    settings["timestamp_roots"] = None
    if roots is not None:
        settings["timestamp_roots"] = tmp_path / "roots"
        settings["timestamp_roots"].write_text(roots)

    with pytest.raises(UnusableSettings, match="LEDGER_TIMESTAMP_ROOTS"), open_door(small_district, **settings):
        pass


def test_the_stamps_of_an_address_are_verified_from_outside(
    small_district: District, settings: dict[str, Any], at_work: AuthorityAtWork, tmp_path: Path
) -> None:
    told = {name: str(value) for name, value in settings.items()}
    with running_server(small_district, tmp_path, **told, entries_public="1") as server:
        until_stamped(server, small_district.size)
        faults = Faults()

        found = audit_published(UrlSource(f"{server.client.base_url}/tlog"), faults, roots=[at_work.authority.root])

        assert (found.timestamps, faults.listed) == (1, [])
        for name in ("nothing.txt", "1.txt", "999-0000000000000000.tsr"):
            assert server.get(None, f"/tlog/timestamps/{name}").status_code == 404
