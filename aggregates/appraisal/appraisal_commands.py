"""Commands on appraisal cycles, indicators, scores and third-party assessments (十七)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from aggregates import fields
from aggregates.appraisal.counting import Counting
from aggregates.appraisal.cycle import Assessment, Cycle, Indicator, IndicatorSet
from aggregates.appraisal.figures import positions_of
from aggregates.appraisal.words_commands import AppraisalCommand as Command
from aggregates.appraisal.words_refusals import AppraisalRefusal
from aggregates.deed import Deed
from aggregates.desk import Data, Desk, Order
from aggregates.refusal import refuse
from ledger.append import Receipt


class ScoringCommands(Counting):
    """把政务公开工作纳入目标管理考核体系，建立健全量化评估指标体系，采取第三方测评等方式."""

    def open_appraisal_cycle(
        self,
        deed: Deed,
        *,
        appraisal: str,
        year: int,
        title_zh: str,
        weights: Sequence[Mapping[str, Any]],
        expected_version: int | None = None,
    ) -> Receipt:
        """Open the appraisal of a year; ``weights`` state ``part`` and ``weight``, DISCLOSURE among them, 100 in all."""
        data: Data = {"appraisal": appraisal, "year": year, "title_zh": title_zh, "weights": weights}

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_reach(None)
            desk.open(Cycle, appraisal, likely_new=True).open(desk.deed, **data)

        stream = Cycle.stream_of(appraisal)
        return self.carry_out(Order(Command.OPEN_APPRAISAL_CYCLE, deed, stream, data, stream, expected_version), decide)

    def adopt_indicator_set(
        self,
        deed: Deed,
        *,
        indicator_set: str,
        title_zh: str,
        indicators: Sequence[Mapping[str, Any]],
        expected_version: int | None = None,
    ) -> Receipt:
        """Adopt the next version of an indicator set.

        Each of the ``indicators`` states ``indicator``, ``title_zh`` and ``weight``, 100 in all.  One that
        also states a ``figure`` and a ``target`` is counted from the ledger instead of judged.
        """
        data: Data = {"indicator_set": indicator_set, "title_zh": title_zh, "indicators": indicators}

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_reach(None)
            desk.open(IndicatorSet, indicator_set).adopt(desk.deed, **data)

        stream = IndicatorSet.stream_of(indicator_set)
        return self.carry_out(Order(Command.ADOPT_INDICATOR_SET, deed, stream, data, stream, expected_version), decide)

    def score_indicator(
        self,
        deed: Deed,
        *,
        appraisal: str,
        unit: str,
        indicator_set: str,
        indicator: str,
        score: int | None = None,
        evidence_positions: Sequence[int] = (),
        cut_off_position: int | None = None,
        finding: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Score a unit by an indicator of the set's present version, on what the ledger held up to a position.

        A judged indicator takes a ``score`` from 0 to its weight with the positions it rests on.  A counted
        one is computed: a ``score`` that is given must agree, and the entries counted (the first 200 of
        them) become its evidence.
        """
        data: Data = {
            "appraisal": appraisal,
            "unit": unit,
            "indicator_set": indicator_set,
            "indicator": indicator,
            "score": score,
            "evidence_positions": evidence_positions,
            "cut_off_position": cut_off_position,
            "finding": finding,
        }

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_reach(None)
            desk.require_unit(unit)
            file, chosen = _cycle(desk, appraisal), desk.read(IndicatorSet, indicator_set)
            if indicator not in chosen.indicators:
                raise refuse(AppraisalRefusal.INDICATOR_UNKNOWN, indicator_set=indicator_set, indicator=indicator)
            judged_by = chosen.indicators[indicator]
            position = self.cut_off(cut_off_position)
            cited = fields.numbers(evidence_positions, "evidence_positions")
            self.require_positions(cited, "evidence_positions")
            counted = self._count(judged_by, file.year, unit, position)
            file.score(
                desk.deed,
                unit=unit,
                indicator_set=indicator_set,
                version=chosen.present_version,
                indicator=judged_by,
                score=score,
                counted=None if counted is None else len(counted),
                cut_off_position=position,
                evidence_positions=cited if counted is None else sorted({*cited, *counted})[: fields.MOST],
                finding=finding,
            )

        stream = Cycle.stream_of(appraisal)
        return self.carry_out(Order(Command.SCORE_INDICATOR, deed, unit, data, stream, expected_version), decide)

    def _count(self, indicator: Indicator, year: int, unit: str, cut_off_position: int) -> list[int] | None:
        """The positions that a counted indicator counts for a unit; None for a judged one."""
        if indicator.figure is None:
            return None
        return positions_of(self.counted_entries(cut_off_position), f"{year:04d}", unit, indicator.figure)

    def record_third_party_assessment(
        self,
        deed: Deed,
        *,
        third_party_assessment: str,
        assessor: str,
        assessment_method: str,
        assessed_on: str | date,
        scores: Sequence[Mapping[str, Any]],
        appraisal: str | None = None,
        content: Mapping[str, Any] | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Enter a third party's assessment with its source: who, by which method, when; ``content`` is the report.

        ``scores`` state ``unit`` and ``score`` from 0 to 100.
        """
        data: Data = {
            "third_party_assessment": third_party_assessment,
            "assessor": assessor,
            "assessment_method": assessment_method,
            "assessed_on": assessed_on,
            "scores": scores,
            "appraisal": appraisal,
            "content": content,
        }

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_reach(None)
            if appraisal is not None:
                _cycle_read(desk, appraisal)
            file = desk.open(Assessment, third_party_assessment, likely_new=True)
            file.record(desk.deed, **data)
            for each in scores:
                desk.require_unit(each["unit"])
            if content is not None:
                self.require_stored([fields.content(content, "content")])

        stream = Assessment.stream_of(third_party_assessment)
        order = Order(Command.RECORD_THIRD_PARTY_ASSESSMENT, deed, stream, data, stream, expected_version)
        return self.carry_out(order, decide)


def _cycle(desk: Desk, appraisal: str) -> Cycle:
    return _known(desk.open(Cycle, appraisal), appraisal)


def _cycle_read(desk: Desk, appraisal: str) -> Cycle:
    return _known(desk.read(Cycle, appraisal), appraisal)


def _known(file: Cycle, appraisal: str) -> Cycle:
    if not file.exists:
        raise refuse(AppraisalRefusal.CYCLE_UNKNOWN, appraisal=appraisal)
    return file
