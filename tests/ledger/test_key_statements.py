"""The statement by which a log's old keys vouch for new ones, and the chain that such statements make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from ledger.checkpoint import Checkpoint
from ledger.note import KeyRefused, Note, NoteRefused, parse_note
from ledger.published import checkpoint_of
from ledger.rotation import (
    RotationBroken,
    Statement,
    data_of,
    history_of,
    parse_statement,
    read_rotation,
    vouched,
)
from tests.support.rotations import (
    NEW,
    NEXT,
    OLD,
    ORIGIN,
    QUANTUM,
    ROOT,
    STRANGER,
)


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
