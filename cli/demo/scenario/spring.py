"""March to June: a major decision from its registration to its passing, public opinion, a joint notice."""

from datetime import datetime
from typing import Any

from aggregates.interpretation.words import InterpretationCommand, InterpretationForm, PackagePart
from aggregates.opinion.words import OpinionCommand
from aggregates.organisation.words_commands import OrganisationCommand
from aggregates.organisation.words_refusals import OrganisationRefusal
from aggregates.participation.refusals import ParticipationRefusal
from aggregates.participation.words import ParticipationCommand
from aggregates.vocabulary import Attribute, Command, Phase
from cli.demo import contents
from cli.demo.district import PEOPLE, PLATFORM, WECHAT
from cli.demo.items import Paper
from cli.demo.scenes import Scene, Scenes, Told
from cli.demo.steps import Step, reference
from cli.demo.titles import Subject
from cli.demo.working_days import at

_DECISIONS = "COL-02"
_COMMENTS = 214
_CLUSTERS = {
    "K1": ("加装电梯", 80),
    "K2": ("停车位", 60),
    "K3": ("保留沿街商铺", 46),
    "K4": ("施工时间", 20),
    "K5": ("绿化", 8),
}
_NOT_ADOPTED = "K3"
_ATTENDANCE = {"STAKEHOLDER": 12, "PUBLIC_REPRESENTATIVE": 3, "EXPERT": 2, "LEGAL_ADVISER": 1, "MEDIA": 2}


def _headcount(people: dict[str, int]) -> list[dict[str, Any]]:
    return [{"category": category, "number": number} for category, number in people.items()]


