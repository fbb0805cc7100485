"""A step of the story: who asks what of the Registry, and when; nothing is recorded by describing it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from aggregates.terms import CommandName, RefusalReason
from aggregates.vocabulary import Post
from cli.demo.working_days import OfficeHours

MEDIA_TYPE = "text/plain"


@dataclass(frozen=True, slots=True)
class Recall:
    """Stands for the positions at which labelled steps were recorded, once they have been."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """Stands for the last position that was recorded before an instant."""

    before: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """One command of the story.

    ``at`` is when it is recorded, ``occurred_at`` when it happened where that is earlier.  ``refused``
    is the code with which the rules must turn it down.  ``stored`` are contents put away beforehand.
    ``row`` is the number in the district's example year, for the steps that answer it.
    """

    at: datetime
    officer: str
    command: CommandName
    arguments: dict[str, Any]
    post: Post | None = None
    occurred_at: datetime | None = None
    refused: RefusalReason | None = None
    stored: tuple[bytes, ...] = ()
    label: str | None = None
    row: int | None = None


def reference(content: bytes, name: str) -> dict[str, Any]:
    """What an event says of a text."""
    return {"sha256": sha256(content).hexdigest(), "size": len(content), "media_type": MEDIA_TYPE, "name": name}


@dataclass(slots=True)
class Thread:
    """What happens with one item, step by step; its own time goes on from each to the next."""

    hours: OfficeHours
    now: datetime
    steps: list[Step] = field(default_factory=list)

    def then(self, officer: str, command: CommandName, /, *, label: str | None = None, **arguments: Any) -> None:
        """The next step, at the thread's present time."""
        self.steps.append(Step(self.now, officer, command, arguments, label=label))

    def then_storing(self, stored: Iterable[bytes], officer: str, command: CommandName, /, **arguments: Any) -> None:
        """The next step, whose contents are stored first."""
        self.steps.append(Step(self.now, officer, command, arguments, stored=tuple(stored)))

    def then_refused(self, code: RefusalReason, officer: str, command: CommandName, /, **arguments: Any) -> None:
        """The next step, which the rules turn down."""
        self.steps.append(Step(self.now, officer, command, arguments, refused=code))

    def then_late(self, occurred_at: datetime, officer: str, command: CommandName, /, **arguments: Any) -> None:
        """The next step, entered at the thread's present time for something that happened earlier."""
        self.steps.append(Step(self.now, officer, command, arguments, occurred_at=occurred_at))

    def minutes(self, least: int, most: int) -> None:
        """Let some minutes pass, in office hours."""
        self.now = self.hours.after(self.now, timedelta(minutes=least), timedelta(minutes=most))

    def days(self, least: float, most: float) -> None:
        """Let some days pass, to office hours again."""
        self.now = self.hours.after(self.now, timedelta(days=least), timedelta(days=most))

    def until(self, instant: datetime) -> None:
        """Go on at an instant of the story's own choosing, whatever the hour; never before what is told already."""
        if instant < self.now:
            raise ValueError(f"the story has come to {self.now} already and cannot go back to {instant}")
        self.now = instant
