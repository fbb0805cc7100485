"""``diff``: what became of a list between two moments."""

from __future__ import annotations

from tests.cli.conftest import ADDED, CORRECTED, PUBLISHED, WITHDRAWN, Operator


def test_tells_what_changed_field_by_field_and_by_which_entry(at_district: Operator) -> None:
    (row,) = at_district.types("diff", "register", "--from", PUBLISHED, "--to", CORRECTED, "--json").lines

    assert (row["key"], row["change"]) == ({"publication": "I-2025-0001#1"}, "changed")
    assert row["fields"]["status"] == {"before": "published", "after": "corrected"}
    assert [cause["position"] for cause in row["causes"]] == [ADDED, CORRECTED]


def test_is_a_table_for_the_operator(at_district: Operator) -> None:
    outcome = at_district.types("diff", "register", "--from", PUBLISHED)

    assert outcome.code == 0
    assert "status: published → withdrawn" in outcome.out
    assert f"#{WITHDRAWN}撤回" in outcome.out
    assert outcome.err == "共1行有差异。\n1 rows differ.\n"


def test_goes_by_what_happened(at_district: Operator) -> None:
    added = at_district.types("diff", "register", "--from-as-at", "2025-02-03", "--to-as-at", "2025-02-03", "--json")

    (row,) = added.lines
    assert (row["change"], row["row"]["status"]) == ("added", "published")
    assert [cause["position"] for cause in row["causes"]] == [PUBLISHED, ADDED]


def test_wants_a_list_and_a_moment(at_district: Operator) -> None:
    assert "没有表gossip" in at_district.types("diff", "gossip", "--from", 1).err
    assert at_district.types("diff", "register").code == 2
