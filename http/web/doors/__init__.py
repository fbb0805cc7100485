"""The addresses of the areas of the rules with their policies; ``web.policies`` takes them into the one table."""

from collections.abc import Mapping

from web.doors import (
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
from web.policy import Policy

POLICIES: Mapping[str, Policy] = {
    **participation.POLICIES,
    **catalogue.POLICIES,
    **supervision.POLICIES,
    **interpretation.POLICIES,
    **opinion.POLICIES,
    **requests.POLICIES,
    **organisation.POLICIES,
    **appraisal.POLICIES,
    **log_keys.POLICIES,
}
