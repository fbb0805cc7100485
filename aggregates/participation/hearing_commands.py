"""Commands on hearings and on attendance at government meetings (二) (十二)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from aggregates import fields
from aggregates.deed import Deed
from aggregates.desk import DISTRICT, Data, Desk, Order
from aggregates.participation.decision import Decision
from aggregates.participation.headcount import headcounts, people
from aggregates.participation.meeting import AttendanceSystem, Meeting
from aggregates.participation.participation_office import (
    ParticipationOffice,
    known_decision,
    standing_publication,
)
from aggregates.participation.public_hearing import PublicHearing
from aggregates.participation.refusals import ParticipationRefusal
from aggregates.participation.terms import ParticipationMethod
from aggregates.participation.words import ParticipationCommand as Command
from aggregates.publishing import Outgoing
from aggregates.refusal import refuse
from ledger.append import Receipt


class HearingCommands(ParticipationOffice):
    """各单位要严格落实法律法规规定的听证程序；列席区政府有关会议."""

    # ── hearings ──────────────────────────────────────────────────────────────────────────────────

    def announce_hearing(
        self,
        deed: Deed,
        *,
        public_hearing: str,
        unit: str,
        title: str,
        item: str,
        held_on: str | date,
        place: str,
        documents: Sequence[Mapping[str, Any]],
        documents_on: str | date | None = None,
        decision: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Announce a hearing; ``item`` is its notice, which is before the public already.

        ``documents`` are the stored papers, delivered to the participants on ``documents_on`` (today if left
        out), seven days before at the latest.  ``decision`` names the major decision it is held for.
        """
        data: Data = {
            "public_hearing": public_hearing,
            "unit": unit,
            "title": title,
            "item": item,
            "held_on": held_on,
            "place": place,
            "documents": documents,
            "documents_on": documents_on,
            "decision": decision,
        }

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_unit(unit)
            desk.require_reach(unit)
            if decision is not None:
                known_decision(desk.read(Decision, decision), decision)
            publication = standing_publication(desk, item)
            desk.open(PublicHearing, public_hearing).announce(desk.deed, desk.rules, publication=publication, **data)
            self.require_stored(fields.contents(documents, "documents"))

        stream = PublicHearing.stream_of(public_hearing)
        order = Order(Command.ANNOUNCE_HEARING, deed, public_hearing, data, stream, expected_version)
        return self.carry_out(order, decide)

    def _on_hearing(
        self,
        command: Command,
        deed: Deed,
        public_hearing: str,
        data: Data,
        decide: Callable[[Desk, PublicHearing], None],
        *,
        expected_version: int | None,
    ) -> Receipt:
        def decide_on_it(desk: Desk) -> None:
            desk.entitle()
            file = desk.open(PublicHearing, public_hearing)
            if not file.exists:
                raise refuse(ParticipationRefusal.PUBLIC_HEARING_UNKNOWN, public_hearing=public_hearing)
            desk.require_reach(file.unit)
            decide(desk, file)

        stream = PublicHearing.stream_of(public_hearing)
        whole = {"public_hearing": public_hearing, **data}
        return self.carry_out(Order(command, deed, public_hearing, whole, stream, expected_version), decide_on_it)

    def hold_hearing(
        self,
        deed: Deed,
        *,
        public_hearing: str,
        attendance: Sequence[Mapping[str, Any]],
        minutes: Mapping[str, Any],
        expected_version: int | None = None,
    ) -> Receipt:
        """Record that a hearing was held: who came, by ``category`` and ``number``, and the stored minutes.

        A hearing for a major decision counts there as participation.
        """
        data: Data = {"attendance": attendance, "minutes": minutes}

        def decide(desk: Desk, file: PublicHearing) -> None:
            file.hold(desk.deed, **data)
            self.require_stored([fields.content(minutes, "minutes")])
            _count_as_participation(desk, file, people(headcounts(attendance, "attendance")))

        command = Command.HOLD_HEARING
        return self._on_hearing(command, deed, public_hearing, data, decide, expected_version=expected_version)

    def publish_hearing_report(
        self,
        deed: Deed,
        *,
        public_hearing: str,
        item: str,
        channels: Sequence[str],
        column: str | None = None,
        content: Mapping[str, Any] | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Publish the report on a hearing that was held; it passes the gate of ``publish_information`` here."""
        data: Data = {"item": item, "channels": channels, "column": column, "content": content}

        def decide(desk: Desk, file: PublicHearing) -> None:
            file.refuse_no_report()
            shown = self._put_out(desk, Outgoing(item, channels, column, content))
            file.report(desk.deed, item=item, publication=shown.publication, sha256=shown.sha256)

        command = Command.PUBLISH_HEARING_REPORT
        return self._on_hearing(command, deed, public_hearing, data, decide, expected_version=expected_version)

    # ── attendance at meetings ────────────────────────────────────────────────────────────────────

    def adopt_attendance_system(
        self,
        deed: Deed,
        *,
        title: str,
        adopted_on: str | date,
        document_number: str | None = None,
        item: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Record the district's rules on attendance from outside; the first were due by 2017-12-31."""
        data: Data = {"title": title, "adopted_on": adopted_on, "document_number": document_number, "item": item}

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_reach(None)
            if item is not None:
                desk.document_read(item)
            desk.open(AttendanceSystem, DISTRICT).adopt(desk.deed, **data)

        stream = AttendanceSystem.stream_of(DISTRICT)
        order = Order(Command.ADOPT_ATTENDANCE_SYSTEM, deed, item or DISTRICT, data, stream, expected_version)
        return self.carry_out(order, decide)

    def invite_attendee(
        self,
        deed: Deed,
        *,
        meeting: str,
        unit: str,
        title: str,
        held_on: str | date,
        invited: Sequence[Mapping[str, Any]],
        agenda: Sequence[str] = (),
        expected_version: int | None = None,
    ) -> Receipt:
        """Invite people from outside to a unit's meeting, by ``category`` and ``number``; ``agenda`` are decisions."""
        data: Data = {
            "meeting": meeting,
            "unit": unit,
            "title": title,
            "held_on": held_on,
            "invited": invited,
            "agenda": agenda,
        }

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_unit(unit)
            desk.require_reach(unit)
            for decision in fields.codes(agenda, "agenda"):
                known_decision(desk.read(Decision, decision), decision)
            file = desk.open(Meeting, meeting)
            if file.exists:
                desk.require_reach(file.unit)
            file.invite(desk.deed, **data)

        order = Order(Command.INVITE_ATTENDEE, deed, meeting, data, Meeting.stream_of(meeting), expected_version)
        return self.carry_out(order, decide)

    def record_attendance(
        self,
        deed: Deed,
        *,
        meeting: str,
        attendance: Sequence[Mapping[str, Any]],
        note: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Record who came to a meeting; an invited category of which nobody came is written with 0."""
        data: Data = {"attendance": attendance, "note": note}

        def decide(desk: Desk) -> None:
            desk.entitle()
            file = desk.open(Meeting, meeting)
            if not file.exists:
                raise refuse(ParticipationRefusal.MEETING_UNKNOWN, meeting=meeting)
            desk.require_reach(file.unit)
            file.record_attendance(desk.deed, **data)

        whole = {"meeting": meeting, **data}
        order = Order(Command.RECORD_ATTENDANCE, deed, meeting, whole, Meeting.stream_of(meeting), expected_version)
        return self.carry_out(order, decide)


def _count_as_participation(desk: Desk, hearing: PublicHearing, participants: int) -> None:
    """Enter the hearing into the file of the decision it was held for, if that is still to be taken."""
    if hearing.decision is None or participants == 0:
        return
    decision = desk.open(Decision, hearing.decision)
    if decision.taken_at is None:
        decision.record_participation(
            desk.deed,
            mode=str(ParticipationMethod.HEARING),
            held_on=desk.deed.day,
            participants=participants,
            summary=hearing.title,
            source=hearing.stream,
        )
