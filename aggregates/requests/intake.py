"""From arrival to a request that can be handled: receipt, correction, splitting (条例第二十九条至第三十一条)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from aggregates import fields
from aggregates.deed import CHINA, PUBLIC, Deed
from aggregates.refusal import RefusalCode, refuse
from aggregates.requests import clock
from aggregates.requests.regulation import receipt
from aggregates.requests.request_facts import ARRIVED, AWAITING_CORRECTION, RUNNING, RequestFacts
from aggregates.requests.words import RequestRefusal
from aggregates.requests.words_lists import ApplicantKind, RequestChannel, RequestFlag
from aggregates.ruleset import Rules
from aggregates.working_days import WorkingCalendar
from ledger import instants

PERSONAL_FIELDS = ("applicant_name", "applicant_id", "applicant_contact", "description")
"""What is about the applicant or in the applicant's own words: the entry holds commitments to it."""


class IntakeRules(RequestFacts):
    """Decisions on what came in."""

    def receive(
        self,
        deed: Deed,
        *,
        request: str,
        unit: str,
        channel: str,
        applicant_kind: str,
        commitments: Mapping[str, str],
        calendar: WorkingCalendar,
        rules: Rules,
        subject: str | None = None,
        form: str | None = None,
        arrived_at: datetime | str | None = None,
        confirmed_on: str | date | None = None,
        status_token_sha256: str | None = None,
    ) -> None:
        """Enter a request; the event occurred when it arrived, and states when it was entered.

        The receipt day follows from the way and the regulation; where both sides must confirm and have
        not, the clock waits.
        """
        if self.exists:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=self.stream)
        channel = fields.term(RequestChannel, channel, "channel")
        arrived = _arrival(deed, arrived_at)
        arrived_on = arrived.astimezone(CHINA).date().isoformat()
        confirmed = fields.optional_day(confirmed_on, "confirmed_on")
        _refuse_outside(deed, "confirmed_on", confirmed, arrived_on)
        received_on, regulation = receipt(channel, arrived_on, confirmed)
        facts = clock.ClockFacts().received(regulation=regulation.code, received_on=received_on)
        lag = calendar.working_days_between(date.fromisoformat(arrived_on), date.fromisoformat(deed.day))
        is_late = lag is not None and lag > rules.number("request_entry_days")
        self.write(
            self.Received,
            replace(deed, occurred_at=arrived),
            request=request,
            unit=fields.code(unit, "unit"),
            channel=channel,
            applicant_kind=fields.term(ApplicantKind, applicant_kind, "applicant_kind"),
            subject=fields.optional_text(subject, "subject"),
            form_asked=fields.optional_text(form, "form"),
            arrived_on=arrived_on,
            confirmed_on=confirmed,
            received_on=received_on,
            regulation=regulation.code,
            due_on=clock.deadline(facts, calendar).text,
            entered_at=instants.to_text(deed.occurred_at),
            entry_working_days=lag,
            split_from=None,
            status_token_sha256=None
            if status_token_sha256 is None
            else fields.sha256(status_token_sha256, "status_token_sha256"),
            flags=[str(RequestFlag.LATE_ENTRY)] if is_late else [],
            **{f"{name}_commitment": commitments.get(name) for name in PERSONAL_FIELDS},
        )

    def receive_part(
        self, deed: Deed, *, whole: RequestFacts, request: str, subject: str, calendar: WorkingCalendar
    ) -> None:
        """Enter one matter of a request that is split: received when the whole was, counted as it is."""
        self.write(
            self.Received,
            deed,
            request=request,
            unit=whole.unit,
            channel=whole.channel,
            applicant_kind=whole.applicant_kind,
            subject=fields.text(subject, "subject"),
            form_asked=whole.form,
            arrived_on=whole.arrived_on,
            confirmed_on=None,
            received_on=whole.clock.runs_from,
            regulation=whole.clock.regulation,
            due_on=clock.deadline(
                clock.ClockFacts().received(regulation=whole.clock.regulation, received_on=whole.clock.runs_from),
                calendar,
            ).text,
            entered_at=instants.to_text(deed.occurred_at),
            entry_working_days=None,
            split_from=whole.request,
            status_token_sha256=None,
            flags=[],
            **{f"{name}_commitment": None for name in PERSONAL_FIELDS},
        )

    def confirm_receipt(
        self,
        deed: Deed,
        *,
        calendar: WorkingCalendar,
        confirmed_on: str | date | None = None,
        subject: str | None = None,
    ) -> None:
        """Write down that both sides confirmed; the clock runs from that day."""
        self.refuse_unless(ARRIVED)
        self.refuse_back_dating(deed)
        confirmed = fields.day(deed.day if confirmed_on is None else confirmed_on, "confirmed_on")
        _refuse_outside(deed, "confirmed_on", confirmed, self.arrived_on)
        received_on, regulation = receipt(self.channel, self.arrived_on, confirmed)
        assert received_on is not None, "a confirmed request is received"
        facts = self.clock.received(regulation=regulation.code, received_on=received_on)
        self.write(
            self.ReceiptConfirmed,
            deed,
            request=self.request,
            confirmed_on=confirmed,
            received_on=received_on,
            regulation=regulation.code,
            subject=fields.optional_text(subject, "subject"),
            due_on=clock.deadline(facts, calendar).text,
        )

    def split(self, deed: Deed, *, subject: str, into: Iterable[str]) -> None:
        """Keep one matter here; the others are requests of their own, received when this one was."""
        self.refuse_unless(RUNNING)
        self.refuse_back_dating(deed)
        subject = fields.text(subject, "subject")
        self.write(self.Split, deed, request=self.request, subject=subject, into=list(into))

    def transfer_information(
        self, deed: Deed, *, organ: str, contact: str | None = None, told_on: str | date | None = None
    ) -> None:
        """Write down that the applicant was told which other organ answers for the information."""
        self.refuse_unless(RUNNING, AWAITING_CORRECTION)
        self.refuse_back_dating(deed)
        self.write(
            self.InformationTransferred,
            deed,
            request=self.request,
            organ=fields.text(organ, "organ"),
            contact=fields.optional_text(contact, "contact"),
            told_on=day_of_act(deed, told_on, "told_on"),
        )

    # ── correction (补正) ─────────────────────────────────────────────────────────────────────────

    def request_correction(
        self, deed: Deed, *, items: Iterable[str], correct_by: str | date, calendar: WorkingCalendar, rules: Rules
    ) -> None:
        """Ask the applicant once to correct: what, and by which day.  A late notice is flagged."""
        self.refuse_unless(RUNNING, AWAITING_CORRECTION)
        self.refuse_back_dating(deed)
        if self.correct_by is not None and rules.refuses("second_correction_notice"):
            raise refuse(RequestRefusal.CORRECTION_REQUESTED_BEFORE, request=self.request, correct_by=self.correct_by)
        wanted = fields.texts(items, "items", longest=fields.LONG)
        if not wanted:
            raise fields.invalid("items", "须写明需要补正的事项", "say what is to be corrected")
        last = fields.day(correct_by, "correct_by")
        if last <= deed.day:
            raise fields.invalid("correct_by", "补正期限须晚于告知之日", "it must lie after the day of the notice")
        limit = self._notice_limit(calendar)
        period = calendar.working_days_between(date.fromisoformat(deed.day), date.fromisoformat(last))
        flags = {
            RequestFlag.CORRECTION_NOTICE_LATE: limit is not None and limit < date.fromisoformat(deed.day),
            RequestFlag.CORRECTION_PERIOD_LONG: period is not None and period > rules.number("correction_period_days"),
        }
        self.write(
            self.CorrectionRequested,
            deed,
            request=self.request,
            items=wanted,
            correct_by=last,
            notice_due_on=None if limit is None else limit.isoformat(),
            flags=[str(flag) for flag, holds in flags.items() if holds],
        )

    def _notice_limit(self, calendar: WorkingCalendar) -> date | None:
        days, runs_from = self.clock.rules.correction_notice_days, self.clock.runs_from
        if days is None or runs_from is None:
            return None
        return calendar.add_working_days(date.fromisoformat(runs_from), days)

    def receive_correction(
        self,
        deed: Deed,
        *,
        calendar: WorkingCalendar,
        received_on: str | date | None = None,
        subject: str | None = None,
    ) -> None:
        """Write down the corrected request; the period begins anew.  One that came late is taken, and flagged."""
        self.refuse_unless(AWAITING_CORRECTION)
        self.refuse_back_dating(deed)
        came = day_of_act(deed, received_on, "received_on")
        assert self.correct_by is not None, "a correction that is awaited has a last day"
        self.write(
            self.CorrectionReceived,
            deed,
            request=self.request,
            received_on=came,
            subject=fields.optional_text(subject, "subject"),
            due_on=clock.deadline(self.clock.corrected(received_on=came), calendar).text,
            flags=[str(RequestFlag.CORRECTION_LATE)] if came > self.correct_by else [],
        )


