"""Evidence packages at the door: for supervision, on the record, and checked by the program they carry."""

from __future__ import annotations

import io
import json
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from ledger.errors import LedgerUnavailable
from ledger.signing import open_keys
from tests.support.postgres import PostgresDatabases
from tests.support.witness_at_work import witness_at_work
from tests.web.conftest import copied, copied_on_postgresql
from tests.web.district import District, Door, open_door
from tests.web.server import Server, running_server
from web import evidence

ORIGIN = "disclosure-ledger.invalid/district"
ITEM = "I-2025-0001"
WISH: dict[str, Any] = {"subjects": [{"kind": "item", "code": ITEM}]}


def taken(door: Door, officer: str = "T04", **wish: Any) -> httpx.Response:
    answer = door.post(officer, "/api/evidence", {**WISH, **wish})
    assert answer.status_code == 200, answer.text
    return answer


def files_of(answer: httpx.Response) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def verified(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The package's own program, run in a process that cannot see our code."""
    command = [sys.executable, "-I", str(folder / "verify.py"), *arguments, str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


def unpacked(answer: httpx.Response, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        archive.extractall(folder)
    return folder


def manifest_of(answer: httpx.Response) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(files_of(answer)["manifest.json"])
    return manifest


def key_of(door: Door) -> str:
    return str(door.get(None, "/api/tlog").json()["verifier_keys"][0])


@pytest.fixture(params=["sqlite", "postgresql"])
def signed_server(
    request: pytest.FixtureRequest, postgres_databases: PostgresDatabases, tmp_path: Path
) -> Iterator[Server]:
    """The service as it is run, signing, over either database."""
    if request.param == "sqlite":
        district = copied(request.getfixturevalue("founded_file"), tmp_path)
    else:
        district = copied_on_postgresql(request.getfixturevalue("founded_url"), postgres_databases)
    with running_server(district, tmp_path, signing_directory=str(tmp_path / "signing")) as running:
        yield running
    district.close()
    if request.param == "postgresql":
        postgres_databases.drop(district.database_url)


@pytest.mark.requirement("R97")
def test_downloaded_from_the_service_it_verifies_itself_and_names_a_changed_byte(
    signed_server: Server, tmp_path: Path
) -> None:
    signed_server.published(ITEM)
    key = key_of(signed_server)

    answer = taken(signed_server, reference="AC-01")
    folder = unpacked(answer, tmp_path / "package")

    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="evidence-')
    assert answer.headers["Cache-Control"] == "private, no-store"
    well = verified(folder, "--key", key)
    assert well.returncode == 0, well.stdout + well.stderr
    changed = max((folder / "entries").iterdir())
    changed.write_bytes(changed.read_bytes().replace(b"U02", b"U05", 1))
    ill = verified(folder, "--key", key)
    assert ill.returncode == 1
    assert f"position {int(changed.stem)}" in ill.stdout + ill.stderr


class TestWhatIsInIt:
    def test_a_trail_with_the_registrations_it_relies_on(self, small_door: Door) -> None:
        small_door.published(ITEM)

        manifest = manifest_of(taken(small_door))

        types = [small_door.district.ledger.entry(position).type for position in manifest["positions"]]
        registered = [small_door.district.ledger.entry(position).type for position in manifest["registrations"]]
        assert types[0] == "document.drafted/1"
        assert types[-1] == "publication.published/1"
        assert {"unit.registered/1", "officer.registered/1", "officer.appointed/1"} <= set(registered)
        assert [content["state"] for content in manifest["contents"]] == ["ENCLOSED"]
        assert manifest["personal"] == []

    def test_several_subjects_single_positions_and_a_range(self, small_door: Door) -> None:
        small_door.drafted(ITEM)
        subjects = [{"kind": "item", "code": ITEM}, {"kind": "unit", "code": "U05"}]

        single = manifest_of(taken(small_door, subjects=[], positions=[7, 3, 7]))
        ranged = manifest_of(taken(small_door, subjects=[], first=2, last=4))
        several = manifest_of(taken(small_door, subjects=subjects))

        assert single["positions"] == [3, 7]
        assert ranged["positions"] == [2, 3, 4]
        assert len(several["positions"]) > len(manifest_of(taken(small_door))["positions"])

    def test_names_are_disclosed_only_when_asked_for(self, small_door: Door) -> None:
        small_door.drafted(ITEM)

        silent, told = taken(small_door), taken(small_door, names=True)

        assert "姓名D02".encode() not in b"".join(files_of(silent).values())
        disclosed = [json.loads(body) for name, body in files_of(told).items() if name.startswith("personal/")]
        assert "姓名D02" in [value["value"] for value in disclosed]

    def test_what_is_sealed_is_enclosed_for_the_posts_the_sealing_names_and_on_their_asking(
        self, small_door: Door, tmp_path: Path
    ) -> None:
        small_door.published(ITEM, "封存的内容")
        seals = {"reason": "涉嫌涉密", "readers": ["investigator"]}
        small_door.carried_out("S02", f"/api/publications/{ITEM}/seals", seals)

        unasked, wrong_post = taken(small_door), taken(small_door, "J01", sealed=True)
        before = small_door.district.size
        entitled = taken(small_door, sealed=True)

        for answer in (unasked, wrong_post):
            assert [content["state"] for content in manifest_of(answer)["contents"]] == ["SEALED"]
            assert "封存的内容".encode() not in files_of(answer).values()
        assert [content["state"] for content in manifest_of(entitled)["contents"]] == ["OPENED"]
        assert "封存的内容".encode() in files_of(entitled).values()
        recorded = [entry.data["subject"] for entry in small_door.district.ledger.read(before)]
        assert recorded == [f"item/{ITEM}", ITEM]
        assert verified(unpacked(entitled, tmp_path / "package")).returncode == 0

    def test_what_was_unsealed_is_there_for_everybody_who_may_have_the_rest(self, small_door: Door) -> None:
        small_door.published(ITEM)
        small_door.carried_out(
            "S02", f"/api/publications/{ITEM}/seals", {"reason": "核查", "readers": ["investigator"]}
        )
        small_door.carried_out("T04", f"/api/publications/{ITEM}/unsealings", {"reason": "核查完毕"})

        before = small_door.district.size

        manifest = manifest_of(taken(small_door, sealed=True))

        assert [content["state"] for content in manifest["contents"]] == ["ENCLOSED"]
        # Nothing was opened, and nothing is recorded as opened.
        assert [entry.data["subject"] for entry in small_door.district.ledger.read(before)] == [f"item/{ITEM}"]


def test_where_witnesses_agree_the_package_bears_their_word(small_district: District, tmp_path: Path) -> None:
    keys, _ = open_keys(tmp_path / "signing", ORIGIN)
    policy = tmp_path / "policy"
    with witness_at_work(tuple(keys.verifiers), tmp_path) as witness:
        policy.write_text(f"{witness.statement('audit')}quorum audit\n")
        signing = {"signing_directory": tmp_path / "signing", "witness_policy": policy}
        with open_door(small_district, **signing, witness_mode="strict", witness_interval_s=0.3) as door:
            door.published(ITEM)
            folder = unpacked(taken(door), tmp_path / "package")
            key = key_of(door)

    well = verified(folder, "--key", key)

    assert well.returncode == 0, well.stdout + well.stderr
    assert "cosigned by" in well.stdout
    enclosed = (folder / "policy.txt").read_text().splitlines()
    assert f"log {key}" in enclosed
    assert "quorum audit" in enclosed


class TestWhoMay:
    def test_supervision_may_and_is_recorded_before_the_first_byte(self, district: District, tmp_path: Path) -> None:
        with open_door(district, signing_directory=tmp_path / "signing") as signed:
            signed.drafted(ITEM)
            for officer in ("J01", "T04", "X03", "G01"):
                before = district.size

                taken(signed, officer)

                (recorded,) = district.ledger.read(before)
                assert recorded.type == "ledger.consulted/1"
                assert recorded.actor is not None
                assert recorded.actor.officer == officer
                assert recorded.data["query"] == "POST /api/evidence"
                assert recorded.data["subject"] == f"item/{ITEM}"
                assert recorded.data["result_count"] > 0

    @pytest.mark.parametrize("officer", ["D02", "P02", "G02", "D01", None])
    def test_nobody_else_may_not_even_of_the_own_unit(self, small_door: Door, officer: str | None) -> None:
        small_door.drafted(ITEM)
        before = small_door.district.size

        answer = small_door.post(officer, "/api/evidence", WISH)

        assert answer.status_code == (401 if officer is None else 403)
        assert small_door.district.size == before

    def test_a_ledger_that_cannot_record_the_taking_hands_nothing_out(self, small_door: Door) -> None:
        small_door.drafted(ITEM)
        ledger = small_door.app.state.service.ledger

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                type(ledger), "append", lambda *_: (_ for _ in ()).throw(LedgerUnavailable("away", retry_after_s=2))
            )
            answer = small_door.post("T04", "/api/evidence", WISH)

        assert answer.status_code == 503
        assert answer.headers["Content-Type"] == "application/problem+json"


class TestRefusals:
    @pytest.mark.parametrize(
        "wish",
        [
            {},
            {"subjects": []},
            {"subjects": [{"kind": "nobody", "code": "x"}]},
            {"subjects": [{"kind": "item", "code": "../etc"}]},
            {"positions": [0]},
            {"positions": [999_999]},
            {"first": 999_999},
            {"subjects": [{"kind": "item", "code": "I-2099-9999"}]},
            {"first": 1, "policy": "mine"},
        ],
    )
    def test_what_cannot_be_proved_is_a_problem_and_nothing_is_recorded(
        self, small_door: Door, wish: dict[str, Any]
    ) -> None:
        before = small_door.district.size

        answer = small_door.post("T04", "/api/evidence", wish)

        assert answer.status_code in {404, 422}, answer.text
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert small_door.district.size == before

    def test_more_than_a_package_holds_is_said(self, small_door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(evidence, "MOST_ENTRIES", 5)

        ranged = small_door.post("T04", "/api/evidence", {"first": 1, "last": 6})
        trodden = small_door.post("T04", "/api/evidence", {"subjects": [{"kind": "unit", "code": "U02"}]})

        for answer in (ranged, trodden):
            assert answer.status_code == 422
            assert "at most 5" in answer.json()["errors"][0]["detail"]

    def test_an_unsigned_ledger_has_no_evidence(self, district_on_postgresql: District) -> None:
        with open_door(district_on_postgresql) as door:
            assert door.post("T04", "/api/evidence", {"first": 1}).status_code == 404

    def test_too_many_at_once_are_asked_to_come_again(self, small_door: Door) -> None:
        class Taken:
            def locked(self) -> bool:
                return True

        small_door.app.state.service.packages = Taken()

        answer = small_door.post("T04", "/api/evidence", {"first": 1})

        assert (answer.status_code, answer.json()["code"]) == (503, "BUSY")
        assert "Retry-After" in answer.headers

    def test_an_entry_changed_in_the_database_is_handed_out_to_nobody(
        self, small_door: Door, capsys: pytest.CaptureFixture[str]
    ) -> None:
        tamper(small_door.district, 3)

        answer = small_door.post("T04", "/api/evidence", {"positions": [3]})

        assert (answer.status_code, answer.json()["code"]) == (500, "INTEGRITY_FAULT")
        assert '"event": "integrity_fault"' in capsys.readouterr().out

    def test_one_found_on_the_way_breaks_the_package_off(self, small_district: District, tmp_path: Path) -> None:
        with running_server(small_district, tmp_path) as server:
            tamper(small_district, 3)

            with pytest.raises(httpx.RemoteProtocolError):
                server.post("T04", "/api/evidence", {"first": 1, "last": 5})

            assert any('"integrity_fault"' in line for line in server.log)


def tamper(district: District, position: int) -> None:
    """As the owner of the file: past the triggers, one word of an entry."""
    file = district.database.engine.url.database
    assert file is not None
    raw = district.ledger.entry(position).raw
    with sqlite3.connect(file) as connection:
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        changed = raw.replace(b"administrator", b"administratar")
        connection.execute("UPDATE ledger_entries SET entry = ? WHERE position = ?", (changed, position))
    connection.close()
