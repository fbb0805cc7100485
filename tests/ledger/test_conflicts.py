"""Commands are judged one by one: what one of them expects never costs its neighbours anything."""

from __future__ import annotations

import pytest

from ledger.append import Command, Receipt
from ledger.canonical import NotCanonical
from ledger.entry import LARGEST_ENTRY, EventDraft
from ledger.errors import EntryTooLarge, VersionConflict
from ledger.ledger import Ledger
from tests.support.ledgers import assert_whole, minutes, note, noted, positions_in, submitted_together


class TestVersions:
    @pytest.mark.parametrize("first", [0, 1])
    def test_of_a_stream_begin_at_nought_or_one(self, ledger: Ledger, first: int) -> None:
        ledger.append(note(version=first))
        ledger.append(note(version=first + 1))

        assert [entry.version for entry in ledger.read_stream("minutes/1", after=-1)] == [first, first + 1]
        assert_whole(ledger)

    @pytest.mark.parametrize("first", [-1, 2, 7])
    def test_of_a_stream_begin_nowhere_else(self, ledger: Ledger, first: int) -> None:
        with pytest.raises(VersionConflict) as refusal:
            ledger.append(note(version=first))

        assert (refusal.value.expected, refusal.value.actual) == (first - 1, 0)
        assert positions_in(ledger) == []

    @pytest.mark.parametrize("version", [1, 2, 3, 5, 60])
    def test_are_taken_once_and_leave_none_out(self, ledger: Ledger, version: int) -> None:
        ledger.append(Command(minutes("minutes/1", 3)))

        with pytest.raises(VersionConflict, match=rf"minutes/1 is at version 3, the command expected {version - 1}"):
            ledger.append(note(version=version))

        assert positions_in(ledger) == [1, 2, 3]
        assert_whole(ledger)

    def test_count_within_a_command(self, ledger: Ledger) -> None:
        with pytest.raises(VersionConflict):
            ledger.append(Command([noted(version=1), noted(version=3)]))
        with pytest.raises(VersionConflict):
            ledger.append(Command([noted(version=1), noted(version=1)]))

        assert positions_in(ledger) == []

    def test_of_several_streams_stand_or_fall_together(self, ledger: Ledger) -> None:
        ledger.append(note("minutes/2"))

        with pytest.raises(VersionConflict, match="minutes/2 is at version 1"):
            ledger.append(Command([noted("minutes/1"), noted("minutes/2"), noted("minutes/3")]))
        receipt = ledger.append(Command([noted("minutes/1"), noted("minutes/2", 2), noted("minutes/3")]))

        assert list(receipt.positions) == [2, 3, 4]
        assert_whole(ledger)


class TestOneBatch:
    def test_a_conflict_fails_alone(self, ledger: Ledger) -> None:
        ledger.append(Command(minutes("minutes/taken", 2)))

        outcomes = submitted_together(
            ledger, [note("minutes/1"), note("minutes/taken", 2), note("minutes/2"), note("minutes/taken", 3)]
        )

        assert isinstance(outcomes[1], VersionConflict)
        assert [outcome.position for outcome in outcomes if isinstance(outcome, Receipt)] == [4, 5, 6]
        assert_whole(ledger)

    def test_only_the_first_of_many_for_one_version_is_recorded(self, ledger: Ledger) -> None:
        outcomes = submitted_together(ledger, [note() for _ in range(20)])

        assert isinstance(outcomes[0], Receipt)
        assert all(isinstance(outcome, VersionConflict) for outcome in outcomes[1:])
        assert {outcome.actual for outcome in outcomes[1:]} == {1}
        assert_whole(ledger)

    def test_a_command_refused_for_its_last_event_leaves_nothing_of_its_first(self, ledger: Ledger) -> None:
        half_wrong = Command([noted("minutes/1"), noted("minutes/2", 9)])

        outcomes = submitted_together(ledger, [half_wrong, note("minutes/1")])

        assert isinstance(outcomes[0], VersionConflict)
        assert isinstance(outcomes[1], Receipt)
        assert ledger.stream_version("minutes/2") == 0
        assert_whole(ledger)


class TestExpectations:
    def test_of_a_stream_that_is_only_read(self, ledger: Ledger) -> None:
        ledger.append(Command(minutes("ruleset/1", 2)))

        ledger.append(note("minutes/1", expects={"ruleset/1": 2, "ruleset/2": 0}))

        assert ledger.stream_version("minutes/1") == 1
        assert_whole(ledger)

    @pytest.mark.parametrize(("stream", "expected", "actual"), [("ruleset/1", 1, 2), ("ruleset/2", 1, 0)])
    def test_that_are_not_met_refuse(self, ledger: Ledger, stream: str, expected: int, actual: int) -> None:
        ledger.append(Command(minutes("ruleset/1", 2)))

        with pytest.raises(VersionConflict) as refusal:
            ledger.append(note("minutes/1", expects={stream: expected}))

        assert (refusal.value.stream, refusal.value.expected, refusal.value.actual) == (stream, expected, actual)
        assert ledger.stream_version("minutes/1") == 0
        assert_whole(ledger)

    def test_see_what_stands_before_them_in_the_same_batch(self, ledger: Ledger) -> None:
        outcomes = submitted_together(
            ledger,
            [
                note("ruleset/1"),
                note("minutes/1", expects={"ruleset/1": 0}),
                note("minutes/2", expects={"ruleset/1": 1}),
            ],
        )

        assert [type(outcome) for outcome in outcomes] == [Receipt, VersionConflict, Receipt]
        assert_whole(ledger)


class TestSize:
    def test_at_the_limit_is_recorded(self, ledger: Ledger) -> None:
        receipt = ledger.append(Command([_of_size(ledger, LARGEST_ENTRY)]))

        assert len(ledger.entry(receipt.position).raw) == LARGEST_ENTRY
        assert_whole(ledger)

    def test_beyond_the_limit_is_refused(self, ledger: Ledger) -> None:
        too_large = _of_size(ledger, LARGEST_ENTRY + 1)

        with pytest.raises(EntryTooLarge, match=r"65,536 bytes, at most 65,535 are allowed; nothing was recorded"):
            ledger.append(Command([noted("minutes/2"), too_large]))

        assert ledger.stream_version("minutes/2") == 0
        assert_whole(ledger)


def _of_size(ledger: Ledger, size: int) -> EventDraft:
    probe = ledger.append(Command([noted("minutes/probe", text="")])).position
    filling = size - len(ledger.entry(probe).raw) + len("minutes/probe") - len("minutes/1")
    return noted("minutes/1", text="x" * filling)


class TestWhatCannotBeWritten:
    @pytest.mark.parametrize(
        "draft",
        [
            noted(amount=1.5),
            noted(amount=float("nan")),
            noted(amount=2**53),
            noted(text="\ud800"),
            noted("minutes/\ud800"),
            noted("minutes/\0"),
            EventDraft("minutes/1", 1, "minutes.noted/1", {"题目": "text"}),
            EventDraft("minutes/1", 1, "minutes.\0", {}),
            EventDraft("minutes/1", 1, "minutes.noted/1", {}, on_behalf_of="\ud800"),
        ],
    )
    def test_is_refused_before_it_is_queued(self, ledger: Ledger, draft: EventDraft) -> None:
        with pytest.raises(NotCanonical):
            ledger.submit(Command([draft]))

        assert positions_in(ledger) == []

    def test_includes_a_command_id_without_events(self, ledger: Ledger) -> None:
        with pytest.raises(ValueError, match="has no events"):
            ledger.submit(Command([], command_id="c1"))
