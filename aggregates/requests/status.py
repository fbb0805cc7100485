"""What whoever holds a request's secret link is told of it: where it stands and by when, and nothing about anybody."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from aggregates.requests import clock
from aggregates.requests.request_facts import STATES, RequestFacts
from aggregates.vocabulary import label
from aggregates.working_days import WorkingCalendar


@dataclass(frozen=True, slots=True)
class RequestStatus:
    """A request as its applicant sees it; ``days`` is every day of the count with its reason."""

    request: str
    state: str
    state_zh: str
    state_en: str
    received_on: str | None
    due_on: str | None
    projected: bool
    correct_by: str | None
    reply_kind: str | None
    reply_kind_zh: str | None
    replied_on: str | None
    days: tuple[Mapping[str, Any], ...]


def token_opens(file: RequestFacts, token: str) -> bool:
    """Whether the token is the one the request was handed in with; compared in constant time."""
    told = sha256(token.encode(errors="surrogatepass")).hexdigest()
    return hmac.compare_digest(told, file.status_token_sha256 or "")


def status_of(file: RequestFacts, calendar: WorkingCalendar) -> RequestStatus:
    """What the file says now, by the calendar as it stands."""
    counted = clock.deadline(file.clock, calendar)
    zh, en = STATES[file.state]
    return RequestStatus(
        file.request,
        file.state,
        zh,
        en,
        file.clock.runs_from,
        counted.text,
        counted.projected,
        file.correct_by,
        file.reply_kind,
        None if file.reply_kind is None else label("reply_kind", file.reply_kind).zh,
        file.replied_on,
        tuple(
            {
                "day": day.day.isoformat(),
                "number": day.number,
                "reason": str(day.reason),
                "note": day.note or day.reason.zh,
            }
            for day in counted.days
        ),
    )
