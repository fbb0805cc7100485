"""January and February: the first package, a request sent back twice, a notice past the register, one sheet for five."""

from datetime import datetime, timedelta
from typing import Any

from aggregates.appraisal.words_commands import AppraisalCommand
from aggregates.interpretation.words import InterpretationCommand, InterpretationForm, InterpretationRefusal
from aggregates.organisation.words_lists import Audience, TrainingKind
from aggregates.refusal_codes import RefusalCode
from aggregates.vocabulary import (
    Attribute,
    AttributeConclusion,
    Command,
    ExaminationConclusion,
    Phase,
    Post,
    ReturnGround,
    SecrecyConclusion,
)
from cli.demo import contents
from cli.demo.district import BOARD, OFFICE, PLATFORM, WEBSITE, WECHAT
from cli.demo.items import Paper
from cli.demo.scenes import CLEARED, Scene, Scenes, Told
from cli.demo.steps import Recall, Step, reference
from cli.demo.titles import Subject
from cli.demo.working_days import at

_REGULATION = "《中华人民共和国政府信息公开条例》"


class Winter(Scenes):
    """Rows 5 to 40, but for those of the opening and the bulletins."""

    @property
    def told(self) -> Told:
        """When each scene begins, and what tells it."""
        return [
            (at("2025-01-07", "09:10"), self.division_of_work),
            (at("2025-01-10", "09:00"), self.newcomers),
            (at("2025-01-13", "09:20"), self.package),
            (at("2025-01-16", "15:30"), self.sent_back_twice),
            (at("2025-01-20", "09:10"), self.past_the_register),
            (at("2025-01-24", "09:10"), self.report_of_the_office),
            (at("2025-02-06", "08:50"), self.school_admission),
            (at("2025-02-10", "08:50"), self.withheld_policy),
            (at("2025-02-18", "10:20"), self.five_on_one_sheet),
            (at("2025-02-19", "09:30"), self.report_of_the_district),
            (at("2025-02-21", "08:50"), self.one_pair_of_hands),
        ]

    def division_of_work(self, begins: datetime) -> list[Step]:
        """The deputy's division of work is public a working day after the appointment."""
        scene = self._scene(begins)
        paper = self._ready(
            scene, "U02", "关于局领导分工的通知", Subject("", "领导信息", Phase.ADMINISTRATION), "I-001"
        )
        # The platform is registered two days later; until then there is the website.
        self._out(scene, paper, (WEBSITE,), column="COL-03")
        scene.row(5, unit="U02", officer="F02", item=paper.item)
        return scene.steps

    def newcomers(self, begins: datetime) -> list[Step]:
        """Newcomers are trained; one is called and stays away."""
        scene = self._scene(begins)
        scene.row(
            9,
            training="T-2025-01",
            kind=str(TrainingKind.NEWCOMER),
            title_zh="政务公开新任人员培训",
            audiences=[{"audience": str(Audience.NEWCOMER), "attended": 3}],
            attended=["P10", "S10", "A10"],
            absent=["P12"],
        )
        return scene.steps

    def package(self, begins: datetime) -> list[Step]:
        """A policy and its interpretation: stopped without it, signed and published with it."""
        scene = self._scene(begins)
        title = "关于促进中小企业高质量发展的若干意见"
        policy = self._paper(scene, "U02", title, Subject("", "产业政策", Phase.DECISION, policy=True), "I-002")
        scene.row(10, item=policy.item, attribute=str(Attribute.PROACTIVE))
        scene.row(11, refused=InterpretationRefusal.INTERPRETATION_MISSING, item=policy.item)
        scene.minutes(30, 30)
        subject = Subject("", "产业政策", Phase.DECISION)
        interpretation = self._paper(scene, "U02", f"《{title}》政策解读", subject, "I-003")
        self._proactive(scene, interpretation)
        scene.then(
            "D02",
            InterpretationCommand.REGISTER_INTERPRETATION,
            item=policy.item,
            interpretation=interpretation.item,
            form=str(InterpretationForm.INFOGRAPHIC),
        )
        for paper in (policy, interpretation):
            self._submitted(scene, paper)
        scene.row(12, item=policy.item)
        scene.row(13, item=policy.item, **CLEARED)
        scene.row(14, item=interpretation.item, **CLEARED)
        scene.row(15, item=policy.item, channels=[PLATFORM], column="COL-03")
        scene.row(16, item=policy.item, channel=WECHAT)
        return scene.steps

    def sent_back_twice(self, begins: datetime) -> list[Step]:
        """A request to issue without an attribute, then without a law, then with both."""
        scene = self._scene(begins)
        subject = Subject("", "市场监管", Phase.ADMINISTRATION, Attribute.PARTIAL)
        title = "关于提请印发全区餐饮单位信用评价名录的请示"
        paper = self._paper(scene, "U06", title, subject, "I-004", for_government=True)
        scene.row(17, item=paper.item)
        note = "请示件没有明确的公开属性建议，依实施细则（一）退文"
        scene.row(18, item=paper.item, ground=str(ReturnGround.NO_DISCLOSURE_ATTRIBUTE), note=note)
        withheld = str(Attribute.WITHHELD)
        scene.row(19, refused=RefusalCode.NO_LEGAL_REASON, item=paper.item, attribute=withheld, reason="内部资料")
        reason = "附件2涉及个人隐私，其余部分建议公开"
        passage = {"locator": "附件2", "reason": "涉及个人隐私", "basis": f"{_REGULATION}第十五条"}
        scene.row(21, item=paper.item, attribute=str(Attribute.PARTIAL), reason=reason, severed_passages=[passage])
        scene.minutes(60, 60)
        self._published_in_part(scene, paper)
        return scene.steps

    def _published_in_part(self, scene: Scene, paper: Paper) -> None:
        """The office reviews, approves and publishes what is left without the annex."""
        outgoing = contents.severed(paper.text, 1)
        named: dict[str, Any] = {"item": paper.item, "content_sha256": reference(outgoing, "")["sha256"]}
        self._life.confirm(scene, paper, "A01")
        scene.then_storing([outgoing], "Z01", Command.APPROVE_DOCUMENT, **named)
        scene.minutes(20, 20)
        cleared = str(SecrecyConclusion.CLEARED_WITH_SEVERANCE)
        scene.then("S01", Command.CONDUCT_SECRECY_REVIEW, conclusion=cleared, ground="附件2已删除", **named)
        scene.minutes(10, 10)
        content = reference(outgoing, f"（区分处理）{paper.file_name}")
        scene.then("P01", Command.PUBLISH_INFORMATION, item=paper.item, channels=[PLATFORM], content=content)

    def past_the_register(self, begins: datetime) -> list[Step]:
        """A notice goes up by a direct login, is found by a crawl, and is put right on a make-up Sunday."""
        scene = self._scene(begins)
        title = "盐仓路东侧地块房屋拆除作业公告"
        paper = self._paper(scene, "U05", title, Subject("", "房屋征收", Phase.EXECUTION), "I-005")
        self._proactive(scene, paper)
        self._approved(scene, paper)
        scene.row(22, refused=RefusalCode.NOT_REVIEWED, item=paper.item, channels=[PLATFORM])
        snapshot = "（网站巡查截图文字）\n".encode() + paper.text
        scene.row(
            23,
            stored=(snapshot,),
            found="UR-2025-01",
            item=paper.item,
            unit="U05",
            channel="区政府网站（后台直接登录）",
            title=title,
            source="网站巡查",
            seen_published_at="2025-01-23T10:15:00+08:00",
            evidence=reference(snapshot, "UR-2025-01.txt"),
        )
        scene.row(
            24,
            rectification="RC-01",
            unit="U05",
            item=paper.item,
            problem="未经审查，由后台直接登录发布",
            demand="立即下架，补办审查后重新发布",
            cause="OTHER",
            due_on="2025-01-26",
            evidence_positions=Recall(("23",)),
        )
        scene.row(25, item=paper.item, **CLEARED)
        scene.row(26, item=paper.item, channels=[PLATFORM, BOARD], column="COL-06")
        scene.row(27, rectification="RC-01", evidence_positions=Recall(("25", "26")))
        return scene.steps

    def report_of_the_office(self, begins: datetime) -> list[Step]:
        """The office's own annual report, submitted and public before the end of January."""
        scene = self._scene(begins)
        title = "2024年政府信息公开工作年度报告"
        paper = self._ready(scene, OFFICE, f"澄湾区人民政府办公室{title}", Subject("", "政务公开", Phase.RESULT))
        scene.row(28, report="AR-2024-U01", year=2024, unit=OFFICE, content=reference(paper.text, paper.file_name))
        scene.minutes(20, 20)
        self._out(scene, paper)
        scene.then("G01", AppraisalCommand.PUBLISH_ANNUAL_REPORT, report="AR-2024-U01", item=paper.item)
        return scene.steps

    def report_of_the_district(self, begins: datetime) -> list[Step]:
        """The district's report goes out on its very last day."""
        scene = self._scene(begins)
        title = "澄湾区2024年政府信息公开工作年度报告"
        paper = self._ready(scene, OFFICE, title, Subject("", "政务公开", Phase.RESULT))
        stated: dict[str, Any] = {"report": "AR-2024-DISTRICT", "year": 2024, "unit": OFFICE, "scope": "DISTRICT"}
        content = reference(paper.text, paper.file_name)
        scene.then("G01", AppraisalCommand.SUBMIT_ANNUAL_REPORT, content=content, **stated)
        scene.at("2025-02-20", "08:52")
        self._out(scene, paper)
        scene.row(36, report="AR-2024-DISTRICT", item=paper.item)
        return scene.steps

    def school_admission(self, begins: datetime) -> list[Step]:
        """An admission plan is for whoever asks; in November it turns out that seventeen did."""
        scene = self._scene(begins)
        subject = Subject("", "招生考试", Phase.EXECUTION, Attribute.ON_REQUEST)
        paper = self._paper(scene, "U03", "2025年义务教育阶段学校招生计划", subject, "I-006")
        scene.row(30, item=paper.item, attribute=str(Attribute.ON_REQUEST), reason="涉及各校测算数据，可依申请提供")
        scene.minutes(20, 20)
        self._approved(scene, paper)
        return scene.steps

    def withheld_policy(self, begins: datetime) -> list[Step]:
        """A withheld policy paper is stopped until the unit's disclosure office was asked."""
        scene = self._scene(begins)
        subject = Subject("", "财政监督", Phase.ADMINISTRATION, Attribute.WITHHELD, policy=True)
        paper = self._paper(scene, "U04", "关于审计整改事项处理口径的意见", subject, "I-007")
        scene.row(
            31,
            item=paper.item,
            attribute=str(Attribute.WITHHELD),
            reason="审计整改尚未结束，属于过程性信息",
            legal_basis=[f"{_REGULATION}第十六条第二款"],
        )
        scene.row(32, refused=RefusalCode.DISCLOSURE_OFFICE_NOT_CONSULTED, item=paper.item)
        scene.minutes(60, 60)
        scene.then("D04", Command.REFER_TO_DISCLOSURE_OFFICE, item=paper.item)
        ground = "属于过程性信息（条例第十六条），同意暂不公开"
        scene.row(33, item=paper.item, conclusion=str(ExaminationConclusion.AGREED), ground=ground)
        scene.row(34, item=paper.item)
        scene.minutes(30, 30)
        self._life.confirm(scene, paper)
        scene.then("F04", Command.APPROVE_DOCUMENT, item=paper.item)
        return scene.steps

    def one_pair_of_hands(self, begins: datetime) -> list[Step]:
        """In a short-handed bureau the publisher is made drafter and reviewer as well, and is stopped."""
        scene = self._scene(begins)
        posts = (Post.DRAFTER, Post.REVIEWER)
        for post in posts:
            lent: dict[str, Any] = {"officer": "P09", "unit": "U09", "post": str(post)}
            scene.then("Z09", Command.APPOINT_OFFICER, **lent, from_date="2025-02-21", until_date="2025-02-28")
            scene.minutes(1, 1)
        subject = Subject("", "城市管理", Phase.RESULT)
        paper = self._paper(scene, "U09", "望江路沿线户外广告设施清理结果公告", subject, "I-008")
        self._proactive(scene, paper)
        self._life.confirm(scene, paper)
        lent_to = {"D09": Post.DRAFTER, "A09": Post.REVIEWER}
        scene.steps[:] = [_by_publisher(step, lent_to) for step in scene.steps]
        self._sent_up_by_publisher(scene, paper)
        out: dict[str, Any] = {"item": paper.item, "channels": [PLATFORM], "column": "COL-10"}
        scene.row(37, refused=RefusalCode.SEGREGATION_OF_DUTIES, **out)
        scene.minutes(30, 30)
        conclusion = str(AttributeConclusion.CONFIRMED)
        scene.then("A09", Command.REVIEW_DISCLOSURE_ATTRIBUTE, item=paper.item, conclusion=conclusion)
        scene.minutes(10, 10)
        scene.then("P09", Command.PUBLISH_INFORMATION, **out)
        return scene.steps

    def _sent_up_by_publisher(self, scene: Scene, paper: Paper) -> None:
        submitted = Step(scene.now, "P09", Command.SUBMIT_DRAFT_FOR_APPROVAL, {"item": paper.item}, post=Post.DRAFTER)
        scene.steps.append(submitted)
        scene.minutes(10, 10)
        scene.then("F09", Command.APPROVE_DOCUMENT, item=paper.item)
        scene.minutes(10, 10)
        self._reviewed(scene, paper)

    def five_on_one_sheet(self, begins: datetime) -> list[Step]:
        """Five items on one review sheet, then a text that changed after its review."""
        papers: list[Paper] = []
        steps: list[Step] = []
        for number in range(5):
            scene = self._scene(begins + timedelta(minutes=6 * number))
            title = f"医疗机构依法执业检查结果公示（2025年第{number + 1}批）"
            subject = Subject("", "医疗监管", Phase.RESULT)
            paper = self._paper(scene, "U08", title, subject, f"I-{9 + number:03}")
            self._proactive(scene, paper)
            self._approved(scene, paper)
            papers.append(paper)
            steps += scene.steps
        first, *others = papers
        scene = self._scene(at("2025-02-24", "09:00"))
        further = [paper.item for paper in others]
        one_review = RefusalCode.ONE_ITEM_ONE_REVIEW
        scene.row(38, refused=one_review, item=first.item, further_items=further, **CLEARED)
        scene.row(39, item=first.item, draft_version=1, **CLEARED)
        for paper in others:
            scene.minutes(5, 5)
            self._reviewed(scene, paper)
            self._out(scene, paper, column="COL-09")
        return [*steps, *scene.steps, *self._changed_after_review(first)]

    def _changed_after_review(self, paper: Paper) -> list[Step]:
        scene = self._scene(at("2025-02-24", "13:50"))
        newer = contents.revised(paper.text, "增加一家机构")
        scene.then_storing(
            [newer],
            "D08",
            Command.REVISE_DOCUMENT,
            item=paper.item,
            content=reference(newer, paper.file_name),
            reason="增加一家机构",
        )
        out: dict[str, Any] = {"item": paper.item, "channels": [PLATFORM], "column": "COL-09"}
        scene.row(40, refused=RefusalCode.VERSION_NOT_REVIEWED, **out)
        scene.minutes(20, 20)
        self._approved(scene, paper)
        self._reviewed(scene, paper)
        scene.then("P08", Command.PUBLISH_INFORMATION, **out)
        return scene.steps


def _by_publisher(step: Step, lent_to: dict[str, Post]) -> Step:
    """The same step by the publisher in the post that was lent, where it was another's."""
    if step.officer not in lent_to:
        return step
    return Step(step.at, "P09", step.command, step.arguments, post=lent_to[step.officer], stored=step.stored)
