"""Evidence packages (证据包): chosen entries in one zip that proves itself to somebody who trusts nobody here."""

from typing import Annotated, Any

from fastapi import Request, Response
from pydantic import Field, model_validator

from projections import trail
from projections.evidence.selection import Selection
from web.answers import problems
from web.dependencies import TheActor, TheService
from web.evidence import MOST_ENTRIES, SUBJECT_PATTERN, EvidenceAsked, hand_out_evidence
from web.routing import router as a_router
from web.wishes import LedgerPosition, OneOf, Short, Wish

router = a_router("/evidence", "evidence")

_PACKAGE: dict[str, Any] = {
    "status_code": 200,
    "response_class": Response,
    "responses": {
        200: {
            "description": "证据包，可自行核验 · the package; verify.py in it checks it",
            "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
        },
        **problems(400, 401, 403, 404, 413, 415, 422, 500, 503),
    },
}


class Subject(Wish):
    """A subject as the trails know it: ``item`` and ``I-2025-0001``, ``officer`` and ``P05``."""

    kind: Annotated[str, OneOf(trail.SUBJECT_KINDS)]
    code: Annotated[str, Field(min_length=1, max_length=100, pattern=SUBJECT_PATTERN, examples=["I-2025-0001"])]


class Evidence(Wish):
    """What goes into the package: trails of subjects, single positions, or a range; at least one of them."""

    subjects: Annotated[list[Subject], Field(max_length=20, default_factory=list)]
    positions: Annotated[list[LedgerPosition], Field(max_length=MOST_ENTRIES, default_factory=list)]
    first: LedgerPosition | None = None
    last: LedgerPosition | None = None
    reference: Short | None = None
    names: Annotated[bool, Field(description="披露经办人姓名 · disclose officers' names")] = False
    sealed: Annotated[bool, Field(description="附入有权调阅的封存内容 · enclose sealed contents you may open")] = False

    @model_validator(mode="after")
    def _something_is_chosen(self) -> "Evidence":
        if not (self.subjects or self.positions or self.first or self.last):
            raise ValueError("choose something: subjects, positions, first or last")
        return self

    def asked(self) -> EvidenceAsked:
        """The wish as it is carried out."""
        subjects = tuple(dict.fromkeys((subject.kind, subject.code) for subject in self.subjects))
        selection = Selection(subjects, tuple(self.positions), self.first, self.last)
        return EvidenceAsked(selection, self.reference or "", names=self.names, sealed=self.sealed)


@router.post("", summary="证据包(zip) · an evidence package", **_PACKAGE)
async def make_evidence(request: Request, wish: Evidence, service: TheService, principal: TheActor) -> Response:
    """Entries, proofs under one signed checkpoint, what they cite, a page, a print and verify.py, in one zip.

    For supervision; that it was taken is recorded before it is sent.  ``names`` adds officers' names with
    the salts that prove them, ``sealed`` the sealed contents whose sealing names a post of yours.  The zip
    is sent while it is made: without its end it is none, and one that breaks off must be asked for again.
    """
    return await hand_out_evidence(request, service, principal, wish.asked())
