"""What is written in a request's file, event by event (依申请公开办理登记).

Whatever is about a person is a commitment; the value is elsewhere and can be erased.  Whatever sets or
moves the clock states the facts it is counted from; ``due_on`` is what was counted then, and told.
"""

from aggregates.base import LedgerEvent
from aggregates.fields import Content


class IntakeEvents:
    """From arrival to a request that can be handled."""

    class Received(LedgerEvent):
        """A request came (申请收到); it occurred when it arrived, also where it was entered later."""

        TOPIC = "request.received/1"
        request: str
        unit: str
        channel: str
        applicant_kind: str
        subject: str | None
        form_asked: str | None
        arrived_on: str
        confirmed_on: str | None
        received_on: str | None
        regulation: str
        due_on: str | None
        entered_at: str
        entry_working_days: int | None
        split_from: str | None
        applicant_name_commitment: str | None
        applicant_id_commitment: str | None
        applicant_contact_commitment: str | None
        description_commitment: str | None
        status_token_sha256: str | None
        flags: list[str]

    class ReceiptConfirmed(LedgerEvent):
        """Both sides confirmed: from this day the request is received (收到确认)."""

        TOPIC = "request.receipt_confirmed/1"
        request: str
        confirmed_on: str
        received_on: str
        regulation: str
        subject: str | None
        due_on: str | None

    class Split(LedgerEvent):
        """Several matters in one request are handled as several requests (一事一申请)."""

        TOPIC = "request.split/1"
        request: str
        subject: str
        into: list[str]

    class InformationTransferred(LedgerEvent):
        """The applicant was told which other organ to ask, or the matter was passed to it (告知其他机关)."""

        TOPIC = "request.information_transferred/1"
        request: str
        organ: str
        contact: str | None
        told_on: str

    class CorrectionRequested(LedgerEvent):
        """The applicant was asked, once, to correct; what and by when (补正告知)."""

        TOPIC = "request.correction_requested/1"
        request: str
        items: list[str]
        correct_by: str
        notice_due_on: str | None
        flags: list[str]

    class CorrectionReceived(LedgerEvent):
        """The corrected request came: the period begins anew (补正收到)."""

        TOPIC = "request.correction_received/1"
        request: str
        received_on: str
        subject: str | None
        due_on: str | None
        flags: list[str]


class HandlingEvents:
    """What happens while the clock runs or stands still."""

    class ThirdPartyConsulted(LedgerEvent):
        """A third party was asked in writing; the clock stops (征求第三方意见)."""

        TOPIC = "request.third_party_consulted/1"
        request: str
        consultation: int
        consulted: str
        sent_on: str
        letter_received_on: str
        limit_days: int | None
        answer_by: str | None
        limit_on: str | None

    class ThirdPartyOpinionReceived(LedgerEvent):
        """The third party answered; the clock resumes (第三方意见)."""

        TOPIC = "request.third_party_opinion_received/1"
        request: str
        consultation: int
        consultation_opinion: str
        reasons: str | None
        received_on: str
        due_on: str | None
        flags: list[str]

    class ThirdPartySilent(LedgerEvent):
        """The third party did not answer in time: the organ decides itself (第三方逾期未提出意见)."""

        TOPIC = "request.third_party_silent/1"
        request: str
        consultation: int
        limit_on: str
        due_on: str | None

    class CoProducerConsulted(LedgerEvent):
        """An organ that made the information too was asked; the clock stops (征求共同制作机关意见)."""

        TOPIC = "request.co_producer_consulted/1"
        request: str
        consultation: int
        consulted: str
        sent_on: str
        letter_received_on: str
        limit_days: int | None
        answer_by: str | None
        limit_on: str | None

    class CoProducerOpinionReceived(LedgerEvent):
        """The co-producing organ answered; the clock resumes (共同制作机关意见)."""

        TOPIC = "request.co_producer_opinion_received/1"
        request: str
        consultation: int
        consultation_opinion: str
        reasons: str | None
        received_on: str
        due_on: str | None
        flags: list[str]

    class CoProducerDeemedConsenting(LedgerEvent):
        """The co-producing organ did not answer in time: it is taken to consent (视为同意公开)."""

        TOPIC = "request.co_producer_deemed_consenting/1"
        request: str
        consultation: int
        limit_on: str
        due_on: str | None

    class ExtensionApproved(LedgerEvent):
        """The head of the disclosure office agreed to a longer period (延期批准)."""

        TOPIC = "request.extension_approved/1"
        request: str
        working_days: int
        reason: str
        approver: str

    class DeadlineExtended(LedgerEvent):
        """The applicant was told of the approved extension: from now on it counts (延期告知)."""

        TOPIC = "request.deadline_extended/1"
        request: str
        working_days: int
        approver: str
        applicant_told_on: str
        due_before: str | None
        due_on: str | None

    class ReasonsRequested(LedgerEvent):
        """The applicant of so many requests was asked for reasons (要求说明理由)."""

        TOPIC = "request.reasons_requested/1"
        request: str
        reason: str

    class ReasonsReceived(LedgerEvent):
        """What the organ makes of the reasons (理由审核)."""

        TOPIC = "request.reasons_received/1"
        request: str
        conclusion: str
        reason: str

    class ReplyDelayed(LedgerEvent):
        """The reasons are good and the period is too short: a reasonable later day was told (延迟答复)."""

        TOPIC = "request.reply_delayed/1"
        request: str
        until: str
        reason: str
        applicant_told_on: str
        due_before: str | None
        due_on: str | None

    class SearchConducted(LedgerEvent):
        """Where, by whom and for what the information was looked for, and what was found (检索记录)."""

        TOPIC = "request.search_conducted/1"
        request: str
        officer: str
        places: list[str]
        terms: list[str]
        information_found: bool
        result: str

    class FeeNoticeIssued(LedgerEvent):
        """The applicant was told what to pay, by which scale, by when (收费通知)."""

        TOPIC = "request.fee_notice_issued/1"
        request: str
        scale: str
        quantity: int
        amount: int
        notified_on: str
        pay_by: str

    class FeePaid(LedgerEvent):
        """The fee was paid: the period is counted anew (缴费)."""

        TOPIC = "request.fee_paid/1"
        request: str
        amount: int
        paid_on: str
        due_on: str | None


