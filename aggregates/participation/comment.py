"""A comment of the public on a decision's draft: numbered, and received whenever it comes (二)."""

from typing import Any

from eventsourcing.domain import event

from aggregates.base import Record
from aggregates.deed import Deed


class Comment(Record):
    """One comment; its stream is ``comment/<decision>.<number>``."""

    TOPIC = "comment"
    STREAM = "comment"
    IDENTIFIER = "comment"

    class Received(Record.Event):
        """Somebody said something to the draft (公众意见收到)."""

        TOPIC = "comment.received/1"
        comment: str
        major_decision: str
        number: int
        source: str
        received_at: str
        characters: int
        text_commitment: str | None
        name_commitment: str | None
        contact_commitment: str | None
        flags: list[str]

    def __init__(self) -> None:
        self.flags: list[str] = []

    def receive(
        self, deed: Deed, *, comment: str, decision: str, number: int, flags: list[str], said: dict[str, Any]
    ) -> None:
        """Take the comment in under its number; what is late is flagged and kept."""
        self.write(self.Received, deed, comment=comment, major_decision=decision, number=number, flags=flags, **said)

    @event(Received)
    def _received(self, flags: list[str]) -> None:
        self.flags = list(flags)
