"""The API of the area supervision: self-check, spot checks, rectification (四)."""

from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import Field

from aggregates.registry import Registry
from aggregates.supervision.commands import FURTHEST_DUE_DAYS
from aggregates.supervision.spot_check import LARGEST_SAMPLE
from aggregates.supervision.words import (
    DutyCause,
    FindingConclusion,
    FindingScope,
    Population,
    SpotCheckConclusion,
    SpotCheckOccasion,
)
from web.answers import RECORDED, Named
from web.routing import router as a_router
from web.submission import TheSubmission, TheUnconditional
from web.wishes import Code, Codes, Day, Long, OneOf, Positions, Short, Wish

Year = Annotated[int, Path(ge=2017, le=9998)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]
Cause = Annotated[str, OneOf(DutyCause)]

self_checks = a_router("/self-checks", "supervision")
documents = a_router("/documents", "documents")
duties = a_router("/disclosure-duties", "supervision")
spot_checks = a_router("/spot-checks", "supervision")
rectifications = a_router("/rectifications", "supervision")


class SelfCheckOpening(Wish):
    """The year, and the units that check themselves."""

    year: Annotated[int, Field(ge=2017, le=9998)]
    units: Codes


class SelfCheckFinding(Wish):
    """What was found of one item, and why it was looked at."""

    item: Code
    finding_scope: Annotated[str, OneOf(FindingScope)]
    conclusion: Annotated[str, OneOf(FindingConclusion)]
    reason: Long
    requests: Count | None = None
    due_since: Day | None = None


class SelfCheckReport(Wish):
    """What the unit reports; the counts must be those recorded."""

    findings: Count
    kept: Count
    convertible: Count
    should_be_disclosed: Count
    note: Long | None = None


class Conversion(Wish):
    """The year whose self-check found the item convertible, and why."""

    year: Annotated[int, Field(ge=2017, le=9998)]
    reason: Long


class DisclosureOrder(Wish):
    """What a unit should have disclosed, and how that was found."""

    item: Code
    unit: Code
    cause: Cause
    reason: Long
    spot_check: Code | None = None
    due_since: Day | None = None


class SpotCheckDrawing(Wish):
    """The seed and the size of the sample, and what it is drawn from."""

    spot_check: Code
    check_occasion: Annotated[str, OneOf(SpotCheckOccasion)]
    seed: Short
    sample_size: Annotated[int, Field(ge=1, le=LARGEST_SAMPLE)]
    population: Annotated[str, OneOf(Population)] = str(Population.ITEMS)
    units: Codes = Field(default_factory=list)
    occasion_reference: Short | None = None


class SpotCheckFinding(Wish):
    """What one member of the sample showed."""

    drawn: Short
    conclusion: Annotated[str, OneOf(SpotCheckConclusion)]
    note: Long | None = None


class RectificationOrder(Wish):
    """What a unit must put right, by a day or within so many working days."""

    rectification: Code
    unit: Code
    problem: Long
    demand: Long
    cause: Cause
    due_on: Day | None = None
    due_in_working_days: Annotated[int, Field(ge=1, le=FURTHEST_DUE_DAYS)] | None = None
    item: Code | None = None
    spot_check: Code | None = None
    evidence_positions: Positions = Field(default_factory=list)


class RectificationConfirmation(Wish):
    """The entries that show that it was put right."""

    evidence_positions: Positions
    note: Long | None = None


@self_checks.post("", summary="启动自查 · open the yearly self-check", **RECORDED)
async def open_self_check(wish: SelfCheckOpening, submission: TheUnconditional) -> Response:
    """Open the year's self-check of one unit or of several."""
    return await submission.to(Registry.open_self_check, None, **wish.stated())


@self_checks.post("/{year}/units/{unit}/findings", summary="登记自查情况 · record a self-check finding", **RECORDED)
async def record_self_check_finding(
    year: Year, unit: Named, wish: SelfCheckFinding, submission: TheSubmission
) -> Response:
    """Record what the self-check found of one item."""
    stream = f"self_check/{unit}-{year}"
    return await submission.to(Registry.record_self_check_finding, stream, unit=unit, year=year, **wish.stated())


@self_checks.post("/{year}/units/{unit}/reports", summary="报送自查整改情况 · submit the self-check report", **RECORDED)
async def submit_self_check_report(
    year: Year, unit: Named, wish: SelfCheckReport, submission: TheSubmission
) -> Response:
    """Report to the district office, in the numbers that are recorded."""
    stream = f"self_check/{unit}-{year}"
    return await submission.to(Registry.submit_self_check_report, stream, unit=unit, year=year, **wish.stated())


@documents.post("/{item}/conversions", summary="转为主动公开 · convert to proactive disclosure", **RECORDED)
async def convert_to_proactive(item: Named, wish: Conversion, submission: TheSubmission) -> Response:
    """Turn an item into proactive disclosure, on a new secrecy review."""
    return await submission.to(Registry.convert_to_proactive, f"document/{item}", item=item, **wish.stated())


@duties.post("", summary="责令公开 · order disclosure", **RECORDED)
async def order_disclosure(wish: DisclosureOrder, submission: TheSubmission) -> Response:
    """Put an item on the list of what should be public; its publication alone takes it off."""
    return await submission.to(Registry.order_disclosure, f"disclosure_duty/{wish.item}", **wish.stated())


@spot_checks.post("", summary="开展抽查 · conduct a spot check", **RECORDED)
async def conduct_spot_check(wish: SpotCheckDrawing, submission: TheSubmission) -> Response:
    """Draw a sample by a seed, recorded so that anybody can draw it again."""
    return await submission.to(Registry.conduct_spot_check, f"spot_check/{wish.spot_check}", **wish.stated())


@spot_checks.post("/{spot_check}/findings", summary="登记抽查情况 · record a spot-check finding", **RECORDED)
async def record_spot_check_finding(spot_check: Named, wish: SpotCheckFinding, submission: TheSubmission) -> Response:
    """Record what one member of the sample showed."""
    stream = f"spot_check/{spot_check}"
    return await submission.to(Registry.record_spot_check_finding, stream, spot_check=spot_check, **wish.stated())


@rectifications.post("", summary="督促整改 · order a rectification", **RECORDED)
async def order_rectification(wish: RectificationOrder, submission: TheSubmission) -> Response:
    """Order a unit to put something right by a day."""
    stream = f"rectification/{wish.rectification}"
    return await submission.to(Registry.order_rectification, stream, **wish.stated())


@rectifications.post("/{rectification}/confirmations", summary="整改销号 · confirm a rectification", **RECORDED)
async def confirm_rectification(
    rectification: Named, wish: RectificationConfirmation, submission: TheSubmission
) -> Response:
    """Close a rectification on evidence that stands in this ledger."""
    stream = f"rectification/{rectification}"
    return await submission.to(Registry.confirm_rectification, stream, rectification=rectification, **wish.stated())


ROUTERS: tuple[APIRouter, ...] = (self_checks, documents, duties, spot_checks, rectifications)
