"""The audit of what makes the log provable: every kind of tampering is named, a clean log never."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from ledger.append import Command
from ledger.audit import audit
from ledger.audit_proofs import ProofAudit, audit_proofs
from ledger.audit_span import Faults
from ledger.brackets import BY_HAND, CLOCK_SKEW
from ledger.checkpoint import Checkpoint
from ledger.clock import system_clock
from ledger.database import Database, open_database
from ledger.ledger import Ledger
from ledger.note import ED25519, ED25519_COSIGNATURE, Note, parse_note, signer_of
from ledger.published import checkpoint_of
from ledger.signing import Signing
from ledger.timestamps import check_timestamp, request_timestamp
from tests.support.ledgers import minutes
from tests.support.timestamp_authority import TimestampAuthority

ORIGIN = "ledger.example/district"
WITNESS = signer_of("audit.example", ED25519_COSIGNATURE, b"\x01" * 32)


@pytest.fixture
def tampered_with(database_url: str) -> Iterator[Database]:
    """A database of the test's own, whose guards may be taken away."""
    database = open_database(database_url)
    yield database
    database.close()


@pytest.fixture
def grown(tampered_with: Database, tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tampered_with, signing=Signing(tmp_path / "signing", ORIGIN)) as ledger:
        for first, count in ((1, 3), (4, 300), (304, 296)):
            ledger.append(Command(minutes("minutes/1", count, first)))
        yield ledger


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> TimestampAuthority:
    return TimestampAuthority(tmp_path_factory.mktemp("authority"))


def audited(ledger: Ledger, **options: object) -> tuple[ProofAudit, list[str]]:
    faults = Faults()
    assert ledger.signer is not None
    found = audit_proofs(ledger, ledger.feed.size(), faults, verifiers=ledger.signer.verifiers, **options)
    return found, [fault.sentence for fault in faults.listed]


def by_an_administrator(ledger: Ledger, statement: str, **values: object) -> None:
    """Run SQL past every guard."""
    with ledger.database.writing() as connection:
        if ledger.database.is_postgresql:
            connection.execute(text("SET session_replication_role = replica"))
        else:
            for trigger in (
                connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
            ):
                connection.execute(text(f"DROP TRIGGER {trigger}"))
        connection.execute(text(statement), values)
        if ledger.database.is_postgresql:
            connection.execute(text("SET session_replication_role = DEFAULT"))


class TestACleanLog:
    def test_is_clean_and_says_what_was_checked(self, grown: Ledger) -> None:
        found, sentences = audited(grown)

        assert sentences == []
        assert found == ProofAudit(subtrees=2, checkpoints=4, cosignatures=0, timestamps=0, kept=0)

    def test_every_checkpoint_it_ever_showed_holds(self, grown: Ledger) -> None:
        kept = [(f"of {size}", grown.published.checkpoint(size) or "") for size in (0, 3, 303, 599)]

        found, sentences = audited(grown, kept=kept)

        assert (found.kept, sentences) == (4, [])


class TestTampering:
    @pytest.mark.parametrize(
        ("statement", "sentence"),
        [
            ("UPDATE ledger_subtrees SET hash = :h WHERE number = 1", "subtree root of level 8, number 1 is 0101"),
            ("DELETE FROM ledger_subtrees WHERE number = 0", "subtree root of level 8, number 0 is missing"),
            ("UPDATE ledger_checkpoints SET size = 302 WHERE size = 303", "stored for size 302 says size 303"),
            ("UPDATE ledger_checkpoints SET note = replace(note, '303', '304') WHERE size = 303", "does not hold"),
            ("UPDATE ledger_entries SET leaf_hash = :h WHERE position = 2", "stored for size 3 says size 3 and root"),
        ],
    )
    def test_of_what_is_derived_is_named(self, grown: Ledger, statement: str, sentence: str) -> None:
        values = {"h": b"\x01" * 32} if ":h" in statement else {}
        by_an_administrator(grown, statement, **values)

        _, sentences = audited(grown)

        assert any(sentence in found for found in sentences), sentences

    def test_a_checkpoint_that_the_log_never_signed_is_named(self, grown: Ledger) -> None:
        stranger = signer_of(ORIGIN, ED25519, b"\x09" * 32)
        body = Checkpoint(ORIGIN, 3, bytes(32)).to_text()

        _, sentences = audited(grown, kept=[("of a stranger", Note(body, (stranger.sign(body),)).to_text())])

        assert sentences == [sentences[0]]
        assert "the kept checkpoint of a stranger cannot be held against the log: no key we know" in sentences[0]


