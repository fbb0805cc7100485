"""Telling the story to a ledger: every step through the Registry, on a clock that the story sets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from aggregates.deed import Deed
from aggregates.refusal import Refusal
from aggregates.registry import Registry
from cli.demo import district
from cli.demo.steps import Cut, Recall, Step
from ledger.entry import Actor
from ledger.ledger import Ledger


class StoryClock:
    """The clock of the story: it stands at the step that is being told."""

    def __init__(self) -> None:
        self.now = datetime(2025, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The present instant of the story."""
        return self.now


class OffTheStory(RuntimeError):
    """The rules did not answer as the story says they do: one of the two has changed."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the rules answered to a step of the example year: the positions it was recorded at, or the refusal's code.

    A refused attempt is recorded too; its position is the one that is named then.
    """

    row: int
    step: Step
    positions: range
    refused: str | None = None


@dataclass(slots=True)
class Told:
    """What the telling came to."""

    steps: int = 0
    refused: int = 0
    answers: list[Answer] = field(default_factory=list)


class Teller:
    """Tells steps one after the other; positions of labelled ones are remembered for later steps."""

    def __init__(self, ledger: Ledger, clock: StoryClock) -> None:
        self._registry, self._ledger, self._clock = Registry(ledger), ledger, clock
        self._positions: dict[str, int] = {}

    def tell(self, steps: Sequence[Step], done: Callable[[int], None] = lambda _: None) -> Told:
        """Record every step.  Raises OffTheStory when the rules answer otherwise than told."""
        told = Told()
        for step in steps:
            self._clock.now = step.at
            for content in step.stored:
                self._ledger.contents.put(content)
            positions, refused = self._record(step)
            told.refused += refused is not None
            told.steps += 1
            if step.row is not None:
                told.answers.append(Answer(step.row, step, positions, refused))
            done(told.steps)
        return told

    def _record(self, step: Step) -> tuple[range, str | None]:
        """Carry the step out; answers where it was recorded, and the code with which it had to be refused."""
        carry_out = getattr(self._registry, str(step.command))
        arguments = {name: self._recalled(value) for name, value in step.arguments.items()}
        try:
            receipt = carry_out(Deed(_actor(step), step.occurred_at or step.at), **arguments)
        except Refusal as refusal:
            if refusal.code != step.refused:
                raise OffTheStory(f"{step.at}: {step.officer} {step.command} {step.arguments}: {refusal}") from refusal
            last = self._ledger.head().size
            return range(last, last + 1), str(refusal.code)
        if step.refused is not None:
            raise OffTheStory(f"{step.at}: {step.officer} {step.command} was not refused {step.refused}")
        if step.label is not None:
            self._positions[step.label] = receipt.position
        return receipt.positions, None

    def _recalled(self, value: Any) -> Any:
        if isinstance(value, Recall):
            return [self._positions[label] for label in value.labels]
        if isinstance(value, Cut):
            return self._ledger.position_at(value.before - timedelta(microseconds=1))
        return value


def _actor(step: Step) -> Actor:
    actor = district.acting(step.officer)
    return actor if step.post is None else Actor(actor.officer, str(step.post), actor.unit, actor.credential)
