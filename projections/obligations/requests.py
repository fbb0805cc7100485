"""The duties that a request for information brings about (十三): its facts are kept, its days are counted at reading.

The facts are those of ``aggregates.requests.clock``, told by the same function: nothing is reckoned twice.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from aggregates.requests.clock import ClockFacts, Consultation, after
from aggregates.requests.regulation import REGULATIONS
from projections.feed import Event
from projections.obligations.rows import Fold, Heard, Subjects, arisen, changed, done, met, named, opened
from projections.obligations.words import Duty, Outcome, Rule
from projections.temporal import Content

_RECEIVED, _CONFIRMED = "request.received/1", "request.receipt_confirmed/1"
_EXTENDED, _REPLIED, _CLOSED = "request.deadline_extended/1", "request.replied/1", "request.closed/1"
_BEGUN_BY: Mapping[str, str] = {
    _CONFIRMED: "received_on",
    "request.correction_received/1": "received_on",
    "request.fee_paid/1": "paid_on",
}
"""What lets the period begin, or begin anew, and the day it names."""

_MOVING = (
    "request.correction_requested/1",
    "request.correction_received/1",
    "request.fee_notice_issued/1",
    "request.fee_paid/1",
    "request.reply_delayed/1",
    "request.third_party_consulted/1",
    "request.co_producer_consulted/1",
    "request.third_party_opinion_received/1",
    "request.co_producer_opinion_received/1",
    "request.third_party_silent/1",
    "request.co_producer_deemed_consenting/1",
    _CONFIRMED,
)


def facts_of(clock: Mapping[str, Any]) -> ClockFacts:
    """A clock's facts as they stand in a row."""
    consultations = tuple(Consultation(**asked) for asked in clock["consultations"])
    return ClockFacts(**{**clock, "consultations": consultations})


def _stored(facts: ClockFacts) -> dict[str, Any]:
    told = asdict(facts)
    return {**told, "consultations": list(told["consultations"])}


def _received(_row: Content | None, event: Event) -> Content:
    data = event.data
    facts = after(ClockFacts(), event.type, data)
    return opened(
        event,
        unit=data["unit"],
        rule=Rule.WORKING_DAYS,
        started_on=data["received_on"],
        clock=_stored(facts),
        restarts=[],
    )


def _moved(row: Content | None, event: Event) -> Content | None:
    if row is None or row["done_position"] is not None:
        return row
    moved = {**row, "clock": _stored(after(facts_of(row["clock"]), event.type, event.data))}
    if (member := _BEGUN_BY.get(event.type)) is not None:
        on = event.data[member]
        moved["started_on"] = on
        moved["restarts"] = [*row["restarts"], {"on": on, "type": event.type, "position": event.position}]
    return moved


def _replied(row: Content | None, event: Event) -> Content | None:
    return met(row, event, on=event.data["replied_on"])


def _closed(row: Content | None, event: Event) -> Content | None:
    return met(row, event, on=event.data["closed_on"], outcome=Outcome.CLOSED)


_ANSWER: dict[str, Fold] = {
    _RECEIVED: _received,
    **dict.fromkeys((*_MOVING, _EXTENDED), _moved),
    _REPLIED: _replied,
    _CLOSED: _closed,
}


# ── telling the applicant of an extension: before the period as it was is over ────────────────────────


def _unextended(row: Content | None, event: Event) -> Content:
    return {**_received(row, event), "arisen": False}


def _approved(row: Content | None, event: Event) -> Content | None:
    return None if row is None else arisen(row, event)


def _told(row: Content | None, event: Event) -> Content | None:
    return None if row is None else met(arisen(row, event), event, on=event.data["applicant_told_on"])


def _needless(row: Content | None, event: Event) -> Content | None:
    return met(row, event, on=event.data["replied_on"], outcome=Outcome.CLOSED)


_EXTENSION: dict[str, Fold] = {
    _RECEIVED: _unextended,
    **dict.fromkeys(_MOVING, _moved),
    "request.extension_approved/1": _approved,
    _EXTENDED: _told,
    _REPLIED: _needless,
    _CLOSED: _closed,
}


