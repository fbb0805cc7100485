"""A unit's written workflow for documents and publication, version by version (一) (十).

Every event cites the version in force in the acting unit at its time, as ``WF-U05/2``.
"""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from eventsourcing.domain import event

from aggregates import fields
from aggregates.base import Record
from aggregates.deed import Deed
from aggregates.refusal import RefusalCode, refuse
from aggregates.vocabulary import WorkflowStep

COMPULSORY = (WorkflowStep.ATTRIBUTE_REVIEW, WorkflowStep.SECRECY_REVIEW, WorkflowStep.APPROVAL)
"""Steps that no workflow may leave out: (一) 增加公开属性审查环节, (四) 未经审查和批准不得发布."""


class Workflow(Record):
    """The versions of one unit's workflow; the stream is ``workflow/<unit>``."""

    TOPIC = "workflow"
    STREAM = "workflow"
    IDENTIFIER = "unit"

    class Adopted(Record.Event):
        """This version holds from now on; what was done before keeps the version it cites."""

        TOPIC = "workflow.adopted/1"
        ENTRY_NAMES: ClassVar[Mapping[str, str]] = {"workflow_id": "workflow"}
        unit: str
        workflow_id: str
        version: int
        steps: list[str]
        title_zh: str

    def __init__(self) -> None:
        self.adopted_at: list[datetime] = []
        self.citations: list[str] = []

    def in_force_at(self, instant: datetime) -> str | None:
        """The version in force at that instant, ``WF-U05/2``, or None before the first adoption."""
        place = bisect_right(self.adopted_at, instant)
        return self.citations[place - 1] if place else None

    def adopt(self, deed: Deed, *, unit: str, workflow: str, steps: list[str], title_zh: str) -> None:
        """Adopt the next version; the compulsory steps must be in it, and reviews stand before publication."""
        self.refuse_back_dating(deed)
        checked = [fields.term(WorkflowStep, step, "steps") for step in fields.texts(steps, "steps")]
        _refuse_missing_steps(workflow, checked)
        _refuse_late_reviews(workflow, checked)
        self.write(
            self.Adopted,
            deed,
            unit=fields.code(unit, "unit"),
            workflow_id=fields.code(workflow, "workflow"),
            version=len(self.citations) + 1,
            steps=checked,
            title_zh=fields.text(title_zh, "title_zh"),
        )

    @event(Adopted)
    def _adopted(self, workflow_id: str, version: int, timestamp: datetime) -> None:
        self.adopted_at.append(timestamp)
        self.citations.append(f"{workflow_id}/{version}")


def _refuse_missing_steps(workflow: str, steps: list[str]) -> None:
    missing = [str(step) for step in COMPULSORY if step not in steps]
    if missing:
        raise refuse(RefusalCode.WORKFLOW_STEP_MISSING, workflow=workflow, missing=", ".join(missing))


def _refuse_late_reviews(workflow: str, steps: list[str]) -> None:
    if WorkflowStep.PUBLICATION not in steps:
        return
    published = steps.index(WorkflowStep.PUBLICATION)
    for step in COMPULSORY:
        if steps.index(step) > published:
            raise refuse(RefusalCode.WORKFLOW_STEP_ORDER, workflow=workflow, step=str(step))
