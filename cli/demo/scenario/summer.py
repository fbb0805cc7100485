"""June to September: a wrong date, a secret in an annex and who answers for it, the catalogue, an untrained publisher."""

from datetime import datetime
from typing import Any

from aggregates.catalogue.words import CatalogueCommand, CatalogueRefusal
from aggregates.opinion.words import OpinionCommand
from aggregates.organisation.words_commands import OrganisationCommand
from aggregates.organisation.words_lists import Audience, TrainingKind, TrainingResult
from aggregates.refusal_codes import RefusalCode
from aggregates.vocabulary import (
    CaseGround,
    Command,
    Phase,
    Post,
    ResponsibilityClass,
    SecrecyDetermination,
    SecrecyLevel,
    WithdrawalReason,
)
from cli.demo import contents
from cli.demo.district import INVESTIGATOR, OFFICE, PLATFORM, SUCCESSORS, WECHAT, WEIBO
from cli.demo.items import Paper
from cli.demo.opening import WITHOUT_TIME_LIMIT
from cli.demo.scenes import Scenes, Told
from cli.demo.steps import Recall, Step, reference
from cli.demo.titles import Subject
from cli.demo.working_days import at


class Summer(Scenes):
    """Rows 72 to 91, but for the requests."""

    @property
    def told(self) -> Told:
        """When each scene begins, and what tells it."""
        return [
            (at("2025-06-13", "09:10"), self.wrong_date),
            (at("2025-06-26", "14:00"), self.secret_in_the_annex),
            (at("2025-07-03", "20:10"), self.reader),
            (at("2025-07-28", "09:00"), self.training),
            (at("2025-08-01", "09:20"), self.catalogue),
            (at("2025-08-29", "17:30"), self.negative_list),
            (at("2025-08-29", "09:20"), self.untrained),
        ]

    def wrong_date(self, begins: datetime) -> list[Step]:
        """A wrong date in an annex is corrected within the morning; the original is kept."""
        scene = self._scene(begins)
        paper = self._ready(
            scene, "U03", "2025年初中学业水平考试安排", Subject("", "招生考试", Phase.EXECUTION), "I-022"
        )
        scene.row(72, item=paper.item, channels=[PLATFORM], column="COL-05")
        scene.at("2025-06-16", "10:10")
        newer = contents.revised(paper.text, "更正附件中的考试日期")
        changed: dict[str, Any] = {"content": reference(newer, paper.file_name), "reason": "附件中的考试日期有误"}
        scene.then_storing([newer], "D03", Command.REVISE_DOCUMENT, item=paper.item, **changed)
        scene.minutes(5, 5)
        self._approved(scene, paper)
        self._reviewed(scene, paper)
        scene.row(73, item=paper.item, reason="附件中的考试日期有误，予以更正")
        return scene.steps

    # ── a secret in an annex ──────────────────────────────────────────────────────────────────────

    def secret_in_the_annex(self, begins: datetime) -> list[Step]:
        """Published, withdrawn at night, sealed, determined a secret, investigated by replay."""
        scene = self._scene(begins)
        title = "2025年区级预算调整项目明细表"
        paper = self._paper(scene, "U04", title, Subject("", "财政预决算", Phase.RESULT), "I-025")
        self._proactive(scene, paper)
        self._approved(scene, paper)
        scene.steps.append(
            Step(
                scene.now,
                "S04",
                Command.CONDUCT_SECRECY_REVIEW,
                {"item": paper.item, "conclusion": "CLEARED", "ground": "不涉密，可以公开"},
                label="secret reviewed",
            )
        )
        channels = [PLATFORM, WEIBO, WECHAT]
        scene.row(77, item=paper.item, channels=channels, column="COL-04")
        suspected = str(WithdrawalReason.SUSPECTED_SECRET)
        scene.row(79, item=paper.item, reason_code=suspected, reason="读者反映附表含有敏感坐标，先行下架")
        scene.row(80, item=paper.item, question="附表第3列坐标是否属于国家秘密")
        scene.minutes(6, 6)
        readers = [str(Post.INVESTIGATOR)]
        scene.then("S04", Command.SEAL_CONTENT, item=paper.item, reason="报请确定期间封存", readers=readers)
        scene.row(
            81,
            item=paper.item,
            conclusion=str(SecrecyDetermination.SECRET),
            level=str(SecrecyLevel.CONFIDENTIAL),
            ground="坐标精度超出公开规定",
        )
        return [*scene.steps, *self._investigation(paper)]

    def _investigation(self, paper: Paper) -> list[Step]:
        scene = self._scene(at("2025-07-11", "09:00"))
        scene.row(
            82,
            case="AC-01",
            ground=str(CaseGround.IMPROPER_DISCLOSURE),
            effect="公开了不应当公开的事项，造成严重影响",
            item=paper.item,
            evidence_positions=Recall(("77",)),
        )
        scene.row(
            83,
            query="重放：2025-07-02 09:00时的拟稿、审核、批准、发布人员，渠道与内容哈希",
            subject=paper.item,
            as_of="2025-07-02T01:00:00.000000Z",
            result_count=1,
        )
        findings: tuple[tuple[str, ResponsibilityClass, str, tuple[str, ...]], ...] = (
            ("F04", ResponsibilityClass.SUPERVISOR, "批准时未核对附表", ("77",)),
            ("S04", ResponsibilityClass.DIRECT, "审查未逐列核对附表", ("secret reviewed", "77")),
        )
        for who, class_, finding, labels in findings:
            scene.row(
                84,
                case="AC-01",
                officer=who,
                responsibility_class=str(class_),
                finding=finding,
                evidence_positions=Recall(labels),
            )
        basis = "实施细则（十）（十七）"
        for who, measure in (("F04", "批评教育"), ("S04", "诫勉")):
            scene.minutes(20, 20)
            imposed: dict[str, Any] = {"case": "AC-01", "officer": who, "measure": measure, "basis": basis}
            scene.then(INVESTIGATOR, Command.IMPOSE_MEASURE, **imposed)
        scene.row(85, refused=RefusalCode.LEDGER_APPEND_ONLY, item=paper.item, publication=f"{paper.item}#1")
        return scene.steps

    def reader(self, begins: datetime) -> list[Step]:
        """A reader points the coordinates out; the bureau answers the next day."""
        scene = self._scene(begins)
        said: dict[str, Any] = {
            "source_kind": "OTHER",
            "source": "读者来电",
            "summary": "预算调整明细表附表含有敏感坐标",
        }
        scene.row(78, opinion="OP-02", item="I-025", **said)
        scene.minutes(10, 10)
        touched: dict[str, Any] = {"concerned_units": ["U04"]}
        scene.then("Y01", OpinionCommand.ASSIGN_FIRST_RESPONDER, opinion="OP-02", **touched)
        scene.at("2025-07-04", "14:00")
        title = "关于预算调整项目明细表的情况说明"
        paper = self._ready(scene, "U04", title, Subject("", "财政预决算", Phase.RESULT))
        self._out(scene, paper, column="COL-04")
        answer: dict[str, Any] = {
            "title": title,
            "content": reference(paper.text, paper.file_name),
            "channels": [PLATFORM],
        }
        release = OpinionCommand.RELEASE_AUTHORITATIVE_INFORMATION
        scene.then("P04", release, opinion="OP-02", item=paper.item, **answer)
        scene.minutes(30, 30)
        scene.then("P04", OpinionCommand.CLOSE_INCIDENT, opinion="OP-02", summary="已撤回并说明情况")
        return scene.steps

    # ── training and the catalogue ────────────────────────────────────────────────────────────────

    def training(self, begins: datetime) -> list[Step]:
        """The yearly training for three audiences; those who are about to take over pass it as newcomers."""
        scene = self._scene(begins)
        audiences = {Audience.STAFF: 96, Audience.NEWCOMER: 14, Audience.LEADER: 22}
        scene.row(
            87,
            training="T-2025-02",
            kind=str(TrainingKind.ANNUAL),
            title_zh="2025年全区政务公开培训",
            audiences=[{"audience": str(audience), "attended": number} for audience, number in audiences.items()],
        )
        scene.at("2025-07-28", "16:40")
        result: dict[str, Any] = {"audience": str(Audience.NEWCOMER), "result": str(TrainingResult.PASSED)}
        for successor, _ in SUCCESSORS.values():
            scene.then(
                "G02", OrganisationCommand.RECORD_TRAINING_RESULT, training="T-2025-02", officer=successor, **result
            )
        return scene.steps

    def catalogue(self, begins: datetime) -> list[Step]:
        """The catalogue is revised by the year's work points; it does not close on entries without a time limit."""
        scene = self._scene(begins)
        title = "澄湾区2025年政务公开工作要点"
        paper = self._ready(scene, OFFICE, title, Subject("", "政务公开", Phase.ADMINISTRATION), "I-030")
        self._out(scene, paper)
        scene.row(88, revision="CAT-2025", work_points_item=paper.item)
        closed: dict[str, Any] = {"revision": "CAT-2025", "catalogue_version": "2025.1"}
        scene.row(89, refused=CatalogueRefusal.CATALOGUE_FIELD_MISSING, **closed)
        limit: dict[str, Any] = {"time_limit": "信息形成之日起20个工作日内", "reason": "补正公开时限"}
        for entry in WITHOUT_TIME_LIMIT:
            scene.minutes(4, 4)
            scene.then("G01", CatalogueCommand.AMEND_CATALOGUE_ENTRY, entry=entry, **limit)
        scene.minutes(4, 4)
        scene.row(89, **closed)
        return scene.steps

    def negative_list(self, begins: datetime) -> list[Step]:
        """One matter goes on a negative list, with its harm and its law."""
        scene = self._scene(begins)
        listed: dict[str, Any] = {
            "unit": "U09",
            "harm_ground": "PUBLIC_SECURITY",
            "scope": "涉及重大活动安保的执法部署",
            "examples": ["安保期间的巡查路线"],
            "legal_basis": ["《中华人民共和国政府信息公开条例》第十四条"],
        }
        scene.row(90, negative_entry="NL-19", **listed)
        return scene.steps

    def untrained(self, begins: datetime) -> list[Step]:
        """The town's publisher still acts without the training of January; a fortnight later it is made up for."""
        scene = self._scene(begins)
        paper = self._ready(
            scene, "U12", "白鹭镇2025年秋季防台工作提示", Subject("", "应急管理", Phase.SERVICE), "I-033"
        )
        scene.row(91, item=paper.item, channels=[PLATFORM], column="COL-11")
        scene.at("2025-09-15", "09:00")
        made_up: dict[str, Any] = {
            "training": "T-2025-03",
            "kind": str(TrainingKind.NEWCOMER),
            "title_zh": "政务公开新任人员补训",
            "audiences": [{"audience": str(Audience.NEWCOMER), "attended": 1}],
            "attended": ["P12"],
        }
        scene.then("G02", OrganisationCommand.HOLD_TRAINING, **made_up)
        return scene.steps
