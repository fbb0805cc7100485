"""January's first days: the district is founded, its officers are appointed, its channels and rules stand."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from aggregates.calendar_sources import propose
from aggregates.catalogue.words import CatalogueCommand
from aggregates.requests.words import RequestCommand
from aggregates.terms import CommandName
from aggregates.vocabulary import Command, Phase, Post, UnitKind
from cli.demo import district
from cli.demo.district import COLUMNS, FOUNDER, LETTERS, OFFICE, UNITS, Channel, Unit, acting, regular
from cli.demo.scenario.rows import row
from cli.demo.steps import Step
from cli.demo.working_days import at

_FIRST_DAY = "2025-01-02"
_OFFICES_NAMED = at("2025-01-08", "09:35")
_LATE_UNIT, _LATE_UNIT_JOINS = "U12", at("2025-01-08", "09:50")
_OFFICE_ROWS = {"U10": 6, "U12": 41}
"""The units whose naming of a disclosure office is a row of the example year."""
_APPOINTED_BY_ROWS = {"F02", "F05"}
"""Deputies whose appointment is a row of the example year."""

_ENTRIES = 412
"""So many entries the catalogue of 2024 had."""
WITHOUT_TIME_LIMIT = ("U03-007", "U08-019", "U11-002")
"""Three of them came without a time limit."""


def opening(dice: Random) -> list[Step]:
    """Everything that must stand before anybody can publish anything, in order of time."""
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
    early = [unit for unit in UNITS[1:] if unit.code != _LATE_UNIT]
    _units(clerk, early)
    for code, name_zh, name_en in district.OUTSIDE:
        clerk.notes(Command.REGISTER_UNIT, unit=code, name_zh=name_zh, name_en=name_en, kind=str(UnitKind.EXTERNAL))
    _officers(clerk, dice, [*_regular(UNITS[0]), *(code for unit in early for code in _regular(unit))])
    _officers(clerk, dice, [code for code in district.OTHERS if code != FOUNDER])
    clerk.registers(dice, "F05b")
    _platform(clerk)
    latecomer = _latecomer(dice)
    steps = [*clerk.steps, *latecomer, *_rules(), *_deputies(), *_offices(), *_channels()]
    return sorted(steps, key=lambda step: step.at)


class _Clerk:
    """The administrator entering one thing after the other, some seconds apart."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.steps: list[Step] = []

    def notes(self, command: CommandName, **arguments: Any) -> None:
        self.steps.append(Step(self.now, FOUNDER, command, arguments))
        self.now += timedelta(seconds=20)

    def registers(self, dice: Random, code: str) -> None:
        self.notes(Command.REGISTER_OFFICER, officer=code, name=district.invented_name(dice))


def _row(number: int, **arguments: Any) -> Step:
    """The step of a row of the example year."""
    told = row(number)
    return Step(told.at, told.officer, told.command, arguments, label=str(number), row=number)


def _units(clerk: _Clerk, units: list[Unit]) -> None:
    for unit in units:
        clerk.notes(
            Command.REGISTER_UNIT,
            unit=unit.code,
            name_zh=unit.name_zh,
            name_en=unit.name_en,
            kind=str(unit.kind),
            code=unit.credit_code,
        )


def _regular(unit: Unit) -> list[str]:
    """The officers whom every unit has, but for those who stand in ``OTHERS``."""
    codes = (regular(letter, unit.code) for letter in LETTERS)
    return [code for code in codes if code not in district.OTHERS]


def _officers(clerk: _Clerk, dice: Random, codes: list[str]) -> None:
    for code in codes:
        actor = acting(code)
        clerk.registers(dice, code)
        if code not in _APPOINTED_BY_ROWS:
            clerk.notes(Command.APPOINT_OFFICER, officer=code, unit=actor.unit, post=actor.post, from_date=_FIRST_DAY)


def _platform(clerk: _Clerk) -> None:
    for channel in district.STANDING_CHANNELS:
        clerk.notes(Command.REGISTER_CHANNEL, **_stated(channel))
    for column in COLUMNS:
        clerk.notes(
            Command.REGISTER_COLUMN,
            column=column.code,
            name_zh=column.name_zh,
            name_en=column.name_en,
            unit=column.unit,
            refresh_days=column.refresh_days,
        )
    clerk.notes(RequestCommand.ADOPT_CALENDAR_YEAR, **calendar_year(2025, "国办发明电〔2024〕12号"))


def calendar_year(year: int, source: str) -> dict[str, Any]:
    """A year's working calendar, as its notice arranges it."""
    proposed = propose(year)
    return {
        "year": year,
        "source": source,
        "holidays": proposed.holidays,
        "make_up_workdays": proposed.make_up_workdays,
    }


def _stated(channel: Channel) -> dict[str, Any]:
    return {
        "channel": channel.code,
        "kind": str(channel.kind),
        "name_zh": channel.name_zh,
        "name_en": channel.name_en,
        "owner_unit": channel.owner,
    }


