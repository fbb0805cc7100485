"""A log changes its keys: the old ones vouch, the new ones sign from there on, and nobody else gets in between."""

from __future__ import annotations

import random
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from ledger.anchor import Anchor
from ledger.append import Command, Receipt
from ledger.audit_proofs import audit_proofs
from ledger.audit_span import Faults
from ledger.checkpoint import Checkpoint
from ledger.database import Database
from ledger.durable_file import write_durably
from ledger.entry import EventDraft
from ledger.errors import LedgerReadOnly
from ledger.keyring import KEY_FILE, VERIFIER_FILE, KeyFileRefused, KeyRing, SigningKeys
from ledger.ledger import Ledger
from ledger.note import ED25519, MLDSA44, KeyRefused, Note, NoteRefused, Verifier, open_note, parse_note, signer_of
from ledger.published import checkpoint_of
from ledger.rotation import (
    ROTATED,
    STREAM,
    RotationBroken,
    RotationRefused,
    Statement,
    data_of,
    history_of,
    parse_statement,
    read_rotation,
    vouched,
)
from ledger.signing import CHECKPOINT_FILE, LogSigner, Signing
from ledger.tree import RightEdge
from tests.support.ledgers import assert_whole, minutes, note, noted, submitted_together

ORIGIN = "ledger.example/district"
ROOT = bytes(range(32))
OLD, NEW, NEXT, STRANGER = (signer_of(ORIGIN, ED25519, bytes([seed]) * 32) for seed in (1, 2, 3, 4))
QUANTUM = signer_of(ORIGIN, MLDSA44, bytes([5]) * 32)


@pytest.fixture
def signing(tmp_path: Path) -> Signing:
    return Signing(tmp_path / "signing", ORIGIN)


@pytest.fixture
def opened(database: Database, name: str, signing: Signing) -> Callable[[], Ledger]:
    """Opens the test's ledger, as often as it likes."""
    return lambda: Ledger(database, name, signing=signing)


@pytest.fixture
def signed(opened: Callable[[], Ledger]) -> Iterator[Ledger]:
    with opened() as ledger:
        ledger.append(Command(minutes("minutes/1", 5)))
        yield ledger
        assert ledger.fault is None
        assert_whole(ledger)


def change(data: dict[str, Any], version: int) -> Command:
    return Command([EventDraft(STREAM, version, ROTATED, data)])


def rotate(ledger: Ledger, ground: str = "the yearly change") -> Receipt:
    """Change the log's keys."""
    return ledger.append(change(ledger.prepare_rotation(ground), ledger.stream_version(STREAM) + 1))


def keys_of(ledger: Ledger) -> tuple[Verifier, ...]:
    assert ledger.signer is not None
    return tuple(ledger.signer.verifiers)


def signers_of(text: str | None, *keys: Verifier) -> list[Verifier]:
    assert text is not None
    return [verifier for verifier, _ in open_note(text, keys)[1]]


def more(ledger: Ledger) -> Receipt:
    return ledger.append(Command([noted("minutes/2", ledger.stream_version("minutes/2") + 1)]))


class TestAStatement:
    STATEMENT = Statement(ORIGIN, 1, 5, ROOT, (OLD.verifier,), (NEW.verifier, QUANTUM.verifier))

    def test_is_read_as_it_was_written(self) -> None:
        assert parse_statement(self.STATEMENT.to_text()) == self.STATEMENT

    def test_can_never_be_taken_for_a_checkpoint(self) -> None:
        with pytest.raises(NoteRefused, match="no checkpoint"):
            checkpoint_of(self.STATEMENT.signed_by([OLD]))

    @pytest.mark.parametrize(
        "change_it",
        [
            lambda text: text.replace("rotation 1", "rotation 01"),
            lambda text: text.replace("tree 5", "tree -5"),
            lambda text: text + "new line\n",
            lambda text: text.replace(f"origin {ORIGIN}", "origin ledger.example/elsewhere"),
            lambda text: "".join(line for line in text.splitlines(keepends=True) if not line.startswith("new ")),
        ],
    )
    def test_of_another_form_is_none(self, change_it: Callable[[str], str]) -> None:
        with pytest.raises(KeyRefused):
            parse_statement(change_it(self.STATEMENT.to_text()))

    def test_its_keys_begin_with_one_that_everybody_can_check(self) -> None:
        with pytest.raises(KeyRefused, match="Ed25519"):
            parse_statement(replace(self.STATEMENT, new=(QUANTUM.verifier,)).to_text())


