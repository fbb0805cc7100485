"""Whether the register is complete, asked of the whole log, and therefore not at every look at a page.

What is shown names its own position, so an answer of a minute ago is as true as one of now.
"""

import time

from projections import register
from projections.register import Completeness
from web.pages.visit import Visit

_KEPT_S = 60.0


def completeness_at(visit: Visit, position: int) -> Completeness:
    """The register against the log: at a moment of the past exactly, of the present as of a minute ago at most."""
    reader = visit.service.reader
    if not visit.moment.is_now:
        return register.check_complete(reader, position)
    state = visit.request.app.state
    kept: tuple[float, Completeness] | None = getattr(state, "completeness", None)
    if kept is None or kept[0] < time.monotonic() or not kept[1].is_complete:
        kept = state.completeness = (time.monotonic() + _KEPT_S, register.check_complete(reader, position))
    return kept[1]