def refuse_form_of_the_public(deed: Deed, given: Mapping[str, Any], personal: Mapping[str, Any]) -> None:
    """Refuse what the public cannot say: it asks over the internet, now, and says who asks for what."""
    if deed.actor != PUBLIC:
        return
    for field in ("request", "arrived_at", "confirmed_on", "subject"):
        if given.get(field) is not None:
            raise fields.invalid(field, "由受理机构填写", "the office fills it in")
    if given.get("channel") != RequestChannel.ONLINE:
        raise fields.invalid("channel", "网上申请的途径只能是online", "a request made here comes online")
    for field in ("applicant_name", "applicant_contact", "description"):
        fields.text(personal.get(field), field, longest=fields.LONG)


def day_of_act(deed: Deed, day: str | date | None, field: str) -> str:
    """The day something happened, the deed's own where none is named; never one to come."""
    named = deed.day if day is None else fields.day(day, field)
    _refuse_outside(deed, field, named, "0001-01-01")
    return named


def _arrival(deed: Deed, arrived_at: datetime | str | None) -> datetime:
    if arrived_at is None:
        return deed.occurred_at
    arrived = instants.from_text(fields.instant(arrived_at, "arrived_at"))
    if arrived > deed.occurred_at:
        raise fields.invalid("arrived_at", "晚于录入时间", "it lies after the time of the entry")
    return arrived


def _refuse_outside(deed: Deed, field: str, day: str | None, earliest: str) -> None:
    if day is not None and not earliest <= day <= deed.day:
        raise fields.invalid(
            field, f"须在{earliest}至{deed.day}之间", f"it must lie from {earliest} to {deed.day}, the day of the act"
        )
