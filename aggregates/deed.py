"""A deed: who does something, in which post, and when — the part of a command that is the same for all."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from typing import Self

from ledger.entry import Actor

PUBLIC = Actor("CITIZEN", "citizen", "PUBLIC")
"""Whoever comes from outside without a credential: a member of the public, who is nobody in particular."""

CHINA = timezone(timedelta(hours=8), "+08:00")
"""The district's civil time; a date in an event is a day there, an instant is UTC."""


@dataclass(frozen=True, slots=True)
class Deed:
    """The who and when of one command.

    ``occurred_at`` is handed in by whoever owns the clock and must name its zone.  ``command_id`` makes
    a repetition harmless; ``fingerprint`` is a hash of what was asked, computed from the command's data
    when it is left out.  ``ruleset`` and ``workflow`` are the rules in force then; the Registry looks
    them up and fills them in.
    """

    actor: Actor
    occurred_at: datetime
    command_id: str | None = None
    correlation_id: str | None = None
    on_behalf_of: str | None = None
    fingerprint: bytes | None = None
    ruleset: str | None = None
    workflow: str | None = None

    def __post_init__(self) -> None:
        if self.occurred_at.tzinfo is None:
            raise ValueError(f"the deed's time {self.occurred_at.isoformat()} names no zone; give one, e.g. +08:00")

    @property
    def officer(self) -> str:
        """The code of the officer who acts."""
        return self.actor.officer

    @property
    def unit(self) -> str:
        """The unit in which the officer acts."""
        return self.actor.unit

    @property
    def day(self) -> str:
        """The civil day in the district, ``YYYY-MM-DD``."""
        return self.occurred_at.astimezone(CHINA).date().isoformat()

    def under(self, ruleset: str, workflow: str | None) -> Self:
        """The same deed, citing the rules in force then."""
        return replace(self, ruleset=ruleset, workflow=workflow)
