"""Commands on the log's keys."""

from typing import Any

from aggregates import fields
from aggregates.deed import Deed
from aggregates.desk import Data, Desk, Order
from aggregates.log_keys.file import KEYS, LogKeys
from aggregates.log_keys.words import LogKeyCommand, LogKeyRefusal
from aggregates.office import Office
from aggregates.refusal import Refusal, refuse
from ledger.append import Receipt
from ledger.errors import Conflict, LedgerReadOnly


class LogKeyCommands(Office):
    """台账签名密钥."""

    def rotate_log_key(self, deed: Deed, *, key: str, ground: str) -> Receipt:
        """Put new keys in the place of those that the log is signed with, the old ones vouching for them.

        ``key`` is the id of the Ed25519 key in force (eight hexadecimal digits), so that two who ask at
        once change it once.  The new private keys are made in the signing directory of this machine.
        """
        data: Data = {"key": key, "ground": ground}
        prepared: list[dict[str, Any]] = []

        def decide(desk: Desk) -> None:
            desk.entitle()
            fields.text(ground, "ground", longest=fields.LONG)
            file = desk.open(LogKeys, KEYS)
            self._require_in_force(key)
            if not prepared:
                prepared.append(self.ledger.prepare_rotation(ground))
            file.rotate(desk.deed, prepared[0])

        try:
            receipt = self.carry_out(Order(LogKeyCommand.ROTATE_LOG_KEY, deed, LogKeys.stream_of(KEYS), data), decide)
        except (Refusal, Conflict, LedgerReadOnly):
            # Certainly not recorded.  After any other error it may have been, and the new keys must stay.
            self._discard(prepared)
            raise
        if prepared and self.ledger.entry(receipt.position).data != prepared[0]:
            self._discard(prepared)
        return receipt

    def _require_in_force(self, key: str) -> None:
        if (fault := self.ledger.fault) is not None:
            raise LedgerReadOnly(fault)
        history = self.ledger.key_history()
        if history is None:
            raise refuse(LogKeyRefusal.LOG_NOT_SIGNED)
        in_force = history.now[0].key_id.hex()
        if key != in_force:
            raise refuse(LogKeyRefusal.KEY_NOT_IN_FORCE, key=fields.text(key, "key"), in_force=in_force)

    def _discard(self, prepared: list[dict[str, Any]]) -> None:
        if self.ledger.signer is not None:
            for each in prepared:
                self.ledger.signer.discard_rotation(each)
