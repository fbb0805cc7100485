"""The log at its public door: tiles, checkpoints, proofs and receipts that anybody checks without us."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.checkpoint import Checkpoint, parse_checkpoint
from ledger.note import Note, open_note, parse_verifier
from ledger.policy import Policy
from ledger.proof import MemorySubtrees, check_consistency, check_inclusion, tree_root
from ledger.receipt_file import check_receipt_file
from ledger.signing import open_keys
from ledger.tiles import tiles_of, unpack_entries, unpack_hashes
from ledger.tree import leaf_hash
from tests.web.district import District, Door, open_door


def key_of(door: Door) -> str:
    """The verifier key as an inspector would pin it."""
    return str(door.get(None, "/api/tlog").json()["verifier_keys"][0])


def checkpoint_of(door: Door) -> tuple[int, bytes]:
    answer = door.get(None, "/tlog/checkpoint")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    note, _ = open_note(answer.text, [parse_verifier(key_of(door))])
    checkpoint = parse_checkpoint(note.text)
    return checkpoint.size, checkpoint.root


class TestTheLog:
    def test_every_tile_is_served_as_specified_and_makes_the_signed_root(self, small_door: Door) -> None:
        for number in range(10):
            small_door.drafted(f"I-2025-{number:04d}")
        size, root = checkpoint_of(small_door)
        leaves = []

        for tile in tiles_of(size):
            answer = small_door.get("J01", f"/tlog/{tile.path}")
            assert answer.status_code == 200, tile.path
            assert answer.headers["Content-Type"] == "application/octet-stream"
            assert "immutable" in answer.headers["Cache-Control"]
            if tile.level == 0:
                leaves += unpack_hashes(answer.content)
        entries = unpack_entries(small_door.get("J01", f"/tlog/tile/entries/000.p/{size}").content)

        assert [leaf_hash(entry) for entry in entries] == leaves
        assert tree_root(MemorySubtrees(leaves), size) == root

    @pytest.mark.parametrize(
        "path",
        ["tile/0/001", "tile/0/000.p/0", "tile/0/00", "tile/64/000", "tile/0/000", "tile/1/000.p/1", "tile/x/000"],
    )
    def test_nothing_else_is_served(self, small_door: Door, path: str) -> None:
        answer = small_door.get(None, f"/tlog/{path}")

        assert answer.status_code == 404
        assert answer.headers["Content-Type"] == "application/problem+json"

    def test_entries_are_for_supervision_and_hashes_for_everybody(self, small_door: Door) -> None:
        size, _ = checkpoint_of(small_door)

        assert small_door.get(None, f"/tlog/tile/entries/000.p/{size}").status_code == 401
        assert small_door.get("D02", f"/tlog/tile/entries/000.p/{size}").status_code == 403
        assert small_door.get(None, f"/tlog/tile/0/000.p/{size}").status_code == 200

    def test_entries_may_be_opened_to_all(self, small_district: District) -> None:
        with open_door(small_district, entries_public=True) as door:
            size, _ = checkpoint_of(door)

            assert door.get(None, f"/tlog/tile/entries/000.p/{size}").status_code == 200


class TestProofs:
    def test_a_command_is_answered_with_its_proof_and_repeated_with_the_same(
        self, district: District, tmp_path: Path
    ) -> None:
        with open_door(district, signing_directory=tmp_path / "signing") as door:
            body = {"item": "I-2025-0001", "unit": "U02", "title": "通知", "content": door.stored("全文")}

            first = door.carried_out("D02", "/api/documents", body, Idempotency_Key="one")
            door.drafted("I-2025-0002")
            again = door.carried_out("D02", "/api/documents", body, Idempotency_Key="one")

            receipt = first.json()
            assert again.content == first.content
            note, _ = open_note(receipt["checkpoint"], [parse_verifier(key_of(door))])
            checkpoint = parse_checkpoint(note.text)
            path = [bytes.fromhex(hash_) for hash_ in receipt["inclusion_path"]]
            leaf = bytes.fromhex(receipt["leaf_hashes"][-1])
            check_inclusion(leaf, receipt["position"] - 1, checkpoint.size, path, checkpoint.root)

    def test_any_entry_and_any_earlier_size_are_proved(self, small_door: Door) -> None:
        small_door.drafted("I-2025-0001")
        size, root = checkpoint_of(small_door)
        entry = small_door.district.ledger.entry(3)

        inclusion = small_door.get(None, "/api/tlog/inclusion", position=3, size=size).json()
        check_inclusion(entry.leaf_hash, 2, size, [bytes.fromhex(h) for h in inclusion["path"]], root)
        first_root = tree_root(small_door.district.ledger.published.subtrees, 3)
        consistency = small_door.get(None, "/api/tlog/consistency", first=3, second=size).json()
        check_consistency(3, size, first_root, root, [bytes.fromhex(h) for h in consistency["path"]])

    @pytest.mark.parametrize(
        "query", [{"position": 5, "size": 4}, {"position": 1, "size": 10**9}, {"position": 0, "size": 1}]
    )
    def test_what_cannot_be_proved_is_a_problem(self, small_door: Door, query: dict[str, int]) -> None:
        assert small_door.get(None, "/api/tlog/inclusion", **query).status_code == 422

    def test_a_receipt_is_a_file_that_checks_without_us(self, small_door: Door) -> None:
        policy = Policy(logs=(parse_verifier(key_of(small_door)),))
        entry = small_door.district.ledger.entry(2)

        answer = small_door.get(None, "/api/events/2/receipt")

        assert answer.headers["Content-Disposition"] == 'attachment; filename="2.tlog-proof"'
        assert check_receipt_file(entry.raw, answer.text, policy).index == 1
        assert small_door.get(None, "/api/events/999999/receipt").status_code == 404


class TestOnePastOnly:
    def test_a_service_whose_log_was_signed_otherwise_reads_and_refuses_to_write(
        self,
        small_district: District,
    ) -> None:
        signing = Path(f"{small_district.database.url.database}.signing")
        with open_door(small_district) as door:
            door.drafted("I-2025-0001")
        # The directory remembers a tree that this database never had.
        keys, _ = open_keys(signing, "disclosure-ledger.invalid/district")
        text = Checkpoint("disclosure-ledger.invalid/district", 10_000, bytes(32)).to_text()
        (signing / "checkpoint").write_text(Note(text, tuple(s.sign(text) for s in keys.signers)).to_text())

        with open_door(small_district) as door:
            stored = {"sha256": "0" * 64, "size": 1, "media_type": "text/plain", "name": "x"}
            body = {"item": "I-2025-0003", "unit": "U02", "title": "通知", "content": stored}
            refused = door.post("D02", "/api/documents", body)

            assert refused.status_code == 503
            assert "Retry-After" in refused.headers
            assert door.get(None, "/api/catalogue").status_code == 200
            assert "does not continue" in door.get(None, "/api/tlog").json()["fault"]
