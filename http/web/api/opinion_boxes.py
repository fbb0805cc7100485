"""The opinion box of the platform: anybody may put a message in; it is numbered, passed on, answered (十三)."""

from typing import Annotated

from fastapi import Response

from aggregates.participation.terms import InputSource, MessageKind
from aggregates.registry import Registry
from web.answers import RECORDED, Named
from web.routing import router as a_router
from web.submission import TheSubmission, TheUnconditional
from web.wishes import Code, Instant, Long, OneOf, Short, Wish

boxes = a_router("/opinion-boxes", "opinion boxes")
messages = a_router("/messages", "opinion boxes")


class Box(Wish):
    """A box of a unit, on the platform."""

    box: Code
    unit: Code
    name_zh: Short
    name_en: Short
    channel: Code


class Message(Wish):
    """A message; whose it is need not be said.  ``received_at`` is for officers who enter what came on paper."""

    kind: Annotated[str, OneOf(MessageKind)]
    text: Long
    name: Short | None = None
    contact: Short | None = None
    source: Annotated[str, OneOf(InputSource)] = str(InputSource.PLATFORM)
    received_at: Instant | None = None


class Assignment(Wish):
    """The unit that is to answer."""

    unit: Code
    topic: Short | None = None


class Reply(Wish):
    """The answer; ``item`` is what was published of it."""

    text: Long
    item: Code | None = None


@boxes.post("", summary="开设意见箱 · open an opinion box", **RECORDED)
async def open_opinion_box(wish: Box, submission: TheSubmission) -> Response:
    """Open a box on the platform."""
    return await submission.to(Registry.open_opinion_box, f"opinion_box/{wish.box}", **wish.stated())


@boxes.post("/{box}/messages", summary="收到留言 · leave a message", **RECORDED)
async def receive_message(box: Named, wish: Message, submission: TheUnconditional) -> Response:
    """Leave a message, with or without a credential; ``streams`` of the answer names the number given."""
    return await submission.to(Registry.receive_message, None, box=box, **wish.stated())


@messages.post("/{message}/assignments", summary="转办留言 · assign a message", **RECORDED)
async def assign_message(message: Named, wish: Assignment, submission: TheSubmission) -> Response:
    """Pass a message to the unit that is to answer it."""
    return await submission.to(Registry.assign_message, f"message/{message}", message=message, **wish.stated())


@messages.post("/{message}/replies", summary="回复留言 · reply to a message", **RECORDED)
async def reply_message(message: Named, wish: Reply, submission: TheSubmission) -> Response:
    """Answer a message, once."""
    return await submission.to(Registry.reply_message, f"message/{message}", message=message, **wish.stated())


ROUTERS = (boxes, messages)