# ── the notice to correct ─────────────────────────────────────────────────────────────────────────────


def _may_need_correction(_row: Content | None, event: Event) -> Content | None:
    data = event.data
    days = REGULATIONS[data["regulation"]].correction_notice_days
    if days is None:
        return None
    return opened(
        event,
        unit=data["unit"],
        rule=Rule.WORKING_DAYS,
        started_on=data["received_on"],
        allowed=days,
        arisen=False,
    )


def _noticed(row: Content | None, event: Event) -> Content | None:
    return None if row is None else met(arisen(row, event), event)


_NOTICE: dict[str, Fold] = {
    _RECEIVED: _may_need_correction,
    _CONFIRMED: changed(started_on="received_on"),
    "request.correction_requested/1": _noticed,
}


# ── consultations, one duty each ──────────────────────────────────────────────────────────────────────


def _consulted(_row: Content | None, event: Event) -> Content:
    data = event.data
    rule = Rule.CALENDAR_DAY if data["answer_by"] else Rule.WORKING_DAYS
    return opened(
        event,
        unit=event.unit,
        rule=rule,
        party=data["consulted"],
        started_on=data["letter_received_on"],
        allowed=data["limit_days"],
        due_on=data["answer_by"],
    )


def _asked_unit(row: Content | None, event: Event) -> Content:
    return {**_consulted(row, event), "units": [event.data["consulted"]]}


def _opinion(row: Content | None, event: Event) -> Content | None:
    return met(row, event, on=event.data["received_on"])


def _silent(row: Content | None, event: Event) -> Content | None:
    return met(row, event, on=event.data["limit_on"], outcome=Outcome.SILENT)


# ── what follows from a remedy, and wishes that are no requests ───────────────────────────────────────


def _ordered(_row: Content | None, event: Event) -> Content:
    data = event.data
    return opened(
        event,
        unit=event.unit,
        rule=Rule.WORKING_DAYS,
        started_on=data["effective_on"],
        allowed=data["working_days"],
    )


def _wished(_row: Content | None, event: Event) -> Content:
    return opened(event, unit=event.data["unit"], rule=Rule.PROMPT, started_on=event.data["received_on"])


def _decided(row: Content | None, event: Event) -> Content | None:
    return met(row, event, on=event.data["told_on"])


_REQUEST = named("request")


def _of_request(folds: Mapping[str, Fold], subjects: Subjects = _REQUEST) -> Heard:
    return {type_: (subjects, fold) for type_, fold in folds.items()}


HEARD: Mapping[Duty, Heard] = {
    Duty.REQUEST_ANSWER: _of_request(_ANSWER),
    Duty.REQUEST_EXTENSION: _of_request(_EXTENSION),
    Duty.REQUEST_CORRECTION_NOTICE: _of_request(_NOTICE),
    Duty.REQUEST_THIRD_PARTY: _of_request(
        {
            "request.third_party_consulted/1": _consulted,
            "request.third_party_opinion_received/1": _opinion,
            "request.third_party_silent/1": _silent,
        },
        named("request", "consultation"),
    ),
    Duty.REQUEST_CO_PRODUCER: _of_request(
        {
            "request.co_producer_consulted/1": _asked_unit,
            "request.co_producer_opinion_received/1": _opinion,
            "request.co_producer_deemed_consenting/1": _silent,
        },
        named("request", "consultation"),
    ),
    Duty.COURT_ORDER: _of_request({"request.disclosure_ordered/1": _ordered, _REPLIED: _replied}),
    Duty.RECORD_CORRECTION: _of_request(
        {"record_correction.requested/1": _wished, "record_correction.decided/1": _decided},
        named("record_correction"),
    ),
    Duty.SUGGESTION: _of_request(
        {"suggestion.received/1": _wished, "suggestion.examined/1": done}, named("suggestion")
    ),
}
