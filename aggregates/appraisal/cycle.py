"""Appraisal: the cycle with its weights, the indicator sets, the scores with their evidence (十七)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from eventsourcing.domain import event

from aggregates import fields
from aggregates.appraisal.words_lists import Figure
from aggregates.appraisal.words_refusals import AppraisalRefusal
from aggregates.base import Record
from aggregates.deed import Deed
from aggregates.fields import Content
from aggregates.refusal import RefusalCode, refuse

HUNDRED = 100
DISCLOSURE = "DISCLOSURE"
"""The part of every appraisal that is about disclosure."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of a set: judged by whoever scores, or counted from the ledger where it names a figure."""

    indicator: str
    weight: int
    figure: str | None
    target: int | None

    def score_for(self, counted: int) -> int:
        """The score for a count: the whole weight at the target, in proportion below it, rounded down."""
        assert self.target is not None, "a counted indicator has a target"
        return self.weight * min(counted, self.target) // self.target


class IndicatorSet(Record):
    """An indicator set, version by version; its stream is ``indicator_set/<code>``."""

    TOPIC = "indicator_set"
    STREAM = "indicator_set"
    IDENTIFIER = "indicator_set"

    class Adopted(Record.Event):
        """This version is what is scored by from now on (指标体系启用)."""

        TOPIC = "indicator_set.adopted/1"
        indicator_set: str
        version: int
        title_zh: str
        indicators: list[dict[str, Any]]

    def __init__(self) -> None:
        self.present_version = 0
        self.indicators: dict[str, Indicator] = {}

    def adopt(self, deed: Deed, *, indicator_set: str, title_zh: str, indicators: Iterable[Mapping[str, Any]]) -> None:
        """Adopt the next version; the weights of its indicators add up to 100."""
        listed = [_indicator(each) for each in fields.mappings(indicators, "indicators")]
        fields.codes([each["indicator"] for each in listed], "indicators")
        _refuse_not_hundred(indicator_set, listed)
        self.write(
            self.Adopted,
            deed,
            indicator_set=fields.code(indicator_set, "indicator_set"),
            version=self.present_version + 1,
            title_zh=fields.text(title_zh, "title_zh"),
            indicators=listed,
        )

    @event(Adopted)
    def _adopted(self, version: int, indicators: list[dict[str, Any]]) -> None:
        self.present_version = version
        self.indicators = {
            each["indicator"]: Indicator(each["indicator"], each["weight"], each["figure"], each["target"])
            for each in indicators
        }


class Cycle(Record):
    """One appraisal; its stream is ``appraisal/<number>``."""

    TOPIC = "appraisal"
    STREAM = "appraisal"
    IDENTIFIER = "appraisal"

    class CycleOpened(Record.Event):
        """The appraisal of a year began, with disclosure among its weighted parts (考核启动)."""

        TOPIC = "appraisal.cycle_opened/1"
        appraisal: str
        year: int
        title_zh: str
        weights: list[dict[str, Any]]

    class IndicatorScored(Record.Event):
        """A unit's score, by which version of which set, on which evidence, up to which position (指标评分)."""

        TOPIC = "appraisal.indicator_scored/1"
        appraisal: str
        unit: str
        indicator_set: str
        version: int
        indicator: str
        weight: int
        score: int
        counted: int | None
        cut_off_position: int
        evidence_positions: list[int]
        finding: str | None

    def __init__(self) -> None:
        self.appraisal = ""
        self.year = 0

    def open(
        self, deed: Deed, *, appraisal: str, year: int, title_zh: str, weights: Iterable[Mapping[str, Any]]
    ) -> None:
        """Open the appraisal; ``weights`` state ``part`` and ``weight``, add up to 100 and hold DISCLOSURE."""
        if self.exists:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=self.stream)
        parts = [
            {
                "part": fields.code(each.get("part"), "weights.part"),
                "weight": fields.number(each.get("weight"), "weights.weight", most=HUNDRED),
            }
            for each in fields.mappings(weights, "weights")
        ]
        if DISCLOSURE not in [part["part"] for part in parts]:
            raise refuse(AppraisalRefusal.DISCLOSURE_NOT_APPRAISED, appraisal=appraisal)
        _refuse_not_hundred(appraisal, parts)
        self.write(
            self.CycleOpened,
            deed,
            appraisal=fields.code(appraisal, "appraisal"),
            year=fields.number(year, "year", least=1949, most=9998),
            title_zh=fields.text(title_zh, "title_zh"),
            weights=parts,
        )

    @event(CycleOpened)
    def _cycle_opened(self, appraisal: str, year: int) -> None:
        self.appraisal, self.year = appraisal, year

    def score(
        self,
        deed: Deed,
        *,
        unit: str,
        indicator_set: str,
        version: int,
        indicator: Indicator,
        score: int | None,
        counted: int | None,
        cut_off_position: int,
        evidence_positions: list[int],
        finding: str | None,
    ) -> None:
        """Score a unit: what is counted is what the ledger counts, what is judged cites its evidence."""
        if counted is None:
            points = fields.number(score, "score", least=0, most=indicator.weight)
            if not evidence_positions:
                raise refuse(AppraisalRefusal.SCORE_WITHOUT_EVIDENCE, unit=unit, indicator=indicator.indicator)
        else:
            points = indicator.score_for(counted)
            if score is not None and score != points:
                raise refuse(
                    AppraisalRefusal.SCORE_NOT_REPRODUCIBLE,
                    unit=unit,
                    indicator=indicator.indicator,
                    counted=points,
                    score=score,
                )
        self.write(
            self.IndicatorScored,
            deed,
            appraisal=self.appraisal,
            unit=unit,
            indicator_set=indicator_set,
            version=version,
            indicator=indicator.indicator,
            weight=indicator.weight,
            score=points,
            counted=counted,
            cut_off_position=cut_off_position,
            evidence_positions=evidence_positions,
            finding=fields.optional_text(finding, "finding", longest=fields.LONG),
        )


