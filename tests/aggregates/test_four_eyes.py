"""Who did what two people should have done, in any sign-off log."""

import csv
from pathlib import Path

import pytest

from aggregates.four_eyes import Act, in_one_hand
from aggregates.organisation.persons import Persons
from tests.aggregates.house import House

REAL_LOG = Path(__file__).parents[3] / "shared" / "data" / "coselog_receipt_municipal_permits.csv"
"""The receipt phase of a Dutch municipality's permits, 8,577 events: read where it lies beside the project."""


def test_a_case_whose_two_steps_had_two_hands_is_in_order() -> None:
    acts = [Act("1", "review", "A"), Act("1", "publish", "B"), Act("1", "archive", "A")]

    assert in_one_hand(acts, "review", "publish") == {}


def test_a_case_is_named_with_the_hand_that_did_both() -> None:
    acts = [
        Act("1", "publish", "A"),
        Act("2", "review", "B"),
        Act("1", "review", "A"),
        Act("1", "review", "C"),
        Act("2", "publish", "A"),
    ]

    assert in_one_hand(acts, "review", "publish") == {"1": ["A"]}


def test_one_person_under_two_codes_is_one_hand() -> None:
    acts = [Act("1", "review", "A"), Act("1", "publish", "B")]

    assert in_one_hand(acts, "review", "publish", Persons({"A": "A", "B": "A"})) == {"1": ["A"]}


def test_it_reads_this_ledgers_own_sign_off_log(house: House) -> None:
    house.published("I-1")
    acts = [
        Act(entry.data["item"], entry.type, entry.actor.officer)
        for entry in house.entries()
        if entry.actor is not None and "item" in entry.data
    ]

    assert in_one_hand(acts, "document.secrecy_reviewed/1", "publication.published/1") == {}
    assert in_one_hand(acts, "document.drafted/1", "document.submitted/1") == {"I-1": ["D02"]}


@pytest.mark.skipif(not REAL_LOG.exists(), reason=f"the real log does not lie at {REAL_LOG}")
def test_a_real_municipal_log_has_888_cases_in_which_one_resource_did_both_checks() -> None:
    with REAL_LOG.open(encoding="utf-8-sig", newline="") as file:
        acts = [Act(row["case_id"], row["activity"][:3], row["resource"]) for row in csv.DictReader(file)]

    found = in_one_hand(acts, "T05", "T06")

    assert (len(acts), len({act.case for act in acts})) == (8577, 1434)
    assert len(found) == 888
    assert all(len(resources) >= 1 for resources in found.values())
