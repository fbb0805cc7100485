"""A hundred thousand events that nobody touched: not one alarm, whatever they are checked with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ledger.append import Command
from ledger.audit import audit
from ledger.audit_coverage import audit_coverage
from ledger.audit_proofs import audit_proofs
from ledger.audit_published import DirectorySource, audit_published, export_tiles
from ledger.audit_span import Faults
from ledger.database import open_database
from ledger.ledger import Ledger
from ledger.note import Verifier
from ledger.proof import check_consistency
from ledger.published import checkpoint_of
from ledger.signing import Signing
from tests.attacks.scene import ORIGIN
from tests.support.ledgers import SetClock, minutes
from tests.support.postgres import PostgresDatabases

EVENTS = 100_000
STREAMS = 50


@dataclass
class Grown:
    """The log, and every checkpoint that its clients were given on the way."""

    ledger: Ledger
    given: list[str]

    @property
    def keys(self) -> list[Verifier]:
        assert self.ledger.signer is not None
        return list(self.ledger.signer.verifiers)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def grown(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grown]:
    folder: Path = tmp_path_factory.mktemp("grown")
    databases: PostgresDatabases | None = None
    url = f"sqlite:///{folder / 'ledger.db'}"
    if request.param == "postgresql":
        databases = request.getfixturevalue("postgres_databases")
        url = databases.create()
    database, clock = open_database(url), SetClock()
    with Ledger(database, clock=clock, signing=Signing(folder / "signing", ORIGIN)) as ledger:
        yield Grown(ledger, list(_filled(ledger, clock)))
    database.close()
    if databases is not None:
        databases.drop(url)


def _filled(ledger: Ledger, clock: SetClock) -> Iterator[str]:
    """Commands of 1 to 1,999 events, a second apart, among them single ones; the clock is set back now and then."""
    versions = [0] * STREAMS
    written = number = 0
    while written < EVENTS:
        number += 1
        stream = number % STREAMS
        count = min(EVENTS - written, 1 if number % 3 == 0 else 1 + 997 * number % 1999)
        receipt = ledger.append(Command(minutes(f"minutes/{stream}", count, versions[stream] + 1), f"c-{number}"))
        versions[stream] += count
        written += count
        clock.advance(seconds=-30 if number % 20 == 0 else 1)
        assert receipt.checkpoint is not None
        yield receipt.checkpoint


def test_the_audit_finds_nothing_and_every_checkpoint_ever_given_holds(grown: Grown) -> None:
    report = audit(grown.ledger)
    kept = [(f"given {number}", note) for number, note in enumerate(grown.given)]
    proofs = audit_proofs(grown.ledger, report.size, report.found, verifiers=grown.keys, kept=kept)
    audit_coverage(grown.ledger, report.size, report.found)

    assert [fault.sentence for fault in report.faults] == []
    assert report.size == EVENTS
    assert proofs.kept == len(grown.given) > 100


def test_the_newest_checkpoint_continues_every_earlier_one(grown: Grown) -> None:
    newest = checkpoint_of(grown.given[-1])
    for note in grown.given:
        old = checkpoint_of(note)
        path = grown.ledger.published.consistency(old.size, newest.size)
        check_consistency(old.size, newest.size, old.root, newest.root, path)


def test_the_published_log_is_found_whole(grown: Grown, tmp_path: Path) -> None:
    assert export_tiles(grown.ledger.published, tmp_path / "stick") is not None
    faults = Faults()

    found = audit_published(DirectorySource(tmp_path / "stick"), faults, verifiers=grown.keys)

    assert [fault.sentence for fault in faults.listed] == []
    assert found.checkpoint.size == EVENTS
    assert (tmp_path / "stick" / "tile" / "2" / "000.p" / "1").exists()


def test_one_bit_of_the_highest_tile_is_still_an_alarm(grown: Grown, tmp_path: Path) -> None:
    assert export_tiles(grown.ledger.published, tmp_path / "stick") is not None
    file = tmp_path / "stick" / "tile" / "2" / "000.p" / "1"
    file.write_bytes(bytes([file.read_bytes()[0] ^ 1]) + file.read_bytes()[1:])
    faults = Faults()

    audit_published(DirectorySource(tmp_path / "stick"), faults, verifiers=grown.keys)

    assert any("tile/2/000.p/1" in fault.sentence for fault in faults.listed)
