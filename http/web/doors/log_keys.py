"""Which address of the API belongs to what in the area log_keys."""

from collections.abc import Mapping

from aggregates.log_keys.words import LogKeyCommand
from web.policy import PUBLIC, Policy, command

POLICIES: Mapping[str, Policy] = {
    "GET /tlog/keys": PUBLIC,
    "POST /api/tlog/keys": command(LogKeyCommand.ROTATE_LOG_KEY),
}
