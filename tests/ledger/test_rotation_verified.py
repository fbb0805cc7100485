"""Whoever holds any key that a log has had can check all of it, across every change of its keys."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from ledger.append import Command
from ledger.audit_proofs import audit_proofs
from ledger.audit_published import (
    DirectorySource,
    audit_published,
    compare_checkpoints,
    consistency_of,
    export_tiles,
    rotations_of,
)
from ledger.audit_span import Faults
from ledger.checkpoint import Checkpoint
from ledger.database import Database
from ledger.entry import EventDraft
from ledger.ledger import Ledger
from ledger.note import ED25519, MLDSA44, KeyRefused, Note, NoteRefused, Verifier, signer_of
from ledger.policy import Policy
from ledger.receipt_file import check_receipt_file
from ledger.recorded_rotations import KEYS
from ledger.rotation import ROTATED, STREAM, RotationBroken
from ledger.signing import Signing
from tests.support.ledgers import minutes

ORIGIN = "ledger.example/district"
STRANGER = signer_of(ORIGIN, ED25519, bytes(32))


@pytest.fixture(params=[False, True], ids=["ed25519", "ml-dsa-44"])
def log(request: pytest.FixtureRequest, database: Database, name: str, tmp_path: Path) -> Iterator[Ledger]:
    """300 entries, two changes of keys among them; from the first on with a second signature, or without."""
    signing = Signing(tmp_path / "signing", ORIGIN)
    with Ledger(database, name, signing=signing) as begun:
        begun.append(Command(minutes("minutes/1", 5)))
        begun.append(Command(minutes("minutes/1", 260, 6)))
    with Ledger(database, name, signing=replace(signing, post_quantum=request.param)) as ledger:
        rotate(ledger, 1)
        ledger.append(Command(minutes("minutes/1", 24, 266)))
        rotate(ledger, 2)
        ledger.append(Command(minutes("minutes/1", 9, 290)))
        yield ledger


def rotate(ledger: Ledger, version: int) -> None:
    ledger.append(Command([EventDraft(STREAM, version, ROTATED, ledger.prepare_rotation("…"))]))


def keys(ledger: Ledger) -> list[Verifier]:
    """The Ed25519 keys that the log has had, in their order."""
    history = ledger.key_history()
    assert history is not None
    return [key for key in history.every if key.kind == ED25519]


def faults_of(ledger: Ledger, *trusted: Verifier, kept: str | None = None) -> list[str]:
    faults = Faults()
    held = [] if kept is None else [("kept", kept)]
    found = audit_proofs(ledger, ledger.head().size, faults, verifiers=trusted, kept=held)
    assert found.rotations in {0, 2}
    return [fault.sentence for fault in faults.listed]


def checkpoint(ledger: Ledger, size: int) -> str:
    found = ledger.published.checkpoint(size)
    assert found is not None
    return found


def forged(size: int, root: bytes, *signers: object) -> str:
    body = Checkpoint(ORIGIN, size, root).to_text()
    return Note(body, tuple(signer.sign(body, 7) for signer in signers)).to_text()  # type: ignore[attr-defined]


class TestTheDatabase:
    def test_holds_under_any_of_its_keys(self, log: Ledger) -> None:
        for key in keys(log):
            assert faults_of(log, key) == []

    def test_holds_against_a_checkpoint_kept_under_any_of_them(self, log: Ledger) -> None:
        for size in (5, 266, 291, 300):
            assert faults_of(log, keys(log)[0], kept=checkpoint(log, size)) == []

    def test_is_another_log_to_whoever_holds_another_key(self, log: Ledger) -> None:
        assert any("another log, or one made up" in fault for fault in faults_of(log, STRANGER.verifier))

    def test_a_checkpoint_by_the_retired_key_is_named(self, log: Ledger, tmp_path: Path) -> None:
        """Stolen after it was retired, it signs what it likes; nobody believes it."""
        assert log.signer is not None
        stolen = log.signer._ring.find([keys(log)[0]])
        assert stolen is not None
        lie = forged(280, bytes(32), *stolen.signers)

        [fault] = faults_of(log, keys(log)[0], kept=lie)

        assert "only" in fault
        assert "speaks for" in fault

    def test_an_edited_change_is_named(self, log: Ledger) -> None:
        """Whoever rewrites the entry must also forge the old key's word."""
        first, second, _ = keys(log)
        with log.database.writing() as connection:
            _without_guards(connection, log.database)
            raw = bytes(
                connection.execute(
                    text("SELECT entry FROM ledger_entries WHERE ledger = :l AND position = 266"), {"l": log.number}
                ).scalar_one()
            )
            mine = raw.replace(second.to_text().encode(), STRANGER.verifier.to_text().encode())
            assert mine != raw
            connection.execute(
                text("UPDATE ledger_entries SET entry = :raw WHERE ledger = :l AND position = 266"),
                {"l": log.number, "raw": mine},
            )

        assert any("position 266 is not vouched for" in fault for fault in faults_of(log, first))


