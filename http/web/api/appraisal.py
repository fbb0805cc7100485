"""Appraisal, bulletins, annual reports, praise, criticism, and the effect in a case (十七)."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import Field

from aggregates import fields
from aggregates.appraisal.words_lists import EffectSeverity, Figure, ReportScope
from aggregates.registry import Registry
from web.answers import RECORDED, Named
from web.routing import router as a_router
from web.submission import TheSubmission
from web.wishes import Code, Content, Day, LedgerPosition, Long, OneOf, Positions, Short, Wish

router = a_router("", "appraisal")
ROUTERS: tuple[APIRouter, ...] = (router,)

Year = Annotated[int, Field(ge=1949, le=9998)]
Percent = Annotated[int, Field(ge=0, le=100)]
Month = Annotated[str, Field(pattern=r"^(19|20|21)\d{2}-(0[1-9]|1[0-2])$", examples=["2025-01"])]


class Part(Wish):
    """A part of the appraisal and its weight."""

    part: Code
    weight: Percent


class Cycle(Wish):
    """The appraisal of a year; DISCLOSURE is one of its parts, and the weights add up to 100."""

    appraisal: Code
    year: Year
    title_zh: Short
    weights: Annotated[list[Part], Field(max_length=fields.MOST)]


class Indicator(Wish):
    """One indicator; with a figure and a target it is counted from the ledger instead of judged."""

    indicator: Code
    title_zh: Short
    weight: Percent
    figure: Annotated[str, OneOf(Figure)] | None = None
    target: Annotated[int, Field(ge=1, le=1_000_000)] | None = None


class IndicatorSet(Wish):
    """The next version of an indicator set; the weights add up to 100."""

    indicator_set: Code
    title_zh: Short
    indicators: Annotated[list[Indicator], Field(max_length=fields.MOST)]


class Score(Wish):
    """A score with its evidence; a counted indicator needs none, and takes none that differs."""

    unit: Code
    indicator_set: Code
    indicator: Code
    score: Percent | None = None
    evidence_positions: Positions = Field(default_factory=list)
    cut_off_position: LedgerPosition | None = None
    finding: Long | None = None


class UnitScore(Wish):
    """A unit and its score from 0 to 100."""

    unit: Code
    score: Percent


class Assessment(Wish):
    """A third party's assessment: who, by which method, when, with which result."""

    third_party_assessment: Code
    assessor: Short
    assessment_method: Long
    assessed_on: Day
    scores: Annotated[list[UnitScore], Field(max_length=fields.MOST)]
    appraisal: Code | None = None
    content: Content | None = None


class Bulletin(Wish):
    """The bulletin of a month; the figures are counted up to a position, the last where none is named."""

    month: Month
    cut_off_position: LedgerPosition | None = None


class Compilation(Wish):
    """Whose year is counted, up to which position."""

    year: Year
    unit: Code
    scope: Annotated[str, OneOf(ReportScope)] = str(ReportScope.UNIT)
    cut_off_position: LedgerPosition | None = None


class ReportSubmission(Wish):
    """The report as it is submitted."""

    year: Year
    unit: Code
    content: Content
    scope: Annotated[str, OneOf(ReportScope)] = str(ReportScope.UNIT)


class ReportPublication(Wish):
    """The item that shows the report."""

    item: Code


class Commendation(Wish):
    """What a unit is commended for."""

    commendation: Code
    basis: Long
    evidence_positions: Positions = Field(default_factory=list)


class Criticism(Wish):
    """What a unit is criticised for: the breaches by their positions."""

    criticism: Code
    basis: Long
    breach_positions: Positions


class Effect(Wish):
    """How grave the effect was."""

    severity: Annotated[str, OneOf(EffectSeverity)]
    finding: Long
    evidence_positions: Positions = Field(default_factory=list)


@router.post("/appraisals", summary="启动考核 · open an appraisal cycle", **RECORDED)
async def open_appraisal_cycle(wish: Cycle, submission: TheSubmission) -> Response:
    """Open the appraisal of a year."""
    return await submission.to(Registry.open_appraisal_cycle, f"appraisal/{wish.appraisal}", **wish.stated())


