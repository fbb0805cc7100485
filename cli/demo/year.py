"""The whole year as one list of steps in the order in which they are recorded."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from aggregates.vocabulary import Command
from cli.demo import district
from cli.demo.incidents import Incidents
from cli.demo.items import Registers
from cli.demo.opening import handover, old_catalogue, opening
from cli.demo.policies import PolicyLife
from cli.demo.scenario.autumn import Autumn
from cli.demo.scenario.november import November, checked_and_reported
from cli.demo.scenario.requests import Requests
from cli.demo.scenario.routine import Routine
from cli.demo.scenario.spring import Spring
from cli.demo.scenario.summer import Summer
from cli.demo.scenario.winter import Winter
from cli.demo.steps import Step
from cli.demo.titles import Subject, subjects_of
from cli.demo.working_days import OfficeHours, at, working_days

ITEMS = 300
"""Ordinary items of the year, beside those of the example rows and the incidents."""

TOLD = (Winter, Spring, Summer, Autumn, November, Requests, Routine, Incidents)
"""What is told, rather than drawn."""

_FIRST, _LAST = at("2025-01-10", "09:00"), at("2025-12-19", "17:00")
_END = at("2025-12-31", "17:30")
_REPORTED = at("2026-01-20", "17:30")
"""The year's ordinary work ends with its last day; its report comes in January."""

# How much each unit writes, in shares: bureaus of daily business more than towns.
_BUSY = {"U01": 7, "U02": 9, "U03": 9, "U04": 9, "U05": 12, "U06": 12, "U07": 8, "U08": 9, "U09": 9}
_ORDINARY = 5

_NEGLECT, _LONGEST_PERIOD = 3, 300
"""How many periods a neglected column waits, and the days after which somebody looks in after all: beyond
the next year the working days are not known."""


@dataclass(frozen=True, slots=True)
class _Beginning:
    """Something that begins on the way through the year and takes its numbers then."""

    at: datetime
    tell: Any


def year(seed: int, items: int = ITEMS) -> list[Step]:
    """Every step of the year for a seed; the same seed gives the same steps."""
    dice = Random(seed)  # noqa: S311 - a story, not a secret
    life = PolicyLife(dice, Registers())
    begun = [_Beginning(moment, tell) for scenes in TOLD for moment, tell in scenes(life, dice).told]
    begun += _ordinary(dice, life, items)
    steps = [*opening(dice), *old_catalogue(), *handover(dice), *_columns(dice), *_readings(dice)]
    for beginning in sorted(begun, key=lambda one: one.at):
        steps += beginning.tell(beginning.at)
    steps = [step for step in steps if step.at <= (_END if step.row is None else _REPORTED)]
    return sorted([*steps, *checked_and_reported(steps)], key=lambda step: step.at)


def _ordinary(dice: Random, life: PolicyLife, items: int) -> Iterator[_Beginning]:
    hours, subjects = OfficeHours(dice), _Subjects(dice)
    days = [day for day in working_days() if _FIRST.date() <= day <= _LAST.date()]
    shares = [_BUSY.get(unit.code, _ORDINARY) for unit in district.UNITS]
    for _ in range(items):
        (unit,) = dice.choices(district.UNITS, shares)
        subject = subjects.draw(unit.code)
        begins = hours.on(dice.choice(days))
        yield _Beginning(begins, lambda moment, unit=unit, subject=subject: life.of(unit, subject, moment))


class _Subjects:
    """Draws what a unit writes about; a title that names nothing but its year comes once in the year."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice
        self._spent: set[tuple[str, str]] = set()

    def draw(self, unit: str) -> Subject:
        """A subject for a unit."""
        left = [subject for subject in subjects_of(unit) if (unit, subject.pattern) not in self._spent]
        subject = self._dice.choice(left)
        if "{" not in subject.pattern:
            self._spent.add((unit, subject.pattern))
        return subject


def _columns(dice: Random) -> list[Step]:
    """Columns are looked after about once in their period; two of them are neglected for months."""
    neglected = {column.code for column in dice.sample(district.COLUMNS, 2)}
    steps = []
    for column in district.COLUMNS:
        hours, moment = OfficeHours(dice), _FIRST
        while moment < _END:
            period = min(column.refresh_days * (_NEGLECT if column.code in neglected else 1), _LONGEST_PERIOD)
            moment = hours.after(moment, timedelta(days=0.6 * period), timedelta(days=1.05 * period))
            note = dice.choice(("更新栏目内容", "核对链接", "补充历史文件", "调整排序"))
            who = district.officer("P", column.unit, moment)
            steps.append(Step(moment, who, Command.MAINTAIN_COLUMN, {"column": column.code, "note": note}))
    return steps


def _readings(dice: Random) -> list[Step]:
    """The inspector reads the record every few weeks; every reading is written down."""
    steps, moment, hours = [], _FIRST, OfficeHours(dice)
    while (moment := hours.after(moment, timedelta(days=9), timedelta(days=24))) < _END:
        unit = dice.choice(district.UNITS)
        query = dice.choice(("本月发布登记核对", "保密审查记录抽查", "退文办理情况", "撤回与更正情况"))
        arguments = {"query": query, "subject": unit.code, "result_count": dice.randint(0, 40)}
        steps.append(Step(moment, district.INSPECTOR, Command.CONSULT_LEDGER, arguments))
    return steps
