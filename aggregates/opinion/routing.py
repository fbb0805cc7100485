"""Who answers first (七): four cases that overlap, in a stated order, so that every case has one answer.

重大政策 before 多个镇(街道) before 多个部门 before 一个镇(街道): a policy is the district's whatever it
touches, several towns have a department above them, several departments answer each for their part, and
only what touches one town alone stays there.  What none of the four names goes by 谁主管谁负责.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from aggregates.opinion.terms import RoutingRule
from aggregates.vocabulary import UnitKind

SEVERAL = 2

_TOWNS = frozenset({UnitKind.TOWN, UnitKind.SUBDISTRICT})
_DEPARTMENTS = frozenset({UnitKind.DEPARTMENT, UnitKind.DISTRICT_OFFICE})


@dataclass(frozen=True, slots=True)
class Concerned:
    """What a case touches: a policy of the district, towns, departments."""

    district_policy: bool
    towns: list[str]
    departments: list[str]


def concerned(kinds: Mapping[str, str], *, district_policy: bool) -> Concerned:
    """What a case touches, from the kinds of the units it concerns; outside bodies answer nothing here."""
    towns = [unit for unit, kind in kinds.items() if kind in _TOWNS]
    departments = [unit for unit, kind in kinds.items() if kind in _DEPARTMENTS]
    return Concerned(district_policy, towns, departments)


def is_department(kind: str) -> bool:
    """Whether a unit of that kind is a department of the district."""
    return kind in _DEPARTMENTS


def rule_for(case: Concerned) -> RoutingRule:
    """The one rule that holds, the first in the stated order."""
    if case.district_policy:
        return RoutingRule.DISTRICT_POLICY
    if len(case.towns) >= SEVERAL:
        return RoutingRule.MULTI_TOWN
    if len(case.departments) >= SEVERAL:
        return RoutingRule.MULTI_DEPARTMENT
    return RoutingRule.SINGLE_TOWN if case.towns else RoutingRule.COMPETENCE


def responder_for(rule: RoutingRule, case: Concerned, competent: str | None) -> str | None:
    """The unit that answers first, or None where the rule needs a competent department and none is named."""
    match rule:
        case RoutingRule.SINGLE_TOWN:
            return case.towns[0]
        case RoutingRule.COMPETENCE:
            return competent or next(iter(case.departments), None)
        case _:
            return competent
