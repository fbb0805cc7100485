"""A witness through a change of the log's keys: it learns the new one from its operator and from nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ledger.append import Command
from ledger.database import Database
from ledger.ledger import Ledger
from ledger.note import ED25519_COSIGNATURE, Verifier, signer_of
from ledger.policy import Policy, Witness
from ledger.published import checkpoint_of
from ledger.signing import Signing
from ledger.witness import WitnessServer, WitnessState
from ledger.witnessing import Witnessing
from tests.support.ledgers import minutes
from tests.support.rotations import ORIGIN, keys_of, more, rotate

AUDIT = signer_of("audit.example", ED25519_COSIGNATURE, b"audit".ljust(32))


@pytest.fixture
def signed(database: Database, name: str, tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(database, name, signing=Signing(tmp_path / "signing", ORIGIN)) as ledger:
        ledger.append(Command(minutes("minutes/1", 5)))
        yield ledger


@pytest.fixture
def asking(signed: Ledger, tmp_path: Path) -> Callable[..., Witnessing]:
    """The log's side, and a witness that knows these keys; its memory outlives what it is told."""

    def made(*known: Verifier) -> Witnessing:
        server = WitnessServer({ORIGIN: known}, AUDIT, WitnessState(tmp_path / "witness"), lambda: 1_764_000_000)

        def post(url: str, body: bytes, timeout_s: float) -> tuple[int, str]:
            answer = server.add_checkpoint(body.decode())
            return int(answer.status), answer.body

        policy = Policy(witnesses={"audit": Witness("audit", AUDIT.verifier, "http://audit.example")}, quorum="audit")
        return Witnessing(signed.published, policy, post)

    return made


def cosigned(witnessing: Witnessing) -> int | None:
    """The size that the witness has signed when it is asked once more; None when it refused."""
    note = witnessing.run_once()
    status = witnessing.statuses["audit"]
    assert note is not None
    return checkpoint_of(note).size if status.trouble is None else None


def test_the_first_checkpoint_after_the_change_is_cosigned_under_the_old_key(
    signed: Ledger, asking: Callable[..., Witnessing]
) -> None:
    """So that the witness has seen the very tree in which the old key vouches for the new one."""
    witnessing = asking(*keys_of(signed))
    assert cosigned(witnessing) == 5

    rotate(signed)

    assert cosigned(witnessing) == 6


def test_later_ones_only_once_its_operator_has_added_the_new_key(
    signed: Ledger, asking: Callable[..., Witnessing]
) -> None:
    old = keys_of(signed)
    rotate(signed)
    more(signed)
    unaware = asking(*old)

    assert cosigned(unaware) is None
    assert "give its operator the new one" in str(unaware.statuses["audit"].trouble)
    assert not unaware.statuses["audit"].disagrees
    assert cosigned(asking(*old, *keys_of(signed))) == 7
    more(signed)
    assert cosigned(asking(*keys_of(signed))) == 8