class TestVouching:
    """The chain as somebody sees it who reads it out of entries."""

    FIRST = Statement(ORIGIN, 1, 5, ROOT, (OLD.verifier,), (NEW.verifier, QUANTUM.verifier))
    SECOND = Statement(ORIGIN, 2, 9, ROOT, (NEW.verifier, QUANTUM.verifier), (NEXT.verifier,))

    def data(self, statement: Statement, *signers: Any) -> dict[str, Any]:
        return data_of(statement, statement.signed_by(signers), "…")

    def rotations(self) -> list[Any]:
        return [
            read_rotation(6, self.data(self.FIRST, OLD, NEW, QUANTUM)),
            read_rotation(12, self.data(self.SECOND, NEW, QUANTUM, NEXT)),
        ]

    def test_leads_from_any_key_to_all_others(self) -> None:
        for trusted in (OLD, NEW, NEXT):
            history = vouched(self.rotations(), [trusted.verifier])

            assert history.at(5) == (OLD.verifier,)
            assert history.at(6) == history.at(11) == (NEW.verifier, QUANTUM.verifier)
            assert history.at(12) == history.now == (NEXT.verifier,)

    def test_does_not_begin_at_a_stranger(self) -> None:
        with pytest.raises(NoteRefused, match="another log, or one made up"):
            vouched(self.rotations(), [STRANGER.verifier])

    @pytest.mark.parametrize(
        ("signers", "sentence"),
        [
            ((NEW, QUANTUM), "does not vouch for the new keys"),
            ((STRANGER, NEW, QUANTUM), "does not vouch for the new keys"),
            ((OLD, QUANTUM), "nobody has shown to hold it"),
            ((OLD, NEW), "nobody has shown to hold it"),
        ],
    )
    def test_needs_every_key(self, signers: tuple[Any, ...], sentence: str) -> None:
        rotation = read_rotation(6, self.data(self.FIRST, *signers))

        with pytest.raises(RotationBroken, match=sentence) as broken:
            history_of([rotation])

        assert broken.value.position == 6

    def test_a_signature_over_another_statement_is_none(self) -> None:
        """The old key's word for one new key is not its word for another."""
        elsewhere = parse_note(self.FIRST.signed_by([OLD]))
        forged = replace(self.FIRST, new=(STRANGER.verifier,))
        text = parse_note(forged.signed_by([STRANGER])).with_signatures(elsewhere.signatures).to_text()

        with pytest.raises(RotationBroken, match="is not one over this text"):
            history_of([read_rotation(6, data_of(forged, text, "…"))])

    @pytest.mark.parametrize("member", ["origin", "old_verifier_keys", "new_verifier_keys", "statement"])
    def test_an_edited_member_is_noticed(self, member: str) -> None:
        data = self.data(self.FIRST, OLD, NEW, QUANTUM)
        data[member] = [STRANGER.verifier.to_text()] if member.endswith("keys") else "ledger.example/elsewhere"

        with pytest.raises(RotationBroken):
            read_rotation(6, data)

    def test_a_change_cannot_be_left_out_or_told_twice(self) -> None:
        first, second = self.rotations()

        for chain in ([second, first], [first, first]):
            with pytest.raises(RotationBroken, match="expected"):
                history_of(chain)

    def test_a_retired_key_speaks_no_more_and_a_new_one_not_before_its_time(self) -> None:
        history = vouched(self.rotations(), [OLD.verifier])
        for signer, size in ((OLD, 6), (NEW, 5), (NEXT, 11), (NEW, 12)):
            with pytest.raises(NoteRefused, match="only .* speaks for"):
                history.open(signed_tree(size, signer))

        assert history.open(signed_tree(5, OLD))
        assert history.open(signed_tree(6, OLD, NEW, QUANTUM))
        assert history.open(signed_tree(12, NEXT))

    def test_the_second_signature_cannot_be_left_out(self) -> None:
        with pytest.raises(NoteRefused, match="only .* speaks for"):
            vouched(self.rotations(), [OLD.verifier]).open(signed_tree(7, NEW))


