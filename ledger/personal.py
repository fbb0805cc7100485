"""Personal values: the entry holds a commitment, an erasable table holds the value and its salt.

The commitment is HMAC-SHA-256 under a random 32-byte salt of the record and field, so that neither a
name nor an eighteen-digit number can be guessed from the log.  Whoever is shown value and salt can
recompute it.  Erasing deletes both; the entry stays and the log still verifies.
"""

import hmac
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select

from ledger import canonical
from ledger.database import Database
from ledger.schema import personal_values

SALT_SIZE = 32

COMMITMENT = "_commitment"
"""How the member of an entry's data ends that commits to a value: ``name_commitment`` to the stream's ``name``."""

ERASED = "personal.erased/1"
"""The type of the event that declares an erasure: ``record``, ``fields``, ``ground``, ``approver``."""


@dataclass(frozen=True, slots=True)
class PersonalValue:
    """A value about a person, on its way to the erasable table; ``commitment`` goes into the entry."""

    record: str
    field: str
    value: Any
    salt: bytes

    @property
    def commitment(self) -> str:
        """64 hexadecimal digits."""
        return commitment(self.salt, self.field, self.value)

    def __repr__(self) -> str:
        """Name the place and never the value: representations end up in logs."""
        return f"PersonalValue({self.record!r}, {self.field!r}, …)"


def commitment(salt: bytes, field: str, value: Any) -> str:
    """HMAC-SHA-256(salt, "pi/v1" || field || canonical bytes of the value), in hexadecimal."""
    message = b"pi/v1" + field.encode("ascii") + canonical.encode(value)
    return hmac.new(salt, message, "sha256").hexdigest()


class PersonalValues:
    """The erasable values of one ledger."""

    def __init__(self, database: Database, ledger: int) -> None:
        self._database, self._ledger = database, ledger

    @staticmethod
    def commit(record: str, field: str, value: Any) -> PersonalValue:
        """Draw a salt for a value; nothing is stored until a command carries the result."""
        return PersonalValue(record, field, value, os.urandom(SALT_SIZE))

    def get(self, record: str, field: str) -> PersonalValue | None:
        """The value with its salt, or None when there is none or it has been erased."""
        found = self.of_records([record], field)
        return found.get(record)

    def of_records(self, records: Sequence[str], field: str) -> dict[str, PersonalValue]:
        """The values of one field for many records; records without one are left out."""
        table = personal_values
        query = select(table.c.record, table.c.salt, table.c.value).where(
            table.c.ledger == self._ledger, table.c.record.in_(records), table.c.field == field
        )
        with self._database.engine.connect() as connection:
            return {
                record: PersonalValue(record, field, canonical.decode_json(value), bytes(salt))
                for record, salt, value in connection.execute(query)
            }

    def erase(self, record: str, fields: Iterable[str]) -> int:
        """Delete values and salts of a record; answers how many were there.

        The caller records the event with ground and approver; a value missing without such an event
        is a fault to the audit.
        """
        table = personal_values
        statement = delete(table).where(
            table.c.ledger == self._ledger, table.c.record == record, table.c.field.in_(list(fields))
        )
        return self._database.transact(lambda connection: int(connection.execute(statement).rowcount))
