"""The API of the area catalogue: what the units must disclose, and what they need not (三)."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import Field

from aggregates.catalogue.words import HarmGround
from aggregates.registry import Registry
from aggregates.vocabulary import Phase
from web.answers import RECORDED, Named
from web.routing import router as a_router
from web.submission import TheSubmission
from web.wishes import Code, Codes, Day, Long, OneOf, Short, Shorts, Wish

CATALOGUE = "catalogue/district"

PhaseCode = Annotated[str, OneOf(Phase)]
Ground = Annotated[str, OneOf(HarmGround)]
Said = Annotated[str, Field(max_length=500)]
"""A member of an entry; the rulebook refuses it empty, and keeps the attempt."""
SaidAtLength = Annotated[str, Field(max_length=4000)]
Listed = Annotated[list[Said], Field(max_length=200)]

documents = a_router("/documents", "documents")
entries = a_router("/catalogue-entries", "catalogue")
alignments = a_router("/catalogue-alignments", "catalogue")
revisions = a_router("/catalogue-revisions", "catalogue")
units = a_router("/units", "catalogue")
negative_list = a_router("/negative-list", "catalogue")


class Classification(Wish):
    """Which of the five kinds of openness."""

    phase: PhaseCode


class EntryDefinition(Wish):
    """What a unit must disclose: subject, content, time limit and method, none of them empty."""

    entry: Code
    unit: Code
    phase: PhaseCode
    disclosing_body: Said
    disclosed_matter: SaidAtLength
    time_limit: Said
    method: Said
    legal_basis: Shorts = Field(default_factory=list)
    superior_catalogue: Short | None = None


class EntryTakenOver(Wish):
    """An entry of an older catalogue, with whatever it lacks."""

    entry: Code
    unit: Code
    source_catalogue: Short
    phase: PhaseCode | None = None
    disclosing_body: Said | None = None
    disclosed_matter: SaidAtLength | None = None
    time_limit: Said | None = None
    method: Said | None = None
    legal_basis: Shorts = Field(default_factory=list)
    superior_catalogue: Short | None = None


class EntryAmendment(Wish):
    """What changes in an entry; what is left out stays."""

    reason: Long
    phase: PhaseCode | None = None
    disclosing_body: Said | None = None
    disclosed_matter: SaidAtLength | None = None
    time_limit: Said | None = None
    method: Said | None = None
    legal_basis: Shorts | None = None
    superior_catalogue: Short | None = None


class Removal(Wish):
    """Why it is taken off."""

    reason: Long


class Alignment(Wish):
    """The superior department's catalogue that these entries follow."""

    unit: Code
    superior_body: Short
    superior_catalogue: Short
    entries: Codes
    note: Long | None = None


class RevisionOpening(Wish):
    """One unit's catalogue, or the district's where no unit is named; the latter cites the work points' item."""

    revision: Code
    unit: Code | None = None
    work_points_item: Code | None = None


class RevisionClosing(Wish):
    """The version that the revision makes."""

    catalogue_version: Short


class Completion(Wish):
    """The day on which the unit's list was revised; today if it is left out."""

    completed_on: Day | None = None


class NegativeAddition(Wish):
    """What is not disclosed, how far, with examples, on which ground and basis."""

    negative_entry: Code
    unit: Code
    harm_ground: Ground
    scope: SaidAtLength
    examples: Listed
    legal_basis: Listed
    citation: Short | None = None


class NegativeAmendment(Wish):
    """What changes in an entry of the negative list; what is left out stays."""

    reason: Long
    harm_ground: Ground | None = None
    scope: SaidAtLength | None = None
    examples: Listed | None = None
    legal_basis: Listed | None = None
    citation: Short | None = None


@documents.post("/{item}/classifications", summary="认定五公开类别 · classify a disclosure item", **RECORDED)
async def classify_disclosure_item(item: Named, wish: Classification, submission: TheSubmission) -> Response:
    """Say which of the five kinds of openness the item belongs to."""
    return await submission.to(Registry.classify_disclosure_item, f"document/{item}", item=item, **wish.stated())


@entries.post("", summary="确定目录事项 · define a catalogue entry", **RECORDED)
async def define_catalogue_entry(wish: EntryDefinition, submission: TheSubmission) -> Response:
    """Enter what a unit must disclose, complete in every member."""
    return await submission.to(Registry.define_catalogue_entry, CATALOGUE, **wish.stated())


