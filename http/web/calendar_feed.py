"""Obligations as a calendar that office programs subscribe to: iCalendar, RFC 5545."""

from collections.abc import Iterable
from datetime import date, timedelta

from icalendar import Calendar, Event

from ledger import instants
from projections.obligations.judging import Obligation

_PRODUCER = "-//disclosure-ledger//obligations//ZH"


def calendar_feed(obligations: Iterable[Obligation]) -> bytes:
    """One event a duty that has a last day (an all-day event) or a last instant; those without either are left out.

    A duty keeps its UID, so that a day that has moved moves in the subscriber's calendar.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "政务公开责任 · obligations")
    for obligation in obligations:
        if obligation.due_on is not None or obligation.due_at is not None:
            calendar.add_component(_event(obligation))
    text: bytes = calendar.to_ical()
    return text


def _event(obligation: Obligation) -> Event:
    event = Event()
    event.add("uid", f"{obligation.obligation}@disclosure-ledger")
    event.add("dtstamp", instants.from_text(obligation.judged_at))
    if obligation.due_at is not None:
        event.add("dtstart", instants.from_text(obligation.due_at))
    elif obligation.due_on is not None:
        day = date.fromisoformat(obligation.due_on)
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
    late = "（逾期 · overdue）" if obligation.breached else ""
    event.add("summary", f"{obligation.kind_zh} {obligation.subject} {obligation.unit or ''}{late}")
    event.add("description", f"{obligation.source}\n{obligation.kind_en}, {obligation.state}")
    event.add("categories", [obligation.kind])
    event.add("transp", "TRANSPARENT")
    return event
