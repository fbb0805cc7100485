"""A suggestion to disclose proactively what was asked for (建议主动公开, 条例第四十四条)."""

from datetime import date

from eventsourcing.domain import event

from aggregates import fields
from aggregates.base import Record
from aggregates.deed import Deed
from aggregates.refusal import RefusalCode, refuse
from aggregates.requests.intake import day_of_act
from aggregates.requests.words import RequestRefusal
from aggregates.requests.words_lists import SuggestionConclusion


class DisclosureSuggestion(Record):
    """One suggestion; its stream is ``suggestion/<id>``."""

    TOPIC = "suggestion"
    STREAM = "suggestion"
    IDENTIFIER = "suggestion"

    class Received(Record.Event):
        """Somebody suggests that information become proactively public (建议主动公开)."""

        TOPIC = "suggestion.received/1"
        suggestion: str
        unit: str
        subject: str
        request: str | None
        item: str | None
        received_on: str
        text_commitment: str | None

    class Examined(Record.Event):
        """Whether it belongs to what is proactively disclosed, and why (建议审核)."""

        TOPIC = "suggestion.examined/1"
        suggestion: str
        conclusion: str
        reason: str
        item: str | None

    def __init__(self) -> None:
        self.suggestion = ""
        self.unit = ""
        self.conclusion: str | None = None

    def receive(
        self,
        deed: Deed,
        *,
        suggestion: str,
        unit: str,
        subject: str,
        text_commitment: str | None,
        request: str | None = None,
        item: str | None = None,
        received_on: str | date | None = None,
    ) -> None:
        """Enter a suggestion; ``subject`` names the information, the suggestion's own words are apart."""
        if self.exists:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=self.stream)
        self.write(
            self.Received,
            deed,
            suggestion=fields.code(suggestion, "suggestion"),
            unit=fields.code(unit, "unit"),
            subject=fields.text(subject, "subject"),
            request=fields.optional_code(request, "request"),
            item=fields.optional_code(item, "item"),
            received_on=day_of_act(deed, received_on, "received_on"),
            text_commitment=text_commitment,
        )

    @event(Received)
    def _received(self, suggestion: str, unit: str) -> None:
        self.suggestion, self.unit = suggestion, unit

    def examine(self, deed: Deed, *, conclusion: str, reason: str, item: str | None = None) -> None:
        """Conclude, once; ``item`` is the document that goes public, once there is one."""
        self.refuse_back_dating(deed)
        if self.conclusion is not None:
            raise refuse(RequestRefusal.DECIDED_BEFORE, subject=self.stream)
        self.write(
            self.Examined,
            deed,
            suggestion=self.suggestion,
            conclusion=fields.term(SuggestionConclusion, conclusion, "conclusion"),
            reason=fields.text(reason, "reason", longest=fields.LONG),
            item=fields.optional_code(item, "item"),
        )

    @event(Examined)
    def _examined(self, conclusion: str) -> None:
        self.conclusion = conclusion