class Spring(Scenes):
    """Rows 44 to 71, but for the requests and the bulletin."""

    @property
    def told(self) -> Told:
        """When each scene begins, and what tells it."""
        return [
            (at("2025-03-17", "09:00"), self.decision),
            (at("2025-03-19", "09:00"), self.comments),
            (at("2025-03-25", "09:00"), self.opinion),
            (at("2025-04-02", "09:30"), self.hearing),
            (at("2025-04-24", "14:10"), self.feedback),
            (at("2025-04-29", "09:00"), self.meeting),
            (at("2025-06-09", "09:20"), self.joint_notice),
        ]

    # ── MD-01 ─────────────────────────────────────────────────────────────────────────────────────

    def decision(self, begins: datetime) -> list[Step]:
        """A renewal plan is registered as a major decision, and its draft is published with its basis."""
        scene = self._scene(begins)
        scene.row(
            44,
            decision="MD-01",
            unit="U05",
            title="老旧小区改造三年方案",
            decision_kind="POLICY_MEASURE",
            body="DISTRICT_STANDING_MEETING",
        )
        scene.minutes(20, 20)
        draft = self._ready(
            scene, "U05", "澄湾区老旧小区改造三年方案（征求意见稿）", Subject("", "城市更新", Phase.DECISION)
        )
        basis = self._ready(
            scene, "U05", "澄湾区老旧小区改造三年方案的起草说明和决策依据", Subject("", "城市更新", Phase.DECISION)
        )
        shown: dict[str, Any] = {
            "decision": "MD-01",
            "draft_item": draft.item,
            "column": _DECISIONS,
            "channels": [PLATFORM],
        }
        scene.row(45, refused=ParticipationRefusal.DECISION_BASIS_MISSING, **shown)
        scene.row(46, basis_item=basis.item, **shown)
        period: dict[str, Any] = {"period_from": "2025-03-18", "period_until": "2025-04-17"}
        scene.row(47, decision="MD-01", ways="区政府信息公开平台、来信、座谈", **period)
        scene.row(54, refused=ParticipationRefusal.COMMENT_PERIOD_OPEN, decision="MD-01", outcome="PASSED")
        return scene.steps

    def comments(self, begins: datetime) -> list[Step]:
        """The public comments for thirty days; one comment comes a day late."""
        period = at("2025-04-17", "21:00") - begins
        moments = sorted(begins + period * self._dice.random() for _ in range(_COMMENTS - 1))
        moments.append(at("2025-04-18", "08:12"))
        subjects = [title for title, number in _CLUSTERS.values() for _ in range(number)]
        steps = []
        for moment, subject in zip(moments, subjects, strict=True):
            said: dict[str, Any] = {"decision": "MD-01", "text": f"关于{subject}，建议在方案中进一步明确。"}
            steps.append(Step(moment.replace(microsecond=0), PEOPLE, ParticipationCommand.SUBMIT_COMMENT, said))
        scene = self._scene(at("2025-04-18", "08:41"))
        first = 1
        for cluster, (title, number) in _CLUSTERS.items():
            grouped: dict[str, Any] = {
                "cluster": cluster,
                "title": title,
                "comments": list(range(first, first + number)),
            }
            scene.then("D05", ParticipationCommand.CLUSTER_COMMENTS, decision="MD-01", **grouped)
            first += number
            scene.minutes(3, 3)
        scene.row(55, decision="MD-01")
        return [*steps, *scene.steps]

    def hearing(self, begins: datetime) -> list[Step]:
        """A hearing is announced eight days ahead and held."""
        scene = self._scene(begins)
        title = "老旧小区改造三年方案听证会公告"
        notice = self._ready(scene, "U05", title, Subject("", "城市更新", Phase.DECISION))
        scene.at("2025-04-03", "14:20")
        self._out(scene, notice, column=_DECISIONS)
        papers = "听证材料：方案、起草说明、资金测算。\n".encode()
        scene.row(
            52,
            stored=(papers,),
            public_hearing="HR-01",
            unit="U05",
            title="老旧小区改造三年方案听证会",
            item=notice.item,
            held_on="2025-04-11",
            place="澄湾区行政中心二号楼",
            documents=[reference(papers, "听证材料.txt")],
            decision="MD-01",
        )
        minutes = "听证会笔录：各方陈述如下。\n".encode()
        scene.row(
            53,
            stored=(minutes,),
            public_hearing="HR-01",
            attendance=_headcount(_ATTENDANCE),
            minutes=reference(minutes, "听证笔录.txt"),
        )
        return scene.steps

    def feedback(self, begins: datetime) -> list[Step]:
        """What became of the comments: not without the reason for the forty-six that were not adopted."""
        scene = self._scene(begins)
        title = "老旧小区改造三年方案公众意见采纳情况"
        paper = self._ready(scene, "U05", title, Subject("", "城市更新", Phase.DECISION))
        adopted = [{"cluster": cluster, "adoption": "ADOPTED"} for cluster in _CLUSTERS if cluster != _NOT_ADOPTED]
        refused: dict[str, Any] = {"cluster": _NOT_ADOPTED, "adoption": "NOT_ADOPTED"}
        told: dict[str, Any] = {
            "decision": "MD-01",
            "item": paper.item,
            "channels": [PLATFORM],
            "column": _DECISIONS,
        }
        scene.row(58, refused=ParticipationRefusal.UNADOPTED_WITHOUT_REASON, adoption=[*adopted, refused], **told)
        reason = "沿街建筑位于消防通道，不符合安全间距要求"
        scene.row(59, adoption=[*adopted, {**refused, "reason": reason}], **told)
        return scene.steps

    def meeting(self, begins: datetime) -> list[Step]:
        """The standing meeting passes the plan before people from outside; the media were invited and stayed away."""
        scene = self._scene(begins)
        invited = dict.fromkeys(_ATTENDANCE, 1)
        scene.row(
            60,
            meeting="MT-07",
            unit="U01",
            title="区政府第7次常务会议",
            held_on="2025-04-30",
            invited=_headcount(invited),
            agenda=["MD-01"],
        )
        scene.row(61, decision="MD-01", outcome="PASSED", meeting="MT-07")
        scene.minutes(60, 60)
        came = _headcount({**invited, "MEDIA": 0})
        scene.then("G05", ParticipationCommand.RECORD_ATTENDANCE, meeting="MT-07", attendance=came)
        return scene.steps

    # ── public opinion ────────────────────────────────────────────────────────────────────────────

    def opinion(self, begins: datetime) -> list[Step]:
        """A post in a forum about one sub-district is answered there within a day."""
        scene = self._scene(begins)
        said: dict[str, Any] = {
            "source_kind": "FORUM",
            "source": "澄湾论坛",
            "summary": "网民询问望潮街道改造方案是否涉及本小区",
        }
        scene.row(49, opinion="OP-01", **said)
        scene.row(50, by="Y10", opinion="OP-01", concerned_units=["U10"])
        scene.minutes(60, 60)
        title = "关于老旧小区改造范围的说明"
        paper = self._ready(scene, "U10", title, Subject("", "城市更新", Phase.EXECUTION))
        scene.at("2025-03-26", "08:50")
        channels = [PLATFORM, WECHAT]
        self._out(scene, paper, (PLATFORM, WECHAT), column="COL-11")
        content = reference(paper.text, paper.file_name)
        scene.row(51, opinion="OP-01", title=title, content=content, channels=channels, item=paper.item)
        scene.minutes(120, 120)
        scene.then("P10", OpinionCommand.CLOSE_INCIDENT, opinion="OP-01", summary="已说明改造范围，舆情平息")
        return scene.steps

    # ── a joint notice ────────────────────────────────────────────────────────────────────────────

    def joint_notice(self, begins: datetime) -> list[Step]:
        """Three bureaus, one notice: no word before the third has confirmed its figure, and a late interpretation."""
        scene = self._scene(begins)
        concerned: dict[str, Any] = {"concerned_units": ["U04", "U06"]}
        title = "关于开展以旧换新补贴工作的联合通知"
        subject = Subject("", "产业政策", Phase.DECISION, policy=True)
        notice = self._paper(scene, "U02", title, subject, "I-020", **concerned)
        scene.row(66, item=notice.item, lead="U02", co_issuers=["U04", "U06"])
        scene.row(67, by="D02", item=notice.item)
        interpretation = self._interpretation(scene, notice)
        asked: dict[str, Any] = {"units": ["U04", "U06"], "due_date": "2025-06-11"}
        scene.then("D02", OrganisationCommand.REQUEST_CONFIRMATION, item=notice.item, **asked)
        scene.minutes(90, 90)
        self._confirms(scene, "A04", notice)
        scene.row(68, refused=OrganisationRefusal.UNCONFIRMED_BY, item=notice.item, channels=[PLATFORM])
        scene.row(69, item=notice.item, unit="U06", reason="第四条的补贴产品数量有误，应为1,286个")
        scene.minutes(60, 60)
        self._second_draft(scene, notice)
        self._confirms(scene, "A04", notice)
        scene.row(70, item=notice.item, unit="U06", draft_version=2)
        self._signed(scene, notice, interpretation)
        out: dict[str, Any] = {"item": notice.item, "channels": [PLATFORM], "column": "COL-03"}
        scene.row(71, parts=[str(PackagePart.DOCUMENT)], **out)
        scene.at("2025-06-11", "16:30")
        scene.row(71, parts=[str(PackagePart.INTERPRETATION)], **out)
        return scene.steps

    def _interpretation(self, scene: Scene, notice: Paper) -> Paper:
        title = f"《{notice.title}》政策解读"
        interpretation = self._paper(scene, "U02", title, Subject("", "产业政策", Phase.DECISION), "I-021")
        for paper in (notice, interpretation):
            attribute = str(Attribute.PROACTIVE)
            scene.then("D02", Command.DETERMINE_DISCLOSURE_ATTRIBUTE, item=paper.item, attribute=attribute)
            scene.minutes(5, 5)
        scene.then(
            "D02",
            InterpretationCommand.REGISTER_INTERPRETATION,
            item=notice.item,
            interpretation=interpretation.item,
            form=str(InterpretationForm.TEXT),
        )
        scene.minutes(5, 5)
        return interpretation

    def _confirms(self, scene: Scene, who: str, paper: Paper) -> None:
        scene.then(who, OrganisationCommand.CONFIRM_INFORMATION, item=paper.item, unit=f"U{who[1:]}")
        scene.minutes(10, 10)

    def _second_draft(self, scene: Scene, notice: Paper) -> None:
        newer = contents.revised(notice.text, "更正第四条产品数量")
        changed: dict[str, Any] = {"content": reference(newer, notice.file_name), "reason": "更正第四条产品数量"}
        scene.then_storing([newer], "D02", Command.REVISE_DOCUMENT, item=notice.item, **changed)
        scene.minutes(5, 5)
        attribute = str(Attribute.PROACTIVE)
        scene.then("D02", Command.DETERMINE_DISCLOSURE_ATTRIBUTE, item=notice.item, attribute=attribute)
        scene.minutes(5, 5)

    def _signed(self, scene: Scene, notice: Paper, interpretation: Paper) -> None:
        for paper in (notice, interpretation):
            self._submitted(scene, paper)
        scene.then("Z02", InterpretationCommand.SIGN_OFF_POLICY_PACKAGE, item=notice.item)
        scene.minutes(5, 5)
        for paper in (notice, interpretation):
            self._reviewed(scene, paper)