def signed_tree(size: int, *signers: Any) -> str:
    body = Checkpoint(ORIGIN, size, ROOT).to_text()
    return Note(body, tuple(signer.sign(body, 7) for signer in signers)).to_text()


class TestAChange:
    def test_both_sign_the_checkpoint_that_covers_it_and_the_new_ones_from_there_on(self, signed: Ledger) -> None:
        old = keys_of(signed)
        before = signed.published.checkpoint()

        receipt = rotate(signed)
        new = keys_of(signed)
        after = more(signed)

        assert signers_of(before, *old, *new) == [*old]
        assert signers_of(receipt.checkpoint, *old, *new) == [*old, *new]
        assert signers_of(after.checkpoint, *old, *new) == [*new]
        assert set(old).isdisjoint(new)
        history = signed.key_history()
        assert history is not None
        assert (history.first, history.now) == (old, new)

    def test_the_files_change_with_it_and_the_old_key_is_kept(self, signed: Ledger, signing: Signing) -> None:
        old = keys_of(signed)
        kept = (signing.directory / KEY_FILE).read_text()

        rotate(signed)

        retired = signing.directory / f"{KEY_FILE}.{old[0].key_id.hex()}"
        assert retired.read_text() == kept
        assert (signing.directory / VERIFIER_FILE).read_text() == f"{keys_of(signed)[0].to_text()}\n"
        private = [file for file in signing.directory.iterdir() if file.name.startswith(KEY_FILE)]
        assert len(private) == 3
        assert {stat.S_IMODE(file.stat().st_mode) for file in private} == {0o600}

    def test_the_log_opens_and_goes_on(self, signed: Ledger, opened: Callable[[], Ledger]) -> None:
        for _ in range(3):
            rotate(signed)
        new = keys_of(signed)

        with opened() as again:
            assert again.fault is None
            assert keys_of(again) == new
            assert signers_of(more(again).checkpoint, *new) == [*new]
            history = again.key_history()
            assert history is not None
            assert len(history.rotations) == 3
            for size in range(history.rotations[-1].position + 2):
                if (text := again.published.checkpoint(size)) is not None:
                    assert history.open(text)

    def test_another_process_signs_on_with_the_new_keys(self, signed: Ledger, opened: Callable[[], Ledger]) -> None:
        with opened() as other:
            rotate(signed)

            assert signers_of(more(other).checkpoint, *keys_of(signed)) == [*keys_of(signed)]
            assert signers_of(rotate(other).checkpoint, *keys_of(signed)) == [*keys_of(signed)]
            assert signers_of(more(signed).checkpoint, *keys_of(other)) == [*keys_of(other)]
            assert signed.fault is other.fault is None

    def test_while_others_write(self, signed: Ledger, opened: Callable[[], Ledger]) -> None:
        with opened() as other, ThreadPoolExecutor(8) as pool:
            writing = [
                pool.submit((signed if number % 2 else other).append, note(f"minutes/w{number}"))
                for number in range(80)
            ]
            rotate(signed)
            rotate(other)
            checkpoints = {future.result().checkpoint for future in writing}

            assert signed.fault is other.fault is None
            history = signed.key_history()
        assert history is not None
        assert len(history.rotations) == 2
        for checkpoint in checkpoints:
            assert checkpoint is not None
            assert history.open(checkpoint)

    def test_with_a_second_signature_from_the_change_on(
        self, signed: Ledger, database: Database, name: str, signing: Signing
    ) -> None:
        """The setting gives a log its ML-DSA-44 key with the next change, which the old keys vouch for."""
        old = keys_of(signed)
        with Ledger(database, name, signing=replace(signing, post_quantum=True)) as both:
            assert keys_of(both) == old
            rotate(both)
            assert [key.kind for key in keys_of(both)] == [ED25519, MLDSA44]
            text = more(both).checkpoint
            assert signers_of(text, *keys_of(both)) == [*keys_of(both)]

            rotate(both)

            history = both.key_history()
            assert history is not None
            assert [len(rotation.statement.new) for rotation in history.rotations] == [2, 2]
            assert vouched(history.rotations, old).open(str(more(both).checkpoint))


