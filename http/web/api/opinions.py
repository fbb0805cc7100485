"""Cases of public opinion and incidents: who answers, how grave it is, what was said when (七) (八) (九)."""

from typing import Annotated

from fastapi import Response
from pydantic import Field

from aggregates import fields
from aggregates.opinion.terms import Grade, Matter, ParticipantRole, SourceKind
from aggregates.registry import Registry
from web.answers import RECORDED, Named
from web.routing import router as a_router
from web.submission import TheSubmission
from web.wishes import Code, Codes, Content, Instant, Long, OneOf, Short, Shorts, Wish

router = a_router("/opinions", "opinions")


class Signal(Wish):
    """What was noticed where; ``detected_at`` is now if left out."""

    source_kind: Annotated[str, OneOf(SourceKind)]
    source: Short
    summary: Long
    detected_at: Instant | None = None
    item: Code | None = None


class FirstResponder(Wish):
    """The units the case concerns; the rules derive who answers first."""

    concerned_units: Codes
    district_policy: bool = False
    competent_unit: Code | None = None


class Share(Wish):
    """A unit and what it answers for."""

    unit: Code
    scope: Long


class Shares(Wish):
    """At least two units."""

    responders: Annotated[list[Share], Field(max_length=fields.MOST)]
    district_policy: bool = False


class TextConfirmation(Wish):
    """The stored text that is confirmed."""

    content: Content


class Notice(Wish):
    """A text to units."""

    units: Codes
    text: Long


class Urging(Wish):
    """A text to a responder."""

    responder: Code
    text: Long


class Leadership(Wish):
    """A note, if there is one."""

    note: Long | None = None


class DirectiveAnswer(Wish):
    """Which directive, and what was done."""

    directive: Short
    response: Long


class Participant(Wish):
    """A unit and the capacity in which it takes part."""

    unit: Code
    role: Annotated[str, OneOf(ParticipantRole)]


class Consultation(Wish):
    """Who took part; nature, trend and risk all together or not at all."""

    participants: Annotated[list[Participant], Field(max_length=fields.MOST)]
    nature: Long | None = None
    trend: Long | None = None
    risk: Long | None = None
    note: Long | None = None


class Assessment(Wish):
    """All three parts; ``consultation`` is the number of the one it came from."""

    nature: Long
    trend: Long
    risk: Long
    consultation: Short | None = None


class Proposal(Wish):
    """What to do; on the latest assessment where none is named."""

    proposal: Long
    assessment: Short | None = None


class Regrading(Wish):
    """The new grade and why."""

    grade: Annotated[str, OneOf(Grade)]
    reason: Long


class Grading(Regrading):
    """When it happened, where that is known."""

    incident_occurred_at: Instant | None = None


class JointResponse(Wish):
    """Who was brought in."""

    partners: Codes
    note: Long | None = None


class FollowUp(Wish):
    """The stored text, where it went out, and the published item whose content it is."""

    title: Short
    content: Content
    channels: Codes
    item: Code | None = None


class Release(FollowUp):
    """The key matter, if it is one."""

    matter: Annotated[str, OneOf(Matter)] | None = None


class PressConference(Wish):
    """Where, who spoke, which media came."""

    title: Short
    place: Short
    spokesperson: Code
    media: Shorts = Field(default_factory=list)


class MediaTalk(Wish):
    """The medium or site, when, and what it was about; no persons."""

    media: Short
    text: Long
    contacted_at: Instant | None = None


class Closing(Wish):
    """How it ended."""

    summary: Long


def _stream(opinion: str) -> str:
    return f"opinion/{opinion}"


@router.post("/{opinion}/signals", summary="登记舆情线索 · record a signal", **RECORDED)
async def record_opinion_signal(opinion: Named, wish: Signal, submission: TheSubmission) -> Response:
    """Record what was noticed; the first signal of a code opens the case."""
    return await submission.to(Registry.record_opinion_signal, _stream(opinion), opinion=opinion, **wish.stated())


@router.post("/{opinion}/first-responders", summary="确定第一回应主体 · assign the first responder", **RECORDED)
async def assign_first_responder(opinion: Named, wish: FirstResponder, submission: TheSubmission) -> Response:
    """Record who answers first, as the rules derive it, and by which rule."""
    return await submission.to(Registry.assign_first_responder, _stream(opinion), opinion=opinion, **wish.stated())


@router.post("/{opinion}/responders", summary="确定回应分工 · assign several responders", **RECORDED)
async def assign_responders(opinion: Named, wish: Shares, submission: TheSubmission) -> Response:
    """Record that several departments answer, each for its part."""
    return await submission.to(Registry.assign_responders, _stream(opinion), opinion=opinion, **wish.stated())


@router.post("/{opinion}/text-confirmations", summary="会签回应口径 · confirm a text", **RECORDED)
async def confirm_response_text(opinion: Named, wish: TextConfirmation, submission: TheSubmission) -> Response:
    """Stand by exactly this stored text, as a responder."""
    return await submission.to(Registry.confirm_response_text, _stream(opinion), opinion=opinion, **wish.stated())


@router.post("/{opinion}/coordination-notices", summary="组织协调 · issue a coordination notice", **RECORDED)
async def issue_coordination_notice(opinion: Named, wish: Notice, submission: TheSubmission) -> Response:
    """Record a notice of the district office or the publicity department."""
    return await submission.to(Registry.issue_coordination_notice, _stream(opinion), opinion=opinion, **wish.stated())


