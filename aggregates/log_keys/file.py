"""The file of the log's keys: every change of them, as the ledger's own layer reads it too."""

from typing import Any

from aggregates.base import Record
from aggregates.deed import Deed
from ledger import rotation

KEYS = "keys"
"""The identifier of the one file there is; its stream is ``ledger.rotation.STREAM``."""


class LogKeys(Record):
    """What the log signs with; which keys are in force the ledger says, not this file."""

    TOPIC = "log_keys"
    STREAM = "log"
    IDENTIFIER = "log"

    class Rotated(Record.Event):
        """The old keys vouched for new ones and were retired (更换台账签名密钥)."""

        TOPIC = rotation.ROTATED
        origin: str
        old_verifier_keys: list[str]
        new_verifier_keys: list[str]
        statement: str
        ground: str

    def rotate(self, deed: Deed, data: dict[str, Any]) -> None:
        """Write down the change that the ledger's layer prepared and will judge again under its lock."""
        self.write(self.Rotated, deed, **data)