class TestWhatIsNotAChange:
    def refused(self, ledger: Ledger, data: Any, version: int = 1, kind: str = ROTATED) -> str:
        before, keys = ledger.head().size, keys_of(ledger)
        with pytest.raises(RotationRefused) as refused:
            ledger.append(Command([EventDraft(STREAM, version, kind, data)]))
        assert (ledger.head().size, keys_of(ledger)) == (before, keys)
        return str(refused.value)

    def test_without_the_old_key(self, signed: Ledger) -> None:
        """A key that somebody made up and put into the directory."""
        head = signed.head()
        assert signed.signer is not None
        ring = KeyRing(signed.signer.directory, ORIGIN)
        own = ring.prepare(post_quantum=False)
        statement = Statement(ORIGIN, 1, head.size, head.root, keys_of(signed), own.verifiers)

        sentence = self.refused(signed, data_of(statement, statement.signed_by(own.signers), "…"))

        assert "does not vouch for the new keys" in sentence

    def test_to_a_key_that_is_not_here(self, signed: Ledger) -> None:
        data = signed.prepare_rotation("…")
        assert signed.signer is not None
        signed.signer.discard_rotation(data)

        assert "nobody could sign with them" in self.refused(signed, data)

    def test_over_another_tree(self, signed: Ledger) -> None:
        assert signed.signer is not None
        history = signed.key_history()
        assert history is not None

        assert "another tree" in self.refused(signed, signed.signer.prepare_rotation(history, 5, bytes(32), "…"))

    def test_that_was_prepared_before_another(self, signed: Ledger) -> None:
        stale = signed.prepare_rotation("…")
        rotate(signed)

        assert "expected" in self.refused(signed, stale, version=2)

    def test_what_is_no_change_of_keys(self, signed: Ledger) -> None:
        assert "not the next change" in self.refused(signed, {"note": "…"}, kind="minutes.noted/1")
        assert "cannot be read" in self.refused(signed, {"note": "…"})

    def test_in_a_ledger_that_signs_nothing_here(self, signed: Ledger, database: Database) -> None:
        data = signed.prepare_rotation("…")
        with Ledger(database, signed.name) as unsigned, pytest.raises(RotationRefused, match="signs nothing here"):
            unsigned.append(change(data, 1))

    def test_it_fails_alone_among_the_commands_of_its_batch(self, signed: Ledger) -> None:
        outcomes = submitted_together(signed, [note("minutes/7"), change({}, 1), note("minutes/8")])

        assert [type(outcome) for outcome in outcomes] == [Receipt, RotationRefused, Receipt]


