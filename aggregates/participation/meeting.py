"""Who attends government meetings from outside: the system of 2017, the invitations, those who came (二)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from eventsourcing.domain import event

from aggregates import fields
from aggregates.base import Record
from aggregates.deed import Deed
from aggregates.participation.headcount import Headcount, headcounts
from aggregates.participation.terms import ParticipationFlag

ADOPT_BY = "2017-12-31"
"""于2017年底前，建立健全列席区政府有关会议的制度 (二)."""


class AttendanceSystem(Record):
    """The district's rules on attendance, version by version; the stream is ``attendance_system/district``."""

    TOPIC = "attendance_system"
    STREAM = "attendance_system"
    IDENTIFIER = "attendance_system"

    class Adopted(Record.Event):
        """The system exists, from a day that may lie before this ledger began (列席会议制度建立)."""

        TOPIC = "attendance_system.adopted/1"
        version: int
        title: str
        document_number: str | None
        adopted_on: str
        item: str | None
        flags: list[str]

    def __init__(self) -> None:
        self.versions = 0

    def adopt(
        self,
        deed: Deed,
        *,
        title: str,
        adopted_on: str | date,
        document_number: str | None = None,
        item: str | None = None,
    ) -> None:
        """Adopt it, or its next version; only the first can be late."""
        day = fields.day(adopted_on, "adopted_on")
        if day > deed.day:
            raise fields.invalid("adopted_on", "不能晚于今日", "it must not be later than today")
        late = self.versions == 0 and day > ADOPT_BY
        self.write(
            self.Adopted,
            deed,
            version=self.versions + 1,
            title=fields.text(title, "title"),
            document_number=fields.optional_text(document_number, "document_number"),
            adopted_on=day,
            item=fields.optional_code(item, "item"),
            flags=[str(ParticipationFlag.ADOPTED_LATE)] if late else [],
        )

    @event(Adopted)
    def _adopted(self, version: int) -> None:
        self.versions = version


class Meeting(Record):
    """One meeting with people from outside; its stream is ``meeting/<number>``."""

    TOPIC = "meeting"
    STREAM = "meeting"
    IDENTIFIER = "meeting"

    class AttendeeInvited(Record.Event):
        """People from outside were invited, by category (列席邀请); more may follow."""

        TOPIC = "meeting.attendee_invited/1"
        meeting: str
        unit: str
        title: str
        held_on: str
        invited: list[Headcount]
        agenda: list[str]

    class AttendanceRecorded(Record.Event):
        """Those who came, by category; 0 says that nobody of an invited category did (列席情况登记)."""

        TOPIC = "meeting.attendance_recorded/1"
        meeting: str
        attendance: list[Headcount]
        note: str | None

    def __init__(self) -> None:
        self.meeting = ""
        self.unit = ""
        self.held_on = ""

    def invite(
        self,
        deed: Deed,
        *,
        meeting: str,
        unit: str,
        title: str,
        held_on: str | date,
        invited: Iterable[Mapping[str, Any]],
        agenda: Iterable[str] = (),
    ) -> None:
        """Invite; ``agenda`` names the major decisions on the table."""
        self.write(
            self.AttendeeInvited,
            deed,
            meeting=fields.code(meeting, "meeting"),
            unit=fields.code(unit, "unit"),
            title=fields.text(title, "title"),
            held_on=fields.day(held_on, "held_on"),
            invited=headcounts(invited, "invited"),
            agenda=fields.codes(agenda, "agenda"),
        )

    @event(AttendeeInvited)
    def _invited(self, *, meeting: str, unit: str, held_on: str) -> None:
        self.meeting = meeting
        self.unit = unit
        self.held_on = held_on

    def record_attendance(
        self, deed: Deed, *, attendance: Iterable[Mapping[str, Any]], note: str | None = None
    ) -> None:
        """Record who came, on the day of the meeting or later."""
        self.refuse_back_dating(deed)
        if deed.day < self.held_on:
            raise fields.invalid("attendance", f"会议定于{self.held_on}", f"the meeting is on {self.held_on}")
        self.write(
            self.AttendanceRecorded,
            deed,
            meeting=self.meeting,
            attendance=headcounts(attendance, "attendance"),
            note=fields.optional_text(note, "note", longest=fields.LONG),
        )
