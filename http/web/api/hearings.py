"""Hearings, and attendance from outside at government meetings (二) (十二)."""

from typing import Annotated

from fastapi import Response
from pydantic import Field

from aggregates import fields
from aggregates.participation.headcount import MOST_PEOPLE
from aggregates.participation.terms import AttendeeCategory
from aggregates.registry import Registry
from web.answers import RECORDED, Named
from web.routing import router as a_router
from web.submission import TheSubmission
from web.wishes import Attachments, Code, Codes, Content, Day, Long, OneOf, Short, Wish

hearings = a_router("/hearings", "hearings")
meetings = a_router("/meetings", "meetings")
attendance = a_router("/attendance-system", "meetings")


class Headcount(Wish):
    """So many people of one category."""

    category: Annotated[str, OneOf(AttendeeCategory)]
    number: Annotated[int, Field(ge=0, le=MOST_PEOPLE)]


Headcounts = Annotated[list[Headcount], Field(max_length=fields.MOST)]


class Announcement(Wish):
    """A hearing: its notice is before the public already, its papers are stored and on their way."""

    public_hearing: Code
    unit: Code
    title: Short
    item: Code
    held_on: Day
    place: Short
    documents: Attachments
    documents_on: Day | None = None
    decision: Code | None = None


class Session(Wish):
    """The hearing itself: who came, and the minutes."""

    attendance: Headcounts
    minutes: Content


class Report(Wish):
    """The report, as an item that goes out."""

    item: Code
    channels: Codes
    column: Code | None = None
    content: Content | None = None


class AttendanceSystem(Wish):
    """The district's rules on attendance from outside."""

    title: Short
    adopted_on: Day
    document_number: Short | None = None
    item: Code | None = None


class Invitation(Wish):
    """Whom a unit invites to a meeting, and which major decisions are on its table."""

    unit: Code
    title: Short
    held_on: Day
    invited: Headcounts
    agenda: Codes = Field(default_factory=list)


class Attendance(Wish):
    """Who came; a category of which nobody came is written with 0."""

    attendance: Headcounts
    note: Long | None = None


@hearings.post("", summary="公告听证 · announce a hearing", **RECORDED)
async def announce_hearing(wish: Announcement, submission: TheSubmission) -> Response:
    """Announce a hearing; its papers reach the participants seven days before."""
    about = f"public_hearing/{wish.public_hearing}"
    return await submission.to(Registry.announce_hearing, about, **wish.stated())


@hearings.post("/{public_hearing}/sessions", summary="举行听证 · hold a hearing", **RECORDED)
async def hold_hearing(public_hearing: Named, wish: Session, submission: TheSubmission) -> Response:
    """Record that it was held."""
    about = f"public_hearing/{public_hearing}"
    return await submission.to(Registry.hold_hearing, about, public_hearing=public_hearing, **wish.stated())


@hearings.post("/{public_hearing}/reports", summary="公布听证报告 · publish the hearing's report", **RECORDED)
async def publish_hearing_report(public_hearing: Named, wish: Report, submission: TheSubmission) -> Response:
    """Publish what the hearing came to."""
    about = f"public_hearing/{public_hearing}"
    return await submission.to(Registry.publish_hearing_report, about, public_hearing=public_hearing, **wish.stated())


@attendance.post("", summary="建立列席会议制度 · adopt the attendance system", **RECORDED)
async def adopt_attendance_system(wish: AttendanceSystem, submission: TheSubmission) -> Response:
    """Record the system that was due by the end of 2017, or its next version."""
    return await submission.to(Registry.adopt_attendance_system, "attendance_system/district", **wish.stated())


@meetings.post("/{meeting}/invitations", summary="邀请列席会议 · invite to a meeting", **RECORDED)
async def invite_attendee(meeting: Named, wish: Invitation, submission: TheSubmission) -> Response:
    """Invite people from outside, by category."""
    return await submission.to(Registry.invite_attendee, f"meeting/{meeting}", meeting=meeting, **wish.stated())


@meetings.post("/{meeting}/attendance", summary="登记列席情况 · record who attended", **RECORDED)
async def record_attendance(meeting: Named, wish: Attendance, submission: TheSubmission) -> Response:
    """Record who came."""
    return await submission.to(Registry.record_attendance, f"meeting/{meeting}", meeting=meeting, **wish.stated())


ROUTERS = (hearings, meetings, attendance)