class Assessment(Record):
    """One assessment by a third party; its stream is ``third_party_assessment/<number>``."""

    TOPIC = "third_party_assessment"
    STREAM = "third_party_assessment"
    IDENTIFIER = "third_party_assessment"

    class Recorded(Record.Event):
        """What a third party found, who it is, by which method and when (第三方测评)."""

        TOPIC = "third_party_assessment.recorded/1"
        third_party_assessment: str
        appraisal: str | None
        assessor: str
        assessment_method: str
        assessed_on: str
        scores: list[dict[str, Any]]
        content: Content | None

    def __init__(self) -> None:
        self.third_party_assessment = ""

    def record(
        self,
        deed: Deed,
        *,
        third_party_assessment: str,
        assessor: str,
        assessment_method: str,
        assessed_on: str | date,
        scores: Iterable[Mapping[str, Any]],
        appraisal: str | None = None,
        content: Mapping[str, Any] | None = None,
    ) -> None:
        """Enter the assessment, once; ``scores`` state ``unit`` and ``score`` from 0 to 100."""
        if self.exists:
            raise refuse(RefusalCode.ALREADY_REGISTERED, subject=self.stream)
        listed = [
            {
                "unit": fields.code(each.get("unit"), "scores.unit"),
                "score": fields.number(each.get("score"), "scores.score", least=0, most=HUNDRED),
            }
            for each in fields.mappings(scores, "scores")
        ]
        fields.codes([each["unit"] for each in listed], "scores")
        if not listed:
            raise fields.invalid("scores", "至少一个单位", "it must name at least one unit")
        self.write(
            self.Recorded,
            deed,
            third_party_assessment=fields.code(third_party_assessment, "third_party_assessment"),
            appraisal=fields.optional_code(appraisal, "appraisal"),
            assessor=fields.text(assessor, "assessor"),
            assessment_method=fields.text(assessment_method, "assessment_method", longest=fields.LONG),
            assessed_on=fields.day(assessed_on, "assessed_on"),
            scores=listed,
            content=None if content is None else fields.content(content, "content"),
        )

    @event(Recorded)
    def _recorded(self, third_party_assessment: str) -> None:
        self.third_party_assessment = third_party_assessment


def _indicator(stated: Mapping[str, Any]) -> dict[str, Any]:
    figure = fields.optional_term(Figure, stated.get("figure"), "indicators.figure")
    target = stated.get("target")
    if (figure is None) != (target is None):
        raise fields.invalid("indicators.target", "按台账计数的指标须有目标值，其他不写", "a counted one has a target")
    return {
        "indicator": fields.code(stated.get("indicator"), "indicators.indicator"),
        "title_zh": fields.text(stated.get("title_zh"), "indicators.title_zh"),
        "weight": fields.number(stated.get("weight"), "indicators.weight", most=HUNDRED),
        "figure": figure,
        "target": None if target is None else fields.number(target, "indicators.target"),
    }


def _refuse_not_hundred(subject: str, parts: list[dict[str, Any]]) -> None:
    total = sum(part["weight"] for part in parts)
    if total != HUNDRED:
        raise refuse(AppraisalRefusal.WEIGHTS_NOT_HUNDRED, subject=subject, total=total)