@router.post("/appraisals/{appraisal}/scores", summary="指标评分 · score an indicator", **RECORDED)
async def score_indicator(appraisal: Named, wish: Score, submission: TheSubmission) -> Response:
    """Score a unit by an indicator of the set's present version."""
    return await submission.to(Registry.score_indicator, f"appraisal/{appraisal}", appraisal=appraisal, **wish.stated())


@router.post("/indicator-sets", summary="启用指标体系 · adopt an indicator set", **RECORDED)
async def adopt_indicator_set(wish: IndicatorSet, submission: TheSubmission) -> Response:
    """Adopt the next version of an indicator set."""
    stream = f"indicator_set/{wish.indicator_set}"
    return await submission.to(Registry.adopt_indicator_set, stream, **wish.stated())


@router.post("/assessments", summary="登记第三方测评 · record a third-party assessment", **RECORDED)
async def record_third_party_assessment(wish: Assessment, submission: TheSubmission) -> Response:
    """Enter a third party's assessment with its source."""
    stream = f"third_party_assessment/{wish.third_party_assessment}"
    return await submission.to(Registry.record_third_party_assessment, stream, **wish.stated())


@router.post("/bulletins/{bulletin}/compilations", summary="汇总每月通报 · compile a monthly bulletin", **RECORDED)
async def compile_monthly_bulletin(bulletin: Named, wish: Bulletin, submission: TheSubmission) -> Response:
    """Freeze each unit's figures of a month that is over."""
    return await submission.to(
        Registry.compile_monthly_bulletin, "bulletin/district", bulletin=bulletin, **wish.stated()
    )


@router.post("/bulletins/{bulletin}/issues", summary="印发每月通报 · issue a monthly bulletin", **RECORDED)
async def issue_monthly_bulletin(bulletin: Named, wish: Bulletin, submission: TheSubmission) -> Response:
    """Issue it; earlier months without a bulletin are flagged."""
    return await submission.to(Registry.issue_monthly_bulletin, "bulletin/district", bulletin=bulletin, **wish.stated())


@router.post("/annual-reports/{report}/compilations", summary="编制年度报告 · compile an annual report", **RECORDED)
async def compile_annual_report(report: Named, wish: Compilation, submission: TheSubmission) -> Response:
    """Count a year that is over."""
    return await submission.to(
        Registry.compile_annual_report, f"annual_report/{report}", report=report, **wish.stated()
    )


@router.post("/annual-reports/{report}/submissions", summary="报送年度报告 · submit an annual report", **RECORDED)
async def submit_annual_report(report: Named, wish: ReportSubmission, submission: TheSubmission) -> Response:
    """Submit the report; after 31 January it is taken and flagged."""
    return await submission.to(Registry.submit_annual_report, f"annual_report/{report}", report=report, **wish.stated())


@router.post("/annual-reports/{report}/publications", summary="公布年度报告 · the report is public", **RECORDED)
async def publish_annual_report(report: Named, wish: ReportPublication, submission: TheSubmission) -> Response:
    """Record the item that shows the report, and whether it was in time."""
    return await submission.to(
        Registry.publish_annual_report, f"annual_report/{report}", report=report, **wish.stated()
    )


@router.post("/units/{unit}/commendations", summary="表彰单位 · commend a unit", **RECORDED)
async def commend_unit(unit: Named, wish: Commendation, submission: TheSubmission) -> Response:
    """Commend a unit on a basis."""
    return await submission.to(Registry.commend_unit, f"standing/{unit}", unit=unit, **wish.stated())


@router.post("/units/{unit}/criticisms", summary="通报批评 · criticise a unit", **RECORDED)
async def criticise_unit(unit: Named, wish: Criticism, submission: TheSubmission) -> Response:
    """Criticise a unit before all, for breaches on record."""
    return await submission.to(Registry.criticise_unit, f"standing/{unit}", unit=unit, **wish.stated())


@router.post("/cases/{case}/effects", summary="评估影响 · assess the effect in a case", **RECORDED)
async def assess_effect(case: Named, wish: Effect, submission: TheSubmission) -> Response:
    """Say how grave the effect was, by what evidence."""
    return await submission.to(Registry.assess_effect, f"case/{case}", case=case, **wish.stated())
