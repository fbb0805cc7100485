"""Whether information goes out later than 20 working days after it came about (政府信息公开条例第二十六条).

Late information still goes out: it is flagged, never refused.  What was rightly kept back until a self-check
turned it public is due from that day on.  What cannot be counted, because the day it was written is not
stated or a year's calendar is not adopted, is not called late.
"""

from datetime import date

from aggregates.calendar import Calendar
from aggregates.desk import DISTRICT, Desk
from aggregates.document_facts import DocumentFacts
from aggregates.publication import Publication
from aggregates.supervision.words import PublicationFlag


def flags_of_lateness(desk: Desk, document: DocumentFacts, publication: Publication) -> list[str]:
    """A flag where the item's first publication comes after its time; the day it came about is not counted."""
    since = document.converted_on or document.written_on
    if since is None or publication.latest is not None:
        return []
    began, today = date.fromisoformat(since), date.fromisoformat(desk.deed.day)
    longest = desk.rules.number("proactive_disclosure_days")
    if (today - began).days <= longest:
        return []
    due = desk.read(Calendar, DISTRICT).working_days.add_working_days(began, longest)
    return [str(PublicationFlag.LATE_DISCLOSURE)] if due is not None and today > due else []
