"""Signed notes and checkpoints: the public vectors, every kind of key, and what must be refused."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.checkpoint import Checkpoint, parse_checkpoint
from ledger.note import (
    ED25519,
    ED25519_COSIGNATURE,
    MLDSA44,
    KeyRefused,
    Note,
    NoteRefused,
    open_note,
    parse_note,
    parse_signer,
    parse_verifier,
    signer_of,
)
from ledger.tree import EMPTY_ROOT

VECTORS = Path(__file__).parents[1] / "vectors"
SEED = bytes(range(32))
KINDS = [ED25519, ED25519_COSIGNATURE, MLDSA44]
CHECKPOINT = Checkpoint("ledger.example/district", 3, bytes(32))


def signed(*kinds: int, text: str = CHECKPOINT.to_text()) -> str:
    signers = [signer_of(f"signer-{kind}", kind, SEED) for kind in kinds]
    return Note(text, tuple(signer.sign(text, 1_764_000_000) for signer in signers)).to_text()


class TestKeys:
    @pytest.mark.parametrize("kind", KINDS)
    def test_both_halves_survive_their_text(self, kind: int) -> None:
        signer = signer_of("ledger.example/district", kind, SEED)

        assert parse_signer(signer.to_text()) == signer
        assert parse_verifier(signer.verifier.to_text()) == signer.verifier

    def test_a_seed_never_shows_in_a_representation(self) -> None:
        signer = signer_of("ledger.example/district", ED25519, SEED)

        assert SEED.hex() not in repr(signer)
        assert b64encode(SEED).decode() not in repr(signer)

    @pytest.mark.parametrize(
        "text", ["", "name", "name+00000000+AAAA", "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                 "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                 "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3Q=="],
    )  # fmt: skip
    def test_what_is_no_key_is_refused(self, text: str) -> None:
        with pytest.raises(KeyRefused):
            parse_verifier(text)

    @pytest.mark.parametrize("name", ["", "with space", "with+plus", "with\u3000ideographic space"])
    def test_no_key_bears_such_a_name(self, name: str) -> None:
        with pytest.raises(KeyRefused):
            signer_of(name, ED25519, SEED)


class TestNotes:
    @pytest.mark.parametrize("kind", KINDS)
    def test_a_signature_is_found_and_its_time_with_it(self, kind: int) -> None:
        verifier = signer_of(f"signer-{kind}", kind, SEED).verifier

        note, checked = open_note(signed(kind), [verifier])

        assert note.text == CHECKPOINT.to_text()
        assert checked == [(verifier, None if kind == ED25519 else 1_764_000_000)]

    def test_signatures_of_unknown_keys_are_passed_over(self) -> None:
        known = signer_of(f"signer-{ED25519}", ED25519, SEED).verifier

        note, checked = open_note(signed(*KINDS), [known])

        assert len(note.signatures) == len(KINDS)
        assert [verifier for verifier, _ in checked] == [known]

    def test_a_note_that_nobody_we_know_signed_is_refused(self) -> None:
        stranger = signer_of("stranger", ED25519, SEED).verifier

        with pytest.raises(NoteRefused, match="no key we know has signed this note"):
            open_note(signed(ED25519), [stranger])

    @pytest.mark.parametrize("kind", KINDS)
    def test_a_changed_text_condemns_the_whole_note(self, kind: int) -> None:
        verifier = signer_of(f"signer-{kind}", kind, SEED).verifier
        changed = signed(kind).replace("\n3\n", "\n4\n", 1)

        with pytest.raises(NoteRefused, match="is not one over this text"):
            open_note(changed, [verifier])

    def test_one_bad_signature_of_a_known_key_outweighs_a_good_one(self) -> None:
        good, bad = (signer_of(name, ED25519, SEED) for name in ("good", "bad"))
        text = CHECKPOINT.to_text()
        note = Note(text, (good.sign(text), bad.sign(text + "another\n")))

        with pytest.raises(NoteRefused, match="signature of bad"):
            open_note(note.to_text(), [good.verifier, bad.verifier])

    @given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), min_size=1))
    def test_any_text_comes_back_even_with_blank_lines_in_it(self, line: str) -> None:
        text = f"{line}\n\n{line}\n"

        assert parse_note(signed(ED25519, text=text)).text == text

    @pytest.mark.parametrize(
        "text",
        ["", "no signatures\n", "text\n\n", "text\n\n— name\n", "text\n\n— name !!!!\n", "text\n\n— name AAAA\n",
         "text\n\n- name AAAAAAAA\n", "tab\there\n\n— name AAAAAAAA\n", "text\n\n— name AAAAAAAA"],
    )  # fmt: skip
    def test_what_is_no_note_is_refused(self, text: str) -> None:
        with pytest.raises(NoteRefused):
            parse_note(text)

    def test_a_second_signature_by_one_key_takes_the_place_of_the_first(self) -> None:
        cosigner = signer_of("witness", ED25519_COSIGNATURE, SEED)
        note = parse_note(signed(ED25519))

        twice = note.with_signatures([cosigner.sign(note.text, 1)]).with_signatures([cosigner.sign(note.text, 2)])

        assert open_note(twice.to_text(), [cosigner.verifier])[1] == [(cosigner.verifier, 2)]
        assert len(twice.signatures) == 2


class TestCheckpoints:
    @given(size=st.integers(0, 2**60), root=st.binary(min_size=32, max_size=32))
    def test_a_checkpoint_comes_back(self, size: int, root: bytes) -> None:
        checkpoint = Checkpoint("ledger.example/district", size, root)

        assert parse_checkpoint(checkpoint.to_text()) == checkpoint

    def test_extension_lines_are_read_over(self) -> None:
        assert parse_checkpoint(CHECKPOINT.to_text() + "an extension\n") == CHECKPOINT

    @pytest.mark.parametrize(
        "text",
        ["", "origin\n3\n", "origin\n03\nAAAA\n", f"origin\n-1\n{b64encode(EMPTY_ROOT).decode()}\n",
         "origin\n3\nAAAA\n", f"\n3\n{b64encode(EMPTY_ROOT).decode()}\n",
         f"origin\n3\n{b64encode(EMPTY_ROOT).decode()}\n\nafter a blank line\n"],
    )  # fmt: skip
    def test_what_is_no_checkpoint_is_refused(self, text: str) -> None:
        with pytest.raises(NoteRefused):
            parse_checkpoint(text)


class TestPublicVectors:
    @pytest.mark.parametrize(
        ("note", "key"),
        [
            ("c2sp/signed-note-example.txt", "c2sp/signed-note-example.vkey"),
            ("golang-mod/peter-neumann.note", "golang-mod/peter-neumann.vkey"),
        ],
    )
    def test_the_notes_of_others_are_believed(self, note: str, key: str) -> None:
        verifier = parse_verifier((VECTORS / key).read_text())

        _, checked = open_note((VECTORS / note).read_text(), [verifier])

        assert checked == [(verifier, None)]

    def test_a_real_log_signed_every_one_of_its_sixteen_checkpoints(self) -> None:
        key = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"
        verifier = parse_verifier(key)

        for size in range(16):
            text = (VECTORS / f"tessera/log/checkpoint.{size}").read_text()
            note, _ = open_note(text, [verifier])
            assert parse_checkpoint(note.text).size == size
