"""The area interpretation in the tests that hold for all areas.

``MAY``        command -> post -> places, as in tests/aggregates/test_authority.py, written by hand.
``asked``      data on U02's affairs for each command that passes whoever may, and is then refused for what it says.
``prepare``    puts into the manned district what those data speak of.
``CATALOGUE``  the published data of every event type of the area.
``happen``     lets every kind of event of the area happen once, in a founded house.
"""

from typing import Any

from tests.aggregates.house import House

MAY: dict[str, dict[str, set[str]]] = {}

CATALOGUE: dict[str, str] = {}


def asked() -> dict[str, dict[str, Any]]:
    return {}


def prepare(house: House) -> None:
    """Nothing yet."""


def happen(house: House) -> None:
    """Nothing yet."""
