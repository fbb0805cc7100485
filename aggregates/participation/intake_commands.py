"""Commands on what comes in: public input, supervision, evaluations, new modes of participation (十二) (十三)."""

from datetime import datetime

from aggregates.deed import Deed
from aggregates.desk import Data, Desk, Order
from aggregates.participation.intake import Evaluation, ParticipationMode, PublicInput, SupervisionInput
from aggregates.participation.participation_office import ParticipationOffice, standing_publication
from aggregates.participation.refusals import ParticipationRefusal
from aggregates.participation.voice import Voice, commitments
from aggregates.participation.words import ParticipationCommand as Command
from aggregates.refusal import refuse
from ledger.append import Receipt


class IntakeCommands(ParticipationOffice):
    """完善民意汇集机制；发挥监督作用；做好对政策措施执行情况的评估."""

    def register_participation_mode(
        self,
        deed: Deed,
        *,
        mode: str,
        unit: str,
        name_zh: str,
        name_en: str,
        summary: str,
        expected_version: int | None = None,
    ) -> Receipt:
        """Register a new way to take part; from then on ``record_participation`` takes its code as a mode."""
        data: Data = {"mode": mode, "unit": unit, "name_zh": name_zh, "name_en": name_en, "summary": summary}

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_unit(unit)
            desk.require_reach(unit)
            desk.open(ParticipationMode, mode).register(desk.deed, **data)

        stream = ParticipationMode.stream_of(mode)
        order = Order(Command.REGISTER_PARTICIPATION_MODE, deed, mode, data, stream, expected_version)
        return self.carry_out(order, decide)

    def register_public_input(
        self,
        deed: Deed,
        *,
        public_input: str,
        unit: str,
        topic: str,
        source: str,
        text: str,
        name: str | None = None,
        contact: str | None = None,
        received_at: datetime | str | None = None,
    ) -> Receipt:
        """Enter an opinion from the public with its source, time and topic; the topic names no person."""
        voice = Voice(text, name, contact, source, received_at)
        data: Data = {
            "public_input": public_input,
            "unit": unit,
            "topic": topic,
            **voice.for_the_fingerprint,
        }

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_unit(unit)
            desk.require_reach(unit)
            file = desk.open(PublicInput, public_input)
            desk.personal = voice.values(file.stream)
            said = {**voice.data(desk.deed), **commitments(desk.personal)}
            file.register(desk.deed, public_input=public_input, unit=unit, topic=topic, said=said)

        return self.carry_out(Order(Command.REGISTER_PUBLIC_INPUT, deed, public_input, data), decide)

    def register_supervision_input(
        self,
        deed: Deed,
        *,
        supervision_input: str,
        unit: str,
        supervisor: str,
        topic: str,
        source: str,
        text: str,
        name: str | None = None,
        contact: str | None = None,
        received_at: datetime | str | None = None,
    ) -> Receipt:
        """Enter what a supervisor said on a unit's openness; ``supervisor`` is one of ``terms.SupervisorKind``."""
        voice = Voice(text, name, contact, source, received_at)
        data: Data = {
            "supervision_input": supervision_input,
            "unit": unit,
            "supervisor": supervisor,
            "topic": topic,
            **voice.for_the_fingerprint,
        }

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_unit(unit)
            desk.require_reach(unit)
            file = desk.open(SupervisionInput, supervision_input)
            desk.personal = voice.values(file.stream)
            file.register(
                desk.deed,
                supervision_input=supervision_input,
                unit=unit,
                supervisor=supervisor,
                topic=topic,
                said={**voice.data(desk.deed), **commitments(desk.personal)},
            )

        return self.carry_out(Order(Command.REGISTER_SUPERVISION_INPUT, deed, supervision_input, data), decide)

    def evaluate_implementation(
        self,
        deed: Deed,
        *,
        evaluation: str,
        item: str,
        report_item: str,
        period: str,
        summary: str,
        expected_version: int | None = None,
    ) -> Receipt:
        """Record how a policy document is carried out; ``report_item`` is the report, already before the public."""
        data: Data = {
            "evaluation": evaluation,
            "item": item,
            "report_item": report_item,
            "period": period,
            "summary": summary,
        }

        def decide(desk: Desk) -> None:
            desk.entitle()
            document = desk.document_read(item)
            desk.require_reach(document.unit)
            if not document.policy:
                raise refuse(ParticipationRefusal.NOT_A_POLICY, item=item)
            publication = standing_publication(desk, report_item)
            file = desk.open(Evaluation, evaluation)
            file.record(desk.deed, unit=document.unit, publication=publication, **data)

        stream = Evaluation.stream_of(evaluation)
        order = Order(Command.EVALUATE_IMPLEMENTATION, deed, item, data, stream, expected_version)
        return self.carry_out(order, decide)
