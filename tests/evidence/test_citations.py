"""What entries cite is read alike by the package, by verify.py and by the page, whatever the kind of event.

Every 64 hexadecimal digits in an entry for which the store holds bytes name a content.  The tests go by
that alone, so that an event that cites one in a new place is found here and not by an investigator.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from ledger.entry import Entry
from ledger.errors import ContentMissing, ContentSealed
from projections import trail
from projections.engine import Projector
from projections.evidence import paper
from projections.evidence import verify as program
from projections.evidence.citations import citations
from projections.evidence.package import EvidencePackage, Request
from projections.evidence.selection import Selection, evidence_of
from tests.aggregates.house import House
from tests.evidence.browser import chromium, visit
from tests.evidence.district import MADE_AT, District, SignedMemory
from tests.evidence.opened import Files, flipped, opened, packed, resealed, unpacked

DIGITS = re.compile(rb'"([0-9a-f]{64})"')
NESTED = {
    "sha256": "a" * 64,
    "size": 3,
    "papers": [{"minutes": {"sha256": "b" * 64, "size": "much"}}, [{"sha256": "c" * 64, "size": 5}]],
    "sha256s": ["d" * 64, "D" * 64, 7],
    "signed": [{"content_sha256": "e" * 64, "size": 4}],
    "figures_sha256": "1" * 64,
    "leaf_hash": "2" * 64,
    "content": "3" * 64,
    "sha256es": {"row_sha256": "4" * 64},
}


@dataclass(frozen=True)
class Desk:
    """Where packages are made of a district in which every kind of event has happened."""

    house: House
    folder: Path

    def stored_in(self, entry: Entry) -> set[str]:
        """The hashes in an entry that the store holds something under, sealed or not."""
        return {digits for digits in map(bytes.decode, DIGITS.findall(entry.raw)) if self._is_stored(digits)}

    def _is_stored(self, digits: str) -> bool:
        try:
            self.house.ledger.contents.get(digits)
        except ContentSealed:
            return True
        except ContentMissing:
            return False
        return True

    def provable(self) -> list[Entry]:
        """The entries before the log's keys were changed: those keys signed in a folder that is gone."""
        entries = list(self.house.ledger.all())
        before = min(rotation.position for rotation in self.house.ledger.rotations())
        assert not any(self.stored_in(entry) for entry in entries[before - 1 :])
        return entries[: before - 1]

    def package(self, selection: Selection) -> Path:
        ledger, log = self.house.ledger, SignedMemory([entry.leaf_hash for entry in self.provable()])
        path = self.folder / "evidence.zip"
        with path.open("wb") as file:
            EvidencePackage(ledger, log, Request(evidence_of(ledger, selection, log.size), MADE_AT)).write(file)
        return path


@pytest.fixture
def desk(eventful: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(paper, "can_print", lambda: False)
    Projector(eventful.ledger, [trail.PROJECTION]).run_once()
    return Desk(eventful, tmp_path)


def everything(desk: Desk) -> Selection:
    return Selection(first=1, last=len(desk.provable()))


def verified(package: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setattr(sys, "argv", ["verify.py", str(package)])
    try:
        program.main()
    except SystemExit:
        return False
    return True


def contents_of(files: Files) -> dict[str, dict[str, object]]:
    return {content["sha256"]: content for content in json.loads(files["manifest.json"])["contents"]}


def test_every_stored_content_that_an_entry_names_is_cited_by_it_and_nothing_else(desk: Desk) -> None:
    citing = set()
    for entry in desk.house.ledger.all():
        stored = desk.stored_in(entry)
        assert {citation.sha256 for citation in citations(entry)} == stored, entry.type
        assert {digest for digest, _ in program.cited(entry.data)} == stored, entry.type
        citing |= {entry.type} if stored else set()

    assert citing >= {
        "annual_report.submitted/1",
        "opinion.response_text_confirmed/1",
        "policy_package.signed_off/1",
        "public_hearing.announced/1",
        "public_hearing.held/1",
        "publication.sealed/1",
    }


def test_package_program_and_page_read_the_same_out_of_an_entry(desk: Desk) -> None:
    data = [*(entry.data for entry in desk.house.ledger.all()), NESTED, [NESTED], "a" * 64, None, 7]
    by_program = [[digest for digest, _ in program.cited(each)] for each in data]
    folder = unpacked(opened(desk.package(everything(desk))), desk.folder / "unpacked")

    with chromium() as browser, visit(browser, (folder / "index.html").as_uri()) as seen:
        assert seen.verdict == "verified"
        by_page = seen.page.evaluate("(all) => all.map((data) => checks.cited(data))", data)

    assert by_page == by_program


def test_what_is_cited_deep_down_comes_with_its_size_where_that_is_said(empty_district: District) -> None:
    entry = empty_district.ledger.entry(empty_district.record("odd.told/1", "odd/1", NESTED))
    expected = {("a" * 64, 3), ("b" * 64, None), ("c" * 64, 5), ("d" * 64, None), ("e" * 64, None)}

    assert set(program.cited(entry.data)) == expected
    assert {(citation.sha256, citation.size) for citation in citations(entry)} == expected


def test_packages_of_items_cases_and_ranges_enclose_what_their_entries_cite(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = {entry.position: entry for entry in desk.provable()}
    named = {(kind, str(entry.data[kind])) for entry in entries.values() for kind in ("item", "case")
             if entry.data.get(kind)}  # fmt: skip
    selections = [everything(desk), *(Selection(subjects=(subject,)) for subject in sorted(named))]

    for selection in selections:
        package = desk.package(selection)
        files = opened(package)
        told = json.loads(files["manifest.json"])
        cited = {digits for position in (*told["positions"], *told["registrations"])
                 for digits in desk.stored_in(entries[position])}  # fmt: skip
        assert contents_of(files).keys() == cited, selection
        for digits, content in contents_of(files).items():
            assert content["state"] in {"ENCLOSED", "SEALED"}
            assert content["path"] is None or sha256(files[str(content["path"])]).hexdigest() == digits
        assert verified(package, monkeypatch), selection
    assert len(selections) > 20


def test_a_change_of_any_enclosed_content_is_found_by_the_entry_that_cites_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = opened(desk.package(everything(desk)))
    enclosed = [content for content in contents_of(files).values() if content["path"]]

    for content in enclosed:
        path = str(content["path"])
        changed = packed(resealed({**files, path: flipped(files[path])}), desk.folder / "changed.zip")
        assert not verified(changed, monkeypatch), content
        assert f"position {content['cited_by'][0]}" in capsys.readouterr().out  # type: ignore[index]
    assert len(enclosed) > 10
