"""What the told parts of the year are written with: papers that are brought as far as a scene needs them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from aggregates.terms import CommandName, RefusalReason
from aggregates.vocabulary import Attribute, Command, SecrecyConclusion
from cli.demo.district import BY_CODE, PLATFORM, officer
from cli.demo.items import Paper
from cli.demo.policies import PolicyLife
from cli.demo.scenario.rows import row
from cli.demo.steps import Step, Thread
from cli.demo.titles import Subject
from cli.demo.working_days import RoundTheClock, at

CLEARED: dict[str, Any] = {"conclusion": str(SecrecyConclusion.CLEARED), "ground": "逐项审查，不涉密，可以公开"}

Tell = Callable[[datetime], list[Step]]
Told = list[tuple[datetime, Tell]]
"""Parts of the story: when each begins, and what tells it then."""


@dataclass(slots=True)
class Scene(Thread):
    """A thread whose steps come at stated times; some of them are rows of the example year."""

    def at(self, day: str, clock: str) -> None:
        """Go on at that time."""
        self.until(at(day, clock))

    def row(
        self,
        number: int,
        /,
        *,
        by: str | None = None,
        refused: RefusalReason | None = None,
        stored: tuple[bytes, ...] = (),
        **arguments: Any,
    ) -> None:
        """The step of a row, at the row's time, or later where the row takes several.

        Its entry is remembered by the row's number.
        """
        told = row(number)
        self.now = max(self.now, told.at)
        step = Step(
            self.now,
            by or told.officer,
            told.command,
            arguments,
            refused=refused,
            stored=stored,
            label=str(number),
            row=number,
        )
        self.steps.append(step)


class Scenes:
    """Writes scenes; papers take their numbers when their scene begins."""

    def __init__(self, life: PolicyLife, dice: Random) -> None:
        self._life, self._dice = life, dice

    def _scene(self, begins: datetime) -> Scene:
        """A scene in which nothing takes longer than it must."""
        return Scene(RoundTheClock(self._dice), begins)

    def _paper(
        self, scene: Scene, unit: str, title: str, subject: Subject, item: str | None = None, **stated: Any
    ) -> Paper:
        """A paper, drafted now."""
        paper = self._life.paper(BY_CODE[unit], subject, scene.now, title, item)
        self._life.draft(scene, paper, **stated)
        return paper

    def _hand(self, scene: Scene, letter: str, paper: Paper) -> str:
        return officer(letter, paper.unit.code, scene.now)

    def _proactive(self, scene: Scene, paper: Paper) -> None:
        drafter, attribute = self._hand(scene, "D", paper), str(Attribute.PROACTIVE)
        scene.then(drafter, Command.DETERMINE_DISCLOSURE_ATTRIBUTE, item=paper.item, attribute=attribute)
        scene.minutes(3, 3)

    def _submitted(self, scene: Scene, paper: Paper) -> None:
        self._life.confirm(scene, paper)
        scene.then(self._hand(scene, "D", paper), Command.SUBMIT_DRAFT_FOR_APPROVAL, item=paper.item)
        scene.minutes(5, 5)

    def _approved(self, scene: Scene, paper: Paper, letter: str = "F") -> None:
        self._submitted(scene, paper)
        scene.then(self._hand(scene, letter, paper), Command.APPROVE_DOCUMENT, item=paper.item)
        scene.minutes(3, 3)

    def _reviewed(self, scene: Scene, paper: Paper, **more: Any) -> None:
        reviewer = self._hand(scene, "S", paper)
        scene.then(reviewer, Command.CONDUCT_SECRECY_REVIEW, item=paper.item, **CLEARED, **more)
        scene.minutes(2, 2)

    def _ready(self, scene: Scene, unit: str, title: str, subject: Subject, item: str | None = None) -> Paper:
        """A paper that may go out: drafted now, approved and reviewed within half an hour."""
        paper = self._paper(scene, unit, title, subject, item)
        self._proactive(scene, paper)
        self._approved(scene, paper)
        self._reviewed(scene, paper)
        return paper

    def _out(self, scene: Scene, paper: Paper, channels: tuple[str, ...] = (PLATFORM,), **more: Any) -> None:
        publisher = self._hand(scene, "P", paper)
        scene.then(publisher, Command.PUBLISH_INFORMATION, item=paper.item, channels=list(channels), **more)
        scene.minutes(1, 1)

    def _acts(self, day: str, clock: str, who: str, command: CommandName, **arguments: Any) -> Step:
        """A single step at its time."""
        return Step(at(day, clock), who, command, arguments)
