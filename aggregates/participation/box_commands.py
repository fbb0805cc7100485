"""Commands on the opinion box of the platform: opened, filled by anybody, passed on, answered (十三)."""

from datetime import datetime

from aggregates import fields
from aggregates.channel import Channel
from aggregates.deed import Deed
from aggregates.desk import Data, Desk, Order
from aggregates.participation.opinion_box import Message, OpinionBox
from aggregates.participation.participation_office import ParticipationOffice, standing_publication
from aggregates.participation.refusals import ParticipationRefusal
from aggregates.participation.terms import InputSource
from aggregates.participation.voice import Voice, commitments
from aggregates.participation.words import ParticipationCommand as Command
from aggregates.refusal import refuse
from aggregates.vocabulary import ChannelKind
from ledger.append import Receipt


class BoxCommands(ParticipationOffice):
    """在政府信息公开平台上开设意见箱，及时处理、回复公众留言."""

    def open_opinion_box(
        self,
        deed: Deed,
        *,
        box: str,
        unit: str,
        name_zh: str,
        name_en: str,
        channel: str,
        expected_version: int | None = None,
    ) -> Receipt:
        """Open a box of a unit, or of the district in the name of its office; ``channel`` is the platform."""
        data: Data = {"box": box, "unit": unit, "name_zh": name_zh, "name_en": name_en, "channel": channel}

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_unit(unit)
            desk.require_reach(unit)
            desk.require_channels(box, [channel])
            if desk.read(Channel, channel).kind != ChannelKind.PLATFORM:
                raise refuse(ParticipationRefusal.BOX_NOT_ON_PLATFORM, channel=channel)
            desk.open(OpinionBox, box).open(desk.deed, **data)

        stream = OpinionBox.stream_of(box)
        return self.carry_out(Order(Command.OPEN_OPINION_BOX, deed, box, data, stream, expected_version), decide)

    def receive_message(
        self,
        deed: Deed,
        *,
        box: str,
        kind: str,
        text: str,
        name: str | None = None,
        contact: str | None = None,
        source: str = InputSource.PLATFORM,
        received_at: datetime | str | None = None,
    ) -> Receipt:
        """Put a message in a box; anybody may, and the receipt's stream names the number given, ``message/BOX-01.17``.

        Text, name and contact go to the erasable table; the entry commits to them and says when the answer
        is due (``message_reply_days`` of the ruleset).
        """
        voice = Voice(text, name, contact, source, received_at)
        data: Data = {"box": box, "kind": kind, **voice.for_the_fingerprint}

        def decide(desk: Desk) -> None:
            desk.entitle()
            standing = desk.read(OpinionBox, box)
            if not standing.exists:
                raise refuse(ParticipationRefusal.OPINION_BOX_UNKNOWN, box=box)
            desk.require_reach(standing.unit)
            standing.refuse_back_dating(desk.deed)
            number, message = self._next_file(desk, Message, box)
            values = voice.values(message.stream)
            message.receive(
                desk.deed,
                message=f"{box}.{number}",
                box=standing,
                number=number,
                kind=kind,
                days=desk.rules.number("message_reply_days"),
                said={**voice.data(desk.deed), **commitments(values)},
            )
            desk.personal = values

        return self._numbered(Order(Command.RECEIVE_MESSAGE, deed, box, data), decide)

    def assign_message(
        self,
        deed: Deed,
        *,
        message: str,
        unit: str,
        topic: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Pass a message to the unit that is to answer it; ``topic`` is an officer's word and names no person."""
        data: Data = {"message": message, "unit": unit, "topic": topic}

        def decide(desk: Desk) -> None:
            desk.entitle()
            file = _known_message(desk, message)
            desk.require_reach(file.unit)
            desk.require_unit(unit)
            file.assign(desk.deed, unit=unit, topic=topic)

        stream = Message.stream_of(message)
        return self.carry_out(Order(Command.ASSIGN_MESSAGE, deed, message, data, stream, expected_version), decide)

    def reply_message(
        self,
        deed: Deed,
        *,
        message: str,
        text: str,
        item: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Answer a message, once; the answer is kept like the message, since it speaks to a person.

        ``item`` is what was published of it, and must be before the public then.
        """
        data: Data = {"message": message, "characters": len(str(text)), "item": item}

        def decide(desk: Desk) -> None:
            desk.entitle()
            file = _known_message(desk, message)
            desk.require_reach(file.unit)
            if item is not None:
                standing_publication(desk, item)
            said = fields.text(text, "text", longest=fields.LONG)
            value = self.ledger.personal.commit(file.stream, "reply", said)
            file.reply(desk.deed, characters=len(said), commitment=value.commitment, item=item)
            desk.personal = [value]

        stream = Message.stream_of(message)
        return self.carry_out(Order(Command.REPLY_MESSAGE, deed, message, data, stream, expected_version), decide)


def _known_message(desk: Desk, message: str) -> Message:
    file = desk.open(Message, message)
    if not file.exists:
        raise refuse(ParticipationRefusal.MESSAGE_UNKNOWN, message=message)
    return file
