"""Handing out an evidence package (证据包): to supervision alone, recorded first, sent as it is made.

Entries go out in the very bytes that were hashed, drafts and refused attempts among them, so the posts
are those that may read the log's entries.  Nothing sealed is enclosed unless it is asked for by a post
that the sealing names.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace

import structlog
from fastapi import Request, Response
from fastapi.responses import StreamingResponse

from ledger.errors import IntegrityFault
from ledger.policy import parse_policy
from ledger.proof import ProofFailed
from ledger.published import checkpoint_of
from projections import trail
from projections.evidence.citations import citations, commitments
from projections.evidence.package import EvidencePackage, EvidenceRefused
from projections.evidence.package import Request as Wanted
from projections.evidence.selection import Chosen, Selection, entries_at, evidence_of
from projections.evidence.signed_log import NothingSigned, PublishedEvidence, own_policy
from web.as_of import NOW
from web.handing_out import sealed_for
from web.policy import SUPERVISION
from web.principal import Principal
from web.problem_codes import ProblemCode
from web.problems import Problem
from web.reading_rights import may_take_evidence, record_consultation
from web.service import Service

logger = structlog.get_logger("web")

MOST_ENTRIES = 10_000
"""Entries of one package, registrations included; the operator's command line makes larger ones."""

SUBJECT_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._#/-]*$"
"""The code of a subject, as trails take it."""

_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class EvidenceAsked:
    """What a reader asks for.  ``names`` discloses officers' names, ``sealed`` opens what the reader may open."""

    selection: Selection
    reference: str = ""
    names: bool = False
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class _Prepared:
    package: EvidencePackage
    chosen: Chosen
    opened: dict[str, frozenset[str]]
    """By item, the sealed contents that are enclosed."""


async def hand_out_evidence(request: Request, service: Service, principal: Principal, asked: EvidenceAsked) -> Response:
    """The package as a zip, after it was written down who took it.

    Raises Problem NOT_PERMITTED, NOT_VALID (nothing chosen, or too much), NOT_FOUND (nothing is signed),
    PROJECTION_BEHIND, BUSY.
    """
    if not may_take_evidence(principal):
        raise Problem(ProblemCode.NOT_PERMITTED, posts=sorted(SUPERVISION.posts), district_office=True)
    if service.packages.locked():
        raise Problem(ProblemCode.BUSY, headers={"Retry-After": "5"})
    prepared = await service.asking(_prepare, service, principal, asked)
    for subject, results in _consulted(asked.selection, prepared):
        await record_consultation(request, service, principal, subject=subject, moment=NOW, results=results)
    headers = {
        "Content-Disposition": f'attachment; filename="{prepared.package.name}"',
        "Cache-Control": "private, no-store",
    }
    return StreamingResponse(_sent(service, prepared.package), headers=headers, media_type="application/zip")


def _prepare(service: Service, principal: Principal, asked: EvidenceAsked) -> _Prepared:
    chosen = _choose(service, asked.selection)
    try:
        opened = _openable(service, principal, chosen) if asked.sealed else {}
        wanted = Wanted(
            chosen,
            service.clock(),
            asked.reference,
            personal=_names(service, chosen) if asked.names else (),
            opened=frozenset().union(*opened.values()),
        )
        return _Prepared(_package(service, wanted), chosen, opened)
    except NothingSigned:
        raise Problem(ProblemCode.NOT_FOUND) from None
    except EvidenceRefused as error:
        raise _not_chosen(str(error)) from None
    except ProofFailed as error:
        position = chosen.positions[0]
        raise IntegrityFault(
            position,
            f"the entry at position {position} is not the one that was signed: {error}.  No package was made and "
            "nothing was changed; run verify and compare with a kept checkpoint",
        ) from None