class TestAStick:
    @pytest.fixture
    def stick(self, log: Ledger, tmp_path: Path) -> Path:
        assert export_tiles(log.published, tmp_path / "stick") is not None
        return tmp_path / "stick"

    def faults(self, stick: Path, *trusted: Verifier, kept: str | None = None) -> list[str]:
        faults = Faults()
        held = [] if kept is None else [("kept", kept)]
        found = audit_published(DirectorySource(stick), faults, verifiers=trusted, kept=held)
        assert found.rotations == 2
        return [fault.sentence for fault in faults.listed]

    def test_holds_under_any_key_and_any_kept_checkpoint(self, log: Ledger, stick: Path) -> None:
        for key in keys(log):
            assert self.faults(stick, key) == []
            for size in (5, 265, 266, 290, 291, 300):
                assert self.faults(stick, key, kept=checkpoint(log, size)) == []

    def test_is_another_log_to_whoever_holds_another_key(self, stick: Path) -> None:
        found = self.faults(stick, STRANGER.verifier)

        assert any("another log, or one made up" in fault for fault in found)
        assert any("newest checkpoint does not hold" in fault for fault in found)

    def test_a_newest_checkpoint_by_a_retired_key_is_refused(self, log: Ledger, stick: Path) -> None:
        assert log.signer is not None
        stolen = log.signer._ring.find([keys(log)[0]])
        assert stolen is not None
        head = log.head()
        (stick / "checkpoint").write_text(forged(head.size, head.root, *stolen.signers))

        with pytest.raises(NoteRefused, match="speaks for"):
            self.faults(stick, keys(log)[0])

    def test_checkpoints_of_two_keys_are_compared(self, log: Ledger, stick: Path) -> None:
        source = DirectorySource(stick)
        prove = consistency_of(source, 300)
        for key in keys(log):
            compared = compare_checkpoints(checkpoint(log, 5), checkpoint(log, 300), [key], prove, rotations_of(source))
            assert (compared.older.size, compared.newer.size, compared.fork) == (5, 300, None)

    def test_a_forged_file_of_keys_leads_nowhere(self, log: Ledger, stick: Path) -> None:
        told = json.loads((stick / KEYS).read_text())
        told["history"][1]["statement"] = told["history"][2]["statement"]
        (stick / KEYS).write_text(json.dumps(told))
        with pytest.raises(RotationBroken):
            compare_checkpoints(
                checkpoint(log, 5), checkpoint(log, 300), keys(log)[:1], None, rotations_of(DirectorySource(stick))
            )

        (stick / KEYS).write_text('{"history": [{"statement": 7}]}')
        with pytest.raises(KeyRefused, match="cannot be read"):
            rotations_of(DirectorySource(stick))

    def test_a_fresh_log_under_the_old_name_is_noticed(
        self, log: Ledger, stick: Path, database: Database, name: str, tmp_path: Path
    ) -> None:
        """Whoever holds the new key signs another past, and brings the old key's word for the new one along."""
        signing = Signing(tmp_path / "signing", ORIGIN)
        elsewhere = tmp_path / "elsewhere"
        change = log.entry(266)
        ring = log.signer and log.signer._ring.find(log.signer.verifiers)
        assert ring is not None
        with Ledger(database, f"{name} again", signing=replace(signing, directory=elsewhere)) as fresh:
            fresh.append(Command(minutes("minutes/1", 265)))
            fresh._committer._signer = _Lying(ring)  # type: ignore[assignment]
            fresh.append(Command([EventDraft(STREAM, 1, ROTATED, change.data)]))
            export_tiles(fresh.published, tmp_path / "fresh")

        faults = Faults()
        audit_published(DirectorySource(tmp_path / "fresh"), faults, verifiers=keys(log)[:1])

        assert any("was signed over a tree of 265 entries" in fault.sentence for fault in faults.listed)


