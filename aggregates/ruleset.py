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
from aggregates.opinion.terms import ClockStart
from aggregates.terms import Term
from aggregates.vocabulary import Mode

DEFAULTS: Mapping[str, str] = MappingProxyType(
    {
        # The text lists 审核人 and 发布人员 apart; that they must differ is an inference (十).
        "segregation_of_duties": str(Mode.REFUSE),
        # (十六) asks for training and forbids nobody to act without it.
        "untrained_officer": str(Mode.FLAG),
        # (一) asks for the examination and does not say that its "no" binds.
        "disclosure_office_disagrees": str(Mode.REFUSE),
        # (十二) asks for participation and does not say what a decision without it is worth.
        "decision_without_participation": str(Mode.REFUSE),
        # (三) makes disclosure the norm; only for withholding does (一) say that a reason must be written.
        "exception_without_reason": str(Mode.FLAG),
        # (四) asks for a full self-check and does not say that its report waits for it.
        "self_check_incomplete": str(Mode.FLAG),
        # 条例 article 30 has it 一次性告知; 江苏 says "in principle" once.
        "second_correction_notice": str(Mode.REFUSE),
        # 江苏省政府信息公开申请办理答复规范 lists the parts of a reply and does not say what one without them is.
        "reply_part_missing": str(Mode.REFUSE),
    }
)
"""What holds where a ruleset is silent; each value is REFUSE or FLAG."""

DAYS: Mapping[str, str] = MappingProxyType(
    {
        # (三) 2017年年底前修订完成本单位主动公开目录清单.
        "unit_catalogue_deadline": "2017-12-31",
    }
)
"""Days that hold where a ruleset names no other."""

NUMBERS: Mapping[str, int] = MappingProxyType(
    {
        # 重大行政决策程序暂行条例 art. 15, calendar days; shorter only with a stated reason.
        "comment_period_days": 30,
        # The same, art. 16: the papers reach the participants this many days before the hearing.
        "hearing_documents_days": 7,
        # (十二) says 相对集中 and gives no figure: so many comments, or such a share of all of them.
        "concentrated_comments": 10,
        "concentrated_percent": 5,
        # (十三) says 及时: calendar days in which a message of the opinion box is to be answered.
        "message_reply_days": 15,
        # (六) says 同步, which leaves no second; the lag is recorded whatever is tolerated.
        "interpretation_lag_tolerance_s": 0,
        # (十三) says 及时录入: working days from arrival to entry before it is flagged.
        "request_entry_days": 1,
        # 江苏省政府信息公开申请办理答复规范: a correction period is generally not longer, in working days.
        "correction_period_days": 15,
        # 国办函〔2020〕109号: calendar days from the fee notice to payment.
        "fee_payment_days": 30,
        # (四) says 依申请公开较为集中 and gives no figure: so many requests for one item within 12 months.
        "self_check_cluster_requests": 3,
        # 政府信息公开条例 art. 26: working days from the day the information came about.
        "proactive_disclosure_days": 20,
    }
)
"""The numbers that hold where a ruleset is silent; each is a whole number from 1, or from 0 where that holds."""

CHOICES: Mapping[str, type[Term]] = MappingProxyType(
    {
        # (九) counts five hours and does not say from when: occurrence, detection or grading.
        "incident_clock_start": ClockStart,
    }
)
"""What a ruleset chooses among; the first of each list holds where it is silent."""


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

    def day(self, parameter: str) -> str:
        """A day of the rules, ``YYYY-MM-DD``."""
        return str(self.parameters.get(parameter, DAYS[parameter]))

    def number(self, parameter: str) -> int:
        """A number that the text leaves open, or that another law sets and may change."""
        return int(self.parameters.get(parameter, NUMBERS[parameter]))

    def choice(self, parameter: str) -> str:
        """What the ruleset chose where the text leaves a choice open; the first of its list else."""
        return str(self.parameters.get(parameter, next(iter(CHOICES[parameter]))))

    def text(self, parameter: str) -> str | None:
        """A parameter without default, such as the code of a unit; None where the ruleset does not set it."""
        value = self.parameters.get(parameter)
        return None if value is None else str(value)


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
    """All parameters as they will hold; the known ones must be REFUSE or FLAG, a day or a number."""
    chosen = {name: str(next(iter(terms))) for name, terms in CHOICES.items()}
    merged: dict[str, Any] = {**DEFAULTS, **NUMBERS, **chosen, **parameters}
    for name, value in merged.items():
        fields.code(name, "parameters")
        if name in DEFAULTS:
            merged[name] = fields.term(Mode, value, f"parameters.{name}")
        elif name in DAYS:
            merged[name] = fields.day(value, f"parameters.{name}")
        elif name in NUMBERS:
            merged[name] = fields.number(value, f"parameters.{name}", least=min(1, NUMBERS[name]), most=3660)
        elif name in CHOICES:
            merged[name] = fields.term(CHOICES[name], value, f"parameters.{name}")
        elif not isinstance(value, str | int):
            raise fields.invalid(f"parameters.{name}", "须为文字或整数", "it must be a text or a whole number")
    return merged
