"""Which entries a selection means, and which registrations they cannot be read without."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from ledger import instants
from ledger.database import open_database
from ledger.ledger import Ledger, NoSuchEntry
from ledger.note import parse_note
from ledger.signing import Signing
from ledger.timestamps import request_timestamp
from projections.errors import NotBuiltYet
from projections.evidence import selection as selecting
from projections.evidence.package import EvidencePackage, Request
from projections.evidence.selection import Chosen, Selection, entries_at, evidence_of
from projections.evidence.signed_log import NothingSigned, PublishedEvidence
from tests.evidence.district import MADE_AT
from tests.evidence.opened import opened
from tests.projections.district import ADMINISTRATOR, MONDAY, PUBLISHER, District, published
from tests.support.timestamp_authority import TimestampAuthority

ITEM, OTHER = "I-2025-0001", "I-2025-0002"
ORIGIN = "ledger.example/district"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    folder = tmp_path_factory.mktemp("ledger")
    database = open_database(f"sqlite:///{folder / 'ledger.db'}")
    with Ledger(database, signing=Signing(folder / "signing", ORIGIN)) as ledger:
        yield ledger
    database.close()


@pytest.fixture(scope="module")
def district(ledger: Ledger) -> District:
    """Seven registrations, two items on their way to the public, and an appointment that came after both."""
    district = District(ledger)
    for unit in ("U01", "U05"):
        kind = "district_office" if unit == "U01" else "department"
        district.record(
            "unit.registered/1", {"unit": unit, "name_zh": unit, "name_en": unit, "kind": kind, "code": None}
        )
    district.record("officer.registered/1", {"officer": "P05", "name_commitment": None})
    post = {"officer": "P05", "unit": "U05", "post": "publisher", "from_date": "2025-01-06", "until_date": None}
    district.record("officer.appointed/1", post)
    channel = {"channel": "CH-01", "kind": "platform", "name_zh": "网站", "name_en": "Site", "owner_unit": "U01"}
    district.record("channel.registered/1", channel)
    district.record("channel.registered/1", {**channel, "channel": "CH-02"})
    rules = {
        "ruleset": "RS-143",
        "version": 1,
        "document_number": "1号",
        "title_zh": "规则",
        "effective_from": "2025-01-01",
        "parameters": {},
    }
    district.record("ruleset.adopted/1", rules, stream="ruleset/district")
    district.publish(ITEM)
    district.record("publication.published/1", published(OTHER), PUBLISHER, ruleset="RS-143/1")
    district.record("officer.appointed/1", {**post, "post": "drafter"}, ADMINISTRATOR)
    district.fold()
    return district


def test_an_items_trail_comes_with_the_registrations_it_relies_on(district: District) -> None:
    chosen = evidence_of(district.ledger, Selection(subjects=(("item", ITEM),)), 16)

    assert chosen == Chosen(positions=tuple(range(8, 15)), registrations=(2, 3, 4, 5), known_to=16)


def test_the_rules_in_force_are_among_them_and_what_came_later_is_not(district: District) -> None:
    chosen = evidence_of(district.ledger, Selection(subjects=(("item", OTHER),)), 16)

    assert chosen.positions == (15,)
    assert chosen.registrations == (2, 3, 4, 5, 7)


def test_they_can_be_left_out(district: District) -> None:
    chosen = evidence_of(district.ledger, Selection(subjects=(("item", OTHER),), registrations=False), 16)

    assert chosen.registrations == ()


def test_subjects_add_up_and_bounds_take_away(district: District) -> None:
    at_noon = instants.to_text(MONDAY + timedelta(minutes=12))
    both = Selection(subjects=(("item", ITEM), ("item", OTHER)), registrations=False)

    def positions(**bounds: object) -> tuple[int, ...]:
        from dataclasses import replace

        return evidence_of(district.ledger, replace(both, **bounds), 16).positions

    assert positions() == tuple(range(8, 16))
    assert positions(first=10, last=13) == (10, 11, 12, 13)
    assert positions(from_instant=at_noon) == (12, 13, 14, 15)
    assert positions(until_instant=at_noon) == (8, 9, 10, 11, 12)
    assert positions(types=("document.approved/1",)) == (12,)
    assert positions(last=9, positions=(16,)) == (8, 9, 16)


def test_a_range_needs_no_subject(district: District) -> None:
    chosen = evidence_of(
        district.ledger, Selection(first=6, last=9, types=("document.drafted/1", "ruleset.adopted/1")), 16
    )

    assert chosen.positions == (7, 8)


def test_an_officers_deeds_are_found_and_nothing_beyond_the_checkpoint(district: District) -> None:
    selection = Selection(subjects=(("officer", "P05"),), registrations=False)

    assert evidence_of(district.ledger, selection, 16).positions == (3, 4, 14, 15, 16)
    assert evidence_of(district.ledger, selection, 14).positions == (3, 4, 14)


def test_long_trails_are_read_page_by_page(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selecting, "LARGEST_PAGE", 3)

    chosen = evidence_of(district.ledger, Selection(subjects=(("item", ITEM),)), 16)

    assert chosen.positions == tuple(range(8, 15))


def test_entries_are_read_in_runs_and_a_missing_one_is_named(district: District) -> None:
    assert [entry.position for entry in entries_at(district.ledger, (1, 2, 3, 9, 11, 12))] == [1, 2, 3, 9, 11, 12]
    with pytest.raises(NoSuchEntry, match="no entry at position 17; it has 16"):
        list(entries_at(district.ledger, (15, 16, 17)))


def test_a_selection_becomes_a_package_of_the_published_log(district: District, tmp_path: Path) -> None:
    ledger = district.ledger
    assert ledger.signer is not None
    policy = f"log {ledger.signer.verifiers[0].to_text()}\nquorum none\n"
    log = PublishedEvidence(ledger.published, policy)
    chosen = evidence_of(ledger, Selection(subjects=(("item", ITEM),)), ledger.head().size)

    with (tmp_path / "evidence.zip").open("wb") as file:
        EvidencePackage(ledger, log, Request(chosen, MADE_AT)).write(file)

    files = opened(tmp_path / "evidence.zip")
    assert files["checkpoint.txt"].decode() == ledger.published.checkpoint()
    assert len([name for name in files if name.startswith("entries/")]) == 11


def test_stamps_over_kept_checkpoints_go_with_it(district: District, authority: TimestampAuthority) -> None:
    ledger = district.ledger
    assert ledger.signer is not None
    note = ledger.published.checkpoint(9)
    assert note is not None
    token = authority.reply(request_timestamp(parse_note(note).text).body)
    ledger.published.add_timestamp(9, "authority", MADE_AT, token)

    log = PublishedEvidence(ledger.published, f"log {ledger.signer.verifiers[0].to_text()}\nquorum none\n")
    earlier = PublishedEvidence(ledger.published, log.policy, checkpoint=ledger.published.checkpoint(8))

    assert [(stamp.size, stamp.text, stamp.token) for stamp in log.stamps] == [(9, parse_note(note).text, token)]
    assert list(earlier.stamps) == []


def test_a_log_that_signed_nothing_gives_no_evidence(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'ledger.db'}")
    with Ledger(database) as ledger:
        with pytest.raises(NothingSigned, match="no signed checkpoint yet"):
            PublishedEvidence(ledger.published, "quorum none\n")
        with pytest.raises(NotBuiltYet):
            evidence_of(ledger, Selection(subjects=(("item", ITEM),)), 1)
    database.close()
