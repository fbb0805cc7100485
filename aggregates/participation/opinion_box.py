"""The opinion box on the platform (意见箱): messages are numbered, passed to a unit, answered in time (十三)."""

from datetime import date, datetime, timedelta
from typing import Any

from eventsourcing.domain import event

from aggregates import fields
from aggregates.base import Record
from aggregates.deed import CHINA, Deed
from aggregates.participation.refusals import ParticipationRefusal
from aggregates.participation.terms import MessageKind, ParticipationFlag
from aggregates.refusal import RefusalCode, refuse
from ledger import instants


class OpinionBox(Record):
    """One box, of a unit or of the district; its stream is ``opinion_box/<code>``."""

    TOPIC = "opinion_box"
    STREAM = "opinion_box"
    IDENTIFIER = "box"

    class Opened(Record.Event):
        """The box stands on the platform (意见箱开设)."""

        TOPIC = "opinion_box.opened/1"
        box: str
        unit: str
        name_zh: str
        name_en: str
        channel: str

    def __init__(self) -> None:
        self.box = ""
        self.unit = ""

    def open(self, deed: Deed, *, box: str, unit: str, name_zh: str, name_en: str, channel: str) -> None:
        """Open the box with the unit that looks after it."""
        if self.exists:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=self.stream)
        self.write(
            self.Opened,
            deed,
            box=fields.code(box, "box"),
            unit=fields.code(unit, "unit"),
            name_zh=fields.text(name_zh, "name_zh"),
            name_en=fields.text(name_en, "name_en"),
            channel=fields.code(channel, "channel"),
        )

    @event(Opened)
    def _opened(self, *, box: str, unit: str) -> None:
        self.box = box
        self.unit = unit


class Message(Record):
    """One message; its stream is ``message/<box>.<number>``."""

    TOPIC = "message"
    STREAM = "message"
    IDENTIFIER = "message"

    class Received(Record.Event):
        """Somebody put a message in the box (留言收到); its answer is due on a day."""

        TOPIC = "message.received/1"
        message: str
        box: str
        number: int
        unit: str
        kind: str
        source: str
        received_at: str
        due_on: str
        characters: int
        text_commitment: str | None
        name_commitment: str | None
        contact_commitment: str | None

    class Assigned(Record.Event):
        """A unit is to answer it (留言转办)."""

        TOPIC = "message.assigned/1"
        message: str
        unit: str
        topic: str | None

    class Replied(Record.Event):
        """It was answered, so many calendar days after it came (留言回复)."""

        TOPIC = "message.replied/1"
        message: str
        unit: str
        days: int
        characters: int
        reply_commitment: str
        item: str | None
        flags: list[str]

    def __init__(self) -> None:
        self.message = ""
        self.unit = ""
        self.received_on = ""
        self.due_on = ""
        self.replied_at: datetime | None = None

    def receive(
        self, deed: Deed, *, message: str, box: OpinionBox, number: int, kind: str, days: int, said: dict[str, Any]
    ) -> None:
        """Take the message in under its number; the clock runs from the day it came."""
        due_on = _day(said["received_at"]) + timedelta(days=days)
        self.write(
            self.Received,
            deed,
            message=message,
            box=box.box,
            number=number,
            unit=box.unit,
            kind=fields.term(MessageKind, kind, "kind"),
            due_on=due_on.isoformat(),
            **said,
        )

    @event(Received)
    def _received(self, *, message: str, unit: str, received_at: str, due_on: str) -> None:
        self.message = message
        self.unit = unit
        self.received_on = _day(received_at).isoformat()
        self.due_on = due_on

    def _refuse_replied(self) -> None:
        if self.replied_at is not None:
            raise refuse(
                ParticipationRefusal.MESSAGE_ALREADY_REPLIED,
                message=self.message,
                replied_at=instants.to_text(self.replied_at),
            )

    def assign(self, deed: Deed, *, unit: str, topic: str | None = None) -> None:
        """Pass the message to the unit that is to answer it; its clock runs on."""
        self._refuse_replied()
        self.refuse_back_dating(deed)
        self.write(
            self.Assigned,
            deed,
            message=self.message,
            unit=fields.code(unit, "unit"),
            topic=fields.optional_text(topic, "topic"),
        )

    @event(Assigned)
    def _assigned(self, unit: str) -> None:
        self.unit = unit

    def reply(self, deed: Deed, *, characters: int, commitment: str, item: str | None = None) -> None:
        """Answer it, once; ``item`` is what was published of the answer, if anything was."""
        self._refuse_replied()
        self.refuse_back_dating(deed)
        days = (date.fromisoformat(deed.day) - date.fromisoformat(self.received_on)).days
        self.write(
            self.Replied,
            deed,
            message=self.message,
            unit=self.unit,
            days=days,
            characters=characters,
            reply_commitment=commitment,
            item=fields.optional_code(item, "item"),
            flags=[str(ParticipationFlag.REPLY_OVERDUE)] if deed.day > self.due_on else [],
        )

    @event(Replied)
    def _replied(self, timestamp: datetime) -> None:
        self.replied_at = timestamp


def _day(instant: str) -> date:
    """The district's civil day of an instant as events carry it."""
    return instants.from_text(instant).astimezone(CHINA).date()
