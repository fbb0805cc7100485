"""The ordinary life of one item, from its draft to the archive, with the mishaps of ordinary offices."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from aggregates.refusal_codes import RefusalCode
from aggregates.vocabulary import (
    Attribute,
    AttributeConclusion,
    Command,
    ExaminationConclusion,
    Phase,
    Retention,
    SecrecyConclusion,
    WithdrawalReason,
)
from cli.demo import contents, district
from cli.demo.district import Unit, officer
from cli.demo.steps import Step, Thread, reference
from cli.demo.titles import Subject, fill, titled
from cli.demo.working_days import YEAR, OfficeHours, at

_REGULATION = "《中华人民共和国政府信息公开条例》"
_PARTIAL_REASONS = (("附件名单中的证件号码和住址", "涉及个人隐私"), ("技术参数一节", "涉及企业商业秘密"))
_WITHHELD_REASONS = (
    ("属于行政机关内部事务信息", f"{_REGULATION}第十六条第一款"),
    ("属于讨论记录、过程稿等过程性信息", f"{_REGULATION}第十六条第二款"),
    ("公开后可能危及公共安全", f"{_REGULATION}第十四条"),
)
_GROUND = "经审查，内容不涉及国家秘密、工作秘密和敏感信息"

# How often something happens to an item that it can happen to.
REASON_FORGOTTEN = 0.25
CHANGE_REQUESTED = 0.06
KEPT_BACK_TRIED = 0.15
HURRIED = 0.03
CHANNEL_MISTYPED = 0.02
LEFT_LYING = 0.05
ON_WEBSITE_TOO = 0.3
ON_BOARD_TOO = 0.6
CHANNEL_ADDED = 0.35
CORRECTED = 0.06
WITHDRAWN = 0.04
ARCHIVED = 0.45
ENTERED_LATE = 0.12
CORRECTED_UNREVIEWED = 0.3

COLUMN_OF = {column.unit: column.code for column in district.COLUMNS}


class Registers:
    """The counters of the year: item numbers, document numbers by unit, index numbers by unit."""

    def __init__(self) -> None:
        self._items = 0
        self._documents: Counter[str] = Counter()
        self._indexed: Counter[str] = Counter()

    def next_item(self) -> str:
        """``I-2025-0001`` and on."""
        self._items += 1
        return f"I-{YEAR}-{self._items:04}"

    def document_number(self, unit: Unit) -> str:
        """``澄教〔2025〕1号`` and on."""
        self._documents[unit.code] += 1
        return f"{unit.short}〔{YEAR}〕{self._documents[unit.code]}号"

    def index_number(self, unit: Unit) -> str:
        """``11339900MB0003712C/2025-00001`` and on."""
        self._indexed[unit.code] += 1
        return f"{unit.credit_code}/{YEAR}-{self._indexed[unit.code]:05}"


@dataclass(frozen=True, slots=True)
class Paper:
    """What an item is on paper: its number, title, subject and full text."""

    item: str
    unit: Unit
    title: str
    subject: Subject
    document_number: str | None
    index_number: str
    text: bytes

    @property
    def file_name(self) -> str:
        """The name under which the text is stored."""
        return f"{self.title[:40]}.txt"


class Life:
    """Writes the thread of one item."""

    def __init__(self, dice: Random, registers: Registers) -> None:
        self._dice, self._registers = dice, registers
        self._hours = OfficeHours(dice)

    def _happens(self, chance: float) -> bool:
        return self._dice.random() < chance

    def paper(
        self, unit: Unit, subject: Subject, now: datetime, title: str | None = None, item: str | None = None
    ) -> Paper:
        """A document with its numbers, drawn at the moment of drafting; ``item`` where it has one already."""
        dice, registers = self._dice, self._registers
        named = title or titled(unit.name_zh, fill(subject.pattern, dice, now.month))
        number = registers.document_number(unit) if subject.numbered else None
        text = contents.written(dice, named, unit.name_zh, number, now.date().isoformat())
        return Paper(item or registers.next_item(), unit, named, subject, number, registers.index_number(unit), text)

    def thread(self, now: datetime, hours: OfficeHours | None = None) -> Thread:
        """A thread that begins at that time, in office hours unless others are given."""
        return Thread(hours or self._hours, now)

    def of(self, unit: Unit, subject: Subject, begins: datetime) -> list[Step]:
        """A whole life: what its attribute makes of it, a mishap here and there, and the archive."""
        paper, thread = self.paper(unit, subject, begins), self.thread(begins)
        self.draft(thread, paper)
        self.attribute(thread, paper)
        match subject.attribute:
            case Attribute.PROACTIVE | Attribute.PARTIAL:
                self.approve_and_publish(thread, paper)
                self.afterwards(thread, paper)
            case _:
                self.keep_back(thread, paper)
        return thread.steps

    # ── drafting and attribute ────────────────────────────────────────────────────────────────────

    def draft(self, thread: Thread, paper: Paper, *, for_government: bool = False, **stated: Any) -> None:
        """拟稿."""
        subject = paper.subject
        thread.then_storing(
            [paper.text],
            officer("D", paper.unit.code, thread.now),
            Command.DRAFT_DOCUMENT,
            item=paper.item,
            unit=paper.unit.code,
            title=paper.title,
            content=reference(paper.text, paper.file_name),
            document_number=paper.document_number,
            index_number=paper.index_number,
            policy=subject.policy,
            on_behalf_of_government=for_government,
            written_on=thread.now.date().isoformat(),
            theme=subject.theme,
            phase=str(subject.phase),
            **stated,
        )
        thread.minutes(3, 90)

    def attribute(self, thread: Thread, paper: Paper) -> None:
        """公开属性认定与审查; now and then a withheld paper comes without its reason at first."""
        drafter = officer("D", paper.unit.code, thread.now)
        stated = self._stated_attribute(paper)
        if paper.subject.attribute == Attribute.WITHHELD and self._happens(REASON_FORGOTTEN):
            thread.then_refused(
                RefusalCode.NO_LEGAL_REASON,
                drafter,
                Command.DETERMINE_DISCLOSURE_ATTRIBUTE,
                item=paper.item,
                attribute=str(Attribute.WITHHELD),
                reason="内部资料",
            )
            thread.minutes(10, 60)
        thread.then(drafter, Command.DETERMINE_DISCLOSURE_ATTRIBUTE, item=paper.item, **stated)
        thread.minutes(10, 300)
        if self._happens(CHANGE_REQUESTED):
            self._change_requested(thread, paper, stated)
        self.confirm(thread, paper)

    def _stated_attribute(self, paper: Paper) -> dict[str, Any]:
        stated: dict[str, Any] = {"attribute": str(paper.subject.attribute)}
        match paper.subject.attribute:
            case Attribute.WITHHELD:
                reason, basis = self._dice.choice(_WITHHELD_REASONS)
                stated |= {"reason": reason, "legal_basis": [basis]}
            case Attribute.PARTIAL:
                locator, reason = self._dice.choice(_PARTIAL_REASONS)
                passage = {"locator": locator, "reason": reason, "basis": f"{_REGULATION}第十五条"}
                stated |= {"severed_passages": [passage]}
            case Attribute.ON_REQUEST:
                stated |= {"reason": "涉及特定对象，可依申请提供"}
            case _:
                pass
        return stated

    def _change_requested(self, thread: Thread, paper: Paper, stated: dict[str, Any]) -> None:
        reviewer = officer("A", paper.unit.code, thread.now)
        conclusion = str(AttributeConclusion.CHANGE_REQUESTED)
        note = "请核对公开属性与公开目录是否一致"
        thread.then(reviewer, Command.REVIEW_DISCLOSURE_ATTRIBUTE, item=paper.item, conclusion=conclusion, note=note)
        thread.minutes(60, 600)
        drafter = officer("D", paper.unit.code, thread.now)
        thread.then(drafter, Command.DETERMINE_DISCLOSURE_ATTRIBUTE, item=paper.item, **stated)
        thread.minutes(30, 200)

    def confirm(self, thread: Thread, paper: Paper, reviewer: str | None = None) -> None:
        """公开属性审查同意."""
        thread.then(
            reviewer or officer("A", paper.unit.code, thread.now),
            Command.REVIEW_DISCLOSURE_ATTRIBUTE,
            item=paper.item,
            conclusion=str(AttributeConclusion.CONFIRMED),
        )
        thread.minutes(5, 200)

    # ── what is kept back ─────────────────────────────────────────────────────────────────────────

    def keep_back(self, thread: Thread, paper: Paper) -> None:
        """An item on request or withheld: approved as such, and not published, though somebody may try."""
        if paper.subject.policy and paper.subject.attribute == Attribute.WITHHELD:
            self.examine(thread, paper)
        thread.then(officer("D", paper.unit.code, thread.now), Command.SUBMIT_DRAFT_FOR_APPROVAL, item=paper.item)
        thread.minutes(60, 900)
        thread.then(officer("F", paper.unit.code, thread.now), Command.APPROVE_DOCUMENT, item=paper.item)
        if self._happens(KEPT_BACK_TRIED):
            thread.minutes(60, 600)
            publisher = officer("P", paper.unit.code, thread.now)
            self._publish_refused(thread, paper, RefusalCode.NOT_PROACTIVE, publisher)

    def examine(self, thread: Thread, paper: Paper) -> None:
        """拟不公开的政策性文件先送本单位公开机构审查."""
        drafter = officer("D", paper.unit.code, thread.now)
        thread.then(drafter, Command.REFER_TO_DISCLOSURE_OFFICE, item=paper.item)
        thread.days(0.5, 2)
        thread.then(
            officer("G", paper.unit.code, thread.now),
            Command.EXAMINE_NON_DISCLOSURE,
            item=paper.item,
            conclusion=str(ExaminationConclusion.AGREED),
            ground="属于过程性信息，同意暂不公开，决定作出后重新评估",
        )
        thread.minutes(20, 200)

    # ── what is published ─────────────────────────────────────────────────────────────────────────

    def approve_and_publish(self, thread: Thread, paper: Paper) -> None:
        """报批、批准、保密审查、发布; some publishers are in a hurry."""
        unit = paper.unit.code
        thread.then(officer("D", unit, thread.now), Command.SUBMIT_DRAFT_FOR_APPROVAL, item=paper.item)
        thread.minutes(30, 900)
        if self._happens(HURRIED):
            self._publish_refused(thread, paper, RefusalCode.NOT_REVIEWED, officer("P", unit, thread.now))
            thread.minutes(5, 60)
        outgoing = self._outgoing(paper)
        self._approve(thread, paper, outgoing, officer(self._dice.choice("FFZA"), unit, thread.now))
        self._review_secrecy(thread, paper, outgoing, officer("S", unit, thread.now))
        if self._happens(CHANNEL_MISTYPED):
            publisher = officer("P", unit, thread.now)
            self._publish_refused(
                thread, paper, RefusalCode.CHANNEL_NOT_REGISTERED, publisher, outgoing=outgoing, channels=["CH-99"]
            )
            thread.minutes(5, 30)
        self.publish(thread, paper, outgoing, unit)

    def _outgoing(self, paper: Paper) -> bytes | None:
        """The severed text where disclosure is partial; else the draft itself goes out."""
        return contents.severed(paper.text, 1) if paper.subject.attribute == Attribute.PARTIAL else None

    def _approve(self, thread: Thread, paper: Paper, outgoing: bytes | None, approver: str) -> None:
        named = {} if outgoing is None else {"content_sha256": reference(outgoing, "")["sha256"]}
        stored = [] if outgoing is None else [outgoing]
        thread.then_storing(stored, approver, Command.APPROVE_DOCUMENT, item=paper.item, **named)
        thread.minutes(10, 400)

    def _review_secrecy(self, thread: Thread, paper: Paper, outgoing: bytes | None, reviewer: str) -> None:
        cleared = SecrecyConclusion.CLEARED if outgoing is None else SecrecyConclusion.CLEARED_WITH_SEVERANCE
        named = {} if outgoing is None else {"content_sha256": reference(outgoing, "")["sha256"]}
        thread.then(
            reviewer,
            Command.CONDUCT_SECRECY_REVIEW,
            item=paper.item,
            conclusion=str(cleared),
            ground=_GROUND,
            **named,
        )
        thread.minutes(5, 240)

    def publish(self, thread: Thread, paper: Paper, outgoing: bytes | None, unit: str) -> None:
        """发布 by a unit; most items go out the same day, a few wait longer than the law allows."""
        if self._happens(LEFT_LYING):
            thread.days(30, 60)
        thread.then(
            officer("P", unit, thread.now),
            Command.PUBLISH_INFORMATION,
            item=paper.item,
            channels=self._channels(paper),
            column=COLUMN_OF.get(paper.unit.code),
            **self._content(paper, outgoing),
        )

    def _content(self, paper: Paper, outgoing: bytes | None) -> dict[str, Any]:
        return {} if outgoing is None else {"content": reference(outgoing, f"（区分处理）{paper.file_name}")}

    def _channels(self, paper: Paper) -> list[str]:
        chosen = [district.PLATFORM]
        if paper.subject.policy:
            chosen.append(district.GAZETTE)
        if self._happens(ON_WEBSITE_TOO):
            chosen.append(district.WEBSITE)
        if paper.unit.code in {"U10", "U11", "U12"} and self._happens(ON_BOARD_TOO):
            chosen.append(district.BOARD)
        return chosen

    def _publish_refused(
        self,
        thread: Thread,
        paper: Paper,
        code: RefusalCode,
        publisher: str,
        *,
        outgoing: bytes | None = None,
        channels: list[str] | None = None,
    ) -> None:
        thread.then_refused(
            code,
            publisher,
            Command.PUBLISH_INFORMATION,
            item=paper.item,
            channels=channels or [district.PLATFORM],
            **self._content(paper, outgoing),
        )

    # ── afterwards ────────────────────────────────────────────────────────────────────────────────

    def afterwards(self, thread: Thread, paper: Paper) -> None:
        """More channels, a correction, a withdrawal, the archive: each for some items only."""
        if self._happens(CHANNEL_ADDED):
            self._add_channel(thread, paper)
        if paper.subject.attribute == Attribute.PROACTIVE and self._happens(CORRECTED):
            self._correct(thread, paper)
        elif self._happens(WITHDRAWN):
            self._withdraw(thread, paper)
        if self._happens(ARCHIVED):
            self._archive(thread, paper)

    def _add_channel(self, thread: Thread, paper: Paper) -> None:
        channel = self._dice.choice((district.WEIBO, district.WECHAT, district.WECHAT, district.PAPER))
        if self._happens(ENTERED_LATE):
            # Put out in the evening, entered the next working morning: occurred before it was recorded.
            evening = thread.now.replace(hour=18, minute=self._dice.randrange(10, 59))
            thread.until(self._hours.after(evening + timedelta(hours=12), timedelta(0), timedelta(minutes=50)))
            publisher = officer("P", paper.unit.code, thread.now)
            thread.then_late(evening, publisher, Command.ADD_CHANNEL, item=paper.item, channel=channel)
            return
        thread.minutes(15, 400)
        publisher = officer("P", paper.unit.code, thread.now)
        thread.then(publisher, Command.ADD_CHANNEL, item=paper.item, channel=channel)

    def _correct(self, thread: Thread, paper: Paper) -> None:
        thread.days(0.2, 12)
        unit, what = paper.unit.code, self._dice.choice(("更正日期", "更正联系电话", "更正合计数", "补正附件编号"))
        newer = contents.revised(paper.text, what)
        thread.then_storing(
            [newer],
            officer("D", unit, thread.now),
            Command.REVISE_DOCUMENT,
            item=paper.item,
            content=reference(newer, paper.file_name),
            reason=what,
        )
        thread.minutes(5, 60)
        if self._happens(CORRECTED_UNREVIEWED):
            thread.then_refused(
                RefusalCode.VERSION_NOT_REVIEWED,
                officer("P", unit, thread.now),
                Command.CORRECT_PUBLICATION,
                item=paper.item,
                reason=what,
            )
            thread.minutes(5, 40)
        self.confirm(thread, paper)
        thread.then(officer("D", unit, thread.now), Command.SUBMIT_DRAFT_FOR_APPROVAL, item=paper.item)
        thread.minutes(10, 200)
        self._approve(thread, paper, None, officer("F", unit, thread.now))
        self._review_secrecy(thread, paper, None, officer("S", unit, thread.now))
        thread.then(officer("P", unit, thread.now), Command.CORRECT_PUBLICATION, item=paper.item, reason=what)

    def _withdraw(self, thread: Thread, paper: Paper) -> None:
        thread.days(5, 80)
        code, reason = self._dice.choice(
            (
                (WithdrawalReason.EXPIRED, "公示期满，依规下架"),
                (WithdrawalReason.ERROR, "附件数据有误，核实后重新发布"),
                (WithdrawalReason.REPEALED, "文件已废止"),
            )
        )
        thread.then(
            officer("P", paper.unit.code, thread.now),
            Command.WITHDRAW_PUBLICATION,
            item=paper.item,
            reason_code=str(code),
            reason=reason,
        )

    def _archive(self, thread: Thread, paper: Paper) -> None:
        half_year = at("2025-07-08", "09:00") if thread.now < at("2025-06-30", "00:00") else at("2025-12-16", "09:00")
        if thread.now >= half_year:
            return
        # In a few days of each half-year the archive is filled, one record after the other.
        thread.until(self._hours.after(half_year, timedelta(0), timedelta(days=9)))
        retention = Retention.PERMANENT if paper.subject.phase == Phase.DECISION else Retention.THIRTY_YEARS
        thread.then(
            officer("R", paper.unit.code, thread.now),
            Command.ARCHIVE_RECORD,
            item=paper.item,
            retention=str(retention),
            archive_number=f"{paper.unit.short}-{YEAR}-GK-{paper.item[-4:]}",
        )
