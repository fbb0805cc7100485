"""How a request ends: the reply, an ending without one, service, and the remedies after it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from aggregates import fields
from aggregates.deed import Deed
from aggregates.refusal import refuse
from aggregates.requests import clock
from aggregates.requests.clock import THIRD_PARTY, Timeliness
from aggregates.requests.intake import day_of_act
from aggregates.requests.replies import DISCLOSING, WITHHOLDING, row_of
from aggregates.requests.request_facts import (
    ARRIVED,
    AWAITING_CORRECTION,
    AWAITING_PAYMENT,
    REPLIED,
    RUNNING,
    RequestFacts,
)
from aggregates.requests.words import RequestRefusal
from aggregates.requests.words_lists import (
    ReasonsConclusion,
    RemedyResult,
    ReplyKind,
    ReplyPart,
    RequestClosing,
    RequestFlag,
)
from aggregates.ruleset import Rules
from aggregates.working_days import WorkingCalendar

RECONSIDERATION_FIRST_FROM = "2024-01-01"
"""Since then a refusal of disclosure goes to reconsideration before it goes to court (行政复议法(2023)第二十三条)."""
ORDER_DAYS = 20
"""法释〔2025〕8号 art. 11: working days to carry out a judgment, where it names no other number."""


class AnswerRules(RequestFacts):
    """Decisions on the end of a request."""

    def reply(
        self,
        deed: Deed,
        *,
        kind: str,
        parts: Mapping[str, Any],
        calendar: WorkingCalendar,
        rules: Rules,
        original: RequestFacts | None = None,
        overriding_reason: str | None = None,
        content: Mapping[str, Any] | None = None,
        item: str | None = None,
    ) -> None:
        """Answer the request.  A late answer is never refused: it is recorded, and flagged.

        ``parts`` are the parts every reply states, by field; ``original`` is the request that a duplicate
        repeats; ``overriding_reason`` why it is disclosed although a third party objected.
        """
        in_execution = self.state == REPLIED and self.is_to_be_replied_anew
        if not in_execution:
            self.refuse_unless(RUNNING, AWAITING_CORRECTION)
        self.refuse_back_dating(deed)
        kind = fields.term(ReplyKind, kind, "kind")
        self._refuse_unfounded(kind, original)
        if kind in DISCLOSING:
            self._refuse_over_third_party(overriding_reason)
        stated = _stated_parts(parts)
        flags = self._missing_parts(stated, rules)
        due_on, timing = self._timing(deed.day, calendar)
        if timing.late_by is None:
            flags.append(str(RequestFlag.DUE_UNKNOWN))
        elif timing.late_by or (due_on is not None and deed.day > due_on):
            flags.append(str(RequestFlag.OVERDUE))
        self.write(
            self.Replied,
            deed,
            request=self.request,
            kind=kind,
            row=row_of(kind),
            **stated,
            reconsideration_first=kind in WITHHOLDING and deed.day >= RECONSIDERATION_FIRST_FROM,
            content=None if content is None else fields.content(content, "content"),
            duplicate_of=None if original is None else original.request,
            overriding_reason=fields.optional_text(overriding_reason, "overriding_reason", longest=fields.LONG),
            item=fields.optional_code(item, "item"),
            replied_on=deed.day,
            due_on=due_on,
            working_days_used=timing.working_days_used,
            late_by=timing.late_by,
            in_execution=in_execution,
            flags=flags,
        )

    def _refuse_unfounded(self, kind: str, original: RequestFacts | None) -> None:
        """Refuse a reply for which something must be on the record first."""
        match kind:
            case ReplyKind.DOES_NOT_EXIST if not self.searches:
                # 法释〔2025〕8号 art. 5: that a reasonable search was made is for the organ to prove.
                raise refuse(RequestRefusal.SEARCH_NOT_CONDUCTED, request=self.request)
            case ReplyKind.STILL_UNCLEAR if not self.was_corrected:
                raise refuse(RequestRefusal.CORRECTION_NOT_RECEIVED, request=self.request)
            case ReplyKind.EXCESSIVE if self.reasons in {None, ReasonsConclusion.REASONABLE}:
                raise refuse(RequestRefusal.REASONS_NOT_EXAMINED, request=self.request)
            case ReplyKind.DUPLICATE if original is None or original.replied_on is None or original is self:
                raise refuse(
                    RequestRefusal.ORIGINAL_NOT_REPLIED,
                    request=self.request,
                    original="—" if original is None else original.request,
                )

    def _refuse_over_third_party(self, overriding_reason: str | None) -> None:
        """Refuse to disclose while a third party may still speak, or over its objection without a reason."""
        if any(asked.is_open for asked in self.consultations(THIRD_PARTY)):
            raise refuse(RequestRefusal.CONSULTATION_PENDING, request=self.request)
        if self.has_objection(THIRD_PARTY) and overriding_reason is None:
            raise refuse(RequestRefusal.THIRD_PARTY_OBJECTED, request=self.request)

    def _missing_parts(self, stated: Mapping[str, Any], rules: Rules) -> list[str]:
        missing = [part for part, field in _PART_FIELDS.items() if not stated[field]]
        if missing and rules.refuses("reply_part_missing"):
            raise refuse(
                RequestRefusal.REPLY_PART_MISSING,
                request=self.request,
                missing=", ".join(missing),
                missing_zh="、".join(part.zh for part in missing),
            )
        return [str(RequestFlag.REPLY_PART_MISSING)] if missing else []

    def _timing(self, day: str, calendar: WorkingCalendar) -> tuple[str | None, Timeliness]:
        """Until when the reply was due and how it stands to that: by the request's clock, or by the court's."""
        replied_on = date.fromisoformat(day)
        if self.state != REPLIED:
            return clock.deadline(self.clock, calendar).text, clock.timeliness(self.clock, replied_on, calendar)
        if self.order is None:
            return None, Timeliness(None, 0)
        effective_on = date.fromisoformat(self.order.effective_on)
        due_on = calendar.add_working_days(effective_on, self.order.working_days)
        used = calendar.working_days_between(effective_on, replied_on)
        late_by = None if due_on is None else calendar.working_days_between(due_on, replied_on)
        return (None if due_on is None else due_on.isoformat()), Timeliness(used, late_by)

    # ── endings without a reply ───────────────────────────────────────────────────────────────────

    def abandon(self, deed: Deed) -> None:
        """Close a request that was not corrected in time, and for no good reason (条例第三十条)."""
        self.refuse_unless(AWAITING_CORRECTION)
        self.refuse_back_dating(deed)
        assert self.correct_by is not None, "a correction that is awaited has a last day"
        if deed.day <= self.correct_by:
            raise refuse(RequestRefusal.CORRECTION_PERIOD_OPEN, request=self.request, correct_by=self.correct_by)
        self._close(deed, RequestClosing.ABANDONED, self.correct_by, None)

    def record_fee_not_paid(self, deed: Deed) -> None:
        """Close a request whose fee was not paid in time."""
        self.refuse_unless(AWAITING_PAYMENT)
        self.refuse_back_dating(deed)
        assert self.fee is not None, "a fee that is awaited has its notice"
        if deed.day <= self.fee.pay_by:
            raise refuse(RequestRefusal.PAYMENT_PERIOD_OPEN, request=self.request, pay_by=self.fee.pay_by)
        self._close(deed, RequestClosing.FEE_NOT_PAID, self.fee.pay_by, None)

    def withdraw(self, deed: Deed, *, reason: str) -> None:
        """Close a request that its applicant took back."""
        self.refuse_unless(ARRIVED, RUNNING, AWAITING_CORRECTION, AWAITING_PAYMENT)
        self.refuse_back_dating(deed)
        self._close(deed, RequestClosing.WITHDRAWN, None, fields.text(reason, "reason", longest=fields.LONG))

    def _close(self, deed: Deed, closing: RequestClosing, limit_on: str | None, reason: str | None) -> None:
        self.write(
            self.Closed,
            deed,
            request=self.request,
            closing=str(closing),
            row=row_of(closing),
            limit_on=limit_on,
            reason=reason,
            closed_on=deed.day,
        )

    # ── service and remedies ──────────────────────────────────────────────────────────────────────

    def serve(self, deed: Deed, *, way: str, served_on: str | date | None = None) -> None:
        """Write down how and when the applicant received the reply."""
        self.refuse_unless(REPLIED)
        self.refuse_back_dating(deed)
        served = day_of_act(deed, served_on, "served_on")
        self.write(self.ReplyServed, deed, request=self.request, way=fields.text(way, "way"), served_on=served)

    def file_reconsideration(
        self, deed: Deed, *, organ: str, number: str | None = None, filed_on: str | date | None = None
    ) -> None:
        """Write down that the applicant asked for reconsideration; also of a request left unanswered."""
        self._refuse_not_begun(deed)
        self.write(
            self.ReconsiderationFiled,
            deed,
            request=self.request,
            organ=fields.text(organ, "organ"),
            number=fields.optional_text(number, "number"),
            filed_on=day_of_act(deed, filed_on, "filed_on"),
        )

    def decide_reconsideration(
        self, deed: Deed, *, result: str, number: str | None = None, decided_on: str | date | None = None
    ) -> None:
        """Write down what the reconsideration came to."""
        self.refuse_back_dating(deed)
        if self.reconsideration is None or self.reconsideration in list(RemedyResult):
            raise refuse(RequestRefusal.REMEDY_NOT_OPEN, request=self.request)
        self.write(
            self.ReconsiderationDecided,
            deed,
            request=self.request,
            result=fields.term(RemedyResult, result, "result"),
            number=fields.optional_text(number, "number"),
            decided_on=day_of_act(deed, decided_on, "decided_on"),
        )

    def file_litigation(
        self, deed: Deed, *, court: str, number: str | None = None, filed_on: str | date | None = None
    ) -> None:
        """Write down that the applicant went to court; a case the law sends to reconsideration first is flagged."""
        self._refuse_not_begun(deed)
        after = self.reconsideration in list(RemedyResult)
        skipped = self.reconsideration_first and not after
        self.write(
            self.LitigationFiled,
            deed,
            request=self.request,
            court=fields.text(court, "court"),
            number=fields.optional_text(number, "number"),
            filed_on=day_of_act(deed, filed_on, "filed_on"),
            after_reconsideration=after,
            flags=[str(RequestFlag.RECONSIDERATION_NOT_FIRST)] if skipped else [],
        )

    def judge_litigation(
        self, deed: Deed, *, result: str, number: str | None = None, judged_on: str | date | None = None
    ) -> None:
        """Write down what the court found."""
        self._refuse_no_lawsuit(deed)
        self.write(
            self.LitigationJudged,
            deed,
            request=self.request,
            result=fields.term(RemedyResult, result, "result"),
            number=fields.optional_text(number, "number"),
            judged_on=day_of_act(deed, judged_on, "judged_on"),
        )

    def order_disclosure(
        self,
        deed: Deed,
        *,
        calendar: WorkingCalendar,
        effective_on: str | date | None = None,
        working_days: int = ORDER_DAYS,
        number: str | None = None,
    ) -> None:
        """Write down a court's order to disclose; a new reply is owed within its working days."""
        self._refuse_no_lawsuit(deed)
        self.refuse_unless(REPLIED)
        effective = day_of_act(deed, effective_on, "effective_on")
        days = fields.number(working_days, "working_days", most=365)
        due_on = calendar.add_working_days(date.fromisoformat(effective), days)
        self.write(
            self.DisclosureOrdered,
            deed,
            request=self.request,
            number=fields.optional_text(number, "number"),
            effective_on=effective,
            working_days=days,
            due_on=None if due_on is None else due_on.isoformat(),
        )

    def _refuse_not_begun(self, deed: Deed) -> None:
        self.refuse_back_dating(deed)
        if self.state == ARRIVED:
            self.refuse_unless(RUNNING)

    def _refuse_no_lawsuit(self, deed: Deed) -> None:
        self.refuse_back_dating(deed)
        if self.litigation is None:
            raise refuse(RequestRefusal.REMEDY_NOT_OPEN, request=self.request)


