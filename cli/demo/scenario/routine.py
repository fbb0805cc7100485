"""What comes round every month and every year: bulletins, agendas, hearings, the appraisal, the annual report."""

from datetime import datetime
from typing import Any

from aggregates.appraisal.words_commands import AppraisalCommand
from aggregates.organisation.words_commands import OrganisationCommand
from aggregates.requests.words import RequestCommand
from aggregates.vocabulary import Phase
from cli.demo.district import UNITS, Unit
from cli.demo.opening import calendar_year
from cli.demo.scenes import Scenes, Told
from cli.demo.steps import Cut, Recall, Step
from cli.demo.titles import Subject
from cli.demo.working_days import OfficeHours, at, working_days

_BULLETIN_ROWS = {1: 29, 4: 62}
_NEVER_ISSUED = 3
_NEVER_HEARD = "U11"
"""The town whose principal hears no report."""
_INDICATORS = {"主动公开": 40, "依申请公开": 30, "政策解读": 30}
_SCORES = (39, 28, 29)
"""What U02 gets: 96 of 100."""


class Routine(Scenes):
    """Rows 29, 62 and 122 to 127, but for the request."""

    @property
    def told(self) -> Told:
        """When each scene begins, and what tells it."""
        return [
            (at("2025-02-05", "09:00"), self.bulletins),
            (at("2025-03-04", "09:00"), self.agendas),
            (at("2025-05-19", "09:00"), self.hearings),
            (at("2025-11-05", "10:00"), self.next_calendar),
            (at("2025-12-05", "09:00"), self.hearing_of_the_bureau),
            (at("2025-12-22", "10:00"), self.appraisal),
            (at("2026-01-20", "09:00"), self.annual_report),
        ]

    def bulletins(self, begins: datetime) -> list[Step]:
        """A bulletin every month, cut off when the month ends; that of March is forgotten and stays missing."""
        scene = self._scene(begins)
        for month in range(1, 12):
            name, ends = f"2025-{month:02}", at(f"2025-{month + 1:02}-01", "00:00")
            issued: dict[str, Any] = {"bulletin": f"MB-{name}", "month": name, "cut_off_position": Cut(ends)}
            if month in _BULLETIN_ROWS:
                scene.row(_BULLETIN_ROWS[month], **issued)
            elif month != _NEVER_ISSUED:
                third = [day for day in working_days() if day.month == month + 1][2]
                scene.until(at(third.isoformat(), "09:00"))
                scene.then("G01", AppraisalCommand.ISSUE_MONTHLY_BULLETIN, **issued)
        return scene.steps

    def agendas(self, begins: datetime) -> list[Step]:
        """Every unit's leaders have disclosure on the agenda once."""
        hours, steps = OfficeHours(self._dice), []
        days = [day for day in working_days() if begins.date() <= day][:60]
        for unit in UNITS:
            item = {"unit": unit.code, "meeting": f"{unit.name_zh}办公会议", "subject": "研究政务公开工作"}
            moment = hours.on(self._dice.choice(days))
            steps.append(Step(moment, f"Z{unit.number}", OrganisationCommand.RECORD_AGENDA_ITEM, item))
        return steps

    def hearings(self, begins: datetime) -> list[Step]:
        """The principals hear the yearly report, all but one."""
        hours, steps = OfficeHours(self._dice), []
        days = [day for day in working_days() if begins.date() <= day][:120]
        for unit in UNITS:
            if unit.code not in {"U02", _NEVER_HEARD}:
                moment = hours.on(self._dice.choice(days))
                heard = self._heard(unit, ["完善公开目录"])
                steps.append(Step(moment, f"Z{unit.number}", OrganisationCommand.RECORD_LEADERSHIP_HEARING, heard))
        return steps

    def _heard(self, unit: Unit, decided: list[str]) -> dict[str, Any]:
        principal = f"Z{unit.number}"
        return {
            "unit": unit.code,
            "hearing": f"H-2025-{unit.code}",
            "officer": principal,
            "subject": "听取2025年政务公开工作汇报",
            "resolutions": [
                {"decided": each, "resolution_owner": f"F{unit.number}", "due_date": "2025-12-31"} for each in decided
            ],
        }

    def next_calendar(self, begins: datetime) -> list[Step]:
        """The notice on the holidays of the next year is out: its calendar is adopted."""
        adopted = calendar_year(2026, "国办发明电〔2025〕7号")
        return [Step(begins, "G01", RequestCommand.ADOPT_CALENDAR_YEAR, adopted)]

    def hearing_of_the_bureau(self, begins: datetime) -> list[Step]:
        """A hearing with three resolutions, whose facts are public on the next working day."""
        scene = self._scene(begins)
        unit = UNITS[1]
        scene.row(122, **self._heard(unit, ["修订公开目录", "解读材料与文件同步起草", "增加一名审核人员"]))
        scene.at("2025-12-08", "09:20")
        title = "关于听取2025年政务公开工作汇报有关情况的通报"
        paper = self._ready(scene, unit.code, title, Subject("", "政务公开", Phase.ADMINISTRATION))
        self._out(scene, paper, column="COL-03")
        noticed: dict[str, Any] = {"unit": unit.code, "hearing": f"H-2025-{unit.code}", "item": paper.item}
        scene.then("P02", OrganisationCommand.PUBLISH_HEARING_NOTICE, **noticed)
        return scene.steps

    def appraisal(self, begins: datetime) -> list[Step]:
        """The year is appraised by the third version of the indicators; the best unit is commended."""
        scene = self._scene(begins)
        for version in ("第一稿", "第二稿", "第三稿"):
            indicators = [
                {"indicator": f"I{number}", "title_zh": title, "weight": weight}
                for number, (title, weight) in enumerate(_INDICATORS.items(), 1)
            ]
            adopted: dict[str, Any] = {"indicator_set": "IS-2025", "title_zh": f"2025年政务公开评估指标（{version}）"}
            scene.then("G01", AppraisalCommand.ADOPT_INDICATOR_SET, **adopted, indicators=indicators)
            scene.minutes(30, 30)
        weights = [{"part": "DISCLOSURE", "weight": 4}, {"part": "OTHER_TARGETS", "weight": 96}]
        opened: dict[str, Any] = {"appraisal": "AP-2025", "year": 2025, "title_zh": "2025年度目标管理考核"}
        scene.then("G01", AppraisalCommand.OPEN_APPRAISAL_CYCLE, **opened, weights=weights)
        scored: dict[str, Any] = {"appraisal": "AP-2025", "unit": "U02", "indicator_set": "IS-2025"}
        for number, score in enumerate(_SCORES, 1):
            judged: dict[str, Any] = {**scored, "indicator": f"I{number}", "score": score}
            scene.row(124, **judged, evidence_positions=Recall(("15", "71", "122")))
        basis = "2025年度政务公开考核96分，位列第一，实施细则（十七）"
        scene.row(125, commendation="CM-2025-01", unit="U02", basis=basis, evidence_positions=Recall(("124",)))
        return scene.steps

    def annual_report(self, begins: datetime) -> list[Step]:
        """The district's report on the year is counted as the ledger stood when the year ended."""
        scene = self._scene(begins)
        stated: dict[str, Any] = {"report": "AR-2025-DISTRICT", "year": 2025, "unit": "U01", "scope": "DISTRICT"}
        scene.row(127, **stated, cut_off_position=Cut(at("2026-01-01", "00:00")))
        return scene.steps
