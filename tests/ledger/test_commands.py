"""A repeated command is harmless: one id, one fingerprint, one record, the first answer again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from ledger.append import Command, RecordedCommand
from ledger.errors import CommandReused, VersionConflict
from ledger.ledger import Ledger
from tests.support.ledgers import assert_whole, minutes, note, noted, submitted_together


class TestRepetition:
    def test_is_answered_with_the_first_receipt(self, ledger: Ledger) -> None:
        command = Command(minutes("minutes/1", 3), command_id="c1", fingerprint=b"asked")

        first = ledger.append(command)
        again = ledger.append(command)

        assert not first.replayed
        assert again == replace(first, replayed=True)
        assert ledger.head().size == 3
        assert_whole(ledger)

    def test_is_answered_so_whatever_has_happened_since(self, ledger: Ledger) -> None:
        first = ledger.append(note(command_id="c1"))
        ledger.append(note(version=2))

        again = ledger.append(note(command_id="c1"))

        assert again == replace(first, replayed=True)
        assert_whole(ledger)

    def test_may_carry_other_events_if_the_same_was_asked(self, ledger: Ledger) -> None:
        # The caller decides anew on a stream that has grown by its own first attempt.
        first = ledger.append(note(command_id="c1", fingerprint=b"asked"))

        again = ledger.append(note(version=2, command_id="c1", fingerprint=b"asked"))

        assert again.positions == first.positions
        assert ledger.stream_version("minutes/1") == 1
        assert_whole(ledger)

    def test_fifty_times_at_once_records_one(self, ledger: Ledger) -> None:
        command = Command(minutes("minutes/1", 2), command_id="c1", fingerprint=b"asked")

        with ThreadPoolExecutor(50) as pool:
            receipts = list(pool.map(lambda _: ledger.append(command), range(50)))

        assert [receipt.replayed for receipt in receipts].count(False) == 1
        assert {(receipt.positions, receipt.recorded_at, receipt.leaf_hashes) for receipt in receipts} == {
            (range(1, 3), receipts[0].recorded_at, receipts[0].leaf_hashes)
        }
        assert ledger.head().size == 2
        assert_whole(ledger)

    def test_fifty_times_in_one_batch_records_one(self, ledger: Ledger) -> None:
        command = note(command_id="c1")

        receipts = submitted_together(ledger, [command] * 50)

        assert [receipt.replayed for receipt in receipts] == [False] + [True] * 49
        assert {receipt.leaf_hashes for receipt in receipts} == {receipts[0].leaf_hashes}
        assert ledger.stream_version("minutes/1") == 1
        assert_whole(ledger)

    def test_from_another_process_is_known_too(self, ledger: Ledger) -> None:
        command = note(command_id="c1", fingerprint=b"asked")
        first = ledger.append(command)

        with Ledger(ledger.database, ledger.name) as other:
            again = other.append(command)

        assert again == replace(first, replayed=True)
        assert_whole(ledger)

    def test_in_another_district_is_another_command(self, ledger: Ledger) -> None:
        ledger.append(note(command_id="c1"))

        with Ledger(ledger.database, f"{ledger.name} and another") as other:
            assert not other.append(note(command_id="c1")).replayed
            assert_whole(other)
        assert_whole(ledger)

    def test_of_a_refused_command_is_judged_anew(self, ledger: Ledger) -> None:
        with pytest.raises(VersionConflict):
            ledger.append(note(version=2, command_id="c1"))
        ledger.append(note())

        receipt = ledger.append(note(version=2, command_id="c1"))

        assert not receipt.replayed
        assert_whole(ledger)


class TestReuse:
    @pytest.mark.parametrize(("first", "second"), [(b"one", b"other"), (None, b"other"), (b"one", None)])
    def test_for_another_command_is_refused(self, ledger: Ledger, first: bytes | None, second: bytes | None) -> None:
        ledger.append(note(command_id="c1", fingerprint=first))

        with pytest.raises(CommandReused, match="'c1' already stands for a different command"):
            ledger.append(note("minutes/2", command_id="c1", fingerprint=second))

        assert ledger.head().size == 1
        assert_whole(ledger)

    def test_within_a_batch_is_refused_alone(self, ledger: Ledger) -> None:
        outcomes = submitted_together(
            ledger,
            [
                note("minutes/1", command_id="c1", fingerprint=b"one"),
                note("minutes/2", command_id="c1", fingerprint=b"other"),
                note("minutes/3", command_id="c2", fingerprint=b"other"),
            ],
        )

        assert isinstance(outcomes[1], CommandReused)
        assert [outcome.position for outcome in (outcomes[0], outcomes[2])] == [2, 3]
        assert_whole(ledger)


class TestWhatIsKnown:
    def test_of_a_recorded_command(self, ledger: Ledger) -> None:
        ledger.append(note())
        receipt = ledger.append(Command([noted(version=2), noted("minutes/2")], command_id="c1", fingerprint=b"asked"))

        known = ledger.find_command("c1")

        assert known == RecordedCommand("c1", b"asked", range(2, 4))
        assert ledger.receipt(known) == replace(receipt, replayed=True)

    def test_of_one_that_never_came(self, ledger: Ledger) -> None:
        assert ledger.find_command("c1") is None

    def test_of_one_that_was_refused(self, ledger: Ledger) -> None:
        with pytest.raises(VersionConflict):
            ledger.append(note(version=9, command_id="c1"))

        assert ledger.find_command("c1") is None

    def test_is_also_in_the_entry(self, ledger: Ledger) -> None:
        ledger.append(note(command_id="c1", correlation_id="case 7"))
        ledger.append(note(version=2))

        assert (ledger.entry(1).command_id, ledger.entry(1).correlation_id) == ("c1", "case 7")
        assert (ledger.entry(2).command_id, ledger.entry(2).correlation_id) == (None, None)