_PART_FIELDS: Mapping[ReplyPart, str] = {
    # The applicant, the organ and the day are the file's own.
    ReplyPart.TITLE: "title",
    ReplyPart.DOCUMENT_NUMBER: "document_number",
    ReplyPart.FACTS: "facts",
    ReplyPart.LEGAL_BASIS: "legal_basis",
    ReplyPart.DECISION: "decision",
    ReplyPart.REMEDIES: "remedies",
    ReplyPart.SEAL: "sealed",
}


def _stated_parts(parts: Mapping[str, Any]) -> dict[str, Any]:
    """The parts as the event has them, checked; which of them may be missing is the ruleset's to say."""
    basis: Iterable[str] = parts.get("legal_basis") or ()
    return {
        "title": fields.optional_text(parts.get("title"), "title"),
        "document_number": fields.optional_text(parts.get("document_number"), "document_number"),
        "facts": fields.optional_text(parts.get("facts"), "facts", longest=fields.LONG),
        "legal_basis": fields.texts(basis, "legal_basis"),
        "decision": fields.optional_text(parts.get("decision"), "decision", longest=fields.LONG),
        "remedies": fields.optional_text(parts.get("remedies"), "remedies", longest=fields.LONG),
        "sealed": bool(parts.get("sealed")),
    }
