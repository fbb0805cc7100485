"""The area log_keys in the tests that hold for all areas.

``MAY``        command -> post -> places, as in tests/aggregates/test_authority.py, written by hand.
``asked``      data on U02's affairs for each command that passes whoever may, and is then refused for what it says.
``prepare``    puts into the manned district what those data speak of.
``CATALOGUE``  the published data of every event type of the area.
``happen``     lets every kind of event of the area happen once, in a founded house.
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from aggregates.registry import Registry
from ledger.entry import Actor
from ledger.ledger import Ledger
from ledger.signing import Signing
from tests.aggregates.house import House

MAY: dict[str, dict[str, set[str]]] = {"rotate_log_key": {"administrator": {"own", "other", "office"}}}

CATALOGUE: dict[str, str] = {"log.key_rotated/1": "origin old_verifier_keys new_verifier_keys statement ground"}


def asked() -> dict[str, dict[str, Any]]:
    return {"rotate_log_key": {"key": "00000000", "ground": ""}}


def prepare(house: House) -> None:
    """Nothing: the house's log is not signed, and that is said last."""


def happen(house: House) -> None:
    """The house's own ledger signs nothing; for this the same log is opened with keys."""
    with TemporaryDirectory() as folder:
        signing = Signing(Path(folder), "ledger.example/house")
        with Ledger(house.database, signing=signing) as signed:
            registry = Registry(signed)
            assert signed.signer is not None
            key = signed.signer.verifiers[0].key_id.hex()
            deed = house.deed(Actor("ADM", "administrator", "U01"))
            registry.rotate_log_key(deed, key=key, ground="年度更换")
            registry.close()
