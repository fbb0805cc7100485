"""What somebody said to a unit: when it came, how long it is, and commitments instead of the words.

A letter holds whatever its writer put in, names and telephone numbers too, so neither the words nor the
name may stand in an entry, nor in the content store, from which nothing is ever deleted.  They are
personal values: the entry commits to them, they can be read by whoever may, and they can be erased.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aggregates import fields
from aggregates.deed import CHINA, PUBLIC, Deed
from aggregates.participation.terms import InputSource
from ledger import instants
from ledger.personal import PersonalValue, PersonalValues


@dataclass(frozen=True, slots=True)
class Voice:
    """What was handed in: the words, and whose they are if that was told."""

    text: str
    name: str | None = None
    contact: str | None = None
    source: str = InputSource.PLATFORM
    received_at: datetime | str | None = None

    @property
    def for_the_fingerprint(self) -> dict[str, Any]:
        """What tells one asking from another: never the words, whose hash would outlive their erasure."""
        return {"characters": len(str(self.text)), "source": self.source, "received_at": self.received_at}

    def received(self, deed: Deed) -> datetime:
        """When it came: the deed's time, or an earlier one that an officer states for what came on paper."""
        if self.received_at is None:
            return deed.occurred_at
        at = instants.from_text(fields.instant(self.received_at, "received_at"))
        if at > deed.occurred_at or deed.actor == PUBLIC:
            raise fields.invalid(
                "received_at",
                "只由经办人员填写，且不能晚于录入时间",
                "only an officer states it, and it must not be later than now",
            )
        return at

    def day(self, deed: Deed) -> str:
        """The civil day on which it came."""
        return self.received(deed).astimezone(CHINA).date().isoformat()

    def data(self, deed: Deed) -> dict[str, Any]:
        """The members of an event that may stand in the clear."""
        return {
            "source": fields.term(InputSource, self.source, "source"),
            "received_at": instants.to_text(self.received(deed)),
            "characters": len(fields.text(self.text, "text", longest=fields.LONG)),
        }

    def values(self, record: str) -> list[PersonalValue]:
        """What goes to the erasable table, under the stream's name."""
        said = {
            "text": fields.text(self.text, "text", longest=fields.LONG),
            "name": fields.optional_text(self.name, "name"),
            "contact": fields.optional_text(self.contact, "contact"),
        }
        return [PersonalValues.commit(record, field, value) for field, value in said.items() if value is not None]


def commitments(values: list[PersonalValue]) -> dict[str, str | None]:
    """The members of an event that commit to those values; None where nothing was told."""
    committed: dict[str, str | None] = {"text_commitment": None, "name_commitment": None, "contact_commitment": None}
    return committed | {f"{value.field}_commitment": value.commitment for value in values}
