"""Instants as the entries and the index columns write them: UTC, microseconds, one spelling only.

The text form has a fixed width, so that its order as text is its order in time.
"""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_text(instant: datetime) -> str:
    """Write an aware instant as RFC 3339 in UTC: ``2025-01-23T02:15:00.000000Z``.

    Raises ValueError for a naive datetime: an instant without a zone is a guess.
    """
    if instant.tzinfo is None:
        raise ValueError(f"the instant {instant.isoformat()} names no time zone; give one, e.g. +08:00")
    # isoformat ends in +00:00, which is written Z here.
    return instant.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def from_text(text: str) -> datetime:
    """Read an RFC 3339 instant with a zone; the answer is in UTC.  Raises ValueError."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(f"the instant {text!r} names no time zone; write Z or an offset such as +08:00")
    return instant.astimezone(UTC)


def to_microseconds(instant: datetime) -> int:
    """Whole microseconds since 1970-01-01T00:00:00Z; exact, never through a float."""
    return (instant - _EPOCH) // _MICROSECOND


def from_microseconds(microseconds: int) -> datetime:
    """The instant, in UTC, that many microseconds after 1970-01-01T00:00:00Z."""
    return _EPOCH + timedelta(microseconds=microseconds)
