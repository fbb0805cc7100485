"""What became of the comments: the adoption table, and which clusters need a reason (十二).

相对集中的意见建议不予采纳的，公布时要说明理由。What is concentrated the text leaves open: so many comments, or
such a share of all, are parameters of the ruleset.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from aggregates import fields
from aggregates.participation.refusals import ParticipationRefusal
from aggregates.participation.terms import Adoption
from aggregates.refusal import refuse
from aggregates.ruleset import Rules


@dataclass(frozen=True, slots=True)
class Consultation:
    """A closed consultation: its clusters by the numbers of their comments, and how many comments there were."""

    decision: str
    clusters: Mapping[str, list[int]]
    comments: int


def is_concentrated(comments: int, of_all: int, rules: Rules) -> bool:
    """Whether so many comments of one mind, of so many in all, are concentrated (相对集中)."""
    many = comments >= rules.number("concentrated_comments")
    return many or comments * 100 >= of_all * rules.number("concentrated_percent")


def adoption_table(
    consultation: Consultation, rules: Rules, table: Iterable[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """The table with the number of comments on each line: every cluster once, reasons where they are due."""
    lines = [_line(consultation, line) for line in fields.mappings(table, "adoption")]
    _refuse_incomplete(consultation, [line["cluster"] for line in lines])
    for line in lines:
        _refuse_unreasoned(consultation, rules, line)
    return lines


def _line(consultation: Consultation, line: Mapping[str, Any]) -> dict[str, Any]:
    cluster = fields.code(line.get("cluster"), "adoption.cluster")
    if cluster not in consultation.clusters:
        raise refuse(ParticipationRefusal.CLUSTER_UNKNOWN, decision=consultation.decision, cluster=cluster)
    return {
        "cluster": cluster,
        "comments": len(consultation.clusters[cluster]),
        "adoption": fields.term(Adoption, line.get("adoption"), "adoption.adoption"),
        "reason": fields.optional_text(line.get("reason"), "adoption.reason", longest=fields.SHORT),
    }


def _refuse_incomplete(consultation: Consultation, named: list[str]) -> None:
    if len(set(named)) != len(named):
        raise fields.invalid("adoption", "同一归类只写一次", "it names a cluster twice")
    if missing := sorted(consultation.clusters.keys() - set(named)):
        raise refuse(
            ParticipationRefusal.ADOPTION_TABLE_INCOMPLETE, decision=consultation.decision, missing=", ".join(missing)
        )


def _refuse_unreasoned(consultation: Consultation, rules: Rules, line: Mapping[str, Any]) -> None:
    if line["adoption"] == Adoption.ADOPTED or line["reason"] is not None:
        return
    if is_concentrated(line["comments"], consultation.comments, rules):
        raise refuse(
            ParticipationRefusal.UNADOPTED_WITHOUT_REASON,
            decision=consultation.decision,
            cluster=line["cluster"],
            comments=line["comments"],
            total=consultation.comments,
        )
