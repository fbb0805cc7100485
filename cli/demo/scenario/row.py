"""One row of the district's example year: what is asked, when, by whom, and what the rulebook must answer.

``expected`` is the answer in the words of the example; ``flags`` are the codes pointed out with an accepted
row, and ``says`` what its entry states: due days, lags, counts.  A row without a command is answered by the
record alone: nobody acts, and something follows from it.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from aggregates.deed import CHINA
from aggregates.terms import CommandName
from aggregates.vocabulary import COMMANDS

_BY_NAME = {str(command): command for command in COMMANDS}


@dataclass(frozen=True, slots=True)
class Row:
    """One row: when, which unit and officer ask for what about what, and the answer in the example's words."""

    number: int
    clock: str
    unit: str
    officer: str
    name: str | None
    subject: str
    expected: str
    flags: tuple[str, ...] = ()
    says: dict[str, Any] = field(default_factory=dict)

    @property
    def at(self) -> datetime:
        """The instant in the district's time."""
        return datetime.fromisoformat(self.clock).replace(tzinfo=CHINA)

    @property
    def command(self) -> CommandName:
        """What is asked of the Registry; a row without a command asks nothing."""
        assert self.name is not None, f"row {self.number} is answered by the record alone"
        return _BY_NAME[self.name]

    @property
    def refused(self) -> str | None:
        """The code of the refusal that is the row's first answer; None where it is accepted."""
        return self.expected.split()[1].rstrip(",") if self.expected.startswith("REFUSE ") else None
