"""The tables of the obligations, and how a duty's row begins and ends."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ledger.instants import from_text, to_microseconds
from projections.feed import Event, day_of
from projections.obligations.words import Outcome, Rule
from projections.projection import nothing_known
from projections.tables import Shape, flags, integers, jsons, texts
from projections.temporal import Content

DUTIES = Shape(
    "duties",
    key=texts("obligation"),
    content=(
        *texts("kind subject unit post party"),
        *jsons("units"),
        # When it began, and by what it is due.
        *texts("opened_at started_on started_at rule due_on due_at"),
        *integers("allowed opened_position"),
        *jsons("clock restarts"),
        # How it ended.
        *texts("done_on done_at done_by done_post outcome"),
        *integers("done_position"),
        # Some rows keep facts of a duty that has not arisen; they are not shown.
        *flags("arisen"),
    ),
    orders=(("unit",), ("kind",), ("done_position",)),
)
CALENDAR = Shape("calendar", key=integers("year"), content=(*texts("source"), *jsons("holidays make_up_workdays")))
UNITS = Shape("units", key=texts("unit"), content=texts("kind registered_on succeeded_on"))

Fold = Callable[[Content | None, Event], Content | None]
Subjects = Callable[[Event], Iterable[str]]
Heard = Mapping[str, tuple[Subjects, Fold]]
"""What one kind of duty hears: by event type whose duty it concerns, and what the event makes of it."""


def named(*members: str) -> Subjects:
    """The duty of the subject that these members of the event name."""
    return lambda event: (".".join(str(event.data[member]) for member in members),)


def opened(event: Event, *, unit: str | None, rule: Rule, **known: Any) -> Content:
    """A duty that begins with an event; ``arisen=False`` keeps its facts until it does."""
    return {
        **nothing_known(DUTIES),
        "unit": unit,
        "rule": str(rule),
        "opened_at": event.occurred_at,
        "opened_position": event.position,
        "arisen": True,
        **known,
    }


def arisen(row: Content, event: Event) -> Content:
    """A duty that was only known of begins with this event."""
    if row["arisen"]:
        return row
    return {**row, "arisen": True, "opened_at": event.occurred_at, "opened_position": event.position}


def met(
    row: Content | None, event: Event, *, on: str | None = None, at: str | None = None, outcome: Outcome = Outcome.DONE
) -> Content | None:
    """A duty is done: on a day or at an instant, else when the event happened.  What is done stays done."""
    if row is None or row["done_position"] is not None:
        return row
    return {
        **row,
        "done_on": on or (event.occurred_on if at is None else day_in_china(at)),
        "done_at": at or event.occurred_at,
        "done_by": event.officer,
        "done_post": event.post,
        "done_position": event.position,
        "outcome": str(outcome),
    }


def done(row: Content | None, event: Event) -> Content | None:
    """The event itself is what was owed."""
    return met(row, event)


def changed(**members: str) -> Fold:
    """Columns take over these members of the event's data, where there is a row."""
    return lambda row, event: (
        None if row is None else {**row, **{column: event.data[member] for column, member in members.items()}}
    )


def day_in_china(instant: str) -> str:
    """The district's day of an instant as entries write it."""
    return day_of(to_microseconds(from_text(instant)))
