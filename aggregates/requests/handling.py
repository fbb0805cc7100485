"""While a request is in hand: consultations, extension, reasons, delay, searches, fees (条例第三十二条至第三十五条)."""

from collections.abc import Iterable
from datetime import date, timedelta

from aggregates import fields
from aggregates.deed import Deed
from aggregates.refusal import refuse
from aggregates.requests import clock
from aggregates.requests.clock import THIRD_PARTY, Consultation
from aggregates.requests.fees import fee
from aggregates.requests.intake import day_of_act
from aggregates.requests.request_facts import AWAITING_PAYMENT, RUNNING, RequestFacts
from aggregates.requests.words import RequestRefusal
from aggregates.requests.words_lists import FeeScale, Opinion, ReasonsConclusion, RequestFlag
from aggregates.ruleset import Rules
from aggregates.vocabulary import Post
from aggregates.working_days import WorkingCalendar

HEADS = frozenset({Post.DEPUTY_IN_CHARGE, Post.PRINCIPAL})
"""Who heads a unit's disclosure work and so can approve an extension."""


class HandlingRules(RequestFacts):
    """Decisions while the clock runs or stands still."""

    # ── consultations ─────────────────────────────────────────────────────────────────────────────

    def consult(
        self,
        deed: Deed,
        kind: str,
        *,
        consulted: str,
        calendar: WorkingCalendar,
        letter_received_on: str | date | None = None,
        sent_on: str | date | None = None,
        answer_by: str | date | None = None,
    ) -> None:
        """Ask a third party or a co-producing organ in writing; the clock stops from the day the letter is sent.

        ``consulted`` says who by name of an organisation or by role, never by a person's name.  ``answer_by``
        is the day the letter names where the regulation sets no number of days.
        """
        self.refuse_unless(RUNNING)
        self.refuse_back_dating(deed)
        rules = self.clock.rules
        limit_days = rules.third_party_days if kind == THIRD_PARTY else rules.co_producer_days
        letter = day_of_act(deed, letter_received_on, "letter_received_on")
        sent = letter if sent_on is None else day_of_act(deed, sent_on, "sent_on")
        if sent > letter:
            raise fields.invalid("sent_on", "晚于对方收到之日", "it lies after the day the letter was received")
        asked = Consultation(
            len(self.clock.consultations) + 1,
            kind,
            sent,
            letter,
            limit_days,
            None if limit_days is not None else fields.day(answer_by, "answer_by"),
        )
        limit = asked.limit(calendar)
        self.write(
            self.ThirdPartyConsulted if kind == THIRD_PARTY else self.CoProducerConsulted,
            deed,
            request=self.request,
            consultation=asked.number,
            consulted=fields.text(consulted, "consulted"),
            sent_on=asked.sent_on,
            letter_received_on=asked.letter_received_on,
            limit_days=asked.limit_days,
            answer_by=asked.answer_by,
            limit_on=None if limit is None else limit.isoformat(),
        )

    def receive_opinion(
        self,
        deed: Deed,
        kind: str,
        *,
        opinion: str,
        calendar: WorkingCalendar,
        reasons: str | None = None,
        received_on: str | date | None = None,
        consultation: int | None = None,
    ) -> None:
        """Write down an opinion; the clock resumes.  One that came late is taken, and flagged."""
        self.refuse_unless(RUNNING)
        self.refuse_back_dating(deed)
        asked = self._open_consultation(kind, consultation)
        came = day_of_act(deed, received_on, "received_on")
        if came < asked.letter_received_on:
            raise fields.invalid("received_on", "早于对方收到征求意见书之日", "it lies before the letter was received")
        opinion = fields.term(Opinion, opinion, "opinion")
        limit = asked.limit(calendar)
        answered = self.clock.answered(consultation=asked.number, received_on=came, consultation_opinion=opinion)
        self.write(
            self.ThirdPartyOpinionReceived if kind == THIRD_PARTY else self.CoProducerOpinionReceived,
            deed,
            request=self.request,
            consultation=asked.number,
            consultation_opinion=opinion,
            reasons=fields.optional_text(reasons, "reasons", longest=fields.LONG),
            received_on=came,
            due_on=clock.deadline(answered, calendar).text,
            flags=[str(RequestFlag.OPINION_LATE)] if limit is not None and came > limit.isoformat() else [],
        )

    def record_silence(
        self, deed: Deed, kind: str, *, calendar: WorkingCalendar, consultation: int | None = None
    ) -> None:
        """Write down that no opinion came: the organ decides itself, or takes the co-producer to consent."""
        self.refuse_unless(RUNNING)
        self.refuse_back_dating(deed)
        asked = self._open_consultation(kind, consultation)
        limit = asked.limit(calendar)
        if limit is None:
            raise refuse(RequestRefusal.CALENDAR_NOT_ADOPTED, request=self.request, since=asked.letter_received_on)
        if deed.day <= limit.isoformat():
            raise refuse(RequestRefusal.CONSULTATION_PERIOD_OPEN, request=self.request, limit_on=limit.isoformat())
        self.write(
            self.ThirdPartySilent if kind == THIRD_PARTY else self.CoProducerDeemedConsenting,
            deed,
            request=self.request,
            consultation=asked.number,
            limit_on=limit.isoformat(),
            due_on=clock.deadline(self.clock.silent(consultation=asked.number), calendar).text,
        )

    def _open_consultation(self, kind: str, number: int | None) -> Consultation:
        for asked in self.consultations(kind):
            if asked.is_open and number in {None, asked.number}:
                return asked
        raise refuse(RequestRefusal.CONSULTATION_NOT_OPEN, request=self.request)

    # ── extension (延期) ──────────────────────────────────────────────────────────────────────────

    def approve_extension(self, deed: Deed, *, working_days: int, reason: str, calendar: WorkingCalendar) -> None:
        """Agree to a longer period, in time and once; the table of rights lets only the heads of a unit do it."""
        self.refuse_unless(RUNNING)
        self.refuse_back_dating(deed)
        self._refuse_extension_out_of_time(deed.day, calendar)
        self.write(
            self.ExtensionApproved,
            deed,
            request=self.request,
            working_days=fields.number(working_days, "working_days", most=self.clock.rules.extension_days),
            reason=fields.text(reason, "reason", longest=fields.LONG),
            approver=deed.officer,
        )

    def extend(
        self,
        deed: Deed,
        *,
        calendar: WorkingCalendar,
        working_days: int | None = None,
        reason: str | None = None,
        applicant_told_on: str | date | None = None,
    ) -> None:
        """Put an approved extension into force by telling the applicant.

        The head approves and tells at once by naming days and reason; anybody else needs the head's
        approval on the record.
        """
        if deed.actor.post in HEADS and self.approved_extension is None:
            days = self.clock.rules.extension_days if working_days is None else working_days
            self._refuse_untold(applicant_told_on)
            self.approve_extension(deed, working_days=days, reason=str(reason or ""), calendar=calendar)
        self.refuse_unless(RUNNING)
        self.refuse_back_dating(deed)
        if self.approved_extension is None or self.extension_approver is None:
            raise refuse(RequestRefusal.EXTENSION_NOT_APPROVED, request=self.request, officer=deed.officer)
        if working_days not in {None, self.approved_extension}:
            raise fields.invalid(
                "working_days", f"批准的是{self.approved_extension}个工作日", f"{self.approved_extension} were approved"
            )
        self._refuse_untold(applicant_told_on)
        told_on = day_of_act(deed, applicant_told_on, "applicant_told_on")
        self._refuse_extension_out_of_time(told_on, calendar)
        self.write(
            self.DeadlineExtended,
            deed,
            request=self.request,
            working_days=self.approved_extension,
            approver=self.extension_approver,
            applicant_told_on=told_on,
            due_before=clock.deadline(self.clock, calendar).text,
            due_on=clock.deadline(self.clock.extended(working_days=self.approved_extension), calendar).text,
        )

    def _refuse_untold(self, applicant_told_on: str | date | None) -> None:
        if applicant_told_on is None:
            raise refuse(RequestRefusal.EXTENSION_NOT_TOLD, request=self.request)

    def _refuse_extension_out_of_time(self, day: str, calendar: WorkingCalendar) -> None:
        if self.clock.extension_days:
            raise refuse(RequestRefusal.EXTENDED_BEFORE, request=self.request, working_days=self.clock.extension_days)
        due_on = clock.deadline(self.clock, calendar).text
        if due_on is not None and day > due_on:
            raise refuse(RequestRefusal.EXTENSION_TOO_LATE, request=self.request, due_on=due_on)

    # ── excessive requests: reasons, delay (条例第三十五条) ───────────────────────────────────────

    def request_reasons(self, deed: Deed, *, reason: str) -> None:
        """Ask for reasons; ``reason`` says what makes number or frequency exceed what is reasonable."""
        self.refuse_unless(RUNNING)
        self.refuse_back_dating(deed)
        self.write(
            self.ReasonsRequested,
            deed,
            request=self.request,
            reason=fields.text(reason, "reason", longest=fields.LONG),
        )

    def receive_reasons(self, deed: Deed, *, conclusion: str, reason: str) -> None:
        """Write down what the organ makes of the reasons, never the reasons themselves, which are the applicant's."""
        self.refuse_unless(RUNNING)
        self.refuse_back_dating(deed)
        if not self.reasons_requested:
            raise refuse(RequestRefusal.REASONS_NOT_REQUESTED, request=self.request)
        self.write(
            self.ReasonsReceived,
            deed,
            request=self.request,
            conclusion=fields.term(ReasonsConclusion, conclusion, "conclusion"),
            reason=fields.text(reason, "reason", longest=fields.LONG),
        )

    def delay_reply(
        self,
        deed: Deed,
        *,
        until: str | date,
        reason: str,
        calendar: WorkingCalendar,
        applicant_told_on: str | date | None = None,
    ) -> None:
        """Set a reasonable later day; only where the reasons were found good, and told to the applicant."""
        self.refuse_unless(RUNNING)
        self.refuse_back_dating(deed)
        if self.reasons != ReasonsConclusion.REASONABLE:
            raise refuse(RequestRefusal.REASONS_NOT_REASONABLE, request=self.request)
        due_before = clock.deadline(self.clock, calendar).text
        later = fields.day(until, "until")
        if later <= (due_before or deed.day):
            raise fields.invalid("until", "须晚于原答复期限", "it must lie after the day the reply is due already")
        self.write(
            self.ReplyDelayed,
            deed,
            request=self.request,
            until=later,
            reason=fields.text(reason, "reason", longest=fields.LONG),
            applicant_told_on=day_of_act(deed, applicant_told_on, "applicant_told_on"),
            due_before=due_before,
            due_on=later,
        )

    # ── search (检索) ─────────────────────────────────────────────────────────────────────────────

    def conduct_search(
        self, deed: Deed, *, places: Iterable[str], terms: Iterable[str], found: bool, result: str
    ) -> None:
        """Write down a search: where, for what, what came of it; the officer who acts is who searched."""
        self.refuse_unless(RUNNING)
        self.refuse_back_dating(deed)
        searched, sought = fields.texts(places, "places"), fields.texts(terms, "terms")
        if not searched or not sought:
            raise fields.invalid("places", "须写明检索范围和检索词", "say where and for what was searched")
        self.write(
            self.SearchConducted,
            deed,
            request=self.request,
            officer=deed.officer,
            places=searched,
            terms=sought,
            information_found=found,
            result=fields.text(result, "result", longest=fields.LONG),
        )

    # ── fees (国办函〔2020〕109号) ────────────────────────────────────────────────────────────────

    def issue_fee_notice(self, deed: Deed, *, scale: str, quantity: int, rules: Rules) -> None:
        """Tell the applicant the fee by one scale; the amount is the scale's, and nothing else."""
        self.refuse_unless(RUNNING, AWAITING_PAYMENT)
        self.refuse_back_dating(deed)
        scale = fields.term(FeeScale, scale, "scale")
        if self.fee is not None:
            raise refuse(RequestRefusal.FEE_NOTICE_ISSUED_BEFORE, request=self.request, scale=self.fee.scale)
        amount = fee(scale, fields.number(quantity, "quantity", most=1_000_000))
        if amount == 0 or not self.clock.rules.has_fee_scales:
            raise refuse(RequestRefusal.NO_FEE_DUE, request=self.request, quantity=quantity)
        pay_by = date.fromisoformat(deed.day) + timedelta(days=rules.number("fee_payment_days"))
        self.write(
            self.FeeNoticeIssued,
            deed,
            request=self.request,
            scale=scale,
            quantity=quantity,
            amount=amount,
            notified_on=deed.day,
            pay_by=pay_by.isoformat(),
        )

    def record_fee_paid(
        self, deed: Deed, *, amount: int, calendar: WorkingCalendar, paid_on: str | date | None = None
    ) -> None:
        """Write down the payment, exactly what the notice asked; the period is counted anew."""
        self.refuse_unless(AWAITING_PAYMENT)
        self.refuse_back_dating(deed)
        assert self.fee is not None, "a fee that is awaited has its notice"
        if fields.number(amount, "amount") != self.fee.amount:
            raise refuse(
                RequestRefusal.FEE_AMOUNT_DIFFERS, request=self.request, amount=amount, expected=self.fee.amount
            )
        paid = day_of_act(deed, paid_on, "paid_on")
        due_on = clock.deadline(self.clock.paid(paid_on=paid), calendar).text
        self.write(self.FeePaid, deed, request=self.request, amount=amount, paid_on=paid, due_on=due_on)