@entries.post("/carried-over", summary="沿用原目录事项 · carry over a catalogue entry", **RECORDED)
async def carry_over_catalogue_entry(wish: EntryTakenOver, submission: TheSubmission) -> Response:
    """Take over an entry of an older catalogue as it stood there."""
    return await submission.to(Registry.carry_over_catalogue_entry, CATALOGUE, **wish.stated())


@entries.post("/{entry}/amendments", summary="调整目录事项 · amend a catalogue entry", **RECORDED)
async def amend_catalogue_entry(entry: Named, wish: EntryAmendment, submission: TheSubmission) -> Response:
    """Write an entry's next version."""
    return await submission.to(Registry.amend_catalogue_entry, CATALOGUE, entry=entry, **wish.stated())


@entries.post("/{entry}/removals", summary="删减目录事项 · remove a catalogue entry", **RECORDED)
async def remove_catalogue_entry(entry: Named, wish: Removal, submission: TheSubmission) -> Response:
    """Take an entry out of the catalogue; its record stays."""
    return await submission.to(Registry.remove_catalogue_entry, CATALOGUE, entry=entry, **wish.stated())


@alignments.post("", summary="与上级目录对接 · align the catalogue with a superior's", **RECORDED)
async def align_catalogue_with_superior(wish: Alignment, submission: TheSubmission) -> Response:
    """Record which superior catalogue a unit's entries follow."""
    return await submission.to(Registry.align_catalogue_with_superior, CATALOGUE, **wish.stated())


@revisions.post("", summary="启动目录修订 · open a catalogue revision", **RECORDED)
async def open_catalogue_revision(wish: RevisionOpening, submission: TheSubmission) -> Response:
    """Begin a revision of a unit's catalogue, or of the district's."""
    return await submission.to(Registry.open_catalogue_revision, CATALOGUE, **wish.stated())


@revisions.post("/{revision}/closings", summary="完成目录修订 · close a catalogue revision", **RECORDED)
async def close_catalogue_revision(revision: Named, wish: RevisionClosing, submission: TheSubmission) -> Response:
    """End a revision with its version; every entry of its scope must be complete."""
    return await submission.to(Registry.close_catalogue_revision, CATALOGUE, revision=revision, **wish.stated())


@units.post("/{unit}/catalogue-completions", summary="完成本单位清单修订 · complete the unit's catalogue", **RECORDED)
async def complete_unit_catalogue(unit: Named, wish: Completion, submission: TheSubmission) -> Response:
    """Record that a unit's own list is revised, in time or late."""
    return await submission.to(Registry.complete_unit_catalogue, CATALOGUE, unit=unit, **wish.stated())


@negative_list.post("", summary="增补负面清单 · add a negative-list entry", **RECORDED)
async def add_negative_list_entry(wish: NegativeAddition, submission: TheSubmission) -> Response:
    """Put a matter on a unit's negative list."""
    stream = f"negative_list_entry/{wish.negative_entry}"
    return await submission.to(Registry.add_negative_list_entry, stream, **wish.stated())


@negative_list.post("/{negative_entry}/amendments", summary="调整负面清单 · amend a negative-list entry", **RECORDED)
async def amend_negative_list_entry(
    negative_entry: Named, wish: NegativeAmendment, submission: TheSubmission
) -> Response:
    """Write the next version of an entry of the negative list."""
    stream = f"negative_list_entry/{negative_entry}"
    return await submission.to(
        Registry.amend_negative_list_entry, stream, negative_entry=negative_entry, **wish.stated()
    )


@negative_list.post("/{negative_entry}/removals", summary="删减负面清单 · remove a negative-list entry", **RECORDED)
async def remove_negative_list_entry(negative_entry: Named, wish: Removal, submission: TheSubmission) -> Response:
    """Take a matter off the negative list; its record stays."""
    stream = f"negative_list_entry/{negative_entry}"
    return await submission.to(
        Registry.remove_negative_list_entry, stream, negative_entry=negative_entry, **wish.stated()
    )


ROUTERS: tuple[APIRouter, ...] = (documents, entries, alignments, revisions, units, negative_list)
