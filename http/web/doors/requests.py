"""Which address of the API belongs to what in the area requests."""

from collections.abc import Mapping

from web.policy import Policy

POLICIES: Mapping[str, Policy] = {}
