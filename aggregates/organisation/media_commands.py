"""Commands on media and interviews (十一)."""

from datetime import date, datetime

from aggregates.deed import Deed
from aggregates.desk import Data, Desk, Order
from aggregates.office import Office
from aggregates.organisation.media import Interview, MediaContact, MediaGuidance
from aggregates.organisation.words_commands import OrganisationCommand as Command
from aggregates.organisation.words_refusals import OrganisationRefusal
from aggregates.refusal import refuse
from ledger.append import Receipt


class MediaCommands(Office):
    """加强与宣传、网信等部门以及新闻媒体的沟通联系；畅通媒体采访渠道."""

    def record_media_contact(
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
        expected_version: int | None = None,
    ) -> Receipt:
        """Record a unit's contact with a publicity or cyberspace department, or with media."""
        data: Data = {
            "media_contact": media_contact,
            "unit": unit,
            "counterpart": counterpart,
            "counterpart_kind": counterpart_kind,
            "subject": subject,
            "contacted_on": contacted_on,
            "note": note,
        }

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_unit(unit)
            desk.require_reach(unit)
            desk.open(MediaContact, media_contact, likely_new=True).record(desk.deed, **data)

        stream = MediaContact.stream_of(media_contact)
        return self.carry_out(Order(Command.RECORD_MEDIA_CONTACT, deed, stream, data, stream, expected_version), decide)

    def issue_media_guidance(
        self,
        deed: Deed,
        *,
        guidance: str,
        counterpart: str,
        counterpart_kind: str,
        subject: str,
        description: str,
        issued_on: str | date | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Record the section's guidance to a medium or a news website."""
        data: Data = {
            "guidance": guidance,
            "counterpart": counterpart,
            "counterpart_kind": counterpart_kind,
            "subject": subject,
            "description": description,
            "issued_on": issued_on,
        }

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_reach(None)
            desk.open(MediaGuidance, guidance, likely_new=True).issue(desk.deed, unit=desk.deed.unit, **data)

        stream = MediaGuidance.stream_of(guidance)
        return self.carry_out(Order(Command.ISSUE_MEDIA_GUIDANCE, deed, stream, data, stream, expected_version), decide)

    def receive_interview_request(
        self,
        deed: Deed,
        *,
        interview: str,
        unit: str,
        medium: str,
        subject: str,
        received_at: datetime | str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Enter a medium's request for an interview; ``medium`` names the organisation, never the journalist."""
        data: Data = {
            "interview": interview,
            "unit": unit,
            "medium": medium,
            "subject": subject,
            "received_at": received_at,
        }

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_unit(unit)
            desk.require_reach(unit)
            desk.open(Interview, interview, likely_new=True).request(desk.deed, **data)

        stream = Interview.stream_of(interview)
        order = Order(Command.RECEIVE_INTERVIEW_REQUEST, deed, stream, data, stream, expected_version)
        return self.carry_out(order, decide)

    def answer_interview_request(
        self,
        deed: Deed,
        *,
        interview: str,
        answer: str,
        item: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Answer an interview request; the event says how many minutes the medium waited."""
        data: Data = {"answer": answer, "item": item}

        def decide(desk: Desk) -> None:
            desk.entitle()
            file = desk.open(Interview, interview)
            if not file.exists:
                raise refuse(OrganisationRefusal.INTERVIEW_UNKNOWN, interview=interview)
            desk.require_reach(file.unit)
            file.answer(desk.deed, **data)

        stream = Interview.stream_of(interview)
        asked = {"interview": interview, **data}
        order = Order(Command.ANSWER_INTERVIEW_REQUEST, deed, stream, asked, stream, expected_version)
        return self.carry_out(order, decide)
