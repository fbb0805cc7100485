"""Verifiers of others: the log over plain HTTP and in a folder, read by a program that has only the specifications."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ledger.append import Command
from ledger.audit_published import export_tiles
from ledger.database import open_database
from ledger.ledger import Ledger
from ledger.published import checkpoint_of
from ledger.signing import Signing
from ledger.tiles import tiles_of
from tests.support.ledgers import minutes
from tests.web.conftest import copied
from tests.web.district import District, Door, open_door
from tests.web.server import Server, running_server

STRANGER = Path(__file__).parents[1] / "support" / "stranger.py"
VECTORS = Path(__file__).parents[1] / "vectors"
TESSERA_KEY = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"
ORIGIN = "disclosure-ledger.invalid/district"
MORE = (1, 200, 400)
"""What the log grows by, commit by commit: to full tiles of level 0 and a partial one above."""


@pytest.fixture(scope="module")
def open_server(founded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The service as it is run, its entries open to all."""
    folder = tmp_path_factory.mktemp("open")
    district = copied(founded_file, folder)
    with running_server(district, folder, entries_public="1") as running:
        yield running
    district.close()


def read_by_a_stranger(prefix: object, key: str, *token: str) -> str:
    """What the program answers, in a process that cannot see our code."""
    command = [sys.executable, "-I", str(STRANGER), str(prefix), key, *token]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def key_of(door: Door) -> str:
    return str(door.get(None, "/api/tlog").json()["verifier_keys"][0])


def grown_by(server: Server, count: int) -> tuple[int, str]:
    """Size and root after the service has signed that many more entries, written beside it in one commit."""
    with signing_beside(server) as ledger:
        version = ledger.stream_version("minutes/1")
        ledger.append(Command(minutes("minutes/1", count, version + 1)))
        head = ledger.head()
        return head.size, head.root.hex()


@contextmanager
def signing_beside(server: Server) -> Iterator[Ledger]:
    """Another process of the same service, signing into the same directory."""
    url = server.district.database_url
    signing = Signing(Path(f"{server.district.database.engine.url.database}.signing"), ORIGIN)
    database = open_database(url)
    with Ledger(database, signing=signing) as ledger:
        yield ledger
    database.close()


def test_the_stranger_knows_a_log_that_is_not_ours() -> None:
    told = read_by_a_stranger(VECTORS / "tessera" / "log", TESSERA_KEY)

    assert told == "15 aca6c38a90af86e5f5199ee0e4105ef2c03a05b27b8daff59e4e36eefdfcddcb"


def test_the_log_is_verified_over_plain_http_as_it_grows(open_server: Server) -> None:
    key, prefix = key_of(open_server), f"{str(open_server.client.base_url).rstrip('/')}/tlog"
    for count in MORE:
        size, root = grown_by(open_server, count)

        assert read_by_a_stranger(prefix, key) == f"{size} {root}"


def test_every_partial_tile_of_every_size_ever_signed_is_served(open_server: Server) -> None:
    for count in range(1, 25):
        grown_by(open_server, count)
    with signing_beside(open_server) as ledger:
        sizes = [size for size in range(1, ledger.head().size + 1) if _signed(ledger, size)]
    assert len(sizes) > 20

    for size in sizes:
        for tile in tiles_of(size):
            answer = open_server.client.get(f"/tlog/{tile.path}")
            assert answer.status_code == 200, tile.path
            assert answer.headers["Content-Type"] == "application/octet-stream"


def _signed(ledger: Ledger, size: int) -> bool:
    note = ledger.published.checkpoint(size)
    return note is not None and checkpoint_of(note).size == size


def test_an_inspectors_token_opens_the_entries_where_they_are_not_for_everybody(
    small_district: District, tmp_path: Path
) -> None:
    with running_server(small_district, tmp_path) as server:
        prefix, token = f"{str(server.client.base_url).rstrip('/')}/tlog", server.district.token("J01")

        told = read_by_a_stranger(prefix, key_of(server), token)

        assert told.split(" ")[0] == str(small_district.size)
        with pytest.raises(AssertionError, match="401"):
            read_by_a_stranger(prefix, key_of(server))


def test_an_exported_folder_is_verified_from_the_disk(open_server: Server, tmp_path: Path) -> None:
    key = key_of(open_server)
    with signing_beside(open_server) as ledger:
        size, root = ledger.head().size, ledger.head().root.hex()
        assert export_tiles(ledger.published, tmp_path / "stick") is not None

    assert read_by_a_stranger(tmp_path / "stick", key) == f"{size} {root}"
    file = next((tmp_path / "stick" / "tile" / "entries").rglob("*.p")).iterdir().__next__()
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    with pytest.raises(AssertionError):
        read_by_a_stranger(tmp_path / "stick", key)


def test_what_a_cache_and_a_page_of_another_site_are_told(open_server: Server) -> None:
    client = open_server.client
    size = int(client.get("/tlog/checkpoint").text.split("\n")[1])
    for tile in tiles_of(size):
        headers = client.get(f"/tlog/{tile.path}").headers
        assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert "Set-Cookie" not in headers
    checkpoint = client.get("/tlog/checkpoint").headers
    assert checkpoint["Cache-Control"] == "public, max-age=2"
    assert checkpoint["Access-Control-Allow-Origin"] == "*"
    # What is not there yet may be there tomorrow: nobody may remember that it was not.
    assert client.get("/tlog/tile/0/999").headers["Cache-Control"] == "no-store"


def test_entries_for_supervision_are_no_business_of_other_sites(small_door: Door) -> None:
    size = small_door.district.size
    answer = small_door.get("J01", f"/tlog/tile/entries/000.p/{size}")

    assert answer.headers["Cache-Control"].startswith("private")
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("path", ["checkpoint", "tile/0/000.p/9", "tile/entries/000.p/9", "tile/0/999"])
def test_head_answers_as_get_does_without_the_body(open_server: Server, path: str) -> None:
    got, asked = open_server.client.get(f"/tlog/{path}"), open_server.client.head(f"/tlog/{path}")

    assert asked.status_code == got.status_code
    assert asked.content == b""
    for name in ("Content-Type", "Cache-Control"):
        assert asked.headers[name] == got.headers[name]
    if got.status_code == 200:
        assert asked.headers["Content-Length"] == str(len(got.content))


def test_entries_asked_for_by_head_are_for_supervision_too(small_district: District) -> None:
    with open_door(small_district) as door:
        path = f"/tlog/tile/entries/000.p/{small_district.size}"

        assert door.client.head(path).status_code == 401
        assert door.client.head(path, headers=door.headers("J01", None)).status_code == 200
