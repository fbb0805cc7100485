"""The queue waits for callers who come back, a little, and only as long as they do."""

from __future__ import annotations

import threading
import time

import pytest

from ledger.append import Command, prepare
from ledger.command_queue import LARGEST_BATCH_COMMANDS, CommandQueue, Waiting
from ledger.errors import LedgerClosed, QueueFull
from tests.support.ledgers import minutes, note

SLOW_COMMIT_S = 10.0  # its fifth is more than the longest wait


def waiting() -> Waiting:
    return Waiting(prepare(note()))


@pytest.fixture
def queue() -> CommandQueue:
    return CommandQueue(1000)


def fill(queue: CommandQueue, count: int) -> None:
    for _ in range(count):
        queue.put(waiting())


def come_back_soon(queue: CommandQueue, count: int) -> threading.Timer:
    timer = threading.Timer(0.001, fill, (queue, count))
    timer.start()
    return timer


class TestTaking:
    def test_takes_what_waits(self, queue: CommandQueue) -> None:
        fill(queue, 3)

        assert len(queue.take()) == 3
        assert len(queue) == 0

    def test_takes_the_first_who_comes(self, queue: CommandQueue) -> None:
        come_back_soon(queue, 1)

        assert len(queue.take()) == 1

    def test_takes_so_many_and_no_more(self, queue: CommandQueue) -> None:
        fill(queue, LARGEST_BATCH_COMMANDS + 1)

        assert [len(queue.take()), len(queue.take())] == [LARGEST_BATCH_COMMANDS, 1]

    def test_leaves_out_who_has_left(self, queue: CommandQueue) -> None:
        staying, leaving = waiting(), waiting()
        for one in (leaving, staying):
            queue.put(one)

        leaving.future.cancel()

        assert queue.take() == [staying]

    def test_is_over_when_the_queue_is_closed_and_empty(self, queue: CommandQueue) -> None:
        fill(queue, 2)
        queue.close()

        assert len(queue.take()) == 2
        assert queue.take() == []
        with pytest.raises(LedgerClosed):
            queue.put(waiting())

    def test_refuses_beyond_its_capacity(self) -> None:
        narrow = CommandQueue(2)
        fill(narrow, 2)

        with pytest.raises(QueueFull):
            narrow.put(waiting())


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine a thread may take longer to come back than a queue should ever wait."""
    monkeypatch.setattr("ledger.command_queue._LONGEST_WAIT_S", 2.0)


class TestThoseJustAnswered:
    @pytest.mark.usefixtures("patient")
    def test_are_waited_for(self, queue: CommandQueue) -> None:
        fill(queue, 8)
        batch = queue.take()
        fill(queue, 8)

        queue.answered(lambda: None, len(batch), SLOW_COMMIT_S)
        come_back_soon(queue, 8)

        assert len(queue.take()) == 16

    def test_are_not_waited_for_long(self, queue: CommandQueue) -> None:
        fill(queue, 8)
        queue.take()
        fill(queue, 1)

        queue.answered(lambda: None, 8, SLOW_COMMIT_S)
        began = time.monotonic()

        assert len(queue.take()) == 1
        assert time.monotonic() - began < 1

    def test_are_not_waited_for_when_they_do_not_come_back(self, queue: CommandQueue) -> None:
        for _ in range(20):
            fill(queue, 8)
            queue.answered(lambda: None, 8, SLOW_COMMIT_S)
            queue.take()
        fill(queue, 8)

        queue.answered(lambda: None, 8, SLOW_COMMIT_S)
        came_late = come_back_soon(queue, 8)
        taken = queue.take()
        came_late.join()

        assert len(taken) == 8
        assert len(queue) == 8

    @pytest.mark.usefixtures("patient")
    def test_are_asked_again_after_a_while(self, queue: CommandQueue) -> None:
        for _ in range(100):
            fill(queue, 2)
            queue.answered(lambda: None, 2, 1e-6)
            queue.take()
        sizes = []
        for _ in range(200):
            fill(queue, 2)
            queue.answered(lambda: None, 2, SLOW_COMMIT_S)
            late = come_back_soon(queue, 2)
            sizes.append(len(queue.take()))
            late.join()

        assert 4 in sizes

    @pytest.mark.usefixtures("patient")
    def test_are_not_waited_for_by_much_that_waits_already(self, queue: CommandQueue) -> None:
        fill(queue, 8)
        queue.take()
        queue.put(Waiting(prepare(Command(minutes("minutes/1", 1000)))))

        queue.answered(lambda: None, 8, SLOW_COMMIT_S)
        late = come_back_soon(queue, 8)

        assert len(queue.take()) == 1
        late.join()

    def test_who_is_alone_waits_for_nobody(self, queue: CommandQueue) -> None:
        queue.answered(lambda: None, 1, SLOW_COMMIT_S)
        fill(queue, 1)
        late = come_back_soon(queue, 1)

        assert len(queue.take()) == 1
        late.join()
