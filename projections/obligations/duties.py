"""The duties of (二) to (九), (十二) to (十五): from the entry that brings each about to the one that ends it."""

from collections.abc import Iterable, Mapping

from aggregates.opinion.clocks import OTHER_ANSWER, PRESS_CONFERENCE, URGENT, first_word_limit
from aggregates.ruleset import NUMBERS
from aggregates.vocabulary import Attribute
from projections.feed import Event
from projections.obligations.rows import Heard, arisen, changed, day_in_china, done, met, named, opened
from projections.obligations.words import Duty, Rule
from projections.temporal import Content

_HOUR_S = 3600
_TO_BE_PUBLISHED = frozenset({Attribute.PROACTIVE, Attribute.PARTIAL})
_PUBLISHED = "publication.published/1"


# ── (七) (九): the clocks of public opinion ───────────────────────────────────────────────────────────


def _noticed(row: Content | None, event: Event) -> Content | None:
    """The clock for all public opinion runs from the first detection, until a grade sets its own."""
    data = event.data
    if row is None:
        hours = int(OTHER_ANSWER.total_seconds()) // _HOUR_S
        return opened(event, unit=data["unit"], rule=Rule.ELAPSED_HOURS, started_at=data["detected_at"], allowed=hours)
    if row["clock"] is not None:
        return row
    return {**row, "started_at": min(row["started_at"], data["detected_at"])}


def _graded(row: Content | None, event: Event) -> Content | None:
    if row is None:
        return None
    grade, start = event.data["grade"], event.data["clock_start"]
    hours = int(first_word_limit(grade).total_seconds()) // _HOUR_S
    return {**row, "started_at": start, "allowed": hours, "clock": {"grade": grade}}


def _responder(row: Content | None, event: Event) -> Content | None:
    return None if row is None else {**row, "unit": event.data["responder"], "units": None}


def _responders(row: Content | None, event: Event) -> Content | None:
    units = [share["unit"] for share in event.data["responders"]]
    return None if row is None or not units else {**row, "unit": units[0], "units": units}


def _may_need_conference(row: Content | None, event: Event) -> Content | None:
    if row is not None:
        return row
    hours = int(PRESS_CONFERENCE.total_seconds()) // _HOUR_S
    return opened(event, unit=event.data["unit"], rule=Rule.ELAPSED_HOURS, allowed=hours, arisen=False)


def _needs_conference(row: Content | None, event: Event) -> Content | None:
    if row is None or event.data["grade"] not in URGENT:
        return row
    return {**arisen(row, event), "started_at": event.data["clock_start"]}


def _directed(event: Event) -> Iterable[str]:
    return (f"{event.data['directive']}.{unit}" for unit in event.data["units"])


def _directive(row: Content | None, event: Event) -> Content:
    # Each unit has a duty of its own; which one it is, the number says.
    return row or opened(event, unit=None, rule=Rule.PROMPT, started_on=event.occurred_on)


# ── (四): rectification, what is owed, disclosure in time ─────────────────────────────────────────────


def _ordered(_row: Content | None, event: Event) -> Content:
    data = event.data
    return opened(event, unit=data["unit"], rule=Rule.CALENDAR_DAY, started_on=event.occurred_on, due_on=data["due_on"])


def _owed(_row: Content | None, event: Event) -> Content:
    data = event.data
    since = data["due_since"] or event.occurred_on
    return opened(event, unit=data["unit"], rule=Rule.PROMPT, started_on=since)


def _went_out(row: Content | None, event: Event) -> Content | None:
    return met(row, event, at=event.data["published_at"])


def _drafted(_row: Content | None, event: Event) -> Content:
    data = event.data
    return opened(
        event,
        unit=data["unit"],
        rule=Rule.WORKING_DAYS,
        started_on=data["written_on"],
        allowed=NUMBERS["proactive_disclosure_days"],
        arisen=False,
    )


def _attributed(row: Content | None, event: Event) -> Content | None:
    if row is None:
        return None
    return arisen(row, event) if event.data["attribute"] in _TO_BE_PUBLISHED else {**row, "arisen": False}


def _converted(row: Content | None, event: Event) -> Content | None:
    """What becomes public by a change of its attribute is due from that day on (信息变更之日)."""
    after = _attributed(row, event)
    if row is None or after is None or row["arisen"] or not after["arisen"]:
        return after
    return {**after, "started_on": event.occurred_on}


# ── (二) (五) (六) (十二) (十三) (十五) ─────────────────────────────────────────────────────────────────


def _decision(_row: Content | None, event: Event) -> Content:
    return opened(event, unit=event.data["unit"], rule=Rule.PROMPT, arisen=False)


def _comments_closed(row: Content | None, event: Event) -> Content | None:
    return None if row is None else {**arisen(row, event), "started_on": event.occurred_on}


