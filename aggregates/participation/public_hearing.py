"""A hearing (听证): announced with its papers sent in time, held, reported upon, in this order (十二)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from eventsourcing.domain import event

from aggregates import fields
from aggregates.base import Record
from aggregates.deed import Deed
from aggregates.participation.headcount import Headcount, headcounts
from aggregates.participation.refusals import ParticipationRefusal
from aggregates.participation.terms import ParticipationFlag
from aggregates.refusal import RefusalCode, refuse
from aggregates.ruleset import Rules

ANNOUNCED, HELD, REPORTED = ("已公告", "announced"), ("已举行", "held"), ("已公布报告", "reported")


class PublicHearing(Record):
    """One hearing; its stream is ``public_hearing/<number>``."""

    TOPIC = "public_hearing"
    STREAM = "public_hearing"
    IDENTIFIER = "public_hearing"

    class Announced(Record.Event):
        """Subject, day and place are before the public, and the papers are with the participants (听证公告)."""

        TOPIC = "public_hearing.announced/1"
        public_hearing: str
        major_decision: str | None
        unit: str
        title: str
        item: str
        publication: str
        held_on: str
        place: str
        documents: list[fields.Content]
        documents_on: str

    class Held(Record.Event):
        """Those who came were heard, and it was written down (听证举行)."""

        TOPIC = "public_hearing.held/1"
        public_hearing: str
        attendance: list[Headcount]
        minutes: fields.Content
        flags: list[str]

    class ReportPublished(Record.Event):
        """What the hearing came to is before the public (听证报告公布)."""

        TOPIC = "public_hearing.report_published/1"
        public_hearing: str
        item: str
        publication: str
        content_sha256: str

    def __init__(self) -> None:
        self.public_hearing = ""
        self.unit = ""
        self.title = ""
        self.decision: str | None = None
        self.held_on = ""
        self.state = ANNOUNCED

    def announce(
        self,
        deed: Deed,
        rules: Rules,
        *,
        public_hearing: str,
        unit: str,
        title: str,
        item: str,
        publication: str,
        held_on: str | date,
        place: str,
        documents: Iterable[Mapping[str, Any]],
        documents_on: str | date | None = None,
        decision: str | None = None,
    ) -> None:
        """Announce it; the papers must be with the participants some days before (L19)."""
        if self.exists:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=self.stream)
        day = fields.day(held_on, "held_on")
        delivered = deed.day if documents_on is None else fields.day(documents_on, "documents_on")
        papers = fields.contents(documents, "documents")
        if not papers:
            raise fields.invalid("documents", "至少一份", "it must name at least one")
        _refuse_late_papers(rules, public_hearing, day, delivered)
        self.write(
            self.Announced,
            deed,
            public_hearing=fields.code(public_hearing, "public_hearing"),
            major_decision=fields.optional_code(decision, "decision"),
            unit=fields.code(unit, "unit"),
            title=fields.text(title, "title"),
            item=fields.code(item, "item"),
            publication=publication,
            held_on=day,
            place=fields.text(place, "place"),
            documents=papers,
            documents_on=delivered,
        )

    @event(Announced)
    def _announced(
        self, *, public_hearing: str, unit: str, title: str, major_decision: str | None, held_on: str
    ) -> None:
        self.public_hearing = public_hearing
        self.unit = unit
        self.title = title
        self.decision = major_decision
        self.held_on = held_on

    def hold(self, deed: Deed, *, attendance: Iterable[Mapping[str, Any]], minutes: Mapping[str, Any]) -> None:
        """Record that it was held: not before the announced day, once, with its minutes."""
        self.refuse_back_dating(deed)
        if self.state != ANNOUNCED:
            raise self._out_of_order()
        if deed.day < self.held_on:
            raise self._out_of_order(f"定于{self.held_on}举行", f"it is announced for {self.held_on}")
        postponed = [str(ParticipationFlag.HEARING_POSTPONED)] if deed.day > self.held_on else []
        self.write(
            self.Held,
            deed,
            public_hearing=self.public_hearing,
            attendance=headcounts(attendance, "attendance"),
            minutes=fields.content(minutes, "minutes"),
            flags=postponed,
        )

    @event(Held)
    def _held(self) -> None:
        self.state = HELD

    def refuse_no_report(self) -> None:
        """Refuse a report on a hearing that was not held, or that has one."""
        if self.state != HELD:
            raise self._out_of_order()

    def report(self, deed: Deed, *, item: str, publication: str, sha256: str) -> None:
        """Note that its report has gone out, in this very command."""
        self.refuse_back_dating(deed)
        self.write(
            self.ReportPublished,
            deed,
            public_hearing=self.public_hearing,
            item=item,
            publication=publication,
            content_sha256=sha256,
        )

    @event(ReportPublished)
    def _report_published(self) -> None:
        self.state = REPORTED

    def _out_of_order(self, found_zh: str = "", found: str = "") -> Exception:
        return refuse(
            ParticipationRefusal.HEARING_OUT_OF_ORDER,
            public_hearing=self.public_hearing,
            found_zh=found_zh or self.state[0],
            found=found or self.state[1],
        )


def _refuse_late_papers(rules: Rules, public_hearing: str, held_on: str, documents_on: str) -> None:
    least = rules.number("hearing_documents_days")
    if (date.fromisoformat(held_on) - date.fromisoformat(documents_on)).days < least:
        raise refuse(
            ParticipationRefusal.HEARING_DOCUMENTS_LATE,
            public_hearing=public_hearing,
            held_on=held_on,
            documents_on=documents_on,
            least=least,
        )
