"""Contacts with publicity, cyberspace and media, interviews, guidance to media (十一) (十五).

Journalists are named by their medium: an entry holds no name of a person.
"""

from datetime import date, datetime, timedelta

from eventsourcing.domain import event

from aggregates import fields
from aggregates.base import Record
from aggregates.deed import Deed
from aggregates.organisation.words_lists import Counterpart
from aggregates.organisation.words_refusals import OrganisationRefusal
from aggregates.refusal import RefusalCode, refuse
from ledger import instants

MINUTE = timedelta(minutes=1)


class MediaContact(Record):
    """One contact with a department or a medium; its stream is ``media/<number>``."""

    TOPIC = "media"
    STREAM = "media"
    IDENTIFIER = "media_contact"

    class ContactRecorded(Record.Event):
        """Who spoke with whom, when, about what (媒体沟通)."""

        TOPIC = "media.contact_recorded/1"
        media_contact: str
        unit: str
        counterpart: str
        counterpart_kind: str
        contacted_on: str
        subject: str
        note: str | None

    def __init__(self) -> None:
        self.media_contact = ""

    def record(
        self,
        deed: Deed,
        *,
        media_contact: str,
        unit: str,
        counterpart: str,
        counterpart_kind: str,
        subject: str,
        contacted_on: str | date | None = None,
        note: str | None = None,
    ) -> None:
        """Write the contact down; it took place on the deed's day when no other is named."""
        if self.exists:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=self.stream)
        self.write(
            self.ContactRecorded,
            deed,
            media_contact=fields.code(media_contact, "media_contact"),
            unit=fields.code(unit, "unit"),
            counterpart=fields.text(counterpart, "counterpart"),
            counterpart_kind=fields.term(Counterpart, counterpart_kind, "counterpart_kind"),
            contacted_on=fields.day(contacted_on or deed.day, "contacted_on"),
            subject=fields.text(subject, "subject"),
            note=fields.optional_text(note, "note", longest=fields.LONG),
        )

    @event(ContactRecorded)
    def _contact_recorded(self, media_contact: str) -> None:
        self.media_contact = media_contact


class MediaGuidance(Record):
    """One guidance to media or news websites; its stream is ``guidance/<number>``."""

    TOPIC = "guidance"
    STREAM = "guidance"
    IDENTIFIER = "guidance"

    class Issued(Record.Event):
        """The section guided or coordinated a medium (指导协调主要媒体)."""

        TOPIC = "guidance.issued/1"
        guidance: str
        unit: str
        counterpart: str
        counterpart_kind: str
        issued_on: str
        subject: str
        description: str

    def __init__(self) -> None:
        self.guidance = ""

    def issue(
        self,
        deed: Deed,
        *,
        guidance: str,
        unit: str,
        counterpart: str,
        counterpart_kind: str,
        subject: str,
        description: str,
        issued_on: str | date | None = None,
    ) -> None:
        """Write the guidance down, with its target and date."""
        if self.exists:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=self.stream)
        self.write(
            self.Issued,
            deed,
            guidance=fields.code(guidance, "guidance"),
            unit=unit,
            counterpart=fields.text(counterpart, "counterpart"),
            counterpart_kind=fields.term(Counterpart, counterpart_kind, "counterpart_kind"),
            issued_on=fields.day(issued_on or deed.day, "issued_on"),
            subject=fields.text(subject, "subject"),
            description=fields.text(description, "description", longest=fields.LONG),
        )

    @event(Issued)
    def _issued(self, guidance: str) -> None:
        self.guidance = guidance


class Interview(Record):
    """One interview request and its answer; its stream is ``interview/<number>``."""

    TOPIC = "interview"
    STREAM = "interview"
    IDENTIFIER = "interview"

    class Requested(Record.Event):
        """A medium asked a unit for an interview (采访申请)."""

        TOPIC = "interview.requested/1"
        interview: str
        unit: str
        medium: str
        subject: str
        received_at: str

    class Answered(Record.Event):
        """The unit answered, after so many minutes, nights and holidays included (采访答复)."""

        TOPIC = "interview.answered/1"
        interview: str
        unit: str
        answer: str
        item: str | None
        answered_at: str
        waited_minutes: int

    def __init__(self) -> None:
        self.interview = ""
        self.unit = ""
        self.received_at: datetime | None = None
        self.answered = False

    def request(
        self,
        deed: Deed,
        *,
        interview: str,
        unit: str,
        medium: str,
        subject: str,
        received_at: datetime | str | None = None,
    ) -> None:
        """Enter the request; it was received at the deed's time when no other, earlier one is named."""
        if self.exists:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=self.stream)
        received = fields.instant(deed.occurred_at if received_at is None else received_at, "received_at")
        if instants.from_text(received) > deed.occurred_at:
            raise fields.invalid("received_at", "晚于办理时间", "it lies after the act itself")
        self.write(
            self.Requested,
            deed,
            interview=fields.code(interview, "interview"),
            unit=fields.code(unit, "unit"),
            medium=fields.text(medium, "medium"),
            subject=fields.text(subject, "subject"),
            received_at=received,
        )

    @event(Requested)
    def _requested(self, interview: str, unit: str, received_at: str) -> None:
        self.interview, self.unit = interview, unit
        self.received_at = instants.from_text(received_at)

    def answer(self, deed: Deed, *, answer: str, item: str | None = None) -> None:
        """Answer it, once; ``item`` names the information the answer points to."""
        if self.answered:
            raise refuse(OrganisationRefusal.INTERVIEW_ANSWERED_ALREADY, interview=self.interview)
        self.refuse_back_dating(deed)
        assert self.received_at is not None, "a request has the instant of its receipt"
        self.write(
            self.Answered,
            deed,
            interview=self.interview,
            unit=self.unit,
            answer=fields.text(answer, "answer", longest=fields.LONG),
            item=fields.optional_code(item, "item"),
            answered_at=instants.to_text(deed.occurred_at),
            waited_minutes=(deed.occurred_at - self.received_at) // MINUTE,
        )

    @event(Answered)
    def _answered(self) -> None:
        self.answered = True