def _choose(service: Service, selection: Selection) -> Chosen:
    note = service.ledger.published.checkpoint()
    if note is None:
        raise Problem(ProblemCode.NOT_FOUND)
    size = checkpoint_of(note).size
    first, last = selection.first or 1, min(selection.last or size, size)
    if not selection.subjects and (selection.first or selection.last) and last - first >= MOST_ENTRIES:
        raise _not_chosen(f"the range holds {last - first + 1} entries; a package has at most {MOST_ENTRIES}")
    if not service.projector.wait_for(size, service.settings.patience_s, (trail.PROJECTION.name,)):
        raise Problem(ProblemCode.PROJECTION_BEHIND, headers={"Retry-After": "1"}, awaited_position=size)
    within = replace(selection, positions=tuple(sorted(set(selection.positions))))
    chosen = evidence_of(service.ledger, within, size)
    if (count := len(chosen.positions) + len(chosen.registrations)) > MOST_ENTRIES:
        raise _not_chosen(f"{count} entries are meant; a package has at most {MOST_ENTRIES}: name a range or fewer")
    return chosen


def _not_chosen(detail: str) -> Problem:
    return Problem(ProblemCode.NOT_VALID, errors=[{"pointer": "#", "detail": detail}])


def _package(service: Service, wanted: Wanted) -> EvidencePackage:
    """Under a checkpoint that a quorum of witnesses has seen, where there is one, else under the newest.

    Raises Problem NOT_WITNESSED_YET in strict mode.
    """
    published, settings = service.ledger.published, service.settings
    policy, roots = own_policy(service.ledger), b""
    if settings.timestamp_roots is not None:
        roots = settings.timestamp_roots.read_bytes()
    positions = (*wanted.chosen.positions, *wanted.chosen.registrations)
    note = service.outside.proof_note(max(positions)) if positions else None
    if note is not None and settings.witness_policy is not None:
        policy = _with_keys(policy, settings.witness_policy.read_text(encoding="utf-8"))
    log = PublishedEvidence(published, policy, checkpoint=note, timestamp_roots=roots)
    return EvidencePackage(service.ledger, log, wanted)


def _with_keys(own: str, agreed: str) -> str:
    """The policy agreed on with the witnesses, with the log's present keys where it leaves them out."""
    known = {verifier.to_text() for verifier in parse_policy(agreed).logs}
    keys = [line for line in own.splitlines() if line.startswith("log ") and line.split()[1] not in known]
    return "".join(f"{line}\n" for line in keys) + agreed


def _openable(service: Service, principal: Principal, chosen: Chosen) -> dict[str, frozenset[str]]:
    """By item, the contents whose sealing names a post of the reader's."""
    cited: dict[str, set[str]] = {}
    for entry in entries_at(service.ledger, chosen.positions):
        item = entry.data.get("item") if isinstance(entry.data, dict) else None
        if isinstance(item, str) and item:
            cited.setdefault(item, set()).update(citation.sha256 for citation in citations(entry))
    open_to = {item: hashes & sealed_for(service, item, principal) for item, hashes in cited.items()}
    return {item: frozenset(hashes) for item, hashes in open_to.items() if hashes}


def _names(service: Service, chosen: Chosen) -> tuple[tuple[str, str], ...]:
    """The name of every officer whose registration is enclosed."""
    everything = sorted({*chosen.positions, *chosen.registrations})
    return tuple(
        (commitment.record, commitment.field)
        for entry in entries_at(service.ledger, everything)
        for commitment in commitments(entry)
        if commitment.field == "name" and commitment.record.startswith("officer/")
    )


def _consulted(selection: Selection, prepared: _Prepared) -> Iterator[tuple[str, int]]:
    """What is written down: each subject whose trail was taken, else the positions; and each item opened."""
    positions = prepared.chosen.positions
    subjects = [f"{kind}/{code}" for kind, code in selection.subjects]
    for subject in subjects or [f"entries/{positions[0]}-{positions[-1]}"]:
        yield subject, len(positions)
    for item, opened in prepared.opened.items():
        yield item, len(opened)


async def _sent(service: Service, package: EvidencePackage) -> AsyncIterator[bytes]:
    async with service.packages:
        pieces = _gathered(package.stream())
        try:
            while piece := await service.asking(next, pieces, b""):
                yield piece
                # A package of small pieces lets others have their turn.
                await asyncio.sleep(0)
        except IntegrityFault as error:
            # The connection breaks off: what was sent until then is no zip.
            logger.critical("integrity_fault", position=error.position, sentence=str(error))
            raise


def _gathered(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes in fewer pieces, none of them empty."""
    held = bytearray()
    for piece in pieces:
        held += piece
        if len(held) >= _PIECE:
            yield bytes(held)
            held.clear()
    if held:
        yield bytes(held)
