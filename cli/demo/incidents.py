"""The year's incidents, told one by one: what went wrong, who was turned down, how it was put right."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from aggregates.refusal_codes import RefusalCode
from aggregates.vocabulary import (
    Attribute,
    CaseGround,
    Command,
    Phase,
    Post,
    ResponsibilityClass,
    SecrecyConclusion,
    SecrecyDetermination,
    SecrecyLevel,
    WithdrawalReason,
)
from cli.demo import contents, district
from cli.demo.district import BY_CODE, INSPECTOR, INVESTIGATOR, PAPER, PLATFORM, SECRECY_OFFICIAL, WECHAT, WEIBO
from cli.demo.items import Life, Paper
from cli.demo.steps import Recall, Step, Thread, reference
from cli.demo.titles import Subject
from cli.demo.working_days import OfficeHours, RoundTheClock, at

_CLEARED: dict[str, Any] = {"conclusion": str(SecrecyConclusion.CLEARED), "ground": "逐项审查，不涉密，可以公开"}


class Incidents:
    """Writes each incident as the steps it took; its papers take their numbers when it begins."""

    def __init__(self, life: Life, dice: Random) -> None:
        self._life, self._dice = life, dice
        self.told: list[tuple[datetime, Any]] = [
            (at("2025-01-20", "09:10"), self.past_the_register),
            (at("2025-02-06", "09:00"), self.withheld_policy),
            (at("2025-02-17", "10:00"), self.two_hats),
            (at("2025-02-18", "10:20"), self.five_on_one_sheet),
            (at("2025-03-11", "09:20"), self.self_approval),
            (at("2025-06-26", "14:00"), self.secret_in_the_annex),
            (at("2025-07-14", "10:30"), self.archived_in_a_hurry),
            (at("2025-09-10", "09:30"), self.replaced_policy),
            (at("2025-10-03", "05:00"), self.holiday_notices),
            (at("2025-11-14", "09:40"), self.overlooked_result),
        ]
        """When each begins and what tells it, in order of time."""

    def _begun(
        self, unit: str, title: str, subject: Subject, begins: datetime, hours: OfficeHours | None = None
    ) -> tuple[Thread, Paper]:
        paper = self._life.paper(BY_CODE[unit], subject, begins, title)
        thread = self._life.thread(begins, hours)
        self._life.draft(thread, paper)
        return thread, paper

    def _approved(self, thread: Thread, paper: Paper) -> None:
        number = paper.unit.number
        self._life.confirm(thread, paper)
        thread.then(f"D{number}", Command.SUBMIT_DRAFT_FOR_APPROVAL, item=paper.item)
        thread.minutes(10, 60)
        thread.then(f"F{number}", Command.APPROVE_DOCUMENT, item=paper.item)
        thread.minutes(5, 30)

    def _proactive(self, thread: Thread, paper: Paper) -> None:
        drafter = f"D{paper.unit.number}"
        attribute = str(Attribute.PROACTIVE)
        thread.then(drafter, Command.DETERMINE_DISCLOSURE_ATTRIBUTE, item=paper.item, attribute=attribute)
        thread.minutes(5, 20)

    # ── January: put up by a direct login ─────────────────────────────────────────────────────────

    def past_the_register(self, begins: datetime) -> list[Step]:
        """A notice goes up by a direct login, is found by a crawl, and is put right on a make-up Sunday."""
        title = "盐仓路东侧地块房屋拆除作业公告"
        thread, paper = self._begun("U05", title, Subject("", "房屋征收", Phase.EXECUTION), begins)
        self._proactive(thread, paper)
        self._approved(thread, paper)
        thread.until(at("2025-01-23", "10:15"))
        thread.then_refused(
            RefusalCode.NOT_REVIEWED, "P05", Command.PUBLISH_INFORMATION, item=paper.item, channels=[PLATFORM]
        )
        thread.until(at("2025-01-23", "10:40"))
        snapshot = "（网站巡查截图文字）\n".encode() + paper.text
        thread.then_storing(
            [snapshot],
            "G01",
            Command.REPORT_UNREGISTERED_PUBLICATION,
            found="UR-2025-01",
            item=paper.item,
            unit="U05",
            channel="区政府网站（后台直接登录）",
            title=title,
            source="网站巡查",
            seen_published_at="2025-01-23T10:15:00+08:00",
            evidence=reference(snapshot, "UR-2025-01.txt"),
        )
        thread.until(at("2025-01-26", "09:00"))
        thread.then("S05", Command.CONDUCT_SECRECY_REVIEW, item=paper.item, **_CLEARED)
        thread.until(at("2025-01-26", "09:30"))
        channels = [PLATFORM, district.BOARD]
        thread.then("P05", Command.PUBLISH_INFORMATION, item=paper.item, channels=channels, column="COL-06")
        return thread.steps

    # ── February ──────────────────────────────────────────────────────────────────────────────────

    def withheld_policy(self, begins: datetime) -> list[Step]:
        """A withheld policy paper is stopped, examined, let pass; in November it turns public after all."""
        subject = Subject("", "财政监督", Phase.ADMINISTRATION, Attribute.WITHHELD, policy=True)
        title = "关于审计整改事项处理口径的意见"
        thread, paper = self._begun("U04", f"{BY_CODE['U04'].name_zh}{title}", subject, begins)
        thread.then(
            "D04",
            Command.DETERMINE_DISCLOSURE_ATTRIBUTE,
            item=paper.item,
            attribute=str(Attribute.WITHHELD),
            reason="审计整改尚未结束，属于过程性信息",
            legal_basis=["《中华人民共和国政府信息公开条例》第十六条第二款"],
        )
        thread.until(at("2025-02-10", "09:30"))
        thread.then_refused(
            RefusalCode.DISCLOSURE_OFFICE_NOT_CONSULTED, "D04", Command.SUBMIT_DRAFT_FOR_APPROVAL, item=paper.item
        )
        self._life.examine(thread, paper)
        self._approved(thread, paper)
        thread.until(at("2025-11-12", "09:00"))
        self._proactive(thread, paper)
        self._approved(thread, paper)
        thread.until(at("2025-11-13", "09:00"))
        thread.then("S04", Command.CONDUCT_SECRECY_REVIEW, item=paper.item, **_CLEARED)
        thread.until(at("2025-11-13", "11:00"))
        thread.then("P04", Command.PUBLISH_INFORMATION, item=paper.item, channels=[PLATFORM], column="COL-04")
        return thread.steps

    def two_hats(self, begins: datetime) -> list[Step]:
        """In a short-handed bureau the reviewer is made publisher as well, and is stopped."""
        thread, paper = self._begun(
            "U09", "望江路沿线户外广告设施清理结果公告", Subject("", "城市管理", Phase.RESULT), begins
        )
        self._proactive(thread, paper)
        self._approved(thread, paper)
        thread.then("S09", Command.CONDUCT_SECRECY_REVIEW, item=paper.item, **_CLEARED)
        thread.until(at("2025-02-21", "13:50"))
        publisher = str(Post.PUBLISHER)
        lent: dict[str, Any] = {
            "officer": "A09",
            "unit": "U09",
            "post": publisher,
            "from_date": "2025-02-21",
            "until_date": "2025-02-28",
        }
        thread.then("Z09", Command.APPOINT_OFFICER, **lent)
        thread.until(at("2025-02-21", "14:00"))
        out: dict[str, Any] = {"item": paper.item, "channels": [PLATFORM], "column": "COL-10"}
        thread.steps.append(
            Step(
                thread.now,
                "A09",
                Command.PUBLISH_INFORMATION,
                out,
                post=Post.PUBLISHER,
                refused=RefusalCode.SEGREGATION_OF_DUTIES,
            )
        )
        thread.minutes(20, 60)
        thread.then("P09", Command.PUBLISH_INFORMATION, **out)
        return thread.steps

    def five_on_one_sheet(self, begins: datetime) -> list[Step]:
        """Five items on one review sheet, then a text that changed after its review."""
        papers: list[Paper] = []
        steps: list[Step] = []
        for number in range(5):
            thread, paper = self._begun(
                "U08",
                f"医疗机构依法执业检查结果公示（2025年第{number + 1}批）",
                Subject("", "医疗监管", Phase.RESULT),
                begins + timedelta(minutes=6 * number),
            )
            self._proactive(thread, paper)
            self._approved(thread, paper)
            papers.append(paper)
            steps += thread.steps
        first, *others = papers
        thread = self._life.thread(at("2025-02-24", "09:00"))
        thread.then_refused(
            RefusalCode.ONE_ITEM_ONE_REVIEW,
            "S08",
            Command.CONDUCT_SECRECY_REVIEW,
            item=first.item,
            further_items=[paper.item for paper in others],
            **_CLEARED,
        )
        for paper in papers:
            thread.minutes(5, 15)
            thread.then("S08", Command.CONDUCT_SECRECY_REVIEW, item=paper.item, **_CLEARED)
        for paper in others:
            thread.minutes(2, 9)
            thread.then("P08", Command.PUBLISH_INFORMATION, item=paper.item, channels=[PLATFORM], column="COL-09")
        return [*steps, *thread.steps, *self._changed_after_review(first)]

    def _changed_after_review(self, paper: Paper) -> list[Step]:
        thread = self._life.thread(at("2025-02-24", "13:50"))
        newer = contents.revised(paper.text, "增加一家机构")
        thread.then_storing(
            [newer],
            "D08",
            Command.REVISE_DOCUMENT,
            item=paper.item,
            content=reference(newer, paper.file_name),
            reason="增加一家机构",
        )
        out: dict[str, Any] = {"item": paper.item, "channels": [PLATFORM], "column": "COL-09"}
        thread.until(at("2025-02-24", "14:00"))
        thread.then_refused(RefusalCode.VERSION_NOT_REVIEWED, "P08", Command.PUBLISH_INFORMATION, **out)
        thread.minutes(20, 40)
        self._approved(thread, paper)
        thread.then("S08", Command.CONDUCT_SECRECY_REVIEW, item=paper.item, **_CLEARED)
        thread.minutes(5, 10)
        thread.then("P08", Command.PUBLISH_INFORMATION, **out)
        return thread.steps

    # ── spring ────────────────────────────────────────────────────────────────────────────────────

    def self_approval(self, begins: datetime) -> list[Step]:
        """A drafter who is lent the deputy's post tries to approve the own paper."""
        thread, paper = self._begun(
            "U10", "望潮街道2025年民生实事项目清单", Subject("", "民生实事", Phase.DECISION), begins
        )
        self._proactive(thread, paper)
        self._life.confirm(thread, paper)
        thread.then("D10", Command.SUBMIT_DRAFT_FOR_APPROVAL, item=paper.item)
        thread.minutes(10, 20)
        post = str(Post.DEPUTY_IN_CHARGE)
        lent: dict[str, Any] = {
            "officer": "D10",
            "unit": "U10",
            "post": post,
            "from_date": "2025-03-11",
            "until_date": "2025-03-14",
        }
        thread.then("Z10", Command.APPOINT_OFFICER, **lent)
        thread.minutes(5, 10)
        own = Step(
            thread.now,
            "D10",
            Command.APPROVE_DOCUMENT,
            {"item": paper.item},
            post=Post.DEPUTY_IN_CHARGE,
            refused=RefusalCode.APPROVED_BY_DRAFTER,
        )
        thread.steps.append(own)
        thread.minutes(60, 90)
        thread.then("Z10", Command.APPROVE_DOCUMENT, item=paper.item)
        thread.minutes(20, 40)
        thread.then("S10", Command.CONDUCT_SECRECY_REVIEW, item=paper.item, **_CLEARED)
        thread.minutes(10, 20)
        channels = [PLATFORM, district.BOARD]
        thread.then("P10", Command.PUBLISH_INFORMATION, item=paper.item, channels=channels, column="COL-11")
        return thread.steps

    # ── July: a secret in an annex ────────────────────────────────────────────────────────────────

    def secret_in_the_annex(self, begins: datetime) -> list[Step]:
        """Published, withdrawn at night, sealed, determined a secret, investigated by replay."""
        title = "2025年区级预算调整项目明细表"
        thread, paper = self._begun("U04", title, Subject("", "财政预决算", Phase.RESULT), begins)
        self._proactive(thread, paper)
        self._approved(thread, paper)
        thread.then("S04", Command.CONDUCT_SECRECY_REVIEW, item=paper.item, label="secret reviewed", **_CLEARED)
        thread.until(at("2025-07-02", "09:00"))
        channels = [PLATFORM, WEIBO, WECHAT]
        thread.then(
            "P04",
            Command.PUBLISH_INFORMATION,
            item=paper.item,
            channels=channels,
            column="COL-04",
            label="secret published",
        )
        thread.until(at("2025-07-03", "20:40"))
        thread.then(
            "P04",
            Command.WITHDRAW_PUBLICATION,
            item=paper.item,
            reason_code=str(WithdrawalReason.SUSPECTED_SECRET),
            reason="读者反映附表含有敏感坐标，先行下架",
            label="secret withdrawn",
        )
        thread.until(at("2025-07-04", "09:00"))
        question = "附表第3列坐标是否属于国家秘密"
        thread.then("S04", Command.ESCALATE_SECRECY_QUESTION, item=paper.item, question=question)
        thread.until(at("2025-07-04", "09:06"))
        thread.then("S04", Command.SEAL_CONTENT, item=paper.item, reason="报请确定期间封存")
        thread.until(at("2025-07-10", "10:00"))
        thread.then(
            SECRECY_OFFICIAL,
            Command.DETERMINE_SECRECY,
            item=paper.item,
            conclusion=str(SecrecyDetermination.SECRET),
            level=str(SecrecyLevel.CONFIDENTIAL),
            ground="坐标精度超出公开规定",
        )
        return [*thread.steps, *self._investigation(paper), *self._deletion(paper)]

    def _investigation(self, paper: Paper) -> list[Step]:
        thread = self._life.thread(at("2025-07-11", "09:00"))
        published = Recall(("secret published",))
        thread.then(
            INVESTIGATOR,
            Command.OPEN_CASE,
            case="AC-01",
            ground=str(CaseGround.IMPROPER_DISCLOSURE),
            effect="公开了不应当公开的事项，影响较大",
            item=paper.item,
            evidence_positions=published,
        )
        thread.until(at("2025-07-14", "09:00"))
        thread.then(
            INVESTIGATOR,
            Command.CONSULT_LEDGER,
            query="重放：2025-07-02 09:00时的拟稿、审核、批准、发布人员，渠道与内容哈希",
            subject=paper.item,
            as_of="2025-07-02T01:00:00.000000Z",
            result_count=1,
        )
        findings = (
            ("F04", ResponsibilityClass.SUPERVISOR, "批准时未核对附表", ("secret published",), "批评教育"),
            ("S04", ResponsibilityClass.DIRECT, "审查未逐列核对附表", ("secret reviewed", "secret published"), "诫勉"),
        )
        for moment, (who, class_, finding, labels, measure) in zip(("09:00", "09:20"), findings, strict=True):
            thread.until(at("2025-07-18", moment))
            thread.then(
                INVESTIGATOR,
                Command.DETERMINE_RESPONSIBILITY,
                case="AC-01",
                officer=who,
                responsibility_class=str(class_),
                finding=finding,
                evidence_positions=Recall(labels),
            )
            thread.minutes(5, 9)
            basis = "实施细则（十）（十七）"
            thread.then(INVESTIGATOR, Command.IMPOSE_MEASURE, case="AC-01", officer=who, measure=measure, basis=basis)
        return thread.steps

    def _deletion(self, paper: Paper) -> list[Step]:
        thread = self._life.thread(at("2025-07-21", "09:00"))
        thread.then_refused(
            RefusalCode.LEDGER_APPEND_ONLY,
            "P04",
            Command.DELETE_PUBLICATION,
            item=paper.item,
            publication=f"{paper.item}#1",
        )
        return thread.steps

    def archived_in_a_hurry(self, begins: datetime) -> list[Step]:
        """Somebody in the wrong post tries to archive; a draft is entered with a date before its review."""
        thread, paper = self._begun(
            "U07", "汛期值班值守与信息报送要求", Subject("", "应急管理", Phase.EXECUTION), begins
        )
        self._proactive(thread, paper)
        self._approved(thread, paper)
        thread.then("S07", Command.CONDUCT_SECRECY_REVIEW, item=paper.item, **_CLEARED)
        thread.minutes(10, 20)
        out: dict[str, Any] = {"item": paper.item, "channels": [PLATFORM], "column": "COL-08"}
        thread.steps.append(
            Step(
                thread.now,
                "P07",
                Command.PUBLISH_INFORMATION,
                out,
                occurred_at=begins,
                refused=RefusalCode.BACKDATED,
            )
        )
        thread.minutes(5, 10)
        thread.then("P07", Command.PUBLISH_INFORMATION, **out)
        thread.minutes(30, 60)
        thread.then_refused(
            RefusalCode.POST_NOT_ENTITLED,
            "D07",
            Command.ARCHIVE_RECORD,
            item=paper.item,
            retention="permanent",
            archive_number="澄应急-2025-GK-0000",
        )
        return thread.steps

    # ── autumn ────────────────────────────────────────────────────────────────────────────────────

    def replaced_policy(self, begins: datetime) -> list[Step]:
        """A measure of spring is replaced in autumn; the old one is marked, and both stay."""
        old, before = self._begun(
            "U02",
            "澄湾区支持小微企业融资若干措施（试行）",
            Subject("", "产业政策", Phase.DECISION),
            begins,
        )
        self._out(old, before)
        new, after = self._begun(
            "U02", "澄湾区支持小微企业融资若干措施", Subject("", "产业政策", Phase.DECISION), begins
        )
        self._out(new, after)
        new.days(3, 4)
        new.then(
            "P02",
            Command.SUPERSEDE_PUBLICATION,
            item=before.item,
            by_item=after.item,
            on_date=new.now.date().isoformat(),
        )
        return [*old.steps, *new.steps]

    def _out(self, thread: Thread, paper: Paper) -> None:
        self._proactive(thread, paper)
        self._approved(thread, paper)
        number = paper.unit.number
        thread.then(f"S{number}", Command.CONDUCT_SECRECY_REVIEW, item=paper.item, **_CLEARED)
        thread.minutes(5, 20)
        thread.then(f"P{number}", Command.PUBLISH_INFORMATION, item=paper.item, channels=[PLATFORM, district.GAZETTE])

    def holiday_notices(self, begins: datetime) -> list[Step]:
        """A fire in the holiday: the first word after 5 h 38 min; further channels entered when work resumes."""
        title = "关于松坞镇化学品仓库火灾处置情况的通报"
        subject = Subject("", "应急管理", Phase.RESULT)
        thread, paper = self._begun("U07", title, subject, begins, RoundTheClock(self._dice))
        self._proactive(thread, paper)
        self._approved(thread, paper)
        thread.until(at("2025-10-03", "07:20"))
        thread.then("S07", Command.CONDUCT_SECRECY_REVIEW, item=paper.item, **_CLEARED)
        thread.until(at("2025-10-03", "07:48"))
        thread.then("P07", Command.PUBLISH_INFORMATION, item=paper.item, channels=[PLATFORM], column="COL-08")
        happened = (("2025-10-03", "08:10", WEIBO), ("2025-10-03", "08:30", WECHAT), ("2025-10-04", "10:00", PAPER))
        thread.until(at("2025-10-09", "08:40"))
        for day, clock, channel in happened:
            thread.then_late(at(day, clock), "P07", Command.ADD_CHANNEL, item=paper.item, channel=channel)
            thread.minutes(2, 3)
        return thread.steps

    # ── November: the self-check ──────────────────────────────────────────────────────────────────

    def overlooked_result(self, begins: datetime) -> list[Step]:
        """The self-check finds an enforcement result hidden since May; the inspector watches it come out."""
        thread, paper = self._begun("U09", "东渡路违法搭建行政处罚结果", Subject("", "行政处罚", Phase.RESULT), begins)
        self._proactive(thread, paper)
        self._approved(thread, paper)
        thread.until(at("2025-11-24", "09:00"))
        thread.then(
            INSPECTOR, Command.CONSULT_LEDGER, query="抽查：应公开未公开事项", subject=paper.item, result_count=0
        )
        thread.until(at("2025-11-24", "09:30"))
        thread.then(
            INSPECTOR,
            Command.REPORT_UNREGISTERED_PUBLICATION,
            found="UR-2025-02",
            unit="U09",
            channel="业务系统外网页面",
            title=paper.title,
            source="11月抽查",
            item=paper.item,
            seen_published_at="2025-05-20T09:00:00+08:00",
        )
        thread.until(at("2025-11-27", "08:50"))
        thread.then("S09", Command.CONDUCT_SECRECY_REVIEW, item=paper.item, **_CLEARED)
        thread.until(at("2025-11-27", "09:00"))
        thread.then("P09b", Command.PUBLISH_INFORMATION, item=paper.item, channels=[PLATFORM], column="COL-10")
        return thread.steps
