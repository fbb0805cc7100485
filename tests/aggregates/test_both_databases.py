"""The rulebook on PostgreSQL: the same answers, the same races, the same receipts as on SQLite."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from aggregates.deed import Deed
from aggregates.historic import HistoricRow
from aggregates.registry import Registry
from ledger.append import Receipt
from ledger.entry import Actor
from tests.aggregates.house import DAWN, House, types_of


@pytest.fixture(params=["sqlite", "postgresql"])
def anywhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    address = request.getfixturevalue("postgres_url") if request.param == "postgresql" else tmp_path / "d.db"
    house = House(address)
    house.found()
    house.now = DAWN
    yield house
    house.close()


def test_the_whole_way_before_the_public_and_back(anywhere: House) -> None:
    before = anywhere.size

    anywhere.published("I-1")
    with anywhere.refuses("LEDGER_APPEND_ONLY"):
        anywhere.as_("P02").delete_publication(item="I-1")
    anywhere.as_("P02").withdraw_publication(item="I-1", reason_code="ERROR", reason="…")
    anywhere.as_("S02").seal_content(item="I-1", reason="…")

    assert types_of(anywhere.since(before))[-4:] == [
        "publication.published/1",
        "attempt.refused/1",
        "publication.withdrawn/1",
        "publication.sealed/1",
    ]


def test_sixteen_registries_publish_sixteen_items_and_one_item_once(anywhere: House) -> None:
    items = [anywhere.cleared(f"I-{number}") for number in range(4)]
    before, start = anywhere.size, threading.Barrier(16)

    def publish(number: int) -> range:
        item = items[number % 4]
        deed = Deed(Actor("P02", "publisher", "U02"), anywhere.now, f"publish-{item}")
        registry = Registry(anywhere.ledger)
        start.wait()
        return registry.publish_information(deed, item=item, channels=["CH-01"]).positions

    with ThreadPoolExecutor(16) as pool:
        positions = set(pool.map(publish, range(16)))

    assert len(positions) == 4
    assert types_of(anywhere.since(before)) == ["publication.published/1"] * 4


def test_an_old_register_is_taken_over_once(anywhere: House) -> None:
    rows = [
        HistoricRow(f"H-{n % 40}", {"file": "a.csv", "line": n, "row_sha256": f"{n:064x}"}, "公告", "某局")
        for n in range(1, 101)
    ]

    first = list(anywhere.as_("R01").record_historic(rows=rows))
    before = anywhere.size
    again = list(anywhere.as_("R01").record_historic(rows=rows))

    assert all(isinstance(answer, Receipt) for answer in first)
    assert [answer.positions for answer in again] == [answer.positions for answer in first]
    assert anywhere.size == before
