"""Receipts that also say at which version each stream stands, so that an answer can carry an ETag.

The ledger knows the versions when it records and when it reads a receipt again; noting them there
saves every command a question to the database.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

from ledger import instants
from ledger.append import Command, Receipt, RecordedCommand
from ledger.ledger import Ledger


@dataclass(frozen=True, slots=True)
class VersionedReceipt(Receipt):
    """A receipt with the version of each stream after the command."""

    streams: Mapping[str, int] = field(default_factory=dict)


Answerable = TypeVar("Answerable", bound=Receipt)
"""A receipt of either kind, which stays of its kind."""


class VersioningLedger(Ledger):
    """A ledger that gives versioned receipts; in everything else the ledger it is."""

    def append(self, command: Command) -> VersionedReceipt:
        """As the ledger does; a repeated command is answered with the versions of the first time."""
        receipt = super().append(command)
        if receipt.replayed:
            return self._versioned(self.proven(receipt), self._versions_at(receipt.positions))
        return self._versioned(receipt, {event.stream: event.version for event in command.events})

    def receipt(self, command: RecordedCommand) -> VersionedReceipt:
        """As the ledger does, with the versions of that time."""
        return self._versioned(super().receipt(command), self._versions_at(command.positions))

    def _versions_at(self, positions: range) -> dict[str, int]:
        found = self.read(positions.start - 1, len(positions), positions.stop - 1)
        return {entry.stream: entry.version for entry in found}

    @staticmethod
    def _versioned(receipt: Receipt, streams: Mapping[str, int]) -> VersionedReceipt:
        told = {each.name: getattr(receipt, each.name) for each in fields(Receipt)}
        return VersionedReceipt(**told, streams=streams)


def members(receipt: Receipt) -> dict[str, Any]:
    """A receipt on the wire; the first answer and every repetition of it are the same bytes."""
    streams = receipt.streams if isinstance(receipt, VersionedReceipt) else {}
    # A path leads to a signed root or nowhere; an unsigned log could not give it a second time.
    path = None if receipt.checkpoint is None else receipt.inclusion_path(receipt.position)
    return {
        "command_id": receipt.command_id,
        "position": receipt.position,
        "positions": list(receipt.positions),
        "recorded_at": instants.to_text(receipt.recorded_at),
        "leaf_hashes": [leaf.hex() for leaf in receipt.leaf_hashes],
        "streams": dict(sorted(streams.items())),
        "checkpoint": receipt.checkpoint,
        "inclusion_path": [hash_.hex() for hash_ in path or ()],
    }
