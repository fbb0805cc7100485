"""Checking without the database and without us: sticks, kept checkpoints, witnesses, forks."""

from __future__ import annotations

import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from cli.witnessing import listen
from ledger.append import Command
from ledger.audit_published import export_tiles
from ledger.database import normalise_url, open_database
from ledger.ledger import Ledger
from ledger.note import ED25519_COSIGNATURE, signer_of
from ledger.signing import Signing
from ledger.witness import WitnessServer, WitnessState
from ledger.witnessing import post_over_http
from tests.cli.conftest import Operator
from tests.support.ledgers import minutes

ORIGIN = "disclosure-ledger.invalid/district"


@pytest.fixture
def signing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Signing:
    """Named by the environment, so that it is the same on both databases."""
    monkeypatch.setenv("LEDGER_SIGNING_DIRECTORY", str(tmp_path / "signing"))
    return Signing(tmp_path / "signing", ORIGIN)


@pytest.fixture
def signed(operator: Operator, signing: Signing) -> Operator:
    """Three hundred signed entries."""
    grow(operator.database, signing, 300)
    return operator


def grow(url: str, signing: Signing, count: int, stream: str = "minutes/1") -> None:
    database = open_database(url)
    with Ledger(database, signing=signing) as ledger:
        ledger.append(Command(minutes(stream, count, ledger.stream_version(stream) + 1)))
    database.close()


class TestAnInspectorsYear:
    def test_keeps_a_checkpoint_and_checks_a_stick_against_it(
        self, signed: Operator, signing: Signing, tmp_path: Path
    ) -> None:
        kept, stick = tmp_path / "may.checkpoint", tmp_path / "stick"
        assert signed.types("tlog", "checkpoint", "--output", kept).code == 0
        grow(signed.database, signing, 50)
        assert signed.types("tlog", "export", stick).code == 0
        key = signed.types("tlog", "key").out.strip()

        checked = signed.types("verify", stick, "--key", key, "--old", kept, "--json")

        assert checked.code == 0
        assert (checked.json["size"], checked.json["fault_count"]) == (350, 0)
        assert signed.types("verify", "--old", kept).code == 0
        assert signed.types("compare", kept, stick, "--key", key).code == 0

    def test_finds_a_past_that_was_rewritten_with_every_table_to_match(
        self, signed: Operator, signing: Signing, tmp_path: Path
    ) -> None:
        kept, stick, evidence = tmp_path / "may.checkpoint", tmp_path / "stick", tmp_path / "evidence"
        signed.types("tlog", "checkpoint", "--output", kept)
        key = signed.types("tlog", "key").out.strip()
        # Whoever holds database and key begins anew.
        forged = f"sqlite:///{tmp_path / 'forged.db'}"
        forger = Signing(tmp_path / "forger", ORIGIN)
        forger.directory.mkdir()
        (forger.directory / "log.key").write_bytes((signing.directory / "log.key").read_bytes())
        (forger.directory / "log.key").chmod(0o600)
        grow(forged, forger, 400, "minutes/forged")

        rewritten = signed.types("verify", forged, "--old", kept, "--key", key)
        assert rewritten.code == 1
        assert "rewritten since it was kept" in rewritten.out

        database = open_database(forged)
        with Ledger(database, signing=forger) as ledger:
            export_tiles(ledger.published, stick)
        database.close()
        fork = signed.types("compare", kept, stick, "--key", key, "--evidence", evidence)
        assert fork.code == 1
        assert "FORK" in fork.out
        assert (evidence / "one.checkpoint").read_text() == kept.read_text()
        assert "\n400\n" in (evidence / "other.checkpoint").read_text()

    def test_asks_for_more_than_the_logs_own_word(self, signed: Operator, tmp_path: Path) -> None:
        witness = signer_of("audit.example", ED25519_COSIGNATURE, b"\x01" * 32)
        key = signed.types("tlog", "key").out.strip()
        policy = tmp_path / "policy"
        policy.write_text(f"log {key}\nwitness audit {witness.verifier.to_text()}\nquorum audit\n")

        outcome = signed.types("verify", "--policy", policy)

        assert outcome.code == 1
        assert "is cosigned by nobody, the policy asks for the quorum 'audit'" in outcome.out


class TestProjections:
    def test_one_that_somebody_wrote_to_is_named_and_mended(self, at_district: Operator) -> None:
        assert at_district.types("rebuild", "--all").code == 0
        assert at_district.types("verify", "--projections").code == 0
        engine = create_engine(normalise_url(at_district.database))
        with engine.begin() as connection:
            tables = [
                name for name in inspect(connection).get_table_names() if name.startswith("register_publications")
            ]
            for table in tables:
                connection.execute(text(f"UPDATE {table} SET title = 'another'"))
        engine.dispose()

        wrong, mended = (at_district.types("verify", "--projections", "--json") for _ in range(2))

        assert wrong.code == 1
        assert [fault["sentence"][:34] for fault in wrong.json["faults"]] == ["the projection register did not fo"]
        assert mended.code == 0


