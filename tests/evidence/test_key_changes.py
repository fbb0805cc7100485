"""A package of a log that has changed its keys: whoever holds any of them can check it, and no forged change passes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from ledger.append import Command
from ledger.database import open_database
from ledger.entry import Actor, EventDraft
from ledger.ledger import Ledger
from ledger.note import ED25519, NoteRefused, Verifier, signer_of
from ledger.rotation import ROTATED, STREAM, Statement, data_of
from ledger.signing import Signing
from projections.engine import Projector
from projections.evidence.package import EvidencePackage, Request
from projections.evidence.selection import Selection, evidence_of
from projections.evidence.signed_log import PublishedEvidence
from projections.standard import STANDARD
from tests.evidence.browser import chromium, visit
from tests.evidence.district import ITEM, MADE_AT, MONDAY, ORIGIN, District, tell_the_story
from tests.evidence.opened import opened, packed, resealed, unpacked
from tests.support.ledgers import SetClock

VERIFY = Path(__file__).parents[2] / "projections" / "evidence" / "verify.py"
STRANGER = signer_of(ORIGIN, ED25519, b"stranger".ljust(32))
ADMINISTRATOR = Actor("K01", "administrator", "U01", "cli")


class Rotated:
    """A signed district that has changed its keys twice, and whatever package it gives out."""

    def __init__(self, ledger: Ledger, clock: SetClock, signing: Signing) -> None:
        self.ledger = ledger
        tell_the_story(District(ledger, clock))
        for number in (1, 2):
            data = ledger.prepare_rotation("年度更换")
            ledger.append(Command([EventDraft(STREAM, number, ROTATED, data, ADMINISTRATOR)]))
        assert signing.origin == ORIGIN
        Projector(ledger, STANDARD).run_once()

    @property
    def keys(self) -> list[Verifier]:
        history = self.ledger.key_history()
        assert history is not None
        return [key for key in history.every if key.kind == ED25519]

    def package(self, folder: Path, key: Verifier) -> Path:
        """The dossier of one item, in a package that names a key of whatever time."""
        log = PublishedEvidence(self.ledger.published, f"log {key.to_text()}\nquorum none\n")
        chosen = evidence_of(self.ledger, Selection((("item", ITEM),)), self.ledger.head().size)
        path = folder / "evidence.zip"
        with path.open("wb") as file:
            EvidencePackage(self.ledger, log, Request(chosen, MADE_AT)).write(file)
        return path


@pytest.fixture(scope="module", params=[False, True], ids=["ed25519", "ml-dsa-44"])
def rotated(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rotated]:
    folder, clock = tmp_path_factory.mktemp("rotated"), SetClock(MONDAY)
    database = open_database(f"sqlite:///{folder / 'ledger.db'}")
    signing = Signing(folder / "signing", ORIGIN)
    with Ledger(database, clock=clock, signing=signing):
        """The first key is of one kind whatever follows."""
    with Ledger(database, clock=clock, signing=replace(signing, post_quantum=request.param)) as ledger:
        yield Rotated(ledger, clock, signing)
    database.close()


@pytest.fixture
def package(rotated: Rotated, tmp_path: Path) -> Path:
    return rotated.package(tmp_path, rotated.keys[-1])


def verified(package: Path, *arguments: str) -> tuple[int, str]:
    command = [sys.executable, str(VERIFY), *arguments, str(package)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_holds_the_changes_with_their_proofs(rotated: Rotated, package: Path) -> None:
    files = opened(package)
    for rotation in rotated.ledger.rotations():
        assert f"entries/{rotation.position:09}.json" in files
        assert f"proofs/{rotation.position:09}.tlog-proof" in files
    assert set(json.loads(files["manifest.json"])["registrations"]) >= {
        rotation.position for rotation in rotated.ledger.rotations()
    }


def test_verify_py_is_content_with_any_key_the_log_has_had(rotated: Rotated, package: Path) -> None:
    for key in rotated.keys:
        code, told = verified(package, "--key", key.to_text())
        assert code == 0, told
        assert "核验通过 VERIFIED" in told
    assert "the log's keys changed at position" in verified(package, "--key", rotated.keys[0].to_text())[1]


def test_a_stranger_s_key_is_not_led_anywhere(package: Path) -> None:
    code, told = verified(package, "--key", STRANGER.verifier.to_text())

    assert code == 1
    assert "no signature of" in told


def test_may_be_made_under_a_policy_agreed_on_before_the_changes(rotated: Rotated, tmp_path: Path) -> None:
    assert verified(rotated.package(tmp_path, rotated.keys[0]))[0] == 0

    with pytest.raises(NoteRefused):
        rotated.package(tmp_path, STRANGER.verifier)


def forged_statement(rotated: Rotated, files: dict[str, bytes]) -> str:
    """The first change made to lead to a stranger, who signs for it; the old key does not."""
    first = rotated.ledger.rotations()[0]
    data = json.loads(files[f"entries/{first.position:09}.json"])["data"]
    assert data["statement"] == first.note
    forged = replace(first.statement, new=(STRANGER.verifier,))
    assert isinstance(forged, Statement)
    return str(data_of(forged, forged.signed_by([STRANGER]), "")["statement"])


def test_a_forged_change_is_named_with_its_position(rotated: Rotated, package: Path, tmp_path: Path) -> None:
    files, position = opened(package), rotated.ledger.rotations()[0].position
    name = f"entries/{position:09}.json"
    entry = json.loads(files[name])
    entry["data"]["statement"] = forged_statement(rotated, files)
    files[name] = json.dumps(entry, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()

    code, told = verified(packed(resealed(files), tmp_path / "forged.zip"), "--key", rotated.keys[0].to_text())

    assert code == 1
    assert f"position {position}" in told
    assert "without the word of" in told


def test_a_change_taken_out_leaves_the_old_key_without_a_way(rotated: Rotated, package: Path, tmp_path: Path) -> None:
    files, position = opened(package), rotated.ledger.rotations()[0].position
    for name in (f"entries/{position:09}.json", f"proofs/{position:09}.tlog-proof"):
        del files[name]
    manifest = json.loads(files["manifest.json"])
    manifest["registrations"].remove(position)
    files["manifest.json"] = json.dumps(manifest).encode()

    code, told = verified(packed(resealed(files), tmp_path / "short.zip"), "--key", rotated.keys[0].to_text())

    assert code == 1
    assert "no signature of" in told


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


class TestThePage:
    def test_is_content_with_any_key_the_log_has_had(self, browser: Browser, rotated: Rotated, tmp_path: Path) -> None:
        folder = unpacked(opened(rotated.package(tmp_path, rotated.keys[0])), tmp_path / "unpacked")
        with visit(browser, folder / "index.html") as seen:
            assert seen.verdict == "verified"
            for key in (STRANGER.verifier, *rotated.keys):
                seen.page.fill("#held", key.to_text())
                seen.page.click("text=Compare the keys")
                assert seen.verdict == ("failed" if key == STRANGER.verifier else "verified")
            assert seen.troubles == []

    def test_names_a_forged_change(self, browser: Browser, rotated: Rotated, package: Path, tmp_path: Path) -> None:
        files = opened(package)
        forged = forged_statement(rotated, files)
        folder = unpacked(files, tmp_path / "forged")
        page = folder / "index.html"
        true, lie = (_inlined_twice(text) for text in (rotated.ledger.rotations()[0].note, forged))
        text = page.read_text(encoding="utf-8")
        assert true in text
        page.write_text(text.replace(true, lie), encoding="utf-8")

        with visit(browser, page) as seen:
            assert seen.verdict == "failed"
            assert "not vouched for" in seen.told()


def _inlined_twice(text: str) -> str:
    """A text as it stands in an entry that stands in the page."""
    inlined: Callable[[Any], str] = lambda value: json.dumps(value, ensure_ascii=False)[1:-1]  # noqa: E731 - used once
    return inlined(inlined(text))