class TestACrash:
    """At any step: what is on the disk opens, signs, and goes on."""

    def after(self, ledger: Ledger, opened: Callable[[], Ledger], keys: tuple[Verifier, ...]) -> None:
        ledger.close()
        with opened() as again:
            assert again.fault is None
            assert keys_of(again) == keys
            assert signers_of(more(again).checkpoint, *keys) == [*keys]
            rotate(again)
            history = again.key_history()
            assert history is not None
            assert vouched(history.rotations, history.first).open(str(again.published.checkpoint()))
            assert again.fault is None
            assert_whole(again)

    @pytest.fixture
    def log(self, opened: Callable[[], Ledger]) -> Ledger:
        ledger = opened()
        ledger.append(Command(minutes("minutes/1", 5)))
        return ledger

    def test_before_the_event_leaves_the_old_keys_in_force(self, log: Ledger, opened: Callable[[], Ledger]) -> None:
        log.prepare_rotation("…")

        self.after(log, opened, keys_of(log))

    def test_before_anything_but_the_event(
        self, log: Ledger, opened: Callable[[], Ledger], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The commit is durable; neither keys nor files nor anchor know of it."""
        anchor = (log.signer and log.signer.kept()) or ""
        assert log.signer is not None
        monkeypatch.setattr(log.signer, "rotated", _crash)
        data = log.prepare_rotation("…")
        with pytest.raises(Crash):
            log.append(change(data, 1))
        monkeypatch.undo()
        assert log.signer.kept() == anchor
        assert log.head().size == 6

        self.after(log, opened, read_rotation(6, data).statement.new)

    @pytest.mark.parametrize("step", range(1, 4))
    def test_among_the_files(
        self, log: Ledger, opened: Callable[[], Ledger], monkeypatch: pytest.MonkeyPatch, step: int
    ) -> None:
        """Before the retired keys are set aside, before the new ones take their place, before they are published."""
        real, calls = write_durably, []

        def breaking(file: Path, body: str, mode: int = 0o666) -> None:
            calls.append(file)
            if len(calls) >= step:
                raise Crash
            real(file, body, mode)

        data = log.prepare_rotation("…")
        monkeypatch.setattr("ledger.keyring.write_durably", breaking)
        with pytest.raises(Crash):
            log.append(change(data, 1))
        monkeypatch.undo()

        self.after(log, opened, read_rotation(6, data).statement.new)

    def test_before_the_anchor(
        self, log: Ledger, opened: Callable[[], Ledger], monkeypatch: pytest.MonkeyPatch, signing: Signing
    ) -> None:
        anchor = (signing.directory / CHECKPOINT_FILE).read_text()
        data = log.prepare_rotation("…")
        monkeypatch.setattr(Anchor, "advance", _crash)
        with pytest.raises(Crash):
            log.append(change(data, 1))
        monkeypatch.undo()
        assert (signing.directory / CHECKPOINT_FILE).read_text() == anchor

        self.after(log, opened, read_rotation(6, data).statement.new)


class Crash(BaseException):
    """The process ends here."""


def _crash(*_: object) -> None:
    raise Crash


def killed_while_changing(url: str, name: str, signing: Signing, after_s: float) -> list[str]:
    """Let two processes change the keys for a while, and kill them; answers what they complained of."""
    command = [sys.executable, "-m", "tests.support.rotator", url, name, str(signing.directory)]
    with ExitStack() as stack:
        both = [
            stack.enter_context(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True))
            for _ in range(2)
        ]
        begun = [process.stdout.readline() for process in both if process.stdout is not None]
        time.sleep(after_s)
        for process in both:
            process.kill()
        told = [process.communicate()[1] for process in both]
    assert all(begun), told
    return told


def test_two_processes_that_change_the_keys_are_killed_and_the_log_goes_on(
    store_url: str, name: str, opened: Callable[[], Ledger], signing: Signing
) -> None:
    """Not a step in mind: wherever SIGKILL finds them, three times over."""
    dice = random.Random()
    first: tuple[Verifier, ...] = ()
    for _ in range(3):
        told = killed_while_changing(store_url, name, signing, dice.random() / 4)
        with opened() as ledger:
            assert ledger.fault is None, told
            first = first or keys_of(ledger)
            assert signers_of(more(ledger).checkpoint, *keys_of(ledger)) == [*keys_of(ledger)]
    with opened() as ledger:
        history = ledger.key_history()
        assert history is not None
        assert len(history.rotations) >= 3
        faults = Faults()
        audit_proofs(ledger, ledger.head().size, faults, verifiers=first)
        assert [fault.sentence for fault in faults.listed] == []
        assert_whole(ledger)


class TestAnAttack:
    @pytest.fixture
    def signed(self, opened: Callable[[], Ledger]) -> Iterator[Ledger]:
        """Not looked at afterwards: it has been attacked."""
        with opened() as ledger:
            ledger.append(Command(minutes("minutes/1", 5)))
            yield ledger

    def lied_to(self, ledger: Ledger, statement: str, **parameters: Any) -> None:
        """Do something to the database that its guards would refuse to the service."""
        with ledger.database.writing() as connection:
            if ledger.database.is_postgresql:
                connection.execute(text("SET LOCAL session_replication_role = replica"))
            else:
                for (trigger,) in connection.execute(
                    text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
                ).all():
                    connection.execute(text(f'DROP TRIGGER "{trigger}"'))
            connection.execute(text(statement), {"ledger": ledger.number, **parameters})

    def test_older_key_files_put_back_are_noticed(
        self, signed: Ledger, opened: Callable[[], Ledger], signing: Signing, tmp_path: Path
    ) -> None:
        shutil.copytree(signing.directory, tmp_path / "backup")
        rotate(signed)
        signed.close()
        shutil.rmtree(signing.directory)
        shutil.copytree(tmp_path / "backup", signing.directory)

        with opened() as again:
            assert again.fault is not None
            assert "whose private key is not in" in again.fault
            with pytest.raises(LedgerReadOnly):
                more(again)

    def test_only_the_old_key_put_back_is_mended(
        self, signed: Ledger, opened: Callable[[], Ledger], signing: Signing
    ) -> None:
        """The key in force lies under its id beside it: the log says which is which, not the file's name."""
        old = (signing.directory / KEY_FILE).read_text()
        rotate(signed)
        new = keys_of(signed)
        signed.close()
        (signing.directory / KEY_FILE).write_text(old)

        with opened() as again:
            assert again.fault is None
            assert keys_of(again) == new
        assert (signing.directory / KEY_FILE).read_text() != old

    def test_a_key_file_exchanged_without_a_change_on_record_is_noticed(
        self, signed: Ledger, opened: Callable[[], Ledger], signing: Signing
    ) -> None:
        signed.close()
        file = signing.directory / KEY_FILE
        file.rename(file.with_name(f"{KEY_FILE}.{keys_of(signed)[0].key_id.hex()}"))
        KeyRing.write(file, SigningKeys(ORIGIN, (STRANGER,)))

        with opened() as again:
            assert again.fault is not None
            assert "said to have signed was not" in again.fault
            with pytest.raises(LedgerReadOnly):
                more(again)

    def test_a_lost_key_is_not_replaced_by_a_new_one(
        self, signed: Ledger, opened: Callable[[], Ledger], signing: Signing
    ) -> None:
        rotate(signed)
        signed.close()
        (signing.directory / KEY_FILE).unlink()

        with pytest.raises(KeyFileRefused, match="has been signed before"):
            opened()

    def test_a_database_from_before_the_change_is_noticed(self, signed: Ledger, opened: Callable[[], Ledger]) -> None:
        rotate(signed)
        signed.close()
        for table, column in (("ledger_entries", "position"), ("ledger_checkpoints", "size")):
            self.lied_to(signed, f"DELETE FROM {table} WHERE ledger = :ledger AND {column} > 5")
        edge = RightEdge()
        for entry in signed.read(limit=5):
            edge.append(entry.leaf_hash)
        self.lied_to(
            signed, "UPDATE ledger_head SET size = 5, edge = :edge WHERE ledger = :ledger", edge=edge.to_bytes()
        )

        with opened() as again:
            assert again.fault is not None
            assert "does not continue the checkpoint" in again.fault

    def test_a_forged_change_under_a_running_log_stops_it(self, signed: Ledger) -> None:
        """Written past the service, with all that belongs to it; only the old key's word is missing."""
        head = signed.head()
        statement = Statement(ORIGIN, 1, head.size, head.root, keys_of(signed), (STRANGER.verifier,))
        data = data_of(statement, statement.signed_by([STRANGER]), "…")
        with Ledger(signed.database, signed.name) as past_the_service:
            past_the_service._committer._signer = _Believing()  # type: ignore[assignment]
            past_the_service.append(change(data, 1))

        with pytest.raises(LedgerReadOnly, match="does not vouch for the new keys"):
            more(signed)
        with Ledger(signed.database, signed.name, signing=_signing_of(signed)) as again:
            assert "does not vouch for the new keys" in str(again.fault)


class _Believing:
    """A signer that believes everything: what a service would be whose checks somebody has cut out."""

    class history:  # noqa: N801 - stands in for an attribute
        rotations = ()

    def refuse_fork(self, _: object) -> None: ...

    def admit(self, position: int, data: Any) -> Any:
        return read_rotation(position, data)

    def rotated(self, _: object) -> None: ...

    def keep(self, _: object) -> None: ...

    def sign(self, size: int, root: bytes, _: object) -> str:
        body = Checkpoint(ORIGIN, size, root).to_text()
        return Note(body, (STRANGER.sign(body),)).to_text()


def _signing_of(ledger: Ledger) -> Signing:
    assert isinstance(ledger.signer, LogSigner)
    return Signing(ledger.signer.directory, ORIGIN)
