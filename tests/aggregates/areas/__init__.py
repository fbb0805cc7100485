"""What each area of the rules adds to the tests that hold for all of them: one module an area."""

from types import ModuleType

from tests.aggregates.areas import (
    appraisal,
    catalogue,
    interpretation,
    log_keys,
    opinion,
    organisation,
    participation,
    requests,
    supervision,
)

AREAS: tuple[ModuleType, ...] = (
    participation,
    catalogue,
    supervision,
    interpretation,
    opinion,
    requests,
    organisation,
    appraisal,
    log_keys,
)
