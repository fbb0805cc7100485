"""Four eyes: what two people should do, and where one did both (谁审核谁负责，谁发布谁负责) (十).

Pure, and of no particular log: an inspector asks it of a whole sign-off log, this ledger's or another
authority's.  Who is one person under several codes is told by the same value that the gate asks.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from aggregates.organisation.persons import NOBODY_LINKED, Persons


@dataclass(frozen=True, slots=True)
class Act:
    """One step of one case, and by whose hand."""

    case: str
    step: str
    by: str


def in_one_hand(
    acts: Iterable[Act], first_step: str, second_step: str, persons: Persons = NOBODY_LINKED
) -> dict[str, list[str]]:
    """The cases in which one person did both steps, with the hand that did the first; in order of appearance."""
    hands: dict[str, tuple[set[str], set[str]]] = {}
    for act in acts:
        if act.step in {first_step, second_step}:
            hands.setdefault(act.case, (set(), set()))[act.step == second_step].add(act.by)
    return {case: same for case, (first, second) in hands.items() if (same := persons.shared(first, second))}
