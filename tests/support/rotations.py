"""What the tests of a log's keys share: keys, a change of them, and who has signed a checkpoint."""

from __future__ import annotations

from typing import Any

from ledger.append import Command, Receipt
from ledger.entry import EventDraft
from ledger.ledger import Ledger
from ledger.note import ED25519, MLDSA44, Verifier, open_note, signer_of
from ledger.rotation import (
    ROTATED,
    STREAM,
)
from tests.support.ledgers import noted

ORIGIN = "ledger.example/district"
ROOT = bytes(range(32))
OLD, NEW, NEXT, STRANGER = (signer_of(ORIGIN, ED25519, bytes([seed]) * 32) for seed in (1, 2, 3, 4))
QUANTUM = signer_of(ORIGIN, MLDSA44, bytes([5]) * 32)


def change(data: dict[str, Any], version: int) -> Command:
    return Command([EventDraft(STREAM, version, ROTATED, data)])


def rotate(ledger: Ledger, ground: str = "the yearly change") -> Receipt:
    """Change the log's keys."""
    return ledger.append(change(ledger.prepare_rotation(ground), ledger.stream_version(STREAM) + 1))


def keys_of(ledger: Ledger) -> tuple[Verifier, ...]:
    assert ledger.signer is not None
    return tuple(ledger.signer.verifiers)


def signers_of(text: str | None, *keys: Verifier) -> list[Verifier]:
    assert text is not None
    return [verifier for verifier, _ in open_note(text, keys)[1]]


def more(ledger: Ledger) -> Receipt:
    return ledger.append(Command([noted("minutes/2", ledger.stream_version("minutes/2") + 1)]))
