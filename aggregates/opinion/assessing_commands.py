"""Commands on how grave it is: consultation, assessment, handling, grading, the joint response (八) (九)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from aggregates.deed import Deed
from aggregates.desk import Data, Desk
from aggregates.fields import invalid
from aggregates.opinion.opinion import Opinion
from aggregates.opinion.opinion_office import OpinionOffice
from aggregates.opinion.words import OpinionCommand
from ledger.append import Receipt


class AssessingCommands(OpinionOffice):
    """会商研判、评估、定级、联动."""

    def convene_consultation(
        self,
        deed: Deed,
        *,
        opinion: str,
        participants: Sequence[Mapping[str, Any]],
        nature: str | None = None,
        trend: str | None = None,
        risk: str | None = None,
        note: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Record a consultation the district office convened, each participant with ``unit`` and ``role``.

        INVOLVED and COMPETENT must be among the roles.  Where the consultation came to an assessment, its
        three parts ``nature``, ``trend`` and ``risk`` may be handed in with it, all of them or none.
        """
        parts: Data = {"nature": nature, "trend": trend, "risk": risk}
        data: Data = {"participants": participants, "note": note, **parts}

        def decide(desk: Desk, case: Opinion) -> None:
            held = case.hold_consultation(desk.deed, participants=participants, note=note)
            for participant in participants:
                desk.require_unit(participant["unit"])
            if any(part is not None for part in parts.values()):
                case.assess(desk.deed, consultation=held, **parts)

        command = OpinionCommand.CONVENE_CONSULTATION
        return self._on_opinion(command, deed, opinion, data, decide, expected_version=expected_version)

    def assess_opinion(
        self,
        deed: Deed,
        *,
        opinion: str,
        nature: str,
        trend: str,
        risk: str,
        consultation: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Record an assessment in its three parts; ``consultation`` is the number of the one it came from."""
        data: Data = {"nature": nature, "trend": trend, "risk": risk, "consultation": consultation}

        def decide(desk: Desk, case: Opinion) -> None:
            case.assess(desk.deed, **data)

        command = OpinionCommand.ASSESS_OPINION
        return self._on_opinion(command, deed, opinion, data, decide, expected_version=expected_version)

    def propose_handling(
        self,
        deed: Deed,
        *,
        opinion: str,
        proposal: str,
        assessment: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Record what to do, on the named assessment or the latest (预控处置意见)."""
        data: Data = {"proposal": proposal, "assessment": assessment}

        def decide(desk: Desk, case: Opinion) -> None:
            case.propose_handling(desk.deed, **data)

        command = OpinionCommand.PROPOSE_HANDLING
        return self._on_opinion(command, deed, opinion, data, decide, expected_version=expected_version)

    def grade_incident(
        self,
        deed: Deed,
        *,
        opinion: str,
        grade: str,
        reason: str,
        incident_occurred_at: datetime | str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Grade an incident: EXTRAORDINARY and MAJOR start the clocks of 5 and 24 hours.

        The ruleset's ``incident_clock_start`` says from when; occurrence, detection and grading are all
        recorded, with the one that counts.
        """
        data: Data = {"grade": grade, "reason": reason, "incident_occurred_at": incident_occurred_at}

        def decide(desk: Desk, case: Opinion) -> None:
            case.grade_incident(desk.deed, clock_start=desk.rules.choice("incident_clock_start"), **data)

        command = OpinionCommand.GRADE_INCIDENT
        return self._on_opinion(command, deed, opinion, data, decide, expected_version=expected_version)

    def regrade_incident(
        self, deed: Deed, *, opinion: str, grade: str, reason: str, expected_version: int | None = None
    ) -> Receipt:
        """Change the grade; the clocks keep their start, and what is late by then is flagged BREACH_ON_REGRADING."""
        data: Data = {"grade": grade, "reason": reason}

        def decide(desk: Desk, case: Opinion) -> None:
            case.regrade_incident(desk.deed, **data)

        command = OpinionCommand.REGRADE_INCIDENT
        return self._on_opinion(command, deed, opinion, data, decide, expected_version=expected_version)

    def activate_joint_response(
        self,
        deed: Deed,
        *,
        opinion: str,
        partners: Sequence[str],
        note: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Record that the district office activated the mechanism with publicity, cyberspace and others."""
        data: Data = {"partners": partners, "note": note}

        def decide(desk: Desk, case: Opinion) -> None:
            case.activate_joint_response(desk.deed, **data)
            for partner in partners:
                desk.require_unit(partner)
            if desk.deed.unit in partners:
                raise invalid("partners", "不能是本单位", "it must not be the unit itself")

        command = OpinionCommand.ACTIVATE_JOINT_RESPONSE
        return self._on_opinion(command, deed, opinion, data, decide, expected_version=expected_version)
