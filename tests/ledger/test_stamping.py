"""Checkpoints are stamped on a schedule; nothing that does not hold is kept, and it is asked again."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ledger.append import Command
from ledger.brackets import CLOCK_SKEW, Bracket, Brackets, Stamp
from ledger.clock import system_clock
from ledger.database import Database
from ledger.ledger import Ledger
from ledger.note import parse_note
from ledger.outgoing import Unreachable
from ledger.signing import Signing
from ledger.stamping import FIRST_PAUSE_S, Stamping, take_in
from ledger.timestamps import TimestampRefused, request_timestamp
from tests.support.authority_at_work import AuthorityAtWork, authority_at_work
from tests.support.ledgers import minutes
from tests.support.timestamp_authority import TimestampAuthority

ORIGIN = "ledger.example/district"
NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> TimestampAuthority:
    return TimestampAuthority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def at_work(authority: TimestampAuthority, tmp_path: Path) -> Iterator[AuthorityAtWork]:
    with authority_at_work(authority, tmp_path) as found:
        yield found


@pytest.fixture
def signed(database: Database, name: str, tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(database, name, signing=Signing(tmp_path / "signing", ORIGIN)) as ledger:
        ledger.append(Command(minutes("minutes/1", 3)))
        yield ledger


def stamping(ledger: Ledger, at_work: AuthorityAtWork, **more: object) -> Stamping:
    return Stamping(ledger.published, at_work.address, [at_work.authority.root], system_clock, **more)  # type: ignore[arg-type]


class TestStamping:
    def test_the_newest_checkpoint_is_stamped_once(self, signed: Ledger, at_work: AuthorityAtWork) -> None:
        stamps = stamping(signed, at_work)

        first = stamps.run_once()

        assert first is not None
        assert (first.size, first.authority) == (3, at_work.address)
        assert stamps.run_once() is None
        signed.append(Command(minutes("minutes/1", 2, first=4)))
        stamps.run_once()
        assert [stamp.size for stamp in signed.published.stamps()] == [3, 5]

    def test_a_log_in_which_nothing_stands_is_not_stamped(
        self, database: Database, name: str, tmp_path: Path, at_work: AuthorityAtWork
    ) -> None:
        with Ledger(database, name, signing=Signing(tmp_path / "signing", ORIGIN)) as empty:
            assert stamping(empty, at_work).run_once() is None
        assert at_work.asked == 0

    @pytest.mark.parametrize(
        ("mood", "sentence"),
        [("away", "answered 503"), ("garbage", "does not hold"), ("other", "does not hold")],
    )
    def test_an_answer_that_is_none_is_named_and_nothing_is_kept_until_it_is_asked_again(
        self, signed: Ledger, at_work: AuthorityAtWork, mood: str, sentence: str
    ) -> None:
        told: list[str | None] = []
        stamps = stamping(signed, at_work, told=told.append)
        at_work.mood = mood

        pauses = [stamps.attempt(), stamps.attempt()]

        assert pauses == [FIRST_PAUSE_S, 2 * FIRST_PAUSE_S]
        assert sentence in (stamps.trouble or "")
        assert signed.published.stamps() == []
        at_work.mood = "well"
        assert stamps.attempt() == HOUR.total_seconds()
        assert stamps.trouble is None
        assert len(signed.published.stamps()) == 1
        assert [trouble is None for trouble in told] == [False, True]

    def test_nobody_at_the_address_is_named(self, signed: Ledger, at_work: AuthorityAtWork) -> None:
        stamps = stamping(signed, at_work, timeout_s=1.0)
        stamps.url = "http://127.0.0.1:1/tsa"

        with pytest.raises(Unreachable, match="did not answer"):
            stamps.run_once()

    def test_a_stamp_that_the_roots_do_not_vouch_for_is_not_kept(
        self, signed: Ledger, at_work: AuthorityAtWork, tmp_path: Path
    ) -> None:
        stranger = TimestampAuthority(tmp_path / "stranger")
        stamps = Stamping(signed.published, at_work.address, [stranger.root], system_clock)

        with pytest.raises(TimestampRefused):
            stamps.run_once()

        assert signed.published.stamps() == []

    def test_a_restart_stamps_no_sooner(self, signed: Ledger, at_work: AuthorityAtWork) -> None:
        stamping(signed, at_work).run_once()
        signed.append(Command(minutes("minutes/1", 2, first=4)))

        left = stamping(signed, at_work).attempt()

        assert 3500 < left <= 3600
        assert at_work.asked == 1

    def test_it_follows_the_log_until_it_is_stopped(self, signed: Ledger, at_work: AuthorityAtWork) -> None:
        stop = threading.Event()
        stamps = stamping(signed, at_work, interval=timedelta(seconds=0.1))
        follower = threading.Thread(target=stamps.run_forever, args=(stop,))
        follower.start()
        deadline = time.monotonic() + 20
        while len(signed.published.stamps()) < 1 and time.monotonic() < deadline:
            stop.wait(0.02)
        signed.append(Command(minutes("minutes/1", 2, first=4)))
        while len(signed.published.stamps()) < 2 and time.monotonic() < deadline:
            stop.wait(0.02)
        stop.set()
        follower.join()

        assert [stamp.size for stamp in signed.published.stamps()] == [3, 5]

    def test_its_stamps_are_filed_without_a_password(self, signed: Ledger) -> None:
        stamps = Stamping(signed.published, "https://user:secret@tsa.example/stamp?x=1", [], system_clock)

        assert stamps.authority == "https://tsa.example/stamp"


class TestByHand:
    def test_a_reply_is_taken_in_over_the_checkpoint_it_is_about(
        self, signed: Ledger, authority: TimestampAuthority
    ) -> None:
        note = signed.published.checkpoint()
        assert note is not None
        reply = authority.reply(request_timestamp(parse_note(note).text).body)
        signed.append(Command(minutes("minutes/1", 2, first=4)))

        stamp = take_in(signed.published, reply, "区公证处", [authority.root])

        assert (stamp.size, stamp.authority, stamp.by_hand) == (3, "by hand: 区公证处", True)
        assert signed.published.stamps() == [stamp]

    def test_one_over_something_else_is_not(self, signed: Ledger, authority: TimestampAuthority) -> None:
        reply = authority.reply(request_timestamp("other\n").body)

        with pytest.raises(TimestampRefused, match="no checkpoint that this log has signed"):
            take_in(signed.published, reply, "x", [authority.root])
        with pytest.raises(TimestampRefused, match="no time stamp"):
            take_in(signed.published, b"garbage", "x", [authority.root])


class TestBrackets:
    STAMPS = (
        Stamp(3, NOON, "a"),
        Stamp(5, NOON + HOUR, "a"),
        Stamp(5, NOON + 2 * HOUR, "b"),
        Stamp(8, NOON + 3 * HOUR, "a"),
        Stamp(6, NOON + 9 * HOUR, "by hand: c"),
    )

    @pytest.mark.parametrize(
        ("position", "after", "before"),
        [(1, None, 0), (3, None, 0), (4, 0, 1), (5, 0, 1), (6, 2, 4), (7, 2, 3), (8, 2, 3), (9, 3, None)],
    )
    def test_are_the_nearest_stamps_on_either_side(self, position: int, after: int | None, before: int | None) -> None:
        found = Brackets(self.STAMPS).of(position)

        assert found.after == (None if after is None else self.STAMPS[after])
        assert found.before == (None if before is None else self.STAMPS[before])

    def test_read_around_a_range_are_those_of_all(self, signed: Ledger) -> None:
        for stamp in self.STAMPS:
            signed.published.add_timestamp(stamp.size, stamp.authority, stamp.stamped_at, b"x")
        everything = Brackets(self.STAMPS)

        for first in range(1, 10):
            for last in range(first, 10):
                around = signed.published.brackets(first, last)
                for position in range(first, last + 1):
                    assert around.of(position) == everything.of(position), (first, last, position)

    def test_name_a_moment_that_lies_outside(self) -> None:
        bracket = Bracket(4, after=Stamp(3, NOON, "a"), before=Stamp(5, NOON + HOUR, "a"))

        assert bracket.fault(NOON + HOUR / 2) is None
        assert bracket.fault(NOON - CLOCK_SKEW) is None
        assert "earlier than its bracket" in str(bracket.fault(NOON - CLOCK_SKEW - timedelta(seconds=1)))
        assert "but existed at" in str(bracket.fault(NOON + HOUR + CLOCK_SKEW + timedelta(seconds=1)))
