"""Receipts that check offline, and the policies that say whom to believe."""

from __future__ import annotations

import pytest

from ledger.checkpoint import Checkpoint
from ledger.note import ED25519, ED25519_COSIGNATURE, Note, NoteRefused, signer_of
from ledger.policy import Policy, PolicyRefused, Witness, parse_policy
from ledger.proof import MemorySubtrees, ProofFailed, prove_inclusion, tree_root
from ledger.receipt_file import ReceiptFile, check_receipt_file, parse_receipt_file
from ledger.tree import leaf_hash

ORIGIN = "ledger.example/district"
LOG = signer_of(ORIGIN, ED25519, bytes(32))
COSIGNERS = {
    name: signer_of(name, ED25519_COSIGNATURE, name.encode().ljust(32)) for name in ("audit", "archive", "city")
}
ENTRIES = [f"entry {number}".encode() for number in range(9)]
TREE = MemorySubtrees([leaf_hash(entry) for entry in ENTRIES])


def policy(quorum: str = "none", *groups: str) -> Policy:
    witnesses = [f"witness {name} {signer.verifier.to_text()}" for name, signer in COSIGNERS.items()]
    return parse_policy("\n".join([f"log {LOG.verifier.to_text()}", *witnesses, *groups, f"quorum {quorum}"]))


def receipt(index: int, *cosigned_by: str, size: int = len(ENTRIES)) -> str:
    text = Checkpoint(ORIGIN, size, tree_root(TREE, size)).to_text()
    cosignatures = [COSIGNERS[name].sign(text, 1_764_000_000) for name in cosigned_by]
    note = Note(text, (LOG.sign(text), *cosignatures)).to_text()
    return ReceiptFile(index, tuple(prove_inclusion(TREE, index, size)), note).to_text()


class TestReceiptFiles:
    def test_every_entry_checks_against_the_logs_signature_alone(self) -> None:
        for index, entry in enumerate(ENTRIES):
            assert check_receipt_file(entry, receipt(index), policy()).index == index

    def test_a_receipt_of_a_log_of_one_entry_has_no_path(self) -> None:
        assert check_receipt_file(ENTRIES[0], receipt(0, size=1), policy()).checkpoint.size == 1

    def test_it_comes_back_as_it_was_written(self) -> None:
        text = receipt(3, "audit")

        assert parse_receipt_file(text).to_text() == text

    def test_extra_data_is_read_over(self) -> None:
        text = receipt(3).replace("\nindex", "\nextra AAAA\nindex", 1)

        assert check_receipt_file(ENTRIES[3], text, policy()).index == 3

    def test_another_entry_is_not_in_the_tree(self) -> None:
        with pytest.raises(ProofFailed, match="is not in the tree"):
            check_receipt_file(ENTRIES[4], receipt(3), policy())

    def test_a_stolen_log_key_is_not_enough_where_witnesses_are_asked_for(self) -> None:
        with pytest.raises(NoteRefused, match="quorum 'audit' is not met: the checkpoint is cosigned by nobody"):
            check_receipt_file(ENTRIES[3], receipt(3), policy("audit"))

        assert check_receipt_file(ENTRIES[3], receipt(3, "audit"), policy("audit")).cosigned

    def test_a_log_that_the_policy_does_not_name_is_not_believed(self) -> None:
        stranger = Policy(logs=(signer_of("other.example", ED25519, b"\x07" * 32).verifier,))

        with pytest.raises(NoteRefused, match="no key we know"):
            check_receipt_file(ENTRIES[3], receipt(3), stranger)

    def test_a_witness_cannot_stand_in_for_the_log(self) -> None:
        audit = COSIGNERS["audit"].verifier
        only_witnesses = Policy(witnesses={"audit": Witness("audit", audit)}, quorum="audit")

        with pytest.raises(NoteRefused, match="is not signed by a log of the policy"):
            check_receipt_file(ENTRIES[3], receipt(3, "audit"), only_witnesses)

    @pytest.mark.parametrize(
        "text", ["", "c2sp.org/tlog-proof@v2\nindex 3\n\n", "c2sp.org/tlog-proof@v1\n\nnote",
                 "c2sp.org/tlog-proof@v1\nindex 03\n\nnote", "c2sp.org/tlog-proof@v1\nindex 3\n!\n\nnote"],
    )  # fmt: skip
    def test_what_is_no_proof_is_refused(self, text: str) -> None:
        with pytest.raises(ProofFailed):
            parse_receipt_file(text)


class TestPolicies:
    @pytest.mark.parametrize(
        ("quorum", "groups", "agreed", "satisfied"),
        [
            ("none", [], [], True),
            ("audit", [], [], False),
            ("audit", [], ["audit"], True),
            ("two", ["group two 2 audit archive city"], ["city"], False),
            ("two", ["group two 2 audit archive city"], ["city", "audit"], True),
            ("everybody", ["group everybody all audit archive city"], ["audit", "archive"], False),
            ("anybody", ["group anybody any audit archive"], ["archive"], True),
            ("nested", ["group near any audit archive", "group nested all near city"], ["archive", "city"], True),
            ("nested", ["group near any audit archive", "group nested all near city"], ["audit", "archive"], False),
        ],
    )
    def test_a_quorum_counts_who_agreed(
        self, quorum: str, groups: list[str], agreed: list[str], satisfied: bool
    ) -> None:
        verifiers = [COSIGNERS[name].verifier for name in agreed]

        assert policy(quorum, *groups).satisfied_by(verifiers) is satisfied

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("", "names no quorum"),
            ("quorum nobody", "line 1.*neither a witness nor a group"),
            ("quorum none\nquorum none", "line 2.*second quorum"),
            ("log not-a-key\nquorum none", "line 1.*no verifier key"),
            ("# fine\n\nwitnes x", "line 3.*not a statement"),
            ("group g 1 g\nquorum none", "neither a witness nor a group"),
            (f"witness a {LOG.verifier.to_text()}\ngroup g 2 a\nquorum g", "cannot be met by 1 members"),
            (
                f"witness a {LOG.verifier.to_text()}\nwitness a {LOG.verifier.to_text()}\nquorum a",
                "line 2.*taken already",
            ),
        ],
    )
    def test_a_policy_that_cannot_be_read_names_the_line(self, text: str, sentence: str) -> None:
        with pytest.raises(PolicyRefused, match=sentence):
            parse_policy(text)

    def test_comments_and_addresses_are_allowed(self) -> None:
        key = COSIGNERS["audit"].verifier.to_text()

        read = parse_policy(f"witness audit {key} http://127.0.0.1:8600  # the audit office\nquorum audit\n")

        assert read.witnesses["audit"].url == "http://127.0.0.1:8600"
