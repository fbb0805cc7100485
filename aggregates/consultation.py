"""A consultation of the ledger (以备查阅): reading as an inspector is itself on the record (十)."""

from typing import Any

from aggregates import fields
from aggregates.base import Record
from aggregates.deed import Deed


class Consultation(Record):
    """One reading; its stream is ``consultation/<uuid>``."""

    TOPIC = "consultation"
    STREAM = "consultation"
    IDENTIFIER = "consultation"

    class Consulted(Record.Event):
        """Somebody asked the record something, as of some instant or position."""

        TOPIC = "ledger.consulted/1"
        query: str
        subject: str
        as_of: str | None
        result_count: int

    def record(self, deed: Deed, *, query: str, subject: str, result_count: int, as_of: Any = None) -> None:
        """Keep what was asked and how much was answered, not the answer."""
        self.write(
            self.Consulted,
            deed,
            query=fields.text(query, "query", longest=fields.LONG),
            subject=fields.text(subject, "subject"),
            as_of=fields.optional_text(None if as_of is None else str(as_of), "as_of"),
            result_count=fields.number(result_count, "result_count", least=0),
        )
