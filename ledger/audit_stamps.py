"""The audit of the time from outside: every stamp must hold, and no entry may claim a time beyond its bracket."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from cryptography import x509

from ledger.audit_span import Faults
from ledger.brackets import CLOCK_SKEW, Brackets, Stamp
from ledger.timestamps import TimestampRefused, check_timestamp, read_timestamp

StampRow = tuple[int, str, datetime, bytes]
"""Size, authority, time, reply: as the log keeps a stamp."""


def audit_stamps(
    rows: Iterable[StampRow],
    text_of: Callable[[int], str | None],
    roots: Sequence[x509.Certificate],
    faults: Faults,
) -> list[Stamp]:
    """Check every stamp against the checkpoint it covers; answers those that hold, in their order.

    Without ``roots`` a reply must still be one over this text that states this time; nobody vouches
    for whose it is.
    """
    held: list[Stamp] = []
    latest: dict[str, datetime] = {}
    for size, authority, stamped_at, token in rows:
        if not _holds(size, authority, stamped_at, token, text_of(size), roots, faults):
            continue
        stamp = Stamp(size, stamped_at, authority)
        held.append(stamp)
        before = latest.get(authority)
        if not stamp.by_hand and before is not None and stamped_at < before - CLOCK_SKEW:
            faults.add(size, f"the time stamp over size {size} is earlier than the one over fewer entries")
        latest[authority] = max(stamped_at, before or stamped_at)
    return held


def _holds(  # noqa: PLR0917 - one row of the table, and what it is held against
    size: int,
    authority: str,
    stamped_at: datetime,
    token: bytes,
    text: str | None,
    roots: Sequence[x509.Certificate],
    faults: Faults,
) -> bool:
    if text is None:
        faults.add(size, f"the time stamp of {authority} covers a size {size} that has no checkpoint")
        return False
    try:
        stated = check_timestamp(token, text, roots) if roots else read_timestamp(token, text)
    except TimestampRefused as error:
        faults.add(size, f"the time stamp over size {size} by {authority} does not hold: {error}")
        return False
    if stated != stamped_at:
        faults.add(size, f"the time stamp over size {size} states another time than is filed with it")
        return False
    return True


def check_brackets(stamps: Iterable[Stamp], recorded: Mapping[int, datetime], faults: Faults) -> None:
    """Hold the moments of recording of the entries at the stamps' edges against their brackets."""
    brackets = Brackets(stamps)
    for position in sorted(brackets.edges() & recorded.keys()):
        if (fault := brackets.of(position).fault(recorded[position])) is not None:
            faults.add(position, fault)
