"""A small district's past, written through the Registry: what every kind of page has to show.

Three units, an item published as the rules ask, one put out without review, one corrected, one taken
back as a suspected secret, one withheld, one whose title is an attack, and one from an old register.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest

from aggregates.deed import CHINA, Deed
from aggregates.historic import HistoricRow
from aggregates.refusal import Refusal
from aggregates.registry import Registry
from ledger.database import Database
from ledger.entry import Actor
from ledger.ledger import Ledger

HOSTILE_TITLE = "<script>alert(1)</script><svg onload=alert(2)>\u202egnp.exe\u2066 {{7*7}} \"'&"

STEPS = (
    "DRAFT", "ATTRIBUTE", "ATTRIBUTE_REVIEW", "NON_DISCLOSURE_EXAMINATION", "SUBMISSION", "APPROVAL",
    "SECRECY_REVIEW", "PUBLICATION", "REGISTRATION", "ARCHIVING",
)  # fmt: skip

POSTS = {"D": "drafter", "A": "reviewer", "S": "secrecy_reviewer", "P": "publisher", "G": "disclosure_officer",
         "F": "deputy_in_charge", "Z": "principal", "K": "archivist"}  # fmt: skip


def at(text: str) -> datetime:
    """An instant in the district's time."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


@dataclass
class SlowClock:
    """The clock on the wall, moved by hand."""

    now: datetime = field(default_factory=lambda: at("2025-01-06T08:00"))

    def __call__(self) -> datetime:
        return self.now


