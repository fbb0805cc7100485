"""``search``: the catalogue at the operator's door."""

from __future__ import annotations

from tests.cli.conftest import ITEM, PUBLISHED, Operator


def test_finds_by_words_and_qualifiers(at_district: Operator) -> None:
    (row,) = at_district.types("search", "道路", "通告", "by:P05", "--json").lines

    assert row["item"] == ITEM
    assert at_district.types("search", "道路", "--as-of-position", PUBLISHED - 1).err.startswith("找到0项")


def test_is_a_table_for_the_operator(at_district: Operator) -> None:
    outcome = at_district.types("search", "施工")

    assert outcome.code == 0
    assert "关于道路施工的通告" in outcome.out
    assert outcome.err == "找到1项。\n1 items.\n"


def test_says_what_it_cannot_read(at_district: Operator) -> None:
    outcome = at_district.types("search", "attr:机密")

    assert outcome.code == 2
    assert "没有“机密”" in outcome.err
