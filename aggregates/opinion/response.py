"""What is said on a case, when, and until when (九).

A word that is late is recorded as late and never refused: refusing it would make it later still.  Refused is
what the public would be misled by: a text that not all who answer stand by, and a word of whoever does not
answer for the matter.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from aggregates import fields
from aggregates.deed import Deed
from aggregates.fields import Content
from aggregates.opinion.assessment import refuse_future
from aggregates.opinion.clocks import (
    PRESS_CONFERENCE,
    Start,
    breach_minutes,
    elapsed_minutes,
    first_word_flag,
    first_word_limit,
)
from aggregates.opinion.refusals import OpinionRefusal
from aggregates.opinion.responsibility import ResponsibilityRules, addressed
from aggregates.opinion.terms import Matter, OpinionFlag
from aggregates.refusal import refuse
from ledger import instants


class ResponseRules(ResponsibilityRules):
    """快速反应、及时发声，持续发布权威信息."""

    def activate_joint_response(self, deed: Deed, *, partners: Iterable[str], note: str | None = None) -> None:
        """Bring in publicity, cyberspace and others."""
        self.write(
            self.JointResponseActivated,
            deed,
            opinion=self.opinion,
            partners=addressed(partners, "partners"),
            note=fields.optional_text(note, "note", longest=fields.LONG),
        )

    def release(
        self,
        deed: Deed,
        *,
        title: str,
        content: Content,
        channels: list[str],
        item: str | None = None,
        matter: str | None = None,
    ) -> None:
        """Give the first authoritative word, and keep how long it took and by how much it was late."""
        if self.first_released_at is not None:
            raise refuse(
                OpinionRefusal.ALREADY_RELEASED,
                opinion=self.opinion,
                released_at=instants.to_text(self.first_released_at),
            )
        said = self._said(deed, title, content, channels, item)
        start = self.clock_start()
        due = start.at + first_word_limit(self.grade)
        over = breach_minutes(due, deed.occurred_at)
        self.write(
            self.AuthoritativeInformationReleased,
            deed,
            **said,
            matter=fields.optional_term(Matter, matter, "matter"),
            **_timing(start, due, deed.occurred_at),
            flags=[*([str(first_word_flag(self.grade))] if over else []), *self._points(item)],
        )

    def follow_up(
        self, deed: Deed, *, title: str, content: Content, channels: list[str], item: str | None = None
    ) -> None:
        """Give a further word; the gap to the last one is kept."""
        self._refuse_unreleased()
        said = self._said(deed, title, content, channels, item)
        gap = (deed.occurred_at - self.released_at[-1]) // timedelta(minutes=1)
        self.write(self.FollowUpReleased, deed, **said, gap_minutes=gap, flags=self._points(item))

    def _said(self, deed: Deed, title: str, content: Content, channels: list[str], item: str | None) -> dict[str, Any]:
        self.refuse_not_a_responder(deed.unit)
        self.refuse_unconfirmed(content["sha256"])
        return {
            "opinion": self.opinion,
            "release": f"{self.opinion}/R{len(self.released_at) + 1}",
            "unit": deed.unit,
            "title": fields.text(title, "title"),
            "content": content,
            "item": fields.optional_code(item, "item"),
            "channels": channels,
        }

    def _points(self, item: str | None) -> list[str]:
        found = {
            OpinionFlag.NO_RESPONDER_ASSIGNED: not self.responders,
            OpinionFlag.NOT_IN_REGISTER: item is None,
        }
        return [str(flag) for flag, holds in found.items() if holds]

    def hold_press_conference(
        self, deed: Deed, *, title: str, place: str, spokesperson: str, media: Iterable[str] = ()
    ) -> None:
        """Write down a press conference; for the two gravest grades it is due within 24 hours."""
        timing: dict[str, Any] = dict.fromkeys(("clock_rule", "clock_start", "due_at", "elapsed_minutes"))
        timing["breach_minutes"] = 0
        if self.is_urgent and self.press_conference_at is None:
            start = self.clock_start()
            timing = _timing(start, start.at + PRESS_CONFERENCE, deed.occurred_at)
        self.write(
            self.PressConferenceHeld,
            deed,
            opinion=self.opinion,
            unit=deed.unit,
            title=fields.text(title, "title"),
            place=fields.text(place, "place"),
            spokesperson=fields.code(spokesperson, "spokesperson"),
            media=fields.texts(media, "media"),
            **timing,
            flags=[str(OpinionFlag.BREACH_24H)] if timing["breach_minutes"] else [],
        )

    def record_media_contact(
        self, deed: Deed, *, media: str, text: str, contacted_at: datetime | str | None = None
    ) -> None:
        """Write down with which medium or site somebody spoke, when, about what; persons are not named."""
        spoken = fields.instant(contacted_at or deed.occurred_at, "contacted_at")
        refuse_future(deed, spoken, "contacted_at")
        self.write(
            self.MediaContactRecorded,
            deed,
            opinion=self.opinion,
            unit=deed.unit,
            media=fields.text(media, "media"),
            contacted_at=spoken,
            text=fields.text(text, "text", longest=fields.LONG),
        )

    def close(self, deed: Deed, *, summary: str) -> None:
        """End the case, once something was said; what nobody did is pointed out for good."""
        self._refuse_unreleased()
        self.write(
            self.Closed,
            deed,
            opinion=self.opinion,
            summary=fields.text(summary, "summary", longest=fields.LONG),
            flags=self.outstanding(),
        )

    def _refuse_unreleased(self) -> None:
        if not self.released_at:
            raise refuse(OpinionRefusal.NOTHING_RELEASED, opinion=self.opinion)


def _timing(start: Start, due: datetime, at: datetime) -> dict[str, Any]:
    return {
        "clock_rule": str(start.rule),
        "clock_start": instants.to_text(start.at),
        "due_at": instants.to_text(due),
        "elapsed_minutes": elapsed_minutes(start.at, at),
        "breach_minutes": breach_minutes(due, at),
    }
