"""October: a fire in the holiday, the first word 38 minutes late, and what is said of it afterwards."""

from datetime import datetime
from typing import Any

from aggregates.opinion.words import OpinionCommand
from aggregates.vocabulary import Command, Phase
from cli.demo.district import PAPER, PLATFORM, WECHAT, WEIBO
from cli.demo.items import Paper
from cli.demo.scenes import Scene, Scenes, Told
from cli.demo.steps import Recall, Step, reference
from cli.demo.titles import Subject
from cli.demo.working_days import at

_TITLE = "关于松坞镇化学品仓库火灾处置情况的通报"
_RESPONDERS = {"U07": "事故处置和原因调查", "U08": "伤员救治", "U11": "现场秩序和群众安置"}
_PARTICIPANTS = {"U11": "INVOLVED", "U07": "COMPETENT", "U08": "OTHER", "X1": "PUBLICITY", "X2": "OTHER"}
_FOLLOW_UPS = (
    ("2025-10-04", "10:00", "（续报一）"),
    ("2025-10-06", "10:00", "（续报二）"),
    ("2025-10-11", "10:00", "（续报三）"),
)


class Autumn(Scenes):
    """Rows 96 to 107, but for the request that was entered late."""

    @property
    def told(self) -> Told:
        """When each scene begins, and what tells it."""
        return [(at("2025-10-03", "02:40"), self.fire)]

    def fire(self, begins: datetime) -> list[Step]:
        """Noticed, graded, consulted upon, led from the top; said after 5 h 38 min; followed up; closed."""
        scene = self._scene(begins)
        said: dict[str, Any] = {"source_kind": "MICROBLOG", "source": "微博", "summary": "松坞镇一化学品仓库起火"}
        scene.row(96, opinion="IN-01", **said)
        scene.row(
            97,
            opinion="IN-01",
            grade="MAJOR",
            reason="化学品仓库火灾，有人员受伤",
            incident_occurred_at="2025-10-03T02:10:00+08:00",
        )
        scene.row(98, opinion="IN-01", partners=["X1", "X2"])
        scene.minutes(10, 10)
        shares = [{"unit": unit, "scope": scope} for unit, scope in _RESPONDERS.items()]
        scene.then("G07", OpinionCommand.ASSIGN_RESPONDERS, opinion="IN-01", responders=shares)
        self._consulted(scene)
        self._first_word(scene)
        spoken: dict[str, Any] = {
            "title": "松坞镇化学品仓库火灾情况发布会",
            "place": "区新闻发布厅",
            "spokesperson": "F07",
        }
        scene.row(103, opinion="IN-01", media=["澄湾日报", "澄湾电视台"], **spoken)
        for number, (day, clock, suffix) in enumerate(_FOLLOW_UPS):
            self._follow_up(scene, day, clock, f"{_TITLE}{suffix}", is_row=number == 0)
        scene.row(106, opinion="IN-01", summary="火灾已扑灭，伤员均已救治，文本经U07、U08、U11确认")
        breach = "突发事件首次权威信息发布超过5小时，实施细则（九）（十七）"
        scene.row(107, criticism="CR-2025-01", unit="U07", basis=breach, breach_positions=Recall(("102",)))
        return scene.steps

    def _consulted(self, scene: Scene) -> None:
        participants = [{"unit": unit, "role": role} for unit, role in _PARTICIPANTS.items()]
        assessed: dict[str, Any] = {"nature": "生产安全事故", "trend": "网上关注快速上升", "risk": "次生污染和不实信息"}
        scene.row(99, opinion="IN-01", participants=participants, **assessed)
        scene.at("2025-10-03", "05:50")
        reason = "受伤人数增加，涉及危险化学品"
        scene.then("A07", OpinionCommand.REGRADE_INCIDENT, opinion="IN-01", grade="EXTRAORDINARY", reason=reason)
        scene.row(100, opinion="IN-01", note="区政府主要负责人到场指挥")

    def _first_word(self, scene: Scene) -> None:
        scene.at("2025-10-03", "06:20")
        paper = self._agreed(scene, _TITLE)
        scene.at("2025-10-03", "07:48")
        self._published(scene, paper)
        scene.row(102, opinion="IN-01", **_word(paper, _TITLE))
        self._on_further_channels(paper, scene)

    def _agreed(self, scene: Scene, title: str) -> Paper:
        """A text that may go out, and by which all who answer stand."""
        paper = self._ready(scene, "U07", title, Subject("", "应急管理", Phase.RESULT))
        content = reference(paper.text, paper.file_name)
        for unit in _RESPONDERS:
            scene.then(f"A{unit[1:]}", OpinionCommand.CONFIRM_RESPONSE_TEXT, opinion="IN-01", content=content)
            scene.minutes(4, 4)
        return paper

    def _published(self, scene: Scene, paper: Paper) -> None:
        out: dict[str, Any] = {"item": paper.item, "channels": [PLATFORM], "column": "COL-08"}
        scene.then("P07", Command.PUBLISH_INFORMATION, **out)

    def _on_further_channels(self, paper: Paper, scene: Scene) -> None:
        """Put out in the holiday, entered when work resumes."""
        happened = (("2025-10-03", "08:10", WEIBO), ("2025-10-03", "08:30", WECHAT), ("2025-10-05", "07:00", PAPER))
        moment = at("2025-10-09", "09:10")
        for day, clock, channel in happened:
            late = {"item": paper.item, "channel": channel}
            scene.steps.append(Step(moment, "P07", Command.ADD_CHANNEL, late, occurred_at=at(day, clock)))

    def _follow_up(self, scene: Scene, day: str, clock: str, title: str, *, is_row: bool) -> None:
        scene.at(day, "08:30")
        paper = self._agreed(scene, title)
        scene.at(day, clock)
        self._published(scene, paper)
        word: dict[str, Any] = {"opinion": "IN-01", **_word(paper, title)}
        if is_row:
            scene.row(104, **word)
        else:
            scene.then("P07", OpinionCommand.RELEASE_FOLLOW_UP, **word)


def _word(paper: Paper, title: str) -> dict[str, Any]:
    content = reference(paper.text, paper.file_name)
    return {"title": title, "content": content, "channels": [PLATFORM], "item": paper.item}
