"""The button of an evidence package: a form, so that no link that is merely followed takes evidence away."""

import re
from typing import Annotated

from fastapi import Form, Response

from projections import trail
from projections.evidence.selection import Selection
from web.evidence import SUBJECT_PATTERN, EvidenceAsked, hand_out_evidence
from web.pages import session
from web.pages.route import page_router
from web.pages.visit import TheVisit
from web.policy import not_signed_in
from web.problem_codes import ProblemCode
from web.problems import Problem

router = page_router()

_SUBJECT = re.compile(SUBJECT_PATTERN)
_LONGEST_CODE = 100


@router.post("/evidence")
async def take_evidence(
    visit: TheVisit,
    csrf: Annotated[str, Form(max_length=256)] = "",
    subject: Annotated[str, Form(max_length=200)] = "",
    position: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    """The package of a subject's trail, up to the moment shown, or of one entry, as a download."""
    session.check_form(visit.request, csrf, signed_in=True)
    if visit.reader is None:
        raise not_signed_in()
    last = None if visit.moment.is_now else await visit.service.asking(visit.last_position)
    asked = EvidenceAsked(_selection(subject, position, last))
    return await hand_out_evidence(visit.request, visit.service, visit.reader, asked)


def _selection(subject: str, position: str, last: int | None) -> Selection:
    kind, _, code = subject.partition("/")
    if kind in trail.SUBJECT_KINDS and _SUBJECT.match(code) and len(code) <= _LONGEST_CODE:
        return Selection(((kind, code),), last=last)
    if position.isascii() and position.isdigit() and int(position):
        return Selection(positions=(int(position),))
    raise Problem(ProblemCode.NOT_VALID)
