"""Instants as an operator types and reads them: the district's time unless a zone is named."""

from datetime import date, datetime, time, timedelta

from aggregates.deed import CHINA
from cli.failure import Failure, wrong_usage

_LAST = timedelta(days=1) - timedelta(microseconds=1)


def beginning(text: str | None, option: str) -> datetime | None:
    """The instant meant by the lower end of a range; a day means its beginning.  Raises Failure."""
    return None if text is None else _instant(text, option, timedelta())


def end(text: str | None, option: str) -> datetime | None:
    """The instant meant by the upper end of a range, or by "as of"; a day means its last moment.  Raises Failure."""
    return None if text is None else _instant(text, option, _LAST)


def shown(instant: datetime) -> str:
    """How an instant is printed: ``2025-01-23 10:15`` in the district's time, seconds where there are any."""
    local = instant.astimezone(CHINA)
    return local.strftime("%Y-%m-%d %H:%M" if local.second == 0 else "%Y-%m-%d %H:%M:%S")


def _instant(text: str, option: str, into_the_day: timedelta) -> datetime:
    try:
        if len(text) == len("2025-01-23"):
            return datetime.combine(date.fromisoformat(text), time(), CHINA) + into_the_day
        if not {"T", " "} & set(text):
            # An unseparated day would be its first moment at either end of a range.
            raise _unreadable(text, option)
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise _unreadable(text, option) from None
    return instant if instant.tzinfo is not None else instant.replace(tzinfo=CHINA)


def _unreadable(text: str, option: str) -> Failure:
    return wrong_usage(
        f"{option}的“{text}”不是日期或时间；请写2025-01-23或2025-01-23T10:15（东八区），或带时区的时间。",
        f"{option}: {text!r} is no day and no instant; write 2025-01-23, 2025-01-23T10:15 (+08:00), or name the zone.",
    )
