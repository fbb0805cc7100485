"""The year's seven requests for information, each from the day it came to the day it was answered (十三)."""

from datetime import datetime
from typing import Any

from aggregates.requests.words import RequestCommand, RequestRefusal
from aggregates.requests.words_lists import Opinion, ReplyKind
from cli.demo import district
from cli.demo.scenes import Scene, Scenes, Told
from cli.demo.steps import Step
from cli.demo.working_days import at

_REMEDIES = "可自收到本答复之日起六十日内申请行政复议，或六个月内提起行政诉讼"
_ARTICLE = "《中华人民共和国政府信息公开条例》第{}条"


class Requests(Scenes):
    """Q-2025-001 to Q-2025-007."""

    @property
    def told(self) -> Told:
        """When each scene begins, and what tells it."""
        return [
            (at("2025-01-20", "11:00"), self.granted),
            (at("2025-03-03", "10:00"), self.corrected_and_forgotten),
            (at("2025-04-21", "09:00"), self.third_party),
            (at("2025-06-03", "09:00"), self.extended),
            (at("2025-09-08", "10:00"), self.asked_again),
            (at("2025-10-09", "08:40"), self.entered_late),
            (at("2025-12-22", "09:00"), self.carried_over),
        ]

    def _asked(self, what: str) -> dict[str, Any]:
        """Who asks for what; both are personal values, and nobody is meant."""
        return {
            "applicant_kind": "natural_person",
            "applicant_name": district.invented_name(self._dice),
            "applicant_contact": f"139{self._dice.randrange(10**8):08}",
            "description": f"申请公开：{what}",
        }

    def _replies(self, scene: Scene, row: int, request: str, kind: ReplyKind, article: str, **more: Any) -> None:
        """The reply of a row, with the parts every reply states."""
        scene.row(
            row,
            request=request,
            kind=str(kind),
            title="政府信息公开申请答复书",
            document_number=f"澄依申请〔2025〕{int(request[-3:])}号",
            facts="申请人依法提出政府信息公开申请，经审查如下",
            legal_basis=[_ARTICLE.format(article)],
            decision=kind.zh,
            remedies=_REMEDIES,
            sealed=True,
            **more,
        )

    def granted(self, begins: datetime) -> list[Step]:
        """Asked online, granted in time."""
        scene = self._scene(begins)
        what = "2024年度区级预算执行情况"
        scene.row(
            20,
            request="Q-2025-001",
            unit="U01",
            channel="online",
            subject=what,
            confirmed_on="2025-01-20",
            **self._asked(what),
        )
        self._replies(scene, 35, "Q-2025-001", ReplyKind.GRANTED, "三十六")
        scene.minutes(20, 20)
        scene.then("G03", RequestCommand.SERVE_REPLY, request="Q-2025-001", way="电子邮件")
        return scene.steps

    def corrected_and_forgotten(self, begins: datetime) -> list[Step]:
        """The correction is asked for a day late, and the corrected request lies for months."""
        scene = self._scene(begins)
        scene.row(
            42,
            request="Q-2025-002",
            unit="U06",
            channel="registered_mail",
            subject="有关检查材料（内容不明确）",
            **self._asked("有关检查材料"),
        )
        scene.row(43, request="Q-2025-002", items=["申请内容不明确，请指明文号或名称"], correct_by="2025-03-28")
        scene.row(48, request="Q-2025-002", subject="2024年电动自行车产品质量抽检结果")
        self._replies(scene, 74, "Q-2025-002", ReplyKind.GRANTED, "三十六")
        return scene.steps

    def third_party(self, begins: datetime) -> list[Step]:
        """A contract with a company: the company is asked, and the clock stands still meanwhile."""
        scene = self._scene(begins)
        what = "海晏新村改造项目设备采购合同"
        scene.row(
            56,
            request="Q-2025-003",
            unit="U01",
            channel="online",
            subject=what,
            confirmed_on="2025-04-21",
            **self._asked(what),
        )
        consulted = "某设备供应企业（合同相对方）"
        scene.row(57, request="Q-2025-003", consulted=consulted, letter_received_on="2025-04-24")
        scene.row(63, request="Q-2025-003", opinion=str(Opinion.OBJECTED), reasons="合同价格和技术参数属于商业秘密")
        self._replies(scene, 65, "Q-2025-003", ReplyKind.WITHHELD_THIRD_PARTY, "三十二")
        return scene.steps

    def extended(self, begins: datetime) -> list[Step]:
        """An officer extends alone and is stopped; the head of the disclosure work extends."""
        scene = self._scene(begins)
        what = "松坞镇危险化学品经营单位应急预案备案表"
        scene.row(
            64,
            request="Q-2025-004",
            unit="U07",
            channel="fax",
            subject=what,
            confirmed_on="2025-06-03",
            **self._asked(what),
        )
        scene.row(
            75, refused=RequestRefusal.EXTENSION_NOT_APPROVED, request="Q-2025-004", applicant_told_on="2025-06-27"
        )
        reason = "申请涉及多个乡镇的备案材料，需逐件核对"
        scene.row(76, request="Q-2025-004", applicant_told_on="2025-06-27", working_days=20, reason=reason)
        self._replies(scene, 86, "Q-2025-004", ReplyKind.PARTIAL, "三十七")
        return scene.steps

    def asked_again(self, begins: datetime) -> list[Step]:
        """The same applicant asks for the same again."""
        scene = self._scene(begins)
        what = "2024年度区级预算执行情况"
        scene.row(
            92,
            request="Q-2025-005",
            unit="U01",
            channel="online",
            subject=what,
            confirmed_on="2025-09-08",
            **self._asked(what),
        )
        self._replies(scene, 93, "Q-2025-005", ReplyKind.DUPLICATE, "三十六", duplicate_of="Q-2025-001")
        return scene.steps

    def entered_late(self, begins: datetime) -> list[Step]:
        """Handed in at the counter before the holiday, entered after it; nothing of the kind is held."""
        scene = self._scene(begins)
        what = "2019年以前村卫生室基本药物配送协议"
        scene.row(
            105,
            request="Q-2025-006",
            unit="U08",
            channel="in_person",
            arrived_at="2025-09-26T15:00:00+08:00",
            subject=what,
            **self._asked(what),
        )
        scene.at("2025-10-28", "10:10")
        scene.then(
            "G08",
            RequestCommand.CONDUCT_SEARCH,
            request="Q-2025-006",
            places=["档案室", "公文系统"],
            terms=["村卫生室", "基本药物", "配送"],
            found=False,
            result="经检索未查到该信息",
        )
        self._replies(scene, 108, "Q-2025-006", ReplyKind.DOES_NOT_EXIST, "三十六")
        return scene.steps

    def carried_over(self, begins: datetime) -> list[Step]:
        """Asked in December, due in January: the year's table carries it over."""
        scene = self._scene(begins)
        what = "2025年老旧小区改造计划调整依据"
        scene.row(
            123,
            request="Q-2025-007",
            unit="U05",
            channel="online",
            subject=what,
            confirmed_on="2025-12-22",
            **self._asked(what),
        )
        return scene.steps
