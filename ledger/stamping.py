"""Having the newest checkpoint stamped by a foreign clock (RFC 3161), on a schedule or once by hand.

The address comes from the operator alone.  Only what the roots vouch for is kept: an authority that is
away, answers something else or for another checkpoint is named, nothing is stored, and it is asked again.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from typing import Protocol
from urllib.parse import urlsplit

from cryptography import x509

from ledger import outgoing
from ledger.brackets import BY_HAND, Stamp
from ledger.clock import Clock
from ledger.note import parse_note
from ledger.outgoing import Unreachable
from ledger.published import PublishedLog, checkpoint_of
from ledger.timestamps import (
    REQUEST_TYPE,
    TimestampRefused,
    check_timestamp,
    imprint_of,
    request_timestamp,
)

FIRST_PAUSE_S = 5.0
"""After the first failure; each further one doubles it, up to the interval."""


class Ask(Protocol):
    """Sends a request to an authority and answers status and body; the network is behind this."""

    def __call__(self, url: str, body: bytes, media_type: str, timeout_s: float) -> tuple[int, bytes]: ...  # noqa: D102


@dataclass(slots=True)
class Stamping:
    """Keeps the log stamped by one authority; ``told`` hears of every trouble that begins, changes or ends."""

    published: PublishedLog
    url: str
    roots: Sequence[x509.Certificate]
    clock: Clock
    interval: timedelta = timedelta(hours=1)
    ask: Ask = outgoing.post
    timeout_s: float = 30.0
    told: Callable[[str | None], None] = lambda _: None
    trouble: str | None = None
    _pause_s: float = field(default=FIRST_PAUSE_S)

    @property
    def authority(self) -> str:
        """The name its stamps are filed under: its address without a password."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"

    def run_forever(self, stop: threading.Event) -> None:
        """Have the newest checkpoint stamped once an interval, as long as the log grows."""
        while not stop.is_set():
            stop.wait(self.attempt())

    def attempt(self) -> float:
        """Stamp if it is time; answers the seconds until the next attempt, soon where this one failed."""
        try:
            if (left := self._left()) > 0:
                return left
            self.run_once()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is named and tried again
            known = isinstance(error, (Unreachable, TimestampRefused))
            self._settle(str(error) if known else f"having a checkpoint stamped failed: {type(error).__name__}")
            pause, self._pause_s = self._pause_s, self._pause_s * 2
            return min(pause, self.interval.total_seconds())
        self._settle(None)
        self._pause_s = FIRST_PAUSE_S
        return self.interval.total_seconds()

    def run_once(self) -> Stamp | None:
        """Have the newest checkpoint stamped unless it is; None when there is nothing to stamp.

        Raises Unreachable and TimestampRefused; nothing is stored then.
        """
        note = self.published.checkpoint()
        if note is None or (size := checkpoint_of(note).size) == 0:
            return None
        if self.published.timestamp(size, self.authority) is not None:
            return None
        text = parse_note(note).text
        request = request_timestamp(text)
        status, reply = self.ask(self.url, request.body, REQUEST_TYPE, self.timeout_s)
        if status != HTTPStatus.OK:
            raise Unreachable(f"the time-stamping authority {self.authority} answered {status}, not with a time stamp")
        stamped_at = check_timestamp(reply, text, self.roots, request.nonce)
        self.published.add_timestamp(size, self.authority, stamped_at, reply)
        return Stamp(size, stamped_at, self.authority)

    def _left(self) -> float:
        """Seconds until the next stamp is due, by the clock: so a restart stamps no sooner."""
        latest = self.published.latest_stamp_of(self.authority)
        return 0.0 if latest is None else (latest + self.interval - self.clock()).total_seconds()

    def _settle(self, trouble: str | None) -> None:
        changed = trouble != self.trouble
        self.trouble = trouble
        if changed:
            self.told(trouble)


def take_in(published: PublishedLog, reply: bytes, authority: str, roots: Sequence[x509.Certificate]) -> Stamp:
    """Keep a reply that somebody has carried here, over whichever checkpoint of this log it is about.

    Raises TimestampRefused, and stores nothing, for one over no checkpoint of this log or that the roots
    do not vouch for.
    """
    note = published.checkpoint_stamped(imprint_of(reply))
    if note is None:
        raise TimestampRefused(
            "the time stamp is over no checkpoint that this log has signed.  It was not taken in; make a new query"
        )
    stamped_at = check_timestamp(reply, parse_note(note).text, roots)
    stamp = Stamp(checkpoint_of(note).size, stamped_at, f"{BY_HAND}{authority}")
    published.add_timestamp(stamp.size, stamp.authority, stamped_at, reply)
    return stamp
