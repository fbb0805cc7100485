"""Who answers, who coordinates, who leads (七)."""

from collections.abc import Iterable, Mapping
from typing import Any

from aggregates import fields
from aggregates.deed import Deed
from aggregates.fields import Content
from aggregates.opinion.facts import OpinionFacts
from aggregates.opinion.refusals import OpinionRefusal
from aggregates.opinion.routing import SEVERAL, Concerned, responder_for, rule_for
from aggregates.opinion.terms import RoutingRule
from aggregates.refusal import RefusalCode, refuse


class ResponsibilityRules(OpinionFacts):
    """属地管理、分级负责、谁主管谁负责: the rule that was used stands on the event."""

    def assign_first_responder(self, deed: Deed, case: Concerned, *, competent: str | None) -> None:
        """Assign the unit that the rules derive; ``competent`` is the district's department for the matter."""
        rule = rule_for(case)
        if rule is RoutingRule.MULTI_DEPARTMENT:
            raise refuse(OpinionRefusal.SHARES_REQUIRED, opinion=self.opinion, departments=", ".join(case.departments))
        responder = responder_for(rule, case, competent)
        if responder is None:
            raise refuse(OpinionRefusal.ROUTING_INCOMPLETE, opinion=self.opinion, rule=str(rule), rule_zh=rule.zh)
        self.write(
            self.FirstResponderAssigned,
            deed,
            opinion=self.opinion,
            responder=responder,
            routing_rule=str(rule),
            district_policy=case.district_policy,
            towns=case.towns,
            departments=case.departments,
        )

    def assign_responders(self, deed: Deed, case: Concerned, *, responders: Iterable[Mapping[str, Any]]) -> None:
        """Assign several units, each with its share; only where several departments are concerned."""
        shares = [
            {
                "unit": fields.code(share.get("unit"), "responders.unit"),
                "scope": fields.text(share.get("scope"), "responders.scope", longest=fields.LONG),
            }
            for share in fields.mappings(responders, "responders")
        ]
        rule = rule_for(case)
        if rule is not RoutingRule.MULTI_DEPARTMENT or len(shares) < SEVERAL:
            raise refuse(OpinionRefusal.SHARES_NOT_MET, opinion=self.opinion, rule=str(rule), rule_zh=rule.zh)
        self.write(
            self.RespondersAssigned,
            deed,
            opinion=self.opinion,
            routing_rule=str(rule),
            responders=shares,
            towns=case.towns,
            departments=case.departments,
        )

    def confirm_text(self, deed: Deed, *, content: Content) -> None:
        """Stand by exactly this text, as a responder."""
        self.refuse_not_a_responder(deed.unit)
        if deed.unit in self.confirmed.get(content["sha256"], []):
            raise refuse(RefusalCode.NOTHING_TO_CHANGE, subject=self.stream)
        self.write(self.ResponseTextConfirmed, deed, opinion=self.opinion, unit=deed.unit, content=content)

    def refuse_unconfirmed(self, sha256: str) -> None:
        """Refuse a text of several responders that one of them has not confirmed."""
        if len(self.responders) < SEVERAL:
            return
        confirmed = self.confirmed.get(sha256, [])
        missing = [unit for unit in self.responders if unit not in confirmed]
        if missing:
            raise refuse(
                OpinionRefusal.RESPONSE_TEXT_NOT_CONFIRMED,
                opinion=self.opinion,
                sha256=sha256,
                missing=", ".join(missing),
            )

    def issue_coordination_notice(self, deed: Deed, *, units: Iterable[str], text: str) -> None:
        """Say who does what, as one of the two coordinators."""
        self.write(
            self.CoordinationNoticeIssued,
            deed,
            opinion=self.opinion,
            units=addressed(units),
            text=fields.text(text, "text", longest=fields.LONG),
        )

    def urge(self, deed: Deed, *, responder: str, text: str) -> None:
        """Urge a responder, as one of the two coordinators."""
        self.refuse_not_a_responder(fields.code(responder, "responder"))
        said = fields.text(text, "text", longest=fields.LONG)
        self.write(self.ResponderUrged, deed, opinion=self.opinion, responder=responder, text=said)

    def assume_leadership(self, deed: Deed, *, note: str | None = None) -> None:
        """Take the lead, as the district's principal."""
        self.write(
            self.LeadershipAssumed,
            deed,
            opinion=self.opinion,
            grade=self.grade,
            note=fields.optional_text(note, "note", longest=fields.LONG),
        )

    def issue_directive(self, deed: Deed, *, units: Iterable[str], text: str) -> None:
        """Direct units, as the district's principal; each of them owes a response."""
        self.write(
            self.DirectiveIssued,
            deed,
            opinion=self.opinion,
            directive=f"{self.opinion}/D{len(self.directives) + 1}",
            units=addressed(units),
            text=fields.text(text, "text", longest=fields.LONG),
        )

    def answer_directive(self, deed: Deed, *, directive: str, response: str) -> None:
        """Say what was done about a directive, as a unit it addresses; more may be said later."""
        named = fields.text(directive, "directive")
        if deed.unit not in self.directives.get(named, []):
            raise refuse(OpinionRefusal.DIRECTIVE_UNKNOWN, opinion=self.opinion, directive=named, unit=deed.unit)
        said = fields.text(response, "response", longest=fields.LONG)
        self.write(self.DirectiveAnswered, deed, opinion=self.opinion, directive=named, unit=deed.unit, response=said)


def addressed(units: Iterable[str], field: str = "units") -> list[str]:
    """The units something is addressed to, at least one."""
    codes = fields.codes(units, field)
    if not codes:
        raise fields.invalid(field, "至少填一个单位", "it must name at least one unit")
    return codes
