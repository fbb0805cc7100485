"""What comes in outside a consultation, and what is learnt from it: input, supervision, evaluation, new modes.

完善民意汇集机制 (十二)；积极探索公众参与新模式 (十三).
"""

from typing import Any

from eventsourcing.domain import event

from aggregates import fields
from aggregates.base import Record
from aggregates.deed import Deed
from aggregates.participation.terms import ParticipationMethod, SupervisorKind
from aggregates.refusal import RefusalCode, refuse


class PublicInput(Record):
    """One opinion from the public; its stream is ``public_input/<number>``."""

    TOPIC = "public_input"
    STREAM = "public_input"
    IDENTIFIER = "public_input"

    class Registered(Record.Event):
        """It came, by some way, at some time, on some topic (民意登记)."""

        TOPIC = "public_input.registered/1"
        public_input: str
        unit: str
        topic: str
        source: str
        received_at: str
        characters: int
        text_commitment: str | None
        name_commitment: str | None
        contact_commitment: str | None

    def register(self, deed: Deed, *, public_input: str, unit: str, topic: str, said: dict[str, Any]) -> None:
        """Enter it under its number."""
        if self.exists:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=self.stream)
        self.write(
            self.Registered,
            deed,
            public_input=fields.code(public_input, "public_input"),
            unit=fields.code(unit, "unit"),
            topic=fields.text(topic, "topic"),
            **said,
        )


class SupervisionInput(Record):
    """One opinion of a supervisor on the unit's openness; its stream is ``supervision_input/<number>``."""

    TOPIC = "supervision_input"
    STREAM = "supervision_input"
    IDENTIFIER = "supervision_input"

    class Registered(Record.Event):
        """A deputy, a member, a citizen, a newspaper said what is to be mended (监督意见登记)."""

        TOPIC = "supervision_input.registered/1"
        supervision_input: str
        unit: str
        supervisor: str
        topic: str
        source: str
        received_at: str
        characters: int
        text_commitment: str | None
        name_commitment: str | None
        contact_commitment: str | None

    def register(
        self, deed: Deed, *, supervision_input: str, unit: str, supervisor: str, topic: str, said: dict[str, Any]
    ) -> None:
        """Enter it with the kind of supervisor it came from."""
        if self.exists:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=self.stream)
        self.write(
            self.Registered,
            deed,
            supervision_input=fields.code(supervision_input, "supervision_input"),
            unit=fields.code(unit, "unit"),
            supervisor=fields.term(SupervisorKind, supervisor, "supervisor"),
            topic=fields.text(topic, "topic"),
            **said,
        )


class Evaluation(Record):
    """One evaluation of how a policy is carried out; its stream is ``evaluation/<number>``."""

    TOPIC = "evaluation"
    STREAM = "evaluation"
    IDENTIFIER = "evaluation"

    class Recorded(Record.Event):
        """A policy document's implementation was evaluated, and the report is before the public (执行情况评估)."""

        TOPIC = "evaluation.recorded/1"
        evaluation: str
        unit: str
        item: str
        report_item: str
        publication: str
        period: str
        summary: str

    def record(
        self,
        deed: Deed,
        *,
        evaluation: str,
        unit: str,
        item: str,
        report_item: str,
        publication: str,
        period: str,
        summary: str,
    ) -> None:
        """Record it; ``period`` says which time was evaluated."""
        if self.exists:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=self.stream)
        self.write(
            self.Recorded,
            deed,
            evaluation=fields.code(evaluation, "evaluation"),
            unit=unit,
            item=item,
            report_item=report_item,
            publication=publication,
            period=fields.text(period, "period"),
            summary=fields.text(summary, "summary", longest=fields.LONG),
        )


class ParticipationMode(Record):
    """A way to take part that the rules do not name yet; its stream is ``participation_mode/<code>``."""

    TOPIC = "participation_mode"
    STREAM = "participation_mode"
    IDENTIFIER = "mode"

    class Registered(Record.Event):
        """From now on participation may be recorded in this way (参与方式登记)."""

        TOPIC = "participation_mode.registered/1"
        mode: str
        unit: str
        name_zh: str
        name_en: str
        summary: str

    def __init__(self) -> None:
        self.mode = ""

    def register(self, deed: Deed, *, mode: str, unit: str, name_zh: str, name_en: str, summary: str) -> None:
        """Enter the mode; the ways that the rules name are there already."""
        if self.exists or mode in list(ParticipationMethod):
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=self.stream)
        self.write(
            self.Registered,
            deed,
            mode=fields.code(mode, "mode"),
            unit=fields.code(unit, "unit"),
            name_zh=fields.text(name_zh, "name_zh"),
            name_en=fields.text(name_en, "name_en"),
            summary=fields.text(summary, "summary", longest=fields.LONG),
        )

    @event(Registered)
    def _registered(self, mode: str) -> None:
        self.mode = mode
