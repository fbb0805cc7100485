"""Commands on what is said to the public and the media, until the case is closed (九)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from aggregates import fields
from aggregates.deed import Deed
from aggregates.desk import Data, Desk
from aggregates.fields import Content
from aggregates.officer import Officer
from aggregates.opinion.clocks import Clock
from aggregates.opinion.opinion import Opinion
from aggregates.opinion.opinion_office import OpinionOffice
from aggregates.opinion.refusals import OpinionRefusal
from aggregates.opinion.words import OpinionCommand
from aggregates.publication import Publication
from aggregates.refusal import RefusalCode, refuse
from ledger.append import Receipt


class AnsweringCommands(OpinionOffice):
    """快速反应、及时发声."""

    def release_authoritative_information(
        self,
        deed: Deed,
        *,
        opinion: str,
        title: str,
        content: Mapping[str, Any],
        channels: Sequence[str],
        item: str | None = None,
        matter: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Record the first authoritative word of a responder, at the deed's time, against its clock.

        ``item`` is the published item whose content it is; a word without one is flagged NOT_IN_REGISTER.
        Several responders must all have confirmed this very content.  ``matter`` is the key matter, if any.
        """
        data: Data = {"title": title, "content": content, "channels": channels, "item": item, "matter": matter}

        def decide(desk: Desk, case: Opinion) -> None:
            text, registered = self._to_say(desk, opinion, content, channels, item)
            case.release(desk.deed, title=title, content=text, channels=registered, item=item, matter=matter)

        command = OpinionCommand.RELEASE_AUTHORITATIVE_INFORMATION
        return self._on_opinion(command, deed, opinion, data, decide, expected_version=expected_version)

    def release_follow_up(
        self,
        deed: Deed,
        *,
        opinion: str,
        title: str,
        content: Mapping[str, Any],
        channels: Sequence[str],
        item: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Record a further word; the minutes since the last one are kept (持续发布权威信息)."""
        data: Data = {"title": title, "content": content, "channels": channels, "item": item}

        def decide(desk: Desk, case: Opinion) -> None:
            text, registered = self._to_say(desk, opinion, content, channels, item)
            case.follow_up(desk.deed, title=title, content=text, channels=registered, item=item)

        command = OpinionCommand.RELEASE_FOLLOW_UP
        return self._on_opinion(command, deed, opinion, data, decide, expected_version=expected_version)

    def _to_say(
        self, desk: Desk, opinion: str, content: Mapping[str, Any], channels: Sequence[str], item: str | None
    ) -> tuple[Content, list[str]]:
        """The text and the channels, if the text is stored and is what the named item shows the public."""
        text = fields.content(content, "content")
        registered = desk.require_channels(opinion, list(channels))
        self.require_stored([text])
        if item is not None and text["sha256"] not in desk.read(Publication, item).named(item, None).contents:
            raise refuse(OpinionRefusal.RELEASE_NOT_AS_PUBLISHED, opinion=opinion, item=item, sha256=text["sha256"])
        return text, registered

    def hold_press_conference(
        self,
        deed: Deed,
        *,
        opinion: str,
        title: str,
        place: str,
        spokesperson: str,
        media: Sequence[str] = (),
        expected_version: int | None = None,
    ) -> Receipt:
        """Record a press conference at the deed's time; ``spokesperson`` is a registered officer's code."""
        data: Data = {"title": title, "place": place, "spokesperson": spokesperson, "media": media}

        def decide(desk: Desk, case: Opinion) -> None:
            _require_hand(desk, case)
            case.hold_press_conference(desk.deed, **data)
            if not desk.read(Officer, spokesperson).exists:
                raise refuse(RefusalCode.OFFICER_NOT_REGISTERED, officer=spokesperson)

        command = OpinionCommand.HOLD_PRESS_CONFERENCE
        return self._on_opinion(command, deed, opinion, data, decide, expected_version=expected_version)

    def record_opinion_media_contact(
        self,
        deed: Deed,
        *,
        opinion: str,
        media: str,
        text: str,
        contacted_at: datetime | str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Record with which medium or site the acting unit spoke, when, and about what."""
        data: Data = {"media": media, "text": text, "contacted_at": contacted_at}

        def decide(desk: Desk, case: Opinion) -> None:
            case.record_media_contact(desk.deed, **data)

        command = OpinionCommand.RECORD_OPINION_MEDIA_CONTACT
        return self._on_opinion(command, deed, opinion, data, decide, expected_version=expected_version)

    def close_incident(self, deed: Deed, *, opinion: str, summary: str, expected_version: int | None = None) -> Receipt:
        """Close a case on which something was released; what (七) and (九) ask for and is missing is flagged."""
        data: Data = {"summary": summary}

        def decide(desk: Desk, case: Opinion) -> None:
            _require_hand(desk, case)
            case.close(desk.deed, **data)

        command = OpinionCommand.CLOSE_INCIDENT
        return self._on_opinion(command, deed, opinion, data, decide, expected_version=expected_version)

    def opinion_clocks(self, opinion: str, at: datetime) -> list[Clock]:
        """The clocks of a case as they stand at an instant, also where nobody has done anything yet.

        Reads the ledger and records nothing.  A case nobody recorded has none.
        """
        return self._fetched(Opinion, Opinion.stream_of(opinion)).clocks(at)


def _require_hand(desk: Desk, case: Opinion) -> None:
    """The district office may act for the responders here; nobody else may."""
    if not desk.acting_unit.is_district_office:
        case.refuse_not_a_responder(desk.deed.unit)
