"""What is handed to the ledger and what comes back: commands, and receipts."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from ledger import canonical, instants
from ledger.encoding import EventEncoder
from ledger.entry import LARGEST_ENTRY, EventDraft
from ledger.errors import EntryTooLarge
from ledger.personal import PersonalValue

STAMP_SIZE = len("2025-01-23T02:15:00.000000Z")
"""Bytes that the moment of recording takes in an entry."""


@dataclass(frozen=True, slots=True)
class TrackingMark:
    """How far a consumer of another log has come; recorded with the events that it caused."""

    consumer: str
    application: str
    position: int


@dataclass(frozen=True, slots=True)
class Command:
    """Events that are recorded together or not at all, and the conditions for it.

    ``command_id`` makes a repetition harmless: the same id with the same ``fingerprint`` (a hash of
    what was asked) is answered with the first receipt.  ``expects`` names streams that must stand at
    a version although nothing is written to them.  ``personal`` values are stored in the same
    transaction; the events carry their commitments.
    """

    events: Sequence[EventDraft]
    command_id: str | None = None
    fingerprint: bytes | None = None
    correlation_id: str | None = None
    expects: Mapping[str, int] = field(default_factory=dict)
    personal: Sequence[PersonalValue] = ()
    tracking: TrackingMark | None = None


class ProvingTree(Protocol):
    """A tree that can prove its leaves; ``index`` is a position minus one."""

    def inclusion_path(self, index: int) -> list[bytes]: ...  # noqa: D102


@dataclass(slots=True)
class CommitProof:
    """What one commit shares among its receipts: its tree, and the checkpoint signed for it.

    Both are None until the commit is written; ``checkpoint`` stays so in a ledger that signs nothing.
    """

    tree: ProvingTree | None = None
    checkpoint: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to a command that stands in the log: where, since when, and as which leaves.

    ``replayed`` is true when the command had been recorded before and nothing was added now.
    """

    command_id: str | None
    positions: range
    recorded_at: datetime
    leaf_hashes: tuple[bytes, ...]
    replayed: bool = False
    proof: CommitProof | None = field(default=None, compare=False, repr=False)

    @property
    def checkpoint(self) -> str | None:
        """The checkpoint signed for the commit; None in a log that signs nothing."""
        return None if self.proof is None else self.proof.checkpoint

    def inclusion_path(self, position: int) -> list[bytes] | None:
        """The path of one of the command's entries in the tree of ``checkpoint``; None where that is None."""
        if self.proof is None or self.proof.tree is None:
            return None
        return self.proof.tree.inclusion_path(position - 1)

    @property
    def position(self) -> int:
        """The position of the command's last event."""
        return self.positions[-1]


@dataclass(frozen=True, slots=True)
class RecordedCommand:
    """What the log knows of a command id: the events it became."""

    command_id: str
    fingerprint: bytes | None
    positions: range


@dataclass(slots=True)
class PreparedEvent:
    """An event whose bytes are ready but for the moment of recording, which goes between the halves."""

    event_id: str
    stream: str
    version: int
    type: str
    officer: str | None
    occurred_at: int | None
    before_stamp: bytes
    after_stamp: bytes


@dataclass(slots=True)
class PreparedCommand:
    """A command examined and encoded outside the lock, so that little is left to do inside it.

    ``personal`` has record, field, salt and canonical text of every personal value.
    """

    command: Command
    events: list[PreparedEvent]
    size: int
    personal: list[tuple[str, str, bytes, str]]


def prepare(command: Command) -> PreparedCommand:
    """Examine and encode a command; runs in the caller's thread.

    Raises NotCanonical for data that has no canonical form and EntryTooLarge beyond 65,535 bytes.
    """
    if not command.events and (command.command_id is not None or command.personal):
        raise ValueError(f"the command {command.command_id!r} has no events; there is nothing to answer it with")
    identifiers = os.urandom(16 * len(command.events)).hex()
    encoder = EventEncoder(command.command_id, command.correlation_id)
    events = [
        _prepare_event(draft, identifiers[32 * index : 32 * index + 32], encoder)
        for index, draft in enumerate(command.events)
    ]
    size = sum(len(event.before_stamp) + len(event.after_stamp) for event in events)
    return PreparedCommand(command, events, size, [_prepare_personal(value) for value in command.personal])


def _prepare_personal(value: PersonalValue) -> tuple[str, str, bytes, str]:
    return value.record, value.field, value.salt, canonical.encode(value.value).decode()


def _prepare_event(draft: EventDraft, event_id: str, encoder: EventEncoder) -> PreparedEvent:
    before, after = encoder.encode(draft, event_id)
    if len(before) + STAMP_SIZE + len(after) > LARGEST_ENTRY:
        raise EntryTooLarge(draft.stream, len(before) + STAMP_SIZE + len(after), LARGEST_ENTRY)
    return PreparedEvent(
        event_id,
        draft.stream,
        draft.version,
        draft.type,
        None if draft.actor is None else draft.actor.officer,
        None if draft.occurred_at is None else instants.to_microseconds(draft.occurred_at),
        before,
        after,
    )
