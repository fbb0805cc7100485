"""A round asks all witnesses about one checkpoint: a quorum comes together, and the slow and the lost hold nobody up."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ledger.append import Command
from ledger.database import Database
from ledger.ledger import Ledger
from ledger.note import ED25519_COSIGNATURE, signer_of
from ledger.policy import Policy, parse_policy
from ledger.published import checkpoint_of
from ledger.signing import Signing
from ledger.witness import WitnessServer, WitnessState
from ledger.witnessing import FIRST_PAUSE_S, Witnessing, WitnessStatus, WitnessUnreachable
from tests.support.ledgers import minutes

ORIGIN = "ledger.example/district"
NOW = 1_764_000_000
NAMES = ("audit", "archive", "discipline")
SIGNERS = {name: signer_of(f"{name}.example", ED25519_COSIGNATURE, bytes([n]) * 32) for n, name in enumerate(NAMES, 1)}


@pytest.fixture
def signed(database: Database, name: str, tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(database, name, signing=Signing(tmp_path / "signing", ORIGIN)) as ledger:
        ledger.append(Command(minutes("minutes/1", 3)))
        yield ledger


class Network:
    """Three witnesses without a network; ``in_the_way`` is called before one of them is reached."""

    def __init__(self, ledger: Ledger, folder: Path) -> None:
        assert ledger.signer is not None
        logs = {ORIGIN: tuple(ledger.signer.verifiers)}
        self.servers = {
            name: WitnessServer(logs, SIGNERS[name], WitnessState(folder / name), lambda: NOW) for name in NAMES
        }
        self.in_the_way: dict[str, Callable[[], None]] = {}
        self.asked: list[str] = []

    def post(self, url: str, body: bytes, timeout_s: float) -> tuple[int, str]:
        name = url.removeprefix("http://").partition("/")[0]
        self.asked.append(name)
        self.in_the_way.get(name, lambda: None)()
        answer = self.servers[name].add_checkpoint(body.decode())
        return answer.status, answer.body


@pytest.fixture
def network(signed: Ledger, tmp_path: Path) -> Network:
    return Network(signed, tmp_path)


def two_of_three() -> Policy:
    lines = "".join(f"witness {name} {SIGNERS[name].verifier.to_text()} http://{name}\n" for name in NAMES)
    return parse_policy(f"{lines}group most 2 {' '.join(NAMES)}\nquorum most\n")


def lost() -> None:
    raise WitnessUnreachable("no answer")


def test_a_quorum_does_not_wait_for_who_is_slow(signed: Ledger, network: Network) -> None:
    slow, reached = threading.Event(), []
    network.in_the_way["discipline"] = lambda: slow.wait(20) and None
    witnessing = Witnessing(signed.published, two_of_three(), network.post, reached=reached.append)
    began = time.monotonic()

    first = witnessing.run_once()
    signed.append(Command(minutes("minutes/1", 2, first=4)))
    second = witnessing.run_once()

    assert time.monotonic() - began < 10
    assert reached == [3, 5]
    assert first is not None
    assert second is not None
    assert witnessing.has_quorum(second)
    slow.set()
    witnessing.close()
    # The slow one was asked once, and is heard in the end.
    assert network.asked.count("discipline") == 1
    assert witnessing.statuses["discipline"].size == 3


def test_one_of_three_is_no_quorum(signed: Ledger, network: Network) -> None:
    network.in_the_way = {"archive": lost, "discipline": lost}
    witnessing = Witnessing(signed.published, two_of_three(), network.post)

    note = witnessing.run_once()

    assert note is not None
    assert not witnessing.has_quorum(note)
    assert (witnessing.quorum_size, witnessing.first_quorum(1)) == (0, None)


def test_the_first_checkpoint_with_a_quorum_is_found_again_by_another_process(signed: Ledger, network: Network) -> None:
    witnessing = Witnessing(signed.published, two_of_three(), network.post)
    witnessing.run_once()
    network.in_the_way = {"archive": lost, "discipline": lost}
    signed.append(Command(minutes("minutes/1", 2, first=4)))
    witnessing.run_once()

    other = Witnessing(signed.published, two_of_three(), network.post)
    other.begin()

    assert (other.quorum_size, other.quorum_at) == (3, witnessing.quorum_at)
    found = other.first_quorum(2)
    assert found is not None
    assert checkpoint_of(found).size == 3
    assert other.first_quorum(4) is None


def test_a_witness_that_another_process_has_shown_more_does_not_disagree(signed: Ledger, network: Network) -> None:
    told: list[WitnessStatus] = []
    ours = Witnessing(signed.published, two_of_three(), network.post, told=told.append)
    theirs = Witnessing(signed.published, two_of_three(), network.post)

    def meanwhile() -> None:
        network.in_the_way = {}
        signed.append(Command(minutes("minutes/1", 2, first=4)))
        theirs.run_once()

    network.in_the_way = {"audit": meanwhile}
    ours.run_once()
    ours.close()

    assert not any(status.disagrees or status.trouble for status in ours.statuses.values()), ours.statuses
    assert told == []
    note = ours.run_once()
    assert note is not None
    assert ours.quorum_size == 5


def test_who_is_lost_is_asked_again_after_pauses_that_double(signed: Ledger, network: Network) -> None:
    network.in_the_way = {"audit": lost}
    witnessing = Witnessing(signed.published, two_of_three(), network.post)
    pauses = []
    for _ in range(3):
        witnessing.run_once()
        witnessing.close()
        pauses.append(witnessing.statuses["audit"].due - time.monotonic())
    asked = network.asked.count("audit")

    witnessing.run_once(patient=True)
    witnessing.close()

    assert network.asked.count("audit") == asked == 3
    assert [round(pause / FIRST_PAUSE_S) for pause in pauses] == [1, 2, 4]


def test_trouble_is_told_when_it_begins_and_when_it_is_over(signed: Ledger, network: Network) -> None:
    told: list[tuple[str, bool]] = []
    witnessing = Witnessing(
        signed.published,
        two_of_three(),
        network.post,
        told=lambda status: told.append((status.name, status.trouble is not None)),
    )
    network.in_the_way = {"audit": lost}
    for _ in range(2):
        witnessing.run_once()
        witnessing.close()
    network.in_the_way = {}
    witnessing.run_once()
    witnessing.close()

    assert told == [("audit", True), ("audit", False)]
