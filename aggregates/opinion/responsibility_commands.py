"""Commands on who answers, coordinates and leads (七)."""

from collections.abc import Mapping, Sequence
from typing import Any

from aggregates import fields
from aggregates.deed import Deed
from aggregates.desk import Data, Desk
from aggregates.opinion.opinion import Opinion
from aggregates.opinion.opinion_office import OpinionOffice
from aggregates.opinion.refusals import OpinionRefusal
from aggregates.opinion.routing import Concerned, concerned, is_department, rule_for
from aggregates.opinion.words import OpinionCommand
from aggregates.refusal import refuse
from ledger.append import Receipt


class ResponsibilityCommands(OpinionOffice):
    """属地管理、分级负责、谁主管谁负责."""

    def assign_first_responder(
        self,
        deed: Deed,
        *,
        opinion: str,
        concerned_units: Sequence[str],
        district_policy: bool = False,
        competent_unit: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Record who answers first, as the rules derive it from the units concerned, and by which rule.

        In this order: DISTRICT_POLICY and MULTI_TOWN make it the ``competent_unit``, MULTI_DEPARTMENT asks
        for ``assign_responders``, SINGLE_TOWN makes it the town, COMPETENCE the department concerned.
        """
        data: Data = {
            "concerned_units": concerned_units,
            "district_policy": district_policy,
            "competent_unit": competent_unit,
        }

        def decide(desk: Desk, case: Opinion) -> None:
            touched = _concerned(desk, concerned_units, district_policy=district_policy)
            if competent_unit is not None and not is_department(desk.require_unit(competent_unit).kind):
                rule = rule_for(touched)
                raise refuse(OpinionRefusal.ROUTING_INCOMPLETE, opinion=opinion, rule=str(rule), rule_zh=rule.zh)
            case.assign_first_responder(desk.deed, touched, competent=competent_unit)

        command = OpinionCommand.ASSIGN_FIRST_RESPONDER
        return self._on_opinion(command, deed, opinion, data, decide, expected_version=expected_version)

    def assign_responders(
        self,
        deed: Deed,
        *,
        opinion: str,
        responders: Sequence[Mapping[str, Any]],
        district_policy: bool = False,
        expected_version: int | None = None,
    ) -> Receipt:
        """Record that several units answer, each stated with its ``unit`` and its ``scope`` (职责分工).

        Only where several departments are among them and no earlier rule holds.
        """
        data: Data = {"responders": responders, "district_policy": district_policy}

        def decide(desk: Desk, case: Opinion) -> None:
            units = [share.get("unit") for share in fields.mappings(responders, "responders")]
            touched = _concerned(desk, units, district_policy=district_policy)
            case.assign_responders(desk.deed, touched, responders=responders)

        command = OpinionCommand.ASSIGN_RESPONDERS
        return self._on_opinion(command, deed, opinion, data, decide, expected_version=expected_version)

    def confirm_response_text(
        self, deed: Deed, *, opinion: str, content: Mapping[str, Any], expected_version: int | None = None
    ) -> Receipt:
        """Record that the acting unit, as a responder, stands by exactly this stored text (口径会签)."""
        data: Data = {"content": content}

        def decide(desk: Desk, case: Opinion) -> None:
            text = fields.content(content, "content")
            case.confirm_text(desk.deed, content=text)
            self.require_stored([text])

        command = OpinionCommand.CONFIRM_RESPONSE_TEXT
        return self._on_opinion(command, deed, opinion, data, decide, expected_version=expected_version)

    # ── 组织协调、督促指导 ────────────────────────────────────────────────────────────────────────

    def issue_coordination_notice(
        self, deed: Deed, *, opinion: str, units: Sequence[str], text: str, expected_version: int | None = None
    ) -> Receipt:
        """Record a notice of the coordinators: the district office, or the ruleset's ``publicity_department``."""
        data: Data = {"units": units, "text": text}

        def decide(desk: Desk, case: Opinion) -> None:
            _require_coordinator(desk)
            case.issue_coordination_notice(desk.deed, **data)
            for unit in units:
                desk.require_unit(unit)

        command = OpinionCommand.ISSUE_COORDINATION_NOTICE
        return self._on_opinion(command, deed, opinion, data, decide, expected_version=expected_version)

    def urge_responder(
        self, deed: Deed, *, opinion: str, responder: str, text: str, expected_version: int | None = None
    ) -> Receipt:
        """Record that the coordinators urged a responder (督促)."""
        data: Data = {"responder": responder, "text": text}

        def decide(desk: Desk, case: Opinion) -> None:
            _require_coordinator(desk)
            case.urge(desk.deed, **data)

        command = OpinionCommand.URGE_RESPONDER
        return self._on_opinion(command, deed, opinion, data, decide, expected_version=expected_version)

    # ── 领导责任 ──────────────────────────────────────────────────────────────────────────────────

    def assume_leadership(
        self, deed: Deed, *, opinion: str, note: str | None = None, expected_version: int | None = None
    ) -> Receipt:
        """Record that the district's principal took the lead."""
        data: Data = {"note": note}

        def decide(desk: Desk, case: Opinion) -> None:
            case.assume_leadership(desk.deed, **data)

        command = OpinionCommand.ASSUME_LEADERSHIP
        return self._on_opinion(command, deed, opinion, data, decide, expected_version=expected_version)

    def issue_directive(
        self, deed: Deed, *, opinion: str, units: Sequence[str], text: str, expected_version: int | None = None
    ) -> Receipt:
        """Record a directive of the district's principal; its number, ``IN-01/D1``, is given here."""
        data: Data = {"units": units, "text": text}

        def decide(desk: Desk, case: Opinion) -> None:
            case.issue_directive(desk.deed, **data)
            for unit in units:
                desk.require_unit(unit)

        command = OpinionCommand.ISSUE_DIRECTIVE
        return self._on_opinion(command, deed, opinion, data, decide, expected_version=expected_version)

    def answer_directive(
        self, deed: Deed, *, opinion: str, directive: str, response: str, expected_version: int | None = None
    ) -> Receipt:
        """Record what the acting unit did about a directive that addresses it."""
        data: Data = {"directive": directive, "response": response}

        def decide(desk: Desk, case: Opinion) -> None:
            case.answer_directive(desk.deed, **data)

        command = OpinionCommand.ANSWER_DIRECTIVE
        return self._on_opinion(command, deed, opinion, data, decide, expected_version=expected_version)


def _concerned(desk: Desk, units: Sequence[Any], *, district_policy: bool) -> Concerned:
    kinds = {unit: desk.require_unit(unit).kind for unit in fields.codes(units, "concerned_units")}
    return concerned(kinds, district_policy=bool(district_policy))


def _require_coordinator(desk: Desk) -> None:
    publicity = desk.rules.text("publicity_department")
    if not desk.acting_unit.is_district_office and desk.deed.unit != publicity:
        raise refuse(OpinionRefusal.NOT_COORDINATOR, unit=desk.deed.unit, publicity=publicity or "—")