def _channels() -> list[Step]:
    return [_row(8, **_stated(channel)) for channel in district.CHANNELS]


def _latecomer(dice: Random) -> list[Step]:
    """One town joins the ledger a week later, with everybody who works there."""
    clerk = _Clerk(_LATE_UNIT_JOINS)
    unit = district.BY_CODE[_LATE_UNIT]
    _units(clerk, [unit])
    _officers(clerk, dice, _regular(unit))
    return clerk.steps


def _rules() -> list[Step]:
    steps = [
        _row(
            1,
            ruleset="RS-143",
            document_number="澄政办发〔2017〕143号",
            title_zh="澄湾区全面推进政务公开工作实施细则",
            effective_from="2017-08-09",
        ),
        _row(2, unit=OFFICE, section_zh="政务公开科"),
    ]
    for number, unit in enumerate(UNITS):
        workflow = {
            "unit": unit.code,
            "workflow": f"WF-{unit.code}",
            "steps": [str(step) for step in district.WORKFLOW_STEPS],
            "title_zh": f"{unit.name_zh}公文办理与信息发布流程",
        }
        joined = at("2025-01-08", "11:00") if unit.code == _LATE_UNIT else at("2025-01-06", "10:07")
        moment = joined + timedelta(minutes=7 * number)
        steps.append(Step(moment, f"Z{unit.number}", Command.ADOPT_WORKFLOW, workflow))
    return steps


def old_catalogue() -> list[Step]:
    """The catalogue of 2024 is taken over as it was, with what three of its entries lack."""
    steps = []
    for number in range(_ENTRIES):
        unit, place = UNITS[number % len(UNITS)], number // len(UNITS) + 1
        entry = f"{unit.code}-{place:03}"
        begins = at("2025-01-08", "14:00") if unit.code == _LATE_UNIT else at("2025-01-06", "14:00")
        taken_over = {
            "entry": entry,
            "unit": unit.code,
            "source_catalogue": "v2024.2",
            "phase": str(list(Phase)[number % len(Phase)]),
            "disclosing_body": unit.name_zh,
            "disclosed_matter": f"{unit.name_zh}主动公开事项第{place}项",
            "time_limit": None if entry in WITHOUT_TIME_LIMIT else "信息形成之日起20个工作日内",
            "method": "政府信息公开平台",
        }
        moment = begins + timedelta(seconds=10 * number)
        steps.append(Step(moment, "G01", CatalogueCommand.CARRY_OVER_CATALOGUE_ENTRY, taken_over))
    return steps


def _deputies() -> list[Step]:
    """Two deputies are put in charge on a day; in one unit it was done twice, which is flagged and put right."""
    post = str(Post.DEPUTY_IN_CHARGE)
    relieved = {"officer": "F05b", "unit": "U05", "post": post, "until_date": "2025-01-10"}
    return [
        _row(3, unit="U02", officer="F02", from_date="2025-01-06"),
        _row(4, unit="U05", officer="F05", from_date="2025-01-06"),
        _row(4, unit="U05", officer="F05b", from_date="2025-01-06"),
        Step(at("2025-01-10", "16:00"), "Z05", Command.RELIEVE_OFFICER, relieved),
    ]


def _offices() -> list[Step]:
    """Every unit names its disclosure office in January; one town takes until March."""
    steps = []
    for number, unit in enumerate(UNITS):
        office = "政务公开科" if unit.code == OFFICE else "党政综合办公室" if unit.kind in _LOCAL else "办公室"
        designated: dict[str, Any] = {"unit": unit.code, "office_zh": office}
        if unit.code in _OFFICE_ROWS:
            steps.append(_row(_OFFICE_ROWS[unit.code], **designated))
            continue
        moment = _OFFICES_NAMED + timedelta(minutes=5 * number)
        steps.append(Step(moment, f"Z{unit.number}", Command.DESIGNATE_DISCLOSURE_OFFICE, designated))
    return steps


_LOCAL = {UnitKind.TOWN, UnitKind.SUBDISTRICT}


def handover(dice: Random) -> list[Step]:
    """In summer a publisher and a secrecy reviewer hand over; what was done keeps the old names."""
    clerk = _Clerk(at("2025-07-24", "16:00"))
    for successor, _ in district.SUCCESSORS.values():
        clerk.registers(dice, successor)
    steps = clerk.steps
    for code, (successor, since) in district.SUCCESSORS.items():
        actor, last = acting(code), since - timedelta(days=1)
        held: dict[str, Any] = {"unit": actor.unit, "post": actor.post}
        principal = regular("Z", actor.unit)
        relieved = {"officer": code, **held, "until_date": last.date().isoformat()}
        appointed = {"officer": successor, **held, "from_date": since.date().isoformat()}
        moment = at(last.date().isoformat(), "16:30")
        steps.append(Step(moment, principal, Command.RELIEVE_OFFICER, relieved))
        steps.append(Step(moment + timedelta(minutes=2), principal, Command.APPOINT_OFFICER, appointed))
    return steps
