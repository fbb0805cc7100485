"""A training: how it was held, for whom, and who came (十六).

What an officer's attendance came to stands in the officer's own file (``aggregates.officer``).
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from eventsourcing.domain import event

from aggregates import fields
from aggregates.base import Record
from aggregates.deed import Deed
from aggregates.organisation.words_lists import Audience, TrainingKind
from aggregates.refusal import RefusalCode, refuse


class Training(Record):
    """One training; its stream is ``training/<number>``."""

    TOPIC = "training"
    STREAM = "training"
    IDENTIFIER = "training"

    class Held(Record.Event):
        """It was held, of a kind, for audiences with so many present; officers are named by code (培训举办)."""

        TOPIC = "training.held/1"
        training: str
        kind: str
        title_zh: str
        held_on: str
        audiences: list[dict[str, Any]]
        attended: list[str]
        absent: list[str]

    def __init__(self) -> None:
        self.training = ""
        self.held_on = ""
        self.audiences: list[str] = []

    def hold(
        self,
        deed: Deed,
        *,
        training: str,
        kind: str,
        title_zh: str,
        audiences: Iterable[Mapping[str, Any]],
        held_on: str | date | None = None,
        attended: Iterable[str] = (),
        absent: Iterable[str] = (),
    ) -> None:
        """Write the training down; ``audiences`` state ``audience`` and how many of it ``attended``."""
        if self.exists:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=self.stream)
        came, stayed_away = fields.codes(attended, "attended"), fields.codes(absent, "absent")
        if set(came) & set(stayed_away):
            raise fields.invalid("absent", "同一人既参训又缺席", "somebody both came and stayed away")
        self.write(
            self.Held,
            deed,
            training=fields.code(training, "training"),
            kind=fields.term(TrainingKind, kind, "kind"),
            title_zh=fields.text(title_zh, "title_zh"),
            held_on=fields.day(held_on or deed.day, "held_on"),
            audiences=_audiences(audiences),
            attended=came,
            absent=stayed_away,
        )

    @event(Held)
    def _held(self, training: str, held_on: str, audiences: list[dict[str, Any]]) -> None:
        self.training, self.held_on = training, held_on
        self.audiences = [each["audience"] for each in audiences]


def _audiences(audiences: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    named = [
        {
            "audience": fields.term(Audience, each.get("audience"), "audiences.audience"),
            "attended": fields.number(each.get("attended"), "audiences.attended", least=0, most=100_000),
        }
        for each in fields.mappings(audiences, "audiences")
    ]
    if not named:
        raise fields.invalid("audiences", "至少一类对象", "it must name at least one audience")
    fields.codes([each["audience"] for each in named], "audiences")
    return named