@router.post("/{opinion}/urgings", summary="督办 · urge a responder", **RECORDED)
async def urge_responder(opinion: Named, wish: Urging, submission: TheSubmission) -> Response:
    """Record that the coordinators urged a responder."""
    return await submission.to(Registry.urge_responder, _stream(opinion), opinion=opinion, **wish.stated())


@router.post("/{opinion}/leadership", summary="落实领导责任 · assume leadership", **RECORDED)
async def assume_leadership(opinion: Named, wish: Leadership, submission: TheSubmission) -> Response:
    """Record that the district's principal took the lead."""
    return await submission.to(Registry.assume_leadership, _stream(opinion), opinion=opinion, **wish.stated())


@router.post("/{opinion}/directives", summary="批示指示 · issue a directive", **RECORDED)
async def issue_directive(opinion: Named, wish: Notice, submission: TheSubmission) -> Response:
    """Record a directive of the district's principal; each unit addressed owes a response."""
    return await submission.to(Registry.issue_directive, _stream(opinion), opinion=opinion, **wish.stated())


@router.post("/{opinion}/directive-answers", summary="回复批示 · answer a directive", **RECORDED)
async def answer_directive(opinion: Named, wish: DirectiveAnswer, submission: TheSubmission) -> Response:
    """Record what the acting unit did about a directive."""
    return await submission.to(Registry.answer_directive, _stream(opinion), opinion=opinion, **wish.stated())


@router.post("/{opinion}/consultations", summary="会商研判 · convene a consultation", **RECORDED)
async def convene_consultation(opinion: Named, wish: Consultation, submission: TheSubmission) -> Response:
    """Record who consulted, and what they came to where they did."""
    return await submission.to(Registry.convene_consultation, _stream(opinion), opinion=opinion, **wish.stated())


@router.post("/{opinion}/assessments", summary="评估舆情 · assess public opinion", **RECORDED)
async def assess_opinion(opinion: Named, wish: Assessment, submission: TheSubmission) -> Response:
    """Record nature, trend and risk."""
    return await submission.to(Registry.assess_opinion, _stream(opinion), opinion=opinion, **wish.stated())


@router.post("/{opinion}/proposals", summary="提出预控处置意见 · propose handling", **RECORDED)
async def propose_handling(opinion: Named, wish: Proposal, submission: TheSubmission) -> Response:
    """Record what to do, on an assessment."""
    return await submission.to(Registry.propose_handling, _stream(opinion), opinion=opinion, **wish.stated())


@router.post("/{opinion}/grades", summary="事件定级 · grade an incident", **RECORDED)
async def grade_incident(opinion: Named, wish: Grading, submission: TheSubmission) -> Response:
    """Grade an incident; the two gravest grades start the clocks of 5 and 24 hours."""
    return await submission.to(Registry.grade_incident, _stream(opinion), opinion=opinion, **wish.stated())


@router.post("/{opinion}/regradings", summary="调整事件级别 · regrade an incident", **RECORDED)
async def regrade_incident(opinion: Named, wish: Regrading, submission: TheSubmission) -> Response:
    """Change the grade; the clocks keep their original start."""
    return await submission.to(Registry.regrade_incident, _stream(opinion), opinion=opinion, **wish.stated())


@router.post("/{opinion}/joint-responses", summary="启动联动机制 · activate the joint response", **RECORDED)
async def activate_joint_response(opinion: Named, wish: JointResponse, submission: TheSubmission) -> Response:
    """Record that publicity, cyberspace and others were brought in."""
    return await submission.to(Registry.activate_joint_response, _stream(opinion), opinion=opinion, **wish.stated())


@router.post("/{opinion}/releases", summary="发布权威信息 · release authoritative information", **RECORDED)
async def release_authoritative_information(opinion: Named, wish: Release, submission: TheSubmission) -> Response:
    """Record the first authoritative word against its clock."""
    return await submission.to(
        Registry.release_authoritative_information, _stream(opinion), opinion=opinion, **wish.stated()
    )


@router.post("/{opinion}/follow-ups", summary="发布续报 · release a follow-up", **RECORDED)
async def release_follow_up(opinion: Named, wish: FollowUp, submission: TheSubmission) -> Response:
    """Record a further word; the gap to the last one is kept."""
    return await submission.to(Registry.release_follow_up, _stream(opinion), opinion=opinion, **wish.stated())


@router.post("/{opinion}/press-conferences", summary="举行新闻发布会 · hold a press conference", **RECORDED)
async def hold_press_conference(opinion: Named, wish: PressConference, submission: TheSubmission) -> Response:
    """Record a press conference against its clock."""
    return await submission.to(Registry.hold_press_conference, _stream(opinion), opinion=opinion, **wish.stated())


@router.post("/{opinion}/media-contacts", summary="登记舆情媒体沟通 · record a contact with media", **RECORDED)
async def record_opinion_media_contact(opinion: Named, wish: MediaTalk, submission: TheSubmission) -> Response:
    """Record with which medium the acting unit spoke, when, about what."""
    return await submission.to(
        Registry.record_opinion_media_contact, _stream(opinion), opinion=opinion, **wish.stated()
    )


@router.post("/{opinion}/closings", summary="办结舆情 · close the case", **RECORDED)
async def close_incident(opinion: Named, wish: Closing, submission: TheSubmission) -> Response:
    """Close the case; what is missing is pointed out for good."""
    return await submission.to(Registry.close_incident, _stream(opinion), opinion=opinion, **wish.stated())
