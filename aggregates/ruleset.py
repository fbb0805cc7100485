"""The rules in force: which version of the district's rules, and how it settles what the text leaves open.

Every event cites the version in force at its time, as ``RS-143/1``.  Before any adoption the rules of
鄞政办发〔2017〕143号 hold as built in, with the parameters below.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, ClassVar

from eventsourcing.domain import event

from aggregates import fields
from aggregates.base import Record
from aggregates.deed import Deed
from aggregates.vocabulary import Mode

DEFAULTS: Mapping[str, str] = MappingProxyType(
    {
        # The text lists 审核人 and 发布人员 apart; that they must differ is an inference (十).
        "segregation_of_duties": str(Mode.REFUSE),
        # (十六) asks for training and forbids nobody to act without it.
        "untrained_officer": str(Mode.FLAG),
        # (一) asks for the examination and does not say that its "no" binds.
        "disclosure_office_disagrees": str(Mode.REFUSE),
    }
)
"""What holds where a ruleset is silent; each value is REFUSE or FLAG."""


@dataclass(frozen=True, slots=True)
class Rules:
    """One version of the rules with its parameters."""

    ruleset: str
    version: int
    effective_from: str
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def citation(self) -> str:
        """How events cite it, ``RS-143/1``."""
        return f"{self.ruleset}/{self.version}"

    def refuses(self, parameter: str) -> bool:
        """Whether a rule that the text leaves open refuses here, rather than flags."""
        return bool(self.parameters.get(parameter, DEFAULTS[parameter]) == Mode.REFUSE)


BUILT_IN = Rules("RS-143", 1, "2017-08-09")
"""The rules before any adoption: the implementing rules of 2017-08-09 with every parameter at its default."""


class Ruleset(Record):
    """The rulesets of the district, adoption by adoption; the stream is ``ruleset/district``."""

    TOPIC = "ruleset"
    STREAM = "ruleset"
    IDENTIFIER = "district"

    class Adopted(Record.Event):
        """This version holds for what happens from ``effective_from`` on (规则集启用)."""

        TOPIC = "ruleset.adopted/1"
        ENTRY_NAMES: ClassVar[Mapping[str, str]] = {"ruleset_id": "ruleset"}
        ruleset_id: str
        version: int
        document_number: str
        title_zh: str
        effective_from: str
        parameters: dict[str, Any]

    def __init__(self) -> None:
        self.adopted: list[Rules] = []

    def in_force_on(self, day: str) -> Rules:
        """The rules for what happens on that day: the latest adoption that is effective by then."""
        for rules in reversed(self.adopted):
            if rules.effective_from <= day:
                return rules
        return BUILT_IN

    def adopt(
        self,
        deed: Deed,
        *,
        ruleset: str,
        document_number: str,
        title_zh: str,
        effective_from: str | date,
        parameters: Mapping[str, Any] | None = None,
    ) -> None:
        """Adopt the next version of a ruleset; parameters it does not name keep their defaults."""
        ruleset = fields.code(ruleset, "ruleset")
        self.write(
            self.Adopted,
            deed,
            ruleset_id=ruleset,
            version=1 + sum(rules.ruleset == ruleset for rules in self.adopted),
            document_number=fields.text(document_number, "document_number"),
            title_zh=fields.text(title_zh, "title_zh"),
            effective_from=fields.day(effective_from, "effective_from"),
            parameters=_checked_parameters(parameters or {}),
        )

    @event(Adopted)
    def _adopted(self, ruleset_id: str, version: int, effective_from: str, parameters: dict[str, Any]) -> None:
        self.adopted.append(Rules(ruleset_id, version, effective_from, parameters))


def _checked_parameters(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """All parameters as they will hold; the known ones must be REFUSE or FLAG, others are kept as given."""
    merged: dict[str, Any] = {**DEFAULTS, **parameters}
    for name, value in merged.items():
        fields.code(name, "parameters")
        if name in DEFAULTS:
            merged[name] = fields.term(Mode, value, f"parameters.{name}")
        elif not isinstance(value, str | int):
            raise fields.invalid(f"parameters.{name}", "须为文字或整数", "it must be a text or a whole number")
    return merged
