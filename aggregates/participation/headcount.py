"""Who came, counted by category and never by name (二)."""

from collections.abc import Iterable, Mapping
from typing import Any, TypedDict

from aggregates import fields
from aggregates.participation.terms import AttendeeCategory

MOST_PEOPLE = 100_000


class Headcount(TypedDict):
    """So many people of one category; ``number`` 0 says that nobody of it came."""

    category: str
    number: int


def headcounts(values: Iterable[Mapping[str, Any]], field: str) -> list[Headcount]:
    """Numbers by category, each category once, at least one of them."""
    counted = [_headcount(value, field) for value in fields.mappings(values, field)]
    if not counted:
        raise fields.invalid(field, "至少一类人员", "it must name at least one category")
    if len({count["category"] for count in counted}) != len(counted):
        raise fields.invalid(field, "同一类人员只写一次", "it names a category twice")
    return counted


def _headcount(value: Mapping[str, Any], field: str) -> Headcount:
    return {
        "category": fields.term(AttendeeCategory, value.get("category"), f"{field}.category"),
        "number": fields.number(value.get("number"), f"{field}.number", least=0, most=MOST_PEOPLE),
    }


def people(counted: Iterable[Headcount]) -> int:
    """How many people that is altogether."""
    return sum(count["number"] for count in counted)
