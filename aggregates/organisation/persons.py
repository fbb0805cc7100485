"""One person, several officer codes: declared once known, and honoured by every separation of duties (十).

The ledger knows officers by codes, not people.  That two codes are one person cannot be seen from the
codes, nor from the commitments to their names, which are salted so that nobody can guess them.  It is
declared, with what it rests on; from then on whatever asks that two people act counts them as one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from eventsourcing.domain import event

from aggregates import fields
from aggregates.base import Record
from aggregates.deed import Deed
from aggregates.refusal import RefusalCode, refuse


@dataclass(frozen=True, slots=True)
class Persons:
    """Who is whom: a code that is not in it stands for a person of its own."""

    by_code: dict[str, str] = field(default_factory=dict)

    def of(self, officer: str) -> str:
        """The person behind a code, named by one of the codes."""
        return self.by_code.get(officer, officer)

    def shared(self, some: Iterable[str], others: Iterable[str]) -> list[str]:
        """Which of some codes belong to a person who is also among the others, in order."""
        people = {self.of(officer) for officer in others}
        return sorted({officer for officer in some if self.of(officer) in people})


NOBODY_LINKED = Persons()


class PersonFile(Record):
    """The district's declarations; the stream is ``persons/district``."""

    TOPIC = "persons"
    STREAM = "persons"
    IDENTIFIER = "district"

    class Linked(Record.Event):
        """Two officer codes are one person, by what is stated (同一人认定)."""

        TOPIC = "persons.linked/1"
        officer: str
        same_as: str
        basis: str

    def __init__(self) -> None:
        self.by_code: dict[str, str] = {}

    @property
    def persons(self) -> Persons:
        """Who is whom now; a value that stays as it is."""
        return Persons(dict(self.by_code))

    def link(self, deed: Deed, *, officer: str, same_as: str, basis: str) -> None:
        """Declare two codes one person; what was linked with either is linked with both."""
        if self.persons.of(officer) == self.persons.of(same_as):
            raise refuse(RefusalCode.NOTHING_TO_CHANGE, subject=f"{officer} = {same_as}")
        self.write(
            self.Linked,
            deed,
            officer=fields.code(officer, "officer"),
            same_as=fields.code(same_as, "same_as"),
            basis=fields.text(basis, "basis", longest=fields.LONG),
        )

    @event(Linked)
    def _linked(self, officer: str, same_as: str) -> None:
        known = self.persons
        kept, merged = known.of(same_as), known.of(officer)
        for code, person in list(self.by_code.items()):
            if person == merged:
                self.by_code[code] = kept
        self.by_code[officer] = self.by_code[merged] = kept
        self.by_code[same_as] = self.by_code[kept] = kept