def _to_interpret(row: Content | None, event: Event) -> Content:
    data = event.data
    owner = {"unit": data["owner"], "units": data["co_issuers"] or None}
    return {**row, **owner} if row else opened(event, rule=Rule.SAME_TIME, started_on=event.occurred_on, **owner)


def _package_out(row: Content | None, event: Event) -> Content | None:
    if row is None:
        return None
    data = event.data
    known = {**row, "due_at": data["document_published_at"] or row["due_at"]}
    explained = data["interpretation_published_at"]
    return known if explained is None else met(known, event, at=explained)


def _asked(event: Event) -> Iterable[str]:
    return (f"{event.data['item']}.{unit}" for unit in event.data["units"])


def _to_confirm(_row: Content | None, event: Event) -> Content:
    # Another draft is another question, and its answer is awaited anew.
    return opened(event, unit=None, rule=Rule.CALENDAR_DAY, started_on=event.occurred_on, due_on=event.data["due_date"])


def _message(_row: Content | None, event: Event) -> Content:
    data = event.data
    started = day_in_china(data["received_at"])
    return opened(event, unit=data["unit"], rule=Rule.CALENDAR_DAY, started_on=started, due_on=data["due_on"])


# ── (三): columns ─────────────────────────────────────────────────────────────────────────────────────


def _column(_row: Content | None, event: Event) -> Content:
    data = event.data
    return opened(
        event,
        unit=data["unit"],
        rule=Rule.CALENDAR_DAY,
        started_on=event.occurred_on,
        allowed=data["refresh_days"],
    )


def _refreshed(row: Content | None, event: Event) -> Content | None:
    return None if row is None else {**row, "started_on": max(row["started_on"], event.occurred_on)}


def _into_column(event: Event) -> Iterable[str]:
    column = event.data["column"]
    return () if column is None else (column,)


_OPINION, _ITEM = named("opinion"), named("item")

HEARD: Mapping[Duty, Heard] = {
    Duty.FIRST_WORD: {
        "opinion.signal_detected/1": (_OPINION, _noticed),
        "opinion.graded/1": (_OPINION, _graded),
        "opinion.regraded/1": (_OPINION, _graded),
        "opinion.first_responder_assigned/1": (_OPINION, _responder),
        "opinion.responders_assigned/1": (_OPINION, _responders),
        "opinion.authoritative_information_released/1": (_OPINION, done),
    },
    Duty.PRESS_CONFERENCE: {
        "opinion.signal_detected/1": (_OPINION, _may_need_conference),
        "opinion.graded/1": (_OPINION, _needs_conference),
        "opinion.regraded/1": (_OPINION, _needs_conference),
        "opinion.first_responder_assigned/1": (_OPINION, _responder),
        "opinion.responders_assigned/1": (_OPINION, _responders),
        "opinion.press_conference_held/1": (_OPINION, done),
    },
    Duty.DIRECTIVE: {
        "opinion.directive_issued/1": (_directed, _directive),
        "opinion.directive_answered/1": (named("directive", "unit"), done),
    },
    Duty.RECTIFICATION: {
        "rectification.ordered/1": (named("rectification"), _ordered),
        "rectification.confirmed/1": (named("rectification"), done),
    },
    Duty.OWED_DISCLOSURE: {
        "disclosure_duty.found/1": (_ITEM, _owed),
        _PUBLISHED: (_ITEM, _went_out),
    },
    Duty.PROACTIVE_DISCLOSURE: {
        "document.drafted/1": (_ITEM, _drafted),
        "document.attribute_determined/1": (_ITEM, _attributed),
        "document.attribute_changed/1": (_ITEM, _converted),
        _PUBLISHED: (_ITEM, _went_out),
    },
    Duty.COMMENT_FEEDBACK: {
        "decision.registered/1": (named("major_decision"), _decision),
        "decision.comment_period_closed/1": (named("major_decision"), _comments_closed),
        "decision.feedback_published/1": (named("major_decision"), done),
    },
    Duty.INTERPRETATION: {
        "policy_package.interpretation_duty_assigned/1": (_ITEM, _to_interpret),
        "policy_package.published/1": (_ITEM, _package_out),
    },
    Duty.CONFIRMATION: {
        "document.confirmation_requested/1": (_asked, _to_confirm),
        "document.information_confirmed/1": (named("item", "unit"), done),
        "document.information_objected/1": (named("item", "unit"), done),
    },
    Duty.MESSAGE_REPLY: {
        "message.received/1": (named("message"), _message),
        "message.assigned/1": (named("message"), changed(unit="unit")),
        "message.replied/1": (named("message"), done),
    },
    Duty.COLUMN_REFRESH: {
        "column.registered/1": (named("column"), _column),
        "column.maintained/1": (named("column"), _refreshed),
        _PUBLISHED: (_into_column, _refreshed),
    },
}
