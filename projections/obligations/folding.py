"""The projection: each duty hears its own events, one row a duty, beside the calendar and the units."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from projections.feed import Event
from projections.obligations import duties, periodic, requests
from projections.obligations.rows import CALENDAR, DUTIES, UNITS, Heard
from projections.obligations.words import DUTIES_BY_CODE, Duty
from projections.projection import Route, RowFold, TableProjection, picked, to
from projections.temporal import Content, Key

_HEARD: Mapping[Duty, Heard] = {**requests.HEARD, **duties.HEARD, **periodic.HEARD}

_OF_ONE_UNIT = frozenset({Duty.DIRECTIVE, Duty.CONFIRMATION})
"""Kinds of which each unit named has a duty of its own, called by the last part of its number."""


def obligation_of(duty: Duty, subject: str) -> str:
    """The number of a duty, fit for an address."""
    return f"{duty}.{subject.replace('/', '~')}"


def _routes() -> dict[str, Route]:
    hearers: dict[str, list[Duty]] = defaultdict(list)
    for duty, heard in _HEARD.items():
        for type_ in heard:
            hearers[type_].append(duty)
    return {type_: _route(type_, tuple(heard_by)) for type_, heard_by in hearers.items()}


def _route(type_: str, heard_by: tuple[Duty, ...]) -> Route:
    asked = [(duty, _HEARD[duty][type_][0]) for duty in heard_by]

    def route(event: Event) -> Iterable[tuple[str, Key]]:
        keys = [(DUTIES.name, (obligation_of(duty, subject),)) for duty, of in asked for subject in of(event)]
        return dict.fromkeys(keys)

    return route


def _fold(key: Key, row: Content | None, event: Event) -> Content | None:
    number = str(key[0])
    code, _, subject = number.partition(".")
    duty = DUTIES_BY_CODE[code]
    after = _HEARD[duty][event.type][1](row, event)
    if after is None or after["kind"] is not None:
        return after
    after |= {"kind": code, "subject": subject.replace("~", "/"), "post": duty.post}
    if duty in _OF_ONE_UNIT:
        after["unit"] = subject.rpartition(".")[2]
    return after


def _calendar(_key: Key, _row: Content | None, event: Event) -> Content:
    return picked(event.data, "source", "holidays", "make_up_workdays")


def _unit(_key: Key, _row: Content | None, event: Event) -> Content:
    return {"kind": event.data["kind"], "registered_on": event.occurred_on, "succeeded_on": None}


def _succeeded(_key: Key, row: Content | None, event: Event) -> Content | None:
    return None if row is None else {**row, "succeeded_on": event.occurred_on}


_ROUTES = _routes()

_FOLDS: Mapping[tuple[str, str], RowFold] = {
    **{(DUTIES.name, type_): _fold for type_ in _ROUTES},
    (CALENDAR.name, "calendar.year_adopted/1"): _calendar,
    (CALENDAR.name, "calendar.amended/1"): _calendar,
    (UNITS.name, "unit.registered/1"): _unit,
    (UNITS.name, "unit.succeeded/1"): _succeeded,
}

PROJECTION = TableProjection(
    name="obligations",
    version=1,
    tables=(DUTIES, CALENDAR, UNITS),
    routes={
        **_ROUTES,
        "calendar.year_adopted/1": to(CALENDAR.name, "year"),
        "calendar.amended/1": to(CALENDAR.name, "year"),
        "unit.registered/1": to(UNITS.name, "unit"),
        "unit.succeeded/1": to(UNITS.name, "unit"),
    },
    folds=_FOLDS,
)
