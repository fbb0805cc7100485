"""November: the self-check, what it turns public, who assesses, who is drawn, and what was overlooked since May."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from aggregates.refusal_codes import RefusalCode
from aggregates.supervision.words import SupervisionCommand
from aggregates.vocabulary import Attribute, Command, Phase
from cli.demo.district import PLATFORM, UNITS, officer
from cli.demo.items import Paper
from cli.demo.scenes import CLEARED, Scene, Scenes, Told
from cli.demo.steps import Step
from cli.demo.titles import Subject
from cli.demo.working_days import at

_YEAR = 2025
_BEGINS = at("2025-11-01", "00:00")
_SILENT = "U12"
"""The town that does not report its self-check."""
_FOUND = {
    "U03": {"convertible": 1},
    "U04": {"convertible": 1},
    "U09": {"should_be_disclosed": 1},
}
"""What the rows of the example year find, by unit; everything else that is withheld stays so."""
_FOUND_BY_ROWS = {"I-006", "I-007", "I-040"}

_DETERMINING = {
    Command.DETERMINE_DISCLOSURE_ATTRIBUTE,
    Command.SUBMIT_DRAFT_FOR_APPROVAL,
    Command.RESUBMIT_DOCUMENT,
}


class November(Scenes):
    """Rows 109 to 121."""

    @property
    def told(self) -> Told:
        """When each scene begins, and what tells it."""
        return [
            (at("2025-04-18", "14:30"), self.overlooked_result),
            (at("2025-11-03", "09:00"), self.opened),
            (at("2025-11-10", "09:00"), self.asked_for_often),
            (at("2025-11-12", "09:00"), self.process_is_over),
            (at("2025-11-19", "09:00"), self.assessed),
            (at("2025-11-24", "09:00"), self.drawn),
        ]

    def opened(self, begins: datetime) -> list[Step]:
        """The office opens the self-check of all twelve units."""
        scene = self._scene(begins)
        scene.row(109, year=_YEAR, units=[unit.code for unit in UNITS])
        return scene.steps

    def _finds(self, item: str, unit: str, scope: str, conclusion: str, reason: str, **more: Any) -> dict[str, Any]:
        return {
            "unit": unit,
            "year": _YEAR,
            "item": item,
            "finding_scope": scope,
            "conclusion": conclusion,
            "reason": reason,
            **more,
        }

    def asked_for_often(self, begins: datetime) -> list[Step]:
        """What seventeen people asked for can be public; not without a new secrecy review, though."""
        scene = self._scene(begins)
        reason = "本年度被申请17次，可转为主动公开"
        finding = self._finds("I-006", "U03", "ON_REQUEST_CLUSTER", "CONVERTIBLE", reason, requests=17)
        scene.row(110, **finding)
        scene.row(115, refused=RefusalCode.NOT_REVIEWED, item="I-006", year=_YEAR, reason=reason)
        scene.at("2025-11-17", "09:20")
        scene.then("S03", Command.CONDUCT_SECRECY_REVIEW, item="I-006", **CLEARED)
        scene.minutes(20, 20)
        converted: dict[str, Any] = {"item": "I-006", "year": _YEAR, "reason": reason}
        scene.then("G31", SupervisionCommand.CONVERT_TO_PROACTIVE, **converted)
        self._out_after_conversion(scene, "I-006", "U03")
        out: dict[str, Any] = {"item": "I-006", "channels": [PLATFORM], "column": "COL-05"}
        scene.then("P03", Command.PUBLISH_INFORMATION, **out)
        return scene.steps

    def process_is_over(self, begins: datetime) -> list[Step]:
        """What was withheld as process information turns public now that the decision is taken."""
        scene = self._scene(begins)
        reason = "审计整改已结束，决定已作出，可转为主动公开"
        scene.row(111, **self._finds("I-007", "U04", "WITHHELD", "CONVERTIBLE", reason))
        scene.row(112, item="I-007", **CLEARED)
        scene.row(113, item="I-007", year=_YEAR, reason=reason)
        self._out_after_conversion(scene, "I-007", "U04")
        scene.row(114, item="I-007", channels=[PLATFORM], column="COL-04")
        return scene.steps

    def _out_after_conversion(self, scene: Scene, item: str, unit: str) -> None:
        """The attribute is reviewed and the paper approved anew before it goes out."""
        scene.minutes(5, 5)
        for letter, command, more in (
            ("A", Command.REVIEW_DISCLOSURE_ATTRIBUTE, {"conclusion": "CONFIRMED"}),
            ("D", Command.SUBMIT_DRAFT_FOR_APPROVAL, {}),
            ("F", Command.APPROVE_DOCUMENT, {}),
        ):
            scene.then(officer(letter, unit, scene.now), command, item=item, **more)
            scene.minutes(8, 8)

    def overlooked_result(self, begins: datetime) -> list[Step]:
        """An enforcement result of April lies in a drawer until the self-check finds it."""
        scene = self._scene(begins)
        subject = Subject("", "行政处罚", Phase.RESULT)
        paper = self._paper(scene, "U09", "东渡路违法搭建行政处罚结果", subject, "I-040")
        self._proactive(scene, paper)
        self._approved(scene, paper)
        reason = "行政处罚结果应于2025-05-20前公开"
        since: dict[str, Any] = {"due_since": "2025-05-20"}
        scene.row(116, **self._finds("I-040", "U09", "UNDISCLOSED", "SHOULD_BE_DISCLOSED", reason, **since))
        return [*scene.steps, *self._put_right(paper)]

    def _put_right(self, paper: Paper) -> list[Step]:
        scene = self._scene(at("2025-11-25", "09:00"))
        scene.row(
            119,
            rectification="RC-07",
            unit="U09",
            item=paper.item,
            problem="应公开未公开",
            demand="补办审查后主动公开",
            cause="SPOT_CHECK",
            spot_check="SK-2025",
            due_on="2025-11-28",
        )
        scene.at("2025-11-26", "10:00")
        self._reviewed(scene, paper)
        scene.row(120, item=paper.item, channels=[PLATFORM], column="COL-10")
        return scene.steps

    def assessed(self, begins: datetime) -> list[Step]:
        """A third party scores the websites of all units."""
        scene = self._scene(begins)
        scores = [{"unit": unit.code, "score": self._dice.randint(68, 97)} for unit in UNITS]
        scene.row(
            117,
            third_party_assessment="TP-2025",
            assessor="澄衡测评中心",
            assessment_method="网站抽样测评，逐项核对公开目录",
            assessed_on="2025-11-19",
            scores=scores,
        )
        return scene.steps

    def drawn(self, begins: datetime) -> list[Step]:
        """Sixty items are drawn from a seed that everybody may know."""
        scene = self._scene(begins)
        scene.row(118, spot_check="SK-2025", check_occasion="THIRD_PARTY_TEST", seed="20251124", sample_size=60)
        return scene.steps


def checked_and_reported(steps: Iterable[Step]) -> list[Step]:
    """Every unit's findings on what else it withholds, and the reports of all but one, from the year's other steps."""
    withheld = _withheld(steps)
    told = []
    for number, unit in enumerate(UNITS):
        items = [item for item, code in withheld.items() if code == unit.code and item not in _FOUND_BY_ROWS]
        checked = [] if unit.code == _SILENT else items
        who = officer("G", unit.code, _BEGINS)
        for place, item in enumerate(checked):
            moment = at("2025-11-20", "09:00") + timedelta(minutes=9 * place, seconds=number)
            finding: dict[str, Any] = {"unit": unit.code, "year": _YEAR, "item": item, "finding_scope": "WITHHELD"}
            kept = {**finding, "conclusion": "KEPT", "reason": "不予公开的理由仍然成立"}
            told.append(Step(moment, who, SupervisionCommand.RECORD_SELF_CHECK_FINDING, kept))
        if unit.code != _SILENT:
            told.append(_report(unit.code, who, len(checked)))
    return told


def _report(unit: str, who: str, kept: int) -> Step:
    counts = {"convertible": 0, "should_be_disclosed": 0, **_FOUND.get(unit, {})}
    stated = {"unit": unit, "year": _YEAR, "kept": kept, "findings": kept + sum(counts.values()), **counts}
    return Step(at("2025-11-28", "17:00"), who, SupervisionCommand.SUBMIT_SELF_CHECK_REPORT, stated, row=121)


def _withheld(steps: Iterable[Step]) -> dict[str, str]:
    """What stood withheld when November began: the item with its unit."""
    unit_of: dict[str, str] = {}
    attribute: dict[str, str] = {}
    for step in sorted(steps, key=lambda step: step.at):
        if step.at >= _BEGINS or step.refused is not None:
            continue
        if step.command == Command.DRAFT_DOCUMENT:
            unit_of[step.arguments["item"]] = step.arguments["unit"]
        elif step.command in _DETERMINING and step.arguments.get("attribute") is not None:
            attribute[step.arguments["item"]] = step.arguments["attribute"]
    return {item: unit_of[item] for item, value in attribute.items() if value == Attribute.WITHHELD}