class AnswerEvents:
    """How it ended, and what came after."""

    class Replied(LedgerEvent):
        """The organ answered (申请答复); a late answer is an answer, and flagged."""

        TOPIC = "request.replied/1"
        request: str
        kind: str
        row: str
        title: str | None
        document_number: str | None
        facts: str | None
        legal_basis: list[str]
        decision: str | None
        remedies: str | None
        sealed: bool
        reconsideration_first: bool
        content: Content | None
        duplicate_of: str | None
        overriding_reason: str | None
        item: str | None
        replied_on: str
        due_on: str | None
        working_days_used: int | None
        late_by: int | None
        in_execution: bool
        flags: list[str]

    class Closed(LedgerEvent):
        """It ended without a reply: abandoned, not paid for, withdrawn (不再处理)."""

        TOPIC = "request.closed/1"
        request: str
        closing: str
        row: str
        limit_on: str | None
        reason: str | None
        closed_on: str

    class ReplyServed(LedgerEvent):
        """The applicant received the reply (送达)."""

        TOPIC = "request.reply_served/1"
        request: str
        way: str
        served_on: str

    class ReconsiderationFiled(LedgerEvent):
        """The applicant asked for reconsideration (申请行政复议)."""

        TOPIC = "request.reconsideration_filed/1"
        request: str
        organ: str
        number: str | None
        filed_on: str

    class ReconsiderationDecided(LedgerEvent):
        """What the reconsideration came to (行政复议决定)."""

        TOPIC = "request.reconsideration_decided/1"
        request: str
        result: str
        number: str | None
        decided_on: str

    class LitigationFiled(LedgerEvent):
        """The applicant went to court, after a reconsideration or without (提起行政诉讼)."""

        TOPIC = "request.litigation_filed/1"
        request: str
        court: str
        number: str | None
        filed_on: str
        after_reconsideration: bool
        flags: list[str]

    class LitigationJudged(LedgerEvent):
        """What the lawsuit came to (行政诉讼判决)."""

        TOPIC = "request.litigation_judged/1"
        request: str
        result: str
        number: str | None
        judged_on: str

    class DisclosureOrdered(LedgerEvent):
        """A court ordered disclosure within so many working days of a day (判决公开)."""

        TOPIC = "request.disclosure_ordered/1"
        request: str
        number: str | None
        effective_on: str
        working_days: int
        due_on: str | None


class RequestEvents(IntakeEvents, HandlingEvents, AnswerEvents):
    """The events of one request."""
