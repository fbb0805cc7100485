"""A request for information (依申请公开): one file from arrival to remedies, whoever handles it (十三).

Methods under ``@event`` only record; the decisions are in ``intake``, ``handling`` and ``answering``.
The clock's facts are changed in ``clock`` alone, by the same methods that read them from bare entries.
"""

from eventsourcing.domain import event

from aggregates.requests.answering import AnswerRules
from aggregates.requests.clock import CO_PRODUCER, THIRD_PARTY
from aggregates.requests.handling import HandlingRules
from aggregates.requests.intake import IntakeRules
from aggregates.requests.request_events import RequestEvents
from aggregates.requests.request_facts import FeeNotice, Order

FILED = "FILED"
"""A remedy that was asked for and not decided."""


class InformationRequest(IntakeRules, HandlingRules, AnswerRules):
    """One request; its stream is ``request/<number>``."""

    TOPIC = "request"
    STREAM = "request"
    IDENTIFIER = "request"

    # ── intake ────────────────────────────────────────────────────────────────────────────────────

    @event(RequestEvents.Received)
    def _received(
        self,
        *,
        request: str,
        unit: str,
        channel: str,
        applicant_kind: str,
        subject: str | None,
        form_asked: str | None,
        arrived_on: str,
        received_on: str | None,
        regulation: str,
        status_token_sha256: str | None,
    ) -> None:
        self.request, self.unit, self.channel = request, unit, channel
        self.applicant_kind, self.subject, self.form = applicant_kind, subject, form_asked
        self.arrived_on, self.status_token_sha256 = arrived_on, status_token_sha256
        self.clock = self.clock.received(regulation=regulation, received_on=received_on)

    @event(RequestEvents.ReceiptConfirmed)
    def _receipt_confirmed(self, received_on: str, regulation: str, subject: str | None) -> None:
        self.subject = subject or self.subject
        self.clock = self.clock.received(regulation=regulation, received_on=received_on)

    @event(RequestEvents.Split)
    def _split(self, subject: str) -> None:
        self.subject = subject

    @event(RequestEvents.InformationTransferred)
    def _information_transferred(self) -> None:
        """Where the applicant was sent changes nothing here; the record is the point."""

    @event(RequestEvents.CorrectionRequested)
    def _correction_requested(self, correct_by: str) -> None:
        self.correct_by = correct_by
        self.clock = self.clock.awaits_correction()

    @event(RequestEvents.CorrectionReceived)
    def _correction_received(self, received_on: str, subject: str | None) -> None:
        self.was_corrected = True
        self.subject = subject or self.subject
        self.approved_extension = self.extension_approver = None
        self.clock = self.clock.corrected(received_on=received_on)

    # ── handling ──────────────────────────────────────────────────────────────────────────────────

    @event(RequestEvents.ThirdPartyConsulted)
    def _third_party_consulted(
        self, consultation: int, sent_on: str, letter_received_on: str, limit_days: int | None, answer_by: str | None
    ) -> None:
        self.clock = self.clock.consulted(
            THIRD_PARTY,
            consultation=consultation,
            sent_on=sent_on,
            letter_received_on=letter_received_on,
            limit_days=limit_days,
            answer_by=answer_by,
        )

    @event(RequestEvents.CoProducerConsulted)
    def _co_producer_consulted(
        self, consultation: int, sent_on: str, letter_received_on: str, limit_days: int | None, answer_by: str | None
    ) -> None:
        self.clock = self.clock.consulted(
            CO_PRODUCER,
            consultation=consultation,
            sent_on=sent_on,
            letter_received_on=letter_received_on,
            limit_days=limit_days,
            answer_by=answer_by,
        )

    @event(RequestEvents.ThirdPartyOpinionReceived)
    def _third_party_opinion_received(self, consultation: int, received_on: str, consultation_opinion: str) -> None:
        self.clock = self.clock.answered(
            consultation=consultation, received_on=received_on, consultation_opinion=consultation_opinion
        )

    @event(RequestEvents.CoProducerOpinionReceived)
    def _co_producer_opinion_received(self, consultation: int, received_on: str, consultation_opinion: str) -> None:
        self.clock = self.clock.answered(
            consultation=consultation, received_on=received_on, consultation_opinion=consultation_opinion
        )

    @event(RequestEvents.ThirdPartySilent)
    def _third_party_silent(self, consultation: int) -> None:
        self.clock = self.clock.silent(consultation=consultation)

    @event(RequestEvents.CoProducerDeemedConsenting)
    def _co_producer_deemed_consenting(self, consultation: int) -> None:
        self.clock = self.clock.silent(consultation=consultation)

    @event(RequestEvents.ExtensionApproved)
    def _extension_approved(self, working_days: int, approver: str) -> None:
        self.approved_extension, self.extension_approver = working_days, approver

    @event(RequestEvents.DeadlineExtended)
    def _deadline_extended(self, working_days: int) -> None:
        self.clock = self.clock.extended(working_days=working_days)

    @event(RequestEvents.ReasonsRequested)
    def _reasons_requested(self) -> None:
        self.reasons_requested = True

    @event(RequestEvents.ReasonsReceived)
    def _reasons_received(self, conclusion: str) -> None:
        self.reasons = conclusion

    @event(RequestEvents.ReplyDelayed)
    def _reply_delayed(self, until: str) -> None:
        self.clock = self.clock.delayed(until=until)

    @event(RequestEvents.SearchConducted)
    def _search_conducted(self) -> None:
        self.searches += 1

    @event(RequestEvents.FeeNoticeIssued)
    def _fee_notice_issued(self, scale: str, amount: int, pay_by: str) -> None:
        self.fee = FeeNotice(scale, amount, pay_by)
        self.clock = self.clock.awaits_payment()

    @event(RequestEvents.FeePaid)
    def _fee_paid(self, paid_on: str) -> None:
        self.approved_extension = self.extension_approver = None
        self.clock = self.clock.paid(paid_on=paid_on)

    # ── answer and remedies ───────────────────────────────────────────────────────────────────────

    @event(RequestEvents.Replied)
    def _replied(self, kind: str, row: str, reconsideration_first: bool, replied_on: str) -> None:
        self.reply_kind, self.row, self.replied_on = kind, row, replied_on
        self.reconsideration_first = reconsideration_first
        self.reconsideration = self.litigation = self.order = None
        self.clock = self.clock.ended(ended_on=replied_on)

    @event(RequestEvents.Closed)
    def _closed(self, closing: str, row: str, closed_on: str) -> None:
        self.closing, self.row = closing, row
        self.clock = self.clock.ended(ended_on=closed_on)

    @event(RequestEvents.ReplyServed)
    def _reply_served(self, served_on: str) -> None:
        self.served_on = served_on

    @event(RequestEvents.ReconsiderationFiled)
    def _reconsideration_filed(self) -> None:
        self.reconsideration = FILED

    @event(RequestEvents.ReconsiderationDecided)
    def _reconsideration_decided(self, result: str) -> None:
        self.reconsideration = result

    @event(RequestEvents.LitigationFiled)
    def _litigation_filed(self) -> None:
        self.litigation = FILED

    @event(RequestEvents.LitigationJudged)
    def _litigation_judged(self, result: str) -> None:
        self.litigation = result

    @event(RequestEvents.DisclosureOrdered)
    def _disclosure_ordered(self, effective_on: str, working_days: int) -> None:
        self.order = Order(effective_on, working_days)