class TestWitnesses:
    @pytest.fixture
    def laptop(self, signed: Operator, tmp_path: Path) -> Path:
        assert signed.types("witness", "init", tmp_path / "laptop", "audit.example").code == 0
        return tmp_path / "laptop"

    def test_a_laptop_cosigns_a_stick_and_the_ledger_shows_it(
        self, signed: Operator, laptop: Path, tmp_path: Path
    ) -> None:
        key = signed.types("tlog", "key").out.strip()
        signed.types("tlog", "export", tmp_path / "stick")
        policy = tmp_path / "policy"
        policy.write_text(f"log {key}\nwitness audit {(laptop / 'witness.vkey').read_text().strip()}\nquorum audit\n")

        cosigned = signed.types(
            "witness",
            "cosign",
            tmp_path / "stick",
            "--directory",
            laptop,
            "--key",
            key,
            "--output",
            tmp_path / "cosigned",
        )
        taken = signed.types("witness", "add", tmp_path / "cosigned", "--policy", policy)

        assert (cosigned.code, taken.code) == (0, 0)
        assert signed.types("verify", "--policy", policy).code == 0
        signed.types("tlog", "export", tmp_path / "stick")
        assert signed.types("verify", tmp_path / "stick", "--policy", policy).code == 0

    def test_a_laptop_refuses_a_log_that_does_not_continue(
        self, signed: Operator, signing: Signing, laptop: Path, tmp_path: Path
    ) -> None:
        key = signed.types("tlog", "key").out.strip()
        signed.types("tlog", "export", tmp_path / "stick")
        signed.types("witness", "cosign", tmp_path / "stick", "--directory", laptop, "--key", key)
        forger = Signing(tmp_path / "forger", ORIGIN)
        forger.directory.mkdir()
        (forger.directory / "log.key").write_bytes((signing.directory / "log.key").read_bytes())
        (forger.directory / "log.key").chmod(0o600)
        database = open_database(f"sqlite:///{tmp_path / 'forged.db'}")
        with Ledger(database, signing=forger) as ledger:
            ledger.append(Command(minutes("minutes/forged", 350)))
            export_tiles(ledger.published, tmp_path / "other stick")
        database.close()

        outcome = signed.types("witness", "cosign", tmp_path / "other stick", "--directory", laptop, "--key", key)

        assert outcome.code == 1
        assert "Not cosigned (422)" in outcome.err

    def test_is_made_once(self, signed: Operator, laptop: Path) -> None:
        before = (laptop / "witness.key").read_text()

        assert signed.types("witness", "init", laptop, "audit.example").code == 1
        assert (laptop / "witness.key").read_text() == before


class TestEvidence:
    def test_a_package_checks_itself_without_us(self, signed: Operator, tmp_path: Path) -> None:
        made = signed.types("evidence", tmp_path / "case.zip", "--position", 3, "--reference", "AC-01", "--json")
        assert made.code == 0
        with zipfile.ZipFile(tmp_path / "case.zip") as package:
            package.extractall(tmp_path / "case")

        checked = subprocess.run(
            [sys.executable, "verify.py"], cwd=tmp_path / "case", capture_output=True, text=True, check=False
        )

        assert checked.returncode == 0, checked.stdout
        assert made.json["fingerprint"] in checked.stdout

    def test_a_subject_that_is_none_is_named(self, signed: Operator, tmp_path: Path) -> None:
        outcome = signed.types("evidence", tmp_path / "case.zip", "--subject", "nothing")

        assert outcome.code == 1
        assert "Write kind/code" in outcome.err
        assert not (tmp_path / "case.zip").exists()


class TestTheWitnessServer:
    @pytest.fixture
    def address(self, tmp_path: Path) -> Iterator[str]:
        log = signer_of(ORIGIN, 1, bytes(32))
        witness = signer_of("audit.example", ED25519_COSIGNATURE, b"\x01" * 32)
        server = WitnessServer({ORIGIN: (log.verifier,)}, witness, WitnessState(tmp_path / "state"), lambda: 1)
        with listen(server, "127.0.0.1", 0) as listening:
            thread = threading.Thread(target=listening.serve_forever, args=(0.01,))
            thread.start()
            yield f"http://127.0.0.1:{listening.server_port}"
            listening.shutdown()
            thread.join()

    @pytest.mark.parametrize(
        ("path", "body", "status"),
        [
            ("/add-checkpoint", b"nonsense", 400),
            ("/add-checkpoint", b"x" * 70_000, 413),
            ("/elsewhere", b"", 404),
        ],
    )
    def test_says_no_as_specified(self, address: str, path: str, body: bytes, status: int) -> None:
        assert post_over_http(f"{address}{path}", body, 5)[0] == status


class TestWithoutSigning:
    def test_what_needs_a_signature_says_how_to_have_one(self, operator: Operator) -> None:
        database = open_database(operator.database)
        Ledger(database).close()
        database.close()
        if normalise_url(operator.database).get_backend_name() == "sqlite":
            return

        for command in (["tlog", "key"], ["tlog", "checkpoint"], ["tlog", "export", "nowhere"]):
            outcome = operator.types(*command)
            assert outcome.code == 1
            assert "LEDGER_SIGNING_DIRECTORY" in outcome.err

    def test_files_that_cannot_be_read_are_named(self, signed: Operator, tmp_path: Path) -> None:
        for arguments in (
            ["verify", "--old", tmp_path / "missing"],
            ["verify", "--policy", tmp_path / "missing"],
            ["verify", "--key", "no key"],
            ["compare", tmp_path / "missing", tmp_path / "missing"],
        ):
            outcome = signed.types(*arguments)
            assert outcome.code == 1
            assert outcome.err