class TestAgainstAKeptCheckpoint:
    """The whole log is rewritten, and every table with it: only what somebody kept can tell."""

    @pytest.fixture
    def rewritten(self, grown: Ledger, tmp_path: Path) -> Iterator[Callable[[int], tuple[Ledger, str]]]:
        kept = grown.published.checkpoint()
        assert kept is not None
        forger = tmp_path / "forger"
        forger.mkdir()
        (forger / "log.key").write_bytes((tmp_path / "signing" / "log.key").read_bytes())
        (forger / "log.key").chmod(0o600)
        database = open_database(f"sqlite:///{tmp_path / 'rewritten.db'}")

        def rewrite(entries: int) -> tuple[Ledger, str]:
            ledger = Ledger(database, signing=Signing(forger, ORIGIN))
            ledger.append(Command(minutes("minutes/rewritten", entries)))
            return ledger, kept

        yield rewrite
        database.close()

    def test_a_rewritten_past_is_caught(self, rewritten: Callable[[int], tuple[Ledger, str]]) -> None:
        ledger, kept = rewritten(700)
        with ledger:
            assert audit(ledger).clean

            _, sentences = audited(ledger, kept=[("of May", kept)])

            assert len(sentences) == 1
            assert "the kept checkpoint of May of 599 entries has root" in sentences[0]
            assert "rewritten since it was kept" in sentences[0]

    def test_a_cut_tail_is_caught(self, rewritten: Callable[[int], tuple[Ledger, str]]) -> None:
        ledger, kept = rewritten(500)
        with ledger:
            _, sentences = audited(ledger, kept=[("of May", kept)])

            assert sentences == [
                "ROLLBACK: the kept checkpoint of May covers 599 entries, the log has 500: the last 99 have been taken away"
            ]


class TestCosignatures:
    def test_a_true_one_holds_and_a_forged_one_is_named(self, grown: Ledger) -> None:
        note = grown.published.checkpoint()
        assert note is not None
        size, body = checkpoint_of(note).size, parse_note(note).text
        now = grown.clock()

        grown.published.add_cosignature(size, WITNESS.verifier, WITNESS.sign(body, 1), now)
        assert audited(grown)[1] == []

        grown.published.add_cosignature(size, WITNESS.verifier, WITNESS.sign("another\n", 1), now)
        assert ["a cosignature over the checkpoint of size 599" in found for found in audited(grown)[1]] == [True]


class TestTimestamps:
    def stamp(self, ledger: Ledger, authority: TimestampAuthority, size: int, named: str = "tsa.example") -> None:
        note = ledger.published.checkpoint(size)
        assert note is not None
        body = parse_note(note).text
        token = authority.reply(request_timestamp(body).body)
        at = check_timestamp(token, body, [authority.root])
        ledger.published.add_timestamp(size, named, at, token)

    def test_true_ones_hold(self, grown: Ledger, authority: TimestampAuthority) -> None:
        for size in (3, 599):
            self.stamp(grown, authority, size)

        found, sentences = audited(grown, roots=[authority.root])

        assert (found.timestamps, sentences) == (2, [])

    def test_a_stamp_over_another_checkpoint_is_named(self, grown: Ledger, authority: TimestampAuthority) -> None:
        self.stamp(grown, authority, 3)
        by_an_administrator(grown, "UPDATE ledger_timestamps SET size = 303")

        _, sentences = audited(grown, roots=[authority.root])

        assert ["time stamp over size 303 by tsa.example does not hold" in found for found in sentences] == [True]

    @pytest.mark.parametrize(
        ("wrong_by", "sentence"),
        [
            (2 * CLOCK_SKEW, "position 303 claims to be recorded at"),
            (-2 * CLOCK_SKEW, "position 304 claims to be recorded at .* earlier than its bracket"),
        ],
    )
    def test_an_entry_outside_its_bracket_is_named(
        self,
        tampered_with: Database,
        authority: TimestampAuthority,
        tmp_path: Path,
        wrong_by: timedelta,
        sentence: str,
    ) -> None:
        with Ledger(
            tampered_with, signing=Signing(tmp_path / "s", ORIGIN), clock=lambda: system_clock() + wrong_by
        ) as ledger:
            ledger.append(Command(minutes("minutes/1", 303, 1)))
            self.stamp(ledger, authority, 303)
            ledger.append(Command(minutes("minutes/1", 3, 304)))

            _, sentences = audited(ledger, roots=[authority.root])

        assert [bool(re.search(sentence, found)) for found in sentences] == [True], sentences

    def test_one_carried_in_by_hand_bounds_from_above_only(
        self, tampered_with: Database, authority: TimestampAuthority, tmp_path: Path
    ) -> None:
        slow = lambda: system_clock() - 2 * CLOCK_SKEW  # noqa: E731 - a clock of one line
        with Ledger(tampered_with, signing=Signing(tmp_path / "s", ORIGIN), clock=slow) as ledger:
            ledger.append(Command(minutes("minutes/1", 3, 1)))
            # Between the query and the authority's answer lay a way on foot, and entries went in meanwhile.
            self.stamp(ledger, authority, 3, named=f"{BY_HAND}tsa.example")
            ledger.append(Command(minutes("minutes/1", 3, 4)))

            _, sentences = audited(ledger, roots=[authority.root])

        assert sentences == []

    def test_without_roots_a_stamp_still_has_to_be_one_and_of_its_time(
        self, grown: Ledger, authority: TimestampAuthority
    ) -> None:
        self.stamp(grown, authority, 303)
        by_an_administrator(grown, "UPDATE ledger_timestamps SET stamped_at = stamped_at + 1")

        assert "states another time" in audited(grown)[1][0]
