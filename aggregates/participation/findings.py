"""What the record shows of public participation, computed from its entries and nothing else (二) (十二) (十三).

Pure functions over entries in the order of their positions: a board, a bulletin or an inspection asks them,
now or with the entries up to any position, and gets what the record said then.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median_low

from aggregates.participation.adoption import is_concentrated
from aggregates.participation.terms import Adoption
from aggregates.ruleset import Rules
from ledger.entry import Entry

ENFORCEMENT = ("行政许可", "行政处罚", "行政强制", "行政检查", "行政征收", "行政征用", "行政执法")
"""How the theme of an enforcement disclosure begins."""


@dataclass(frozen=True, slots=True)
class Intake:
    """One input of the public, by whatever way it came: where it is on record, for whom, when, on what."""

    stream: str
    unit: str
    source: str
    received_at: str
    topic: str


def intake(entries: Iterable[Entry]) -> list[Intake]:
    """All inputs in one list: comments, messages, public input, supervision input (民意汇集).

    The topic of a comment is its decision, that of a message what the officer wrote who passed it on.
    """
    found: dict[str, Intake] = {}
    units: dict[str, str] = {}
    for entry in entries:
        data = entry.data if isinstance(entry.data, dict) else {}
        match entry.type:
            case "decision.registered/1":
                units[data["major_decision"]] = data["unit"]
            case "comment.received/1":
                unit, topic = units.get(data["major_decision"], ""), data["major_decision"]
                found[entry.stream] = Intake(entry.stream, unit, data["source"], data["received_at"], topic)
            case "message.received/1":
                found[entry.stream] = Intake(entry.stream, data["unit"], data["source"], data["received_at"], "")
            case "message.assigned/1":
                came = found[entry.stream]
                found[entry.stream] = Intake(
                    came.stream, data["unit"], came.source, came.received_at, data["topic"] or came.topic
                )
            case "public_input.registered/1" | "supervision_input.registered/1":
                found[entry.stream] = Intake(
                    entry.stream, data["unit"], data["source"], data["received_at"], data["topic"]
                )
    return list(found.values())


def without_feedback(entries: Iterable[Entry]) -> list[str]:
    """Decisions whose comment period is closed and whose public was never told what became of its comments."""
    waiting: dict[str, None] = {}
    for entry in entries:
        if entry.type == "decision.comment_period_closed/1":
            waiting[entry.data["major_decision"]] = None
        elif entry.type == "decision.feedback_published/1":
            waiting.pop(entry.data["major_decision"], None)
    return list(waiting)


@dataclass(frozen=True, slots=True)
class Unadopted:
    """A cluster that was not, or not wholly, adopted, with the reason the public was given."""

    decision: str
    cluster: str
    comments: int
    concentrated: bool
    reason: str | None


def unadopted(entries: Iterable[Entry], rules: Rules) -> list[Unadopted]:
    """The unadopted opinions (未采纳意见), as they were published."""
    return [
        Unadopted(
            entry.data["major_decision"],
            line["cluster"],
            line["comments"],
            is_concentrated(line["comments"], entry.data["comments"], rules),
            line["reason"],
        )
        for entry in entries
        if entry.type == "decision.feedback_published/1"
        for line in entry.data["adoption"]
        if line["adoption"] != Adoption.ADOPTED
    ]


def decisions_in_breach(entries: Iterable[Entry]) -> dict[str, list[str]]:
    """Decisions that were taken with something to point out: without participation, without feedback."""
    return {
        entry.data["major_decision"]: list(entry.data["flags"])
        for entry in entries
        if entry.type == "decision.taken/1" and entry.data["flags"]
    }


def absent(entries: Iterable[Entry], meeting: str) -> list[str]:
    """The categories that were invited to a meeting and of which nobody came."""
    invited: dict[str, None] = {}
    came: set[str] = set()
    for entry in entries:
        if entry.stream != f"meeting/{meeting}":
            continue
        if entry.type == "meeting.attendee_invited/1":
            invited.update((count["category"], None) for count in entry.data["invited"] if count["number"])
        elif entry.type == "meeting.attendance_recorded/1":
            came.update(count["category"] for count in entry.data["attendance"] if count["number"])
    return [category for category in invited if category not in came]


@dataclass(frozen=True, slots=True)
class Timeliness:
    """How a unit answered the messages passed to it: how many, in how many calendar days."""

    replies: int
    median_days: int
    longest_days: int
    overdue: int


def timeliness(entries: Iterable[Entry]) -> dict[str, Timeliness]:
    """Days to reply per unit (留言时效)."""
    days: Mapping[str, list[int]] = defaultdict(list)
    late: Counter[str] = Counter()
    for entry in entries:
        if entry.type == "message.replied/1":
            days[entry.data["unit"]].append(entry.data["days"])
            late[entry.data["unit"]] += bool(entry.data["flags"])
    return {
        unit: Timeliness(len(taken), median_low(taken), max(taken), late[unit]) for unit, taken in sorted(days.items())
    }


def overdue(entries: Iterable[Entry], on_day: str) -> dict[str, str]:
    """Messages that are unanswered on a day after the one their answer was due, with the unit that owes it."""
    due: dict[str, str] = {}
    owing: dict[str, str] = {}
    for entry in entries:
        match entry.type:
            case "message.received/1":
                due[entry.data["message"]], owing[entry.data["message"]] = entry.data["due_on"], entry.data["unit"]
            case "message.assigned/1":
                owing[entry.data["message"]] = entry.data["unit"]
            case "message.replied/1":
                owing.pop(entry.data["message"], None)
    return {message: unit for message, unit in owing.items() if due[message] < on_day}


def enforcement_disclosures(entries: Iterable[Entry]) -> dict[str, int]:
    """How many enforcement disclosures each unit has published (执法公示), by the theme they were filed under."""
    counted = Counter(
        entry.data["unit"]
        for entry in entries
        if entry.type == "publication.published/1" and (entry.data["theme"] or "").startswith(ENFORCEMENT)
    )
    return dict(sorted(counted.items()))
