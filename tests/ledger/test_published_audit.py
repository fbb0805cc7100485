"""A log carried on a stick is checked without its database; every changed file of it is named."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from ledger.append import Command
from ledger.audit_published import (
    DirectorySource,
    PublishedAudit,
    ResourceMissing,
    UrlSource,
    audit_published,
    compare_checkpoints,
    consistency_of,
    export_tiles,
)
from ledger.audit_span import Faults
from ledger.database import open_database
from ledger.ledger import Ledger
from ledger.note import NoteRefused, Verifier
from ledger.signing import Signing
from ledger.tiles import WIDTH, Tile, tiles_of
from tests.support.ledgers import minutes

ORIGIN = "ledger.example/district"
SIZE = 700


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    folder = tmp_path_factory.mktemp("log")
    database = open_database(f"sqlite:///{folder / 'ledger.db'}")
    with Ledger(database, signing=Signing(folder / "signing", ORIGIN)) as ledger:
        for first, count in ((1, 5), (6, 295), (301, 400)):
            ledger.append(Command(minutes("minutes/1", count, first)))
        yield ledger
    database.close()


@pytest.fixture
def stick(log: Ledger, tmp_path: Path) -> Path:
    assert export_tiles(log.published, tmp_path / "stick") is not None
    return tmp_path / "stick"


def keys(log: Ledger) -> list[Verifier]:
    assert log.signer is not None
    return list(log.signer.verifiers)


def audited(log: Ledger, stick: Path, **options: object) -> tuple[PublishedAudit, list[tuple[int, str]]]:
    faults = Faults()
    found = audit_published(DirectorySource(stick), faults, verifiers=keys(log), **options)
    return found, [(fault.position, fault.sentence) for fault in faults.listed]


class TestExport:
    def test_writes_what_the_checkpoint_promises_and_it_checks(self, log: Ledger, stick: Path) -> None:
        found, faults = audited(log, stick)

        assert faults == []
        assert (found.checkpoint.size, found.checkpoint.root) == (SIZE, log.head().root)
        assert found.signed_by == (ORIGIN,)
        assert found.tiles == len(list(tiles_of(SIZE)))
        assert sorted(str(file.relative_to(stick)) for file in stick.rglob("*") if file.is_file()) == sorted(
            ["checkpoint", *(tile.path for tile in tiles_of(SIZE))]
        )

    def test_a_second_export_leaves_full_tiles_alone(self, log: Ledger, stick: Path) -> None:
        before = {
            file: file.stat().st_mtime_ns for file in stick.rglob("*") if file.is_file() and ".p" not in str(file)
        }

        export_tiles(log.published, stick)

        assert {file: file.stat().st_mtime_ns for file in before if file.name != "checkpoint"} == {
            file: time for file, time in before.items() if file.name != "checkpoint"
        }

    def test_every_checkpoint_ever_shown_is_part_of_it(self, log: Ledger, stick: Path) -> None:
        kept = [(str(size), log.published.checkpoint(size) or "") for size in (0, 5, 300, 700)]

        assert audited(log, stick, kept=kept)[1] == []

    def test_a_partial_tile_may_have_been_tidied_away_once_it_is_full(self, log: Ledger, stick: Path) -> None:
        partial_tile, full = stick / Tile(0, 2, SIZE % WIDTH).path, stick / Tile(0, 2).path
        body = partial_tile.read_bytes()
        partial_tile.unlink()
        partial_tile.parent.rmdir()
        full.write_bytes(body + b"\x07" * 32 * (WIDTH - SIZE % WIDTH))

        assert audited(log, stick)[1] == []


class TestTampering:
    @pytest.mark.parametrize("path", [tile.path for tile in tiles_of(SIZE)])
    def test_one_byte_of_any_file_is_named(self, log: Ledger, stick: Path, path: str) -> None:
        file = stick / path
        body = bytearray(file.read_bytes())
        body[len(body) // 2] ^= 1
        file.write_bytes(bytes(body))

        _, faults = audited(log, stick)

        assert faults, f"a changed byte in {path} went unnoticed"

    @pytest.mark.parametrize("path", [tile.path for tile in tiles_of(SIZE)])
    def test_a_missing_file_is_named(self, log: Ledger, stick: Path, path: str) -> None:
        (stick / path).unlink()

        _, faults = audited(log, stick)

        assert any("is missing" in sentence for _, sentence in faults)

    def test_a_changed_tile_names_the_first_position_that_it_concerns(self, log: Ledger, stick: Path) -> None:
        file = stick / Tile(0, 1).path
        body = bytearray(file.read_bytes())
        body[32 * 10] ^= 1
        file.write_bytes(bytes(body))

        assert [position for position, _ in audited(log, stick)[1]] == [WIDTH + 11]

    def test_a_changed_checkpoint_is_refused_whole(self, log: Ledger, stick: Path) -> None:
        text = (stick / "checkpoint").read_text()
        (stick / "checkpoint").write_text(text.replace("\n700\n", "\n699\n"))

        with pytest.raises(NoteRefused, match="is not one over this text"):
            audited(log, stick)

    def test_a_shorter_log_than_the_one_kept_is_a_rollback(self, log: Ledger, stick: Path) -> None:
        kept = log.published.checkpoint()
        (stick / "checkpoint").write_text(log.published.checkpoint(300) or "")
        # Whoever cuts the log takes the tiles of the longer one away, too, or leaves them: it is the same.
        for tile in tiles_of(300):
            (stick / tile.path).parent.mkdir(parents=True, exist_ok=True)
            (stick / tile.path).write_bytes(log.published.tile(tile) or b"")

        _, faults = audited(log, stick, kept=[("of May", kept or "")])

        assert [sentence[:60] for _, sentence in faults] == [
            "ROLLBACK: the kept checkpoint of May covers 700 entries, the"
        ]

    def test_an_empty_directory_is_no_log(self, log: Ledger, tmp_path: Path) -> None:
        with pytest.raises(ResourceMissing, match="checkpoint is missing"):
            audited(log, tmp_path / "nothing")


class TestComparing:
    @pytest.fixture
    def fork(self, log: Ledger, tmp_path: Path) -> Iterator[Ledger]:
        """The same key, another past."""
        assert log.signer is not None
        directory = tmp_path / "forger"
        directory.mkdir()
        (directory / "log.key").write_bytes((log.signer.directory / "log.key").read_bytes())
        (directory / "log.key").chmod(0o600)
        database = open_database(f"sqlite:///{tmp_path / 'fork.db'}")
        with Ledger(database, signing=Signing(directory, ORIGIN)) as forked:
            for first, count in ((1, 700), (701, 50)):
                forked.append(Command(minutes("minutes/fork", count, first)))
            yield forked
        database.close()

    def test_two_checkpoints_of_one_log_agree(self, log: Ledger, stick: Path) -> None:
        older, newer = log.published.checkpoint(300) or "", log.published.checkpoint() or ""

        for pair in ((older, newer), (newer, older), (newer, newer)):
            compared = compare_checkpoints(*pair, keys(log), consistency_of(DirectorySource(stick), SIZE))

            assert compared.fork is None
            assert compared.evidence is None

    def test_two_trees_of_one_size_are_a_fork_and_both_notes_are_the_evidence(self, log: Ledger, fork: Ledger) -> None:
        ours, theirs = log.published.checkpoint() or "", fork.published.checkpoint(700) or ""

        compared = compare_checkpoints(ours, theirs, keys(log), None)

        assert compared.fork == "two trees of 700 entries, signed under one name"
        assert compared.evidence == (ours, theirs)

    def test_a_longer_fork_is_told_with_its_tiles(self, log: Ledger, fork: Ledger) -> None:
        ours, theirs = log.published.checkpoint() or "", fork.published.checkpoint() or ""

        compared = compare_checkpoints(ours, theirs, keys(log), fork.published.consistency)

        assert "does not continue that of 700" in (compared.fork or "")
        assert compared.evidence == (ours, theirs)

    def test_without_a_log_different_sizes_cannot_be_told(self, log: Ledger) -> None:
        with pytest.raises(NoteRefused, match="name a log"):
            compare_checkpoints(log.published.checkpoint(300) or "", log.published.checkpoint() or "", keys(log), None)


def test_an_address_is_checked_like_a_directory(log: Ledger, stick: Path) -> None:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(stick))) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        faults = Faults()
        found = audit_published(UrlSource(f"http://127.0.0.1:{server.server_port}/"), faults, verifiers=keys(log))
        server.shutdown()
        thread.join()

    assert faults.listed == []
    assert found.checkpoint.size == SIZE
