"""Incidents of the year beside those of the example rows: who was turned down, and what was replaced."""

from datetime import datetime
from typing import Any

from aggregates.refusal_codes import RefusalCode
from aggregates.vocabulary import Command, Phase, Post
from cli.demo.district import BOARD, BY_CODE, GAZETTE, PLATFORM
from cli.demo.items import Paper
from cli.demo.scenes import CLEARED, Scene, Scenes, Told
from cli.demo.steps import Step
from cli.demo.titles import Subject
from cli.demo.working_days import at


class Incidents(Scenes):
    """Writes each incident as the steps it took; its papers take their numbers when it begins."""

    @property
    def told(self) -> Told:
        """When each begins and what tells it, in order of time."""
        return [
            (at("2025-03-11", "09:20"), self.self_approval),
            (at("2025-05-12", "09:30"), self.no_interpretation),
            (at("2025-07-14", "10:30"), self.archived_in_a_hurry),
            (at("2025-09-10", "09:30"), self.replaced_policy),
        ]

    def self_approval(self, begins: datetime) -> list[Step]:
        """A drafter who is lent the deputy's post tries to approve the own paper."""
        scene = self._scene(begins)
        paper = self._paper(scene, "U10", "望潮街道2025年民生实事项目清单", Subject("", "民生实事", Phase.DECISION))
        self._proactive(scene, paper)
        self._life.confirm(scene, paper)
        scene.then("D10", Command.SUBMIT_DRAFT_FOR_APPROVAL, item=paper.item)
        scene.minutes(10, 20)
        post = str(Post.DEPUTY_IN_CHARGE)
        lent: dict[str, Any] = {
            "officer": "D10",
            "unit": "U10",
            "post": post,
            "from_date": "2025-03-11",
            "until_date": "2025-03-14",
        }
        scene.then("Z10", Command.APPOINT_OFFICER, **lent)
        scene.minutes(5, 10)
        own = Step(
            scene.now,
            "D10",
            Command.APPROVE_DOCUMENT,
            {"item": paper.item},
            post=Post.DEPUTY_IN_CHARGE,
            refused=RefusalCode.APPROVED_BY_DRAFTER,
        )
        scene.steps.append(own)
        scene.minutes(60, 90)
        scene.then("Z10", Command.APPROVE_DOCUMENT, item=paper.item)
        scene.minutes(20, 40)
        scene.then("S10", Command.CONDUCT_SECRECY_REVIEW, item=paper.item, **CLEARED)
        scene.minutes(10, 20)
        channels = [PLATFORM, BOARD]
        scene.then("P10", Command.PUBLISH_INFORMATION, item=paper.item, channels=channels, column="COL-11")
        return scene.steps

    def no_interpretation(self, begins: datetime) -> list[Step]:
        """A draft for the government comes without its interpretation, and must be returned."""
        title = "澄湾区既有住宅加装电梯实施办法"
        subject = Subject("", "城市更新", Phase.DECISION, policy=True)
        scene = self._life.thread(begins)
        paper = self._life.paper(BY_CODE["U05"], subject, begins, title)
        self._life.for_government(scene, paper, incomplete=True)
        return scene.steps

    def archived_in_a_hurry(self, begins: datetime) -> list[Step]:
        """Somebody in the wrong post tries to archive; a draft is entered with a date before its review."""
        scene = self._scene(begins)
        paper = self._paper(scene, "U07", "汛期值班值守与信息报送要求", Subject("", "应急管理", Phase.EXECUTION))
        self._proactive(scene, paper)
        self._approved(scene, paper)
        scene.then("S07", Command.CONDUCT_SECRECY_REVIEW, item=paper.item, **CLEARED)
        scene.minutes(10, 20)
        out: dict[str, Any] = {"item": paper.item, "channels": [PLATFORM], "column": "COL-08"}
        scene.steps.append(
            Step(
                scene.now,
                "P07",
                Command.PUBLISH_INFORMATION,
                out,
                occurred_at=begins,
                refused=RefusalCode.BACKDATED,
            )
        )
        scene.minutes(5, 10)
        scene.then("P07", Command.PUBLISH_INFORMATION, **out)
        scene.minutes(30, 60)
        scene.then_refused(
            RefusalCode.POST_NOT_ENTITLED,
            "D07",
            Command.ARCHIVE_RECORD,
            item=paper.item,
            retention="permanent",
            archive_number="澄应急-2025-GK-0000",
        )
        return scene.steps

    def replaced_policy(self, begins: datetime) -> list[Step]:
        """A measure of spring is replaced in autumn; the old one is marked, and both stay."""
        scene = self._scene(begins)
        measures = "澄湾区支持小微企业融资若干措施"
        before, after = (self._issued(scene, title) for title in (f"{measures}（试行）", measures))
        scene.at("2025-09-15", "10:20")
        replaced: dict[str, Any] = {"item": before.item, "by_item": after.item, "on_date": "2025-09-15"}
        scene.then("P02", Command.SUPERSEDE_PUBLICATION, **replaced)
        return scene.steps

    def _issued(self, scene: Scene, title: str) -> Paper:
        paper = self._ready(scene, "U02", title, Subject("", "产业政策", Phase.DECISION))
        self._out(scene, paper, (PLATFORM, GAZETTE))
        return paper
