"""Media: contacts, interviews, guidance, the gazette (十一) (十五)."""

from typing import Annotated

from fastapi import Response
from pydantic import Field

from aggregates.organisation.words_lists import Counterpart
from aggregates.registry import Registry
from web.answers import RECORDED, Named
from web.routing import router as a_router
from web.submission import TheSubmission
from web.wishes import Code, Codes, Content, Day, Instant, Long, OneOf, Short, Wish

router = a_router("", "media")

CounterpartKind = Annotated[str, OneOf(Counterpart)]


class Contact(Wish):
    """A unit's contact with publicity, cyberspace or media."""

    media_contact: Code
    unit: Code
    counterpart: Short
    counterpart_kind: CounterpartKind
    subject: Short
    contacted_on: Day | None = None
    note: Long | None = None


class Guidance(Wish):
    """What the section told a medium or a news website."""

    guidance: Code
    counterpart: Short
    counterpart_kind: CounterpartKind
    subject: Short
    description: Long
    issued_on: Day | None = None


class Cooperation(Wish):
    """An act of cooperation of the section."""

    cooperation: Code
    counterpart: Short
    counterpart_kind: CounterpartKind
    subject: Short
    cooperated_on: Day | None = None
    note: Long | None = None


class InterviewRequest(Wish):
    """What a medium asked; it is named by the organisation, never by the journalist."""

    interview: Code
    unit: Code
    medium: Short
    subject: Short
    received_at: Instant | None = None


class InterviewAnswer(Wish):
    """What it was told, and the item that says so publicly, if there is one."""

    answer: Long
    item: Code | None = None


class GazetteIssue(Wish):
    """An issue of the gazette: its number in the year, its channel, the published items it contains."""

    issue: Code
    year: Annotated[int, Field(ge=1949, le=9999)]
    number: Annotated[int, Field(ge=1, le=999)]
    channel: Code
    items: Codes
    content: Content | None = None


@router.post("/media-contacts", summary="登记媒体沟通 · record a media contact", **RECORDED)
async def record_media_contact(wish: Contact, submission: TheSubmission) -> Response:
    """Record with whom a unit was in contact, when and about what."""
    return await submission.to(Registry.record_media_contact, f"media/{wish.media_contact}", **wish.stated())


@router.post("/media-guidance", summary="指导协调媒体 · issue guidance to media", **RECORDED)
async def issue_media_guidance(wish: Guidance, submission: TheSubmission) -> Response:
    """Record the section's guidance, as the district office."""
    return await submission.to(Registry.issue_media_guidance, f"guidance/{wish.guidance}", **wish.stated())


@router.post("/cooperations", summary="登记协作 · record a cooperation of the section", **RECORDED)
async def record_section_cooperation(wish: Cooperation, submission: TheSubmission) -> Response:
    """Record cooperation with publicity, cyberspace or media, as the district office."""
    stream = f"cooperation/{wish.cooperation}"
    return await submission.to(Registry.record_section_cooperation, stream, **wish.stated())


@router.post("/interviews", summary="登记采访申请 · receive an interview request", **RECORDED)
async def receive_interview_request(wish: InterviewRequest, submission: TheSubmission) -> Response:
    """Enter a medium's request; the time of its receipt is now where none is named."""
    return await submission.to(Registry.receive_interview_request, f"interview/{wish.interview}", **wish.stated())


@router.post("/interviews/{interview}/answers", summary="答复采访申请 · answer an interview request", **RECORDED)
async def answer_interview_request(interview: Named, wish: InterviewAnswer, submission: TheSubmission) -> Response:
    """Answer it, once; the record says how long the medium waited."""
    stream = f"interview/{interview}"
    return await submission.to(Registry.answer_interview_request, stream, interview=interview, **wish.stated())


@router.post("/gazette-issues", summary="发布政府公报 · publish a gazette issue", **RECORDED)
async def publish_gazette_issue(wish: GazetteIssue, submission: TheSubmission) -> Response:
    """Put out an issue; every item in it stands published and gets the gazette as a further channel."""
    return await submission.to(Registry.publish_gazette_issue, f"gazette/{wish.issue}", **wish.stated())