class _Lying:
    """A signer that signs whatever it is given, with keys it holds."""

    class history:  # noqa: N801 - stands in for an attribute
        rotations = ()

    def __init__(self, keys: object) -> None:
        self._keys = keys

    def refuse_fork(self, _: object) -> None: ...

    def admit(self, *_: object) -> object:
        return object()

    def rotated(self, _: object) -> None: ...

    def keep(self, _: object) -> None: ...

    def sign(self, size: int, root: bytes, _: object) -> str:
        return str(self._keys.sign(Checkpoint(ORIGIN, size, root), 7))  # type: ignore[attr-defined]


class TestAReceipt:
    def test_holds_under_any_key_with_the_changes_beside_it(self, log: Ledger) -> None:
        rotations = log.rotations()
        for position in (3, 266, 295):
            entry = log.entry(position)
            for size in (5, 266, 300):
                receipt = log.published.receipt_file(position, checkpoint(log, size)) if position <= size else None
                for key in keys(log):
                    if receipt is not None:
                        found = check_receipt_file(entry.raw, receipt.to_text(), Policy((key,)), rotations)
                        assert found.checkpoint.size == size

    def test_without_them_only_the_key_that_signed_it_will_do(self, log: Ledger) -> None:
        receipt = log.published.receipt_file(3)
        assert receipt is not None
        entry = log.entry(3).raw

        found = check_receipt_file(entry, receipt.to_text(), Policy((keys(log)[2],)))
        assert found.checkpoint.size == 300
        with pytest.raises(NoteRefused):
            check_receipt_file(entry, receipt.to_text(), Policy((keys(log)[0],)))

    def test_to_whoever_trusts_nobody_the_changes_prove_nothing(self, log: Ledger) -> None:
        receipt = log.published.receipt_file(3)
        assert receipt is not None

        for policy in (Policy(), Policy((STRANGER.verifier,))):
            with pytest.raises(NoteRefused):
                check_receipt_file(log.entry(3).raw, receipt.to_text(), policy, log.rotations())


def test_the_second_signature_is_asked_for_where_the_log_has_one(log: Ledger) -> None:
    history = log.key_history()
    assert history is not None
    if not any(key.kind == MLDSA44 for key in history.now):
        pytest.skip("this log has none")
    assert log.signer is not None
    ring = log.signer._ring.find(history.now)
    assert ring is not None
    head = log.head()

    with pytest.raises(NoteRefused, match="speaks for"):
        history.open(forged(head.size, head.root, ring.signers[0]))


def _without_guards(connection: object, database: Database) -> None:
    run: Callable[..., object] = connection.execute  # type: ignore[attr-defined]
    if database.is_postgresql:
        run(text("SET LOCAL session_replication_role = replica"))
        return
    for (trigger,) in run(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():  # type: ignore[attr-defined]
        run(text(f'DROP TRIGGER "{trigger}"'))
