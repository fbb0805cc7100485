"""A log that signs: every commit before it is acknowledged, one past only, provable from its tiles."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ledger.append import Command
from ledger.checkpoint import parse_checkpoint
from ledger.database import Database, open_database
from ledger.errors import LedgerReadOnly
from ledger.ledger import Ledger
from ledger.note import ED25519, MLDSA44, open_note
from ledger.policy import Policy
from ledger.proof import MemorySubtrees, check_consistency, check_inclusion, tree_root
from ledger.published import checkpoint_of
from ledger.receipt_file import check_receipt_file
from ledger.signing import KEY_FILE, VERIFIER_FILE, KeyFileRefused, Signing, open_keys
from ledger.tiles import ENTRIES, Tile, tiles_of, unpack_entries, unpack_hashes
from ledger.tree import leaf_hash
from tests.support.ledgers import assert_whole, minutes, note, noted

ORIGIN = "ledger.example/district"


@pytest.fixture
def signing(tmp_path: Path) -> Signing:
    return Signing(tmp_path / "signing", ORIGIN)


@pytest.fixture
def signed(database: Database, name: str, signing: Signing) -> Iterator[Ledger]:
    with Ledger(database, name, signing=signing) as ledger:
        yield ledger
        assert ledger.fault is None
        assert_whole(ledger)


def verified(ledger: Ledger, text: str | None) -> tuple[int, bytes]:
    """Size and root of a checkpoint whose signature holds."""
    assert text is not None
    assert ledger.signer is not None
    checkpoint = parse_checkpoint(open_note(text, list(ledger.signer.verifiers))[0].text)
    assert checkpoint.origin == ORIGIN
    return checkpoint.size, checkpoint.root


class TestSigning:
    def test_an_empty_log_is_signed_as_such(self, signed: Ledger) -> None:
        assert verified(signed, signed.published.checkpoint()) == (0, signed.head().root)

    def test_every_commit_is_signed_before_it_is_acknowledged(self, signed: Ledger) -> None:
        for version in (1, 2, 3):
            receipt = signed.append(note(version=version))

            size, root = verified(signed, receipt.checkpoint)
            path = receipt.inclusion_path(receipt.position)
            assert path is not None
            check_inclusion(receipt.leaf_hashes[0], receipt.position - 1, size, path, root)
            assert verified(signed, signed.published.checkpoint())[0] >= receipt.position
            assert verified(signed, signed_outside(signed))[0] >= receipt.position

    def test_callers_of_one_commit_each_prove_their_own_entries(self, signed: Ledger) -> None:
        commands = [Command(minutes(f"minutes/{number}", 1 + number % 5)) for number in range(60)]

        with ThreadPoolExecutor(20) as pool:
            receipts = list(pool.map(signed.append, commands))

        for receipt in receipts:
            size, root = verified(signed, receipt.checkpoint)
            for position, leaf in zip(receipt.positions, receipt.leaf_hashes, strict=True):
                path = receipt.inclusion_path(position)
                assert path is not None
                check_inclusion(leaf, position - 1, size, path, root)

    def test_two_ledgers_on_one_directory_sign_one_past(self, database: Database, name: str, signing: Signing) -> None:
        with Ledger(database, name, signing=signing) as one, Ledger(database, name, signing=signing) as other:
            with ThreadPoolExecutor(8) as pool:
                list(
                    pool.map(lambda number: (one if number % 2 else other).append(note(f"minutes/{number}")), range(60))
                )

            assert one.fault is other.fault is None
            assert verified(one, signed_outside(one)) == (60, one.head().root)

    def test_a_log_begun_unsigned_is_signed_as_it_stands(self, database: Database, name: str, signing: Signing) -> None:
        with Ledger(database, name) as unsigned:
            assert unsigned.append(Command(minutes("minutes/1", 5))).checkpoint is None

        with Ledger(database, name, signing=signing) as ledger:
            assert verified(ledger, ledger.published.checkpoint()) == (5, ledger.head().root)

    def test_a_second_signature_withstands_quantum_computers(
        self, database: Database, name: str, tmp_path: Path
    ) -> None:
        with Ledger(database, name, signing=Signing(tmp_path / "both", ORIGIN, post_quantum=True)) as ledger:
            text = ledger.append(note()).checkpoint
            assert text is not None
            assert ledger.signer is not None

            _, checked = open_note(text, list(ledger.signer.verifiers))

            assert [verifier.kind for verifier, _ in checked] == [ED25519, MLDSA44]


def signed_outside(ledger: Ledger) -> str | None:
    """The checkpoint that the signing directory remembers."""
    assert ledger.signer is not None
    return ledger.signer.kept()


class TestKeys:
    def test_are_made_once_and_read_by_nobody_else(self, signing: Signing) -> None:
        first, made = open_keys(signing.directory, ORIGIN)
        again, made_again = open_keys(signing.directory, ORIGIN)

        assert (made, made_again) == (True, False)
        assert first == again
        assert stat.S_IMODE((signing.directory / KEY_FILE).stat().st_mode) == 0o600
        assert (signing.directory / VERIFIER_FILE).read_text() == f"{first.verifiers[0].to_text()}\n"

    def test_readable_by_others_are_not_used(self, signing: Signing) -> None:
        open_keys(signing.directory, ORIGIN)
        (signing.directory / KEY_FILE).chmod(0o644)

        with pytest.raises(KeyFileRefused, match="can be read by others"):
            open_keys(signing.directory, ORIGIN)

    def test_of_another_log_are_not_used(self, signing: Signing) -> None:
        open_keys(signing.directory, "ledger.example/elsewhere")

        with pytest.raises(KeyFileRefused, match="holds keys of ledger.example/elsewhere"):
            open_keys(signing.directory, ORIGIN)


class TestThePublishedLog:
    SIZE = 600

    @pytest.fixture
    def grown(self, signed: Ledger) -> Ledger:
        """Grown in commits of uneven sizes, so that tiles end anywhere in a commit."""
        done = 0
        for count in (1, 2, 252, 1, 1, 255, 88):
            signed.append(Command(minutes("minutes/1", count, first=done + 1)))
            done += count
        assert done == self.SIZE
        return signed

    def test_every_tile_is_the_tree(self, grown: Ledger) -> None:
        leaves = [entry.leaf_hash for entry in grown.all()]
        memory = MemorySubtrees(leaves)

        for tile in tiles_of(self.SIZE):
            body = grown.published.tile(tile)
            assert body is not None
            if tile.level == ENTRIES:
                start = tile.number * 256
                assert [leaf_hash(raw) for raw in unpack_entries(body)] == leaves[start : start + tile.width]
            else:
                expected = [memory.full(8 * tile.level, tile.number * 256 + place) for place in range(tile.width)]
                assert unpack_hashes(body) == expected

    def test_what_the_log_does_not_reach_is_not_served(self, grown: Ledger) -> None:
        for tile in (Tile(0, 2, 89), Tile(0, 2), Tile(0, 3, 1), Tile(1, 0, 3), Tile(2, 0, 1), Tile(ENTRIES, 2, 89)):
            assert grown.published.tile(tile) is None

    def test_partial_tiles_of_every_earlier_size_are_served(self, grown: Ledger) -> None:
        full = grown.published.tile(Tile(0, 0))
        assert full is not None

        for width in (1, 100, 255):
            assert grown.published.tile(Tile(0, 0, width)) == full[: 32 * width]

    def test_proofs_between_any_of_its_checkpoints_hold(self, grown: Ledger) -> None:
        leaves = [entry.leaf_hash for entry in grown.all()]
        memory = MemorySubtrees(leaves)

        for first, second in [(1, 600), (255, 256), (256, 600), (257, 512), (600, 600)]:
            roots = tree_root(memory, first), tree_root(memory, second)
            check_consistency(first, second, *roots, grown.published.consistency(first, second))

    def test_a_receipt_checks_without_us(self, grown: Ledger) -> None:
        assert grown.signer is not None
        policy = Policy(logs=tuple(grown.signer.verifiers))

        for position in (1, 256, 257, 600):
            receipt = grown.published.receipt_file(position)
            assert receipt is not None
            assert check_receipt_file(grown.entry(position).raw, receipt.to_text(), policy).index == position - 1
        assert grown.published.receipt_file(601) is None

    def test_the_checkpoint_that_first_covered_an_entry_is_found(self, grown: Ledger) -> None:
        covering = grown.published.checkpoint_covering(2)

        assert covering is not None
        assert checkpoint_of(covering).size == 3
        assert grown.published.checkpoint_covering(601) is None


class TestOnePastOnly:
    """A database that is set back is noticed, and nothing is signed or recorded any more."""

    @pytest.fixture
    def set_back(self, tmp_path: Path, signing: Signing) -> Callable[[], Ledger]:
        """Five entries, a backup, five more; the database is then the backup again."""
        url = f"sqlite:///{tmp_path / 'ledger.db'}"

        def restore() -> Ledger:
            for stage in range(2):
                database = open_database(url)
                with Ledger(database, signing=signing) as ledger:
                    ledger.append(Command(minutes("minutes/1", 5, first=5 * stage + 1)))
                database.close()
                if stage == 0:
                    shutil.copy(tmp_path / "ledger.db", tmp_path / "backup.db")
            for leftover in ("ledger.db-wal", "ledger.db-shm"):
                (tmp_path / leftover).unlink(missing_ok=True)
            shutil.copy(tmp_path / "backup.db", tmp_path / "ledger.db")
            return Ledger(open_database(url), signing=signing)

        return restore

    def test_a_restored_backup_is_read_only_and_says_why(self, set_back: Callable[[], Ledger]) -> None:
        with set_back() as ledger:
            assert ledger.fault is not None
            assert "does not continue the checkpoint of 10 entries" in ledger.fault
            with pytest.raises(LedgerReadOnly, match="restored from a backup"):
                ledger.append(Command([noted(version=6)]))

            assert ledger.head().size == 5
            assert len(ledger.read()) == 5
            assert verified(ledger, signed_outside(ledger))[0] == 10
            ledger.database.close()

    def test_a_forged_continuation_is_not_signed(
        self, set_back: Callable[[], Ledger], tmp_path: Path, signing: Signing
    ) -> None:
        restored = set_back()
        restored.close()
        with Ledger(restored.database) as unsigned:
            unsigned.append(Command([noted(version=version, forged=True) for version in range(6, 16)]))

        with Ledger(restored.database, signing=signing) as ledger:
            assert ledger.fault is not None
            with pytest.raises(LedgerReadOnly):
                ledger.append(Command([noted(version=16)]))
        restored.database.close()

    def test_a_database_set_back_under_a_running_service_is_noticed_at_the_next_commit(
        self, database: Database, name: str, signing: Signing
    ) -> None:
        with Ledger(database, name, signing=signing) as ledger:
            ledger.append(Command(minutes("minutes/1", 5)))
            rewind(database, ledger.number)

            with pytest.raises(LedgerReadOnly, match="does not continue"):
                ledger.append(Command([noted(version=6)]))

            assert ledger.fault is not None
            assert ledger.feed.size() == 4

    def test_a_directory_that_cannot_be_written_is_waited_for(
        self, database: Database, name: str, signing: Signing, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with Ledger(database, name, signing=signing) as ledger:
            assert ledger.signer is not None
            keep, failures = ledger.signer.keep, iter([OSError("no space"), OSError("no space")])

            def keep_at_last(note: str) -> None:
                for failure in failures:
                    raise failure
                keep(note)

            monkeypatch.setattr(ledger.signer, "keep", keep_at_last)

            receipt = ledger.append(note())

            assert receipt.positions == range(1, 2)
            assert verified(ledger, signed_outside(ledger))[0] == 1
            assert_whole(ledger)


def rewind(database: Database, ledger: int) -> None:
    """What an administrator can do: take the guards away, the last entry out, and set the sequencer back."""
    from sqlalchemy import text

    from ledger.tree import RightEdge

    with database.writing() as connection:
        if database.is_postgresql:
            connection.execute(text("SET session_replication_role = replica"))
        else:
            for trigger in (
                "ledger_entries_refuse_delete",
                "ledger_head_refuse_rollback",
                "ledger_head_refuse_replace",
            ):
                connection.execute(text(f"DROP TRIGGER IF EXISTS {trigger}"))
        leaves = connection.execute(
            text("SELECT leaf_hash FROM ledger_entries WHERE ledger = :l ORDER BY position"), {"l": ledger}
        ).scalars()
        edge = RightEdge()
        edge.extend([bytes(leaf) for leaf in leaves][:-1])
        connection.execute(
            text("DELETE FROM ledger_entries WHERE ledger = :l AND position > :p"), {"l": ledger, "p": edge.size}
        )
        connection.execute(
            text("UPDATE ledger_head SET size = :s, edge = :e WHERE ledger = :l"),
            {"s": edge.size, "e": edge.to_bytes(), "l": ledger},
        )
        if database.is_postgresql:
            connection.execute(text("SET session_replication_role = DEFAULT"))