class District:
    """Acts in the district, one officer a post and unit: ``D05`` is the drafter of ``U05``."""

    def __init__(self, database: Database, clock: SlowClock) -> None:
        self.clock = clock
        self.ledger = Ledger(database, clock=clock)
        self.registry = Registry(self.ledger)

    def close(self) -> None:
        self.registry.close()
        self.ledger.close()

    def do(self, command: str, by: str, when: str, /, *, recorded: str | None = None, **data: Any) -> Any:
        """Let an officer do something at a time; it is recorded then, or when ``recorded`` says."""
        happened = at(when)
        self.clock.now = max(self.clock.now, at(recorded) if recorded else happened + timedelta(seconds=20))
        return getattr(self.registry, command)(Deed(self.actor(by), happened), **data)

    def refused(self, command: str, by: str, when: str, /, **data: Any) -> Refusal:
        """The same, where the rules say no."""
        with pytest.raises(Refusal) as caught:
            self.do(command, by, when, **data)
        return caught.value

    @staticmethod
    def actor(officer: str) -> Actor:
        if officer == "ADM":
            return Actor("ADM", "administrator", "U01", "cli")
        if officer == "J01":
            return Actor("J01", "inspector", "U01", "cli")
        if officer == "X3":
            return Actor("X3", "secrecy_administration", "U13", "cli")
        return Actor(officer, POSTS[officer[0]], "U" + officer[1:], "cli")

    def content(self, text: str, name: str = "正文.html") -> dict[str, Any]:
        """Store a content and refer to it."""
        stored = self.ledger.contents.put(f"<p>{text}</p>".encode())
        return {"sha256": stored.sha256, "size": stored.size, "media_type": "text/html", "name": name}

    def found(self) -> None:
        """Units, officers, channels, workflow and rules."""
        founder = {"unit": "U01", "name_zh": "鄞州区人民政府办公室", "name_en": "Yinzhou District Government Office"}
        self.do("found_district", "ADM", "2025-01-06T08:10", officer="ADM", **founder)
        for code, zh, en, kind in (
            ("U05", "区住房和城乡建设局", "Housing and Construction Bureau", "department"),
            ("U08", "区卫生健康局", "Health Bureau", "department"),
            ("U13", "区国家保密局", "Secrecy Administration", "external"),
        ):
            self.do("register_unit", "ADM", "2025-01-06T08:20", unit=code, name_zh=zh, name_en=en, kind=kind)
        self._officers()
        for channel, kind, zh, en in (
            ("CH-01", "platform", "区政府信息公开平台", "Disclosure platform"),
            ("CH-02", "wechat", "鄞州发布（微信）", "Yinzhou on WeChat"),
        ):
            self.do("register_channel", "ADM", "2025-01-06T08:40", channel=channel, kind=kind, name_zh=zh, name_en=en,
                    owner_unit="U01")  # fmt: skip
        self.do("adopt_ruleset", "G01", "2025-01-06T09:00", ruleset="RS-143", document_number="鄞政办发〔2017〕143号",
                title_zh="全面推进政务公开工作实施细则", effective_from="2017-08-09")  # fmt: skip
        for unit in ("U05", "U08"):
            self.do("adopt_workflow", f"G{unit[1:]}", "2025-01-06T09:30", unit=unit, workflow=f"WF-{unit}", steps=STEPS,
                    title_zh="公文办理与发布流程")  # fmt: skip

    def _officers(self) -> None:
        appointments = [(f"{letter}{number}", post, f"U{number}")
                        for number in ("01", "05", "08") for letter, post in POSTS.items()]  # fmt: skip
        appointments += [("J01", "inspector", "U01"), ("X3", "secrecy_administration", "U13")]
        for officer, post, unit in appointments:
            name = "余慧敏" if officer == "P05" else None
            self.do("register_officer", "ADM", "2025-01-06T08:30", officer=officer, name=name)
            self.do("appoint_officer", "ADM", "2025-01-06T08:31", officer=officer, unit=unit, post=post,
                    from_date="2025-01-01")  # fmt: skip

    def draft(self, item: str, unit: str, title: str, day: str, **fields: Any) -> None:
        number = unit[1:]
        self.do("draft_document", f"D{number}", f"{day}T09:00", item=item, unit=unit, title=title,
                content=self.content(title), written_on=day, **fields)  # fmt: skip

    def ready(self, item: str, unit: str, day: str) -> None:
        """Take an item from its draft to where it may be published."""
        number = unit[1:]
        self.do("determine_disclosure_attribute", f"D{number}", f"{day}T09:30", item=item, attribute="PROACTIVE")
        self.clear(item, unit, day)

    def clear(self, item: str, unit: str, day: str) -> None:
        number = unit[1:]
        self.do("review_disclosure_attribute", f"A{number}", f"{day}T10:00", item=item, conclusion="CONFIRMED")
        self.do("submit_draft_for_approval", f"D{number}", f"{day}T10:20", item=item)
        self.do("approve_document", f"F{number}", f"{day}T11:00", item=item)
        self.do("conduct_secrecy_review", f"S{number}", f"{day}T14:00", item=item, conclusion="CLEARED",
                ground="经审查，不涉及国家秘密、商业秘密和个人隐私")  # fmt: skip

    def publish(self, item: str, unit: str, when: str, *channels: str) -> None:
        self.do("publish_information", f"P{unit[1:]}", when, item=item, channels=list(channels or ("CH-01",)))

    def live(self) -> None:
        """The past itself."""
        self.found()
        self.draft("I-2025-0001", "U05", "关于印发《老旧小区改造三年行动方案》的通知", "2025-01-13",
                   document_number="鄞建〔2025〕3号", index_number="11330212MB15/2025-00003",
                   phase="decision", theme="城乡建设")  # fmt: skip
        self.ready("I-2025-0001", "U05", "2025-01-14")
        self.publish("I-2025-0001", "U05", "2025-01-15T09:00", "CH-01")
        self.do("add_channel", "P05", "2025-01-15T09:40", item="I-2025-0001", channel="CH-02")
        self.do("archive_record", "K05", "2025-01-17T10:00", item="I-2025-0001", retention="permanent",
                archive_number="2025-05-0001")  # fmt: skip

        self.draft("I-2025-0005", "U05", "房屋征收拆迁公告", "2025-01-22", phase="execution")
        self.refused("publish_information", "P05", "2025-01-23T10:15", item="I-2025-0005", channels=["CH-01"])
        self.do("report_unregistered_publication", "G01", "2025-01-23T10:40", recorded="2025-01-24T16:05",
                found="F-2025-01", unit="U05", channel="CH-01", title="房屋征收拆迁公告", source="网站巡查",
                item="I-2025-0005", seen_published_at=at("2025-01-23T10:15"))  # fmt: skip
        self.ready("I-2025-0005", "U05", "2025-01-26")
        self.publish("I-2025-0005", "U05", "2025-01-26T15:30")

        self.draft("I-2025-0009", "U08", "2025年春季传染病防控工作安排", "2025-02-24", phase="service")
        self.ready("I-2025-0009", "U08", "2025-02-25")
        self.publish("I-2025-0009", "U08", "2025-02-26T09:00", "CH-01", "CH-02")
        self.do("revise_document", "D08", "2025-03-03T09:00", item="I-2025-0009", reason="接种点地址有误",
                content=self.content("更正后的防控工作安排"))  # fmt: skip
        self.do("determine_disclosure_attribute", "D08", "2025-03-03T09:10", item="I-2025-0009", attribute="PROACTIVE")
        self.clear("I-2025-0009", "U08", "2025-03-03")
        self.do("correct_publication", "P08", "2025-03-04T09:00", item="I-2025-0009", reason="接种点地址有误，予以更正")

        self.draft("I-2025-0012", "U08", "年度部门预算附件", "2025-03-10")
        self.ready("I-2025-0012", "U08", "2025-03-11")
        self.publish("I-2025-0012", "U08", "2025-03-12T09:00")
        self.do("withdraw_publication", "P08", "2025-03-14T16:40", item="I-2025-0012", reason_code="SUSPECTED_SECRET",
                reason="附件二疑似涉及不宜公开内容")  # fmt: skip
        self.do("seal_content", "S08", "2025-03-14T16:50", item="I-2025-0012", reason="待确定")

        self.draft("I-2025-0015", "U05", "审计整改内部安排", "2025-03-17", policy=True)
        self.do("determine_disclosure_attribute", "D05", "2025-03-17T10:00", item="I-2025-0015", attribute="WITHHELD",
                reason="过程性信息", legal_basis=["《政府信息公开条例》第十六条"])  # fmt: skip

        self.draft("I-2025-0016", "U05", "在建工地安全隐患排查清单", "2025-03-17")
        self.do("determine_disclosure_attribute", "D05", "2025-03-17T11:00", item="I-2025-0016", attribute="WITHHELD",
                reason="行政执法案卷信息", legal_basis=["《政府信息公开条例》第十六条"])  # fmt: skip
        self.do("review_disclosure_attribute", "A05", "2025-03-17T14:00", item="I-2025-0016", conclusion="CONFIRMED")
        self.do("submit_draft_for_approval", "D05", "2025-03-17T14:30", item="I-2025-0016")
        self.do("approve_document", "F05", "2025-03-17T15:00", item="I-2025-0016")

        self.draft("I-2025-0666", "U05", HOSTILE_TITLE, "2025-03-18", theme="<b>theme</b>")
        self.ready("I-2025-0666", "U05", "2025-03-19")
        self.publish("I-2025-0666", "U05", "2025-03-20T09:00")

        self._take_over()

    def _take_over(self) -> None:
        row = HistoricRow(
            item="H-2017-0001",
            source={"file": "发布登记簿2017.csv", "line": 2, "row_sha256": sha256(b"row").hexdigest()},
            title="=cmd|' /C calc'!A0",
            unit_name="区住房和城乡建设局",
            unit="U05",
            number="鄞建〔2017〕8号",
            written_on="2017-05-02",
            published_on="2017-05-10",
            channel_name="门户网站",
        )
        self.clock.now = at("2025-03-24T09:00")
        deed = Deed(self.actor("K05"), at("2025-03-24T09:00"))
        assert len(list(self.registry.record_historic(deed, rows=[row]))) == 1
