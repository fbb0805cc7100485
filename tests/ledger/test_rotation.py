"""A log changes its keys: the old ones vouch, the new ones sign from there on, and a crash loses nothing."""

from __future__ import annotations

import random
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

from ledger.anchor import Anchor
from ledger.append import Command, Receipt
from ledger.audit_proofs import audit_proofs
from ledger.audit_span import Faults
from ledger.database import Database
from ledger.durable_file import write_durably
from ledger.entry import EventDraft
from ledger.keyring import KEY_FILE, VERIFIER_FILE, KeyRing
from ledger.ledger import Ledger
from ledger.note import ED25519, MLDSA44, Verifier
from ledger.rotation import (
    ROTATED,
    STREAM,
    RotationRefused,
    Statement,
    data_of,
    read_rotation,
    vouched,
)
from ledger.signing import CHECKPOINT_FILE, Signing
from tests.support.ledgers import assert_whole, minutes, note, submitted_together
from tests.support.rotations import (
    ORIGIN,
    change,
    keys_of,
    more,
    rotate,
    signers_of,
)


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
