"""The life of a policy document: with its interpretation it goes up, is signed and goes out (五) (六)."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from aggregates.interpretation.words import (
    InterpretationCommand,
    InterpretationForm,
    InterpretationRefusal,
    PackagePart,
)
from aggregates.vocabulary import Attribute, Command, Defect, ReturnGround
from cli.demo.district import OFFICE, Unit, officer
from cli.demo.items import COLUMN_OF, Life, Paper
from cli.demo.steps import Step, Thread, reference
from cli.demo.titles import Subject

# How often something happens to a policy document that it can happen to.
DRAFTED_FOR_GOVERNMENT = 0.45
INTERPRETATION_FORGOTTEN = 0.2
INTERPRETED_LATE = 0.15
INCOMPLETE = 0.25
RETURNED = 0.35
WAIVED = 0.3


class PolicyLife(Life):
    """Writes the thread of an item; a policy document has an interpretation beside it."""

    def of(self, unit: Unit, subject: Subject, begins: datetime) -> list[Step]:
        """A whole life; some policies are drafted for the government."""
        if subject.policy and unit.code != OFFICE and self._happens(DRAFTED_FOR_GOVERNMENT):
            paper, thread = self.paper(unit, subject, begins), self.thread(begins)
            self.for_government(thread, paper)
            return thread.steps
        return super().of(unit, subject, begins)

    def approve_and_publish(self, thread: Thread, paper: Paper) -> None:
        """同步组织、同步审签、同步发布; who forgets the interpretation is stopped."""
        if not paper.subject.policy:
            super().approve_and_publish(thread, paper)
            return
        unit = paper.unit.code
        drafter = officer("D", unit, thread.now)
        if self._happens(INTERPRETATION_FORGOTTEN):
            missing = InterpretationRefusal.INTERPRETATION_MISSING
            thread.then_refused(missing, drafter, Command.SUBMIT_DRAFT_FOR_APPROVAL, item=paper.item)
            thread.days(0.3, 2)
        interpretation = self._interpretation(thread, paper, for_government=False)
        self.confirm(thread, interpretation)
        for each in (paper, interpretation):
            thread.then(officer("D", unit, thread.now), Command.SUBMIT_DRAFT_FOR_APPROVAL, item=each.item)
        thread.minutes(30, 900)
        self._sign_and_publish(thread, paper, interpretation, unit)

    def _interpretation(self, thread: Thread, paper: Paper, *, for_government: bool) -> Paper:
        """解读材料: drafted, with its attribute, and registered; for the government also approved by the principal."""
        subject = replace(paper.subject, policy=False, attribute=Attribute.PROACTIVE)
        interpretation = self.paper(paper.unit, subject, thread.now, f"《{paper.title}》政策解读")
        self.draft(thread, interpretation, for_government=for_government)
        drafter = officer("D", paper.unit.code, thread.now)
        self._propose(thread, interpretation, drafter)
        form = self._dice.choice(list(InterpretationForm))
        named = {"item": paper.item, "interpretation": interpretation.item}
        thread.then(drafter, InterpretationCommand.REGISTER_INTERPRETATION, form=str(form), **named)
        thread.minutes(20, 300)
        if for_government:
            principal = officer("Z", paper.unit.code, thread.now)
            thread.then(principal, InterpretationCommand.APPROVE_INTERPRETATION, **named)
            thread.minutes(20, 300)
        return interpretation

    def _propose(self, thread: Thread, paper: Paper, who: str) -> None:
        stated = {"reason": "涉及公众切身利益，建议主动公开", **self._stated_attribute(paper)}
        thread.then(who, Command.DETERMINE_DISCLOSURE_ATTRIBUTE, item=paper.item, proposed=True, **stated)
        thread.minutes(10, 100)

    def _sign_and_publish(self, thread: Thread, paper: Paper, interpretation: Paper, unit: str) -> None:
        outgoing = self._outgoing(paper)
        named = {} if outgoing is None else {"content_sha256": reference(outgoing, "")["sha256"]}
        head = officer(self._dice.choice("FZ"), unit, thread.now)
        stored = [] if outgoing is None else [outgoing]
        thread.then_storing(stored, head, InterpretationCommand.SIGN_OFF_POLICY_PACKAGE, item=paper.item, **named)
        thread.minutes(10, 400)
        self._review_secrecy(thread, paper, outgoing, officer("S", unit, thread.now))
        self._review_secrecy(thread, interpretation, None, officer("S", unit, thread.now))
        parts = (
            [[str(part)] for part in PackagePart] if self._happens(INTERPRETED_LATE) else [list(map(str, PackagePart))]
        )
        going: dict[str, Any] = {"channels": self._channels(paper), "column": COLUMN_OF.get(paper.unit.code)}
        for number, going_now in enumerate(parts):
            # The interpretation that comes by itself comes hours later.
            thread.minutes(*((0, 1) if number == 0 else (90, 420)))
            content = self._content(paper, outgoing) if str(PackagePart.DOCUMENT) in going_now else {}
            thread.then(
                officer("P", unit, thread.now),
                InterpretationCommand.PUBLISH_POLICY_PACKAGE,
                item=paper.item,
                parts=going_now,
                **going,
                **content,
            )

    # ── drafted for the government ────────────────────────────────────────────────────────────────

    def for_government(self, thread: Thread, paper: Paper, *, incomplete: bool | None = None) -> None:
        """代拟稿: what lacks its proposal may be returned or waived, what lacks its interpretation must be returned.

        Whether it is incomplete is drawn, unless it is told.
        """
        self.draft(thread, paper, for_government=True)
        if self._happens(INCOMPLETE) if incomplete is None else incomplete:
            interpretation = self._returned_incomplete(thread, paper)
        else:
            interpretation = self._interpretation(thread, paper, for_government=True)
            self._submitted(thread, paper)
        thread.then(
            officer("D", paper.unit.code, thread.now), Command.SUBMIT_DRAFT_FOR_APPROVAL, item=interpretation.item
        )
        thread.minutes(30, 200)
        for each in (paper, interpretation):
            self.confirm(thread, each, officer("A", OFFICE, thread.now))
        thread.days(0.5, 4)
        self._sign_and_publish(thread, paper, interpretation, OFFICE)

    def _submitted(self, thread: Thread, paper: Paper) -> None:
        if self._happens(RETURNED):
            self._returned(thread, paper)
        elif self._happens(WAIVED):
            self._waived(thread, paper)
        else:
            self._propose(thread, paper, officer("D", paper.unit.code, thread.now))
            thread.then(officer("D", paper.unit.code, thread.now), Command.SUBMIT_DRAFT_FOR_APPROVAL, item=paper.item)
            thread.minutes(60, 900)

    def _returned_incomplete(self, thread: Thread, paper: Paper) -> Paper:
        self._propose(thread, paper, officer("D", paper.unit.code, thread.now))
        thread.then(officer("D", paper.unit.code, thread.now), Command.SUBMIT_DRAFT_FOR_APPROVAL, item=paper.item)
        thread.days(0.4, 2)
        note = "未附经本部门主要负责人审定的解读材料，依实施细则（六）退文"
        self._return(thread, paper, ReturnGround.INCOMPLETE_PACKAGE, note)
        thread.days(0.5, 3)
        interpretation = self._interpretation(thread, paper, for_government=True)
        thread.then(officer("D", paper.unit.code, thread.now), Command.RESUBMIT_DOCUMENT, item=paper.item)
        thread.minutes(60, 600)
        return interpretation

    def _return(self, thread: Thread, paper: Paper, ground: ReturnGround, note: str) -> None:
        clerk = officer("G", OFFICE, thread.now)
        thread.then(clerk, Command.RETURN_DOCUMENT, item=paper.item, ground=str(ground), note=note)

    def _returned(self, thread: Thread, paper: Paper) -> None:
        thread.then(officer("D", paper.unit.code, thread.now), Command.SUBMIT_DRAFT_FOR_APPROVAL, item=paper.item)
        thread.days(0.4, 2)
        note = "请示件没有明确的公开属性建议，依实施细则（一）退文"
        self._return(thread, paper, ReturnGround.NO_DISCLOSURE_ATTRIBUTE, note)
        thread.days(0.5, 3)
        drafter = officer("D", paper.unit.code, thread.now)
        self._propose(thread, paper, drafter)
        thread.then(drafter, Command.RESUBMIT_DOCUMENT, item=paper.item)
        thread.minutes(60, 600)

    def _waived(self, thread: Thread, paper: Paper) -> None:
        thread.then(officer("D", paper.unit.code, thread.now), Command.SUBMIT_DRAFT_FOR_APPROVAL, item=paper.item)
        thread.minutes(60, 400)
        thread.then(
            officer("G", OFFICE, thread.now),
            Command.WAIVE_DEFECT,
            item=paper.item,
            defect=str(Defect.NO_DISCLOSURE_ATTRIBUTE),
            reason="时限紧迫，公开属性由区政府办公室代为认定",
        )
        thread.minutes(10, 60)
        self._propose(thread, paper, officer("G", OFFICE, thread.now))
