"""Commands on major decisions: flagged, published before they are taken, or exempt by law (二) (十二)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from aggregates.channel import Channel, Column
from aggregates.deed import Deed
from aggregates.desk import Data, Desk, Order
from aggregates.participation.decision import COLUMN, Decision
from aggregates.participation.intake import ParticipationMode
from aggregates.participation.participation_office import ParticipationOffice
from aggregates.participation.refusals import ParticipationRefusal
from aggregates.participation.terms import ParticipationMethod
from aggregates.participation.words import ParticipationCommand as Command
from aggregates.publishing import Outgoing
from aggregates.refusal import refuse
from aggregates.vocabulary import ChannelKind
from ledger.append import Receipt


class DecisionCommands(ParticipationOffice):
    """文件起草部门应在决策前公布决策草案、决策依据."""

    def register_major_decision(
        self,
        deed: Deed,
        *,
        decision: str,
        unit: str,
        title: str,
        decision_kind: str,
        body: str,
        expected_version: int | None = None,
    ) -> Receipt:
        """Flag a matter as a major decision, by the unit it comes from; ``body`` is the meeting that deliberates.

        Codes: ``terms.DecisionMatter`` and ``terms.DecisionBody``.
        """
        data: Data = {
            "decision": decision,
            "unit": unit,
            "title": title,
            "decision_kind": decision_kind,
            "body": body,
        }

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_unit(unit)
            desk.require_reach(unit)
            desk.open(Decision, decision).register(desk.deed, **data)

        stream = Decision.stream_of(decision)
        order = Order(Command.REGISTER_MAJOR_DECISION, deed, decision, data, stream, expected_version)
        return self.carry_out(order, decide)

    def review_major_decision(
        self,
        deed: Deed,
        *,
        decision: str,
        conclusion: str,
        note: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Say for the district office whether the flag is right: CONFIRMED, or NOT_MAJOR, which lifts the rules."""
        data: Data = {"conclusion": conclusion, "note": note}

        def decide(desk: Desk, file: Decision) -> None:
            file.review(desk.deed, **data)

        command = Command.REVIEW_MAJOR_DECISION
        return self._on_decision(command, deed, decision, data, decide, expected_version=expected_version)

    def exempt_from_pre_disclosure(
        self,
        deed: Deed,
        *,
        decision: str,
        item: str,
        review: str,
        legal_basis: Sequence[str],
        reason: str,
        expected_version: int | None = None,
    ) -> Receipt:
        """Exempt a decision from publication: by a law, and by a secrecy review of its draft that keeps it in."""
        data: Data = {"item": item, "review": review, "legal_basis": legal_basis, "reason": reason}

        def decide(desk: Desk, file: Decision) -> None:
            document = desk.document_read(item)
            desk.require_reach(document.unit)
            file.exempt_by_law(desk.deed, secrecy=document.secrecy, **data)

        command = Command.EXEMPT_FROM_PRE_DISCLOSURE
        return self._on_decision(command, deed, decision, data, decide, expected_version=expected_version)

    def publish_decision_draft(
        self,
        deed: Deed,
        *,
        decision: str,
        draft_item: str,
        column: str,
        channels: Sequence[str],
        basis_item: str | None = None,
        draft_content: Mapping[str, Any] | None = None,
        basis_content: Mapping[str, Any] | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Publish draft and basis at one moment, in the column 重大决策公开 of the platform.

        Both are items that pass the gate of ``publish_information`` here: approved, reviewed for secrets,
        in the version that was reviewed.  The contents are named where disclosure is partial.
        """
        data: Data = {
            "draft_item": draft_item,
            "basis_item": basis_item,
            "column": column,
            "channels": channels,
            "draft_content": draft_content,
            "basis_content": basis_content,
        }

        def decide(desk: Desk, file: Decision) -> None:
            draft, basis = file.publishable(draft_item, basis_item)
            _require_column_of_decisions(desk, decision, column, channels)
            file.show(
                desk.deed,
                draft=self._put_out(desk, Outgoing(draft, channels, column, draft_content)),
                basis=self._put_out(desk, Outgoing(basis, channels, column, basis_content)),
            )

        command = Command.PUBLISH_DECISION_DRAFT
        return self._on_decision(command, deed, decision, data, decide, expected_version=expected_version)

    def record_participation(
        self,
        deed: Deed,
        *,
        decision: str,
        mode: str,
        held_on: str | date,
        participants: int,
        summary: str,
        source: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Note that the public took part, by one of the ways the rules name or by a registered mode.

        ``source`` says where it is on record, as ``meeting/MT-07``.
        """
        data: Data = {
            "mode": mode,
            "held_on": held_on,
            "participants": participants,
            "summary": summary,
            "source": source,
        }

        def decide(desk: Desk, file: Decision) -> None:
            _require_mode(desk, mode)
            file.record_participation(desk.deed, **data)

        command = Command.RECORD_PARTICIPATION
        return self._on_decision(command, deed, decision, data, decide, expected_version=expected_version)

    def record_decision(
        self,
        deed: Deed,
        *,
        decision: str,
        outcome: str,
        meeting: str | None = None,
        note: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Record that it was decided; refused while comments are open, and where the draft was not published.

        ``meeting`` is the code of the meeting.  A decision without participation is refused or flagged as the
        ruleset says (``decision_without_participation``).
        """
        data: Data = {"outcome": outcome, "meeting": meeting, "note": note}

        def decide(desk: Desk, file: Decision) -> None:
            file.take(desk.deed, desk.rules, by_office=desk.acting_unit.is_district_office, **data)

        command = Command.RECORD_DECISION
        return self._on_decision(command, deed, decision, data, decide, expected_version=expected_version)


def _require_column_of_decisions(desk: Desk, decision: str, column: str, channels: Sequence[str]) -> None:
    """通过区政府政府信息公开平台的“重大决策公开”栏目."""
    named = desk.require_channels(decision, list(channels))
    on_platform = any(desk.read(Channel, channel).kind == ChannelKind.PLATFORM for channel in named)
    if not on_platform or desk.read(Column, column).name_zh != COLUMN:
        raise refuse(
            ParticipationRefusal.NOT_IN_DECISION_COLUMN,
            decision=decision,
            column=column,
            channels=", ".join(named),
        )


def _require_mode(desk: Desk, mode: str) -> None:
    if mode not in list(ParticipationMethod) and not desk.read(ParticipationMode, mode).exists:
        raise refuse(ParticipationRefusal.PARTICIPATION_MODE_UNKNOWN, mode=mode)
