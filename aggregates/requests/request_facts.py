"""What is known of a request: whose it is to handle, how its clock stands, how far it has come."""

from dataclasses import dataclass

from aggregates.base import Record
from aggregates.refusal import refuse
from aggregates.requests.clock import CONFIRMATION, CORRECTION, PAYMENT, ClockFacts, Consultation
from aggregates.requests.request_events import RequestEvents
from aggregates.requests.words import RequestRefusal
from aggregates.requests.words_lists import Opinion

ARRIVED, RUNNING, AWAITING_CORRECTION, AWAITING_PAYMENT = (
    "ARRIVED",
    "RUNNING",
    "AWAITING_CORRECTION",
    "AWAITING_PAYMENT",
)
REPLIED, CLOSED = "REPLIED", "CLOSED"
_WAITING = {CONFIRMATION: ARRIVED, CORRECTION: AWAITING_CORRECTION, PAYMENT: AWAITING_PAYMENT}

STATES = {
    ARRIVED: ("待确认收到", "waits for confirmation of receipt"),
    RUNNING: ("办理中", "in hand"),
    AWAITING_CORRECTION: ("待申请人补正", "waits for the applicant's correction"),
    AWAITING_PAYMENT: ("待缴费", "waits for the fee"),
    REPLIED: ("已答复", "replied"),
    CLOSED: ("已终结", "closed without a reply"),
}
"""The states with their labels."""


@dataclass(frozen=True, slots=True)
class FeeNotice:
    """A fee notice that went out: what to pay and by when."""

    scale: str
    amount: int
    pay_by: str


@dataclass(frozen=True, slots=True)
class Order:
    """A court's order to disclose: so many working days from the day it took effect."""

    effective_on: str
    working_days: int


class RequestFacts(RequestEvents, Record):
    """The facts on which every rule about a request decides; ``aggregates.requests.request`` files them."""

    def __init__(self) -> None:
        self.request = ""
        self.unit = ""
        self.channel = ""
        self.applicant_kind = ""
        self.subject: str | None = None
        self.form: str | None = None
        self.arrived_on = ""
        self.status_token_sha256: str | None = None
        self.clock = ClockFacts()
        self.correct_by: str | None = None
        self.was_corrected = False
        self.approved_extension: int | None = None
        self.extension_approver: str | None = None
        self.reasons: str | None = None
        self.reasons_requested = False
        self.searches = 0
        self.fee: FeeNotice | None = None
        self.reply_kind: str | None = None
        self.replied_on: str | None = None
        self.row: str | None = None
        self.closing: str | None = None
        self.served_on: str | None = None
        self.reconsideration_first = False
        self.reconsideration: str | None = None
        self.litigation: str | None = None
        self.order: Order | None = None

    @property
    def number(self) -> str:
        """The request's number, which is its stream's; also while the file is empty."""
        return self.stream.partition("/")[2]

    @property
    def state(self) -> str:
        """Where it is on its way, a key of ``STATES``."""
        if self.closing is not None:
            return CLOSED
        if self.replied_on is not None:
            return REPLIED
        return RUNNING if self.clock.waits_for is None else _WAITING[self.clock.waits_for]

    @property
    def is_to_be_replied_anew(self) -> bool:
        """Whether a remedy set the reply aside, so that another is owed."""
        return self.order is not None or "CORRECTED" in {self.reconsideration, self.litigation}

    def refuse_unless(self, *states: str) -> None:
        """Refuse what does not fit where the request stands."""
        if self.state not in states:
            zh, en = STATES[self.state]
            raise refuse(RequestRefusal.REQUEST_STATE, request=self.request, state=self.state, state_zh=zh, state_en=en)

    def consultations(self, kind: str) -> list[Consultation]:
        """The consultations of a kind, in their order."""
        return [asked for asked in self.clock.consultations if asked.kind == kind]

    def has_objection(self, kind: str) -> bool:
        """Whether somebody of that kind objected to disclosure."""
        return any(asked.opinion == Opinion.OBJECTED for asked in self.consultations(kind))
