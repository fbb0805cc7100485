"""January's first days: the district is founded, its officers are appointed, its channels and rules stand."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from aggregates.vocabulary import Command, Post, UnitKind
from cli.demo import district
from cli.demo.district import COLUMNS, FOUNDER, OFFICE, UNITS
from cli.demo.steps import Step
from cli.demo.working_days import at

_FIRST_DAY = "2025-01-02"
_OFFICES_NAMED = at("2025-01-08", "09:30")
_LATE_UNIT, _NAMED_LATE = "U12", at("2025-03-03", "09:00")


def opening(dice: Random) -> list[Step]:
    """Everything that must stand before anybody can publish anything."""
    clerk = _Clerk(at(_FIRST_DAY, "09:00"))
    office = district.BY_CODE[OFFICE]
    clerk.notes(
        Command.FOUND_DISTRICT,
        unit=OFFICE,
        name_zh=office.name_zh,
        name_en=office.name_en,
        officer=FOUNDER,
        name=district.invented_name(dice),
        code=office.credit_code,
    )
    _units(clerk)
    _officers(clerk, dice)
    _platform(clerk)
    return [*clerk.steps, *_rules(), *_offices()]


class _Clerk:
    """The administrator entering one thing after the other, some seconds apart."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.steps: list[Step] = []

    def notes(self, command: Command, **arguments: Any) -> None:
        self.steps.append(Step(self.now, FOUNDER, command, arguments))
        self.now += timedelta(seconds=20)


def _units(clerk: _Clerk) -> None:
    for unit in UNITS[1:]:
        clerk.notes(
            Command.REGISTER_UNIT,
            unit=unit.code,
            name_zh=unit.name_zh,
            name_en=unit.name_en,
            kind=str(unit.kind),
            code=unit.credit_code,
        )
    for code, name_zh, name_en in district.OUTSIDE:
        clerk.notes(Command.REGISTER_UNIT, unit=code, name_zh=name_zh, name_en=name_en, kind=str(UnitKind.EXTERNAL))


def _officers(clerk: _Clerk, dice: Random) -> None:
    codes = [f"{letter}{unit.number}" for unit in UNITS for letter in district.LETTERS]
    for code in (*codes, district.INSPECTOR, district.INVESTIGATOR, district.SECRECY_OFFICIAL):
        actor = district.acting(code)
        clerk.notes(Command.REGISTER_OFFICER, officer=code, name=district.invented_name(dice))
        clerk.notes(Command.APPOINT_OFFICER, officer=code, unit=actor.unit, post=actor.post, from_date=_FIRST_DAY)


def _platform(clerk: _Clerk) -> None:
    for channel in district.CHANNELS:
        clerk.notes(
            Command.REGISTER_CHANNEL,
            channel=channel.code,
            kind=str(channel.kind),
            name_zh=channel.name_zh,
            name_en=channel.name_en,
            owner_unit=channel.owner,
        )
    for column in COLUMNS:
        clerk.notes(
            Command.REGISTER_COLUMN,
            column=column.code,
            name_zh=column.name_zh,
            name_en=column.name_en,
            unit=column.unit,
            refresh_days=column.refresh_days,
        )


def _rules() -> list[Step]:
    adopted = {
        "ruleset": "RS-143",
        "document_number": "澄政办发〔2017〕143号",
        "title_zh": "澄湾区全面推进政务公开工作实施细则",
        "effective_from": "2017-08-09",
    }
    steps = [Step(at("2025-01-06", "09:00"), "G01", Command.ADOPT_RULESET, adopted)]
    for number, unit in enumerate(UNITS):
        workflow = {
            "unit": unit.code,
            "workflow": f"WF-{unit.code}",
            "steps": [str(step) for step in district.WORKFLOW_STEPS],
            "title_zh": f"{unit.name_zh}公文办理与信息发布流程",
        }
        moment = at("2025-01-06", "10:00") + timedelta(minutes=7 * number)
        steps.append(Step(moment, f"Z{unit.number}", Command.ADOPT_WORKFLOW, workflow))
    return steps


def _offices() -> list[Step]:
    """Every unit names its disclosure office in January; one town takes until March."""
    steps = []
    for number, unit in enumerate(UNITS):
        moment = _NAMED_LATE if unit.code == _LATE_UNIT else _OFFICES_NAMED + timedelta(minutes=5 * number)
        office = "政务公开科" if unit.code == OFFICE else "党政综合办公室" if unit.kind in _LOCAL else "办公室"
        designated = {"unit": unit.code, "office_zh": office}
        steps.append(Step(moment, f"Z{unit.number}", Command.DESIGNATE_DISCLOSURE_OFFICE, designated))
    return steps


_LOCAL = {UnitKind.TOWN, UnitKind.SUBDISTRICT}


def handover(dice: Random) -> list[Step]:
    """In summer one publisher is relieved and another appointed; what was done keeps the old name."""
    successor, moment = f"{district.RELIEVED}b", at("2025-07-31", "16:00")
    unit, post = "U09", str(Post.PUBLISHER)
    return [
        Step(moment, FOUNDER, Command.REGISTER_OFFICER, {"officer": successor, "name": district.invented_name(dice)}),
        Step(
            moment + timedelta(minutes=2),
            "Z09",
            Command.RELIEVE_OFFICER,
            {"officer": district.RELIEVED, "unit": unit, "post": post, "until_date": "2025-07-31"},
        ),
        Step(
            moment + timedelta(minutes=3),
            "Z09",
            Command.APPOINT_OFFICER,
            {"officer": successor, "unit": unit, "post": post, "from_date": "2025-08-01"},
        ),
    ]
